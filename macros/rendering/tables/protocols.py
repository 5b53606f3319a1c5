"""What the sources did, by region, and where they differ."""

from collections.abc import Callable, Sequence

from markupsafe import Markup

from ...content.label_status import opinions
from ...content.published import Published
from ...content.rows.indications import Diluent
from ...content.rows.label import Region
from ...content.rows.technique import Protocol
from ...content.vocabulary import EVIDENCE_NAMES
from .. import typeset
from ..evidence_strength import strength
from ..label_marks import checked, named_regions, protocol_marks, region_marks
from ..markup import NOT_STATED, element, joined, or_gap, row_note, small
from ..page_context import PageContext
from ..typeset import millilitres, text
from .table import Table, column, limited_to

_RATIO = column("Ratio", "product : diluent")


def protocol_table(
    context: PageContext,
    region: str | Sequence[str] | None = None,
    avoid: bool = False,
    undiluted: bool = True,
) -> Markup:
    """What each source did, row by row, with ratio, plane, instrument, sessions, people and label mark.

    Regions to avoid are left out unless `avoid=True`.
    Paste: {{ protocol_table(region="neck") }}
    or: {{ protocol_table(region=["abdomen", "upper-arms"]) }}
    """
    data = context.labels
    names = [region] if isinstance(region, str) else list(region or [])
    for name in names:
        data.region(name)
    caption = (
        f"What the sources did{limited_to(data, names)}. Each row reports one source; it is not a recommendation."
        f" {checked(data)}"
    )
    columns: list[str] = ["Region and source", _RATIO, "How", "Sessions", "Evidence"]
    table = Table(context, "protocol", caption, columns, classes="wide")
    for row in data.protocols.protocols:
        where = data.region(row.region)
        wanted = row.region in names if names else (where.caution == "avoid") == avoid
        if not wanted or (row.undiluted and not undiluted):
            continue
        # The mark stands in the row header, so that it is seen however far a narrow screen has scrolled.
        head = joined([context.prints(where).name, context.cite(row.refs), small(row.detail) if row.detail else None])
        table.add(
            head + _status(row, where, data), _dilution(row, data), _how(row), _sessions(row), _evidence(row), row=row
        )
    if not table.rows:
        raise ValueError(f"protocol_table: no published protocol row for {', '.join(names)}")
    return table.html()


def _status(row: Protocol, where: Region, data: Published) -> Markup:
    specialist = small("specialists only") if where.caution == "specialist" else None
    return joined([protocol_marks(row, data), specialist])


def _dilution(row: Protocol, data: Published) -> Markup:
    if row.undiluted:
        return text("undiluted")
    if row.undiluted is None:
        return joined(["dilution ", NOT_STATED])
    diluents = small(f"in {diluents_in_words(row, data)}") if row.diluents else small("diluent ", NOT_STATED)
    return or_gap(protocol_ratio(row)) + diluents


def diluents_in_words(row: Protocol, data: Published) -> str:
    """What a row added, with amounts where it states them: 'lidocaine 2 % without epinephrine, 1.5 mL'."""
    named = []
    for name in row.diluents:
        amount = f", {millilitres(row.diluent_ml[name])}" if name in row.diluent_ml else ""
        named.append(data.one(name, Diluent, "diluent").name + amount)
    return "; ".join(named)


def _how(row: Protocol) -> Markup:
    lines = [
        element("span", f"{name}: ", or_gap(words))
        for name, words in (("Plane", row.plane), ("Instrument", instrument(row)), ("Technique", row.technique))
    ]
    if told := volumes(row):
        lines.append(element("span", f"Volume: {told}"))
    return joined(lines, element("br")) + row_note(row)


def _sessions(row: Protocol) -> Markup:
    interval: Markup | None = None
    if row.interval is not None:
        interval = small(f"{typeset.span(row.interval)} apart")
    elif row.sessions and row.sessions > 1:
        interval = small("interval ", NOT_STATED)
    return joined([or_gap(str(row.sessions or "")), interval])


