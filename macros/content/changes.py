"""The record of changes: whether an entry names what differs from the recorded version, and entries proposed for it.

What is printed of a row and changes without an entry in docs/data/changes.yml fails the check: a number, a status, and
the words of a stop sign alike. To know what changed, docs/data/recorded.json keeps a short hash of each field of each
row, as it stood at the last recorded version; the values themselves have their one home in the rows. The text of pages
is not recorded: a print that shows other text is told by its fingerprint.
"""

import hashlib
import json
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import fields, replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

from .checked_values import Version
from .faults import ContentError, Fault, did_you_mean
from .files import FOLDER, RECORD_FILE, Files
from .load import Data, load
from .published import public_fields, publish
from .rows.base import Row, Span, Strict
from .rows.editorial import Change, Figure, Handout, Pack, Question
from .strict_reader import read_data_file
from .validation_faults import validated

RECORD = f"{FOLDER}/{RECORD_FILE}"


# What stands behind a row and where it stands on the site, and the day on which nothing but that was found: none of
# it changes what a reader does.
_NOT_RECORDED = {"id", "refs", "reviewed", "page", "pages"}


# The record itself, and rows that say once more, or lay out on a sheet, what stands in others.
_NOT_OF_THEIR_OWN = (Change, Figure, Handout, Pack, Question)


# Where a use stands: a change of one of these is a change of status.
_STATUS_FIELDS = {"caution", "verdict", "diluted_use", "off_label", "grade", "jurisdiction", "presentations", "seen"}


class _Record(Strict):
    """recorded.json"""

    version: Version
    rows: dict[str, dict[str, str]]


class RevisionError(Exception):
    """The data of a git revision cannot be had; the message says why."""


Told = dict[str, str]


def told(row: Row) -> Told:
    """What a published row tells its readers, by field; a field that is as the model leaves it tells nothing."""
    given = row.model_dump(exclude_defaults=True, warnings=False)
    return {
        name: _as_text(value)
        for name, value in public_fields(row).items()
        if name in given and name not in _NOT_RECORDED
    }


def recorded(data: Data) -> dict[str, Told]:
    """What must be recorded, by id: all that published rows tell, the numbers of the rows that are only drawn, and the
    lists of a file beside its rows, such as preparations.syringes.
    """
    shown = publish(data)
    found = {row.id: told(row) for row in shown.rows.values() if not isinstance(row, _NOT_OF_THEIR_OWN)}
    for row in (row for drawn in shown.drawings.values() for row in drawn):
        found[row.id] = {name: words for name, words in told(row).items() if isinstance(getattr(row, name), Decimal)}
    for part in fields(Files):
        file = getattr(data, part.name)
        for name in type(file).model_fields:
            value = getattr(file, name)
            # A file may have no row of a kind, such as no indication at all.
            if value and not isinstance(value[0], Row):
                found[f"{part.name}.{name}"] = {name: _as_text(value)}
    return found


