"""Numbers, texts, ids and days, each checked; a fault says what was expected and what was given."""

import datetime
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from .date_like import reads_as_date
from .faults import shown


def fault(message: str) -> PydanticCustomError:
    """A fault that a checked value raises; the message says what was expected and what was given."""
    # PydanticCustomError treats braces as a template.
    return PydanticCustomError("content", "{message}", {"message": message})


def _number(low: str, high: str, whole: bool = False, places: int = 0, above: bool = False) -> BeforeValidator:
    """A number from `low` to `high`, with `above` not `low` itself; `places` is how many decimals are printed."""
    kind = "a whole number" if whole else "a number"

    def check(value: Any) -> Any:
        expected = f"expected {kind} from {low} to {high}, got {shown(value)}"
        if isinstance(value, str) and re.fullmatch(r"\s*\d+(\.\d+)?\s*:\s*\d+(\.\d+)?\s*", value):
            raise fault(f"{expected} (write the two parts as numbers)")
        if isinstance(value, str) and re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", value):
            raise fault(f"{expected} (remove the quotes)")
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            raise fault(expected)
        if whole and not isinstance(value, int):
            raise fault(expected)
        if not Decimal(value).is_finite() or not Decimal(low) <= value <= Decimal(high):
            raise fault(expected)
        if above and value == Decimal(low):
            raise fault(f"expected {kind} above {low}, got {shown(value)}")
        if round(Decimal(value), places) != value:
            raise fault(f"expected at most {places} decimals, which is what the pages print, got {shown(value)}")
        return value if whole else Decimal(value)

    return BeforeValidator(check)


def _number_schema(low: str, high: str, whole: bool = False, above: bool = False) -> WithJsonSchema:
    least = "exclusiveMinimum" if above else "minimum"
    return WithJsonSchema({"type": "integer" if whole else "number", least: float(low), "maximum": float(high)})


Parts = Annotated[Decimal, _number("0", "20", places=3), _number_schema("0", "20")]


ProductParts = Annotated[Decimal, _number("0", "20", places=3, above=True), _number_schema("0", "20", above=True)]


Millilitres = Annotated[Decimal, _number("0", "100", places=2), _number_schema("0", "100")]


SyringeMillilitres = Annotated[
    Decimal, _number("0", "100", places=2, above=True), _number_schema("0", "100", above=True)
]


Millimetres = Annotated[Decimal, _number("0", "200", places=4), _number_schema("0", "200")]


Percent = Annotated[Decimal, _number("0", "100", places=5), _number_schema("0", "100")]


Weeks = Annotated[Decimal, _number("0", "520", places=3), _number_schema("0", "520")]


SpanNumber = Annotated[Decimal, _number("0", "1000", places=3, above=True), _number_schema("0", "1000", above=True)]


Years = Annotated[Decimal, _number("0", "120", places=3), _number_schema("0", "120")]


Count = Annotated[int, _number("0", "10000000", whole=True), _number_schema("0", "10000000", whole=True)]


AtLeastOne = Annotated[int, _number("1", "10000000", whole=True), _number_schema("1", "10000000", whole=True)]


Syringes = Annotated[int, _number("1", "12", whole=True), _number_schema("1", "12", whole=True)]


Sessions = Annotated[int, _number("1", "12", whole=True), _number_schema("1", "12", whole=True)]


AnyNumber = Annotated[
    Decimal, _number("-1000000000", "1000000000", places=6), _number_schema("-1000000000", "1000000000")
]


@dataclass(frozen=True)
class _TextCheck(BeforeValidator):
    """A check of a text, whose pattern an editor knows too, from the schema."""

    pattern: str = ""

    def __get_pydantic_json_schema__(self, core_schema: Any, handler: Any) -> dict[str, Any]:
        schema: dict[str, Any] = handler(core_schema)
        return schema | ({"pattern": f"^(?:{self.pattern})$"} if self.pattern else {})


def checked_text(longest: int, pattern: str = "", wanted: str = "text") -> BeforeValidator:
    """A text of at most `longest` characters that looks like `pattern`; `wanted` is the word for it in a fault."""

    def check(value: Any) -> Any:
        if not isinstance(value, str):
            hint = " (put it in quotes)" if isinstance(value, int | Decimal | bool) else ""
            raise fault(f"expected {wanted}, got {shown(value)}{hint}")
        if not value.strip():
            raise fault(f"expected {wanted}, got an empty one")
        if pattern and not re.fullmatch(pattern, value):
            raise fault(f"expected {wanted}, got {shown(value)}")
        if len(value) > longest:
            raise fault(f"expected at most {longest} characters, got {len(value)}")
        return value

    return _TextCheck(check, pattern=pattern)


Text = Annotated[str, checked_text(3000)]


def _no_date(value: str) -> str:
    """An id that stays a text when somebody opens a download as a spreadsheet."""
    if reads_as_date(value):
        raise fault(
            f"expected an id that no spreadsheet takes for a date or a number, got {shown(value)}"
            " (write another word before the number, as 'appr-1' for 'apr-1')"
        )
    return value


Id = Annotated[
    str,
    checked_text(80, r"[A-Za-z0-9]+([.-][a-z0-9]+)*", "an id of small letters, digits and hyphens, such as 'neck-1'"),
    AfterValidator(_no_date),
]


Key = Annotated[
    str, checked_text(40, r"[a-z][a-z0-9]*", "a citation key such as 'trindade2023'"), AfterValidator(_no_date)
]


def in_calendar(value: str) -> str:
    """A date that a calendar has, as it is: '2026', '2026-11' or '2026-11-22'."""
    year, month, day = (*map(int, value.split("-")), 1, 1)[:3]
    try:
        datetime.date(year, month, day)
    except ValueError:
        raise fault(f"expected a day of the calendar, got {shown(value)}") from None
    return value


# A month and a day that there are, for editors too; what the month lacks is found by in_calendar.
_MONTH, _DAY = "(0[1-9]|1[0-2])", "(0[1-9]|[12][0-9]|3[01])"


DateText = Annotated[
    str,
    checked_text(10, rf"(19|20)[0-9]{{2}}(-{_MONTH}(-{_DAY})?)?", "a date such as '2026-03-31' or '2024'"),
    AfterValidator(in_calendar),
]


Day = Annotated[
    str, checked_text(10, rf"20[0-9]{{2}}-{_MONTH}-{_DAY}", "a day such as '2026-11-22'"), AfterValidator(in_calendar)
]


_PAGE = r"[a-z0-9-]+(/[a-z0-9-]+)*\.md"


PagePath = Annotated[str, checked_text(120, _PAGE, "a page such as 'technique/by-region.md'")]


Section = Annotated[
    str, checked_text(160, rf"{_PAGE}(#[a-z0-9-]+)?", "a page and a heading such as 'aging/dermis.md#collagen'")
]


VERSION = r"[0-9]+\.[0-9]+\.[0-9]+"


Version = Annotated[str, checked_text(20, VERSION, "a version such as '1.0.0'")]


ValueName = Annotated[str, checked_text(60, r"[a-z0-9]+(_[a-z0-9]+)*", "a name such as 'interval_weeks'")]


_Item = TypeVar("_Item")


Some = Annotated[list[_Item], Field(min_length=1)]
