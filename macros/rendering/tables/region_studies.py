"""What was done and found in one region, one row for a study, without gaps: what a source leaves out is absent."""

from collections.abc import Callable, Iterable, Sequence

from markupsafe import Markup

from ...content.label_status import opinions
from ...content.rows.base import Row
from ...content.rows.safety import AdverseEvent
from ...content.rows.studies import Outcome
from ...content.rows.technique import Protocol
from ...content.vocabulary import EVIDENCE_NAMES
from .. import typeset
from ..evidence_strength import strength
from ..label_marks import outcome_marks_in_short, protocol_marks_in_short
from ..markup import element, joined, small
from ..page_context import PageContext
from .outcomes import DESIGNS, SEEN, use_words
from .protocols import diluents_in_words, instrument, protocol_ratio, volumes
from .table import Table, column


def done_table(context: PageContext, rows: Sequence[Protocol], name: str, several: bool = False) -> Markup:
    """What each source did in a region, the groups of one study in one row; `several`: rows name their region."""
    data = context.labels
    columns: list[str] = ["Source", column("Ratio", "product : diluent"), "Plane, instrument, technique, sessions"]
    caption = f"What the sources did: {name}. Reports, no recommendations."
    table = Table(context, "protocol", caption, columns, classes="studies done")
    for group in by_study(rows):
        first = group[0]
        where = context.prints(data.region(first.region)).name if several else ""
        details = "; ".join(row.detail for row in group if row.detail)
        about = [_sentence([where, details, _evidence(first)]), _weight(strength([first.evidence], first.n))]
        head = [
            _source(context, first, _keys(group)),
            small(*about, " "),
            _varied(group, lambda row: protocol_marks_in_short(row, data)),
        ]
        table.add(
            joined(head),
            _varied(group, lambda row: _ratio(context, row)),
            joined([_how(group), _more(context, first, _behind(group))], " "),
            row=group,
        )
    return table.html()


def _source(context: PageContext, row: Row, keys: Iterable[str]) -> Markup:
    """Author and year in words, with the numbers of the sources."""
    return element("span", context.bibliography.name(row.refs[0]), context.cite(keys), classes="source")


def _more(context: PageContext, row: Row, lines: Iterable[str | None]) -> Markup | None:
    """What stands behind a row: folded on the screen, and left out of the sheet of the region."""
    told = list(dict.fromkeys(line for line in lines if line))
    if not told:
        return None
    name = element("span", f" on {context.bibliography.name(row.refs[0])}", classes="visually-hidden")
    summary = element("summary", "More", name, data_print="off")
    words = joined(element("div", line) for line in told)
    return element("details", summary, words, classes="row-more", data_sheet="off")


def _behind(rows: Sequence[Protocol]) -> list[str | None]:
    """Notes of a study, and of a consensus how many agreed and who paid."""
    told = _named(("Agreement", rows[0].agreement), ("Funding", rows[0].funding))
    return [*told, *(row.note for row in rows)]


def by_study(rows: Iterable[Protocol]) -> list[list[Protocol]]:
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
    parts: tuple[Callable[[Protocol], str | None], ...] = (
        lambda row: row.plane, instrument, lambda row: row.technique, volumes, _sessions,
    )  # fmt: skip
    told = (_varied(rows, lambda row, words=words: typeset.text(words(row) or "")) for words in parts)  # type: ignore[misc]
    return joined(told, "; ")


def _sessions(row: Protocol) -> str:
    told = f"{row.sessions} session{'' if row.sessions == 1 else 's'}" if row.sessions else ""
    return ", ".join(part for part in (told, f"{typeset.span(row.interval)} apart" if row.interval else "") if part)


def _sentence(parts: Iterable[str]) -> str:
    """Parts as one line that begins with a capital, whatever was first."""
    told = "; ".join(filter(None, parts))
    return told[:1].upper() + told[1:]


def _small_first(words: str) -> str:
    """Words with a small first letter, but for an abbreviation such as US or CaHA."""
    return words if words[1:2].isupper() or words[2:3].isupper() else words[:1].lower() + words[1:]


