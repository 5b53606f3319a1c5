"""Measured thickness of the layers of skin."""

from markupsafe import Markup

from .. import typeset
from ..markup import NOT_STATED, joined, row_note, small
from ..page_context import PageContext
from .table import Table, column


def layers_table(context: PageContext, site: str | None = None) -> Markup:
    """Measured thickness of skin layers, in mm, with method and source.

    Paste: {{ layers_table() }} or {{ layers_table(site="face") }}
    `site` keeps the rows whose site starts so.
    """
    rows = [row for row in context.data.aging.layers if row.site.startswith(site or "")]
    if not rows:
        raise ValueError(f"layers_table: no published layer for site '{site}'")
    where = f": {site}" if site else ""
    caption = f"Thickness of skin layers{where}. Numbers of different methods do not compare."
    columns: list[str] = ["Site and layer", *(column(name, "mm") for name in ("Mean", "Range", "SD")), "Method"]
    table = Table(context, "layers", caption, columns, numeric=(1, 2, 3))
    for row in rows:
        span: str = NOT_STATED
        if row.min_mm is not None and row.max_mm is not None:
            span = f"{typeset.number(row.min_mm, 4)}\N{EN DASH}{typeset.number(row.max_mm, 4)}"
        table.add(
            joined([row.site, context.cite(row.refs), small(row.layer)]),
            NOT_STATED if row.mean_mm is None else typeset.number(row.mean_mm, 4),
            span,
            NOT_STATED if row.sd_mm is None else typeset.number(row.sd_mm, 4),
            joined([row.method, " (computed)" if row.derived else None, row_note(row)]),
            row=row,
        )
    return table.html()
