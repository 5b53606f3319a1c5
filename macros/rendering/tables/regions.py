"""Regions with their label status, and the approvals behind it."""

from collections.abc import Sequence
from decimal import Decimal

from markupsafe import Markup

from ...content.load import Data
from ...content.published import published
from ...content.rows.label import Region
from .. import typeset
from ..label_marks import CAUTIONS, checked, labeled_ratio, region_marks
from ..markup import element, joined, mark, row_note, small
from ..page_context import PageContext
from .table import Table, known


def regions_table(context: PageContext, caution: str | Sequence[str] | None = None) -> Markup:
    """Every treatment region with its label status, caution and reason.

    Paste: {{ regions_table() }} or {{ regions_table(caution="avoid") }}
    """
    wanted = [caution] if isinstance(caution, str) else list(caution or CAUTIONS)
    for name in wanted:
        known(name, list(CAUTIONS), "caution level")
    rows = [row for row in _by_caution(context.data) if row.caution in wanted]
    if not rows:
        raise ValueError(f"regions_table: no published region with the caution {', '.join(wanted)}")
    caption = f"Label status by region, last checked {typeset.date(min(row.reviewed for row in rows))}"
    columns = ["Region", "United States", "European Union", "Caution", "Why"]
    table = Table(context, "regions", caption, columns, classes="wide", anchor="region")
    for row in sorted(rows, key=lambda row: wanted.index(str(row.caution))):
        kind = {"avoid": "avoid", "routine-label": "on-label"}.get(str(row.caution), "off-label")
        danger = small(f"Danger: {'; '.join(row.danger)}") if row.danger_verified and row.danger else None
        table.add(
            joined([row.name, context.cite(row.refs)]),
            _status_cell(row, "us"),
            _status_cell(row, "eu"),
            mark(kind, CAUTIONS[str(row.caution)].capitalize()),
            joined([row.why, danger, row_note(row)]),
            row=row,
        )
    return table.html()


def regions_card_table(context: PageContext) -> Markup:
    """Every treatment region on one line: label marks, ratios that sources report, caution; for a sheet.

    Its sources are those of the status; the pages of the regions name all.
    Paste: {{ regions_card_table() }}
    """
    data = context.data
    columns = ["Region", "Undiluted", "Diluted", "Ratios reported", "Caution"]
    caption = f"Ratios as sources report them (number of sources); not a recommendation. {checked(data)}"
    table = Table(context, "regions", caption, columns, classes="regions-card")
    for row in _by_caution(data):
        table.add(
            joined([row.name, context.cite(_status_refs(data, row))]),
            region_marks(row, False),
            region_marks(row, True, labeled_ratio(data)),
            "\N{EN DASH}" if row.caution == "avoid" else _reported_ratios(context, row.id),
            CAUTIONS[str(row.caution)],
            row=row,
        )
    return table.html()


def label_status_table(context: PageContext) -> Markup:
    """The treatment regions gathered by label status, one line for each status; for a sheet.

    Paste: {{ label_status_table() }}
    """
    data = context.data
    columns = ["Regions", "Undiluted", "Diluted", "Caution"]
    table = Table(context, "label-status", checked(data), columns, classes="label-status")
    groups: dict[tuple[Markup, Markup, str], list[Region]] = {}
    for row in _by_caution(data):
        marks = (region_marks(row, False), region_marks(row, True, labeled_ratio(data)))
        groups.setdefault((*marks, CAUTIONS[str(row.caution)]), []).append(row)
    for (undiluted, diluted, caution), rows in groups.items():
        refs = [key for row in rows for key in _status_refs(data, row)]
        names = joined(["; ".join(row.name for row in rows), context.cite(refs)])
        table.add(names, undiluted, diluted, caution, row=rows)
    return table.html()


def _status_refs(data: Data, region: Region) -> list[str]:
    """The labels and regulators among the sources of a region, or its first source where there is none."""
    official = [key for key in region.refs if data.references[key].custom.kind in ("label", "regulator")]
    return official[:2] or region.refs[:1]


def _by_caution(data: Data) -> list[Region]:
    """The treatment regions, those on a label first and those to avoid last."""
    rows = [row for row in published(data.regions.regions) if row.kind == "treatment"]
    return sorted(rows, key=lambda row: list(CAUTIONS).index(str(row.caution)))


def _reported_ratios(context: PageContext, region: str) -> str:
    """The span of ratios that published protocol rows of a region report, and how many sources."""
    rows = [
        context.prints(row)
        for row in published(context.data.protocols.protocols)
        if row.region == region and row.diluent_parts_min is not None and not row.undiluted
    ]
    if not rows:
        return element("span", "none found", classes="not-stated")
    sources = len({key for row in rows for key in row.refs})
    # The span as parts of diluent for one of product, whatever the row counts in.
    low = min((row.diluent_parts_min or Decimal(0)) / row.product_parts for row in rows)
    high = max((row.diluent_parts_max or row.diluent_parts_min or Decimal(0)) / row.product_parts for row in rows)
    return f"{typeset.ratio(1, low, high)} ({sources})"


def _status_cell(row: Region, jurisdiction: str) -> Markup:
    undiluted, diluted = getattr(row, f"{jurisdiction}_undiluted"), getattr(row, f"{jurisdiction}_diluted")
    names = {"on-label": "On label", "off-label": "Off-label", "avoid": "Avoid"}
    if undiluted == diluted:
        marks = mark(undiluted, names[undiluted])
    else:
        uses = (("Undiluted", undiluted), ("Diluted", diluted))
        marks = joined((mark(status, f"{use}: {names[status].lower()}") for use, status in uses), " ")
    return marks + small(getattr(row, f"{jurisdiction}_status"))


def approvals_table(
    context: PageContext, jurisdiction: str | None = None, product: str | None = None, event: str | None = None
) -> Markup:
    """The regulatory history, oldest first.

    Paste: {{ approvals_table() }} or {{ approvals_table(product="Radiesse", event="approval") }}
    `product` keeps the rows whose product name starts so; events: approval, clearance, advisory vote and others.
    """
    rows = published(context.data.approvals.approvals)
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
    columns = ["Date", "Where and what", "Product", "Scope", "Record number"]
    caption = f"Regulatory history{where}, last checked {typeset.date(min(row.reviewed for row in rows))}"
    table = Table(context, "approvals", caption, columns, classes="wide")
    for row in sorted(rows, key=lambda row: row.date or "9999"):
        diluted = mark("on-label", "Diluted use on label") if row.diluted_use else None
        sure = small(f"{row.confidence} confidence") if row.confidence != "high" else None
        table.add(
            typeset.date(row.date, row.date_precision),
            joined([f"{row.jurisdiction}: {row.event}", small(row.pathway)]),
            row.product,
            joined([row.scope, " ", diluted, context.cite(row.refs), row_note(row)]),
            joined([row.number or element("span", "not confirmed", classes="not-stated"), sure]),
            row=row,
        )
    return table.html()
