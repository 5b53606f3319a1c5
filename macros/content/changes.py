"""The record of changes: what differs from the recorded version of the data, and whether an entry names it.

A number or a status that changes without an entry in docs/data/changes.yml fails the check. To know
what changed, docs/data/recorded.json keeps a short hash for each row, as it stood at the last
recorded version; the numbers themselves have their one home in the rows.
"""

import hashlib
import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from .faults import Fault
from .files import FOLDER, RECORD_FILE
from .load import Data
from .rows.base import Row
from .rows.editions import Change, Handout
from .rows.words import Figure, Question

RECORD = f"{FOLDER}/{RECORD_FILE}"


# What a reader must hear of besides numbers: where a use stands.
_STATUS_FIELDS = {
    "us_undiluted", "us_diluted", "eu_undiluted", "eu_diluted", "caution", "standing", "verdict", "diluted_use",
    "publish", "grade",
}  # fmt: skip


# Rows that hold words about other rows and no number of their own.
_WORDS_ONLY = (Change, Figure, Handout, Question)


def figures(row: Row) -> dict[str, str]:
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
