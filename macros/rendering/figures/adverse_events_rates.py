"""Rates of adverse events as bars from 0 to 100 percent: undiluted or not stated, diluted, and mixed apart."""

import re
from itertools import groupby

from ...content.published import Published
from ...content.rows.safety import AdverseEvent
from .. import typeset
from ..label_marks import diluted_use
from .plot import Scale, bar, paragraph, words, wrapped
from .svg import WIDTH, Drawing, group

_PERCENT = Scale(0, 100, 180, 346)
_RATE = 418.0  # where percentages end
_COUNT_CHARACTERS = 11  # of a count that stands beside its percentage
_THICK, _LEADING, _ROW, _GAP = 12.0, 18.0, 21.0, 10.0
# Silence on dilution stands with undiluted product, under a title that says so.
_SECTIONS: tuple[tuple[bool | None, str, str], ...] = (
    (False, "Undiluted, or dilution not stated", "f-brand"),
    (True, "Diluted product", "f-blue"),
    (None, "Several dilutions or products together", "f-gray"),
)
_HELD = {False: (False, None), True: (True,), None: ("mixed",)}


Group = list[AdverseEvent]


def draw(data: Published) -> Drawing:
    """A bar for each published rate with a denominator, under the people or treatments that were counted."""
    rows = [row for row in data.safety.adverse_events if row.denominator and row.percent is not None]
    avoid = _avoided(data)
    drawing, y = Drawing(WIDTH, 0), 0.0
    for kind, title, classes in _SECTIONS:
        note = _note(data, kind)
        drawing.add(words(0, y + 20, title, "f-title"))
        drawing.add(*paragraph(0, y + 41, note, f"f-small{' f-amber-text' if kind else ''}", _LEADING))
        y += 30 + len(note) * _LEADING
        for found in _groups(rows, kind):
            y = _group(drawing, found, y, classes, avoid)
        y += 10
    drawing.height = y + 8
    return drawing


def _note(data: Published, kind: bool | None) -> list[str]:
    """What is said of a section as a whole."""
    if kind:
        return wrapped(f"Diluted use is {diluted_use(data)}.", WIDTH)
    return wrapped("Labeled and off-label uses together.", WIDTH) if kind is None else []


def _groups(rows: list[AdverseEvent], kind: bool | None) -> list[Group]:
    """The rows of a section, those of one source together."""
    chosen = [row for row in rows if row.diluted in _HELD[kind]]
    return [list(found) for _, found in groupby(chosen, key=lambda row: row.refs)]


def _avoided(data: Published) -> re.Pattern[str]:
    """Finds the names of regions that are never to be treated."""
    names = (region.name.lower() for region in data.regions.regions if region.caution == "avoid")
    stems = [re.escape(re.split(r" \(| and ", name)[0].rstrip("s")) for name in names]
    return re.compile(rf"\b(?:{'|'.join(stems)})s?\b" if stems else r"(?!)")


def _group(drawing: Drawing, rows: Group, y: float, classes: str, avoid: re.Pattern[str]) -> float:
    """The rows of one source; returns where the next group begins."""
    people = rows[0].population
    warned = avoid.search(people.lower()) is not None
    head = wrapped(f"{people}: a region to avoid" if warned else people, WIDTH)
    drawing.add(*paragraph(0, y + 16, head, f"f-small{' f-warn-text' if warned else ''}", _LEADING))
    y += len(head) * _LEADING
    for row in rows:
        y = _row(drawing, row, y, "f-warn" if warned else classes)
    return y + _GAP


def _row(drawing: Drawing, row: AdverseEvent, y: float, classes: str) -> float:
    """The event in words, its bar, its percentage and its count; returns where the next row begins."""
    name = wrapped(row.short or row.statement, _PERCENT.start - 8)
    count = f"of {typeset.number(row.denominator or 0)}"
    if row.numerator is not None:
        count = f"{typeset.number(row.numerator)} {count}"
    # A long count stands on a line of its own.
    below = len(count) > _COUNT_CHARACTERS
    drawing.add(
        *paragraph(0, y + 19, name, "f-small f-ink", _LEADING),
        group("track", bar(_PERCENT, 0, 100, y + 14, _THICK, "f-gray-light")),
        group(row.id, bar(_PERCENT, 0, row.percent or 0, y + 14, _THICK, classes)),
        words(_RATE, y + 19, f"{typeset.number(row.percent or 0, 5)} %", "f-small f-ink f-bold f-end"),
        words(WIDTH, y + 19 + (_LEADING if below else 0), count, "f-small f-end"),
    )
    return y + _ROW + max(len(name) - 1, int(below)) * _LEADING
