"""Mixing on a page: the drawings in pairs, and a panel that shows why to mix before every draw."""

from lxml.etree import _Element

from ...content.published import Published
from .mixing_cells import SIZE, Cell, arrow, below, below_height, cells, heading, heading_spare
from .svg import Drawing, group, line, lines, words
from .syringe import TIP, Filling, Kind, placed, syringe

_COLUMN, _GAP, _ROW = 248, 24, 196
_SCALE = 1.3
_TOP = 44  # px from the top of a row to its drawing
_WORDS = _TOP + SIZE[1] * _SCALE + 22  # px from the top of a row to the words below its drawings
_PANEL = 342
_BARREL, _BORE, _DOTS = 104, 52, 64


def draw(data: Published) -> Drawing:
    """Rows of two drawings, and the panel of sedimentation where mixing again is named, on 520 px."""
    drawing = Drawing(520, 0)
    for row in _rows(cells(data)):
        y = drawing.height
        if row[0].shows_rest:
            drawing.add(_panel(row[0], y))
            drawing.height += _PANEL
            continue
        spare = max(heading_spare(cell, _COLUMN) for cell in row)
        for index, cell in enumerate(row):
            x = index * (_COLUMN + _GAP)
            drawing.add(
                line(x, y + 1, x + _COLUMN, y + 1, "f-brand-line"),
                heading(cell, x, y + 23, _COLUMN),
                placed(cell.art, x, y + _TOP + spare, scale=_SCALE),
                below(cell, x, y + _WORDS + spare, _COLUMN),
            )
        drawing.height += max(_ROW, _WORDS + spare + max(below_height(cell, _COLUMN) for cell in row) + 24)
    return drawing


def _rows(cells: list[Cell]) -> list[list[Cell]]:
    """The cells in pairs; the panel has a row of its own."""
    rows: list[list[Cell]] = []
    for cell in cells:
        if rows and len(rows[-1]) == 1 and not (cell.shows_rest or rows[-1][0].shows_rest):
            rows[-1].append(cell)
        else:
            rows.append([cell])
    return rows


def _panel(cell: Cell, y: float) -> _Element:
    """One syringe three times on its tip: mixed, at rest with its spheres down, mixed again."""
    foot = y + 84 + _BARREL
    states: tuple[tuple[float, Kind, str, str], ...] = (
        (74, "mixture", "just mixed", "even"),
        (260, "at-tip", "at rest", "not even"),
        (446, "mixture", "mixed again", "even"),
    )
    parts = [line(0, y + 1, 520, y + 1, "f-brand-line"), heading(cell, 0, y + 23, 520)]
    for x, kind, state, result in states:
        drawn = syringe(f"syringe-{kind}", _BORE, _BARREL + 6, [Filling(kind, _BARREL, _DOTS)], 10)
        parts += [
            placed(drawn, x, foot, turn=90),
            words(x, foot + TIP + 26, state, "f-text f-middle"),
            words(x, foot + TIP + 45, result, "f-text f-bold f-middle"),
        ]
    return group("panel", *parts, *_between(foot), *_why(foot))


def _between(foot: float) -> list[_Element]:
    """The arrows from one state to the next, and what the middle syringe shows."""
    middle = foot - _BARREL / 2
    return [
        words(163, middle - 12, "rest", "f-text f-middle"),
        *arrow(128, middle, 196, "f-brand-line", "f-brand"),
        words(366, middle - 12, "mix", "f-text f-middle"),
        *arrow(334, middle, 396, "f-brand-line", "f-brand"),
        line(288, foot - _BARREL + 16, 308, foot - _BARREL + 16),
        words(313, foot - _BARREL + 21, "thin", "f-text f-bold"),
        line(288, foot - 14, 308, foot - 14),
        words(313, foot - 9, "dense", "f-text f-bold"),
    ]


def _why(foot: float) -> list[_Element]:
    """What a draw from a syringe at rest gives, and what is not known."""
    rows = (
        "A draw at rest gives thin liquid to some threads and",
        "a paste of spheres to others. How fast a mixture settles",
        "has not been measured: do not plan on a time.",
    )
    return [lines(0, foot + TIP + 82, rows, "f-text", 20)]
