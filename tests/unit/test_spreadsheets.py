"""Spreadsheets, read back by another program than the one that writes them: typed, explained, the same every time."""

import datetime
import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl.cell.cell import Cell

from macros.content.faults import ContentError
from macros.content.files import ALL_TABLES, RECORDS
from macros.content.project import Project
from macros.downloads.columns import is_day
from macros.downloads.csv_and_json import in_cell, plain
from macros.downloads.records import records
from macros.downloads.spreadsheets import to_xlsx
from macros.downloads.write import write_downloads

EXPLAINING = ["columns", "about"]


@pytest.fixture(scope="module")
def tables(either: Project) -> dict[str, list[dict[str, Any]]]:
    return records(either.published)


@pytest.fixture(scope="module")
def folder(either: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("downloads")
    write_downloads(either, out)
    return out


@cache
def opened(path: Path) -> openpyxl.Workbook:
    """The workbook of a file, to be read only."""
    return openpyxl.load_workbook(path)


def read_back(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def rows_of(book: openpyxl.Workbook, sheet: str) -> list[dict[str, Cell]]:
    head, *rows = book[sheet].iter_rows()
    return [dict(zip((cell.value for cell in head), row, strict=True)) for row in rows]


def check_cell(cell: Cell, value: Any) -> None:
    """A cell says what a record says, as the type that it is."""
    wanted = in_cell(value)
    match wanted:
        case None:
            assert cell.value is None
        case bool():
            assert (cell.data_type, cell.value) == ("b", wanted)
        case int() | float():
            assert (cell.data_type, cell.value, cell.number_format) == ("n", wanted, "General")
        case str() if is_day(wanted):
            assert (cell.is_date, cell.number_format) == (True, "yyyy-mm-dd")
            assert cell.value == datetime.datetime.fromisoformat(wanted)
        case str():
            # A text that looks like a formula is one for openpyxl, but the file says that it is a text.
            assert (cell.data_type in "sf", cell.value) == (True, wanted)


def check_sheet(book: openpyxl.Workbook, name: str, rows: Sequence[Mapping[str, Any]]) -> None:
    read = rows_of(book, name)
    assert len(read) == len(rows) > 0
    for line, row in zip(read, rows, strict=True):
        assert set(line) >= set(row)
        for column, cell in line.items():
            check_cell(cell, row.get(column))


def test_each_table_has_a_spreadsheet_with_every_value_typed(tables: dict[str, Any], folder: Path) -> None:
    assert list(tables) == list(RECORDS)
    for name, rows in tables.items():
        book = opened(folder / f"{name}.xlsx")
        assert book.sheetnames == [name, *EXPLAINING]
        check_sheet(book, name, rows)


def test_one_spreadsheet_holds_every_table(tables: dict[str, Any], folder: Path) -> None:
    book = opened(folder / f"{ALL_TABLES}.xlsx")
    assert book.sheetnames == [*RECORDS, *EXPLAINING]
    for name, rows in tables.items():
        check_sheet(book, name, rows)


def test_numbers_are_in_the_file_as_a_program_reads_them_in_every_language(invented: Project) -> None:
    """A spreadsheet set to German reads 1.667 of a CSV file as 1667; in a typed cell there is nothing to read."""
    rows = [{"id": "a", "mean_mm": Decimal("0.759")}, {"id": "b", "mean_mm": Decimal("1.667")}]
    with zipfile.ZipFile(io.BytesIO(to_xlsx({"layers": rows}, invented))) as book:
        cells = dict(re.findall(r'<c r="(B\d)"(.*?)</c>', book.read("xl/worksheets/sheet1.xml").decode()))
    # Without t="s" a cell is a number, and its point is a decimal point.
    assert [re.sub(r' s="\d+"', "", cells[name]) for name in ("B2", "B3")] == ["><v>0.759</v>", "><v>1.667</v>"]


def test_every_sheet_can_be_filtered_and_its_head_stays(folder: Path) -> None:
    for name in (*RECORDS, ALL_TABLES):
        for sheet in opened(folder / f"{name}.xlsx"):
            first = sheet["A1"].value
            assert sheet.freeze_panes == ("B2" if first == "id" else "A2"), f"{name}: {sheet.title}"
            assert sheet.auto_filter.ref == sheet.dimensions, f"{name}: {sheet.title}"
            assert sheet.print_title_rows == "$1:$1"
            assert sheet["A1"].font.bold


def test_every_column_is_explained(tables: dict[str, Any], folder: Path) -> None:
    told = [[cell.value for cell in row.values()] for row in rows_of(opened(folder / f"{ALL_TABLES}.xlsx"), "columns")]
    named = [
        (name, column) for name, rows in tables.items() for column in dict.fromkeys(c for row in rows for c in row)
    ]
    assert [(table, column) for table, column, *_ in told] == named
    for table, column, values, unit, what in told:
        assert what and values, f"{table}: {column}"
        if re.search(r"_(ml|mm|percent|weeks?)$", column) and "number" in values:
            assert unit in ("mL", "mm", "%", "weeks"), f"{table}: {column}"
    for name in tables:
        alone = rows_of(opened(folder / f"{name}.xlsx"), "columns")
        assert [[cell.value for cell in row.values()] for row in alone] == [row for row in told if row[0] == name]


def test_the_warnings_go_with_the_numbers(either: Project, folder: Path) -> None:
    for name in (*RECORDS, ALL_TABLES):
        book = opened(folder / f"{name}.xlsx")
        told = {row["about"].value: row["words"].value for row in rows_of(book, "about")}
        assert told["reversal"] == either.published.rows["vasc-02"].statement
        assert "off-label" in told["diluted use"]
        assert either.site.version in told["from"] and "CC BY 4.0" in told["license"]
        for sheet in book:
            assert sheet.oddFooter.left.text == told["reversal"]
            assert "off-label" in sheet.oddHeader.left.text


def test_the_same_rows_make_the_same_bytes(invented: Project) -> None:
    tables = records(invented.published)
    content = to_xlsx(tables, invented)
    assert to_xlsx(tables, invented) == content
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        assert {entry.date_time for entry in book.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        times = set(re.findall(r"\d{4}-\d\d-\d\dT[\d:]+", book.read("docProps/core.xml").decode()))
    assert times == {f"{invented.day}T00:00:00"}


def one_cell(project: Project, value: Any) -> Cell:
    book = read_back(to_xlsx({"layers": [{"id": "lay-1", "mean_mm": value}]}, project))
    return rows_of(book, "layers")[0]["mean_mm"]


@pytest.mark.parametrize(
    "words", ["=1+1", "-1+cmd", "+1", "@x", "\tx", "1:4", "0012", "2002", "2002-01", "1e5", "https://x.example"]
)
def test_a_text_stays_a_text(invented: Project, words: str) -> None:
    content = to_xlsx({"layers": [{"id": "lay-1", "note": words}]}, invented)
    assert rows_of(read_back(content), "layers")[0]["note"].value == words
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert re.search(r'<c r="B2" s="\d+" t="s">', sheet) and "<f>" not in sheet and "hyperlink" not in sheet


@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.decimals(Decimal("-1e9"), Decimal("1e9"), allow_nan=False, allow_infinity=False))
@example(Decimal(1_200) / 3 * 7)
@example(Decimal(90_300) / 9)
@example(Decimal("0.759"))
@example(Decimal("1.667"))
def test_a_number_is_read_back_as_json_has_it(invented: Project, value: Decimal) -> None:
    assert one_cell(invented, value).value == plain(value)


def test_what_no_cell_holds_is_named(invented: Project) -> None:
    with pytest.raises(
        ContentError,
        match=r"layers\.note: lay-1: expected at most 32767 characters in a cell of a spreadsheet, got 40000",
    ):
        to_xlsx({"layers": [{"id": "lay-1", "note": "x" * 40_000}]}, invented)