def _evidence(row: Protocol) -> Markup:
    if opinions([row]):
        people = small("opinion of experts, not a study")
    else:
        people = small(typeset.people(row.n)) if row.n else small("people: ", NOT_STATED)
    agreed = small(f"agreement: {row.agreement}") if row.agreement else None
    paid = small(f"funding: {row.funding}") if row.funding else None
    sure = small(f"strength: {strength([row.evidence], row.n)}")
    return joined([EVIDENCE_NAMES[row.evidence], people, agreed, paid, sure])


def protocol_ratio(row: Protocol) -> str:
    """The ratio of a protocol row as printed: 1:4, undiluted, or nothing when not stated."""
    if row.undiluted:
        return "undiluted"
    if row.diluent_parts_min is None:
        return ""
    return typeset.ratio(row.product_parts, row.diluent_parts_min, row.diluent_parts_max)


def instrument(row: Protocol) -> str:
    """The needle and the cannula of a protocol row in words, as far as they are stated."""
    parts = [f"needle {row.needle}"] if row.needle else []
    if row.cannula:
        parts.append(row.cannula if "cannula" in row.cannula else f"cannula {row.cannula}")
    return "; ".join(parts)


def volumes(row: Protocol) -> str:
    """The volumes of a protocol row in words, in mL, as far as they are stated."""
    parts = []
    if row.product_ml is not None:
        parts.append(f"{millilitres(row.product_ml)} product")
    if row.total_ml is not None:
        parts.append(f"{millilitres(row.total_ml)} mixture")
    for low, high, what in (
        (row.total_ml_min, row.total_ml_max, "in all"),
        (row.deposit_ml_min, row.deposit_ml_max, "a deposit"),
    ):
        if low is not None and high is not None:
            parts.append(f"{typeset.number(low, 2)} to {millilitres(high)} {what}")
    return "; ".join(parts)


def disagreements_table(context: PageContext) -> Markup:
    """Questions on which sources differ: the article, the sources side by side, and what to take from it.

    Paste: {{ disagreements_table() }}
    """
    columns = ["Question", "The article says", "The sources say", "What to take from it"]
    caption = "Where sources differ. The differences are shown, not averaged."
    table = Table(context, "disagreements", caption, columns, classes="wide", anchor="differ")
    data = context.labels
    for row in data.technique.disagreements:
        for name in row.regions:
            context.prints(data.region(name))
        says = joined(_position(context, position.says, position.refs) for position in row.positions)
        table.add(
            joined([row.question, named_regions(data, row.regions)], " "),
            joined([row.article, context.cite(row.refs)]),
            says,
            joined([row.take, row_note(row)]),
            row=row,
        )
    return table.html()


def _position(context: PageContext, says: str, keys: Sequence[str]) -> Markup:
    return element("div", says, context.cite(keys), classes="position")


def spread_table(context: PageContext) -> Markup:
    """For each region, what its sources say on ratio, plane, instrument, sessions and interval, side by side.

    Paste: {{ spread_table() }}
    """
    columns: list[str] = ["Region", _RATIO, "Plane", "Instrument", "Sessions", "Interval"]
    caption = "What the sources say, by region. The source article is among them where it names the region."
    table = Table(context, "spread", caption, columns, classes="wide")
    for region in context.data.regions.regions:
        rows = [row for row in context.data.protocols.protocols if row.region == region.id]
        if len(rows) < 2 or region.caution == "avoid":
            continue
        diluted = any(row.diluted for row in rows)
        aspects: tuple[Callable[[Protocol], str | None], ...] = (
            protocol_ratio,
            lambda row: row.plane,
            instrument,
            lambda row: str(row.sessions or ""),
            lambda row: "" if row.interval is None else typeset.span(row.interval),
        )
        cells = [_spread(context, rows, aspect) for aspect in aspects]
        for row in rows:
            context.prints(row)
        table.add(
            joined([region.name, region_marks(region, diluted, context.labels)], element("br")), *cells, row=region
        )
    return table.html()


def _spread(context: PageContext, rows: Sequence[Protocol], aspect: Callable[[Protocol], str | None]) -> Markup:
    """Each distinct value once, with all sources that state it; the gap last."""
    says: dict[str, list[str]] = {}
    for row in rows:
        says.setdefault(aspect(row) or "", []).extend(row.refs)
    stated = [_position(context, value, keys) for value, keys in says.items() if value]
    if "" in says:
        stated.append(_position(context, NOT_STATED, says[""]))
    return joined(stated)
