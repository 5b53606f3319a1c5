"""What the sources did, by region, and where they differ."""

from collections.abc import Callable, Sequence

from ...content.load import Data
from ...content.published import published
from ...content.rows.label import Region
from ...content.rows.technique import Protocol
from ...content.vocabulary import EVIDENCE_NAMES
from .. import typeset
from ..citations import Cite
from ..evidence_strength import strength
from ..label_marks import checked, named_regions, protocol_mark, region_marks
from ..markup import NOT_STATED, or_gap, row_note
from ..typeset import millilitres, text
from .table import Table, known, limited_to


def protocol_table(
    data: Data,
    cite: Cite,
    region: str | Sequence[str] | None = None,
    avoid: bool = False,
    undiluted: bool = True,
) -> str:
    """What each source did, row by row, with ratio, plane, instrument, sessions, people and label mark.

    Regions to avoid are left out unless `avoid=True`.
    Paste: {{ protocol_table(region="neck") }}
    or: {{ protocol_table(region=["abdomen", "upper-arms"]) }}
    """
    names = [region] if isinstance(region, str) else list(region or [])
    for name in names:
        known(name, [row.id for row in data.regions.regions], "region")
    caption = (
        f"What the sources did{limited_to(data, names)}. Each row reports one source; it is not a recommendation."
        f" {checked(data)}"
    )
    columns = ["Region and source", "Ratio<small>product : diluent</small>", "How", "Sessions", "Evidence"]
    table = Table("protocol", caption, columns, classes="wide")
    for row in published(data.protocols.protocols):
        where = data.region(row.region)
        wanted = row.region in names if names else (where.caution == "avoid") == avoid
        if not wanted or (row.undiluted and not undiluted):
            continue
        table.add(*_protocol_cells(row, where, data, cite), row_id=row.id)
    if not table.rows:
        raise ValueError(f"protocol_table: no published protocol row for {', '.join(names)}")
    return table.html()


def _protocol_cells(row: Protocol, where: Region, data: Data, cite: Cite) -> list[str]:
    detail = f"<small>{text(row.detail)}</small>" if row.detail else ""
    ratio = protocol_ratio(row)
    if not row.undiluted:
        diluents = f"in {text('; '.join(row.diluents))}" if row.diluents else f"diluent {NOT_STATED}"
        ratio = f"{ratio or NOT_STATED}<small>{diluents}</small>"
    volumes = _volumes(row)
    instrument = _instrument(row)
    how = (
        f"<span>Plane: {or_gap(row.plane)}</span><br><span>Instrument: {or_gap(instrument)}</span>"
        f"<br><span>Technique: {or_gap(row.technique)}</span>"
    )
    if volumes:
        how += f"<br><span>Volume: {text(volumes)}</span>"
    sessions = str(row.sessions) if row.sessions else NOT_STATED
    if row.interval_weeks is not None:
        sessions += f"<small>{typeset.quantity(row.interval_weeks, 'weeks')} apart</small>"
    elif row.sessions and row.sessions > 1:
        sessions += f"<small>interval {NOT_STATED}</small>"
    people = typeset.people(row.n) if row.n else f"people: {NOT_STATED}"
    sure = strength([row.evidence], row.n)
    evidence = f"{EVIDENCE_NAMES[row.evidence]}<small>{people}</small><small>strength: {sure}</small>"
    status = protocol_mark(row, data)
    if where.caution == "off-label-specialist":
        status += "<small>specialists only</small>"
    # The mark stands in the row header, so that it is seen however far a narrow screen has scrolled.
    return [text(where.name) + cite(row.refs) + detail + status, ratio, how + row_note(row), sessions, evidence]


def protocol_ratio(row: Protocol) -> str:
    """The ratio of a protocol row as printed: 1:4, undiluted, or nothing when not stated."""
    if row.undiluted:
        return "undiluted"
    if row.diluent_parts_min is None:
        return ""
    return typeset.ratio(row.product_parts, row.diluent_parts_min, row.diluent_parts_max)


def _instrument(row: Protocol) -> str:
    parts = [f"needle {row.needle}"] if row.needle else []
    if row.cannula:
        parts.append(row.cannula if "cannula" in row.cannula else f"cannula {row.cannula}")
    return "; ".join(parts)


def _volumes(row: Protocol) -> str:
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


def disagreements_table(data: Data, cite: Cite) -> str:
    """Questions on which sources differ: the article, the sources side by side, and what to take from it.

    Paste: {{ disagreements_table() }}
    """
    columns = ["Question", "The article says", "The sources say", "What to take from it"]
    table = Table("disagreements", "Where sources differ. The differences are shown, not averaged.", columns)
    table.classes = "wide"
    for row in published(data.technique.disagreements):
        says = "".join(
            f'<div class="position">{text(position.says)}{cite(position.refs)}</div>' for position in row.positions
        )
        table.add(
            f"{text(row.question)} {named_regions(data, row.regions)}".strip(),
            text(row.article) + cite(row.refs),
            says,
            text(row.take) + row_note(row),
            row_id=row.id,
        )
    return table.html()


def spread_table(data: Data, cite: Cite) -> str:
    """For each region, what its sources say on ratio, plane, instrument, sessions and interval, side by side.

    Paste: {{ spread_table() }}
    """
    columns = ["Region", "Ratio<small>product : diluent</small>", "Plane", "Instrument", "Sessions", "Interval"]
    caption = "What the sources say, by region. The source article is among them where it names the region."
    table = Table("spread", caption, columns, classes="wide")
    for region in published(data.regions.regions):
        rows = [row for row in published(data.protocols.protocols) if row.region == region.id]
        if len(rows) < 2 or region.caution == "avoid":
            continue
        diluted = any(row.diluted for row in rows)
        aspects = (
            lambda row: protocol_ratio(row),
            lambda row: row.plane,
            lambda row: _instrument(row),
            lambda row: str(row.sessions) if row.sessions else "",
            lambda row: "" if row.interval_weeks is None else typeset.quantity(row.interval_weeks, "weeks"),
        )
        cells = [_spread(rows, aspect, cite) for aspect in aspects]
        table.add(f"{text(region.name)}<br>{region_marks(region, diluted)}", *cells, row_id=region.id)
    return table.html()


def _spread(rows: Sequence[Protocol], aspect: Callable[[Protocol], str | None], cite: Cite) -> str:
    """Each distinct value once, with all sources that state it; the gap last."""
    says: dict[str, list[str]] = {}
    for row in rows:
        says.setdefault(aspect(row) or "", []).extend(row.refs)
    stated = [f'<div class="position">{text(value)}{cite(keys)}</div>' for value, keys in says.items() if value]
    if "" in says:
        stated.append(f'<div class="position">{NOT_STATED}{cite(says[""])}</div>')
    return "".join(stated)
