"""The product: what is in it, how it is sold, how it flows, what tissue does with it."""

from decimal import Decimal

from ...content.load import Data
from ...content.published import published
from .. import typeset
from ..citations import Cite
from ..markup import NOT_STATED, row_note
from ..typeset import text
from .table import Table


def composition_table(data: Data, cite: Cite) -> str:
    """What is in the syringe, part by part.

    Paste: {{ composition_table() }}
    """
    columns = ["Part", "Share<small>% of volume</small>", "What it is", "What it does"]
    table = Table("composition", "What is in the syringe", columns, numeric=(1,))
    for row in published(data.product.composition):
        share = typeset.number(row.share_percent) if row.share_percent is not None else NOT_STATED
        table.add(
            text(row.component) + cite(row.refs),
            share,
            f"{text(row.detail)}{_values(row.values)}{row_note(row)}",
            text(row.role),
            row_id=row.id,
        )
    return table.html()


def _values(values: dict[str, Decimal]) -> str:
    shown = []
    rest = dict(values)
    for name in values:
        if name.startswith("min_") and f"max_{name[4:]}" in values:
            shown.append(typeset.quantity_range(rest.pop(name), rest.pop(f"max_{name[4:]}"), name))
    shown += [typeset.quantity(value, name) for name, value in rest.items()]
    return f"<small>{'; '.join(shown)}</small>" if shown else ""


def presentations_table(data: Data, cite: Cite) -> str:
    """The syringes as supplied, now and earlier.

    Paste: {{ presentations_table() }}
    """
    columns = ["Volume<small>mL</small>", "Product", "Status"]
    names = {"current": "In the available US labels", "historical": "Earlier", "trade": "Known from trade records"}
    table = Table("presentations", "Syringe sizes", columns)
    for row in sorted(published(data.product.presentations), key=lambda row: list(names).index(row.status)):
        table.add(
            typeset.number(row.volume_ml, 2),
            text(row.product) + cite(row.refs),
            names[row.status] + row_note(row),
            row_id=row.id,
        )
    return table.html()


def timeline_table(data: Data, cite: Cite) -> str:
    """What was seen in tissue after CaHA, in weeks, contrary findings included.

    Paste: {{ timeline_table() }}
    """
    columns = ["Weeks", "Phase", "What was seen", "People"]
    table = Table("timeline", "What was seen after CaHA, by week. Each row is one source.", columns)
    for row in sorted(published(data.product.timeline), key=lambda row: (row.from_week, row.to_week)):
        weeks = typeset.number(row.from_week)
        if row.to_week != row.from_week:
            weeks += f"\N{EN DASH}{typeset.number(row.to_week)}"
        people = str(row.n) if row.n else ("not stated" if row.human else "none (laboratory)")
        table.add(weeks, text(row.phase), text(row.what) + cite(row.refs) + row_note(row), people, row_id=row.id)
    return table.html()


def rheology_table(data: Data, cite: Cite) -> str:
    """Which way flow properties move when the product is thinned.

    Paste: {{ rheology_table() }}
    """
    columns = ["Property", "When", "What happens"]
    table = Table("rheology", "Flow properties: direction of change, bench studies", columns)
    for row in published(data.technique.rheology):
        table.add(
            text(row.quantity[0].upper() + row.quantity[1:]) + cite(row.refs),
            text(row.condition) + row_note(row),
            text(row.value),
            row_id=row.id,
        )
    return table.html()


def comparison_table(data: Data, cite: Cite) -> str:
    """Radiesse and Sculptra side by side.

    Paste: {{ comparison_table() }}
    """
    columns = ["", "Radiesse (CaHA)", "Sculptra (PLLA)"]
    columns[0] = "Attribute"
    caption = "Radiesse and Sculptra. Different trials and scales: not a head-to-head comparison."
    table = Table("comparison", caption, columns)
    for row in published(data.comparison.comparison):
        table.add(
            text(row.attribute) + cite(row.refs) + row_note(row), text(row.radiesse), text(row.sculptra), row_id=row.id
        )
    return table.html()
