"""The columns of a workbook: each a short field of a row, as its model says; a value as words of a cell, and back."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from pydantic import BaseModel

from ...content.csl import Reference
from ...content.files import FOLDER, REFERENCES_FILE
from ...content.load import Data
from ...content.rows.base import Row
from ...content.rows.studies import Outcome
from ...content.rows.technique import Protocol
from ...content.strict_reader import plain_value

Kind = Literal["text", "number", "choice", "list", "numbers", "span", "date"]

# How a field is told that its source does not state, where leaving it out says something else.
NOT_STATED = "not stated"
_AND, _IS = ", ", ": "
_SOURCES = "sources"
# Written by another command.
_NOT_EDITED = {"custom.verified"}
_HOW = {
    "text": "text",
    "number": "number",
    "choice": "one of the list",
    "list": "names, with a comma and a space between: one, two",
    "numbers": "names with a number each: one: 3, two: 0.5",
    "span": "a number and days, weeks, months or years: 4 months",
    "date": "a year, a month or a day: 2026, 2026-03 or 2026-03-31",
}


@dataclass(frozen=True)
class Column:
    """A field by its name, with dots for a field inside another: how it is written, and what it holds."""

    name: str
    kind: Kind
    what: str
    needed: bool = False
    choices: tuple[str, ...] = ()
    bounds: tuple[float, float] | None = None
    whole: bool = False
    null_when_empty: bool = False  # it must be there, and may be null

    @property
    def how(self) -> str:
        """How a cell of it is written."""
        return _HOW[self.kind]


@dataclass(frozen=True)
class Table:
    """The rows of one list of a data file, with their columns; the first is the id."""

    name: str
    file: str
    section: str | None
    columns: tuple[Column, ...]
    left_out: tuple[str, ...]

    @property
    def path(self) -> str:
        """The file, as messages call it."""
        return f"{FOLDER}/{self.file}"

    def rows(self, content: Any) -> list[dict[str, Any]]:
        """The rows of what was read of the file."""
        found: list[dict[str, Any]] = content[self.section] if self.section else content
        return found

    def cells(self, row: Mapping[str, Any]) -> dict[str, str]:
        """A row as it was read of its file, as the words of its cells by column; empty cells are absent."""
        told = {column.name: in_words(column, _inside(row, column.name)) for column in self.columns}
        return {name: words for name, words in told.items() if words}


def tables(data: Data) -> dict[str, Table]:
    """The tables that can become a workbook, by name."""
    regions = tuple(row.id for row in data.regions.regions)
    return {
        "protocols": _of_rows("protocols", Protocol, regions),
        "outcomes": _of_rows("outcomes", Outcome, regions),
        _SOURCES: _of_sources(),
    }


TABLES = ("protocols", "outcomes", _SOURCES)


def in_words(column: Column, value: Any) -> str:
    """A value of a file as the words of its cell; nothing for what is absent or empty."""
    if value is _ABSENT:
        return ""
    if value is None:
        return NOT_STATED if NOT_STATED in column.choices else ""
    match column.kind:
        case "list":
            return _AND.join(str(item) for item in value)
        case "numbers":
            return _AND.join(f"{name}{_IS}{number_in_words(number)}" for name, number in value.items())
        case "span":
            return f"{number_in_words(value['value'])} {value['unit']}"
        case "date":
            year, *rest = value["date-parts"][0]
            return "-".join([str(year), *(f"{number:02}" for number in rest)])
    if isinstance(value, bool):
        return str(value).lower()
    return number_in_words(value) if isinstance(value, int | Decimal) else " ".join(str(value).split())


def from_words(column: Column, words: str) -> Any:
    """The value that the words of a cell stand for; what is not right of it the check of the data tells.

    Raises ValueError with what was expected, for words that are no value of this kind.
    """
    match column.kind:
        case "number":
            return plain_value(words)
        case "choice":
            plain = words.lower()
            return None if plain == NOT_STATED else plain == "true" if plain in ("true", "false") else words
        case "list":
            return [item.strip() for item in words.split(",") if item.strip()]
        case "numbers":
            return _numbers(words)
        case "span":
            parts = words.split()
            if len(parts) != 2:
                raise ValueError("expected a number and days, weeks, months or years, such as '4 months'")
            return {"value": plain_value(parts[0]), "unit": parts[1].lower()}
        case "date":
            if not re.fullmatch(r"[0-9]{4}(-[0-9]{1,2}){0,2}", words):
                raise ValueError("expected a year, a month or a day, such as '2026', '2026-03' or '2026-03-31'")
            return {"date-parts": [[int(part) for part in words.split("-")]]}
    return words


def number_in_words(value: int | Decimal) -> str:
    """A number in plain digits, without zeros that say nothing: 2.50 gives 2.5."""
    words = format(Decimal(value), "f")
    return words.rstrip("0").rstrip(".") if "." in words else words


def _numbers(words: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for part in filter(str.strip, words.split(",")):
        name, number = _pair(part)
        if name in found:
            raise ValueError(f"expected each name once, got '{name}' twice")
        found[name] = number
    return found


def _pair(part: str) -> tuple[str, Any]:
    name, colon, number = part.partition(":")
    if not colon or not name.strip() or not number.strip():
        raise ValueError("expected a name and a number each, such as 'improved_percent: 40, people: 12'")
    return name.strip(), plain_value(number.strip())


class _Absent:
    """What a field that is not there has instead of a value, as None is one."""


_ABSENT = _Absent()


def _inside(row: Mapping[str, Any], name: str) -> Any:
    value: Any = row
    for part in name.split("."):
        value = value.get(part, _ABSENT) if isinstance(value, Mapping) else _ABSENT
    return value


def _of_rows(name: str, model: type[Row], regions: tuple[str, ...]) -> Table:
    # In the files what every row has stands below what its own kind has.
    order = ["id", *(field for field in model.model_fields if field not in Row.model_fields)]
    order += [field for field in Row.model_fields if field != "id"]
    columns, left_out = _columns(model, order, {"region": regions})
    return Table(name, f"{name}.yml", name, columns, left_out)


def _of_sources() -> Table:
    columns, left_out = _columns(Reference, [info.alias or name for name, info in Reference.model_fields.items()], {})
    return Table(_SOURCES, REFERENCES_FILE, None, columns, left_out)


def _columns(
    model: type[BaseModel], order: Iterable[str], known: Mapping[str, Sequence[str]]
) -> tuple[tuple[Column, ...], tuple[str, ...]]:
    """The columns of the fields, and the fields that are too long for a cell."""
    schema = model.model_json_schema()
    found: list[Column] = []
    left_out: list[str] = []
    for field in order:
        for name, told, needed in _short(field, schema, schema):
            column = None if name in _NOT_EDITED else _column(name, told, needed, schema, known.get(name, ()))
            if column is None:
                left_out.append(name)
            else:
                found.append(column)
    return tuple(found), tuple(left_out)


def _short(
    field: str, owner: Mapping[str, Any], schema: Mapping[str, Any]
) -> Iterator[tuple[str, Mapping[str, Any], bool]]:
    told = owner["properties"][field]
    # The notes on a source are fields of their own.
    if "$ref" in told and field == "custom":
        inner = _named(told, schema)
        for name in inner["properties"]:
            yield f"{field}.{name}", inner["properties"][name], name in inner["required"]
    else:
        yield field, told, field in owner["required"]


def _column(
    name: str, told: Mapping[str, Any], needed: bool, schema: Mapping[str, Any], known: Sequence[str]
) -> Column | None:
    """The column of a field as the schema tells of it; None for what no cell can hold."""
    parts = [_named(part, schema) for part in told.get("anyOf", [told])]
    nullable = {"type": "null"} in parts
    parts = [part for part in parts if part != {"type": "null"}]
    words = str(told.get("description", ""))
    choices = tuple(choice for part in parts for choice in _choices(part)) or tuple(known)
    if choices and nullable and told.get("default") is not None:
        choices = (*choices, NOT_STATED)
    null_when_empty, needed = needed and nullable, needed and not nullable
    if choices:
        return Column(name, "choice", words, needed, choices)
    part = parts[0]
    match part.get("type"):
        case "string":
            return Column(name, "text", words, needed)
        case "integer" | "number":
            bounds = (float(part.get("minimum", part.get("exclusiveMinimum", 0))), float(part["maximum"]))
            whole = part["type"] == "integer"
            return Column(name, "number", words, needed, (), bounds, whole, null_when_empty)
        case "array" if part["items"].get("type") == "string":
            return Column(name, "list", words, needed)
        case "object" if "patternProperties" in part:
            return Column(name, "numbers", words, needed)
        case "object" if set(part.get("properties", ())) == {"value", "unit"}:
            return Column(name, "span", words, needed)
        case "object" if "additionalProperties" in part and "properties" not in part:
            return Column(name, "date", words, needed)
    return None


def _choices(part: Mapping[str, Any]) -> tuple[str, ...]:
    return ("true", "false") if part.get("type") == "boolean" else tuple(part.get("enum", ()))


def _named(part: Mapping[str, Any], schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """The part itself, or what it is the name of."""
    name = str(part.get("$ref", "")).rpartition("/")[2]
    found: Mapping[str, Any] = schema["$defs"][name] if name else part
    return found
