"""The list of what was printed: manifest.json."""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ..content.addresses import print_name
from .sheets import Sheet

MANIFEST = "manifest.json"


def manifest_entry(sheet: Sheet, paper: str, content: bytes, version: str) -> dict[str, Any]:
    """What the manifest says of one PDF."""
    return {
        "slug": sheet.slug,
        "title": sheet.title,
        "audience": list(sheet.audience),
        "paper": paper,
        "file": print_name(sheet.slug, paper),
        "pages": page_count(content),
        "bytes": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "version": version,
        "fingerprint": sheet.fingerprint,
        "reviewed": sheet.reviewed,
        "source": sheet.address,
    }


def page_count(pdf: bytes) -> int:
    """How many pages a PDF has."""
    # Here, because a live preview and a check of the data need none of it.
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()


def with_older(
    printed: Iterable[dict[str, Any]], out: Path, sheets: Iterable[Sheet], version: str
) -> list[dict[str, Any]]:
    """The entries of all PDFs in the folder `out`, sorted by file: those just `printed`, and those that were there.

    What the manifest beside them says of an older one holds while its bytes do: it may be of an older version.
    """
    found: dict[str, dict[str, Any]] = {}
    for entry in _read_manifest(out):
        path = out / entry["file"]
        if path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == entry["sha256"]:
            found[path.name] = entry
    for sheet in sheets:
        for paper in sheet.papers:
            path = out / print_name(sheet.slug, paper)
            if path.name not in found and path.is_file():
                found[path.name] = manifest_entry(sheet, paper, path.read_bytes(), version)
    found |= {entry["file"]: entry for entry in printed}
    return [found[name] for name in sorted(found)]


def _read_manifest(out: Path) -> list[dict[str, Any]]:
    path = out / MANIFEST
    made: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else []
    return made


def write_manifest(entries: list[dict[str, Any]], out: Path) -> None:
    """Write manifest.json beside the PDFs."""
    text = json.dumps(entries, ensure_ascii=False, indent=1) + "\n"
    (out / MANIFEST).write_text(text, encoding="utf-8")
