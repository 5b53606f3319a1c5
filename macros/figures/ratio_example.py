"""What a ratio says: one syringe of product beside its diluent, drawn to volume."""

from .. import typeset
from ..data import Data
from .svg import Drawing, group, rect, words

_UNIT = 82  # px for one part


def draw(data: Data) -> Drawing:
    """The labeled ratio with the larger syringe: product, diluent, and the mixture that results."""
    choice = next(row for row in data.preparations.ratios if row.standing == "label")
    example = data.prepare(data.preparations.presentations[-1], 1, choice)
    drawing = Drawing(520, 84)
    shown = typeset.ratio(choice.product_parts, choice.diluent_parts)
    product = _UNIT
    diluent = float(choice.diluent_parts / choice.product_parts) * _UNIT
    drawing.add(words(0, 58, shown, "f-big"))
    x = 56.0
    drawing.add(
        group(
            "product",
            rect(x, 28, product, 44, "f-product f-edge", rx=4),
            words(x + product / 2, 55, typeset.millilitres(example.product_ml), "f-text f-bold f-paper-text f-middle"),
            words(x, 18, "product, 1 part", "f-small"),
        ),
        words(x + product + 12, 57, "+", "f-big f-middle"),
    )
    x += product + 25
    parts = typeset.number(choice.diluent_parts)
    drawing.add(
        group(
            "diluent",
            rect(x, 28, diluent, 44, "f-diluent f-edge", rx=4),
            words(x + diluent / 2, 55, typeset.millilitres(example.diluent_ml), "f-text f-bold f-middle"),
            words(x, 18, f"diluent, {parts} parts", "f-small"),
        ),
        words(x + diluent + 13, 57, "=", "f-big f-middle"),
    )
    x += diluent + 28
    drawing.add(
        words(x, 57, typeset.millilitres(example.total_ml), "f-big"),
        words(x, 18, "mixture", "f-small"),
    )
    return drawing
