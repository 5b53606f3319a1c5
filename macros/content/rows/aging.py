"""Measurements of the layers of the skin, and values against age."""

from typing import Self

from pydantic import Field, model_validator

from ..checked_values import AnyNumber, Id, Millimetres, Text, fault
from .base import Row


class Measured(Row):
    """A row that a drawing may need although it is not to be published."""

    drawing_only: bool = Field(
        default=False, description="true: a drawing shows it without its words; it stands in no table and no download"
    )

    @model_validator(mode="after")
    def _drawn(self) -> Self:
        if self.drawing_only and self.publish:
            raise fault("publish: expected false while drawing_only is true, got true")
        return self


class Layer(Measured):
    """Thickness of a skin layer at a site, in mm."""

    ordered = (("min_mm", "max_mm"),)
    site: Text
    layer: Text
    mean_mm: Millimetres | None = None
    min_mm: Millimetres | None = None
    max_mm: Millimetres | None = None
    sd_mm: Millimetres | None = None
    method: Text
    derived: bool = False


class SeriesPoint(Measured):
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
