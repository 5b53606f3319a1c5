"""How much diluent to add: the preparation tables, and the ratio bands of the source article."""

from collections.abc import Sequence

from markupsafe import Markup

from ...content.published import published
from ...content.rows.preparations import Preparation, RatioChoice
from .. import typeset
from ..label_marks import standing_mark
from ..markup import element, joined, mark, small
from ..page_context import PageContext
from ..typeset import NBSP, millilitres, ratio_key
from .table import Table, column, known

_RATIO = column("Ratio", "product : diluent")


def preparation_table(
    context: PageContext,
    presentation: str = "radiesse-1.5-ml",
    ratios: Sequence[str] | None = None,
    syringes: Sequence[int] | None = None,
) -> Markup:
    """Diluent to add and total volume, by ratio and number of syringes.

    Paste: {{ preparation_table("radiesse-1.5-ml") }}
    or: {{ preparation_table("radiesse-0.8-ml", ratios=["ratio-1-2"], syringes=[1, 2]) }}
    """
    data = context.data
    known(presentation, data.preparations.presentations, "presentation")
    choices = {row.id: row for row in data.ratios()}
    chosen = [choices[known(ratio, list(choices), "ratio")] for ratio in ratios or choices]
    counts = list(syringes or data.preparations.syringes)
    context.prints_list("preparations.syringes")
    volume = data.prepare(presentation, 1, chosen[0]).presentation_ml
    context.prints(data.rows[presentation])
    columns: list[str] = [
        _RATIO,
        *(
            column(f"{count}{NBSP}syringe{'s' if count > 1 else ''}", f"{millilitres(volume * count)} product")
            for count in counts
        ),
        column("Product", "% of volume"),
        column("CaHA", "% of volume"),
        "Standing",
    ]
    caption = joined(
        [
            f"One syringe holds {millilitres(volume)}. ",
            element("strong", "Large: diluent to add, in mL."),
            " Below it: the mixture that results, in mL.",
        ]
    )
    numeric = tuple(range(1, len(columns) - 1))
    table = Table(context, "preparation", caption, columns, classes="preparation", numeric=numeric)
    for ratio in chosen:
        examples = [data.prepare(presentation, count, ratio) for count in counts]
        table.add(
            # The short mark stays in sight however far a narrow screen has scrolled.
            joined([_ratio(ratio), _short_mark(ratio)], " "),
            *map(_volume_cell, examples),
            typeset.number(examples[0].product_percent, 1),
            typeset.number(examples[0].caha_percent_v_v, 1),
            joined([standing_mark(ratio), context.cite(ratio.refs)]),
            row=ratio,
        )
    return table.html()


def preparation_card_table(context: PageContext) -> Markup:
    """Both syringe sizes side by side, for the card on the wall: diluent to add, total, share of CaHA, standing.

    Paste: {{ preparation_card_table() }}
    """
    data, chosen = context.data, context.data.preparations
    sizes = sorted(chosen.presentations, key=lambda name: data.prepare(name, 1, data.ratios()[0]).presentation_ml)
    for size in sizes:
        context.prints(data.rows[size])
    context.prints_list("preparations.presentations")
    context.prints_list("preparations.syringes")
    wanted = [(size, count) for size in sizes for count in chosen.syringes]
    columns: list[str] = [_RATIO]
    for size, count in wanted:
        example = data.prepare(size, count, data.ratios()[0])
        one = f"{count}{NBSP}×{NBSP}{millilitres(example.presentation_ml)}"
        columns.append(column(one, millilitres(example.product_ml)))
    columns += [column("CaHA", "vol. %"), "Standing"]
    caption = element("strong", "Large: diluent to add, in mL.") + (
        " Below it: the mixture that results, in mL. "
        "Columns: number of syringes × what one syringe holds; below it, the product in all."
    )
    numeric = tuple(range(1, len(columns) - 1))
    table = Table(context, "preparation", caption, columns, classes="preparation card", numeric=numeric)
    for ratio in data.ratios():
        examples = [data.prepare(size, count, ratio) for size, count in wanted]
        table.add(
            _ratio(ratio),
            *map(_volume_cell, examples),
            typeset.number(examples[0].caha_percent_v_v, 1),
            joined([_card_standing(ratio), context.cite(ratio.refs)]),
            row=ratio,
        )
    return table.html()


def _ratio(row: RatioChoice) -> Markup:
    return element("span", typeset.ratio(row.product_parts, row.diluent_parts), classes="ratio")


def _volume_cell(example: Preparation) -> Markup:
    """Diluent and total; the attributes say to the finder (preparation_finder) which cell this is."""
    add = element(
        "span",
        f"+{NBSP}{typeset.number(example.diluent_ml, 2)}",
        classes="add",
        data_ml=typeset.number(example.presentation_ml),
        data_syringes=str(example.syringes),
        data_ratio=ratio_key(example),
    )
    return joined([add, element("span", f"={NBSP}{millilitres(example.total_ml)}", classes="total")], " ")


def _card_standing(ratio: RatioChoice) -> Markup:
    """Marks and place apart, so that a narrow column stays readable."""
    off = mark("off-label", "Off-label (US, EU)")
    marks = {
        "label": (mark("on-label", "On label: décolleté"), mark("off-label", "Elsewhere off-label")),
        "studied": (mark("studied", "Studied"), off),
        "article-only": (mark("no-study", "No study found"), off),
    }[ratio.standing]
    return joined(marks, " ") + (small(ratio.where) if ratio.standing != "article-only" else "")


def _short_mark(ratio: RatioChoice) -> Markup:
    """The standing of a ratio in a few words."""
    return {
        "label": mark("on-label", "Décolleté only (US, EU)"),
        "studied": mark("off-label", "Off-label (US, EU)"),
        "article-only": mark("no-study", "No study; off-label (US, EU)"),
    }[ratio.standing]


def ratio_bands_table(context: PageContext) -> Markup:
    """The ratio bands of the source article, with the published terms and what is right.

    Paste: {{ ratio_bands_table() }}
    """
    columns = ["Band in the article", "The article calls it", "Published term", "What the evidence says"]
    caption = "The source article’s ratio bands, corrected (product : diluent)"
    table = Table(context, "ratio-bands", caption, columns)
    for band in published(context.data.technique.bands):
        table.add(
            typeset.ratio(band.product_parts, band.diluent_parts_min, band.diluent_parts_max),
            f"“{band.article_name}”",
            band.published_name,
            joined([band.correction, context.cite(band.refs)]),
            row=band,
        )
    return table.html()
