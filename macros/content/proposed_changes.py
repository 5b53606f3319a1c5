"""Entries for the record of changes, proposed from two versions of the data."""

import json
import subprocess
import tarfile
import tempfile
from io import BytesIO
from pathlib import Path

from .changes import _STATUS_FIELDS, figures
from .faults import ContentError, Fault
from .files import FOLDER
from .load import Data, load
from .rows.base import Row
from .rows.editions import Change


def propose(old: Data, new: Data) -> str:
    """Entries for changes.yml that tell the difference of two versions of the data."""
    entries = []
    for row_id in sorted(set(old.rows) | set(new.rows)):
        before, after = old.rows.get(row_id), new.rows.get(row_id)
        if isinstance(before or after, Change):
            continue
        kind, summary = _difference(row_id, before, after)
        if kind:
            entries.append(
                f"  - id: chg-{row_id}\n    version: 0.0.0  # the next version\n    date: '0000-00-00'  # the day\n"
                f"    type: {kind}\n    summary: {json.dumps(summary, ensure_ascii=False)}\n    rows: [{row_id}]\n"
            )
    return "changes:\n" + "\n".join(entries) if entries else "No number and no status differs.\n"


def _difference(row_id: str, before: Row | None, after: Row | None) -> tuple[str, str]:
    if before is None:
        return "new", f"New row {row_id}."
    if after is None:
        return "withdrawn", f"Row {row_id} withdrawn."
    was, now = figures(before), figures(after)
    if was == now:
        return "", ""
    changed = [name for name in {**was, **now} if was.get(name) != now.get(name)]
    kind = "correction"
    if any(name.endswith("_parts") or "_parts_" in name for name in changed):
        kind = "ratio changed"
    elif any(name in _STATUS_FIELDS for name in changed):
        kind = "status changed"
    told = [f"{name} was {was.get(name, 'not stated')}, is {now.get(name, 'not stated')}" for name in changed]
    return kind, f"{row_id}: {'; '.join(told)}."


def load_revision(root: Path, revision: str) -> Data:
    """The data as they stood at a git revision.

    Raises ContentError when git has no such revision or its data do not load.
    """
    run = subprocess.run(["git", "archive", revision, FOLDER], cwd=root, capture_output=True, check=False)
    if run.returncode:
        raise ContentError([Fault("git", 1, revision, "", run.stderr.decode().strip() or "no such revision")])
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(fileobj=BytesIO(run.stdout)) as archive:
            archive.extractall(folder, filter="data")
        return load(Path(folder))
