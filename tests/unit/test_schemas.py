"""The schemas beside the data: an editor that follows the first line of a data file marks a wrong value, and no right one."""

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from pydantic import TypeAdapter, ValidationError

from macros.__main__ import main
from macros.content.checked_values import DateText, Day, Id, Key, PagePath
from macros.content.csl import Reference
from macros.content.files import FILES, REFERENCES_FILE, SCHEMA_FOLDER
from macros.content.strict_reader import read_data_file
from macros.downloads import schemas
from macros.downloads.csv_and_json import plain
from macros.downloads.schemas import schemas_by_path

from ..projects import ROOT, edit

FOLDER = ROOT / "docs/data"
NAMES = [*FILES, REFERENCES_FILE]


def content(name: str) -> Any:
    return plain(read_data_file(FOLDER / name, name).content)


def faults(name: str, value: Any, folder: Path = FOLDER) -> list[str]:
    """What an editor marks: the schema is found as it finds it, by the first line of the file."""
    path = f"schema/{Path(name).stem}.schema.json"
    if name.endswith(".yml"):
        first = (folder / name).read_text(encoding="utf-8").split("\n", 1)[0]
        path = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)[1]
    schema = json.loads((folder / path).read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return [error.json_path for error in jsonschema.Draft202012Validator(schema).iter_errors(value)]


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_marked_in_the_data(name: str) -> None:
    assert faults(name, content(name)) == []


@pytest.mark.parametrize(
    ("name", "change", "marked"),
    [
        ("preparations.yml", {"diluent_parts": "1:4"}, "$.ratios[0].diluent_parts"),
        ("preparations.yml", {"diluent_parts": 21}, "$.ratios[0].diluent_parts"),
        ("preparations.yml", {"product_parts": 0}, "$.ratios[0].product_parts"),
        ("preparations.yml", {"publish": "yes"}, "$.ratios[0].publish"),
        ("preparations.yml", {"diluent_part": 4}, "$.ratios[0]"),
        ("preparations.yml", {"refs": "label01"}, "$.ratios[0].refs"),
    ],
)
def test_a_wrong_value_is_marked_where_it_stands(name: str, change: dict[str, Any], marked: str) -> None:
    spoilt = content(name)
    spoilt["ratios"][0] |= change
    assert faults(name, spoilt) == [marked]


def test_a_missing_field_is_marked() -> None:
    spoilt = content("preparations.yml")
    del spoilt["ratios"][0]["diluent_parts"]
    assert faults("preparations.yml", spoilt) == ["$.ratios[0]"]


def test_the_schemas_beside_the_data_are_those_of_the_models() -> None:
    assert [str(fault) for fault in schemas.stale(ROOT)] == []
    wanted = {Path(name).name for name in schemas_by_path()}
    assert {path.name for path in (FOLDER / SCHEMA_FOLDER).iterdir()} == wanted


def test_a_schema_that_differs_is_named_and_can_be_renewed(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    line = edit(project / "docs/data/schema/preparations.schema.json", '"maximum": 20', '"maximum": 30')
    (project / "docs/data/schema/regions.schema.json").unlink()
    edit(project / "docs/data/glossary.yml", "# yaml-language-server", "# A glossary.\n# yaml-language-server")
    assert main(["--root", str(project), "check"]) == 1
    said = capsys.readouterr().err
    cure = "differs from the models; run: python -m macros exports --schemas"
    assert f"docs/data/schema/preparations.schema.json:{line}: {cure}" in said
    assert f"docs/data/schema/regions.schema.json:1: {cure}" in said
    first = "docs/data/glossary.yml:1: expected as the first line: # yaml-language-server: $schema="
    assert f"{first}schema/glossary.schema.json" in said
    assert main(["--root", str(project), "exports", "--schemas"]) == 0
    assert [fault.file for fault in schemas.stale(project)] == ["docs/data/glossary.yml"]


@pytest.mark.parametrize(
    ("kind", "right", "wrong"),
    [
        (Reference.__annotations__["DOI"], "10.1000/182", "https://doi.org/10.1000/182"),
        (Day, "2026-11-22", "2026-13-01"),
        (DateText, "2026-11", "2026-13"),
        (Id, "neck-1", "Neck/One"),
        (Key, "trindade2023", "Trindade 2023"),
        (PagePath, "technique/mixing.md", "technique/mixing"),
    ],
)
def test_an_editor_knows_the_patterns_of_the_loader(kind: Any, right: str, wrong: str) -> None:
    text = json.dumps(TypeAdapter(kind).json_schema())
    (pattern,) = re.findall(r'"pattern": ("(?:[^"\\]|\\.)*")', text)
    assert re.search(json.loads(pattern), right) and not re.search(json.loads(pattern), wrong)
    TypeAdapter(kind).validate_python(right)
    with pytest.raises(ValidationError):
        TypeAdapter(kind).validate_python(wrong)
