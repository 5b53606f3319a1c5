"""What was done and found in one region, one row for a study, without gaps: what a source leaves out is absent."""

from collections.abc import Callable, Iterable, Sequence

from markupsafe import Markup

from ...content.label_status import opinions
from ...content.rows.safety import AdverseEvent
from ...content.rows.studies import Outcome
from ...content.rows.technique import Protocol
from ...content.vocabulary import EVIDENCE_NAMES
from .. import typeset
from ..evidence_strength import strength
from ..label_marks import checked, outcome_marks, protocol_marks
from ..markup import element, joined, small
from ..page_context import PageContext
from .outcomes import DESIGNS, SEEN, use_words
from .protocols import diluents_in_words, instrument, protocol_ratio, volumes
from .table import Table, column

# What stands on the page and is left out of its sheet.
_NOT_ON_THE_SHEET = "off"


def done_table(context: PageContext, rows: Sequence[Protocol], name: str, several: bool = False) -> Markup:
    """What each source did in a region, the groups of one study in one row; `several`: rows name their region."""
    data = context.labels
    columns: list[str] = ["Source", column("Ratio", "product : diluent"), "How", "Sessions"]
    caption = f"What the sources did: {name}. Reports, no recommendations. {checked(data)}"
    table = Table(context, "protocol", caption, columns, classes="studies")
    for group in _studies(rows):
        first = group[0]
        where = small(data.region(context.prints(data.region(first.region)).id).name) if several else None
        details = "; ".join(row.detail for row in group if row.detail)
        head = [
            element("span", context.bibliography.name(first.refs[0]), context.cite(_keys(group))),
            where,
            small(details) if details else None,
            small(_evidence(first)),
            _varied(group, lambda row: protocol_marks(row, data)),
        ]
        table.add(
            joined(head),
            _varied(group, lambda row: _ratio(context, row)),
            joined([_how(group), _notes(group)]),
            _varied(group, _sessions),
            row=group,
        )
    return table.html()


def _studies(rows: Iterable[Protocol]) -> list[list[Protocol]]:
    """The rows of one region and one source together, where each says which of its groups it tells."""
    groups: dict[tuple[str, ...], list[Protocol]] = {}
    for row in rows:
        key = (row.region, *row.refs, "" if row.detail else row.id)
        groups.setdefault(key, []).append(row)
    return list(groups.values())


def _keys(rows: Iterable[Protocol]) -> list[str]:
    return [key for row in rows for key in row.refs]


def _varied(rows: Sequence[Protocol], part: Callable[[Protocol], Markup]) -> Markup:
    """What the rows of a study say: once where they agree, else each with its group."""
    told = [part(row) for row in rows]
    if len(set(told)) == 1:
        return told[0]
    lines = (
        element("div", element("span", f"{row.detail}: ", classes="group"), words)
        for row, words in zip(rows, told, strict=True)
        if words
    )
    return joined(lines)


def _ratio(context: PageContext, row: Protocol) -> Markup:
    if row.undiluted is None:
        return typeset.text("dilution not stated")
    diluents = small(f"in {diluents_in_words(row, context.data)}") if row.diluents and not row.undiluted else None
    return joined([element("span", protocol_ratio(row), classes="ratio") if protocol_ratio(row) else None, diluents])


def _how(rows: Sequence[Protocol]) -> Markup:
    parts: tuple[tuple[str, Callable[[Protocol], str | None]], ...] = (
        ("Plane", lambda row: row.plane),
        ("Instrument", instrument),
        ("Technique", lambda row: row.technique),
        ("Volume", volumes),
    )
    lines = []
    for name, words in parts:
        told = _varied(rows, lambda row, words=words: typeset.text(words(row) or ""))  # type: ignore[misc]
        lines.append(element("div", f"{name}: ", told) if told else None)
    return joined(lines)


