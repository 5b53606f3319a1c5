"""What the columns of the downloads hold: unit and words, as the schemas say them."""

import datetime
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from ..content.rows.aging import Layer, SeriesPoint
from ..content.rows.base import Fact, Strict
from ..content.rows.indications import Indication
from ..content.rows.label import Approval, Region
from ..content.rows.preparations import Preparation
from ..content.rows.product import TimelineBand
from ..content.rows.safety import AdverseEvent, SafetyItem
from ..content.rows.studies import Claim, Outcome
from ..content.rows.technique import Protocol, Step
from ..rendering.typeset import unit_of
from .csv_and_json import in_cell

# The model of each table of RECORDS.
_MODELS: dict[str, type[Strict]] = {
    "preparations": Preparation,
    "protocols": Protocol,
    "claims": Claim,
    "outcomes": Outcome,
    "regions": Region,
    "indications": Indication,
    "approvals": Approval,
    "timeline": TimelineBand,
    "layers": Layer,
    "series": SeriesPoint,
    "adverse-events": AdverseEvent,
    "safety": SafetyItem,
    "steps": Step,
    "facts": Fact,
}


# What no row says of itself.
_COMPUTED = {
    "region_name": "the region by its name",
    "label_status": "label status in each jurisdiction, computed from the indications",
    "label_status_undiluted": "label status of undiluted product in each jurisdiction, computed from the indications",
    "label_status_diluted": "label status of diluted product in each jurisdiction, computed from the indications",
    "citation_keys": "citation keys of references.json",
    "sources": "citation keys of references.json",
    "interval_value": "time between sessions, as the source gives it: the number",
    "interval_unit": "time between sessions, as the source gives it: days, weeks, months or years",
    "interval_weeks": "the same in weeks, to put rows in order",
    "counted": "where a share of both groups of a trial is known: what was counted",
    "counted_after_value": "when that was counted, as the source gives it: the number",
    "counted_after_unit": "when that was counted, as the source gives it: days, weeks, months or years",
    "treated": "who the treated were",
    "treated_percent": "the share of the treated",
    "control": "who the others were",
    "control_percent": "the share of the others",
    "follow_up_value": "length of follow-up, as the source gives it: the number",
    "follow_up_unit": "length of follow-up, as the source gives it: days, weeks, months or years",
    "follow_up_weeks": "the same in weeks, to put rows in order",
}


# Names whose unit is not their last word.
_UNITS = {"caha_percent_v_v": "% by volume", "from_week": "weeks", "to_week": "weeks"}


class Column(NamedTuple):
    """A column of a table: its name, the kind of its values, its unit or nothing, and what it holds."""

    name: str
    kind: str
    unit: str
    what: str


def columns(table: str, rows: Sequence[Mapping[str, Any]]) -> list[Column]:
    """The columns of a table of RECORDS, in their order."""
    names = dict.fromkeys(name for row in rows for name in row)
    found = []
    for name in names:
        values = [row[name] for row in rows if row.get(name) is not None]
        # A text has no unit, whatever its name ends in.
        unit = "" if any(isinstance(value, str) for value in values) else _unit(name)
        found.append(Column(name, _kind(values), unit, _words(table, name)))
    return found


def _kind(values: Iterable[Any]) -> str:
    cells = [in_cell(value) for value in values]
    kinds = dict.fromkeys(_KINDS[type(cell)] if not is_day(cell) else "day" for cell in cells if cell is not None)
    return " or ".join(sorted(kinds)) or "empty"


_KINDS = {str: "text", bool: "true or false", int: "number", float: "number"}


def is_day(cell: object) -> bool:
    """Whether a cell is one day, such as 2026-03-31; a month or a year alone is a text."""
    if not isinstance(cell, str) or not re.fullmatch(r"(19|2[0-9])[0-9]{2}-[0-9]{2}-[0-9]{2}", cell):
        return False
    try:
        datetime.date.fromisoformat(cell)
    except ValueError:
        return False
    return True


def _unit(name: str) -> str:
    return _UNITS.get(name) or unit_of(name.removesuffix("_min").removesuffix("_max"))


def _words(table: str, name: str) -> str:
    if name in _COMPUTED:
        return _COMPUTED[name]
    model = _MODELS[table]
    computed = getattr(model, name, None)
    if isinstance(computed, property):
        return _sentence(computed.__doc__ or "")
    field = _schema(model)["properties"][name]
    choices = list(_choices(field, _schema(model)))
    listed = f" ({', '.join(choices)})" if choices else ""
    return f"{field.get('description', '')}{listed}"


def _sentence(words: str) -> str:
    """A docstring as the words of a column: 'Diluent to add, in mL.' gives 'diluent to add, in mL'."""
    first = words.split("\n")[0].rstrip(".")
    return first[:1].lower() + first[1:]


def _choices(field: Mapping[str, Any], schema: Mapping[str, Any]) -> Iterable[str]:
    """The closed list of words that a field may hold."""
    for part in (field, *field.get("anyOf", ())):
        named = part.get("$ref", "").rpartition("/")[2]
        yield from (schema["$defs"][named] if named else part).get("enum", ())
        if "const" in part:
            yield part["const"]


@cache
def _schema(model: type[Strict]) -> dict[str, Any]:
    return model.model_json_schema()
