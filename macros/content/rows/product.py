"""The product: how it is supplied, what is in it, what becomes of it, and what it is compared with."""

from typing import Literal

from pydantic import Field

from ..checked_values import AnyNumber, AtLeastOne, Id, Percent, SyringeMillilitres, Text, ValueName, Weeks
from .base import Row


class Presentation(Row):
    """A syringe as supplied."""

    product: Text
    volume_ml: SyringeMillilitres
    status: Literal["current", "historical", "trade"]
    sold_in: list[Id] = Field(default=[], description="jurisdictions in which it is sold, as far as a source says")


class Component(Row):
    """One part of what is in the syringe."""

    component: Text
    share_percent: Percent | None = Field(default=None, description="percent of the volume, where published")
    detail: Text
    values: dict[ValueName, AnyNumber] = Field(
        default={}, description="size or strength, the unit at the end of the name"
    )
    role: Text


class TimelineBand(Row):
    """What was seen in tissue in a span of weeks after CaHA."""

    ordered = (("from_week", "to_week"),)
    phase: Text = Field(description="stretch of time")
    from_week: Weeks = Field(description="weeks after treatment, from")
    to_week: Weeks = Field(description="weeks after treatment, to")
    what: Text = Field(description="what was seen")
    short: Text | None = Field(default=None, description="the finding in a few words, for the figure")
    human: bool = Field(description="true: in people; false: in animals or the laboratory")
    n: AtLeastOne | None = Field(default=None, description="people, or samples")


class Direction(Row):
    """Which way a flow property moves when the product is thinned."""

    condition: Text
    quantity: Text
    value: Text


class Comparison(Row):
    """One attribute of Radiesse and of Sculptra, side by side."""

    attribute: Text
    radiesse: Text
    sculptra: Text
