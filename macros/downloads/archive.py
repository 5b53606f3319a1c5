"""Archives whose bytes depend on nothing but the names, contents and days of what they hold."""

import zipfile
from collections.abc import Iterable
from pathlib import Path

# Packed already: packing them again costs time and saves nothing.
_PACKED = (".pdf", ".png", ".zip", ".gz", ".xlsx")


def write_archive(target: Path, files: Iterable[tuple[str, bytes, str]]) -> None:
    """Write files, given as name, content and day such as 2026-11-23, into a ZIP archive in their order."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(target, "w") as archive:
        for name, content, day in files:
            year, month, date = (int(part) for part in day.split("-"))
            entry = zipfile.ZipInfo(name, (year, month, date, 0, 0, 0))
            # The clock and the rights of the machine leave no trace.
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content, zipfile.ZIP_STORED if name.endswith(_PACKED) else zipfile.ZIP_DEFLATED)
