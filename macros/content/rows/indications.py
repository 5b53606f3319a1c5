"""What labels cover: jurisdictions, the liquids that are added, and one row for each indication of a label."""

from typing import Literal, Self

from pydantic import Field, model_validator

from ..checked_values import Day, Id, Parts, ProductParts, Some, Text, fault
from .base import Row


class Jurisdiction(Row):
    """A country or union whose label counts; its status is printed everywhere."""

    name: Text
    short: Text = Field(description="as it stands in a mark, in a few letters")
    patient: Text | None = Field(default=None, description="its name within a sentence for patients")


class Diluent(Row):
    """A liquid that is added to the product."""

    name: Text
    may_be: list[Id] = Field(
        default=[], description="diluents that these words leave open, such as saline without a strength"
    )


class Indication(Row):
    """One indication of one label: a place, a preparation and people, for certain syringes, in one jurisdiction."""

    jurisdiction: Id = Field(description="id of the jurisdiction")
    presentations: Some[Id] = Field(description="ids of the syringes it holds for")
    regions: Some[Id] = Field(description="ids of regions.yml")
    undiluted: bool = Field(default=False, description="true: the label speaks of undiluted product")
    product_parts: ProductParts | None = Field(
        default=None, description="parts of product, the first number of the ratio"
    )
    diluent_parts: Parts | None = Field(default=None, description="parts of diluent, the second number of the ratio")
    diluents: list[Id] = Field(default=[], description="ids of the diluents that the label names")
    use: Text = Field(description="what the label says it is for, in own words")
    patient: Text | None = Field(default=None, description="the same in plain words for patients")
    people: Text | None = Field(default=None, description="whom the label names, such as adults")
    plane: Text | None = Field(default=None, description="layer into which it is injected, where the label says it")
    since: Text | None = Field(default=None, description="from when on, as far as a source says")
    approval: Id | None = Field(default=None, description="the event of approvals.yml that brought it")
    seen: Literal["read", "reported"] = Field(description="read: the words of the label; reported: told by others")
    reported_by: Text | None = Field(default=None, description="who tells of it, where the label was not read")
    reviewed: Day = Field(description="day of the last check")
    review_by: Day

    @model_validator(mode="after")
    def _one_preparation(self) -> Self:
        ratio = (self.product_parts, self.diluent_parts)
        if self.undiluted and (ratio != (None, None) or self.diluents):
            raise fault("undiluted: expected false on a row with a ratio or a diluent, got true (make it two rows)")
        if not self.undiluted and (None in ratio or not self.diluents):
            raise fault("undiluted: expected true, or product_parts, diluent_parts and diluents, got neither")
        if (self.seen == "reported") != (self.reported_by is not None):
            raise fault("reported_by: expected who reports it on a row that is reported, and on no other")
        return self
