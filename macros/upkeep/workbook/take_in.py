"""What was edited in a workbook, written into the data files where it stands, when the whole project is sound then.

Three are compared: a cell as it was exported, as it is in the workbook, and as it is in the file now. Only what a
person changed is written, and never over what somebody else changed meanwhile.
"""

import copy
import shutil
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ...content.faults import ContentError, Fault, did_you_mean, shown
from ...content.load import Data, load
from ...content.settings import FILE
from ...content.strict_reader import DataFile, read_data_text
from ..complete import Sources
from .cells import Sheet, read_workbook
from .columns import Column, Table, from_words, tables
from .yaml_text import CannotEditError, YamlRows

_BOM = "\ufeff"
# Of longer texts a message shows the part that differs.
_LONG = 50


@dataclass(frozen=True)
class _Edit:
    """One thing that a person changed: a cell, or without a column a whole row, which has words when it is new."""

    row_id: str
    column: Column | None
    words: str = ""
    old: str = ""

    def __str__(self) -> str:
        if self.column is None:
            return f"{self.row_id}: {'added' if self.words else 'removed'}"
        old, new = (shown(words) if words else "nothing" for words in _apart(self.old, self.words))
        return f"{self.row_id}: {self.column.name}: {new}, was {old}"


def _apart(old: str, new: str) -> tuple[str, str]:
    """Two texts without what a message would show of both: long ones from the word before that in which they part."""
    if max(len(old), len(new)) < _LONG:
        return old, new
    same = next((at for at, (was, now) in enumerate(zip(old, new, strict=False)) if was != now), 0)
    start = old.rfind(" ", 0, old.rfind(" ", 0, same)) + 1
    return ("... " if start else "") + old[start:], ("... " if start else "") + new[start:]


def import_rows(
    root: Path, workbook: Path, remove: Collection[str], faults_of: Callable[[Path], Iterable[Fault]]
) -> list[str]:
    """Write what was edited in a workbook into the data files of the project in the folder `root`; returns it in words.

    `remove` names the rows that may be taken out; `faults_of` judges the project in a folder.
    Raises ContentError with every fault of the workbook and of the project as it would be; then nothing is written.
    """
    data = load(root)
    sheets = read_workbook(workbook, tables(data))
    exported = {row_id for sheet in sheets for row_id in sheet.before}
    faults = [
        Fault(workbook.name, 1, "", f"--remove {row_id}", f"no such row was exported{did_you_mean(row_id, exported)}")
        for row_id in remove
        if row_id not in exported
    ]
    texts: dict[str, str] = {}
    told: list[str] = []
    for sheet in sheets:
        edits = list(_edits(sheet, data, remove))
        if edits and (text := _edited(root, sheet, data, edits)) is not None:
            texts[sheet.table.path] = text
        told += [f"{sheet.table.path}: {edit}" for edit in edits]
    if texts:
        faults += _in_cells(_faults_with(root, texts, faults_of), sheets)
    faults += [fault for sheet in sheets for fault in sheet.faults]
    if faults:
        raise ContentError(faults)
    for path, text in texts.items():
        (root / path).write_bytes(text.encode("utf-8"))
    return told


def _now(sheet: Sheet, data: Data) -> dict[str, dict[str, str]]:
    """The rows of the file as the words of their cells, by id."""
    return {row["id"]: sheet.table.cells(row) for row in sheet.table.rows(_content(sheet, data))}


def _content(sheet: Sheet, data: Data) -> Any:
    return data.files[sheet.table.file.partition(".")[0]].content


def _edits(sheet: Sheet, data: Data, remove: Collection[str]) -> Iterator[_Edit]:
    """What a person changed; what cannot be taken over is added to the faults of the sheet."""
    now = _now(sheet, data)
    new = [row_id for row_id in sheet.cells if row_id not in now and row_id not in sheet.before]
    for row_id, cells in sheet.cells.items():
        if row_id in now:
            yield from _edits_of_row(sheet, row_id, now[row_id])
        elif row_id not in new and cells != sheet.before[row_id]:
            problem = f"this row is no longer in {sheet.table.path}; delete it here too, or give it a new id"
            sheet.faults.append(sheet.fault(row_id, "id", problem))
    for row_id in new:
        if sheet.table.section is None:
            problem = "a source is added with its authors: python -m macros cite FILE; then export the rows anew"
            sheet.faults.append(sheet.fault(row_id, "id", problem))
        elif not any(faulty == row_id for faulty, _ in sheet.faulty):
            yield _Edit(row_id, None, "new")
    for row_id, before in sheet.before.items():
        if row_id in sheet.cells and row_id in remove:
            problem = f"this row is still here; delete it, or leave out --remove {row_id}"
            sheet.faults.append(sheet.fault(row_id, "", problem))
        if row_id in sheet.cells or row_id not in now:
            continue
        if row_id not in remove:
            problem = f"this row is gone; put it back, or say that it goes: --remove {row_id}"
            if renamed := did_you_mean(row_id, new):
                problem += renamed.replace("did you mean", "an id is never changed; is it now")
            sheet.faults.append(sheet.fault(row_id, "", problem))
        elif before != now[row_id]:
            sheet.faults.append(sheet.fault(row_id, "", _changed_meanwhile(sheet, "this row")))
        else:
            yield _Edit(row_id, None)


def _edits_of_row(sheet: Sheet, row_id: str, now: Mapping[str, str]) -> Iterator[_Edit]:
    cells, before = sheet.cells[row_id], sheet.before.get(row_id)
    for column in sheet.table.columns:
        name = column.name
        words, there = cells.get(name, ""), now.get(name, "")
        if words == there or name not in sheet.letters or (row_id, name) in sheet.faulty:
            continue
        if before is not None and words == before.get(name, ""):
            continue
        if before is None or there != before.get(name, ""):
            problem = f"{_changed_meanwhile(sheet, 'this cell')}; it says {shown(there)} there, {shown(words)} here"
            sheet.faults.append(sheet.fault(row_id, name, problem))
        else:
            yield _Edit(row_id, column, words, there)


