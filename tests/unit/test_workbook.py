"""python -m macros rows: rows as a workbook, edited by a person, and back into the files where each value stands."""

import datetime
import difflib
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from macros.__main__ import main
from macros.content.load import load
from macros.content.project import Project, read_project
from macros.upkeep.workbook.columns import TABLES, from_words, tables
from macros.upkeep.workbook.export import to_workbook
from macros.upkeep.workbook.take_in import import_rows
from macros.upkeep.workbook.yaml_text import CannotEditError, YamlRows

from ..projects import edit

pytestmark = pytest.mark.site  # whole commands, and a workbook read and written for each

FILES = {"protocols": "protocols.yml", "outcomes": "outcomes.yml", "sources": "references.json"}
Told = Callable[..., tuple[int, str]]


def path_of(root: Path, table: str) -> Path:
    return root / "docs/data" / FILES[table]


@pytest.fixture(scope="module")
def exported(invented: Project) -> bytes:
    """The workbook of all rows of the invented project."""
    return to_workbook(invented.data, TABLES)[0]


@pytest.fixture
def workbook(exported: bytes, tmp_path: Path) -> Path:
    """The rows of the invented project, to be edited."""
    made = tmp_path / "rows.xlsx"
    made.write_bytes(exported)
    return made


@pytest.fixture
def taken_in(project: Path, workbook: Path, capsys: pytest.CaptureFixture[str]) -> Told:
    """Import the workbook by the command; returns its exit status and its words."""

    def run(*arguments: str) -> tuple[int, str]:
        status = main(["--root", str(project), "rows", "import", str(workbook), *arguments])
        said = capsys.readouterr()
        return status, said.out + said.err

    return run


def place(sheet: Any, row_id: str, column: str) -> Any:
    """The cell of a row in a column."""
    head = {cell.value: cell.column for cell in sheet[1]}
    row = next(row[0].row for row in sheet.iter_rows() if row[0].value == row_id)
    return sheet.cell(row, head[column])


def fill(workbook: Path, table: str, cells: Iterable[tuple[str, str, Any]]) -> None:
    """Write values into cells, each by id and column, as a person does; a new id stands below the last row."""
    book = openpyxl.load_workbook(workbook)
    sheet = book[table]
    for row_id, column, value in cells:
        if column == "id":
            sheet.append([value])
        else:
            place(sheet, row_id, column).value = value
    book.save(workbook)


def delete(workbook: Path, table: str, row_id: str) -> None:
    book = openpyxl.load_workbook(workbook)
    book[table].delete_rows(place(book[table], row_id, "id").row)
    book.save(workbook)


def changed(before: bytes, after: bytes) -> list[str]:
    """The lines that differ: those that went, and those that came."""
    old, new = (text.decode("utf-8").splitlines() for text in (before, after))
    told: list[str] = []
    for what, old_from, old_to, new_from, new_to in difflib.SequenceMatcher(None, old, new, False).get_opcodes():
        if what != "equal":
            told += [f"- {line}" for line in old[old_from:old_to]] + [f"+ {line}" for line in new[new_from:new_to]]
    return told


# --- the workbook ---------------------------------------------------------------------------------


def test_it_is_typed_explained_locked_and_offers_choices(project: Path, workbook: Path) -> None:
    book = openpyxl.load_workbook(workbook)
    data = load(project)
    assert book.sheetnames[:3] == list(TABLES)
    explained = {(line[0].value, line[1].value): [cell.value for cell in line] for line in book["columns"].iter_rows()}
    for table in tables(data).values():
        sheet = book[table.name]
        assert (sheet.freeze_panes, sheet.protection.sheet) == ("B2", True)
        assert book[f"{table.name} as exported"].sheet_state == "veryHidden"
        assert sheet["A2"].protection.locked and not sheet["B2"].protection.locked
        offered = {next(iter(rule.sqref.ranges)).min_col: rule for rule in sheet.data_validations.dataValidation}
        for number, column in enumerate(table.columns, 1):
            assert sheet.cell(1, number).value == column.name
            assert ", ".join(column.choices) == (explained[table.name, column.name][5] or "")
            if column.choices:
                first, last = offered[number].formula1.removeprefix("choices!").replace("$", "").split(":")
                assert tuple(cell.value for (cell,) in book["choices"][first:last]) == column.choices
            if column.kind == "text":
                # Typed into such a cell, 1:4 and 2-3 stay words.
                assert sheet.cell(2, number).number_format == "@"
    row = data.protocols.protocols[0]
    cells = {name: place(book["protocols"], row.id, name).value for name in ("product_ml", "sessions", "interval")}
    assert cells == {"product_ml": 1.2, "sessions": 2, "interval": "6 weeks"}
    assert place(book["outcomes"], "outc-1", "diluted").value is True


