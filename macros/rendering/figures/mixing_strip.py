"""The five drawings of mixing in one wide row, for the foot of a landscape sheet."""

from ...content.load import Data
from .mixing_cells import SIZE, below, cells, heading
from .svg import Drawing, line
from .syringe import placed

_WIDTHS = (226, 240, 222, 282, 214)


_GAP = 18


_TOP = 45  # px from the top of the strip to the drawings


def draw(data: Data) -> Drawing:
    """One row of 1256 px; the words stay legible at the width of a landscape page, not on a phone."""
    drawing = Drawing(1256, 154)
    x = 0
    for cell, width in zip(cells(data), _WIDTHS, strict=True):
        drawing.add(
            line(x, 1, x + width, 1, "f-brand-line"),
            heading(cell, x, 23, width),
            placed(cell.art, x, _TOP),
            below(cell, x, _TOP + SIZE[1] + 18, width),
        )
        x += width + _GAP
    return drawing
