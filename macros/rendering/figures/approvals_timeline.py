"""Radiesse on labels over the years: a lane for each jurisdiction, time running down, each event with its words."""

from dataclasses import dataclass
from datetime import date

from ...content.published import Published
from ...content.rows.label import Approval
from .. import typeset
from .needed import UndrawableError
from .plot import Scale, Shape, dot, level, paragraph, square, step, triangle, upright, words, wrapped
from .svg import WIDTH, Drawing, group, polyline, rect

_FIRST, _LAST, _APART = 52.0, 124.0, 24.0  # where lanes stand in px, as far apart as there is room
_FAN, _WORDS = 142.0, 176.0  # where leaders leave the lanes, and where the words begin
_NAMES_TOP, _NAME, _LEADING, _GAP = 104.0, 19.0, 18.0, 9.0
_SIZE = 9.0  # of a mark
# Kinds of events that share a shape.
_SHAPES: tuple[tuple[str, tuple[str, ...], Shape], ...] = (
    ("approval or clearance", ("approval", "clearance"), dot),
    ("advisory panel", ("advisory vote", "advisory meeting"), triangle),
    ("wording of a label", ("label wording", "label change"), square),
)


@dataclass(frozen=True)
class Event:
    """A row, where its words begin, and where its mark stands in its lane."""

    row: Approval
    top: float
    x: float
    y: float


def draw(data: Published) -> Drawing:
    """The published rows on Radiesse and on all fillers, the dated ones on a scale of years."""
    rows = [row for row in data.approvals.approvals if row.product.startswith(("Radiesse", "all fillers"))]
    dated = sorted((row for row in rows if row.date), key=_middle)
    if not dated:
        problem = "needs a published row on Radiesse with a date; restore one"
        raise UndrawableError("", "date", problem, "approvals.approvals")
    first, last = int(_middle(dated[0])), int(_middle(dated[-1])) + 1
    lanes = _lanes(data, rows)
    top = _NAMES_TOP + _NAME * max(4, len(lanes)) + 4
    years = Scale(first, last, top, top + sum(map(_height, dated)))
    events = _placed(dated, years, lanes)
    y = years.end + 24
    for row in rows:
        if not row.date:
            events.append(Event(row, y, lanes[row.jurisdiction], y + 9))
            y += _height(row)
    drawing = Drawing(WIDTH, y + 6)
    _key(drawing)
    _scale(drawing, years, {_name(data, place): x for place, x in lanes.items()})
    _lines(drawing, events, years)
    for event in events:
        _event(drawing, event)
    return drawing


def _lanes(data: Published, rows: list[Approval]) -> dict[str, float]:
    """The places of some events and where their lanes stand; those whose labels count come first."""
    counted = [row.short for row in data.indications.jurisdictions]
    named = dict.fromkeys(row.jurisdiction for row in rows)
    places = [place for place in counted if place in named] + [place for place in named if place not in counted]
    apart = min(_APART, (_LAST - _FIRST) / max(1, len(places) - 1))
    return {place: _FIRST + apart * index for index, place in enumerate(places)}


def _name(data: Published, place: str) -> str:
    """The whole name of a jurisdiction; other places stand as they are."""
    return next((row.name for row in data.indications.jurisdictions if row.short == place), place)


def _placed(rows: list[Approval], years: Scale, lanes: dict[str, float]) -> list[Event]:
    """The dated rows as events, words and marks clear of each other."""
    taken: list[tuple[float, float]] = []
    for row in rows:
        taken.append(_free(row, (lanes[row.jurisdiction], years.at(_middle(row))), taken))
    return [Event(row, top, *spot) for row, top, spot in zip(rows, _places(rows, years), taken, strict=True)]


def _free(row: Approval, wanted: tuple[float, float], taken: list[tuple[float, float]]) -> tuple[float, float]:
    """The place of a mark: in its lane, beside those that it would hide.

    Raises UndrawableError when five of a lane stand at one time.
    """
    lane, y = wanted
    for x in (lane, lane + 9, lane - 9, lane + 18):
        if all(abs(x - left) >= 9 or abs(y - height) >= 9.5 for left, height in taken):
            return x, y
    raise UndrawableError(
        row.id, "date", f"has no room for so many events of {row.jurisdiction} at one time; join them"
    )


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


