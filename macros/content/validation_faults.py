"""What was read, checked against its model; an error of pydantic becomes a fault that its reader can mend."""

from typing import Any, TypeVar, get_args

from pydantic import TypeAdapter, ValidationError

from .csl import UNPRINTED
from .faults import Fault, did_you_mean, shown
from .strict_reader import DataFile, Place

T = TypeVar("T")


def validated(file: DataFile, kind: type[T]) -> T | None:
    """The content of a file as the model says; nothing, and faults in `file`, when it is not sound."""
    if file.faults and file.content in (None, ""):
        return None
    try:
        checked = TypeAdapter(kind).validate_python(file.content)
    except ValidationError as error:
        file.faults.extend(_explained(file, detail, kind) for detail in error.errors(include_url=False))
        return None
    return None if file.faults else checked


def _explained(file: DataFile, detail: Any, kind: Any) -> Fault:
    place = tuple(part for part in detail["loc"] if part not in ("[key]", "bool", "literal['mixed']"))
    place, inside = _split(place)
    field = ".".join(str(part) for part in inside)
    line = file.line((*place, *inside))
    given = detail["input"]
    context = detail.get("ctx", {})
    match detail["type"]:
        case "content":
            problem = context["message"]
            # A rule over a whole row names its own field.
            if not field and ": " in problem:
                field, problem = problem.split(": ", 1)
                line = file.line((*place, field))
        case "missing":
            problem = "missing; expected this field"
        case "extra_forbidden":
            *around, name = (*place, *inside)
            problem = f"unknown field{did_you_mean(str(name), _fields_at(kind, around))}"
            if name in UNPRINTED and len(around) == 1 and file.is_json:
                problem = "is not printed; take it out (python -m macros cite FILE does it for a whole export)"
        case "literal_error":
            choices = [choice.strip("'") for choice in context["expected"].replace(" or ", ", ").split(", ")]
            problem = f"expected one of {', '.join(choices)}; got {shown(given)}"
            problem += did_you_mean(str(given), choices)
        case "list_type":
            how = "in square brackets, with commas between" if file.is_json else "on its own line after a hyphen"
            problem = f"expected a list, got {shown(given)} (write each item {how})"
        case "too_short":
            problem = "expected at least one item, got none"
        case "model_type" | "dict_type" | "model_attributes_type":
            problem = f"expected named fields, got {shown(given)}"
        case "bool_type" | "bool_parsing":
            problem = f"expected true or false, got {shown(given)}"
        case _:
            problem = f"{detail['msg']}, got {shown(given)}"
    return Fault(file.name, line, _row_id(file, place), field, problem)


def _split(place: Place) -> tuple[Place, Place]:
    """Divide an address into the row it belongs to and the place inside that row."""
    # The first number in an address counts the rows of a section.
    depth = next((index + 1 for index, part in enumerate(place) if isinstance(part, int)), 0)
    return place[:depth], place[depth:]


def _row_id(file: DataFile, place: Place) -> str:
    row = file.content
    for part in place:
        row = row[part]
    if place and isinstance(row, dict) and "id" in row:
        return str(row["id"])
    if place:
        return f"row {int(place[-1]) + 1} of {place[0]}" if len(place) > 1 else f"row {int(place[-1]) + 1}"
    return ""


def _fields_at(kind: Any, place: list[str | int]) -> list[str]:
    """The fields that the model allows at a place of the content."""
    for part in place:
        kind = get_args(kind)[0] if isinstance(part, int) else kind.model_fields[part].annotation
    return [field.alias or name for name, field in kind.model_fields.items()]
