"""What each ratio looks like: one syringe of product, more and more diluent, the shares, and its label or studies."""

from lxml.etree import _Element

from ...content.published import Published
from ...content.rows.preparations import RatioChoice
from .. import typeset
from ..label_marks import ratio_words
from .needed import UndrawableError
from .status_shapes import mark
from .svg import Drawing, balanced, group, line, lines, path, rect, words
from .syringe import HEAD, TIP, Filling, hatch, placed, syringe, width

_BORE, _ROD = 28, 5
_LEFT = 62  # px to the thumb rest of every syringe
_SHARES = 138  # px at the right for the shares
_TOP = 74  # px for the key
_RATIO_CHARACTERS = 7  # that a ratio has room for


def draw(data: Published) -> Drawing:
    """One row for each ratio of preparations.yml, made from one larger syringe; volumes in mL, one scale."""
    drawing = Drawing(520, _TOP)
    drawing.add(_key())
    presentation = data.preparations.presentations[-1]
    choices = data.ratios()
    largest = max(float(data.prepare(presentation, 1, choice).total_ml) for choice in choices)
    per_ml = (drawing.width - _LEFT - _SHARES - width(HEAD + 2, _ROD)) / largest
    y = float(_TOP)
    for choice in choices:
        row, height = _row(data, presentation, choice, y, per_ml)
        drawing.add(row)
        y += height
    drawing.height = y - 4
    return drawing


def _row(data: Published, presentation: str, choice: RatioChoice, y: float, per_ml: float) -> tuple[_Element, float]:
    """One ratio from y down: syringe, shares, volumes and label; and the height that it takes."""
    made = data.prepare(presentation, 1, choice)
    length = float(made.total_ml) * per_ml
    spheres = float(made.product_ml * made.caha_share_percent / 100) * per_ml
    gel = float(made.product_ml) * per_ml - spheres
    diluent = float(made.diluent_ml) * per_ml
    fillings = [Filling("diluent", diluent), Filling("gel", gel), Filling("spheres", spheres)]
    drawn = syringe("syringe", _BORE, length + HEAD + 2, fillings, _ROD)
    tip = _LEFT + width(length + HEAD + 2, _ROD) - TIP
    axis, left = y + 36, _LEFT + 18
    kind, said = ratio_words(choice, data, presentation)
    rows = balanced(said, int((520 - left - 20) / 8.4))
    sums = [typeset.millilitres(volume) for volume in (made.product_ml, made.diluent_ml, made.total_ml)]
    part = group(
        choice.id,
        line(0, y, 520, y, "f-hair"),
        _ratio(choice, axis),
        placed(drawn, tip, axis),
        words(520, axis - 3, f"{typeset.number(made.product_percent, 1)}{typeset.NBSP}% product", "f-text f-end"),
        words(520, axis + 17, f"{typeset.number(made.caha_percent_v_v, 1)}{typeset.NBSP}% CaHA", "f-text f-bold f-end"),
        words(left, axis + 41, f"{sums[0]} + {sums[1]} = {sums[2]}", "f-text"),
        mark(kind, left + 6, axis + 58),
        lines(left + 20, axis + 63, rows, "f-small"),
    )
    return part, 110 + 18 * (len(rows) - 1)


def _ratio(choice: RatioChoice, axis: float) -> _Element:
    """The ratio left of the syringe, smaller where its numbers are long."""
    ratio = typeset.ratio(choice.product_parts, choice.diluent_parts)
    if len(ratio) > _RATIO_CHARACTERS:
        problem = f"has no room for a ratio as long as {ratio}; round it, or write it as parts for one part of product"
        raise UndrawableError(choice.id, "diluent_parts", problem)
    return words(0, axis + 9, ratio, "f-big" if len(ratio) < 5 else "f-small f-bold")


def _key() -> _Element:
    """What each filling stands for; spheres and gel together are the product."""
    y, size = 40, 18
    return group(
        "key",
        path("M62 24V18H314V24"),
        words(188, 13, "product", "f-text f-bold f-middle"),
        rect(62, y - 14, size, size, "f-product f-edge"),
        words(86, y, "CaHA spheres", "f-text"),
        rect(208, y - 14, size, size, "f-paper f-edge"),
        hatch(208, y - 14, size, size),
        words(232, y, "carrier gel", "f-text"),
        rect(348, y - 14, size, size, "f-diluent f-edge"),
        words(372, y, "diluent", "f-text"),
        words(80, 64, "product + diluent = mixture", "f-small"),
        words(520, 64, "share of the volume", "f-small f-end"),
    )
