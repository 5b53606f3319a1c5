"""The record of changes: what differs between two versions of the data, and whether it was recorded.

A number or a status that changes without an entry in docs/data/changes.yml fails the check. To know
what changed, docs/data/recorded.json keeps a short hash for each row, as it stood at the last
recorded version; the numbers themselves have their one home in the rows.
"""

import hashlib
import json
import subprocess
import tarfile
import tempfile
import uuid
from collections.abc import Iterator
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from . import model
from .data import FOLDER, Data, load
from .source import ContentError, Fault

RECORD = f"{FOLDER}/{model.RECORD_FILE}"
# What a reader must hear of besides numbers: where a use stands.
_STATUS_FIELDS = {
    "us_undiluted", "us_diluted", "eu_undiluted", "eu_diluted", "caution", "standing", "verdict", "diluted_use",
    "publish", "grade",
}  # fmt: skip

# Rows that hold words about other rows and no number of their own.
_WORDS_ONLY = (model.Change, model.Figure, model.Handout, model.Question)


def figures(row: model.Row) -> dict[str, str]:
    """The numbers and the status of a row, by field; the day of review is not among them."""
    found: dict[str, str] = {}
    for name, value in row.model_dump().items():
        if isinstance(value, dict):
            found |= {f"{name}.{key}": str(item) for key, item in value.items()}
        elif isinstance(value, int | Decimal) and not isinstance(value, bool):
            found[name] = str(Decimal(value).normalize())
        elif name in _STATUS_FIELDS and value is not None:
            found[name] = str(value)
    return found


def fingerprints(data: Data) -> dict[str, str]:
    """A short hash of the figures of each row that has any."""
    return {
        row.id: hashlib.sha256(json.dumps(figures(row), sort_keys=True).encode()).hexdigest()[:12]
        for row in data.rows.values()
        if figures(row) and not isinstance(row, _WORDS_ONLY)
    }


def unrecorded(data: Data, root: Path, version: str) -> Iterator[Fault]:
    """Rows whose figures changed since the recorded version without an entry that names them."""
    name = f"{FOLDER}/changes.yml"
    first = data.changes.changes[0]
    if first.version != version:
        problem = f"is {first.version}, but mkdocs.yml says {version}; make them equal"
        yield Fault(name, 1, first.id, "version", problem)
    try:
        record = json.loads((root / RECORD).read_text(encoding="utf-8"))
        before = dict(record["rows"])
        recorded = str(record["version"])
    except (ValueError, KeyError, TypeError):
        yield Fault(RECORD, 1, "", "", "not readable; restore the file (python -m macros record writes it)")
        return
    told = {row for entry in data.changes.changes if entry.version != recorded for row in entry.rows}
    now = fingerprints(data)
    for row in sorted(set(now) | set(before)):
        if now.get(row) != before.get(row) and row not in told:
            what = (
                "is new"
                if row not in before
                else "is gone"
                if row not in now
                else "has other numbers or another status"
            )
            yield Fault(
                name, 1, row, "", f"{what} since version {recorded}, and no entry of a newer version "
                "names it; add one (python -m macros changes --since REVISION proposes it)",
            )  # fmt: skip


def record(data: Data, root: Path) -> None:
    """Take the present rows as recorded, under the newest version of changes.yml."""
    (root / RECORD).write_text(_as_record(data), encoding="utf-8")


def is_recorded(data: Data, root: Path) -> bool:
    """Whether the present rows stand as recorded under the newest version of changes.yml."""
    return (root / RECORD).read_text(encoding="utf-8") == _as_record(data)


def _as_record(data: Data) -> str:
    content = {"version": data.changes.changes[0].version, "rows": dict(sorted(fingerprints(data).items()))}
    return json.dumps(content, indent=1) + "\n"


def propose(old: Data, new: Data) -> str:
    """Entries for changes.yml that tell the difference of two versions of the data."""
    entries = []
    for row_id in sorted(set(old.rows) | set(new.rows)):
        before, after = old.rows.get(row_id), new.rows.get(row_id)
        if isinstance(before or after, model.Change):
            continue
        kind, summary = _difference(row_id, before, after)
        if kind:
            entries.append(
                f"  - id: chg-{row_id}\n    version: 0.0.0  # the next version\n    date: '0000-00-00'  # the day\n"
                f"    type: {kind}\n    summary: {json.dumps(summary, ensure_ascii=False)}\n    rows: [{row_id}]\n"
            )
    return "changes:\n" + "\n".join(entries) if entries else "No number and no status differs.\n"


def _difference(row_id: str, before: model.Row | None, after: model.Row | None) -> tuple[str, str]:
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


def atom_feed(data: Data, site_name: str, site_url: str) -> str:
    """The changes as an Atom feed (RFC 4287); addresses stand in it when the site has one."""
    changes = [row for row in data.changes.changes if row.publish]
    updated = f"{data.changes.changes[0].date}T00:00:00Z"
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom">',
        f"<title>{escape(site_name)}: changes</title>",
        f"<id>{_urn(site_name)}</id>",
        f"<updated>{updated}</updated>",
        f"<author><name>{escape(site_name)}</name></author>",
    ]
    if site_url:
        lines.append(f'<link rel="self" href="{escape(site_url)}downloads/changes.atom"/>')
        lines.append(f'<link href="{escape(site_url)}reference/changes/"/>')
    for row in changes:
        lines.append(
            f"<entry><title>{escape(f'{row.version}: {row.type}')}</title><id>{_urn(row.id)}</id>"
            f"<updated>{row.date}T00:00:00Z</updated><summary>{escape(row.summary)}</summary>"
            f'<category term="{escape(row.type)}"/></entry>'
        )
    return "\n".join([*lines, "</feed>", ""])


def _urn(name: Any) -> str:
    return uuid.uuid5(uuid.NAMESPACE_URL, f"caha-and-skin:{name}").urn
