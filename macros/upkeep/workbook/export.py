"""Rows as a workbook to be edited: typed cells, lists to choose from, ids locked, every column explained.

A sheet that is not shown keeps the words of each cell as they were exported; by it an import knows what a person
changed, and what somebody else changed in the file meanwhile.
"""

import datetime
import io
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from ...content.load import Data, load
from .columns import TABLES, Column, Table, from_words, tables

BEFORE = "{} as exported"
COLUMNS, CHOICES = "columns", "choices"
_EXPLAINING = "how to"

# Columns are as wide as their words, within these bounds, in characters.
_NARROW, _WIDE = 9, 50
# For so many new rows cells are ready below the last.
_NEW_ROWS = 200
# What a person may do on a sheet that is locked but for its cells.
_ALLOWED = {
    "format_cells": True, "format_columns": True, "format_rows": True, "insert_rows": True, "delete_rows": True,
    "sort": True, "autofilter": True,
}  # fmt: skip


def export_rows(root: Path, names: Iterable[str], to: Path) -> int:
    """Write the rows of the tables of these names into the workbook `to`; returns how many rows.

    Raises ContentError for content that is not sound.
    """
    data = load(root)
    book, count = to_workbook(data, names)
    to.write_bytes(book)
    return count


def to_workbook(data: Data, names: Iterable[str]) -> tuple[bytes, int]:
    """The rows of the tables of these names as a workbook, and how many there are; the same rows, the same bytes."""
    known = tables(data)
    chosen = [known[name] for name in TABLES if name in set(names)]
    rows = {table.name: [table.cells(row) for row in table.rows(_content(data, table))] for table in chosen}
    out = io.BytesIO()
    book = _Book(out, data.changes.changes[0].date)
    lists = _lists(chosen)
    for table in chosen:
        book.add_table(table, rows[table.name], list(lists))
    book.add_sheet(COLUMNS, _explained(chosen))
    book.add_sheet(_EXPLAINING, _how_to(chosen))
    book.add_lists(lists)
    for table in chosen:
        book.keep(table, rows[table.name])
    book.close()
    return out.getvalue(), sum(len(found) for found in rows.values())


def _content(data: Data, table: Table) -> Any:
    return data.files[table.file.partition(".")[0]].content


def _lists(chosen: Sequence[Table]) -> dict[str, tuple[str, ...]]:
    """What there is to choose from, by table and column."""
    return {
        f"{table.name}: {column.name}": column.choices for table in chosen for column in table.columns if column.choices
    }


def _explained(chosen: Sequence[Table]) -> list[list[str]]:
    lines = [["sheet", "column", "what it holds", "how it is written", "when empty", "choices"]]
    for table in chosen:
        for column in table.columns:
            empty = "must not be empty" if column.needed else "not stated" if column.null_when_empty else "left out"
            lines.append([table.name, column.name, column.what, _how(column), empty, ", ".join(column.choices)])
    return lines


def _how(column: Column) -> str:
    if column.bounds:
        low, high = (f"{bound:g}" if bound < 1e6 else f"{bound:.0f}" for bound in column.bounds)
        return f"{'a whole number' if column.whole else 'a number'} from {low} to {high}"
    return column.how


def _how_to(chosen: Sequence[Table]) -> list[list[str]]:
    lines = [
        "Edit the cells, save as .xlsx, then run: python -m macros rows import FILE",
        "An empty cell says that the source does not state it.",
        "A ratio is two numbers in two columns, product and diluent; never write 1:4 into one cell.",
        "A row is known by its id, which is never changed and never used again. The order of rows and columns is free.",
        "A new row stands below the last one, with a new id; it is added at the end of its list in the file.",
        "A row that is deleted here stays in the file, unless the import is told: --remove ID",
        "Write values, no formulas. The import names every cell that is not right and then writes nothing.",
        "If somebody changed the same cell in the file after this workbook was made, the import says so.",
        "The sheets are locked without a password, so that no id is changed by a slip; to sort or delete rows, unlock.",
    ]
    for table in chosen:
        left_out = ", ".join(table.left_out)
        lines.append(f"Sheet {table.name} holds the rows of {table.path}" + (f"; not {left_out}." if left_out else "."))
    return [["how to use this workbook"], *([line] for line in lines)]


