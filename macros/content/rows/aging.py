"""Measurements of the layers of the skin, and values against age."""

from ..checked_values import AnyNumber, Id, Millimetres, Text
from .base import Row


class Layer(Row):
    """Thickness of a skin layer at a site, in mm."""

    ordered = (("min_mm", "max_mm"),)
    site: Text
    layer: Text
    mean_mm: Millimetres | None = None
    min_mm: Millimetres | None = None
    max_mm: Millimetres | None = None
    sd_mm: Millimetres | None = None
    method: Text
    drawing_only: bool = False
    derived: bool = False


class SeriesPoint(Row):
    """One measured (or, when `derived`, computed) point of a series against age."""

    series: Id
    quantity: Text
    x_label: Text
    x: AnyNumber | None = None
    x_unit: Text | None = None
    value: AnyNumber
    sd: AnyNumber | None = None
    unit: Text
    derived: bool = False
