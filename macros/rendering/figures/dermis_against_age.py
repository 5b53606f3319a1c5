"""Dermis and collagen against age: measured points with their spread, and two lines computed from rates."""

import re
from dataclasses import dataclass
from decimal import Decimal

from lxml.etree import _Element

from ...content.published import Published
from ...content.rows.aging import SeriesPoint
from ...content.rows.base import Fact
from .. import typeset
from .fit import box_of, touch, word_boxes
from .needed import UndrawableError, amount, needed, points, said
from .plot import Scale, dot, level, paragraph, step, upright, words, wrapped
from .svg import WIDTH, Drawing, group, polyline

_YEARS = Scale(15, 90, 48, 504)
_AGES = range(20, 81, 10)
_HEAD = 75  # px that the title of a panel and two lines on its unit take
_HIGHEST = 1000  # that the numbers beside a scale have room for
_SPAN = re.compile(r"(\d+)\N{EN DASH}(\d+)")


@dataclass(frozen=True)
class Panel:
    """A panel that begins at `top`: its title and unit, the height of its field in px, and what is shown in it.

    `spare` is the share of the field that stays free above the scale, for words.
    """

    top: float
    heads: tuple[str, str]
    height: float
    spare: float = 0

    def scale(self, rows: list[SeriesPoint]) -> Scale:
        """The scale from 0 to 100, or to what the rows need."""
        most = max(amount(row, "value", 0, _HIGHEST) + _spread(row) for row in rows)
        highest = 100 if most <= 100 else 4 * step(float(most), 4)
        bottom = self.top + _HEAD + self.height
        return Scale(0, highest, bottom, self.top + _HEAD + self.height * self.spare)


def draw(data: Published) -> Drawing:
    """Three panels over one range of ages: a collagen score, the thickness of the dermis, what cells make."""
    drawing = Drawing(WIDTH, 937)
    _score(drawing, data, 0)
    _index(drawing, data, 315)
    _cells(drawing, data, 654)
    return drawing


def _fields(drawing: Drawing, panel: Panel, rows: list[SeriesPoint]) -> Scale:
    """A panel with its title, its unit, its scale and the ages; returns its scale of values."""
    title, unit = panel.heads
    drawing.add(words(0, panel.top + 18, title, "f-title"), *paragraph(0, panel.top + 40, wrapped(unit, WIDTH)))
    scale, left = panel.scale(rows), _YEARS.start
    # Short ticks instead of a grid, so that no line runs through the words.
    axes = polyline([(left, scale.end), (left, scale.start), (_YEARS.end, scale.start)])
    ticks = [level(left - 5, left, scale.at(scale.high * part / 4), "f-line") for part in range(5)]
    ticks += [upright(_YEARS.at(age), scale.start, scale.start + 5, "f-line") for age in _AGES]
    drawing.add(group("scale", axes, *ticks))
    for part in range(5):
        value = int(scale.high) * part // 4
        drawing.add(words(left - 8, scale.at(value) + 5, typeset.number(value), "f-small f-end"))
    for age in _AGES:
        said_age = f"age {age}" if age == _AGES[0] else str(age)
        drawing.add(words(_YEARS.at(age), scale.start + 21, said_age, "f-small f-middle"))
    return scale


def _spread(row: SeriesPoint) -> Decimal:
    """One standard deviation, no more than the value; nothing where it is not stated."""
    return Decimal(0) if row.sd is None else amount(row, "sd", 0, float(row.value))


def _age(row: SeriesPoint) -> float:
    return _YEARS.at(amount(row, "x", _YEARS.low, _YEARS.high))


def _measured(drawing: Drawing, scale: Scale, rows: list[SeriesPoint], unit: str) -> None:
    """Points with their age group across and one standard deviation up and down, where it is stated."""
    for row in rows:
        x, y = _age(row), scale.at(row.value)
        shown = typeset.number(row.value, 1)
        drawing.add(*_group(row, y))
        if row.sd is not None:
            ends = scale.at(row.value - row.sd), scale.at(row.value + row.sd)
            drawing.add(group(f"{row.id}-sd", upright(x, *ends, "f-brand-line", cap=6)))
            shown += f" ± {typeset.number(row.sd, 1)}"
        shown += f"{typeset.NBSP}{unit}"
        # The words stand right of the point where there is room.
        side, anchor = (14, "") if x + 14 + len(shown) * 9.6 < WIDTH else (-14, " f-end")
        drawing.add(
            group(
                row.id,
                dot(x, y, 11, "f-brand"),
                words(x + side, y - 12, shown, f"f-text f-bold{anchor}"),
                words(x + side, y + 24, f"{row.x_label} years", f"f-small{anchor}"),
            )
        )


