"""Rates of adverse events as bars from 0 to 100 percent: undiluted, diluted, and mixed or not stated apart."""

import re
from itertools import groupby

from matplotlib.axes import Axes

from ...content.load import Data
from ...content.published import published
from ...content.rows.safety import AdverseEvent
from .. import typeset
from ..label_marks import diluted_use
from .plot import Chart, mark, wrapped
from .svg import WIDTH, Drawing

_ACROSS = (180.0, 346.0)


_PERCENT = 424.0  # where percentages end


_THICK, _LEADING, _ROW, _GAP = 12.0, 16.0, 19.0, 10.0


_SECTIONS = (
    (False, "Undiluted product", "f-brand"),
    (True, "Diluted product", "f-blue"),
    (None, "Mixed, or dilution not stated", "f-gray"),
)


Group = list[AdverseEvent]


def draw(data: Data) -> Drawing:
    """A bar for each published rate with a denominator, under the people or treatments that were counted."""
    rows = [row for row in published(data.safety.adverse_events) if row.denominator and row.percent is not None]
    avoid = _avoided(data)
    chart = Chart(sum(_section_height(_groups(rows, kind), _note(data, kind), avoid) for kind, _, _ in _SECTIONS) + 8)
    axes = chart.scale((0, 100), _ACROSS)
    y = 0.0
    for kind, title, classes in _SECTIONS:
        chart.words(0, y + 20, title, "f-title")
        for index, line in enumerate(_note(data, kind)):
            chart.words(0, y + 41 + index * _LEADING, line, f"f-small{' f-amber-text' if kind else ''}")
        y += 30 + len(_note(data, kind)) * _LEADING
        for group in _groups(rows, kind):
            y = _group(chart, axes, group, y, classes, avoid)
        y += 10
    return chart.drawing()


def _note(data: Data, kind: bool | None) -> list[str]:
    """What is said of a section as a whole."""
    if kind:
        return wrapped(diluted_use(data), WIDTH)
    return wrapped("Labeled and off-label uses together.", WIDTH) if kind is None else []


def _groups(rows: list[AdverseEvent], kind: bool | None) -> list[Group]:
    """The rows of a section, those of one source together."""
    chosen = [row for row in rows if row.diluted is kind]
    return [list(group) for _, group in groupby(chosen, key=lambda row: row.refs)]


def _section_height(groups: list[Group], note: list[str], avoid: re.Pattern[str]) -> float:
    return 40 + len(note) * _LEADING + sum(_height(group, avoid) for group in groups)


def _height(group: Group, avoid: re.Pattern[str]) -> float:
    return len(_head(group, avoid)) * _LEADING + sum(map(_row_height, group)) + _GAP


def _head(group: Group, avoid: re.Pattern[str]) -> list[str]:
    """In whom the events of a group were counted, with a warning where nobody should be treated."""
    people = group[0].population
    return wrapped(f"{people}: a region to avoid" if avoid.search(people.lower()) else people, WIDTH)


def _row_height(row: AdverseEvent) -> float:
    return _ROW + (len(_name(row)) - 1) * _LEADING


def _name(row: AdverseEvent) -> list[str]:
    return wrapped(row.short or row.statement, _ACROSS[0] - 8)


def _avoided(data: Data) -> re.Pattern[str]:
    """Finds the names of regions that are never to be treated."""
    names = (region.name.lower() for region in data.regions.regions if region.caution == "avoid")
    stems = (re.split(r" \(| and ", name)[0].rstrip("s") for name in names)
    return re.compile(rf"\b(?:{'|'.join(stems)})s?\b")


def _group(chart: Chart, axes: Axes, group: Group, y: float, classes: str, avoid: re.Pattern[str]) -> float:
    """The rows of one source; returns where the next group begins."""
    warned = avoid.search(group[0].population.lower()) is not None
    head = _head(group, avoid)
    for index, line in enumerate(head):
        chart.words(0, y + 16 + index * _LEADING, line, f"f-small{' f-warn-text' if warned else ''}")
    y += len(head) * _LEADING
    for row in group:
        for index, line in enumerate(_name(row)):
            chart.words(0, y + 19 + index * _LEADING, line, "f-small f-ink")
        _bar(chart, axes, row, y + 14, "f-warn" if warned else classes)
        y += _row_height(row)
    return y + _GAP


def _bar(chart: Chart, axes: Axes, row: AdverseEvent, y: float, classes: str) -> None:
    axes.barh(y, 100, _THICK, gid=mark("track", "f-gray-light"))
    axes.barh(y, float(row.percent or 0), _THICK, gid=mark(row.id, classes))
    chart.words(_PERCENT, y + 5, f"{typeset.number(row.percent or 0, 5)} %", "f-small f-ink f-bold f-end")
    count = "" if row.numerator is None else f"{typeset.number(row.numerator)} "
    chart.words(WIDTH, y + 5, f"{count}of {typeset.number(row.denominator or 0)}", "f-small f-end")
