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
    site: Text = Field(description="place on the body")
    layer: Text = Field(description="layer of the skin")
    mean_mm: Millimetres | None = Field(default=None, description="mean thickness, in mm")
    min_mm: Millimetres | None = Field(default=None, description="least thickness, in mm")
    max_mm: Millimetres | None = Field(default=None, description="greatest thickness, in mm")
    sd_mm: Millimetres | None = Field(default=None, description="standard deviation, in mm")
    method: Text = Field(description="how it was measured")
    derived: bool = Field(default=False, description="whether this site computed it from what the source prints")


class SeriesPoint(Measured):
    """One measured (or, when `derived`, computed) point of a series against age."""

    series: Id = Field(description="name of the series")
    quantity: Text = Field(description="what was measured")
    x_label: Text = Field(description="the age or group, as the source prints it")
    x: AnyNumber | None = Field(default=None, description="the same as a number")
    x_unit: Text | None = Field(default=None, description="unit of x")
    value: AnyNumber = Field(description="what was found")
    sd: AnyNumber | None = Field(default=None, description="standard deviation")
    unit: Text = Field(description="unit of value and sd")
    derived: bool = Field(default=False, description="whether this site computed it from what the source prints")
