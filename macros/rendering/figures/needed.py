"""What a drawing cannot do without: rows by their id, numbers it has room for; and how it says what it cannot show.

Every row that a drawing names comes through here, every other one from a section.
"""

import re
from decimal import Decimal
from typing import TypeVar

from ...content.faults import did_you_mean, shown
from ...content.published import Published
from ...content.rows.aging import SeriesPoint
from ...content.rows.base import Row
from .. import typeset

R = TypeVar("R", bound=Row)


class UndrawableError(ValueError):
    """What a drawing cannot show: the row, the field and why; `place` is the section, such as "aging.layers".

    `problem` follows upon "the drawing 'skin-to-scale'", and ends in the cure.
    """

    def __init__(self, row: str, field: str, problem: str, place: str = ""):
        self.row, self.field, self.problem, self.place = row, field, problem, place
        super().__init__(": ".join(part for part in (file_of(place) if place else "", row, field, problem) if part))


def file_of(place: str) -> str:
    """The data file of a section: "aging.layers" stands in docs/data/aging.yml."""
    return f"docs/data/{place.partition('.')[0]}.yml"


def held(data: Published, place: str, row_id: str, kind: type[R]) -> R | None:
    """The row that a drawing shows where it is published, from its section, such as "aging.layers".

    Raises UndrawableError when no row there bears the id.
    """
    if row_id in data.withheld:
        return None
    return _row(data, place, row_id, kind, "restore the id (with publish: false to leave it out)")


def needed(data: Published, place: str, row_id: str, kind: type[R]) -> R:
    """The row that a drawing cannot do without, from its section, such as "aging.layers".

    Raises UndrawableError when no row there bears the id, or the one that does is not to be published.
    """
    # A row that is for drawings only stands on no page, and is drawn without its number.
    for drawn in data.drawings.get(place, ()):
        if drawn.id == row_id and isinstance(drawn, kind):
            return drawn
    if row_id in data.withheld:
        raise UndrawableError(row_id, "publish", "shows this row, which is not to be published; confirm it", place)
    return _row(data, place, row_id, kind, "restore the id")


def _row(data: Published, place: str, row_id: str, kind: type[R], cure: str) -> R:
    file, _, section = place.partition(".")
    rows = {row.id: row for row in getattr(getattr(data, file), section)}
    row = rows.get(row_id)
    if not isinstance(row, kind):
        # Between numbered ids such as lay-40 likeness means nothing.
        hint = "" if re.fullmatch(r"[a-z]+-\d+", row_id) else did_you_mean(row_id, rows)
        problem = f"names this row, which '{section}' does not hold{hint}; {cure}"
        raise UndrawableError(row_id, "id", problem, place)
    return row


def points(data: Published, name: str, least: int, confirmed: bool = True) -> list[SeriesPoint]:
    """The points of a series from young to old; with `confirmed=False` those that are for drawings only.

    Raises UndrawableError when there are fewer than `least`, or one has no age.
    """
    known = data.aging.series if confirmed else data.drawings.get("aging.series", ())
    rows = [row for row in known if isinstance(row, SeriesPoint) and row.series == name]
    if len(rows) < least:
        hint = did_you_mean(name, {row.series for row in data.aging.series} - {name})
        state = "published" if confirmed else "drawing_only"
        problem = f"needs at least {least} {state} points of '{name}', got {len(rows)}{hint}; restore them"
        raise UndrawableError("", "series", problem, "aging.series")
    return sorted(rows, key=lambda row: amount(row, "x"))


def amount(row: Row, name: str, least: float | None = None, most: float | None = None) -> Decimal:
    """A number of a row: a field, or an entry under `values`.

    Raises UndrawableError when it is missing, or outside what the drawing has room for.
    """
    value = getattr(row, "values", {}).get(name, getattr(row, name, None))
    if not isinstance(value, int | Decimal) or isinstance(value, bool):
        raise UndrawableError(row.id, name, "needs this number, and the row has none; give it")
    if (least is not None and value < least) or (most is not None and value > most):
        room = " ".join(f"{word} {end:g}" for word, end in (("from", least), ("to", most)) if end is not None)
        raise UndrawableError(row.id, name, f"has room for numbers {room}, got {shown(value)}; check the number")
    return Decimal(value)


def said(row: Row, name: str, least: float | None = None, most: float | None = None) -> str:
    """The same with the unit that its name carries, in words."""
    return typeset.quantity(amount(row, name, least, most), name)


def said_range(row: Row, low: str, high: str, least: float | None = None, most: float | None = None) -> str:
    """Two numbers of a row as a range with its unit, in words."""
    return typeset.quantity_range(amount(row, low, least, most), amount(row, high, least, most), low)