def test_the_same_rows_make_the_same_bytes(invented: Project) -> None:
    assert to_workbook(invented.data, TABLES) == to_workbook(invented.data, TABLES)


def test_every_value_of_a_row_is_told_by_its_cell(either: Project) -> None:
    for table in tables(either.data).values():
        for row in table.rows(either.data.files[table.file.partition(".")[0]].content):
            for column in table.columns:
                if words := table.cells(row).get(column.name):
                    value: Any = row
                    for part in column.name.split("."):
                        value = value[part]
                    said = from_words(column, words)
                    assert said == value or said == " ".join(str(value).split()), f"{row['id']}: {column.name}"


# --- nothing, or one thing ------------------------------------------------------------------------


def test_without_an_edit_no_byte_of_the_real_files_is_another(real: Project, tmp_path: Path) -> None:
    root, made = tmp_path / "real", tmp_path / "rows.xlsx"
    shutil.copytree(real.root / "docs/data", root / "docs/data")
    made.write_bytes(to_workbook(real.data, TABLES)[0])
    # As another program writes it.
    openpyxl.load_workbook(made).save(made)
    before = {name: path_of(root, name).read_bytes() for name in FILES}
    assert import_rows(root, made, (), lambda folder: pytest.fail("nothing was to be judged")) == []
    assert {name: path_of(root, name).read_bytes() for name in FILES} == before


def test_a_value_given_to_its_own_row_changes_no_byte_of_the_real_files(real: Project) -> None:
    for name in ("protocols", "outcomes"):
        table = tables(real.data)[name]
        text = path_of(real.root, name).read_bytes().decode("utf-8")
        rows = YamlRows(text, name, [*(column.name for column in table.columns), *table.left_out])
        # Of each column the first, the last and the longest that is there.
        for column in table.columns[1:]:
            told = {
                row["id"]: row[column.name] for row in table.rows(real.data.files[name].content) if column.name in row
            }
            for row_id in {*list(told)[:1], *list(told)[-1:], *sorted(told, key=lambda row: len(str(told[row])))[-1:]}:
                if column.kind != "text" or "  " not in str(told[row_id]):
                    rows.set(row_id, column.name, told[row_id])
        assert rows.text == text


