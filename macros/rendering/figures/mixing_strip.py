"""The drawings of mixing in one wide row, for the foot of a landscape sheet."""

from ...content.published import Published
from .mixing_cells import SIZE, below, below_height, cells, heading, heading_spare
from .svg import Drawing, line
from .syringe import placed

_WIDTH, _GAP = 1256, 18
# Widths of five drawings by their words; any other number share the width, at most six in a row.
_WIDTHS = (226, 240, 222, 282, 214)
_MOST = 6
_TOP = 45  # px from the top of a row to the drawings


def draw(data: Published) -> Drawing:
    """Rows of 1256 px; the words stay legible at the width of a landscape page, not on a phone."""
    drawing = Drawing(_WIDTH, 0)
    shown = cells(data)
    for row in (shown[start : start + _MOST] for start in range(0, len(shown), _MOST)):
        share = (_WIDTH - _GAP * (len(row) - 1)) / len(row)
        widths = _WIDTHS if len(row) == len(_WIDTHS) else (min(share, 282.0),) * len(row)
        sized = list(zip(row, widths, strict=True))
        x, y = 0.0, drawing.height
        top = y + _TOP + max(heading_spare(cell, width) for cell, width in sized)
        for cell, width in sized:
            drawing.add(
                line(x, y + 1, x + width, y + 1, "f-brand-line"),
                heading(cell, x, y + 23, width),
                placed(cell.art, x, top),
                below(cell, x, top + SIZE[1] + 18, width),
            )
            x += width + _GAP
        words = max(below_height(cell, width) for cell, width in sized)
        drawing.height = max(y + 154, top + SIZE[1] + 18 + words + 5)
    return drawing
