"""What a ratio says: the product, the diluent and the mixture of one example, in syringes drawn to volume."""

from dataclasses import dataclass
from decimal import Decimal

from lxml.etree import _Element

from ...content.published import Published
from .. import typeset
from .mixing_cells import example
from .svg import Drawing, group, words
from .syringe import TIP, Filling, Kind, placed, syringe, width

_BORE = 30
_AXIS = 52
_GAP = 30  # px between two syringes, for the sign of the sum
_ROD = 12
_DOTS_PER_ML, _DOTS = 12, 200
_BIG, _TEXT, _BOLD = 13.5, 8.4, 9.0  # px that a character takes


@dataclass(frozen=True)
class Column:
    """A syringe of `volume` mL with its part of the ratio above."""

    kind: Kind
    volume: Decimal
    part: str

    @property
    def least(self) -> float:
        """What its words take, in px."""
        above = _BIG * len(self.part) + 8 + _TEXT * len(self.kind)
        return max(above, _BOLD * len(typeset.millilitres(self.volume)))

    def width(self, per_ml: float) -> float:
        """What syringe and words take, in px."""
        return max(width(float(self.volume) * per_ml, _ROD), self.least)


def draw(data: Published) -> Drawing:
    """The labeled ratio with the larger syringe: volumes in mL, one scale for all three syringes."""
    choice, made = example(data)
    drawing = Drawing(520, 102)
    columns = (
        Column("product", made.product_ml, typeset.number(choice.product_parts)),
        Column("diluent", made.diluent_ml, typeset.number(choice.diluent_parts)),
        Column("mixture", made.total_ml, typeset.ratio(choice.product_parts, choice.diluent_parts)),
    )
    per_ml = _per_ml(columns, drawing.width - 4 - 2 * _GAP)
    ends, x = [], 2.0
    for column in columns:
        drawing.add(_drawn(column, x, per_ml))
        ends.append(x + column.width(per_ml) + _GAP / 2)
        x = ends[-1] + _GAP / 2
    # The colon stands between the two numbers of the ratio; below, the sum of the volumes.
    drawing.add(words(ends[0], 21, ":", "f-big f-middle"))
    drawing.add(*(words(end, 95, sign, "f-big f-middle") for end, sign in zip(ends, "+=", strict=False)))
    return drawing


def _per_ml(columns: tuple[Column, ...], room: float) -> float:
    """The length of 1 mL by which the columns fill the room; those whose words need more leave it to the others."""
    wide = list(columns)
    while True:
        free = room - sum(column.least for column in columns if column not in wide)
        per_ml = (free - len(wide) * width(0, _ROD)) / float(sum(column.volume for column in wide))
        still = [column for column in wide if column.width(per_ml) > column.least]
        if len(still) == len(wide):
            return per_ml
        wide = still


def _drawn(column: Column, x: float, per_ml: float) -> _Element:
    """One full syringe that begins at x, with its part above and its volume below."""
    length = float(column.volume) * per_ml
    whole = width(length, _ROD)
    # The middle of the barrel, where the eye looks for the words.
    middle = x + whole - TIP - length / 2
    dots = min(_DOTS, round(float(column.volume) * _DOTS_PER_ML)) if column.kind == "mixture" else 0
    drawn = syringe("syringe", _BORE, length + 8, [Filling(column.kind, length, dots)], _ROD - 8)
    head = max(middle + 7 * len(column.part) - 34, x + _BIG * len(column.part))
    volume = typeset.millilitres(column.volume)
    return group(
        column.kind,
        words(head, 21, column.part, "f-big f-end"),
        words(head + 8, 21, column.kind, "f-text"),
        placed(drawn, x + whole - TIP, _AXIS),
        words(max(middle, x + _BOLD * len(volume) / 2), 94, volume, "f-text f-bold f-middle"),
    )