def _told(row: Approval) -> list[str]:
    """What the event covers, in lines."""
    product = "" if row.product == "Radiesse" else f"{row.product}: "
    return wrapped(product + (row.short or row.scope), WIDTH - _WORDS)


def _height(row: Approval) -> float:
    return (1 + len(_told(row))) * _LEADING + _GAP


def _places(rows: list[Approval], years: Scale) -> list[float]:
    """Where the words of each row begin: near its date, none over another, all above the bottom."""
    places: list[float] = []
    for row in rows:
        free = places[-1] + _height(rows[len(places) - 1]) if places else years.start - 8
        places.append(max(years.at(_middle(row)) - 14, free))
    limit = years.end
    for index in reversed(range(len(rows))):
        limit -= _height(rows[index])
        places[index] = min(places[index], limit)
        limit = places[index]
    return places


def _key(drawing: Drawing) -> None:
    """What shapes and lines mean."""
    for index, (name, _, shape) in enumerate(_SHAPES):
        drawing.add(group("key", shape(9, 13 + 23 * index, 10, "f-brand")), words(28, 18 + 23 * index, name, "f-small"))
    drawing.add(
        group("key", dot(233, 13, _SIZE, "f-paper f-edge")),
        group("key", upright(233, 26, 46, "f-brand-line")),
        rect(224, 50, 19, 18, "f-blue-light"),
        words(252, 18, "not fully confirmed", "f-small"),
        words(252, 41, "month or year known, not the day", "f-small"),
        words(252, 64, "names a diluted use", "f-small"),
    )


def _scale(drawing: Drawing, years: Scale, lanes: dict[str, float]) -> None:
    """The years, the lanes and their names, stepped so that each stands at the head of its lane."""
    for index, (name, x) in enumerate(lanes.items()):
        y = _NAMES_TOP + _NAME * index
        drawing.add(
            words(x - 4, y, name, "f-small f-ink f-bold"),
            group("lane", upright(x, y + 6, years.end, "f-hair")),
        )
    first, last = int(years.low), int(years.high)
    # Every second year, or as few as have room below each other.
    for year in range(first, last + 1, max(2, step(last - first, int((years.end - years.start) / 20)))):
        at = years.at(year)
        drawing.add(group("scale", level(40, _FAN - 2, at, "f-hair")), words(0, at + 5, str(year), "f-small"))


def _lines(drawing: Drawing, events: list[Event], years: Scale) -> None:
    """What lies behind the marks: how exactly a date is known, the leader to the words, and a diluted use."""
    for event in events:
        row = event.row
        if row.date:
            classes = f"f-brand-line{' f-dash' if row.date_precision == 'uncertain' else ''}"
            start, end = map(years.at, _span(row))
            drawing.add(group(f"{row.id}-span", upright(event.x, start, end, classes)))
        if row.diluted_use:
            left = _WORDS - 6
            drawing.add(group("diluted", rect(left, event.top - 2, WIDTH - left, _height(row) - 5, "f-blue-light")))
        leader = [(event.x + 7, event.y), (_FAN, event.y), (_WORDS - 8, event.top + 9)]
        drawing.add(group("leader", polyline(leader, "f-hair")))


def _event(drawing: Drawing, event: Event) -> None:
    """A row's mark in its lane, and its words."""
    row, y = event.row, event.top + 14
    shape = next(shape for _, kinds, shape in _SHAPES if row.event in kinds)
    head = f"{row.jurisdiction}, {typeset.date(row.date, row.date_precision)}"
    drawing.add(
        group(row.id, shape(event.x, event.y, _SIZE, "f-brand" if row.confidence == "high" else "f-paper f-edge")),
        words(_WORDS, y, head, "f-small f-ink f-bold"),
        *paragraph(_WORDS, y + _LEADING, _told(row)),
    )
