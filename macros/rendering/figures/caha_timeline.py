"""What was seen after CaHA, week by week: a bar for each source on one scale, and a dot for each person."""

from matplotlib.axes import Axes

from ...content.load import Data
from ...content.published import published
from ...content.rows.product import TimelineBand
from .. import typeset
from ..label_marks import diluted_use
from .plot import Chart, mark, wrapped
from .svg import WIDTH, Drawing, circle, group

_TICKS = (0, 13, 26, 39, 52, 78, 104, 130)


_WEEKS = (-2, 133)


_ACROSS = (0.0, 405.0)


_TOP, _LEADING = 106.0, 17.0


_THICK = 10.0  # of a bar


def draw(data: Data) -> Drawing:
    """The rows of the timeline from early to late: the finding in words, its weeks as a bar, people as dots."""
    rows = sorted(published(data.product.timeline), key=lambda row: (row.from_week, row.to_week))
    foot = wrapped(diluted_use(data), WIDTH)
    bottom = _TOP + sum(map(_height, rows))
    chart = Chart(bottom + 30 + len(foot) * _LEADING)
    _key(chart)
    axes = chart.scale(_WEEKS, _ACROSS)
    y = _TOP
    for row in rows:
        y += _height(row)
        _words(chart, row, y - _height(row))
        _track(axes, row, y - 22)
        _people(chart, row, y - 22)
    for place in (_TOP - 10, bottom + 2):
        for week in _TICKS:
            chart.words(chart.at(axes, week, 0)[0], place, str(week), "f-small f-middle")
    chart.words(WIDTH, _TOP - 10, "people", "f-small f-end")
    for index, line in enumerate(foot):
        chart.words(0, bottom + 30 + index * _LEADING, line, "f-small f-amber-text")
    return chart.drawing()


def _key(chart: Chart) -> None:
    """What bars and dots mean."""
    axes = chart.page
    axes.barh(13, 26, _THICK, 1, gid=mark("key", "f-brand"))
    axes.barh(37, 26, _THICK, 1, gid=mark("key", "f-paper f-edge"))
    axes.plot(267, 13, "D", markersize=11, gid=mark("key", "f-amber"))
    chart.front.append(group("key", *(circle(261 + 6 * dot, 37, 2, "f-ink") for dot in range(3))))
    for x, y, words in (
        (36, 18, "seen in people"),
        (36, 42, "seen in the laboratory"),
        (286, 18, "conflicts with other findings"),
        (286, 42, "a dot for each person"),
    ):
        chart.words(x, y, words, "f-small")
    chart.words(0, 74, "Weeks after injection", "f-text f-bold")


def _words(chart: Chart, row: TimelineBand, y: float) -> None:
    for index, line in enumerate(_finding(row)):
        chart.words(0, y + 14 + index * _LEADING, line, f"f-small {'f-amber-text' if _conflicts(row) else 'f-ink'}")


def _track(axes: Axes, row: TimelineBand, y: float) -> None:
    """The row's weeks on the scale; a single point in time gets half a week to either side."""
    axes.barh(y, _WEEKS[1] - _WEEKS[0], _THICK, _WEEKS[0], gid=mark("track", "f-gray-light"))
    axes.vlines(_TICKS, y - _THICK / 2, y + _THICK / 2, gid=mark("scale", "f-hair"))
    start, end = float(row.from_week), float(row.to_week)
    if start == end:
        start, end = start - 0.5, end + 0.5
    classes = "f-amber" if _conflicts(row) else "f-brand" if row.human else "f-paper f-edge"
    axes.barh(y, end - start, _THICK, start, gid=mark(row.id, classes), zorder=3)
    if _conflicts(row):
        axes.plot((start + end) / 2, y, "D", markersize=11, gid=mark("conflict", classes))


def _people(chart: Chart, row: TimelineBand, y: float) -> None:
    """How many people, as a number and as dots beside the track."""
    shown = typeset.number(row.n) if row.n else "not stated" if row.human else "laboratory"
    chart.words(WIDTH, y - 10, shown, f"f-small f-end{' f-bold' if row.n else ''}")
    if row.n:
        dots = (circle(WIDTH - 2 - 4.4 * dot, y, 1.8, "f-ink") for dot in range(row.n))
        chart.front.append(group(f"{row.id}-people", *dots))


def _conflicts(row: TimelineBand) -> bool:
    """Whether the row itself says that it contradicts others."""
    return "contrary" in row.phase or "conflicts with" in (row.note or "").lower()


def _finding(row: TimelineBand) -> list[str]:
    return wrapped(row.short or row.what, WIDTH - 80)


def _height(row: TimelineBand) -> float:
    return len(_finding(row)) * _LEADING + 30
