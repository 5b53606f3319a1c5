"""Tables of records as spreadsheets (.xlsx): typed cells, read alike in every language.

The same rows make the same bytes: what a file says of its time is the day of the newest change.
"""

import datetime
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import xlsxwriter

from ..content.faults import ContentError, Fault
from ..content.files import FOLDER, RECORDS
from ..content.project import Project
from ..rendering.label_marks import diluted_use
from ..rendering.warnings_and_steps import no_reversal_row
from .columns import columns, is_day
from .csv_and_json import in_cell

Records = Sequence[Mapping[str, Any]]

# What the format allows, in characters: in a cell, and in the head of a printed page.
_LONGEST, _LONGEST_HEAD = 32_767, 255
# Columns are as wide as their words, within these bounds, in characters.
_NARROW, _WIDE = 9, 60


def to_xlsx(tables: Mapping[str, Records], project: Project) -> bytes:
    """Tables of RECORDS as one spreadsheet: a sheet for each, one that explains the columns, one about the whole.

    Raises ContentError for what no cell can hold.
    """
    out = io.BytesIO()
    book = _Book(out, project, next(iter(tables)) if len(tables) == 1 else "all tables")
    for name, rows in tables.items():
        book.add_sheet(name, rows)
    book.add_sheet("columns", list(_explained(tables)))
    book.add_sheet("about", list(_about(tables, project)))
    book.close()
    return out.getvalue()


def _explained(tables: Mapping[str, Records]) -> Iterator[dict[str, str | None]]:
    for name, rows in tables.items():
        for column in columns(name, rows):
            yield {
                "table": name, "column": column.name, "values": column.kind, "unit": column.unit or None,
                "what": column.what,
            }  # fmt: skip


def _about(tables: Iterable[str], project: Project) -> Iterator[dict[str, str]]:
    """What must not be parted from the numbers, and where they are from."""
    data, site = project.published, project.site
    lines = {
        "reversal": no_reversal_row(data).statement,
        "diluted use": f"Diluted use is {diluted_use(data)}. A ratio without its label status is dangerous: look up "
        "the region before you use or copy a number.",
        "ratio": "A ratio is product : diluent. product_parts and diluent_parts are its two numbers. Every liquid that "
        "is added counts as diluent.",
        "use": "Reports and worked examples, not doses. They do not replace the product’s instructions for use.",
        "empty cells": "The source does not say, or it is not confirmed.",
        **{f"sheet {name}": f"{RECORDS[name]}." for name in tables},
        "from": f"{site.name}, version {site.version}, of {project.day}. {site.address}".strip(),
        "license": "Text and data are under CC BY 4.0: name the project, link to the license, say what you changed. "
        "Trademarks are their owners’, who have no part in this project.",
    }
    for about, words in lines.items():
        yield {"about": about, "words": words}


class _Book:
    """A spreadsheet while it is written."""

    def __init__(self, out: io.BytesIO, project: Project, title: str):
        self._book = xlsxwriter.Workbook(out, {"in_memory": True})
        site, data = project.site, project.published
        day = datetime.datetime.fromisoformat(project.day)
        self._book.set_properties({"title": f"{site.name}: {title}", "author": site.name, "created": day})
        head = {"bold": True, "font_color": "#FFFFFF", "bg_color": "#0B5563", "text_wrap": True, "valign": "top"}
        self._head = self._book.add_format(head)
        self._body = self._book.add_format({"text_wrap": True, "valign": "top"})
        # Year first: a day in the order of a country is read otherwise in the next.
        self._day = self._book.add_format({"num_format": "yyyy-mm-dd", "align": "left", "valign": "top"})
        # A printed sheet carries the warnings too.
        self._above = _printed(f"Diluted use: {diluted_use(data)}", "Label status: see the sheet “about”")
        self._below = _printed(no_reversal_row(data).statement, "CaHA has no reversal agent")

    def add_sheet(self, name: str, rows: Records) -> None:
        """A table with its head frozen and ready to be filtered; the first column stays in sight when it is an id."""
        names = list(dict.fromkeys(column for row in rows for column in row))
        table = [[in_cell(row.get(column)) for column in names] for row in rows]
        sheet = self._book.add_worksheet(name)
        for index, column in enumerate(names):
            sheet.write_string(0, index, column, self._head)
            words = [len(str(row[index])) for row in table if row[index] is not None]
            # Beside its name a head has room for the arrow of its filter.
            sheet.set_column(index, index, max(_NARROW, min(_WIDE, max([len(column) + 3, *words]))))
        for number, row in enumerate(table, 1):
            for index, cell in enumerate(row):
                self._write(sheet, number, index, cell, f"{name}.{names[index]}: {row[0]}")
        sheet.freeze_panes(1, 1 if names[:1] == ["id"] else 0)
        sheet.autofilter(0, 0, len(table), len(names) - 1)
        # An id or a year that is text is meant to be one.
        sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.set_header(f"&L{self._above}&R&A")
        sheet.set_footer(f"&L{self._below}&R&P/&N")

    def _write(self, sheet: Any, row: int, column: int, cell: str | bool | int | float | None, where: str) -> None:
        if cell is None:
            return
        if isinstance(cell, bool):
            sheet.write_boolean(row, column, cell, self._body)
        elif not isinstance(cell, str):
            sheet.write_number(row, column, cell, self._body)
        elif is_day(cell):
            sheet.write_datetime(row, column, datetime.date.fromisoformat(cell), self._day)
        elif len(cell) > _LONGEST:
            problem = (
                f"expected at most {_LONGEST} characters in a cell of a spreadsheet, got {len(cell)}; make it two rows"
            )
            raise ContentError([Fault(f"{FOLDER}/", 1, where, "", problem)])
        else:
            sheet.write_string(row, column, cell, self._body)

    def close(self) -> None:
        """Write it out."""
        self._book.close()


def _printed(words: str, shorter: str) -> str:
    """Words for the head or foot of a printed page, where & is a command; others when they are too long for one."""
    told = words.replace("&", "&&")
    return told if len(told) <= _LONGEST_HEAD - 10 else shorter
