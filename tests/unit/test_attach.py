"""The data inside a PDF: every table of the sheet, as CSV and JSON that agree."""

import csv
import io
import json

import pytest

from macros.content.project import Project
from macros.content.published import Published
from macros.downloads.csv_and_json import BOM, to_json
from macros.downloads.records import records
from macros.printing.attached_data import attachments


@pytest.fixture
def data(invented: Project) -> Published:
    return invented.published


HAND_WRITTEN = """
<table><caption>Table of what to <b>bring</b>, and why it matters today</caption>
<thead><tr><th>What</th><th>Why<sup class="cite"><a href="#ref-x">1</a></sup></th></tr></thead>
<tbody><tr><th>A list</th><td>It  helps<sup class="cite"><a href="#ref-x">1</a></sup>, always</td></tr>
<tr><th>A "coat", warm</th><td>1,5 or ½</td></tr></tbody></table>
"""


def table(block: str, *rows: str, caption: str = "Caption") -> str:
    body = "".join(f'<tr data-row="{row}"><th>x</th></tr>' for row in rows)
    return (
        f'<div data-block="{block}"><table><caption>{caption}</caption>'
        f"<thead><tr><th>A</th></tr></thead><tbody>{body}</tbody></table></div>"
    )


def content(body: str, data: Published) -> dict[str, str]:
    return {file.name: file.content for file in attachments(body, data, records(data))}


def test_a_table_written_by_hand_is_attached_as_printed(data: Published) -> None:
    files = content(HAND_WRITTEN, data)
    assert list(files) == ["table-of-what-to-bring-and.csv", "table-of-what-to-bring-and.json"]
    assert json.loads(files["table-of-what-to-bring-and.json"]) == [
        {"What": "A list", "Why": "It helps, always"},
        {"What": 'A "coat", warm', "Why": "1,5 or ½"},
    ]


def test_rows_of_the_data_are_attached_with_all_their_fields(data: Published) -> None:
    row = data.safety.adverse_events[0]
    files = content(table("adverse-events-table", row.id), data)
    (made,) = json.loads(files["adverse-events.json"])
    assert set(made) == set(row.model_dump()) - {"verified", "publish", "editor_note", "ladder_exception"}
    assert made["id"] == row.id


def test_the_preparation_table_holds_every_size_and_number_of_syringes_of_its_ratios(data: Published) -> None:
    files = content(table("preparation-table", "ratio-1-3", "ratio-1-9"), data)
    made = json.loads(files["preparation.json"])
    wanted = [row for row in json.loads(to_json(records(data)["preparations"])) if row["diluent_parts"] in (3, 9)]
    assert made == wanted
    assert len(made) == len(data.preparations.presentations) * len(data.preparations.syringes) * 2


def test_protocols_outcomes_and_claims_are_the_rows_of_the_downloads(data: Published) -> None:
    for block, rows in (
        ("protocol", records(data)["protocols"]),
        ("outcomes", records(data)["outcomes"]),
        ("claims", records(data)["claims"]),
    ):
        chosen = [rows[2], rows[0]]
        files = content(table(f"{block}-table", *(str(row["id"]) for row in chosen)), data)
        assert files[f"{block}.json"] == to_json(chosen), "in the order of the table"


def test_csv_and_json_agree(data: Published) -> None:
    body = HAND_WRITTEN + table("preparation-table", "ratio-1-3") + table("adverse-events-table", "aev-1", "aev-4")
    files = content(body, data)
    assert len(files) == 6
    for name, text in files.items():
        if not name.endswith(".csv"):
            continue
        rows = json.loads(files[name.replace(".csv", ".json")])
        read = list(csv.DictReader(io.StringIO(text.removeprefix(BOM))))
        assert len(read) == len(rows) > 0
        for line, row in zip(read, rows, strict=True):
            assert list(line) == list(row)
            for field, value in row.items():
                match value:
                    case None:
                        assert line[field] == "", f"{name}: {field}"
                    case bool():
                        assert line[field] == str(value).lower(), f"{name}: {field}"
                    case int() | float():
                        assert float(line[field]) == value, f"{name}: {field}"
                    case str():
                        assert line[field] == value, f"{name}: {field}"


def test_a_row_that_gathers_several_is_attached_as_several(data: Published) -> None:
    files = content(table("adverse-events-table", "aev-1 aev-2", "aev-1"), data)
    assert [row["id"] for row in json.loads(files["adverse-events.json"])] == ["aev-1", "aev-2"]


def test_two_tables_of_one_kind_make_one_file_with_each_row_once(data: Published) -> None:
    files = content(
        table("preparation-table", "ratio-1-3") + table("preparation-table", "ratio-1-3", "ratio-1-9"), data
    )
    assert list(files) == ["preparation.csv", "preparation.json"]
    assert {row["diluent_parts"] for row in json.loads(files["preparation.json"])} == {3, 9}
    assert len(json.loads(files["preparation.json"])) == 12


def test_what_is_not_to_be_published_is_not_attached(data: Published) -> None:
    body = table("safety-table", *(row.id for row in data.rows.values() if "/" not in row.id))
    text = content(body, data)["safety.json"]
    assert '"editor_note"' not in text
    assert '"verified"' not in text


def test_a_sheet_without_tables_has_nothing_attached(data: Published) -> None:
    assert attachments("<p>Words.</p><table><caption>Empty</caption><tbody></tbody></table>", data, records(data)) == []