def _tell(drawing: Drawing, scale: Scale, rows: list[SeriesPoint], x: float, text: str, classes: str) -> None:
    """A line of words about x at the foot of a panel, or beside or above it where those of a point are in the way."""
    taken = [box for _, box in word_boxes(drawing)]
    for y in (scale.start - 22, scale.end + 16):
        for aside in (0, -90, 90):
            line = words(x + aside, y, text, f"{classes} f-middle")
            left, _, right, _ = box = box_of(line)
            if _YEARS.start < left and right < _YEARS.end and not any(touch(box, other) for other in taken):
                drawing.add(line)
                return
    lowest = max(rows, key=lambda row: scale.at(row.value))
    problem = f"has no room for '{text}' above or below the points of this series; check the number"
    raise UndrawableError(lowest.id, "value", problem)


def _group(row: SeriesPoint, y: float) -> list[_Element]:
    """The age group of a point as a level line, where it is stated as a span."""
    span = _SPAN.fullmatch(row.x_label)
    if span is None:
        return []
    ages = [int(age) for age in span.groups()]
    if not _YEARS.low <= ages[0] <= ages[1] <= _YEARS.high:
        room = f"has room for ages from {_YEARS.low} to {_YEARS.high}, the lower one first"
        raise UndrawableError(row.id, "x_label", f"{room}, got '{row.x_label}'; check it")
    return [group(f"{row.id}-group", level(_YEARS.at(ages[0]), _YEARS.at(ages[1]), y, "f-brand-line"))]


def _score(drawing: Drawing, data: Published, top: float) -> None:
    fact = needed(data, "aging.facts", "age-018", Fact)
    people = said(fact, "examined_people", 1, 10_000_000)
    heads = ("Collagen score: measured", f"share of the field, in %; {people} in the series; bars: ± 1 SD")
    rows = points(data, "percent-collagen-score", least=2)
    scale = _fields(drawing, Panel(top, heads, 190), rows)
    _measured(drawing, scale, rows, "%")
    years = typeset.number(amount(rows[-1], "x") - amount(rows[0], "x"))
    fall, yearly = (said(fact, f"fall_{name}", 0, 100) for name in ("percent", "percent_per_year"))
    told = f"a fall of {fall} in {years} years, about {yearly} % a year"
    _tell(drawing, scale, rows, _YEARS.at(55), told, "f-text f-brand-text")


def _index(drawing: Drawing, data: Published, top: float) -> None:
    unit = "20 years = 100; lines computed from a rate, no measured points"
    dermis = points(data, "dermal-thickness-index-inner-arm", least=2)
    claim = points(data, "collagen-index-under-the-popular-1-a-year-rule", least=2, confirmed=False)
    panel = Panel(top, ("Dermis thickness, and the popular claim", unit), 214, spare=0.2)
    scale = _fields(drawing, panel, [*dermis, *claim])
    for name, rows, classes in (("dermis", dermis, "f-brand-line"), ("claim", claim, "f-amber-line f-dash")):
        drawing.add(group(name, polyline([(_age(row), scale.at(row.value)) for row in rows], classes)))
    fact = needed(data, "aging.facts", "age-016", Fact)
    decade, year = (said(fact, name, 0, 100) for name in ("percent", "per_year_percent"))
    x, y = _YEARS.end, top + _HEAD
    drawing.add(
        words(x, y + 14, "Dermis of the inner arm", "f-text f-bold f-brand-text f-end"),
        words(x, y + 33, f"{decade} a decade, about {year} a year;", "f-small f-end"),
        words(x, y + 52, "number of people not stated", "f-small f-end"),
    )
    x, y = _YEARS.at(_AGES[0]), scale.start - 71.9
    drawing.add(
        words(x, y, f"“{typeset.number(_yearly_fall(claim), 2)} % of collagen a year”", "f-text f-bold f-amber-text"),
        words(x, y + 20, "popular claim, not confirmed:", "f-small f-amber-text"),
        words(x, y + 39, "its source could not be checked", "f-small f-amber-text"),
    )


def _yearly_fall(rows: list[SeriesPoint]) -> Decimal:
    """By how much a series falls in a year, from its first point to its last."""
    first, last = rows[0], rows[-1]
    years = amount(last, "x") - amount(first, "x")
    if not years:
        raise UndrawableError(
            last.id, "x", f"needs two ages to reckon a yearly fall from, got {first.x} twice; check them"
        )
    return (first.value - last.value) / years


def _cells(drawing: Drawing, data: Published, top: float) -> None:
    heads = (
        "Type I procollagen: measured in culture",
        "ng/mL, made by fibroblasts of young and of old people; bars: ± 1 SD",
    )
    rows = points(data, "type-i-procollagen-by-cultured-fibroblasts", least=1)
    scale = _fields(drawing, Panel(top, heads, 180), rows)
    _measured(drawing, scale, rows, "ng/mL")
    _tell(drawing, scale, rows, _YEARS.at(52), "number of people not stated", "f-small")
