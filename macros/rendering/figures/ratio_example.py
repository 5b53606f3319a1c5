"""What a ratio says: the product, the diluent and the mixture of one example, in syringes drawn to volume."""

from decimal import Decimal

from lxml.etree import _Element

from ...content.load import Data
from .. import typeset
from .mixing_cells import example
from .svg import Drawing, group, words
from .syringe import TIP, Filling, Kind, placed, syringe, width

_BORE = 30


_AXIS = 52


_GAP = 30  # px between two syringes, for the sign of the sum


_ROD = 12


_DOTS_PER_ML, _DOTS = 12, 200


def draw(data: Data) -> Drawing:
    """The labeled ratio with the larger syringe: volumes in mL, one scale for all three syringes."""
    choice, made = example(data)
    drawing = Drawing(520, 102)
    total = float(made.product_ml + made.diluent_ml + made.total_ml)
    per_ml = (drawing.width - 4 - 3 * width(0, _ROD) - 2 * _GAP) / total
    ratio = typeset.ratio(choice.product_parts, choice.diluent_parts)
    columns: tuple[tuple[Kind, Decimal, str], ...] = (
        ("product", made.product_ml, typeset.number(choice.product_parts)),
        ("diluent", made.diluent_ml, typeset.number(choice.diluent_parts)),
        ("mixture", made.total_ml, ratio),
    )
    ends, x = [], 2.0
    for kind, volume, number in columns:
        drawing.add(_column(kind, x, float(volume) * per_ml, volume, number))
        ends.append(x + width(float(volume) * per_ml, _ROD) + _GAP / 2)
        x = ends[-1] + _GAP / 2
    # The colon stands between the two numbers of the ratio; below, the sum of the volumes.
    drawing.add(words(ends[0], 21, ":", "f-big f-middle"))
    drawing.add(*(words(end, 95, sign, "f-big f-middle") for end, sign in zip(ends, "+=", strict=False)))
    return drawing


def _column(kind: Kind, x: float, length: float, volume: Decimal, number: str) -> _Element:
    """One full syringe that begins at x, its filling `length` px long, with its part above and its volume below."""
    whole = width(length, _ROD)
    # The middle of the barrel, where the eye looks for the words.
    middle = x + whole - TIP - length / 2
    dots = min(_DOTS, round(float(volume) * _DOTS_PER_ML)) if kind == "mixture" else 0
    drawn = syringe("syringe", _BORE, length + 8, [Filling(kind, length, dots)], _ROD - 8)
    head = 7 * len(number) - 30
    return group(
        kind,
        words(middle + head - 4, 21, number, "f-big f-end"),
        words(middle + head + 4, 21, kind, "f-text"),
        placed(drawn, x + whole - TIP, _AXIS),
        words(middle, 94, typeset.millilitres(volume), "f-text f-bold f-middle"),
    )
