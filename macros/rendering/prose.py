"""Single values in running text: rows in, words out."""

from markupsafe import Markup

from ..content.label_status import labeled_dilutions, region_statuses
from ..content.named_values import (
    DILUTED_USE,
    OFF_LABEL,
    PLACEHOLDER,
    is_status,
    number,
    ratio_choice,
    ratio_parts,
    split_ratio,
    split_status,
)
from ..content.published import Published
from ..content.rows.base import Fact
from ..content.rows.indications import Diluent
from ..content.rows.product import Presentation
from ..content.rows.technique import Protocol
from . import typeset
from .label_marks import diluted_use as diluted_use_words
from .label_marks import everywhere, region_marks, status_parts
from .markup import inline, joined, mark
from .page_context import PageContext
from .typeset import text


def value(context: PageContext, name: str, to: str | None = None) -> Markup:
    """One number of a data row with its unit; with `to`, a range of two.

    Paste: {{ value("age-016.percent") }} or {{ value("prd-028.min_um", "prd-028.max_um") }}
    The name is the row's id, a dot, and the field or the entry under `values`.
    """
    names = [name] if to is None else [name, to]
    for each in names:
        _note(context, each.rpartition(".")[0])
    amounts = [number(context.data, each) for each in names]
    (least, unit), (most, _) = amounts[0], amounts[-1]
    return inline(text(typeset.quantity_range(least, most, unit)))


def per_syringe(context: PageContext, name: str, presentation: str) -> Markup:
    """How much of a part one syringe holds: its amount per mL, which `name` names, times the volume of the syringe.

    Paste: {{ per_syringe("lidocaine-plus.mg_per_ml", "radiesse-plus-0.8-ml") }}
    Raises ValueError when the number is none per mL.
    """
    amount, unit = number(context.data, name)
    part, _, per = unit.rpartition("_per_")
    if per != "ml":
        raise ValueError(f"expected the name of an amount per mL, such as 'lidocaine-plus.mg_per_ml', got '{name}'")
    syringe = context.data.one(presentation, Presentation, "presentation")
    _note(context, name.rpartition(".")[0], presentation)
    return inline(text(typeset.quantity(amount * syringe.volume_ml, part)))


def plain_value(data: Published, name: str) -> str:
    """One number of a data row with its unit, as plain words."""
    return typeset.quantity(*number(data, name))


def fact(context: PageContext, row_id: str) -> Markup:
    """The statement of a fact with its sources, where pages must say it in the same words.

    Paste: {{ fact("prd-017") }}
    """
    row = context.prints(context.data.one(row_id, Fact, "fact"))
    return inline(joined([row.statement, context.cite(row.refs)]))


def ratio(context: PageContext, row_id: str, presentation: str | None = None) -> Markup:
    """The ratio of a data row, product : diluent; with `presentation`, its volumes too.

    Paste: {{ ratio("neck-trindade2023") }} or {{ ratio("ratio-1-2", "radiesse-1.5-ml") }}
    The row is a ratio, a protocol, a band, an approval or an outcome.
    """
    _note(context, row_id, presentation)
    return inline(text(plain_ratio(context.data, row_id, presentation)))


def plain_ratio(data: Published, row_id: str, presentation: str | None = None) -> str:
    """The ratio of a data row, with `presentation` its volumes too, as plain words."""
    parts, low, high = ratio_parts(data, row_id)
    shown = typeset.ratio(parts, low, high)
    if presentation is None:
        return shown
    example = data.prepare(presentation, 1, ratio_choice(data, row_id, presentation))
    volumes = (
        f"{typeset.millilitres(example.product_ml)} product + {typeset.millilitres(example.diluent_ml)} diluent"
        f" = {typeset.millilitres(example.total_ml)}"
    )
    return f"{shown} ({volumes})"


def counted_ratio(context: PageContext, row_id: str) -> Markup:
    """What a protocol row mixed, each liquid with its volume, and the ratio that they make: every liquid counts.

    Paste: {{ counted_ratio("full-face-hernandeznd-saline") }}
    """
    row = context.prints(context.data.one(row_id, Protocol, "protocol"))
    product, parts = row.counted_product_ml, row.counted_parts
    if product is None or parts is None:
        raise ValueError(f"counted_ratio: '{row_id}' does not state the volume of the product and of each diluent")
    liquids = [f"{typeset.millilitres(product)} product"]
    for name, amount in row.diluent_ml.items():
        liquids.append(f"{typeset.millilitres(amount)} {context.data.one(name, Diluent, 'diluent').name}")
    return inline(text(f"{' + '.join(liquids)} is 1:{typeset.number(parts, 2)}"))


def fill(data: Published, words: str) -> str:
    """Words of a data file with each placeholder replaced from the data, as plain words.

    {row.value} gives a number with its unit, {ratio:row} a ratio, {ratio:row@presentation} a ratio with its
    volumes; {status:region} gives the label status of a region for diluted product, {status:region@undiluted} for
    undiluted, {off-label} that of what no label covers, and {diluted-use} that of diluted use.
    Raises ValueError when a placeholder names nothing that can be printed.
    """
    return PLACEHOLDER.sub(lambda found: _filled(data, found[1]), words)


def _filled(data: Published, name: str) -> str:
    if is_status(name):
        return _status(data, name)
    return plain_ratio(data, *split_ratio(name)) if ":" in name else plain_value(data, name)


def _status(data: Published, name: str) -> str:
    """A label status in the middle of a sentence."""
    if name == DILUTED_USE:
        return diluted_use_words(data)
    if name == OFF_LABEL:
        return f"off-label ({everywhere(data)})"
    region, diluted = split_status(name)
    parts = status_parts(region_statuses(data, data.region(region), diluted), data)
    return "; ".join(words[0].lower() + words[1:] for _, words in parts)


def fill_in(context: PageContext, words: str) -> str:
    """The same on a page, which notes the rows that the placeholders name."""
    data = context.data
    for name in PLACEHOLDER.findall(words):
        if is_status(name):
            data = context.labels
            _note(context, split_status(name)[0])
        else:
            _note(context, *(split_ratio(name) if ":" in name else [name.rpartition(".")[0]]))
    return fill(data, words)


def label_mark(context: PageContext, region: str, diluted: bool = True) -> Markup:
    """The label mark of a region, for diluted product unless `diluted=False`.

    Paste: {{ label_mark("neck") }} or {{ label_mark("hands", diluted=False) }}
    """
    row = context.prints(context.data.region(region))
    return inline(region_marks(row, diluted, context.labels))


def off_label(context: PageContext, words: str = "") -> Markup:
    """The mark for a use that no label covers, with all jurisdictions, and words of your own behind it.

    Paste: {{ off_label() }} or {{ off_label("not an approved use") }}
    """
    for place in context.data.indications.jurisdictions:
        context.prints(place)
    return inline(mark("off-label", f"Off-label ({everywhere(context.data)}){f': {words}' if words else ''}"))


def diluted_use(context: PageContext) -> Markup:
    """The mark for diluted use: off-label, except what the indications cover.

    Paste: Diluted use is {{ diluted_use() }}.
    """
    for row in labeled_dilutions(context.labels):
        context.prints(row)
    words = diluted_use_words(context.labels)
    return inline(mark("off-label", words[0].upper() + words[1:]))


def _note(context: PageContext, *row_ids: str | None) -> None:
    """Note rows that are named on a page; one that is not there is refused by whoever looks it up."""
    for row_id in row_ids:
        if row_id in context.data.rows:
            context.prints(context.data.rows[row_id])
