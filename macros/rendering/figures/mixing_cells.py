"""The drawings of mixing, each in a box of SIZE, and their words; the card and the page share them.

Volumes are drawn to one scale: the labeled ratio, made from one syringe of the larger presentation.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml.etree import _Element

from ...content.label_status import labeled_dilutions
from ...content.published import Published
from ...content.rows.base import Fact
from ...content.rows.preparations import Preparation, RatioChoice
from ...content.rows.technique import Step
from .. import typeset
from . import pictograms
from .needed import UndrawableError, amount, held, needed
from .svg import balanced, circle, group, line, lines, path, rect, words
from .syringe import TIP, Filling, connector, placed, syringe

SIZE = (176.0, 52.0)
_AXIS = 28.0
_BORE = 26.0
_LEADING = 17
# px in width that a character of 16 px takes, with some room to spare
_CHARACTER, _BOLD_CHARACTER = 8.6, 8.9
_READ, _DILUENT, _PASSES, _AGAIN = "step-mix-read", "step-mix-diluent", "step-mix-passes", "step-mix-again"


@dataclass(frozen=True)
class Cell:
    """One numbered drawing of the step `row`, its title and what stands below it."""

    row: str
    number: int
    title: str
    art: _Element
    below: str

    @property
    def shows_rest(self) -> bool:
        """Whether it is the step at which a syringe has rested."""
        return self.row == _AGAIN


def example(data: Published) -> tuple[RatioChoice, Preparation]:
    """The ratio on a label for the larger syringe, else the first one, and one such syringe prepared with it."""
    syringe = data.preparations.presentations[-1]
    labeled = [row for row in data.ratios() if labeled_dilutions(data, syringe, row)]
    choice = (labeled or data.ratios())[0]
    return choice, data.prepare(syringe, 1, choice)


def cells(data: Published) -> list[Cell]:
    """A cell for each published step of mixing; the step that joins and mixes has two."""
    for row_id in (_READ, _DILUENT, _PASSES, _AGAIN):
        held(data, "technique.steps", row_id, Step)
    shown = [(step, *what) for step in data.technique.steps if step.phase == "mixing" for what in _cells(data, step)]
    return [Cell(step.id, number, title, art, words) for number, (step, title, art, words) in enumerate(shown, 1)]


def _cells(data: Published, step: Step) -> list[tuple[str, _Element, str]]:
    """Title, drawing and words of what shows a step."""
    if step.id == _READ:
        return [(step.title, _read(data), step.warning or "")]
    if step.id == _DILUENT:
        return [(step.title, _draw(data), "Use a larger Luer-lock syringe: room for all.")]
    if step.id == _AGAIN:
        return [(step.title, _again(), "The spheres sink, also in a filled syringe.")]
    if step.id == _PASSES:
        # Two drawings show the two halves of one step.
        first, found, second = step.title.partition(" and ")
        if not found:
            return [(step.title, _pass(data), passes(data))]
        return [
            (first, _join(data), "Luer-lock connector, no air between."),
            (second[:1].upper() + second[1:], _pass(data), passes(data)),
        ]
    return [(step.title, group("step", placed(pictograms.check(), 66, 3)), step.warning or "")]


def passes(data: Published) -> str:
    """How often to pass the volume, and for what that number was tested."""
    count = typeset.number(amount(needed(data, "technique.facts", "mix-001", Fact), "passes", 1))
    return f"At least {count} passes, until even (tested with small lidocaine additions only)."


def heading(cell: Cell, x: float, y: float, width: float) -> _Element:
    """The number of a drawing in a disk about (x + 12, y), and beside it the title, broken to a width in px.

    A third line and more of it stand lower than the disk: `heading_spare` is what they need.
    """
    rows = _title(cell, width)
    return group(
        f"title-{cell.number}",
        circle(x + 12, y, 12, "f-brand"),
        words(x + 12, y + 5.6, str(cell.number), "f-text f-bold f-paper-text f-middle"),
        lines(x + 32, y + 5.6 - 9 * (min(2, len(rows)) - 1), rows, "f-text f-bold"),
    )


def heading_spare(cell: Cell, width: float) -> float:
    """What the title of a drawing takes beyond two lines, in px."""
    return 18 * max(0, len(_title(cell, width)) - 2)


def _title(cell: Cell, width: float) -> list[str]:
    return balanced(cell.title, int((width - 32) / _BOLD_CHARACTER))


def below(cell: Cell, x: float, y: float, width: float) -> _Element:
    """The words below a drawing, broken to a width in px; the first baseline is at y."""
    return group(f"words-{cell.number}", lines(x, y, _below(cell, width), "f-text", _LEADING))


def _below(cell: Cell, width: float) -> list[str]:
    return balanced(cell.below, int(width / _CHARACTER)) if cell.below else []


def below_height(cell: Cell, width: float) -> float:
    """From the first baseline of the words below a drawing to the last one, in px."""
    return max(0, len(_below(cell, width)) - 1) * _LEADING


def _read(data: Published) -> _Element:
    """A line of the table: ratio, what to add, what results."""
    choice, made = example(data)
    ratio = typeset.ratio(choice.product_parts, choice.diluent_parts)
    add, total = typeset.millilitres(made.diluent_ml), typeset.millilitres(made.total_ml)
    top = 12
    rows = [rect(0, y, SIZE[0], 11, "f-panel f-thin-edge") for y in (top - 11, top + 28)]
    marks = [
        rect(x, y + 4, width, 3, "f-soft", rx=1.5, opacity=0.4)
        for y in (top - 11, top + 28)
        for x, width in ((8, 18), (46, 40), (108, 50))
    ]
    told = (ratio, f"+{typeset.NBSP}{add}", f"={typeset.NBSP}{total}")
    # Where the numbers are long, they stand closer.
    places = (6.0, 38.0, 102.0)
    if any(places[index] + 9 * len(told[index]) > places[index + 1] for index in (0, 1)):
        places = (4.0, 8 + 9.0 * len(ratio), 12 + 9.0 * len(told[0] + told[1]))
        if places[2] + 8.4 * len(told[2]) > SIZE[0]:
            problem = f"has no room for '{' '.join(told)}'; round the ratio, or write it for one part of product"
            raise UndrawableError(choice.id, "diluent_parts", problem)
    return group(
        "read",
        *rows,
        *marks,
        rect(0, top, SIZE[0], 28, "f-brand-light f-edge"),
        words(places[0], top + 20, told[0], "f-text f-bold f-brand-text"),
        words(places[1], top + 20, told[1], "f-text f-bold"),
        words(places[2], top + 20, told[2], "f-text"),
    )


def _draw(data: Published) -> _Element:
    """Diluent on its way from the vial into a syringe that will hold the whole mixture."""
    _, made = example(data)
    per_ml, tip = 66 / float(made.total_ml), 112.0
    fill = Filling("diluent", float(made.diluent_ml) * per_ml)
    drawn = syringe("larger", _BORE, 76, [fill], 14)
    return group(
        "draw",
        placed(drawn, tip, _AXIS),
        line(tip + TIP, _AXIS, SIZE[0] - 30, _AXIS, "f-outline"),
        _vial(SIZE[0] - 38, _AXIS),
        *arrow(40, 6, 8, "f-brand-line", "f-brand"),
    )


def _vial(x: float, y: float) -> _Element:
    """A vial on its side, its stopper at x."""
    return group(
        "vial",
        rect(x + 8, y - 17, 30, 34, "f-diluent f-edge", rx=4),
        rect(x + 4, y - 7, 5, 14, "f-diluent f-edge"),
        rect(x, y - 9, 5, 18, "f-soft f-edge", rx=1.5),
        rect(x + 16, y - 17, 13, 34, "f-paper f-thin-edge"),
    )


def _pair(data: Published, mixed: bool) -> Iterator[_Element]:
    """Product syringe, connector and diluent syringe in line; mixed, both hold the mixture."""
    _, made = example(data)
    per_ml, link, spare, rod = 96 / float(made.total_ml), 20.0, 4.0, 3.0
    product, diluent = float(made.product_ml) * per_ml, float(made.diluent_ml) * per_ml
    one = Filling("mixture", product, 6) if mixed else Filling("product", product)
    other = Filling("mixture", diluent, 12) if mixed else Filling("diluent", diluent)
    left = 9 + spare + product
    middle = left + TIP + link / 2 - 5
    yield placed(syringe("product-syringe", _BORE, product + spare, [one], rod), left, _AXIS)
    right = syringe("diluent-syringe", _BORE, diluent + spare, [other], rod)
    yield placed(right, middle + link / 2 - 5 + TIP, _AXIS, mirror=True)
    yield connector(middle, _AXIS, link, _BORE)


def _join(data: Published) -> _Element:
    """Both syringes on the connector; the crossed bubble says no air."""
    x, y = 74, 6
    bubble = group("no-air", circle(x, y, 5.5, "f-paper f-edge"), line(x - 6, y + 6, x + 6, y - 6, "f-warn-line"))
    return group("join", *_pair(data, mixed=False), bubble)


def _pass(data: Published) -> _Element:
    """The mixture on its way through the connector and back."""
    there = arrow(52, 6, 116, "f-brand-line", "f-brand")
    back = arrow(116, 51, 52, "f-brand-line", "f-brand")
    return group("pass", *_pair(data, mixed=True), *there, *back)


def _again() -> _Element:
    """The same syringe at rest with its spheres down, and mixed."""
    length, rod = 44.0, 3.0
    rest = syringe("at-rest", 32, length + 4, [Filling("settled", length, 26)], rod)
    even = syringe("mixed", 32, length + 4, [Filling("mixture", length, 26)], rod)
    second = SIZE[0] - TIP
    return group(
        "again",
        placed(rest, 9 + length + 4, _AXIS),
        placed(even, second, _AXIS),
        *arrow(78, _AXIS, 92, "f-brand-line", "f-brand"),
    )


def arrow(x1: float, y: float, x2: float, line_class: str, head_class: str) -> tuple[_Element, _Element]:
    """A level arrow from x1 to x2 at height y."""
    side = 1 if x2 > x1 else -1
    head = f"M{x2} {y}l{-9 * side} -5v10z"
    return line(x1, y, x2 - 6 * side, y, line_class), path(head, head_class)