def _evidence(row: Protocol) -> str:
    said = [_small_first(EVIDENCE_NAMES[row.evidence])]
    if opinions([row]):
        said.append("opinion of experts, not a study")
    elif row.n:
        said.append(typeset.people(row.n))
    return "; ".join(said)


def _weight(grade: str) -> Markup:
    return element("span", f"; strength: {grade}", data_sheet="off")


def measured_table(context: PageContext, rows: Sequence[Outcome], name: str, several: bool = False) -> Markup:
    """What each study of a region measured and found; `several`: rows name their region."""
    table = Table(
        context, "outcomes", f"What the studies found: {name}", ["Study", "Result"], classes="cards studies found"
    )
    for row in rows:
        table.add(_study(context, row, several), _result(context, row), row=row)
    return table.html()


def _study(context: PageContext, row: Outcome, several: bool) -> Markup:
    region = context.prints(context.data.region(row.region))
    people = "" if row.n is None else f"n\u00a0=\u00a0{typeset.number(row.n)}"
    seen = SEEN.get(row.basis, "")
    # A design that is not confirmed is told behind the row.
    design = "" if "design" in row.unconfirmed else DESIGNS[row.design]
    about = [region.name if several else "", _small_first(design), people, use_words(row), seen]
    return joined(
        [
            _source(context, row, row.refs),
            small(_sentence(about), _weight(row.grade), " "),
            outcome_marks_in_short(row, context.labels),
        ]
    )


def _result(context: PageContext, row: Outcome) -> Markup:
    follow_up = typeset.span(row.follow_up) if row.follow_up else None
    aside = _named(("Against", row.comparator), ("Follow-up", follow_up), ("Harms", row.adverse_events))
    unsure = ", ".join(sorted(name.replace("_", " ") for name in row.unconfirmed))
    more = _named(("Measure", row.measure), ("Funding", row.funding), ("Not confirmed", unsure))
    return joined(
        [
            element("div", row.result),
            *(small(line) for line in ["; ".join(aside)] if line),
            _more(context, row, [*more, f"Why this strength: {row.grade_reason}", row.note]),
        ]
    )


def _named(*parts: tuple[str, str | None]) -> list[str]:
    return [f"{name}: {words}" for name, words in parts if words]


def events_table(context: PageContext, rows: Sequence[AdverseEvent], name: str) -> Markup:
    """Adverse events that were counted in a region, those of the same people in one row."""
    groups: dict[tuple[str, ...], list[AdverseEvent]] = {}
    for row in rows:
        groups.setdefault((_population(row), *row.refs), []).append(row)
    table = Table(
        context,
        "adverse-events",
        f"Adverse events counted: {name}",
        ["In whom", "What was counted"],
        classes="cards studies",
    )
    for (people, *keys), counted in groups.items():
        lines = (element("div", row.statement.rstrip("."), _counted(row), _aside(row)) for row in counted)
        table.add(joined([people, context.cite(keys)]), joined(lines), row=counted)
    return table.html()


def _counted(row: AdverseEvent) -> Markup | None:
    count = _count(row)
    return joined([": ", element("strong", count)]) if count else None


def _aside(row: AdverseEvent) -> Markup | None:
    return small(row.note) if row.note else None


def _population(row: AdverseEvent) -> str:
    use = {
        True: "" if "dilut" in row.population else "diluted",
        False: "",
        "mixed": "diluted and undiluted, or several products",
        None: "dilution not stated",
    }
    return _sentence([row.population, use[row.diluted]])


def _count(row: AdverseEvent) -> Markup:
    """What was counted and its share, each as far as it is printed: 81 of 117 (69.2 %), 53 % of 117, 68 %."""
    share = f"{typeset.number(row.percent, 5)} %" if row.percent is not None else ""
    if row.denominator is None:
        return typeset.text(share)
    of = f"of\u00a0{typeset.number(row.denominator)}"
    if row.numerator is None:
        return typeset.text(f"{share} {of}".strip())
    count = f"{typeset.number(row.numerator)}\u00a0{of}"
    return typeset.text(f"{count} ({share})" if share else count)
