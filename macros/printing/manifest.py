"""The list of what was printed: manifest.json."""

import hashlib
import json
from pathlib import Path
from typing import Any

from .render import Printed
from .sheets import Sheet


def _entry(sheet: Sheet, printed: Printed, version: str) -> dict[str, Any]:
    content = printed.job.target.read_bytes()
    return {
        "slug": sheet.slug,
        "title": sheet.title,
        "audience": list(sheet.audience),
        "paper": printed.job.paper,
        "file": printed.job.target.name,
        "pages": printed.pages,
        "bytes": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "version": version,
        "reviewed": sheet.reviewed,
        "source": sheet.source,
    }


def write_manifest(entries: list[dict[str, Any]], out: Path) -> None:
    """Write manifest.json beside the PDFs."""
    text = json.dumps(entries, ensure_ascii=False, indent=1) + "\n"
    (out / "manifest.json").write_text(text, encoding="utf-8")
