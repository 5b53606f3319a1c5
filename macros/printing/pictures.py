"""What the handouts page shows beside the PDFs: pictures of first pages."""

import importlib.resources
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ..content.addresses import print_name
from ..content.rows.editorial import Handout
from .print_cache import PrintCache

WIDTH = 260  # px, shown at 240: enough to know a sheet by; a phone loads seven of them with the page


def write_pictures(entries: list[dict[str, Any]], handouts: Sequence[Handout], out: Path, cache: PrintCache) -> None:
    """Write a PNG of the first page beside the PDF on the first paper of each handout but those of regions."""
    code = importlib.resources.files(__package__).joinpath("pictures.py").read_text(encoding="utf-8")
    shown = {print_name(row.id, row.papers[0]) for row in handouts if not row.region}
    for entry in entries:
        if entry["file"] in shown:
            pdf = out / entry["file"]
            name = cache.name(code, entry["sha256"], ending=".png")
            picture = cache.take(name)
            if picture is None:
                picture = _first_page(pdf)
                cache.keep(name, picture)
            pdf.with_suffix(".png").write_bytes(picture)


def _first_page(pdf: Path) -> bytes:
    # Here, because a live preview and a check of the data need neither.
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    page = document[0]
    picture = page.render(scale=WIDTH / page.get_width()).to_pil().convert("RGB").quantize(8, kmeans=4)
    document.close()
    held = io.BytesIO()
    picture.save(held, "PNG", optimize=True)
    return held.getvalue()