def test_the_command_takes_an_edit_in_and_says_what_is_to_follow(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = tmp_path / "protocols.xlsx"
    assert main(["--root", str(project), "rows", "export", "protocols", "--to", str(made)]) == 0
    assert "16 rows written to" in capsys.readouterr().out
    before = path_of(project, "protocols").read_bytes()
    assert main(["--root", str(project), "rows", "import", str(made)]) == 0
    assert "Nothing was edited" in capsys.readouterr().out
    fill(made, "protocols", [("decolletage-label", "n", 12)])
    assert main(["--root", str(project), "rows", "import", str(made)]) == 0
    said = capsys.readouterr().out
    assert "docs/data/protocols.yml: decolletage-label: n: '12', was '9'" in said
    assert "docs/data/changes.yml" in said and "python -m macros check" in said
    assert changed(before, path_of(project, "protocols").read_bytes()) == ["-     n: 9", "+     n: 12"]
    # A second time it is there already.
    assert main(["--root", str(project), "rows", "import", str(made)]) == 0
    assert "Nothing was edited" in capsys.readouterr().out


# Table, id, column, what a person writes, the lines that differ.
EDITS: tuple[tuple[str, str, str, Any, list[str]], ...] = (
    ("protocols", "neck-faria2022thyroid", "total_ml", 7.21, ["-     total_ml: 7.2", "+     total_ml: 7.21"]),
    # Words that look like something else are quoted.
    ("protocols", "decolletage-label", "plane", "third: layer", ["-     plane: second layer", "+     plane: 'third: layer'"]),
    ("protocols", "decolletage-label", "needle", "1:4", ["-     needle: 25 G", "+     needle: '1:4'"]),
    ("protocols", "neck-faria2022thyroid", "cannula", 25, ["-     cannula: 22 G", "+     cannula: '25'"]),
    ("protocols", "neck-faria2022thyroid", "interval", "2 months", ["-     interval: {value: 6, unit: weeks}", "+     interval: {value: 2, unit: months}"]),
    ("protocols", "decolletage-label", "refs", "label01, rct01", ["-     refs: [label01]", "+     refs: [label01, rct01]"]),
    ("protocols", "decolletage-label", "cannula", "23 G", ["+     cannula: 23 G"]),
    ("protocols", "neck-withheld", "note", "Seen.", ["+     note: Seen."]),
    ("protocols", "decolletage-label", "n", None, ["-     n: 9"]),
    ("outcomes", "outc-1", "values", "improved_percent: 41, people: 12.5", ["-     values: {improved_percent: 41}", "+     values: {improved_percent: 41, people: 12.5}"]),
    ("outcomes", "outc-2", "diluted", True, ["-     diluted: mixed", "+     diluted: true"]),
    ("sources", "label01", "publisher", "Example “Office”", ['-   "publisher": "Example Company",', '+   "publisher": "Example “Office”",']),
    ("sources", "label01", "volume", 33, ['+   "volume": "33",']),
    ("sources", "label01", "issued", "2028", ["-      2029", "+      2028"]),
    ("sources", "label01", "custom.read", "excerpt", ['-    "read": "full"', '+    "read": "excerpt"']),
)  # fmt: skip


def test_one_edit_is_one_line(project: Path, workbook: Path) -> None:
    before = {table: path_of(project, table).read_bytes() for table in FILES}
    for table in FILES:
        fill(workbook, table, [found[1:4] for found in EDITS if found[0] == table])
    told = import_rows(project, workbook, (), lambda folder: read_project(folder).faults)
    assert len(told) == len(EDITS)
    for table in FILES:
        lines = [line for found in EDITS if found[0] == table for line in found[4]]
        assert sorted(changed(before[table], path_of(project, table).read_bytes())) == sorted(lines)
    load(project)


def test_a_row_in_brackets_is_edited_inside_them(project: Path, workbook: Path) -> None:
    file = path_of(project, "protocols")
    before = file.read_bytes()
    fill(workbook, "protocols", [("jawline-plain", "n", None), ("jawline-plain", "plane", "deep, or so")])
    import_rows(project, workbook, (), lambda folder: read_project(folder).faults)
    expected = before.replace(b"undiluted: true, n: 1200, ", b"undiluted: true, plane: 'deep, or so', ")
    assert file.read_bytes() == expected


def test_a_ratio_that_is_not_stated_is_null(project: Path, workbook: Path) -> None:
    row = "decolletage-preserved"
    fill(workbook, "protocols", [(row, "diluent_parts_min", None), (row, "diluent_parts_max", None), (row, "undiluted", "not stated")])  # fmt: skip
    before = path_of(project, "protocols").read_bytes()
    import_rows(project, workbook, (), lambda folder: read_project(folder).faults)
    assert changed(before, path_of(project, "protocols").read_bytes()) == [
        "-     diluent_parts_min: 3", "-     diluent_parts_max: 3",
        "+     diluent_parts_min: null", "+     diluent_parts_max: null", "+     undiluted: null",
    ]  # fmt: skip


# --- rows -----------------------------------------------------------------------------------------


def test_a_new_row_stands_at_the_end_of_its_list(project: Path, workbook: Path) -> None:
    file = path_of(project, "protocols")
    before = file.read_bytes()
    new = "elbows-new2030"
    cells = {"region": "elbows", "diluent_parts_min": 2, "diluent_parts_max": 2.5, "diluents": "test-saline",
             "interval": "4 months", "evidence": "cohort", "refs": "cohort01", "note": "Note: new."}  # fmt: skip
    fill(workbook, "protocols", [("", "id", new), *((new, name, value) for name, value in cells.items())])
    import_rows(project, workbook, (), lambda folder: read_project(folder).faults)
    assert file.read_bytes() == before + (
        b"  - id: elbows-new2030\n    region: elbows\n    diluent_parts_min: 2\n    diluent_parts_max: 2.5\n"
        b"    diluents: [test-saline]\n    interval: {value: 4, unit: months}\n    evidence: cohort\n"
        b"    refs: [cohort01]\n    note: 'Note: new.'\n"
    )


def test_a_row_goes_only_when_its_id_is_told(project: Path, workbook: Path, taken_in: Told) -> None:
    file = path_of(project, "protocols")
    before = file.read_bytes()
    delete(workbook, "protocols", "decolletage-preserved")
    status, said = taken_in()
    assert status == 1 and file.read_bytes() == before
    assert "rows.xlsx:1: decolletage-preserved: sheet protocols: this row is gone; put it back" in said
    assert "--remove decolletage-preserved" in said
    assert taken_in("--remove", "decolletage-preserved")[0] == 0
    start, end = before.index(b"  - id: decolletage-preserved"), before.index(b"  - id: decolletage-range")
    assert file.read_bytes() == before[:start] + before[end:]
    status, said = taken_in("--remove", "decolletage-labell")
    assert status == 1 and "no such row was exported (did you mean 'decolletage-label'?)" in said


def test_an_id_is_never_changed_and_no_source_is_added(project: Path, workbook: Path, taken_in: Told) -> None:
    book = openpyxl.load_workbook(workbook)
    place(book["protocols"], "decolletage-label", "id").value = "decolletage-labels"
    book["sources"].append(["new2030"])
    book.save(workbook)
    status, said = taken_in()
    assert status == 1
    assert "an id is never changed; is it now 'decolletage-labels'?" in said
    assert "new2030: sheet sources, cell A" in said and "python -m macros cite FILE" in said


# --- what is not right ----------------------------------------------------------------------------


# Table, id, column, what a person writes, the words of the fault; first what a cell or a row alone can tell.
FAULTY: dict[str, tuple[tuple[str, str, str, Any, str], ...]] = {
    "a value": (
        ("protocols", "decolletage-label", "diluent_parts_min", datetime.time(1, 4), "expected number, got 01:04:00: the spreadsheet made a time of what was typed; write its two parts as numbers into their two columns"),
        ("protocols", "decolletage-label", "needle", datetime.datetime(2030, 3, 2), "expected text, got 2030-03-02: the spreadsheet made a day of what was typed; set the cell to the format Text and write it again"),
        ("protocols", "decolletage-label", "n", "=1+2", "expected a value, got the formula =1+2; put its result as a value"),
        ("protocols", "decolletage-label", "sessions", "many", "expected a whole number from 1 to 12, got 'many'"),
        ("protocols", "decolletage-label", "interval", "monthly", "expected a number and days, weeks, months or years, such as '4 months', got 'monthly'"),
        ("protocols", "decolletage-label", "evidence", None, "missing; expected this field"),
        ("protocols", "decolletage-range", "total_ml_min", "1:4", "expected a number from 0 to 100, got '1:4' (write the two parts as numbers)"),
        ("outcomes", "outc-1", "values", "41", "expected a name and a number each, such as 'improved_percent: 40, people: 12', got '41'"),
        ("outcomes", "outc-1", "follow_up", "6 moons", "expected one of days, weeks, months, years; got 'moons'"),
        ("sources", "label01", "issued", "last year", "expected a year, a month or a day, such as '2026', '2026-03' or '2026-03-31', got 'last year'"),
        ("sources", "label01", "custom.read", "whole", "expected one of full, abstract, excerpt, not-opened; got 'whole'"),
    ),
    "a name": (
        ("protocols", "decolletage-label", "region", "decolltage", "no 'decolltage' in regions.yml (did you mean 'decolletage'?)"),
        ("protocols", "decolletage-label", "refs", "label01, nobody99", "no source 'nobody99' in references.json"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTY)
def test_all_faults_are_told_at_once_each_of_its_cell_and_nothing_is_written(
    name: str, project: Path, workbook: Path, taken_in: Told
) -> None:
    for table in FILES:
        fill(workbook, table, [found[1:4] for found in FAULTY[name] if found[0] == table])
    # Beside them one that is right.
    fill(workbook, "protocols", [("neck-withheld", "note", "Seen.")])
    book = openpyxl.load_workbook(workbook)
    before = {table: path_of(project, table).read_bytes() for table in FILES}
    status, said = taken_in()
    assert status == 1
    for table, row_id, column, _, problem in FAULTY[name]:
        cell = place(book[table], row_id, column)
        assert f"rows.xlsx:{cell.row}: {row_id}: sheet {table}, cell {cell.coordinate}, {column}: {problem}" in said
    assert said.count("rows.xlsx:") == len(FAULTY[name])
    assert {table: path_of(project, table).read_bytes() for table in FILES} == before


def test_of_a_long_text_the_part_is_told_that_was_changed(project: Path, workbook: Path, taken_in: Told) -> None:
    row = load(project).protocols.protocols[0].id
    fill(workbook, "protocols", [(row, "note", "The drawing of vector figures and of threads reads this row.")])
    assert "note: '... figures and of threads reads this row.', was '... figures reads" in taken_in()[1]


def test_what_a_page_needs_is_not_taken_out(project: Path, workbook: Path, taken_in: Told) -> None:
    # The drawing of vector figures reads this row.
    delete(workbook, "protocols", "neck-faria2022thyroid")
    before = path_of(project, "protocols").read_bytes()
    status, said = taken_in("--remove", "neck-faria2022thyroid")
    assert status == 1 and "neck-faria2022thyroid" in said
    assert path_of(project, "protocols").read_bytes() == before


def test_what_somebody_else_changed_is_not_overwritten(project: Path, workbook: Path, taken_in: Told) -> None:
    file = path_of(project, "protocols")
    edit(file, "n: 9", "n: 10", after="id: decolletage-label")
    edit(file, "sessions: 1", "sessions: 2", after="id: decolletage-label")
    fill(workbook, "protocols", [("decolletage-label", "n", 11)])
    before = file.read_bytes()
    status, said = taken_in()
    assert status == 1 and file.read_bytes() == before
    assert "was changed at this cell after the export" in said and "it says '10' there, '11' here" in said
    # What was changed there alone stays.
    fill(workbook, "protocols", [("decolletage-label", "n", 9), ("decolletage-label", "plane", "deep")])
    assert taken_in()[0] == 0
    assert changed(before, file.read_bytes()) == ["-     plane: second layer", "+     plane: deep"]


@pytest.mark.parametrize(
    ("spoil", "problem"),
    [
        (lambda book: book.remove(book["protocols as exported"]), "the hidden sheet 'protocols as exported' is gone"),
        (lambda book: book["outcomes"].__setitem__("C1", "othre_product"), "cell C1: no column 'othre_product' (did you mean 'other_product'?)"),
        (lambda book: book["outcomes"].__setitem__("C1", None), "sheet outcomes: the column other_product is missing in row 1"),
        (lambda book: book["protocols"].append([None, "neck"]), "expected an id in a row with words"),
        (lambda book: book["protocols"].append(["decolletage-label"]), "expected each id once"),
        (lambda book: [book.remove(book[name]) for name in FILES], "expected a sheet named protocols or outcomes"),
    ],
)  # fmt: skip
def test_a_workbook_that_is_not_as_it_was_is_told(
    spoil: Callable[[Any], object], problem: str, workbook: Path, taken_in: Told
) -> None:
    book = openpyxl.load_workbook(workbook)
    spoil(book)
    book.save(workbook)
    status, said = taken_in()
    assert status == 1 and problem in said


def test_what_is_no_workbook_is_told(workbook: Path, taken_in: Told) -> None:
    workbook.write_text("id;region\n", encoding="utf-8")
    assert taken_in() == (1, "\nrows.xlsx:1: expected a workbook; save it as .xlsx\n\nStopped. Mend what is named above and run the command again.\n")  # fmt: skip


# --- the text of a file ---------------------------------------------------------------------------


TEXT = """\
# A head.
rows:
  # Above.
  - id: a            # the first
    said: Words that are wrapped by the file, as wide as
      somebody wanted them, in
      three lines # here
    quoted: 'it''s: so'
    double: "a, b"
    numbers:
      one: 1.50      # as the source prints it
      two: 2
    names:
      - x
      - y
    folded: >
      Some words
      of it
    nothing:
    last: 1

  # Between.
  - {id: b, said: c}   # short

others: [1]
"""
ORDER = ["id", "said", "quoted", "double", "numbers", "names", "folded", "nothing", "new", "last"]


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("row", "name", "value", "old", "new"),
    [
        ("a", "said", "Words that are wrapped by the file, as wide as somebody wished them, in three lines", "wanted", "wished"),
        ("a", "said", "Words that are wrapped by the file, as wide as somebody wanted them, in four lines", "three lines #", "four lines #"),
        ("a", "quoted", "it's: not", "'it''s: so'", "'it''s: not'"),
        ("a", "double", "a", '"a, b"', '"a"'),
        ("a", "names", ["x", "z", "1"], "      - y\n", "      - z\n      - '1'\n"),
        ("a", "folded", "Other words", ">\n      Some words\n      of it\n", "Other words\n"),
        ("a", "nothing", "a thing", "nothing:\n", "nothing: a thing\n"),
        ("a", "new", "yes", "    last", "    new: 'yes'\n    last"),
        ("b", "said", "c, d", "said: c}", "said: 'c, d'}"),
        ("b", "new", [1, "x"], "said: c}", "said: c, new: [1, x]}"),
    ],
)  # fmt: skip
def test_a_value_is_changed_where_it_stands(ends: str, row: str, name: str, value: Any, old: str, new: str) -> None:
    text = TEXT.replace("\n", ends)
    rows = YamlRows(text, "rows", ORDER)
    rows.set(row, name, value)
    assert rows.text == text.replace(old.replace("\n", ends), new.replace("\n", ends), 1)


def test_a_comment_is_not_lost_without_a_word() -> None:
    rows = YamlRows(TEXT, "rows", ORDER)
    for change in (lambda: rows.set("a", "numbers", {"one": 3}), lambda: rows.unset("a", "numbers"), lambda: rows.remove("a")):  # fmt: skip
        with pytest.raises(CannotEditError, match="a comment stands inside"):
            change()
    assert rows.text == TEXT


def test_a_row_is_added_and_taken_out_as_the_others_stand() -> None:
    rows = YamlRows(TEXT, "rows", ORDER)
    rows.add({"said": "d", "id": "c"})
    rows.remove("b")
    new = "  - {id: c, said: d}\n"
    assert rows.text == TEXT.replace("  - {id: b, said: c}   # short\n\n", new + "\n").replace(
        "# Between.\n" + new, "# Between.\n\n" + new
    )


def test_marks_at_the_start_and_ends_of_lines_of_a_file_stay(project: Path, workbook: Path) -> None:
    for table in ("protocols", "sources"):
        file = path_of(project, table)
        file.write_bytes("\ufeff".encode() + file.read_bytes().replace(b"\n", b"\r\n"))
    fill(workbook, "protocols", [("decolletage-label", "cannula", "23 G")])
    fill(workbook, "sources", [("label01", "number", "7")])
    before = {table: path_of(project, table).read_bytes() for table in ("protocols", "sources")}
    import_rows(project, workbook, (), lambda folder: read_project(folder).faults)
    for table, line in {"protocols": b"    cannula: 23 G\r\n", "sources": b'  "number": "7",\r\n'}.items():
        assert path_of(project, table).read_bytes().replace(line, b"", 1) == before[table]
