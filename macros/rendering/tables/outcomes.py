"""What the studies found: results, harms, and what each use can and cannot do."""

from collections.abc import Sequence
from decimal import Decimal

from markupsafe import Markup

from ...content.rows.label import Region
from ...content.rows.studies import Outcome
from .. import typeset
from ..label_marks import checked, diluted_use, outcome_marks, region_marks
from ..markup import NOT_STATED, element, joined, mark, row_note, small
from ..page_context import PageContext
from ..typeset import text
from .table import Table, column, limited_to

DESIGNS = {
    "rct": "Randomized trial",
    "split-face-rct": "Randomized, split face",
    "controlled": "Controlled study",
    "cohort": "Cohort",
    "case-series": "Case series",
    "biopsy": "Biopsy study",
    "retrospective": "Retrospective",
    "review": "Review",
    "laboratory": "Laboratory",
}
# What stands in a table of undiluted use: few papers say that they added nothing.
NOT_DILUTED = "undiluted, or dilution not stated"
# How the product was used, as the source says; a row that does not say is in neither group.
USES: dict[bool | str, str] = {
    True: "diluted",
    False: "undiluted",
    "mixed": "diluted and undiluted",
    "with-lidocaine": "with a small addition of lidocaine",
}
SEEN = {
    "quoted-abstract": "abstract, seen as quoted",
    "abstract-plus-quoted": "abstract, seen as quoted",
    "second-hand": "second-hand, study not read",
}


def outcomes_table(
    context: PageContext,
    region: str | Sequence[str] | None = None,
    topic: str | Sequence[str] | None = None,
    diluted: bool | None = None,
) -> Markup:
    """What the studies found: design, people, comparator, result, follow-up, events, funding, grade.

    Regions to avoid are left out unless named.
    Paste: {{ outcomes_table(region="decolletage") }}
    or: {{ outcomes_table(diluted=True) }} or {{ outcomes_table(topic=["efficacy", "comparison"]) }}
    """
    data = context.labels
    names = [region] if isinstance(region, str) else list(region or [])
    for name in names:
        data.region(name)
    topics = [topic] if isinstance(topic, str) else list(topic or [])
    use = {True: "diluted", False: NOT_DILUTED, None: ", ".join(topics)}[diluted]
    caption = (
        f"What the studies found{limited_to(data, names, use)}. Each row reports one study; it is not a recommendation."
        f" {checked(data)}"
    )
    columns = ["Region and study", "Design", "Result", "Harms and funding", "Strength"]
    table = Table(context, "outcomes", caption, columns, classes="wide", sortable=True)
    for row in data.outcomes.outcomes:
        where = data.region(row.region)
        wanted = row.region in names if names else where.caution != "avoid"
        if not wanted or (topics and row.topic not in topics):
            continue
        if diluted is not None and (row.diluted in (True, "mixed")) != diluted:
            continue
        table.add(*_outcome_cells(context, row, where), row=row)
    if not table.rows:
        raise ValueError("outcomes_table: no published row matches; widen the choice")
    return table.html()


def _outcome_cells(context: PageContext, row: Outcome, where: Region) -> list[Markup]:
    def part(name: str, gap: str = "not stated") -> Markup:
        return _part(row, name, gap)

    use = small(use_words(row))
    status = outcome_marks(row, context.labels)
    follow_up = part("follow_up") if row.follow_up is None else text(typeset.span(row.follow_up))
    design = joined(
        [
            part("design") if "design" in row.unconfirmed else DESIGNS[row.design],
            small("n = ", part("n")),
            small("against: ", part("comparator", "none or not stated")),
            small("follow-up: ", follow_up),
        ]
    )
    basis = small(SEEN[row.basis]) if row.basis in SEEN else None
    return [
        joined([context.prints(where).name, context.cite(row.refs), use, status]),
        design,
        joined([row.result, small("Measure: ", part("measure")), row_note(row)]),
        joined([part("adverse_events"), small("Funding: ", part("funding"))]),
        joined([row.grade.capitalize(), small(row.grade_reason), basis]),
    ]


def use_words(row: Outcome) -> str:
    """Whether the product was diluted and how far, as the source says; silence is not "undiluted"."""
    if row.diluted is None:
        return f"dilution {'not confirmed' if 'diluted' in row.unconfirmed else 'not stated'}"
    ratio = _ratio(row)
    return USES[row.diluted] + (f", {ratio}" if ratio else "")


def _part(row: Outcome, name: str, gap: str) -> Markup:
    """A field of an outcome, or the words for its gap; what is not confirmed is said so."""
    if name in row.unconfirmed:
        return _gap("not confirmed")
    value = getattr(row, name)
    return _gap(gap) if value is None else text(str(value))


def _gap(words: str) -> Markup:
    return element("span", words, classes="not-stated")


def _ratio(row: Outcome) -> str:
    if row.diluent_parts is None:
        return ""
    return typeset.ratio(row.product_parts or Decimal(1), row.diluent_parts)


def adverse_events_table(context: PageContext, diluted: bool | None = None) -> Markup:
    """Adverse events with their denominators; diluted product apart, and reviews and reports that mix.

    Paste: {{ adverse_events_table(diluted=False) }} for undiluted product and what does not say its dilution,
    {{ adverse_events_table(diluted=True) }} or {{ adverse_events_table() }} for the rows that mix.
    """
    names = {True: "diluted product", False: NOT_DILUTED, None: "several dilutions or products together"}
    columns: list[str] = [
        "Event", "In whom", column("Count", "people or treatments"), column("Share", "%"),
    ]  # fmt: skip
    off = None
    if diluted:
        words = diluted_use(context.labels)
        off = mark("off-label", words[0].upper() + words[1:])
    caption = joined([f"Adverse events: {names[diluted]}", off], " ")
    table = Table(context, "adverse-events", caption, columns, numeric=(3,))
    for row in context.data.safety.adverse_events:
        if row.diluted not in {True: (True,), False: (False, None), None: ("mixed",)}[diluted]:
            continue
        count: str = _gap("no denominator printed")
        if row.denominator is not None:
            count = f"of {typeset.number(row.denominator)}"
            if row.numerator is not None:
                count = f"{typeset.number(row.numerator)} {count}"
        share = NOT_STATED if row.percent is None else typeset.number(row.percent, 5)
        event = joined([row.statement, context.cite(row.refs), row_note(row)])
        unsaid = small("dilution not stated") if row.diluted is None else None
        table.add(event, joined([row.population, unsaid]), count, share, row=row)
    return table.html()


def use_summaries_table(context: PageContext, diluted: bool | None = None) -> Markup:
    """What each use can and cannot do, in two sentences, with its strength and label mark.

    Paste: {{ use_summaries_table(diluted=True) }} or {{ use_summaries_table() }}
    """
    data = context.labels
    columns = ["Use", "What the studies show", "What they do not show", "Strength"]
    caption = "What each use can and cannot do, as far as studies go"
    table = Table(context, "use-summaries", caption, columns, sortable=True)
    for row in data.outcomes.summaries:
        if diluted is not None and row.diluted != diluted:
            continue
        region = context.prints(data.region(row.region))
        marks = region_marks(region, row.diluted, data)
        called = element("a", region.name, href=context.link(region.home)) if region.home else region.name
        name = joined([called, small("diluted" if row.diluted else NOT_DILUTED), marks])
        table.add(name, joined([row.can, context.cite(row.refs)]), row.cannot, row.grade.capitalize(), row=row)
    return table.html()
