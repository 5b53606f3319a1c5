"""Single values in prose: rows in, words out. `value`, `ratio` and `label_mark` are macros."""

import re
from decimal import Decimal

from ..content.load import Data
from ..content.published import published_row
from ..content.rows.base import Row
from ..content.rows.label import Region
from ..content.rows.preparations import RatioChoice
from ..content.rows.product import Presentation
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
    amount, unit = _number(data, name)
    other, _ = _number(data, to)
    return text(typeset.quantity_range(amount, other, unit))


def plain_value(data: Data, name: str) -> str:
    """One number of a data row with its unit, as plain words."""
    return typeset.quantity(*_number(data, name))


def _number(data: Data, name: str) -> tuple[Decimal | int, str]:
    row_id, _, field = name.rpartition(".")
    row = published_row(data, row_id, Row, "row")
    values = getattr(row, "values", {})
    amount = values.get(field, getattr(row, field, None) if field in type(row).model_fields else None)
    if isinstance(amount, bool) or not isinstance(amount, int | Decimal):
        numbers = [key for key in type(row).model_fields if isinstance(getattr(row, key), int | Decimal)]
        known = [*values, *(key for key in numbers if not isinstance(getattr(row, key), bool))]
        raise ValueError(f"no number '{field}' in row '{row_id}'; it has: {', '.join(known) or 'none'}")
    if field in getattr(row, "unverified_parts", []):
        raise ValueError(f"'{name}' is not confirmed; do not print it")
    return amount, field


def ratio(data: Data, row_id: str, presentation: str | None = None) -> str:
    """The ratio of a data row, product : diluent; with `presentation`, its volumes too.

    Paste: {{ ratio("neck-trindade2023") }} or {{ ratio("ratio-1-2", "radiesse-1.5-ml") }}
    The row is a ratio, a protocol, a band, an approval or an outcome.
    """
    return text(plain_ratio(data, row_id, presentation))


def plain_ratio(data: Data, row_id: str, presentation: str | None = None) -> str:
    """The ratio of a data row, with `presentation` its volumes too, as plain words."""
    row = published_row(data, row_id, Row, "row")
    low = getattr(row, "diluent_parts", None)
    high = None
    if low is None:
        low, high = getattr(row, "diluent_parts_min", None), getattr(row, "diluent_parts_max", None)
    if low is None:
        raise ValueError(f"row '{row_id}' states no ratio")
    parts = getattr(row, "product_parts", None) or 1
    shown = typeset.ratio(parts, low, high)
    if presentation is None:
        return shown
    if not isinstance(row, RatioChoice):
        raise ValueError(f"ratio: volumes are given for the rows of preparations.yml, not for '{row_id}'")
    published_row(data, presentation, Presentation, "presentation")
    example = data.prepare(presentation, 1, row)
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
    return re.sub(r"\{([^{}]*)\}", lambda found: _filled(data, found[1]), words)


def _filled(data: Data, name: str) -> str:
    kind, colon, row = name.partition(":")
    if not colon:
        return plain_value(data, name)
    if kind != "ratio":
        raise ValueError(
            f"no placeholder '{{{name}}}'; write {{row.value}}, {{ratio:row}} or {{ratio:row@presentation}}"
        )
    row_id, _, presentation = row.partition("@")
    return plain_ratio(data, row_id, presentation or None)


def label_mark(data: Data, region: str, diluted: bool = True) -> str:
    """The label mark of a region, for diluted product unless `diluted=False`.

    Paste: {{ label_mark("neck") }} or {{ label_mark("hands", diluted=False) }}
    """
    row = published_row(data, region, Region, "region")
    return region_marks(row, diluted, labeled_ratio(data))
