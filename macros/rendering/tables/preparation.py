"""How much diluent to add: the preparation tables, and the ratio bands of the source article."""

from collections.abc import Collection, Sequence

from markupsafe import Markup

from ...content.label_status import labeled_dilutions, studies_at
from ...content.published import Published
from ...content.rows.preparations import Preparation, RatioChoice
from ...content.rows.product import Presentation
from .. import typeset
from ..label_marks import everywhere, labeled_uses, labeled_words, ratio_mark, read_or_reported, studied_words
from ..markup import element, joined, mark, small
from ..page_context import PageContext
from ..typeset import NBSP, millilitres, ratio_key
from .table import Table, column, known

_RATIO = column("Ratio", "product : diluent")
_NO_STUDY = "No study found"


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
    data = context.labels
    known(presentation, [row.id for row in data.product.presentations], "presentation")
    choices = {row.id: row for row in data.ratios()}
    chosen = [choices[known(ratio, list(choices), "ratio")] for ratio in ratios or choices]
    counts = list(syringes or data.preparations.syringes)
    context.prints_list("preparations.syringes")
    volume = data.prepare(presentation, 1, chosen[0]).presentation_ml
    syringe = context.prints(data.one(presentation, Presentation, "presentation"))
    columns: list[str] = [
        _RATIO,
        *(
            column(f"{count}{NBSP}syringe{'s' if count > 1 else ''}", f"{millilitres(volume * count)} product")
            for count in counts
        ),
        column("Product", "% of volume"),
        column("CaHA", "% of volume"),
        "Label and studies",
    ]
    unstudied = {ratio.id for ratio in chosen if not _supported(ratio, data, presentation)}
    caption = joined(
        [
            f"One syringe of {syringe.product} holds {millilitres(volume)}. ",
            element("strong", "Large: diluent to add, in mL."),
            " Below it: the mixture that results, in mL.",
            _gray(unstudied),
        ]
    )
    numeric = tuple(range(1, len(columns) - 1))
    table = Table(context, "preparation", caption, columns, classes="preparation", numeric=numeric)
    for ratio in chosen:
        examples = [data.prepare(presentation, count, ratio) for count in counts]
        table.add(
            # The short mark stays in sight however far a narrow screen has scrolled.
            joined([_ratio(ratio, ratio.id in unstudied), _short_mark(ratio, data, presentation)], " "),
            *(_volume_cell(example, ratio.id in unstudied) for example in examples),
            typeset.number(examples[0].product_percent, 1),
            typeset.number(examples[0].caha_percent_v_v, 1),
            joined([ratio_mark(ratio, data, presentation), context.cite(_refs(context, ratio, presentation))]),
            row=ratio,
        )
    return table.html()


def preparation_card_table(context: PageContext) -> Markup:
    """Both syringe sizes side by side, for the card on the wall: diluent to add, total, share of CaHA, label.

    Paste: {{ preparation_card_table() }}
    """
    data, chosen = context.labels, context.data.preparations
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
    columns += [column("CaHA", "vol. %"), "Label and studies"]
    unstudied = {ratio.id for ratio in data.ratios() if not _supported(ratio, data)}
    caption = joined(
        [
            element("strong", "Large: diluent to add, in mL."),
            " Below it: the mixture that results, in mL.",
            _gray(unstudied),
            " Columns: number of syringes × what one syringe holds; below it, the product in all.",
        ]
    )
    numeric = tuple(range(1, len(columns) - 1))
    table = Table(context, "preparation", caption, columns, classes="preparation card", numeric=numeric)
    for ratio in data.ratios():
        examples = [data.prepare(size, count, ratio) for size, count in wanted]
        table.add(
            joined([_ratio(ratio, True), small(_NO_STUDY)]) if ratio.id in unstudied else _ratio(ratio),
            *(_volume_cell(example, ratio.id in unstudied) for example in examples),
            typeset.number(examples[0].caha_percent_v_v, 1),
            joined([_card_standing(ratio, data), context.cite(_refs(context, ratio))]),
            row=ratio,
        )
    return table.html()


def _supported(ratio: RatioChoice, data: Published, presentation: str | None = None) -> bool:
    """Whether a label or a study stands behind a ratio; where none does, its volumes are set small and gray."""
    return bool(labeled_dilutions(data, presentation, ratio) or studies_at(ratio, data))


def _gray(unstudied: Collection[str]) -> str:
    return " Gray: no study of this ratio was found." if unstudied else ""


def _ratio(row: RatioChoice, unstudied: bool = False) -> Markup:
    words = typeset.ratio(row.product_parts, row.diluent_parts)
    return element("span", words, classes="ratio unstudied" if unstudied else "ratio")


def _volume_cell(example: Preparation, unstudied: bool) -> Markup:
    """Diluent and total; the attributes say to the finder (preparation_finder) which cell this is."""
    add = element(
        "span",
        f"+{NBSP}{typeset.number(example.diluent_ml, 2)}",
        classes="add unstudied" if unstudied else "add",
        data_ml=typeset.number(example.presentation_ml),
        data_syringes=str(example.syringes),
        data_ratio=ratio_key(example),
    )
    return joined([add, element("span", f"={NBSP}{millilitres(example.total_ml)}", classes="total")], " ")


def _refs(context: PageContext, ratio: RatioChoice, presentation: str | None = None) -> list[str]:
    """The sources of a ratio: the first two of each indication that covers it, then its own; these rows are printed."""
    labels = [context.prints(row) for row in labeled_dilutions(context.labels, presentation, ratio)]
    for row in studies_at(ratio, context.labels):
        context.prints(row)
    return list(dict.fromkeys([key for row in labels for key in row.refs[:2]] + ratio.refs))


def _card_standing(ratio: RatioChoice, data: Published) -> Markup:
    """Marks and places apart, so that a narrow column stays readable."""
    labels = labeled_dilutions(data, ratio=ratio)
    kind, found = studied_words(ratio, data)
    if labels:
        elsewhere = mark("off-label", f"Elsewhere off-label ({everywhere(data)})")
        return joined([mark(*labeled_words(labels, data)), elsewhere], " ")
    words, _, where = found.partition(": ")
    marks = joined([mark(kind, words), mark("off-label", f"Off-label ({everywhere(data)})")], " ")
    return marks + (small(where) if where else "")


def _short_mark(ratio: RatioChoice, data: Published, presentation: str) -> Markup:
    """The label status of a ratio in a few words, for the syringe of the table."""
    labels = labeled_dilutions(data, presentation, ratio)
    if labels:
        return mark(read_or_reported(labels), f"Only {'; '.join(labeled_uses(labels, data, ratio=False))}")
    if studies_at(ratio, data):
        return mark("off-label", f"Off-label ({everywhere(data)})")
    return mark("no-study", f"{_NO_STUDY}; off-label ({everywhere(data)})")


def ratio_bands_table(context: PageContext) -> Markup:
    """The ratio bands of the source article, with the published terms and what is right.

    Paste: {{ ratio_bands_table() }}
    """
    columns = ["Band in the article", "The article calls it", "Published term", "What the evidence says"]
    caption = "The source article’s ratio bands, corrected (product : diluent)"
    table = Table(context, "ratio-bands", caption, columns)
    for band in context.data.technique.bands:
        table.add(
            typeset.ratio(band.product_parts, band.diluent_parts_min, band.diluent_parts_max),
            f"“{band.article_name}”",
            band.published_name,
            joined([band.correction, context.cite(band.refs)]),
            row=band,
        )
    return table.html()
