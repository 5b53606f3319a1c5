"""The downloads: all that are offered and no other, published rows only, the same by command as in a build."""

import csv
import json
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from macros.__main__ import main
from macros.content.files import DOWNLOADS, RECORDS
from macros.content.project import Project
from macros.content.rows.editorial import Figure
from macros.content.rows.preparations import Preparation
from macros.downloads.csv_and_json import BOM, plain, to_csv, to_json
from macros.downloads.records import PREPARATION_COLUMNS, records
from macros.downloads.write import write_downloads

from ..projects import edit


def test_every_download_that_is_offered_is_written_and_no_other(either: Project, tmp_path: Path) -> None:
    written = {path.relative_to(tmp_path).as_posix() for path in write_downloads(either, tmp_path / "downloads")}
    # The archive and the plain texts are made of the built pages.
    assert written == {path for paths, _ in DOWNLOADS for path in paths} - {"downloads/site.zip", "llms.txt"}
    assert list(records(either.published)) == list(RECORDS)
    named = {name for row in either.data.rows.values() if isinstance(row, Figure) for name in row.data}
    assert named <= set(RECORDS)


def test_the_command_writes_the_downloads_as_a_build_does(project: Path, tmp_path: Path, invented: Project) -> None:
    wanted = {path.name: path.read_bytes() for path in write_downloads(invented, tmp_path / "build")}
    assert main(["--root", str(project), "exports", "--out", str(tmp_path / "command")]) == 0
    made = {path.name: path.read_bytes() for path in (tmp_path / "command").rglob("*") if path.is_file()}
    assert made == wanted
    assert f"<title>{invented.site.name}: changes</title>".encode() in made["changes.atom"]


def test_the_command_follows_the_name_of_the_site(project: Path, tmp_path: Path) -> None:
    edit(project / "mkdocs.yml", "site_name: Fixture Site", "site_name: Another Name")
    assert main(["--root", str(project), "exports", "--out", str(tmp_path / "out")]) == 0
    assert "<title>Another Name: changes</title>" in (tmp_path / "out/changes.atom").read_text(encoding="utf-8")


def test_a_record_is_of_a_published_row_and_holds_nothing_for_editors(either: Project) -> None:
    data = either.data
    made = records(either.published)
    ids = {name: [row["id"] for row in rows] for name, rows in made.items() if name != "preparations"}
    assert ids["layers"] == [row.id for row in data.aging.layers if row.publish]
    for name, rows in made.items():
        assert rows, name
        assert not {"editor_note", "verified", "publish", "ladder_exception"} & {field for row in rows for field in row}
    for row_id in (row_id for names in ids.values() for row_id in names):
        assert data.rows[row_id].publish and data.rows[row_id].refs


def test_what_is_withheld_stands_in_no_download(invented: Project, tmp_path: Path) -> None:
    for path in write_downloads(invented, tmp_path):
        content = path.read_bytes()
        if path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as parts:
                content = b"".join(parts.read(name) for name in parts.namelist())
        assert b"Withheldium" not in content and b"Editorsonly" not in content, path.name


def test_a_danger_that_is_not_confirmed_is_not_exported(either: Project) -> None:
    data = either.data
    made = {row["id"]: row for row in records(either.published)["regions"]}
    for region in data.regions.regions:
        if not region.publish:
            assert region.id not in made
            continue
        assert made[region.id]["danger"] == (region.danger if region.danger_verified else [])
    assert {bool(row["danger"]) for row in made.values()} == {True, False}


def test_an_unconfirmed_part_of_an_outcome_is_not_exported(either: Project) -> None:
    outcomes = {row.id: row for row in either.data.outcomes.outcomes}
    for made in records(either.published)["outcomes"]:
        for name in outcomes[made["id"]].unverified_parts:
            assert made.get(name) is None


def read_preparations(name: str, text: str, share: Decimal) -> list[Preparation]:
    """Preparations read back from a download; what is computed agrees with the arithmetic of the model."""
    rows: list[dict[str, Any]] = list(csv.DictReader(text.removeprefix(BOM).splitlines()))
    if name.endswith(".json"):
        rows = json.loads(text, parse_float=Decimal)
    found = []
    for row in rows:
        example = Preparation(
            presentation_ml=Decimal(row["presentation_ml"]),
            syringes=int(row["syringes"]),
            product_parts=Decimal(row["product_parts"]),
            diluent_parts=Decimal(row["diluent_parts"]),
            caha_share_percent=share,
        )
        for column in PREPARATION_COLUMNS:
            assert plain(Decimal(getattr(example, column))) == plain(Decimal(row[column])), column
        found.append(example)
    return found


@pytest.mark.parametrize("name", ["preparations.csv", "preparations.json"])
def test_preparations_read_back_equal_the_data(either: Project, name: str) -> None:
    rows = records(either.published)["preparations"]
    text = to_csv(rows) if name.endswith(".csv") else to_json(rows)
    wanted = [row.model_dump() for row in either.data.all_preparations()]
    assert [row.model_dump() for row in read_preparations(name, text, either.data.caha_share_percent())] == wanted


def test_a_csv_file_says_that_it_is_utf_8(either: Project, tmp_path: Path) -> None:
    files = [path for path in write_downloads(either, tmp_path) if path.suffix == ".csv"]
    assert len(files) == len(RECORDS)
    for path in files:
        assert path.read_bytes()[:6].startswith(b"\xef\xbb\xbf"), path.name
        assert path.read_bytes().count(b"\xef\xbb\xbf") == 1, path.name


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        *(
            (words, f"'{words}")
            for words in (
                "-1+cmd",
                "=1+1",
                "+cmd",
                "@SUM(A1)",
                "-",
                "+1-2",
                "- 5",
                "-1.5e3",
                " =1",
                "＝1+1",
                "\t=1",
                "\tx",
            )
        ),
        *((words, f'"\'{words}"') for words in ("\r=1", "-1,5")),
        *((words, words) for words in ("-1", "+5", "-0.75", "1+1", "a=b", "1:4", "x@y")),
        *((number, str(number)) for number in (-1, Decimal("-0.5"), 3)),
        (["-1", "=2"], "'-1; '=2"),
        ({"a": "=1"}, "a='=1"),
    ],
)
def test_what_a_spreadsheet_would_run_is_guarded_unless_it_is_a_number(value: Any, cell: str) -> None:
    assert to_csv([{"a": value}]) == f"{BOM}a\r\n{cell}\r\n"


def test_the_head_of_a_column_is_guarded_too() -> None:
    assert to_csv([{"=1+1": 2}]) == f"{BOM}'=1+1\r\n2\r\n"
