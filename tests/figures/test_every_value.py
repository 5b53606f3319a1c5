"""Whatever the models allow is drawn right or refused with its row, its field and a cure; never anything else.

For each figure the fields that it reads are found by watching it draw; then each is set to every word, to both ends
of its range, to nothing and to long words, in the rows that the drawing names and in the first and last of a section.
"""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from macros.content.load import Data
from macros.content.published import publish
from macros.content.rows.base import Row
from macros.rendering.figures import figure
from macros.rendering.figures.needed import UndrawableError
from tests.conftest import ROOT
from tests.figures.geometry import draw, marks_outside, sections, with_rows

SOURCES = {path.stem: path.read_text(encoding="utf-8") for path in (ROOT / "macros/rendering/figures").glob("*.py")}
FIGURES = sorted(re.findall(r"^  - id: (\S+)$", (ROOT / "docs/data/figures.yml").read_text(encoding="utf-8"), re.M))
LONG = (
    "incomprehensibilities" * 3,
    "a finding that needs many more words than a line of the drawing has room for, " * 4,
)


@pytest.mark.parametrize("figure_id", FIGURES)
def test_every_value_that_the_models_allow_is_drawn_or_refused(
    data: Data, bound: set[str], read_by: Callable[[str], dict[tuple[str, str], set[str]]], figure_id: str
) -> None:
    judge(data, figure_id, "", "")
    for (file, section), fields in read_by(figure_id).items():
        rows = [row for row in getattr(getattr(data, file), section) if isinstance(row, Row)]
        for index in chosen(rows, figure_id):
            for name, row in variations(rows[index], fields):
                if not (name in ("id", "publish", "share_percent") and rows[index].id in bound):
                    judge(
                        with_rows(data, file, section, [*rows[:index], row, *rows[index + 1 :]]),
                        figure_id,
                        row.id,
                        name,
                    )
        for index in named(rows, figure_id):
            if rows[index].id not in bound:
                judge(
                    with_rows(data, file, section, [*rows[:index], *rows[index + 1 :]]), figure_id, rows[index].id, ""
                )
        more = rows[-1].model_copy(update={"id": "one-more"})
        judge(with_rows(data, file, section, [*rows, more]), figure_id, "one-more", "")


def judge(data: Data, figure_id: str, row: str, field: str) -> None:
    """The figure is drawn with every mark inside, or refused with an address that leads to the row."""
    try:
        drawing = draw(data, figure_id)
    except UndrawableError as error:
        assert f"the drawing '{figure_id}'" in str(error), (row, field)
        assert re.search(r"; [a-z ,:()]+, or redraw it in macros/rendering/figures/\w+\.py$", str(error)), str(error)
        assert str(error).startswith("docs/data/"), (row, field, str(error))
        assert error.field or error.row, (row, field, str(error))
        return
    assert marks_outside(drawing) == [], (row, field)
    assert not re.search(r'="[^"]*(nan|inf|None)\b|>[^<]*\bNone\b', str(drawing.inner())), (row, field)


@pytest.fixture(scope="module")
def read_by(data: Data) -> Callable[[str], dict[tuple[str, str], set[str]]]:
    """A function that tells the sections that a figure reads, and of each the fields."""
    seen: dict[tuple[str, str], set[str]] = {}
    watched_data = data
    for file, section, rows in sections(data):
        if rows and isinstance(rows[0], Row):
            kind = watched(type(rows[0]), seen.setdefault((file, section), set()).add)
            watched_data = with_rows(watched_data, file, section, [kind.model_construct(**dict(row)) for row in rows])

    shown = publish(watched_data)

    def read(figure_id: str) -> dict[tuple[str, str], set[str]]:
        for fields in seen.values():
            fields.clear()
        figure.draw(shown, figure_id)
        # Every row is asked for its id.
        return {place: set(fields) for place, fields in seen.items() if fields - {"id"}}

    return read


def watched(kind: type[Row], note: Callable[[str], None]) -> type[Row]:
    """A kind of row that notes which of its fields are read."""

    class Watched(kind):  # type: ignore[misc, valid-type]
        def __getattribute__(self, name: str) -> Any:
            if name in kind.model_fields:
                note(name)
            return super().__getattribute__(name)

    return Watched


def named(rows: list[Row], figure_id: str) -> list[int]:
    """The rows that a drawing names by id or series, itself or in a module that it shares with others."""
    drawings = {other.replace("-", "_") for other in FIGURES if other != figure_id}
    sources = [source for name, source in SOURCES.items() if name not in drawings]
    return [
        index
        for index, row in enumerate(rows)
        if any(f'"{name}"' in source for name in (row.id, getattr(row, "series", row.id)) for source in sources)
    ]


def chosen(rows: list[Row], figure_id: str) -> list[int]:
    """The rows to change: some of those that the drawing names, or the first that is published; one of each kind."""
    by_kind: dict[str, int] = {}
    found = named(rows, figure_id)
    for index in found or [index for index, row in enumerate(rows) if row.publish]:
        row = rows[index]
        by_kind.setdefault(getattr(row, "series", row.id if found else ""), index)
    return list(by_kind.values())[:3]


@pytest.fixture(scope="module")
def bound(data: Data) -> set[str]:
    """Rows that another row or the tables name: the loader refuses the data without them."""
    found: list[Any] = [data.preparations.presentations, "caha-microspheres"]
    for row in data.rows.values():
        found += [getattr(row, name) or () for name in ("region", "regions") if name in type(row).model_fields]
    return {row_id for names in found for row_id in ([names] if isinstance(names, str) else names)}


def variations(row: Row, fields: set[str]) -> Iterator[tuple[str, Row]]:
    """The row with one field changed to each value that its model allows."""
    described = type(row).model_json_schema()["properties"]
    for name in sorted(fields & set(described)):
        kinds = described[name].get("anyOf", [described[name]])
        for value in (value for kind in kinds for value in values(name, kind, getattr(row, name))):
            try:
                # Read anew, so that the rules between fields hold.
                changed = type(row).model_validate(row.model_dump() | {name: value})
            except ValidationError:
                continue
            if changed != row:
                yield name, changed


def values(name: str, kind: dict[str, Any], present: Any) -> Iterator[Any]:
    """What a field of this kind may hold at its ends."""
    if "enum" in kind:
        yield from kind["enum"]
    elif kind.get("type") in ("number", "integer"):
        least = kind["minimum"] if "minimum" in kind else kind["exclusiveMinimum"] + 0.001
        for value in (least, kind["maximum"]):
            yield int(value) if kind["type"] == "integer" else Decimal(f"{value:f}".rstrip("0").rstrip("."))
    elif kind.get("type") == "boolean":
        yield from (True, False)
    elif kind.get("type") == "null":
        yield None
    elif kind.get("type") == "string":
        yield from {"date": ("1900", "2099-12-31"), "region": ("neck", "decolletage")}.get(name, LONG)
    elif kind.get("type") == "object":
        for key in present or {}:
            yield {other: number for other, number in present.items() if other != key}
            for number in (Decimal(-1_000_000_000), Decimal(0), Decimal(1_000_000_000)):
                yield present | {key: number}