def _changed_meanwhile(sheet: Sheet, what: str) -> str:
    return f"{sheet.table.path} was changed at {what} after the export; export the rows anew and edit them there"


def _edited(root: Path, sheet: Sheet, data: Data, edits: Iterable[_Edit]) -> str | None:
    """The file with the edits, of which nothing but these is another; None when one of them could not be made."""
    text = _Text(root, sheet.table)
    wanted = copy.deepcopy(_content(sheet, data))
    rows = {row["id"]: row for row in sheet.table.rows(wanted)}
    for edit in edits:
        try:
            if edit.column is not None:
                value = _value(edit.column, edit.words)
                text.set(edit.row_id, edit.column, value)
                _set(rows[edit.row_id], edit.column.name, value)
            elif edit.words:
                row = _new_row(sheet, edit.row_id)
                text.add(row)
                sheet.table.rows(wanted).append(row)
            else:
                text.remove(edit.row_id)
                sheet.table.rows(wanted).remove(rows[edit.row_id])
        except CannotEditError as error:
            problem = f"cannot be changed from here: {error}; change it in {sheet.table.path}:{error.line}"
            sheet.faults.append(sheet.fault(edit.row_id, edit.column.name if edit.column else "", problem))
        except ValueError as error:
            name = edit.column.name if edit.column else ""
            sheet.faults.append(sheet.fault(edit.row_id, name, f"{error}, got {shown(edit.words)}"))
            sheet.faulty.add((edit.row_id, name))
    made = text.whole()
    again = DataFile(sheet.table.path)
    read_data_text(made.removeprefix(_BOM).replace("\r\n", "\n"), again)
    if again.faults or again.content != wanted:
        problem = f"what was edited cannot be written into {sheet.table.path} without changing more; edit it there"
        sheet.faults.append(sheet.fault("", "", problem))
        return None
    return made


_GONE = object()


def _value(column: Column, words: str) -> Any:
    value = from_words(column, words) if words else _GONE
    if value is _GONE or value == [] or value == {}:
        return None if column.null_when_empty else _GONE
    return value


def _new_row(sheet: Sheet, row_id: str) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for column in sheet.table.columns:
        words = sheet.cells[row_id].get(column.name, "")
        try:
            value = _value(column, words)
        except ValueError as error:
            sheet.faults.append(sheet.fault(row_id, column.name, f"{error}, got {shown(words)}"))
            sheet.faulty.add((row_id, column.name))
            continue
        if value is not _GONE:
            row[column.name] = value
    return row


def _set(row: dict[str, Any], name: str, value: Any) -> None:
    *around, name = name.split(".")
    for part in around:
        row = row[part]
    if value is _GONE:
        row.pop(name, None)
    else:
        row[name] = value


class _Text:
    """The text of a data file while it is edited."""

    def __init__(self, root: Path, table: Table):
        text = (root / table.path).read_bytes().decode("utf-8")
        self._start = _BOM if text.startswith(_BOM) else ""
        self._yaml = self._json = None
        if table.section is None:
            self._json = Sources(root / table.path, table.path)
        else:
            order = [*(column.name for column in table.columns), *table.left_out]
            self._yaml = YamlRows(text.removeprefix(_BOM), table.section, order)

    def set(self, row_id: str, column: Column, value: Any) -> None:
        """Give a field a value, or take it out."""
        if self._json is not None:
            *custom, name = column.name.split(".")
            change = {name: None if value is _GONE else value}
            self._json.put(row_id, *(({}, change) if custom else (change, {})))
        elif self._yaml is not None and value is _GONE:
            self._yaml.unset(row_id, column.name)
        elif self._yaml is not None:
            self._yaml.set(row_id, column.name, value)

    def add(self, row: Mapping[str, Any]) -> None:
        """Add a row below the others."""
        if self._yaml is not None:
            self._yaml.add(row)

    def remove(self, row_id: str) -> None:
        """Take a row out."""
        (self._json or self._yaml).remove(row_id)  # type: ignore[union-attr]

    def whole(self) -> str:
        """All of the file."""
        return self._json.text if self._json is not None else self._start + self._yaml.text  # type: ignore[union-attr]


def _faults_with(root: Path, texts: Mapping[str, str], faults_of: Callable[[Path], Iterable[Fault]]) -> Iterable[Fault]:
    """What is wrong with the project as it would be with these files."""
    with tempfile.TemporaryDirectory() as folder:
        trial = Path(folder)
        shutil.copy(root / FILE, trial)
        shutil.copytree(root / "docs", trial / "docs")
        for name, text in texts.items():
            (trial / name).write_bytes(text.encode("utf-8"))
        return list(faults_of(trial))


def _in_cells(faults: Iterable[Fault], sheets: Iterable[Sheet]) -> Iterator[Fault]:
    """Faults of rows at the cells from which they come; one that is told of its cell already is told once."""
    of_file = {sheet.table.path: sheet for sheet in sheets}
    for fault in faults:
        sheet = of_file.get(fault.file)
        if sheet is None or fault.row not in sheet.rows:
            yield fault
            continue
        names = [column.name for column in sheet.table.columns]
        name = next((name for name in names if fault.field == name or fault.field.startswith(f"{name}.")), "")
        if (fault.row, name) not in sheet.faulty:
            around = f"{fault.field}: " if fault.field and not name else ""
            yield sheet.fault(fault.row, name, around + fault.problem)