class _Book:
    """A workbook while it is written."""

    def __init__(self, out: io.BytesIO, day: str):
        self._book = xlsxwriter.Workbook(out, {"in_memory": True})
        self._book.set_properties({"title": "Rows to edit", "created": datetime.datetime.fromisoformat(day)})
        body = {"text_wrap": True, "valign": "top"}
        head = {**body, "bold": True, "font_color": "#FFFFFF", "bg_color": "#0B5563"}
        # Typed into such a cell, 1:4 and 2-3 stay words; a spreadsheet makes a time and a day of them.
        text = {**body, "num_format": "@"}
        self._head = self._book.add_format(head)
        self._locked = self._book.add_format({**text, "bg_color": "#EDEFF0"})
        self._text = self._book.add_format({**text, "locked": False})
        self._number = self._book.add_format({**body, "locked": False})
        self._fixed = self._book.add_format(text)

    def add_table(self, table: Table, rows: Sequence[Mapping[str, str]], lists: Sequence[str]) -> None:
        """A sheet of rows to edit."""
        sheet = self._sheet(table.name)
        for index, column in enumerate(table.columns):
            sheet.write_string(0, index, column.name, self._head)
            longest = max([len(column.name) + 3, *(len(row.get(column.name, "")) for row in rows)])
            sheet.set_column(index, index, max(_NARROW, min(_WIDE, longest)), self._format(column))
            self._offer(sheet, table, index, len(rows), lists)
            for number, row in enumerate(rows, 1):
                self._write(sheet, number, index, column, row.get(column.name, ""))
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, len(rows), len(table.columns) - 1)
        sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})

    def add_sheet(self, name: str, lines: Sequence[Sequence[str]]) -> None:
        """A sheet to be read, with its head frozen."""
        sheet = self._sheet(name)
        for number, line in enumerate(lines):
            for index, words in enumerate(line):
                sheet.write_string(number, index, words, self._fixed if number else self._head)
        for index in range(len(lines[0])):
            longest = max(len(line[index]) for line in lines)
            sheet.set_column(index, index, max(_NARROW, min(2 * _WIDE, longest + 1)))
        sheet.freeze_panes(1, 0)

    def add_lists(self, lists: Mapping[str, Sequence[str]]) -> None:
        """The sheet from which the cells offer their choices, a column for each."""
        sheet = self._sheet(CHOICES)
        for index, (name, choices) in enumerate(lists.items()):
            sheet.write_string(0, index, name, self._head)
            sheet.set_column(index, index, max(len(name), *map(len, choices)) + 2)
            for number, choice in enumerate(choices, 1):
                sheet.write_string(number, index, choice, self._fixed)
        sheet.freeze_panes(1, 0)

    def keep(self, table: Table, rows: Sequence[Mapping[str, str]]) -> None:
        """The words of the cells as they are now, on a sheet that is not shown."""
        sheet = self._sheet(BEFORE.format(table.name))
        for index, column in enumerate(table.columns):
            sheet.write_string(0, index, column.name)
            for number, row in enumerate(rows, 1):
                if words := row.get(column.name):
                    sheet.write_string(number, index, words, self._fixed)
        sheet.very_hidden()

    def close(self) -> None:
        """Write it out."""
        self._book.close()

    def _sheet(self, name: str) -> Any:
        sheet = self._book.add_worksheet(name)
        sheet.protect("", _ALLOWED)
        return sheet

    def _format(self, column: Column) -> Any:
        return self._number if column.kind in ("number", "choice") else self._text

    def _write(self, sheet: Any, row: int, index: int, column: Column, words: str) -> None:
        if not words:
            # With its format: not every program takes that of the column.
            sheet.write_blank(row, index, None, self._format(column))
            return
        value = from_words(column, words)
        if index == 0:
            sheet.write_string(row, index, words, self._locked)
        elif isinstance(value, bool):
            sheet.write_boolean(row, index, value, self._number)
        elif isinstance(value, int | Decimal):
            sheet.write_number(row, index, value, self._number)
        else:
            sheet.write_string(row, index, words, self._format(column))

    def _offer(self, sheet: Any, table: Table, index: int, rows: int, lists: Sequence[str]) -> None:
        """The choices of a column as a list that drops down, its numbers within their bounds."""
        column = table.columns[index]
        if column.choices:
            at = lists.index(f"{table.name}: {column.name}")
            source = [1, at, len(column.choices), at]
            first, last = (xl_rowcol_to_cell(*source[i : i + 2], True, True) for i in (0, 2))
            rule: dict[str, Any] = {"validate": "list", "source": f"={CHOICES}!{first}:{last}"}
            problem = "Choose one of the list; leave the cell empty where the source does not say."
        elif column.bounds:
            low, high = column.bounds
            rule = {"validate": "integer" if column.whole else "decimal", "criteria": "between"}
            rule |= {"minimum": low, "maximum": high}
            problem = f"Write {_how(column)}."
        else:
            return
        sheet.data_validation(
            1, index, rows + _NEW_ROWS, index, {**rule, "error_title": column.name, "error_message": problem}
        )
