"""Radiesse on labels over the years: a lane for each jurisdiction, time running down, each event with its words."""

from datetime import date

from matplotlib.axes import Axes

from ...content.load import Data
from ...content.published import published
from ...content.rows.label import Approval
from .. import typeset
from .plot import Chart, mark, wrapped
from .svg import WIDTH, Drawing, rect

_LANES = {"US": 52.0, "EU": 76.0, "international": 100.0, "Middle East": 124.0}


_NAMES = {"US": "United States", "EU": "European Union", "international": "international instructions"}


_FAN, _WORDS = 142.0, 176.0  # where leaders leave the lanes, and where the words begin


_TOP, _LEADING, _GAP = 184.0, 17.0, 9.0


# Kinds of events that share a shape: name, kinds, marker of the library.
_SHAPES = (
    ("approval or clearance", ("approval", "clearance"), "o"),
    ("advisory panel", ("advisory vote", "advisory meeting"), "^"),
    ("wording of a label", ("label wording", "label change"), "s"),
)


def draw(data: Data) -> Drawing:
    """The published rows on Radiesse and on all fillers, the dated ones on a scale of years."""
    rows = [row for row in published(data.approvals.approvals) if row.product.startswith(("Radiesse", "all fillers"))]
    dated = sorted((row for row in rows if row.date), key=_middle)
    undated = [row for row in rows if not row.date]
    first, last = int(_middle(dated[0])), int(_middle(dated[-1])) + 1
    bottom = _TOP + sum(map(_height, dated))
    chart = Chart(bottom + 30 + sum(map(_height, undated)))
    axes = chart.scale((0, WIDTH), y=(last, first), down=(_TOP, bottom))
    _key(chart)
    _scale(chart, axes, first, last)
    taken: list[tuple[float, float]] = []
    for row, y in zip(dated, _places(dated, chart, axes, bottom), strict=True):
        start, end = (chart.at(axes, 0, year)[1] for year in _span(row))
        spot = _free(_LANES[row.jurisdiction], (start + end) / 2, taken)
        classes = f"f-brand-line{' f-dash' if row.date_precision == 'uncertain' else ''}"
        chart.page.plot((spot[0], spot[0]), (start, end), gid=mark(f"{row.id}-span", classes))
        _event(chart, row, y, spot)
    y = bottom + 24
    for row in undated:
        _event(chart, row, y, (_LANES[row.jurisdiction], y + 9))
        y += _height(row)
    return chart.drawing()


def _free(x: float, y: float, taken: list[tuple[float, float]]) -> tuple[float, float]:
    """The place of a mark: in its lane, beside those that it would hide."""
    spots = ((x + side, y) for side in (0, 9, -9, 18))
    spot = next(
        spot for spot in spots if all(abs(spot[0] - left) >= 9 or abs(y - height) >= 9.5 for left, height in taken)
    )
    taken.append(spot)
    return spot


def _span(row: Approval) -> tuple[float, float]:
    """The time in which an event lies, in years: a day, a month or a year, as exactly as it is known."""
    year, *rest = (int(part) for part in (row.date or "").split("-"))
    if not rest:
        return year, year + 1
    if len(rest) == 1:
        return year + (rest[0] - 1) / 12, year + rest[0] / 12
    day = year + (date(year, *rest) - date(year, 1, 1)).days / 365.25
    return day, day


def _middle(row: Approval) -> float:
    start, end = _span(row)
    return (start + end) / 2


def _lines(row: Approval) -> list[str]:
    product = "" if row.product == "Radiesse" else f"{row.product}: "
    return wrapped(product + (row.short or row.scope), WIDTH - _WORDS)


def _height(row: Approval) -> float:
    return (1 + len(_lines(row))) * _LEADING + _GAP


def _places(rows: list[Approval], chart: Chart, axes: Axes, bottom: float) -> list[float]:
    """Where the words of each row begin: near its date, none over another, all above the bottom."""
    places: list[float] = []
    for row in rows:
        wanted = chart.at(axes, 0, _middle(row))[1] - 14
        free = places[-1] + _height(rows[len(places) - 1]) if places else _TOP - 8
        places.append(max(wanted, free))
    limit = bottom
    for index in reversed(range(len(rows))):
        limit -= _height(rows[index])
        places[index] = min(places[index], limit)
        limit = places[index]
    return places


def _key(chart: Chart) -> None:
    """What shapes and lines mean."""
    page = chart.page
    for index, (name, _, shape) in enumerate(_SHAPES):
        page.plot(9, 13 + 23 * index, shape, markersize=10, gid=mark("key", "f-brand"))
        chart.words(28, 18 + 23 * index, name, "f-small")
    page.plot(253, 13, "o", markersize=9, gid=mark("key", "f-paper f-edge"))
    page.plot((253, 253), (26, 46), gid=mark("key", "f-brand-line"))
    chart.words(272, 18, "not fully confirmed", "f-small")
    chart.words(272, 41, "month or year known, not the day", "f-small")
    chart.front.append(rect(244, 50, 19, 18, "f-blue-light"))
    chart.words(272, 64, "names a diluted use", "f-small")


def _scale(chart: Chart, axes: Axes, first: int, last: int) -> None:
    """The years, the lanes and their names, stepped so that each stands at the head of its lane."""
    page = chart.page
    for index, (name, x) in enumerate(_LANES.items()):
        y = 104 + 19 * index
        chart.words(x - 4, y, _NAMES.get(name, name), "f-small f-ink f-bold")
        page.plot((x, x), (y + 6, chart.at(axes, 0, last)[1]), gid=mark("lane", "f-hair"))
    for year in range(first, last + 1, 2):
        axes.plot((40, _FAN - 2), (year, year), gid=mark("scale", "f-hair"))
        chart.words(0, chart.at(axes, 0, year)[1] + 5, str(year), "f-small")


def _event(chart: Chart, row: Approval, y: float, spot: tuple[float, float]) -> None:
    """A row's mark in its lane, its words at y, and the leader between them."""
    page, lines = chart.page, _lines(row)
    shape = next(shape for _, kinds, shape in _SHAPES if row.event in kinds)
    if row.diluted_use:
        left, height = _WORDS - 6, _height(row) - 5
        page.barh(y - 2 + height / 2, WIDTH - left, height, left, gid=mark("diluted", "f-blue-light"))
    page.plot((spot[0] + 7, _FAN, _WORDS - 8), (spot[1], spot[1], y + 9), gid=mark("leader", "f-hair"))
    classes = "f-brand" if row.confidence == "high" else "f-paper f-edge"
    page.plot(*spot, shape, markersize=9, gid=mark(row.id, classes), zorder=3)
    head = f"{row.jurisdiction}, {typeset.date(row.date, row.date_precision)}"
    chart.words(_WORDS, y + 14, head, "f-small f-ink f-bold")
    for index, line in enumerate(lines):
        chart.words(_WORDS, y + 14 + (index + 1) * _LEADING, line, "f-small")
