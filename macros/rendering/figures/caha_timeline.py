"""What was seen after CaHA, week by week: a bar for each source on one scale, and a dot for each person."""

from lxml.etree import _Element

from ...content.published import Published
from ...content.rows.product import TimelineBand
from .. import typeset
from ..label_marks import diluted_use
from .plot import Scale, bar, diamond, paragraph, words, wrapped
from .svg import WIDTH, Drawing, circle, group, path, shown

_ACROSS = (0.0, 405.0)
_TICKS, _WEEKS = (0, 13, 26, 39, 52, 78, 104, 130), (-2, 133)
_TOP, _LEADING = 106.0, 19.0
_THICK = 10.0  # of a bar
_DOTS, _DOT = 26, 4.4  # how many dots stand beside a track, and px from one to the next


def draw(data: Published) -> Drawing:
    """The rows of the timeline from early to late: the finding in words, its weeks as a bar, people as dots."""
    rows = sorted(data.product.timeline, key=lambda row: (row.from_week, row.to_week))
    drawing = Drawing(WIDTH, 0)
    scale, ticks = _scale(max((float(row.to_week) for row in rows), default=0))
    drawing.add(*_key(any((row.n or 0) > _DOTS for row in rows)))
    y = _TOP
    for row in rows:
        finding = wrapped(row.short or row.what, WIDTH - 92)
        drawing.add(*paragraph(0, y + 14, finding, f"f-small {'f-amber-text' if _conflicts(row) else 'f-ink'}"))
        y += len(finding) * _LEADING + 30
        drawing.add(*_track(row, y - 22, scale, ticks), *_people(row, y - 22))
    for place in (_TOP - 10, y + 2):
        drawing.add(*(words(scale.at(week), place, str(week), "f-small f-middle") for week in ticks))
    drawing.add(words(WIDTH, _TOP - 10, "people", "f-small f-end"))
    foot = wrapped(f"Diluted use is {diluted_use(data)}.", WIDTH)
    drawing.add(*paragraph(0, y + 30, foot, "f-small f-amber-text"))
    drawing.height = y + 30 + len(foot) * _LEADING
    return drawing


def _scale(last: float) -> tuple[Scale, tuple[int, ...]]:
    """The scale of weeks and its ticks: two and a half years, or as many whole years as the rows need."""
    if last < _WEEKS[1]:
        return Scale(*_WEEKS, *_ACROSS), _TICKS
    years = 52 if last <= 6 * 52 else 104
    ticks = tuple(range(0, int(last) + years, years))
    more = ticks[-1] / _TICKS[-1]
    return Scale(_WEEKS[0] * more, ticks[-1] + 3 * more, *_ACROSS), ticks


def _key(more_people: bool) -> list[_Element]:
    """What bars and dots mean."""
    page = Scale(0, 1, 0, 1)
    dots = f"a dot for each person, up to {_DOTS}" if more_people else "a dot for each person"
    return [
        group("key", bar(page, 1, 27, 13, _THICK, "f-brand")),
        group("key", bar(page, 1, 27, 37, _THICK, "f-paper f-edge")),
        group("key", diamond(239, 13, 11, "f-amber")),
        group("key", *(circle(233 + 6 * index, 37, 2, "f-ink") for index in range(3))),
        words(36, 18, "seen in people", "f-small"),
        words(36, 42, "seen in the laboratory", "f-small"),
        words(258, 18, "conflicts with other findings", "f-small"),
        words(258, 42, dots, "f-small"),
        words(0, 74, "Weeks after injection", "f-text f-bold"),
    ]


def _track(row: TimelineBand, y: float, scale: Scale, ticks: tuple[int, ...]) -> list[_Element]:
    """The row's weeks on the scale; a single point in time gets half a week to either side."""
    start, end = float(row.from_week), float(row.to_week)
    if start == end:
        half = 0.5 * ticks[-1] / _TICKS[-1]
        start, end = start - half, end + half
    classes = "f-amber" if _conflicts(row) else "f-brand" if row.human else "f-paper f-edge"
    parts = [
        group("track", bar(scale, scale.low, scale.high, y, _THICK, "f-gray-light")),
        group(
            "scale",
            path("".join(f"M{shown(scale.at(week))} {y - _THICK / 2:g}v{_THICK:g}" for week in ticks), "f-hair"),
        ),
        group(row.id, bar(scale, start, end, y, _THICK, classes)),
    ]
    if _conflicts(row):
        parts.append(group("conflict", diamond(scale.at((start + end) / 2), y, 11, classes)))
    return parts


def _people(row: TimelineBand, y: float) -> list[_Element]:
    """How many people, as a number and, where there is room, as dots beside the track."""
    count = typeset.number(row.n) if row.n else "not stated" if row.human else "laboratory"
    parts = [words(WIDTH, y - 13, count, f"f-small f-end{' f-bold' if row.n else ''}")]
    if row.n and row.n <= _DOTS:
        dots = (circle(WIDTH - 2 - _DOT * index, y, 1.8, "f-ink") for index in range(row.n))
        parts.append(group(f"{row.id}-people", *dots))
    return parts


def _conflicts(row: TimelineBand) -> bool:
    """Whether the row itself says that it contradicts others."""
    return "contrary" in row.phase or "conflicts with" in (row.note or "").lower()
