"""A validation error of pydantic in words that its reader can mend, with its address."""

from typing import Any

from .csl import Reference
from .faults import Fault, did_you_mean, shown
from .files import FILES, REFERENCES_FILE
from .strict_reader import Place, Source


def explain(source: Source, detail: Any, known_fields: list[str] | None = None) -> Fault:
    """One validation error of pydantic as a fault that its reader can mend."""
    place = tuple(part for part in detail["loc"] if part not in ("[key]", "bool", "literal['mixed']"))
    place, inside = _split(place)
    field = ".".join(str(part) for part in inside)
    line = source.line((*place, *inside))
    given = detail["input"]
    context = detail.get("ctx", {})
    match detail["type"]:
        case "content":
            problem = context["message"]
            # A rule over a whole row names its own field.
            if not field and ": " in problem:
                field, problem = problem.split(": ", 1)
                line = source.line((*place, field))
        case "missing":
            problem = "missing; expected this field"
        case "extra_forbidden":
            problem = f"unknown field{did_you_mean(field, known_fields or _known_fields(source, place))}"
        case "literal_error":
            choices = [choice.strip("'") for choice in context["expected"].replace(" or ", ", ").split(", ")]
            problem = f"expected one of {', '.join(choices)}; got {shown(given)}"
            problem += did_you_mean(str(given), choices)
        case "list_type":
            problem = f"expected a list, got {shown(given)} (write each item on its own line after a hyphen)"
        case "too_short":
            problem = "expected at least one item, got none"
        case "model_type" | "dict_type" | "model_attributes_type":
            problem = f"expected named fields, got {shown(given)}"
        case "bool_type" | "bool_parsing":
            problem = f"expected true or false, got {shown(given)}"
        case _:
            problem = f"{detail['msg']}, got {shown(given)}"
    return Fault(source.name, line, _row_id(source, place), field, problem)


def _split(place: Place) -> tuple[Place, Place]:
    """Divide an address into the row it belongs to and the place inside that row."""
    # The first number in an address counts the rows of a section.
    depth = next((index + 1 for index, part in enumerate(place) if isinstance(part, int)), 0)
    return place[:depth], place[depth:]


def _at(content: Any, place: Place) -> Any:
    for part in place:
        try:
            content = content[part]
        except (KeyError, IndexError, TypeError):
            return None
    return content


def _row_id(source: Source, place: Place) -> str:
    row = _at(source.content, place)
    if isinstance(row, dict) and "id" in row:
        return str(row["id"])
    if place and isinstance(place[-1], int):
        return f"row {place[-1] + 1} of {place[0]}" if len(place) > 1 else f"row {place[-1] + 1}"
    return ""


def _known_fields(source: Source, place: Place) -> list[str]:
    name = source.name.rsplit("/", 1)[-1]
    if name == REFERENCES_FILE:
        return [field.alias or key for key, field in Reference.model_fields.items()]
    kind: Any = FILES[name]
    if place and place[0] in kind.model_fields:
        kind = kind.model_fields[str(place[0])].annotation.__args__[0]
    return list(kind.model_fields) if hasattr(kind, "model_fields") else []
