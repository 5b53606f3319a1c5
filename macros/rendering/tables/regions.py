"""Regions with their label status, and the approvals behind it."""

from collections.abc import Sequence
from decimal import Decimal

from ...content.load import Data
from ...content.published import published
from ...content.rows.label import Region
from .. import typeset
from ..citations import Cite
from ..label_marks import CAUTIONS, checked, labeled_ratio, region_marks
from ..markup import mark, row_note
from ..typeset import text
from .table import Table, known


def regions_table(data: Data, cite: Cite, caution: str | Sequence[str] | None = None) -> str:
    """Every treatment region with its label status, caution and reason.

    Paste: {{ regions_table() }} or {{ regions_table(caution="avoid") }}
    """
    wanted = [caution] if isinstance(caution, str) else list(caution or CAUTIONS)
    for name in wanted:
        known(name, list(CAUTIONS), "caution level")
    columns = ["Region", "United States", "European Union", "Caution", "Why"]
    rows = [row for row in published(data.regions.regions) if row.kind == "treatment" and row.caution in wanted]
    if not rows:
        raise ValueError(f"regions_table: no published region with the caution {', '.join(wanted)}")
    caption = f"Label status by region, last checked {typeset.date(min(row.reviewed for row in rows))}"
    table = Table("regions", caption, columns, classes="wide", anchor="region")
    for row in sorted(rows, key=lambda row: wanted.index(str(row.caution))):
        assert row.us_status and row.eu_status and row.caution and row.why
        kind = "avoid" if row.caution == "avoid" else "on-label" if row.caution == "routine-label" else "off-label"
        danger = f"<small>Danger: {text('; '.join(row.danger))}</small>" if row.danger_verified and row.danger else ""
        table.add(
            text(row.name) + cite(row.refs),
            _status_cell(row, "us"),
            _status_cell(row, "eu"),
            mark(kind, CAUTIONS[row.caution].capitalize()),
            text(row.why) + danger + row_note(row),
            row_id=row.id,
        )
    return table.html()


def regions_card_table(data: Data, cite: Cite) -> str:
    """Every treatment region on one line: label marks, ratios that sources report, caution; for a sheet.

    Its sources are those of the status; the pages of the regions name all.
    Paste: {{ regions_card_table() }}
    """
    columns = ["Region", "Undiluted", "Diluted", "Ratios reported", "Caution"]
    caption = f"Ratios as sources report them (number of sources); not a recommendation. {checked(data)}"
    table = Table("regions", caption, columns, classes="regions-card")
    for row in _by_caution(data):
        table.add(
            text(row.name) + cite(_status_refs(data, row)),
            region_marks(row, False),
            region_marks(row, True, labeled_ratio(data)),
            "\N{EN DASH}" if row.caution == "avoid" else _reported_ratios(data, row.id),
            CAUTIONS[str(row.caution)],
            row_id=row.id,
        )
    return table.html()


def label_status_table(data: Data, cite: Cite) -> str:
    """The treatment regions gathered by label status, one line for each status; for a sheet.

    Paste: {{ label_status_table() }}
    """
    table = Table("label-status", checked(data), ["Regions", "Undiluted", "Diluted", "Caution"], classes="label-status")
    groups: dict[tuple[str, str, str], list[Region]] = {}
    for row in _by_caution(data):
        marks = (region_marks(row, False), region_marks(row, True, labeled_ratio(data)))
        groups.setdefault((*marks, CAUTIONS[str(row.caution)]), []).append(row)
    for (undiluted, diluted, caution), rows in groups.items():
        refs = dict.fromkeys(key for row in rows for key in _status_refs(data, row))
        names = text("; ".join(row.name for row in rows)) + cite(refs)
        table.add(names, undiluted, diluted, caution, row_id=" ".join(row.id for row in rows))
    return table.html()


def _status_refs(data: Data, region: Region) -> list[str]:
    """The labels and regulators among the sources of a region, or its first source where there is none."""
    official = [key for key in region.refs if data.references[key].custom.kind in ("label", "regulator")]
    return official[:2] or region.refs[:1]


def _by_caution(data: Data) -> list[Region]:
    """The treatment regions, those on a label first and those to avoid last."""
    rows = [row for row in published(data.regions.regions) if row.kind == "treatment"]
    return sorted(rows, key=lambda row: list(CAUTIONS).index(str(row.caution)))


def _reported_ratios(data: Data, region: str) -> str:
    """The span of ratios that published protocol rows of a region report, and how many sources."""
    rows = [
        row
        for row in published(data.protocols.protocols)
        if row.region == region and row.diluent_parts_min is not None and not row.undiluted
    ]
    if not rows:
        return '<span class="not-stated">none found</span>'
    sources = len({key for row in rows for key in row.refs})
    # The span as parts of diluent for one of product, whatever the row counts in.
    low = min((row.diluent_parts_min or Decimal(0)) / row.product_parts for row in rows)
    high = max((row.diluent_parts_max or row.diluent_parts_min or Decimal(0)) / row.product_parts for row in rows)
    return f"{typeset.ratio(1, low, high)} ({sources})"


def _status_cell(row: Region, jurisdiction: str) -> str:
    undiluted, diluted = getattr(row, f"{jurisdiction}_undiluted"), getattr(row, f"{jurisdiction}_diluted")
    words = getattr(row, f"{jurisdiction}_status")
    names = {"on-label": "On label", "off-label": "Off-label", "avoid": "Avoid"}
    if undiluted == diluted:
        marks = mark(undiluted, names[undiluted])
    else:
        marks = mark(undiluted, f"Undiluted: {names[undiluted].lower()}") + " "
        marks += mark(diluted, f"Diluted: {names[diluted].lower()}")
    return f"{marks}<small>{text(words)}</small>"


def approvals_table(
    data: Data, cite: Cite, jurisdiction: str | None = None, product: str | None = None, event: str | None = None
) -> str:
    """The regulatory history, oldest first.

    Paste: {{ approvals_table() }} or {{ approvals_table(product="Radiesse", event="approval") }}
    `product` keeps the rows whose product name starts so; events: approval, clearance, advisory vote and others.
    """
    rows = published(data.approvals.approvals)
    if jurisdiction is not None:
        known(jurisdiction, sorted({row.jurisdiction for row in rows}), "jurisdiction")
        rows = [row for row in rows if row.jurisdiction == jurisdiction]
    if product is not None:
        rows = [row for row in rows if row.product.startswith(product)]
    if event is not None:
        known(event, sorted({row.event for row in rows}), "event")
        rows = [row for row in rows if row.event == event]
    if not rows:
        raise ValueError(f"approvals_table: no row for product '{product}'")
    where = f", {jurisdiction}" if jurisdiction else ""
    checked = max(row.reviewed for row in rows)
    columns = ["Date", "Where and what", "Product", "Scope", "Record number"]
    caption = f"Regulatory history{where}, last checked {typeset.date(checked)}"
    table = Table("approvals", caption, columns, classes="wide")
    for row in sorted(rows, key=lambda row: row.date or "9999"):
        diluted = mark("on-label", "Diluted use on label") if row.diluted_use else ""
        sure = "" if row.confidence == "high" else f"<small>{row.confidence} confidence</small>"
        table.add(
            typeset.date(row.date, row.date_precision),
            f"{text(row.jurisdiction)}: {text(row.event)}<small>{text(row.pathway)}</small>",
            text(row.product),
            f"{text(row.scope)} {diluted}{cite(row.refs)}{row_note(row)}",
            (text(row.number) if row.number else '<span class="not-stated">not confirmed</span>') + sure,
            row_id=row.id,
        )
    return table.html()
