"""The strict reader: nothing is guessed, everything has an address."""

from decimal import Decimal
from pathlib import Path

import pytest

from macros.content.strict_reader import plain_value, read_data_file


def read(tmp_path: Path, text: str, name: str = "x.yml"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return read_data_file(path, name)


@pytest.mark.parametrize(
    ("word", "value"),
    [("4", 4), ("1.5", Decimal("1.5")), ("-3", -3), ("true", True), ("null", None), ("", None)],
)
def test_plain_values(word: str, value: object) -> None:
    assert plain_value(word) == value
    assert type(plain_value(word)) is type(value)


@pytest.mark.parametrize(
    "word", ["1:4", "1:60", "0x10", "010", "1_000", "1e3", ".nan", ".inf", "yes", "no", "on", "+4", "1.", ".5"]
)
def test_everything_else_stays_text(word: str) -> None:
    """PyYAML would read 1:4 as 64, 010 as 8 and yes as true."""
    assert plain_value(word) == word


def test_lines(tmp_path: Path) -> None:
    file = read(tmp_path, "rows:\n  - id: a\n    n: 1\n  - id: b\n    n: 2\n")
    assert file.content == {"rows": [{"id": "a", "n": 1}, {"id": "b", "n": 2}]}
    assert file.line(("rows", 1, "n")) == 5
    assert file.line(("rows", 1, "missing")) == 4


def test_json_has_lines_too(tmp_path: Path) -> None:
    file = read(tmp_path, '[\n {"id": "a"},\n {"id": "b", "n": 1.5}\n]\n', "x.json")
    assert file.content == [{"id": "a"}, {"id": "b", "n": Decimal("1.5")}]
    assert file.line((1, "n")) == 3


@pytest.mark.parametrize(
    ("text", "content"),
    [
        (r'[{"id": "\ud835\udc9c"}]', [{"id": "\N{MATHEMATICAL SCRIPT CAPITAL A}"}]),  # as json.dumps writes it
        (r'[{"id": "a\/b\u00e9\n"}]', [{"id": "a/bé\n"}]),
        ('[{"id"\n:\t"a" ,"n":\n-1.5}]', [{"id": "a", "n": Decimal("-1.5")}]),
        ('[{"' + "k" * 2000 + '": [[], {}, null, true, false]}]', [{"k" * 2000: [[], {}, None, True, False]}]),
        ('{"? a": "# no comment", "&b": "*b", "": "!c"}', {"? a": "# no comment", "&b": "*b", "": "!c"}),
    ],
)
def test_json_that_is_not_yaml_is_read(tmp_path: Path, text: str, content: object) -> None:
    file = read(tmp_path, text, "x.json")
    assert (file.faults, file.content) == ([], content)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('[\n {"id": 1,\n  "id": 2}]', "x.json:3: id: written twice in the same row; keep one"),
        ("[\n 1e3]", "x.json:2: expected a plain number or a text in quotes, got '1e3'"),
        ("[\n NaN]", "x.json:2: expected a plain number or a text in quotes, got 'NaN'"),
        ('[\n\n "a\\u200b"]', "x.json:3: hidden character U+200B; delete it"),
        ('[\n "\\ud83d"]', "x.json:2: hidden character U+D83D; delete it"),
        ('[\n "a",\n]', "x.json:3: not readable as JSON: "),
        ("[" * 100_000, "x.json:1: cannot be read: brackets within brackets without end"),
    ],
)
def test_what_json_leaves_open_is_named_with_its_line(tmp_path: Path, text: str, fault: str) -> None:
    (found,) = read(tmp_path, text, "x.json").faults
    assert str(found).startswith(fault)
