"""How much diluent to add: the preparation tables, and the ratio bands of the source article."""

from collections.abc import Sequence

from ...content.load import Data
from ...content.published import published
from ...content.rows.preparations import Preparation, RatioChoice
from .. import typeset
from ..citations import Cite
from ..label_marks import standing_mark
from ..markup import mark
from ..typeset import NBSP, millilitres, ratio_key, text
from .table import Table, known


def preparation_table(
    data: Data,
    cite: Cite,
    presentation: str = "radiesse-1.5-ml",
    ratios: Sequence[str] | None = None,
    syringes: Sequence[int] | None = None,
) -> str:
    """Diluent to add and total volume, by ratio and number of syringes.

    Paste: {{ preparation_table("radiesse-1.5-ml") }}
    or: {{ preparation_table("radiesse-0.8-ml", ratios=["ratio-1-2"], syringes=[1, 2]) }}
    """
    known(presentation, data.preparations.presentations, "presentation")
    choices = {row.id: row for row in data.ratios()}
    chosen = [choices[known(ratio, list(choices), "ratio")] for ratio in ratios or choices]
    counts = list(syringes or data.preparations.syringes)
    volume = data.prepare(presentation, 1, chosen[0]).presentation_ml
    columns = ["Ratio<small>product : diluent</small>"]
    for count in counts:
        product = millilitres(volume * count)
        columns.append(f"{count}{NBSP}syringe{'s' if count > 1 else ''}<small>{product} product</small>")
    columns += ["Product<small>% of volume</small>", "CaHA<small>% of volume</small>", "Standing"]
    caption = (
        f"One syringe holds {millilitres(volume)}. <strong>Large: diluent to add, in mL.</strong> "
        "Below it: the mixture that results, in mL."
    )
    table = Table("preparation", caption, columns, classes="preparation", numeric=tuple(range(1, len(columns) - 1)))
    for ratio in chosen:
        examples = [data.prepare(presentation, count, ratio) for count in counts]
        cells = [_volume_cell(example) for example in examples]
        shown = typeset.ratio(ratio.product_parts, ratio.diluent_parts)
        table.add(
            # The short mark stays in sight however far a narrow screen has scrolled.
            f'<span class="ratio">{shown}</span> {_short_mark(ratio)}',
            *cells,
            typeset.number(examples[0].product_percent, 1),
            typeset.number(examples[0].caha_percent_v_v, 1),
            standing_mark(ratio) + cite(ratio.refs),
            row_id=ratio.id,
        )
    return table.html()


def preparation_card_table(data: Data, cite: Cite) -> str:
    """Both syringe sizes side by side, for the card on the wall: diluent to add, total, share of CaHA, standing.

    Paste: {{ preparation_card_table() }}
    """
    chosen = data.preparations
    sizes = sorted(chosen.presentations, key=lambda name: data.prepare(name, 1, data.ratios()[0]).presentation_ml)
    wanted = [(size, count) for size in sizes for count in chosen.syringes]
    columns = ["Ratio<small>product : diluent</small>"]
    for size, count in wanted:
        example = data.prepare(size, count, data.ratios()[0])
        one = f"{count}{NBSP}×{NBSP}{millilitres(example.presentation_ml)}"
        columns.append(f"{one}<small>{millilitres(example.product_ml)}</small>")
    columns += ["CaHA<small>vol. %</small>", "Standing"]
    caption = (
        "<strong>Large: diluent to add, in mL.</strong> Below it: the mixture that results, in mL. "
        "Columns: number of syringes × what one syringe holds; below it, the product in all."
    )
    table = Table(
        "preparation", caption, columns, classes="preparation card", numeric=tuple(range(1, len(columns) - 1))
    )
    for ratio in data.ratios():
        examples = [data.prepare(size, count, ratio) for size, count in wanted]
        table.add(
            f'<span class="ratio">{typeset.ratio(ratio.product_parts, ratio.diluent_parts)}</span>',
            *map(_volume_cell, examples),
            typeset.number(examples[0].caha_percent_v_v, 1),
            _card_standing(ratio) + cite(ratio.refs),
            row_id=ratio.id,
        )
    return table.html()


def _volume_cell(example: Preparation) -> str:
    """Diluent and total; the attributes say to the finder (forms.preparation_finder) which cell this is."""
    return (
        f'<span class="add" data-ml="{typeset.number(example.presentation_ml)}" data-syringes="{example.syringes}"'
        f' data-ratio="{ratio_key(example)}">+{NBSP}{typeset.number(example.diluent_ml, 2)}</span>'
        f' <span class="total">={NBSP}{millilitres(example.total_ml)}</span>'
    )


def _card_standing(ratio: RatioChoice) -> str:
    """Marks and place apart, so that a narrow column stays readable."""
    off = mark("off-label", "Off-label (US, EU)")
    marks = {
        "label": f"{mark('on-label', 'On label: décolleté')} {mark('off-label', 'Elsewhere off-label')}",
        "studied": f"{mark('studied', 'Studied')} {off}",
        "article-only": f"{mark('no-study', 'No study found')} {off}",
    }[ratio.standing]
    return marks + ("" if ratio.standing == "article-only" else f"<small>{text(ratio.where)}</small>")


def _short_mark(ratio: RatioChoice) -> str:
    """The standing of a ratio in a few words."""
    return {
        "label": mark("on-label", "Décolleté only (US, EU)"),
        "studied": mark("off-label", "Off-label (US, EU)"),
        "article-only": mark("no-study", "No study; off-label (US, EU)"),
    }[ratio.standing]


def ratio_bands_table(data: Data, cite: Cite) -> str:
    """The ratio bands of the source article, with the published terms and what is right.

    Paste: {{ ratio_bands_table() }}
    """
    columns = ["Band in the article", "The article calls it", "Published term", "What the evidence says"]
    table = Table("ratio-bands", "The source article’s ratio bands, corrected (product : diluent)", columns)
    for band in published(data.technique.bands):
        table.add(
            typeset.ratio(band.product_parts, band.diluent_parts_min, band.diluent_parts_max),
            text(f"“{band.article_name}”"),
            text(band.published_name),
            text(band.correction) + cite(band.refs),
            row_id=band.id,
        )
    return table.html()
