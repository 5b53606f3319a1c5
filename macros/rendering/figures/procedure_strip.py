"""The procedure at a glance: every step in order, its warning below its name, and where the stop signs begin."""

from lxml.etree import _Element

from ...content.label_status import region_statuses
from ...content.published import Published
from ...content.rows.technique import Step
from ..label_marks import everywhere
from . import pictograms
from .status_shapes import mark
from .svg import Drawing, balanced, circle, group, line, lines, path, rect, words
from .syringe import placed

_PHASES = {
    "before": (("Before",), pictograms.check),
    "mixing": (("Mixing",), pictograms.mix),
    "marking": (("Marking",), pictograms.marks),
    "injecting": (("Injecting",), pictograms.inject),
    "after": (("Before the", "patient", "leaves"), pictograms.press),
}


_RAIL, _TEXT, _WARNING = 112, 136, 154
_TITLE_CHARACTERS, _WARNING_CHARACTERS = 42, 43
_LEADING = 18  # of warnings
_LEAST = 90  # px that a phase takes for its own drawing and name


def draw(data: Published) -> Drawing:
    """The published steps of technique.yml, top to bottom; the height follows the words."""
    drawing = Drawing(520, 0)
    steps = data.technique.steps
    y, number = 1.0, 1
    for phase in _PHASES:
        if phase == "injecting":
            banner, height = _stop_signs(data, y)
            drawing.add(banner)
            y += height + 10
        mine = [step for step in steps if step.phase == phase]
        block, height = _phase(data, phase, mine, number, y)
        drawing.add(block)
        y += height + 8
        number += len(mine)
    drawing.height = y - 12
    return drawing


def _phase(data: Published, phase: str, steps: list[Step], number: int, y: float) -> tuple[_Element, float]:
    """One phase from y down: its drawing and name at the left, its steps along the rail; and its height."""
    names, art = _PHASES[phase]
    rows: list[_Element] = []
    at = y + 20
    nodes = []
    for index, step in enumerate(steps):
        nodes.append(at)
        row, height = _step(step, number + index, at, off_label(data, step))
        rows.append(row)
        at += height
    bottom = max(at - 10, y + _LEAST + 18 * (len(names) - 1))
    rail = line(_RAIL, nodes[0], _RAIL, nodes[-1], "f-brand-line") if nodes else group("empty")
    part = group(
        phase,
        line(0, y, 520, y, "f-hair"),
        placed(art(), 4, y + 14),
        lines(4, y + 78, names, "f-text f-bold f-brand-text"),
        rail,
        *rows,
    )
    return part, bottom - y


def _step(step: Step, number: int, y: float, off: str) -> tuple[_Element, float]:
    """One step with its number at y: name, then warning; and the height that both take."""
    titles = balanced(step.title, _TITLE_CHARACTERS)
    warnings = balanced(step.warning, _WARNING_CHARACTERS) if step.warning else []
    foot = y + 6 + 19 * (len(titles) - 1)
    parts = [
        circle(_RAIL, y, 12, "f-brand"),
        words(_RAIL, y + 5, str(number), "f-small f-bold f-paper-text f-middle"),
        lines(_TEXT, y + 6, titles, "f-text f-bold", 19),
    ]
    if warnings:
        parts += [
            _triangle(_TEXT + 6, foot + 15),
            lines(_WARNING, foot + 20, warnings, "f-small f-warn-text", _LEADING),
        ]
    if off:
        # The last lines, in the place of more lines of the warning.
        below, said = foot + 20 + _LEADING * len(warnings), balanced(off, _WARNING_CHARACTERS)
        parts.append(mark("off-label", _TEXT + 6, below + 1))
        parts += [
            words(_WARNING, below + 6 + _LEADING * index, row, "f-small f-amber-text") for index, row in enumerate(said)
        ]
        foot += 20 + _LEADING * (len(said) - 1)
    return group(step.id, *parts), foot - y + (_LEADING * len(warnings) + 23 if warnings else 26)


def off_label(data: Published, step: Step) -> str:
    """The regions that a step names and that are off-label when diluted, with the mark's words."""
    names = [data.region(name) for name in step.regions]
    off = [row.name for row in names if {one.kind for one in region_statuses(data, row, True)} == {"off-label"}]
    return f"{', '.join(off)}: off-label ({everywhere(data)})" if off else ""


def _triangle(x: float, y: float) -> _Element:
    """The mark of a warning about (x, y)."""
    return group(
        "warning",
        path(f"M{x} {y - 7}L{x + 7} {y + 5.5}H{x - 7}Z", "f-warn"),
        path(f"M{x} {y - 2.5}v4M{x} {y + 4}v0.2", "f-paper-line"),
    )


def _stop_signs(data: Published, y: float) -> tuple[_Element, float]:
    """What ends the session, before the first injection; and the height of the box."""
    signs = [row.short or row.statement for row in data.safety.stop_signs]
    rows = balanced(f"{'; '.join(signs).capitalize()}.", 51)
    height = 42 + 18 * len(rows)
    part = group(
        "stop-signs",
        rect(1, y, 518, height, "f-warn-light f-warn-edge", rx=8),
        placed(pictograms.stop(), 40, y + height / 2),
        words(84, y + 25, "From here on: stop at any stop sign", "f-text f-bold f-warn-text"),
        lines(84, y + 46, rows, "f-small f-ink-text"),
    )
    return part, height
