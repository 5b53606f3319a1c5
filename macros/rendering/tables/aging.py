"""Measured thickness of the layers of skin."""

from ...content.load import Data
from ...content.published import published
from .. import typeset
from ..citations import Cite
from ..markup import NOT_STATED, row_note
from ..typeset import text
from .table import Table


def layers_table(data: Data, cite: Cite, site: str | None = None) -> str:
    """Measured thickness of skin layers, in mm, with method and source.

    Paste: {{ layers_table() }} or {{ layers_table(site="face") }}
    `site` keeps the rows whose site starts so.
    """
    columns = [
        "Site and layer", "Mean<small>mm</small>", "Range<small>mm</small>", "SD<small>mm</small>", "Method",
    ]  # fmt: skip
    rows = [row for row in published(data.aging.layers) if not row.drawing_only and row.site.startswith(site or "")]
    if not rows:
        raise ValueError(f"layers_table: no published layer for site '{site}'")
    where = f": {text(site)}" if site else ""
    caption = f"Thickness of skin layers{where}. Numbers of different methods do not compare."
    table = Table("layers", caption, columns, numeric=(1, 2, 3))
    for row in rows:
        span = NOT_STATED
        if row.min_mm is not None and row.max_mm is not None:
            span = f"{typeset.number(row.min_mm, 4)}\N{EN DASH}{typeset.number(row.max_mm, 4)}"
        derived = " (computed)" if row.derived else ""
        table.add(
            f"{text(row.site)}{cite(row.refs)}<small>{text(row.layer)}</small>",
            NOT_STATED if row.mean_mm is None else typeset.number(row.mean_mm, 4),
            span,
            NOT_STATED if row.sd_mm is None else typeset.number(row.sd_mm, 4),
            text(row.method) + derived + row_note(row),
            row_id=row.id,
        )
    return table.html()
