"""Regions with their label status, the indications behind it, and the regulatory history."""

from collections.abc import Sequence

from markupsafe import Markup

from ...content.label_status import jurisdictions, labeled_parts, region_statuses, studies, taught
from ...content.published import Published
from ...content.rows.indications import Diluent, Indication
from ...content.rows.label import Region
from ...content.rows.product import Presentation
from ...content.rows.technique import Protocol
from .. import typeset
from ..label_marks import CARE, CAUTIONS, checked, everywhere, limits_in_words, region_marks, short_marks
from ..markup import element, joined, mark, row_note, small
from ..page_context import PageContext
from .table import Table, known


def regions_table(context: PageContext, caution: str | Sequence[str] | None = None) -> Markup:
    """Every treatment region with a link to its page, its label marks, the ratios that were studied, and its caution.

    Paste: {{ regions_table() }} or {{ regions_table(caution="avoid") }}
    """
    data = context.labels
    wanted = [caution] if isinstance(caution, str) else list(caution or CAUTIONS)
    for name in wanted:
        known(name, list(CAUTIONS), "caution level")
    rows = [row for row in _by_caution(data) if row.caution in wanted]
    if not rows:
        raise ValueError(f"regions_table: no published region with the caution {', '.join(wanted)}")
    refs = [key for row in rows for key in _status_refs(context, row) if row.caution != "avoid"]
    told = f"Label status and caution by region; studied: ratios, and in how many studies. {checked(data)}"
    caption = joined([told, context.cite(refs)])
    columns = ["Region", "Undiluted", "Diluted", "Studied", "Caution"]
    table = Table(context, "regions", caption, columns, classes="regions-index", anchor="region")
    for row in sorted(rows, key=lambda row: wanted.index(str(row.caution))):
        avoid = row.caution == "avoid"
        care = CAUTIONS[str(row.caution)].capitalize()
        table.add(
            element("a", row.name, href=context.link(row.home)) if row.home else row.name,
            region_marks(row, False, data),
            region_marks(row, True, data),
            "" if avoid else _ratios(context, row.id)[0],
            mark("avoid", care) if avoid else care,
            row=row,
        )
    return table.html()


def regions_card_table(context: PageContext) -> Markup:
    """Every treatment region on one line: label marks, ratios studied and taught, caution; for a sheet.

    Its sources are those of the labels; the pages of the regions name all.
    Paste: {{ regions_card_table() }}
    """
    data = context.labels
    columns = ["Region", "Undiluted", "Diluted", "Studied", "Taught", "Care"]
    # The map beside it says when the status was checked.
    caption = f"Studied: ratios (studies); taught: by the source article. {_limits(data)}"
    table = Table(context, "regions", caption, columns, classes="regions-card")
    for row in _by_caution(data):
        table.add(
            joined([row.name, context.cite(_status_refs(context, row))]),
            short_marks(row, False, data),
            short_marks(row, True, data),
            *("\N{EN DASH}" if row.caution == "avoid" else cell for cell in _ratios(context, row.id)),
            CARE[str(row.caution)],
            row=row,
        )
    return table.html()


def _limits(data: Published) -> str:
    words = limits_in_words(_by_caution(data), data)
    return f"Label of {words}. " if words else ""


def label_status_table(context: PageContext) -> Markup:
    """The treatment regions gathered by label status, one line for each status; for a sheet.

    Paste: {{ label_status_table() }}
    """
    data = context.labels
    columns = ["Regions", "Undiluted", "Diluted", "Caution"]
    table = Table(context, "label-status", _limits(data) + checked(data), columns, classes="label-status")
    groups: dict[tuple[Markup, Markup, str], list[Region]] = {}
    for row in _by_caution(data):
        marks = (short_marks(row, False, data), short_marks(row, True, data))
        groups.setdefault((*marks, CAUTIONS[str(row.caution)]), []).append(row)
    for (undiluted, diluted, caution), rows in groups.items():
        refs = [key for row in rows for key in _status_refs(context, row)]
        names = joined(["; ".join(row.name for row in rows), context.cite(refs)])
        table.add(names, undiluted, diluted, caution, row=rows)
    return table.html()


def _status_refs(context: PageContext, region: Region) -> list[str]:
    """The first source of each indication of a region; where none covers it, those of the labels that do not name it.

    A region to avoid has the first source of its caution.
    """
    if region.caution == "avoid":
        return region.refs[:1]
    labels = [
        context.prints(label)
        for diluted in (False, True)
        for one in region_statuses(context.data, region, diluted)
        for label in one.by
    ]
    if not labels:
        labels = _first_labels(context)
    return list(dict.fromkeys(label.refs[0] for label in labels)) or region.refs[:1]