def _notes(rows: Iterable[Protocol]) -> Markup | None:
    notes = " ".join(dict.fromkeys(row.note for row in rows if row.note))
    return element("div", notes, classes="row-note", data_sheet=_NOT_ON_THE_SHEET) if notes else None


def _sessions(row: Protocol) -> Markup:
    told = typeset.text(str(row.sessions or ""))
    return joined([told, small(f"{typeset.span(row.interval)} apart") if row.interval else None])


def _evidence(row: Protocol) -> str:
    said = [EVIDENCE_NAMES[row.evidence]]
    if opinions([row]):
        said.append("opinion of experts, not a study")
    elif row.n:
        said.append(typeset.people(row.n))
    said += [f"agreement: {row.agreement}"] if row.agreement else []
    said += [f"funding: {row.funding}"] if row.funding else []
    return "; ".join([*said, f"strength: {strength([row.evidence], row.n)}"])


def measured_table(context: PageContext, rows: Sequence[Outcome], name: str, several: bool = False) -> Markup:
    """What each study of a region measured and found; `several`: rows name their region."""
    caption = f"What the studies found: {name}. Each row reports one study. {checked(context.labels)}"
    table = Table(context, "outcomes", caption, ["Study", "Result", "Strength"], classes="studies found")
    for row in rows:
        table.add(_study(context, row, several), _result(row), _strength(row), row=row)
    return table.html()


def _study(context: PageContext, row: Outcome, several: bool) -> Markup:
    region = context.prints(context.data.region(row.region))
    counted = typeset.number(row.n) if row.design == "review" and row.n else typeset.people(row.n) if row.n else ""
    return joined(
        [
            element("span", context.bibliography.name(row.refs[0]), context.cite(row.refs)),
            small(region.name) if several else None,
            small("; ".join(part for part in (DESIGNS[row.design], f"n = {counted}" if counted else "") if part)),
            small(use_words(row)),
            outcome_marks(row, context.labels),
        ]
    )


def _result(row: Outcome) -> Markup:
    follow_up = typeset.span(row.follow_up) if row.follow_up else None
    told = (("Against", row.comparator), ("Measure", row.measure), ("Follow-up", follow_up))
    aside = "; ".join(f"{name}: {words}" for name, words in told if words)
    unsure = ", ".join(sorted(name.replace("_", " ") for name in row.unconfirmed))
    more = [
        ("Harms", row.adverse_events),
        ("Funding", row.funding),
        ("Not confirmed", unsure),
    ]
    return joined(
        [
            element("div", row.result),
            small(aside) if aside else None,
            *(small(f"{name}: {words}") for name, words in more if words),
            element("div", row.note, classes="row-note", data_sheet=_NOT_ON_THE_SHEET) if row.note else None,
        ]
    )


def _strength(row: Outcome) -> Markup:
    basis = small(SEEN[row.basis]) if row.basis in SEEN else None
    return joined([row.grade.capitalize(), small(row.grade_reason), basis])


def events_table(context: PageContext, rows: Sequence[AdverseEvent], name: str) -> Markup:
    """Adverse events that were counted in a region."""
    table = Table(context, "adverse-events", f"Adverse events counted: {name}", ["Event", "Count"])
    for row in rows:
        table.add(joined([row.statement, context.cite(row.refs), small(_population(row))]), _count(row), row=row)
    return table.html()


def _population(row: AdverseEvent) -> str:
    use = {True: "diluted", "mixed": "diluted and undiluted, or several products"}.get(row.diluted or "", "")
    return "; ".join(
        part
        for part in (row.population, use or ("" if row.diluted is False else "dilution not stated"), row.note)
        if part
    )


def _count(row: AdverseEvent) -> Markup:
    count = ""
    if row.denominator is not None:
        count = f"of {typeset.number(row.denominator)}"
        count = f"{typeset.number(row.numerator)} {count}" if row.numerator is not None else count
    share = f"{typeset.number(row.percent, 5)} %" if row.percent is not None else ""
    return typeset.text(f"{count} ({share})" if count and share else count or share or "no denominator printed")
