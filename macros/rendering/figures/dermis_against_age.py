"""Dermis and collagen against age: measured points with their spread, and two lines computed from rates."""

import re

from matplotlib.axes import Axes

from ...content.load import Data
from ...content.rows.aging import SeriesPoint
from .. import typeset
from ..prose import plain_value
from .plot import Chart, mark
from .svg import WIDTH, Drawing

_AGES = range(20, 81, 10)


_RANGE = (15, 90)


_ACROSS = (48.0, 504.0)


_SPAN = re.compile(r"(\d+)\N{EN DASH}(\d+)")


def draw(data: Data) -> Drawing:
    """Three panels over one range of ages: a collagen score, the thickness of the dermis, what cells make."""
    chart = Chart(880)
    _score(chart, data, 0)
    _index(chart, data, 296)
    _cells(chart, data, 616)
    return chart.drawing()


def _series(data: Data, name: str, confirmed: bool = True) -> list[SeriesPoint]:
    return [row for row in data.aging.series if row.series == name and row.publish is confirmed]


def _panel(chart: Chart, top: float, heads: tuple[str, str], height: float, highest: int) -> Axes:
    """A panel with its title, its unit, its grid (0 to 100) and the ages; returns its scales."""
    chart.words(0, top + 18, heads[0], "f-title")
    chart.words(0, top + 40, heads[1], "f-small")
    axes = chart.scale(_RANGE, _ACROSS, (0, highest), (top + 56, top + 56 + height))
    # Short ticks instead of a grid, so that no line runs through the words.
    axes.plot((_RANGE[0], _RANGE[0], _RANGE[1]), (100, 0, 0), gid=mark("scale", "f-line"))
    for value in range(0, 101, 25):
        x, y = chart.at(axes, _RANGE[0], value)
        axes.plot((_RANGE[0] - 0.8, _RANGE[0]), (value, value), gid=mark("scale", "f-line"))
        chart.words(x - 8, y + 5, str(value), "f-small f-end")
    for age in _AGES:
        axes.plot((age, age), (0, -2.5), gid=mark("scale", "f-line"))
        x, y = chart.at(axes, age, 0)
        chart.words(x, y + 21, f"age {age}" if age == _AGES[0] else str(age), "f-small f-middle")
    return axes


def _measured(chart: Chart, axes: Axes, rows: list[SeriesPoint], unit: str) -> None:
    """Points with their age group across and one standard deviation up and down."""
    for row in rows:
        assert row.x is not None and row.sd is not None
        x, value = float(row.x), float(row.value)
        group = _SPAN.fullmatch(row.x_label)
        if group:
            axes.plot((int(group[1]), int(group[2])), (value, value), gid=mark(f"{row.id}-group", "f-brand-line"))
        axes.errorbar(x, value, float(row.sd), fmt="none", capsize=6, gid=mark(f"{row.id}-sd", "f-brand-line"))
        axes.plot(x, value, "o", markersize=11, gid=mark(row.id, "f-brand"))
        at, up = chart.at(axes, x, value)
        shown = f"{typeset.number(row.value, 1)} ± {typeset.number(row.sd, 1)}{typeset.NBSP}{unit}"
        # The words stand right of the point where there is room.
        side, anchor = (14, "") if at + 14 + len(shown) * 9.6 < WIDTH else (-14, " f-end")
        chart.words(at + side, up - 12, shown, f"f-text f-bold{anchor}")
        chart.words(at + side, up + 24, f"{row.x_label} years", f"f-small{anchor}")


def _score(chart: Chart, data: Data, top: float) -> None:
    people = plain_value(data, "age-018.examined_people")
    heads = ("Collagen score: measured", f"share of the field, in %; {people} in the series; bars: ± 1 SD")
    axes = _panel(chart, top, heads, 190, 100)
    rows = _series(data, "percent-collagen-score")
    _measured(chart, axes, rows, "%")
    years = typeset.number((rows[-1].x or 0) - (rows[0].x or 0))
    fall, yearly = plain_value(data, "age-018.fall_percent"), plain_value(data, "age-018.fall_percent_per_year")
    x, y = chart.at(axes, 55, 12)
    chart.words(x, y, f"a fall of {fall} in {years} years, about {yearly} % a year", "f-text f-brand-text f-middle")


def _index(chart: Chart, data: Data, top: float) -> None:
    unit = "20 years = 100; lines computed from a rate, no measured points"
    axes = _panel(chart, top, ("Dermis thickness, and the popular claim", unit), 214, 125)
    dermis = _series(data, "dermal-thickness-index-inner-arm")
    claim = _series(data, "collagen-index-under-the-popular-1-a-year-rule", confirmed=False)
    for name, rows, classes in (("dermis", dermis, "f-brand-line"), ("claim", claim, "f-amber-line f-dash")):
        ages, values = [float(row.x or 0) for row in rows], [float(row.value) for row in rows]
        axes.plot(ages, values, gid=mark(name, classes))
    x, y = chart.at(axes, _RANGE[1], 125)
    decade, year = plain_value(data, "age-016.percent"), plain_value(data, "age-016.per_year_percent")
    chart.words(x, y + 14, "Dermis of the inner arm", "f-text f-bold f-brand-text f-end")
    chart.words(x, y + 33, f"{decade} a decade, about {year} a year;", "f-small f-end")
    chart.words(x, y + 51, "number of people not stated", "f-small f-end")
    first, last = claim[0], claim[-1]
    rate = (first.value - last.value) / ((last.x or 0) - (first.x or 0))
    x, y = chart.at(axes, _AGES[0], 42)
    chart.words(x, y, f"“{typeset.number(rate, 2)} % of collagen a year”", "f-text f-bold f-amber-text")
    chart.words(x, y + 20, "popular claim, not confirmed:", "f-small f-amber-text")
    chart.words(x, y + 38, "its source could not be checked", "f-small f-amber-text")


def _cells(chart: Chart, data: Data, top: float) -> None:
    heads = (
        "Type I procollagen: measured in culture",
        "ng/mL, made by fibroblasts of young and of old people; bars: ± 1 SD",
    )
    axes = _panel(chart, top, heads, 180, 100)
    _measured(chart, axes, _series(data, "type-i-procollagen-by-cultured-fibroblasts"), "ng/mL")
    x, y = chart.at(axes, 52, 12)
    chart.words(x, y, "number of people not stated", "f-small f-middle")
