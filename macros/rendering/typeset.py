"""Numbers, units, ratios and words as they are printed (safe-medication typography).

A leading zero always, a trailing zero never, a no-break space between number and unit. Rounding
happens here and nowhere else: half up, to 0.01 mL for volumes.
"""

import html
import re
from decimal import ROUND_HALF_UP, Decimal

from markupsafe import Markup

from ..content.rows.base import Span
from ..content.rows.preparations import Preparation, RatioChoice

NBSP = "\N{NO-BREAK SPACE}"


# The unit of a value is the last word of its name: `interval_weeks`, `mean_mm`, `outer_gauge`.
UNITS = {
    "percent": "%",
    "ml": "mL",
    "mm": "mm",
    "um": "µm",
    "cm": "cm",
    "c": "°C",
    "gauge": "G",
    "hours": "hours",
    "days": "days",
    "weeks": "weeks",
    "months": "months",
    "years": "years",
    "mg_per_ml": "mg/mL",
    "mg": "mg",
    "people": "people",
}


_UNIT_WORDS = r"(?:mL|mg|mm|µm|cm|°C|%|G|Pa|MHz|Hz|weeks?|months?|years?|days?|hours?|minutes?|people|women|adults)"


def number(value: Decimal | int, places: int = 3) -> str:
    """A number in plain digits: `Decimal('3.0')` gives 3, 5081 gives 5,081, a minus sign is a minus."""
    rounded = Decimal(value).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    text = f"{rounded:,f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace("-", "\N{MINUS SIGN}") if rounded else "0"


def millilitres(value: Decimal) -> str:
    """A volume with its unit, rounded half up to 0.01 mL."""
    return f"{number(value, 2)}{NBSP}mL"


def unit_of(name: str) -> str:
    """The unit that the name of a value ends in, or nothing."""
    # The longest first: mg_per_ml before ml.
    for ending, unit in sorted(UNITS.items(), key=lambda item: -len(item[0])):
        if name == ending or name.endswith(f"_{ending}"):
            return unit
    return ""


def quantity(value: Decimal | int, name: str) -> str:
    """A value with the unit that its name carries: 6 weeks, 1 week."""
    unit = unit_of(name)
    if value == 1:
        unit = _ONE.get(unit, unit)
    return f"{_amount(value)}{NBSP}{unit}" if unit else _amount(value)


_ONE = {"hours": "hour", "days": "day", "weeks": "week", "months": "month", "years": "year", "people": "person"}


def span(time: Span) -> str:
    """A length of time as its source gives it: 45 days, 1 month, 2.5 years."""
    return quantity(time.value, time.unit)


def _amount(value: Decimal | int) -> str:
    """A number to 3 places; one that would round to nothing keeps its digits, so that no 0 stands for it."""
    return number(value, 3 if abs(Decimal(value)) >= Decimal("0.0005") else 6)


def quantity_range(low: Decimal | int, high: Decimal | int, name: str) -> str:
    """Two values of one unit, as 25–45 µm."""
    if low == high:
        return quantity(low, name)
    return f"{_amount(low)}\N{EN DASH}{quantity(high, name)}"


def ratio(product_parts: Decimal | int, low: Decimal | int, high: Decimal | int | None = None) -> str:
    """A ratio product : diluent, such as 1:4; a range as 1:1 to 1:2."""
    first = f"{number(product_parts)}:{number(low)}"
    return first if high is None or high == low else f"{first} to {number(product_parts)}:{number(high)}"


def tied(words: str) -> str:
    """Words of a data file with no-break spaces between number and unit, and a minus sign that is one."""
    spaced = re.sub(rf"(\d) (?={_UNIT_WORDS}\b|%)", rf"\1{NBSP}", words)
    return re.sub(r"(?<![\w.,\u2013-])-(?=\d)", "\N{MINUS SIGN}", spaced)


def text(words: str) -> Markup:
    """Words as HTML: escaped and tied; what is HTML already stays as it is."""
    if isinstance(words, Markup):
        return words
    return Markup(html.escape(tied(words), quote=False))  # noqa: S704 (escaped here)


def attribute(words: str) -> str:
    """Words as the value of an HTML attribute."""
    return html.escape(words, quote=True)


def wording_pattern(wording: str) -> str:
    """The pattern of a wording of the glossary, with its first letter in either case.

    With a capital further on it is an abbreviation or a name, which small letters do not mean: AGEs are
    not "ages".
    """
    if re.search(r"[A-Z]", wording[1:]):
        return f"(?i:{re.escape(wording[0])}){re.escape(wording[1:])}"
    return f"(?i:{re.escape(wording)})"


MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def date(words: str | None, precision: str = "day") -> str:
    """A date of a data file in words: '2026-03-31' gives 31 March 2026."""
    if words is None:
        return "undated"
    year, *rest = words.split("-")
    parts = [year]
    if rest:
        parts.insert(0, MONTHS[int(rest[0]) - 1])
    if len(rest) == 2:
        parts.insert(0, str(int(rest[1])))
    shown = NBSP.join(parts)
    return {"before": f"before {shown}", "uncertain": f"{shown} (sources disagree)"}.get(precision, shown)


def people(count: int) -> str:
    """How many people: 22 people, 1 person."""
    return f"{number(count)}{NBSP}{'person' if count == 1 else 'people'}"


def ratio_key(row: Preparation | RatioChoice) -> str:
    """A ratio as an address carries it: 1:4 is 1-4."""
    return ratio(row.product_parts, row.diluent_parts).replace(":", "-")
