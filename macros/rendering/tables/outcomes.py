"""What the studies found: results, harms, and what each use can and cannot do."""

from collections.abc import Sequence
from decimal import Decimal

from ...content.load import Data
from ...content.published import published
from ...content.rows.label import Region
from ...content.rows.studies import Outcome
from .. import typeset
from ..citations import Cite
from ..label_marks import checked, labeled_ratio, outcome_mark, region_marks
from ..markup import NOT_STATED, mark, row_note
from ..typeset import text
from .table import Table, known, limited_to

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


QUOTED = {"quoted-abstract", "abstract-plus-quoted"}


def outcomes_table(
    data: Data,
    cite: Cite,
    region: str | Sequence[str] | None = None,
    topic: str | Sequence[str] | None = None,
    diluted: bool | None = None,
) -> str:
    """What the studies found: design, people, comparator, result, follow-up, events, funding, grade.

    Regions to avoid are left out unless named.
    Paste: {{ outcomes_table(region="decolletage") }}
    or: {{ outcomes_table(diluted=True) }} or {{ outcomes_table(topic=["efficacy", "comparison"]) }}
    """
    names = [region] if isinstance(region, str) else list(region or [])
    for name in names:
        known(name, [row.id for row in data.regions.regions], "region")
    topics = [topic] if isinstance(topic, str) else list(topic or [])
    columns = ["Region and study", "Design", "Result", "Harms and funding", "Strength"]
    use = {True: "diluted", False: "undiluted", None: ", ".join(topics)}[diluted]
    caption = (
        f"What the studies found{limited_to(data, names, use)}. Each row reports one study; it is not a recommendation."
        f" {checked(data)}"
    )
    table = Table("outcomes", caption, columns, classes="wide", sortable=True)
    for row in published(data.outcomes.outcomes):
        where = data.region(row.region)
        wanted = row.region in names if names else where.caution != "avoid"
        if not wanted or (topics and row.topic not in topics):
            continue
        if diluted is not None and (row.diluted is True or row.diluted == "mixed") != diluted:
            continue
        table.add(*_outcome_cells(row, where, data, cite), row_id=row.id)
    if not table.rows:
        raise ValueError("outcomes_table: no published row matches; widen the choice")
    return table.html()


def _outcome_cells(row: Outcome, where: Region, data: Data, cite: Cite) -> list[str]:
    hidden = set(row.unverified_parts)

    def part(name: str, gap: str = "not stated") -> str:
        value = getattr(row, name)
        if name in hidden:
            return '<span class="not-stated">not confirmed</span>'
        if value is None:
            return f'<span class="not-stated">{gap}</span>'
        return text(str(value))

    ratio = ""
    if row.diluent_parts is not None and not hidden & {"diluent_parts", "ratio"}:
        ratio = typeset.ratio(row.product_parts or Decimal(1), row.diluent_parts)
    state = {True: "diluted", False: "undiluted", "mixed": "diluted and undiluted", None: "dilution not stated"}
    names = f"{text(where.name)}{cite(row.refs)}<small>{state[row.diluted]}{f', {ratio}' if ratio else ''}</small>"
    if where.us_diluted is not None:
        names += outcome_mark(row, data)
    follow_up = part("follow_up_weeks")
    if row.follow_up_weeks is not None and "follow_up_weeks" not in hidden:
        follow_up = typeset.quantity(row.follow_up_weeks, "weeks")
    design = (
        f"{DESIGNS[row.design]}<small>n = {part('n')}</small>"
        f"<small>against: {part('comparator', 'none or not stated')}</small><small>follow-up: {follow_up}</small>"
    )
    measure = f"<small>Measure: {part('measure')}</small>"
    harms = f"{part('adverse_events')}<small>Funding: {part('funding')}</small>"
    basis = "<small>abstract, seen as quoted</small>" if row.basis in QUOTED else ""
    weight = f"{row.grade.capitalize()}<small>{text(row.grade_reason)}</small>{basis}"
    return [names, design, text(row.result) + measure + row_note(row), harms, weight]


def adverse_events_table(data: Data, cite: Cite, diluted: bool | None = None) -> str:
    """Adverse events with their denominators; undiluted and diluted apart.

    Paste: {{ adverse_events_table(diluted=False) }}, {{ adverse_events_table(diluted=True) }}
    or {{ adverse_events_table() }} for the rows that mix or do not say.
    """
    names = {True: "diluted product", False: "undiluted product", None: "mixed, other or not stated"}
    columns = ["Event", "In whom", "Count<small>people or treatments</small>", "Share<small>%</small>"]
    caption = f"Adverse events: {names[diluted]}"
    if diluted:
        words = f"Off-label (US, EU), except the décolleté at {labeled_ratio(data)} in saline"
        caption += f" {mark('off-label', words)}"
    table = Table("adverse-events", caption, columns, numeric=(3,))
    for row in published(data.safety.adverse_events):
        if row.diluted is not diluted:
            continue
        if row.numerator is not None and row.denominator is not None:
            count = f"{typeset.number(row.numerator)} of {typeset.number(row.denominator)}"
        elif row.denominator is not None:
            count = f"of {typeset.number(row.denominator)}"
        else:
            count = '<span class="not-stated">no denominator printed</span>'
        share = NOT_STATED if row.percent is None else typeset.number(row.percent, 5)
        table.add(
            text(row.statement) + cite(row.refs) + row_note(row), text(row.population), count, share, row_id=row.id
        )
    return table.html()


def use_summaries_table(data: Data, cite: Cite, diluted: bool | None = None) -> str:
    """What each use can and cannot do, in two sentences, with its strength and label mark.

    Paste: {{ use_summaries_table(diluted=True) }} or {{ use_summaries_table() }}
    """
    columns = ["Use", "What the studies show", "What they do not show", "Strength"]
    caption = "What each use can and cannot do, as far as studies go"
    table = Table("use-summaries", caption, columns, sortable=True)
    for row in published(data.outcomes.summaries):
        if diluted is not None and row.diluted != diluted:
            continue
        region = data.region(row.region)
        state = "diluted" if row.diluted else "undiluted"
        name = f"{text(region.name)}<small>{state}</small>{region_marks(region, row.diluted, labeled_ratio(data))}"
        table.add(name, text(row.can) + cite(row.refs), text(row.cannot), row.grade.capitalize(), row_id=row.id)
    return table.html()
