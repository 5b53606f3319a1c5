"""Numbers and ratios of the data by name, as macros, figures and questions call them: `row.value`, `ratio:row`."""

import re
from collections.abc import Iterator
from decimal import Decimal

from .faults import did_you_mean
from .published import Published
from .rows.base import Row, Span
from .rows.preparations import RatioChoice
from .rows.product import Presentation
from .rows.studies import Outcome

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
# The placeholder for the label status of diluted use in words, and for "off-label" with the jurisdictions.
DILUTED_USE = "diluted-use"
OFF_LABEL = "off-label"
_STATUS = "status:"


def number(data: Published, name: str) -> tuple[Decimal | int, str]:
    """The number that `row.value` names, and the name of its field, which ends in its unit.

    Raises ValueError when there is no such number, or it may not be printed.
    """
    row_id, dot, field = name.rpartition(".")
    if not dot:
        raise ValueError(
            f"expected the id of a row, a dot and the name of a number, such as 'ratio-1-2.diluent_parts', got '{name}'"
        )
    row = data.one(row_id, Row)
    if isinstance(row, Outcome) and field in row.unconfirmed:
        raise ValueError(f"'{name}' is not confirmed; do not print it")
    numbers = _numbers(row)
    if field not in numbers:
        hint = did_you_mean(field, numbers)
        raise ValueError(f"no number '{field}' in row '{row_id}'{hint}; it has: {', '.join(numbers) or 'none'}")
    return numbers[field]


def _numbers(row: Row) -> dict[str, tuple[Decimal | int, str]]:
    """The numbers of a row by name, each with a name that ends in its unit: its fields, and those under `values`."""
    named = {**{field: getattr(row, field) for field in type(row).model_fields}, **getattr(row, "values", {})}
    if isinstance(row, Outcome):
        named |= row.shares_in_100
    found: dict[str, tuple[Decimal | int, str]] = {}
    for name, value in named.items():
        if isinstance(value, Span):
            found[name] = value.value, f"{name}_{value.unit}"
        elif isinstance(value, int | Decimal) and not isinstance(value, bool):
            found[name] = value, name
    return found


def ratio_parts(data: Published, row_id: str) -> tuple[Decimal, Decimal, Decimal | None]:
    """The parts of product and of diluent that a row states; the third is the upper end of a range.

    Raises ValueError when the row is not there, may not be printed or states no ratio that is confirmed.
    """
    row = data.one(row_id, Row)
    if isinstance(row, Outcome) and "diluent_parts" in row.unconfirmed:
        raise ValueError(f"the ratio of '{row_id}' is not confirmed; do not print it")
    low = getattr(row, "diluent_parts", None)
    high = None
    if low is None:
        low, high = getattr(row, "diluent_parts_min", None), getattr(row, "diluent_parts_max", None)
    if low is None:
        raise ValueError(f"row '{row_id}' states no ratio")
    return getattr(row, "product_parts", None) or Decimal(1), low, high


def ratio_choice(data: Published, row_id: str, presentation: str) -> RatioChoice:
    """The row of the preparation tables by whose ratio the volumes of a presentation are worked out.

    Raises ValueError when the row is none of theirs, or the presentation may not be printed.
    """
    row = data.one(row_id, Row)
    if not isinstance(row, RatioChoice):
        raise ValueError(f"ratio: volumes are given for the rows of preparations.yml, not for '{row_id}'")
    data.one(presentation, Presentation, "presentation")
    return row


def split_ratio(placeholder: str) -> tuple[str, str | None]:
    """Row and presentation of a placeholder such as `ratio:row` or `ratio:row@presentation`.

    Raises ValueError when it begins otherwise.
    """
    kind, _, row = placeholder.partition(":")
    if kind != "ratio":
        raise ValueError(
            f"no placeholder '{{{placeholder}}}'; write {{row.value}}, {{ratio:row}}, {{ratio:row@presentation}}, "
            "{status:region}, {status:region@undiluted}, {off-label} or {diluted-use}"
        )
    row_id, _, presentation = row.partition("@")
    return row_id, presentation or None


def is_status(placeholder: str) -> bool:
    """Whether a placeholder stands for a label status, which hangs on the indications."""
    return placeholder in (DILUTED_USE, OFF_LABEL) or placeholder.startswith(_STATUS)


def split_status(placeholder: str) -> tuple[str, bool]:
    """The region of a placeholder such as `status:neck`, and whether it asks for diluted product.

    Raises ValueError for anything but `undiluted` behind the region.
    """
    region, at, preparation = placeholder.removeprefix(_STATUS).partition("@")
    if at and preparation != "undiluted":
        raise ValueError(f"no placeholder '{{{placeholder}}}'; write {{status:region}} or {{status:region@undiluted}}")
    return region, not at


def placeholder_faults(data: Published, words: str) -> Iterator[str]:
    """What is wrong with the placeholders in words of a data file."""
    for name in PLACEHOLDER.findall(words):
        try:
            if is_status(name):
                if name.startswith(_STATUS):
                    data.region(split_status(name)[0])
                continue
            if ":" not in name:
                number(data, name)
                continue
            row_id, presentation = split_ratio(name)
            ratio_parts(data, row_id)
            if presentation:
                ratio_choice(data, row_id, presentation)
        except ValueError as error:
            yield str(error)
