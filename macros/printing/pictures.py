"""Pictures of the first pages for the handouts page, and one archive for each audience."""

import io
from pathlib import Path
from typing import Any

from ..downloads.archive import write_archive
from .print_cache import keep

WIDTH = 360  # px, shown at 240: enough to know a sheet by, and half the bytes of 480


def write_pictures(entries: list[dict[str, Any]], slugs: set[str], out: Path, cache: Path) -> None:
    """Write a PNG of the first page beside the first paper of each sheet in `slugs`."""
    for entry in entries:
        if entry["slug"] in slugs and entry["paper"] == "a4":
            kept = cache / f"{entry['sha256'][:32]}.png"
            if not kept.is_file():
                keep(kept, _first_page(out / str(entry["file"])))
            (out / str(entry["file"])).with_suffix(".png").write_bytes(kept.read_bytes())


def _first_page(pdf: Path) -> bytes:
    # Here, because a live preview and a check of the data need neither.
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    page = document[0]
    picture = page.render(scale=WIDTH / page.get_width()).to_pil().convert("RGB").quantize(16)
    document.close()
    held = io.BytesIO()
    picture.save(held, "PNG", optimize=True)
    return held.getvalue()


def write_archives(entries: list[dict[str, Any]], slugs: set[str], out: Path) -> dict[str, Path]:
    """Write one archive with all handouts for each audience; returns them by audience."""
    written: dict[str, Path] = {}
    for audience in sorted({entry["audience"][0] for entry in entries if entry["slug"] in slugs}):
        path = out / f"handouts-{audience}.zip"
        chosen = [entry for entry in entries if entry["slug"] in slugs and entry["audience"][0] == audience]
        # Each with the day of its review, so that the same sheets make the same archive.
        named = ((str(entry["file"]), str(entry["reviewed"])) for entry in chosen)
        write_archive(path, ((name, (out / name).read_bytes(), day) for name, day in named))
        written[audience] = path
    return written
