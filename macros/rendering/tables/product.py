"""The product: what is in it, how it is sold, how it flows, what tissue does with it."""

from decimal import Decimal

from markupsafe import Markup

from ...content.label_status import jurisdictions
from .. import typeset
from ..markup import NOT_STATED, joined, row_note, small
from ..page_context import PageContext
from .table import Table, column


def composition_table(context: PageContext) -> Markup:
    """What is in the syringe, part by part.

    Paste: {{ composition_table() }}
    """
    columns: list[str] = ["Part", column("Share", "% of volume"), "What it is", "What it does"]
    table = Table(context, "composition", "What is in the syringe", columns, numeric=(1,))
    for row in context.data.product.composition:
        table.add(
            joined([row.component, context.cite(row.refs)]),
            typeset.number(row.share_percent) if row.share_percent is not None else NOT_STATED,
            joined([row.detail, _values(row.values), row_note(row)]),
            row.role,
            row=row,
        )
    return table.html()


def _values(values: dict[str, Decimal]) -> Markup | None:
    shown = []
    rest = dict(values)
    for name in values:
        if name.startswith("min_") and f"max_{name[4:]}" in values:
            shown.append(typeset.quantity_range(rest.pop(name), rest.pop(f"max_{name[4:]}"), name))
    shown += [typeset.quantity(value, name) for name, value in rest.items()]
    return small("; ".join(shown)) if shown else None


def presentations_table(context: PageContext) -> Markup:
    """The syringes as supplied, now and earlier.

    Paste: {{ presentations_table() }}
    """
    names = {"current": "Sold today", "historical": "Earlier", "trade": "Known from trade records"}
    shorts = {row.id: row.short for row in jurisdictions(context.data)}
    table = Table(context, "presentations", "Syringe sizes", [column("Volume", "mL"), "Product", "Status"])
    for row in sorted(context.data.product.presentations, key=lambda row: list(names).index(row.status)):
        sold = [shorts[name] for name in row.sold_in]
        table.add(
            typeset.number(row.volume_ml, 2),
            joined([row.product, context.cite(row.refs)]),
            joined([names[row.status] + (f" ({', '.join(sold)})" if sold else ""), row_note(row)]),
            row=row,
        )
    return table.html()


def timeline_table(context: PageContext) -> Markup:
    """What was seen in tissue after CaHA, in weeks, contrary findings included.

    Paste: {{ timeline_table() }}
    """
    caption = "What was seen after CaHA, by week. Each row is one source."
    table = Table(context, "timeline", caption, ["Weeks", "Phase", "What was seen", "People"])
    for row in sorted(context.data.product.timeline, key=lambda row: (row.from_week, row.to_week)):
        weeks = typeset.number(row.from_week)
        if row.to_week != row.from_week:
            weeks += f"\N{EN DASH}{typeset.number(row.to_week)}"
        people = str(row.n) if row.n else ("not stated" if row.human else "none (laboratory)")
        table.add(weeks, row.phase, joined([row.what, context.cite(row.refs), row_note(row)]), people, row=row)
    return table.html()


def rheology_table(context: PageContext) -> Markup:
    """Which way flow properties move when the product is thinned.

    Paste: {{ rheology_table() }}
    """
    caption = "Flow properties: direction of change, bench studies"
    table = Table(context, "rheology", caption, ["Property", "When", "What happens"])
    for row in context.data.technique.rheology:
        table.add(
            joined([row.quantity[0].upper() + row.quantity[1:], context.cite(row.refs)]),
            joined([row.condition, row_note(row)]),
            row.value,
            row=row,
        )
    return table.html()


def comparison_table(context: PageContext) -> Markup:
    """Radiesse and Sculptra side by side.

    Paste: {{ comparison_table() }}
    """
    caption = "Radiesse and Sculptra. Different trials and scales: not a head-to-head comparison."
    table = Table(context, "comparison", caption, ["Attribute", "Radiesse (CaHA)", "Sculptra (PLLA)"])
    for row in context.data.comparison.comparison:
        table.add(joined([row.attribute, context.cite(row.refs), row_note(row)]), row.radiesse, row.sculptra, row=row)
    return table.html()
