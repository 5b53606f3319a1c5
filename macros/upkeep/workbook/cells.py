"""A workbook that comes back: the words of its cells, and every cell that is no value."""

import datetime
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from ...content.faults import HIDDEN, ContentError, Fault, did_you_mean, in_short
from .columns import Column, Table, number_in_words
from .export import BEFORE


@dataclass
class Sheet:
    """The rows of a table in a workbook: the words of their cells by id, where they stand, and as they were exported.

    `faulty` names the cells that cannot be read, by id and column.
    """

    table: Table
    file: str
    cells: dict[str, dict[str, str]] = field(default_factory=dict)
    before: dict[str, dict[str, str]] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    letters: dict[str, str] = field(default_factory=dict)
    faulty: set[tuple[str, str]] = field(default_factory=set)
    faults: list[Fault] = field(default_factory=list)

    def fault(self, row_id: str, column: str, problem: str) -> Fault:
        """What is wrong with a cell, with its sheet, row and column."""
        return self.fault_at(self.rows.get(row_id, 1), row_id, column, problem)

    def fault_at(self, row: int, row_id: str, column: str, problem: str) -> Fault:
        """The same by the number of the row."""
        letter = self.letters.get(column, "")
        where = f"sheet {self.table.name}, cell {letter}{row}" if letter else f"sheet {self.table.name}"
        return Fault(self.file, row, row_id, f"{where}, {column}" if column else where, problem)


def read_workbook(path: Path, tables: dict[str, Table]) -> list[Sheet]:
    """The tables of a workbook that an export made, faults included.

    Raises ContentError for what is none.
    """
    try:
        with warnings.catch_warnings():
            # What another program keeps in it beside cells, openpyxl says that it does not read.
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(path)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, TypeError, EOFError):
        raise ContentError([_whole(path, "expected a workbook; save it as .xlsx")]) from None
    chosen = [table for name, table in tables.items() if name in book.sheetnames]
    if not chosen:
        problem = f"expected a sheet named {' or '.join(tables)}; export the rows anew and edit that workbook"
        raise ContentError([_whole(path, problem)])
    return [_read(book, path.name, table) for table in chosen]


def _whole(path: Path, problem: str) -> Fault:
    return Fault(path.name, 1, "", "", problem)


def _read(book: Any, file: str, table: Table) -> Sheet:
    sheet = Sheet(table, file)
    kept = BEFORE.format(table.name)
    if kept not in book.sheetnames:
        problem = f"the hidden sheet '{kept}' is gone, which tells what was edited; export the rows anew, edit there"
        sheet.faults.append(sheet.fault("", "", problem))
        return sheet
    for row_id, _, cells in _rows_of(book[kept], sheet, hidden=True):
        sheet.before[row_id] = cells
    for row_id, number, cells in _rows_of(book[table.name], sheet, hidden=False):
        sheet.cells[row_id], sheet.rows[row_id] = cells, number
    return sheet


def _rows_of(page: Any, sheet: Sheet, hidden: bool) -> Iterator[tuple[str, int, dict[str, str]]]:
    head, *rows = page.iter_rows()
    places = _head(head, sheet, hidden)
    for cells in rows:
        number = cells[0].row
        if all(cell.value is None or not str(cell.value).strip() for cell in cells):
            continue
        row_id = _words_of(cells[places["id"]]) if "id" in places else ""
        if not row_id:
            problem = "expected an id in a row with words; give it one, or empty the row"
            sheet.faults.append(sheet.fault_at(number, "", "id", problem))
        elif not hidden and row_id in sheet.rows:
            problem = f"expected each id once, got '{row_id}' in row {sheet.rows[row_id]} too; give a new row a new id"
            sheet.faults.append(sheet.fault_at(number, row_id, "id", problem))
        else:
            yield row_id, number, _cells(cells, places, sheet, row_id, hidden)


def _head(head: Any, sheet: Sheet, hidden: bool) -> dict[str, int]:
    """Where each column stands; those that are missing, unknown or there twice are told."""
    known = [column.name for column in sheet.table.columns]
    places: dict[str, int] = {}
    for index, cell in enumerate(head):
        name = _words_of(cell)
        if not name:
            continue
        if name in places or name not in known:
            problem = "a column of this name stands twice; delete one" if name in places else (
                f"no column '{in_short(name)}'{did_you_mean(name, known)}; name it as it was, or delete it"
            )  # fmt: skip
            sheet.faults.append(
                Fault(sheet.file, 1, "", f"sheet {sheet.table.name}, cell {cell.column_letter}1", problem)
            )
            continue
        places[name] = index
        if not hidden:
            sheet.letters[name] = cell.column_letter
    if missing := [name for name in known if name not in places]:
        problem = f"the column {', '.join(missing)} is missing in row 1; put its name back, or export the rows anew"
        sheet.faults.append(Fault(sheet.file, 1, "", f"sheet {sheet.table.name}", problem))
    return places


def _cells(cells: Any, places: dict[str, int], sheet: Sheet, row_id: str, hidden: bool) -> dict[str, str]:
    found = {}
    for column in sheet.table.columns:
        if column.name not in places:
            continue
        cell = cells[places[column.name]]
        kept = sheet.before.get(row_id, {}).get(column.name)
        # Words that begin with = openpyxl takes for a formula; those that were exported are none.
        if not hidden and _words_of(cell) != kept and (problem := _no_value(cell, column)):
            sheet.faults.append(sheet.fault_at(cell.row, row_id, column.name, problem))
            sheet.faulty.add((row_id, column.name))
        elif words := _words_of(cell):
            found[column.name] = words
    return found


def _words_of(cell: Any) -> str:
    """What a cell says, in one line: a break is a space, as in the files."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        # As many digits as a spreadsheet knows: 0.1 + 0.2 is 0.3.
        return number_in_words(Decimal(format(value, ".15g")))
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    return " ".join(str(value).split())


def _no_value(cell: Any, column: Column) -> str:
    """Why a cell is no value of its column, with its cure; nothing when it may be one."""
    value = cell.value
    if cell.data_type == "f":
        return f"expected a value, got the formula {in_short(str(value))}; put its result as a value"
    if cell.data_type == "e":
        return f"expected a value, got the error {value}; write the value"
    if isinstance(value, datetime.date | datetime.time | datetime.timedelta):
        if column.kind == "date" and isinstance(value, datetime.date):
            return ""
        cure = (
            "write its two parts as numbers into their two columns"
            if column.kind == "number" and not isinstance(value, datetime.date)
            else "set the cell to the format Text and write it again"
        )
        what = "day" if isinstance(value, datetime.date) else "time"
        return f"expected {column.how}, got {_shown(value)}: the spreadsheet made a {what} of what was typed; {cure}"
    if isinstance(value, float | int) and "%" in str(cell.number_format) and not isinstance(value, bool):
        return f"expected {column.how}, got a percentage; set the cell to the format Number and write it again"
    if isinstance(value, str) and (hidden := HIDDEN.search(value.replace("\r", "\n"))):
        return f"hidden character U+{ord(hidden[0]):04X}; write the cell anew"
    return ""


def _shown(value: Any) -> str:
    if isinstance(value, datetime.datetime):
        return str(value.date())
    return str(value)
