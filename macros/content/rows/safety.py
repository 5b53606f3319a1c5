"""Warnings and other statements of safety, and rates of adverse events."""

from typing import Literal

from pydantic import Field

from ..checked_values import AtLeastOne, Count, Id, Percent, Text
from .base import Row


class SafetyItem(Row):
    """A contraindication, warning, stop sign or other safety statement."""

    statement: Text = Field(description="what to know or do")
    source: Text | None = Field(default=None, description="who says so")
    short: Text | None = Field(default=None, description="the same in a few words, for the safety strip of a sheet")
    plain: Text | None = Field(default=None, description="the same for patients")


class AdverseEvent(Row):
    """A count or rate of an adverse event, with its denominator where one is printed."""

    ordered = (("numerator", "denominator"),)
    statement: Text = Field(description="the event and where it was counted")
    short: Text | None = Field(default=None, description="the event in a few words, for the figure")
    population: Text = Field(description="who was counted")
    diluted: bool | Literal["mixed"] | None = Field(
        default=None, description="mixed: over several dilutions or products; left out where the source does not say"
    )
    numerator: Count | None = Field(default=None, description="people, or treatments, with the event")
    denominator: AtLeastOne | None = Field(default=None, description="people, or treatments, in all")
    percent: Percent | None = Field(default=None, description="rate, as the source prints it or computed")
    regions: list[Id] = Field(
        default=[], description="ids of regions.yml, where it was counted in one region or in few that are named"
    )
