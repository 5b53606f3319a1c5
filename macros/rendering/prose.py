"""Single values in prose: rows in, words out. `value`, `ratio` and `label_mark` are macros."""

from ..content.load import Data
from ..content.named_values import PLACEHOLDER, number, ratio_choice, ratio_parts, split_ratio
from ..content.published import published_row
from ..content.rows.label import Region
from . import typeset
from .label_marks import labeled_ratio, region_marks
from .typeset import text


def value(data: Data, name: str, to: str | None = None) -> str:
    """One number of a data row with its unit; with `to`, a range of two.

    Paste: {{ value("age-016.percent") }} or {{ value("prd-028.min_um", "prd-028.max_um") }}
    The name is the row's id, a dot, and the field or the entry under `values`.
    """
    if to is None:
        return text(plain_value(data, name))
    amount, unit = number(data, name)
    other, _ = number(data, to)
    return text(typeset.quantity_range(amount, other, unit))


def plain_value(data: Data, name: str) -> str:
    """One number of a data row with its unit, as plain words."""
    return typeset.quantity(*number(data, name))


def ratio(data: Data, row_id: str, presentation: str | None = None) -> str:
    """The ratio of a data row, product : diluent; with `presentation`, its volumes too.

    Paste: {{ ratio("neck-trindade2023") }} or {{ ratio("ratio-1-2", "radiesse-1.5-ml") }}
    The row is a ratio, a protocol, a band, an approval or an outcome.
    """
    return text(plain_ratio(data, row_id, presentation))


def plain_ratio(data: Data, row_id: str, presentation: str | None = None) -> str:
    """The ratio of a data row, with `presentation` its volumes too, as plain words."""
    parts, low, high = ratio_parts(data, row_id)
    shown = typeset.ratio(parts, low, high)
    if presentation is None:
        return shown
    example = data.prepare(presentation, 1, ratio_choice(data, row_id, presentation))
    volumes = (
        f"{typeset.millilitres(example.product_ml)} product + {typeset.millilitres(example.diluent_ml)} diluent"
        f" = {typeset.millilitres(example.total_ml)}"
    )
    return f"{shown} ({volumes})"


def fill(data: Data, words: str) -> str:
    """Words of a data file with each placeholder replaced from the data, as plain words.

    {row.value} gives a number with its unit, {ratio:row} a ratio, and {ratio:row@presentation} a ratio
    with its volumes. Raises ValueError when a placeholder names nothing that can be printed.
    """
    return PLACEHOLDER.sub(lambda found: _filled(data, found[1]), words)


def _filled(data: Data, name: str) -> str:
    return plain_ratio(data, *split_ratio(name)) if ":" in name else plain_value(data, name)


def label_mark(data: Data, region: str, diluted: bool = True) -> str:
    """The label mark of a region, for diluted product unless `diluted=False`.

    Paste: {{ label_mark("neck") }} or {{ label_mark("hands", diluted=False) }}
    """
    row = published_row(data, region, Region, "region")
    return region_marks(row, diluted, labeled_ratio(data))