def _as_text(value: Any) -> str:
    """A value as one text: 1 and 1.0 are one number, and sources are not told."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or value is None:
        return str(value).lower()
    if isinstance(value, int | Decimal):
        return f"{Decimal(value).normalize():f}"
    if isinstance(value, dict):
        named = (f"{name} {_as_text(item)}" for name, item in value.items() if name not in _NOT_RECORDED)
        return ", ".join(named)
    return "; ".join(map(_as_text, value))


def _hashes(row: Told) -> Told:
    return {name: hashlib.sha256(words.encode()).hexdigest()[:6] for name, words in sorted(row.items())}


def unrecorded(data: Data, root: Path, version: str | None) -> Iterator[Fault]:
    """Rows that tell something else than in the recorded version without an entry that names them.

    `version` is the one that mkdocs.yml states, None when that is not known.
    """
    newest = data.changes.changes[0]
    if version is not None and newest.version != version:
        yield data.fault(newest, "version", f"is {newest.version}, but mkdocs.yml says {version}; make them equal")
    before, faults = _read_record(root)
    if before is None:
        yield from faults
        return
    newer = (entry for entry in data.changes.changes if _parts(entry.version) > _parts(before.version))
    named = {row for entry in newer for row in entry.rows}
    now = {name: _hashes(row) for name, row in recorded(data).items()}
    head = data.fault(newest, "id", "")
    for row in sorted(now.keys() | before.rows.keys()):
        if now.get(row) == before.rows.get(row) or row in named:
            continue
        problem = (
            f"{_what(before.rows.get(row), now.get(row))} since version {before.version}, and no entry of a newer"
            " version names it; add one above this line (python -m macros changes --since REVISION proposes it)"
        )
        yield Fault(head.file, head.line, row, "", problem)


def _read_record(root: Path) -> tuple[_Record | None, list[Fault]]:
    """The record, or what is wrong with it."""
    file = read_data_file(root / RECORD, RECORD)
    before = validated(file, _Record)
    cure = "; restore the file (python -m macros record writes it anew)"
    return before, [replace(fault, problem=fault.problem + cure) for fault in file.faults]


def changed_numbers(data: Data, root: Path) -> dict[str, list[str]]:
    """The rows of which a number differs from the recorded version, with its fields; named by an entry or not."""
    before, _ = _read_record(root)
    if before is None:
        return {}
    rows, found = publish(data).rows, {}
    for name, words in recorded(data).items():
        if name in before.rows and name in rows:
            differing = _changed(before.rows[name], _hashes(words))
            if numbers := [field for field in differing if _holds_a_number(getattr(rows[name], field, None))]:
                found[name] = numbers
    return found


def changed_indications(data: Data, root: Path) -> list[str]:
    """The indications that are new, gone or tell something else than in the recorded version."""
    before, _ = _read_record(root)
    if before is None:
        return []
    now = {name: _hashes(row) for name, row in recorded(data).items()}
    # A row that is gone is known by its fields.
    rows = {name: row for name, row in (before.rows | now).items() if row.keys() >= {"jurisdiction", "presentations"}}
    return sorted(name for name in rows if before.rows.get(name) != now.get(name))


def _holds_a_number(value: Any) -> bool:
    if isinstance(value, dict):
        return any(map(_holds_a_number, value.values()))
    return isinstance(value, int | Decimal | Span) and not isinstance(value, bool)


def _what(before: Told | None, now: Told | None) -> str:
    if before is None:
        return "is new"
    if now is None:
        return "is gone"
    return f"has changed ({', '.join(_changed(before, now))})"


def _changed(before: Told, now: Told) -> list[str]:
    """The fields in which a row tells something else."""
    return [name for name in before | now if before.get(name) != now.get(name)]


def _parts(version: str) -> list[int]:
    """A version as numbers, so that 1.10.0 is newer than 1.9.0."""
    return [int(part) for part in version.split(".")]


def record(data: Data, root: Path) -> None:
    """Take what the rows tell now as recorded, under the newest version of changes.yml."""
    # A line for each row, so that two changes meet in one line only when they are of one row.
    rows = ",\n".join(
        f"  {json.dumps(name)}: {json.dumps(_hashes(row))}" for name, row in sorted(recorded(data).items())
    )
    text = f'{{\n "version": "{data.changes.changes[0].version}",\n "rows": {{\n{rows}\n }}\n}}\n'
    (root / RECORD).write_text(text, encoding="utf-8", newline="")


def propose(old: Data, new: Data) -> str:
    """Entries for changes.yml that tell the difference of two versions of the data."""
    before, after = recorded(old), recorded(new)
    entries = []
    for row in sorted(before.keys() | after.keys()):
        kind, summary = _difference(row, before.get(row), after.get(row))
        if kind:
            entries.append(
                f"  - id: chg-{row}\n    version: 0.0.0  # the next version\n    date: '0000-00-00'  # the day\n"
                f"    type: {kind}\n    summary: {json.dumps(summary, ensure_ascii=False)}\n    rows: [{row}]\n"
            )
    return "changes:\n" + "\n".join(entries) if entries else "Nothing that is recorded differs.\n"


def _difference(row: str, before: Told | None, after: Told | None) -> tuple[str, str]:
    if before is None:
        return "new", f"New: {row}."
    if after is None:
        return "withdrawn", f"Withdrawn: {row}."
    changed = _changed(before, after)
    if not changed:
        return "", ""
    kind = "correction"
    if any(name.endswith("_parts") or "_parts_" in name for name in changed):
        kind = "ratio changed"
    elif any(name in _STATUS_FIELDS for name in changed):
        kind = "status changed"
    told = [f"{name} was {before.get(name, 'not stated')}, is {after.get(name, 'not stated')}" for name in changed]
    return kind, f"{row}: {'; '.join(told)}."


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
