"""The record of changes: whether an entry names what differs from the recorded version, and entries proposed for it.

A number or a status that changes without an entry in docs/data/changes.yml fails the check. To know
what changed, docs/data/recorded.json keeps a short hash for each row, as it stood at the last
recorded version; the numbers themselves have their one home in the rows.
"""

import hashlib
import json
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from io import BytesIO
from pathlib import Path

from .checked_values import Version
from .faults import ContentError, Fault, did_you_mean
from .files import FOLDER, RECORD_FILE
from .load import Data, load
from .rows.base import Row, Strict
from .rows.editorial import Change, Figure, Handout, Question
from .strict_reader import read_data_file
from .validation_faults import validated

RECORD = f"{FOLDER}/{RECORD_FILE}"


# What a reader must hear of besides numbers: where a use stands.
_STATUS_FIELDS = {
    "us_undiluted", "us_diluted", "eu_undiluted", "eu_diluted", "caution", "standing", "verdict", "diluted_use",
    "publish", "grade",
}  # fmt: skip


# Rows that hold words about other rows and no number of their own.
_WORDS_ONLY = (Change, Figure, Handout, Question)


class _Record(Strict):
    """recorded.json"""

    version: Version
    rows: dict[str, str]


class RevisionError(Exception):
    """The data of a git revision cannot be had; the message says why."""


def numbers_and_status(row: Row) -> dict[str, str]:
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
    """A short hash of the numbers and the status of each row that has any."""
    return {
        row.id: hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:12]
        for row in data.rows.values()
        if not isinstance(row, _WORDS_ONLY) and (told := numbers_and_status(row))
    }


def unrecorded(data: Data, root: Path, version: str | None) -> Iterator[Fault]:
    """Rows whose numbers or status changed since the recorded version without an entry that names them.

    `version` is the one that mkdocs.yml states, None when that is not known.
    """
    newest = data.changes.changes[0]
    if version is not None and newest.version != version:
        yield data.fault(newest, "version", f"is {newest.version}, but mkdocs.yml says {version}; make them equal")
    file = read_data_file(root / RECORD, RECORD)
    before = validated(file, _Record)
    if before is None:
        for fault in file.faults:
            problem = f"{fault.problem}; restore the file (python -m macros record writes it anew)"
            yield Fault(fault.file, fault.line, fault.row, fault.field, problem)
        return
    newer = (entry for entry in data.changes.changes if _parts(entry.version) > _parts(before.version))
    told = {row for entry in newer for row in entry.rows}
    now = fingerprints(data)
    head = data.fault(newest, "id", "")
    for row in sorted(set(now) | set(before.rows)):
        if now.get(row) == before.rows.get(row) or row in told:
            continue
        what = "has other numbers or another status"
        if row not in before.rows:
            what = "is new"
        elif row not in now:
            what = "is gone"
        problem = (
            f"{what} since version {before.version}, and no entry of a newer version names it; add one above this line"
            " (python -m macros changes --since REVISION proposes it)"
        )
        yield Fault(head.file, head.line, row, "", problem)


def _parts(version: str) -> list[int]:
    """A version as numbers, so that 1.10.0 is newer than 1.9.0."""
    return [int(part) for part in version.split(".")]


def record(data: Data, root: Path) -> None:
    """Take the present rows as recorded, under the newest version of changes.yml."""
    content = {"version": data.changes.changes[0].version, "rows": dict(sorted(fingerprints(data).items()))}
    (root / RECORD).write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8", newline="")


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
    was, now = numbers_and_status(before), numbers_and_status(after)
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

    Raises RevisionError when git has no such revision, or its data do not load with today's models.
    """
    if _git(root, "rev-parse", "--git-dir") is None:
        raise RevisionError(f"{root}: not a git checkout; the data of a revision are read from one")
    if _git(root, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}") is None:
        named = (_git(root, "for-each-ref", "--format=%(refname:short)") or b"").decode().split()
        hint = did_you_mean(revision, named) or " (git tag and git log --oneline list them)"
        raise RevisionError(f"no revision '{revision}' in git{hint}")
    packed = _git(root, "archive", "--format=zip", revision, "--", FOLDER)
    if packed is None:
        raise RevisionError(f"revision '{revision}' has no {FOLDER}/")
    with tempfile.TemporaryDirectory() as folder:
        with zipfile.ZipFile(BytesIO(packed)) as archive:
            archive.extractall(folder)
        try:
            return load(Path(folder))
        except ContentError as error:
            raise RevisionError(f"{revision}: its data are not as today's models want them:\n{error}") from None


def _git(root: Path, *arguments: str) -> bytes | None:
    """What a git command writes; nothing when it fails."""
    try:
        run = subprocess.run(["git", *arguments], cwd=root, capture_output=True, check=False)
    except FileNotFoundError:
        raise RevisionError("git is not installed; the data of a revision are read through it") from None
    return None if run.returncode else run.stdout