def _first_labels(context: PageContext) -> list[Indication]:
    """The first indication of each jurisdiction, which stands for the label that it is of."""
    first: dict[str, Indication] = {}
    for label in context.labels.indications.indications:
        first.setdefault(label.jurisdiction, label)
    return list(first.values())


def _by_caution(data: Published) -> list[Region]:
    """The treatment regions, those on a label first and those to avoid last."""
    rows = [row for row in data.regions.regions if row.kind == "treatment"]
    return sorted(rows, key=lambda row: list(CAUTIONS).index(str(row.caution)))


def _ratios(context: PageContext, region: str) -> tuple[str, str]:
    """The span of ratios that studies of a region used, with their number, and the span that the article teaches."""
    rows = [row for row in context.data.protocols.protocols if row.region == region]
    context.prints_list("claims.source_article")
    studied = _with_ratio(context, studies(rows, context.data))
    number = len({key for row in studied for key in row.refs})
    gap = element("span", "none found", classes="not-stated")
    told = _span(_with_ratio(context, taught(rows, context.data)))
    return f"{_span(studied)} ({number})" if studied else gap, told or "\N{EN DASH}"


def _with_ratio(context: PageContext, rows: Sequence[Protocol]) -> list[Protocol]:
    return [context.prints(row) for row in rows if row.diluent_parts_min is not None and not row.undiluted]


def _span(rows: Sequence[Protocol]) -> str:
    """The span as parts of diluent for one of product, whatever the row counts in."""
    ends = [
        parts / row.product_parts
        for row in rows
        for parts in (row.diluent_parts_min, row.diluent_parts_max)
        if parts is not None
    ]
    return typeset.ratio(1, min(ends), max(ends)) if ends else ""


def indications_table(context: PageContext, jurisdiction: str | None = None) -> Markup:
    """Every indication: jurisdiction, what for, syringes, preparation, people, since when, how it was seen.

    Paste: {{ indications_table() }} or {{ indications_table("eu") }}
    """
    data = context.labels
    places = {row.id: row for row in jurisdictions(data)}
    if jurisdiction is not None:
        known(jurisdiction, list(places), "jurisdiction")
    columns = ["For", "Syringes", "Preparation", "People and plane", "How it was seen"]
    where = places[jurisdiction].name if jurisdiction else everywhere(data)
    table = Table(context, "indications", f"Indications, {where}. {checked(data)}", columns, classes="wide")
    for row in data.indications.indications:
        if row.jurisdiction not in places or jurisdiction not in (None, row.jurisdiction):
            continue
        use = row.use if jurisdiction else f"{places[row.jurisdiction].short}: {row.use}"
        table.add(
            joined([use, context.cite(row.refs)]),
            "; ".join(_syringe(data, name) for name in row.presentations),
            _preparation(row, data),
            joined([row.people or small("people not stated"), small(row.plane) if row.plane else None]),
            joined([_seen(row), small(f"last checked {typeset.date(row.reviewed)}"), row_note(row)]),
            row=row,
        )
    return table.html()


def _syringe(data: Published, name: str) -> str:
    row = data.one(name, Presentation, "presentation")
    return f"{row.product} {typeset.millilitres(row.volume_ml)}"


def _preparation(row: Indication, data: Published) -> str:
    parts = labeled_parts(row)
    if parts is None:
        return "undiluted"
    return f"{typeset.ratio(1, parts)} in {' and '.join(data.one(name, Diluent).name for name in row.diluents)}"


def _seen(row: Indication) -> Markup:
    since = f", since {typeset.date(row.since)}" if row.since else ""
    if row.seen == "read":
        return joined([mark("on-label", "On label"), small(f"its words were read{since}")], " ")
    return joined([mark("reported", "Reported"), small(f"{row.reported_by}{since}")], " ")


def approvals_table(
    context: PageContext, jurisdiction: str | None = None, product: str | None = None, event: str | None = None
) -> Markup:
    """The regulatory history, oldest first.

    Paste: {{ approvals_table() }} or {{ approvals_table(product="Radiesse", event="approval") }}
    `product` keeps the rows whose product name starts so; events: approval, clearance, advisory vote and others.
    """
    rows = context.data.approvals.approvals
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
        sure = small(f"{row.confidence} confidence") if row.confidence != "high" else None
        table.add(
            typeset.date(row.date, row.date_precision),
            joined([f"{row.jurisdiction}: {row.event}", small(row.pathway)]),
            row.product,
            joined([row.scope, context.cite(row.refs), row_note(row)]),
            joined([row.number or element("span", "not confirmed", classes="not-stated"), sure]),
            row=row,
        )
    return table.html()
