"""Regions with their caution, and the regulatory history."""

from typing import Literal, Self

from pydantic import Field, model_validator

from ..checked_values import DateText, Day, Id, PagePath, Parts, Text, fault
from ..vocabulary import Caution
from .base import Row


class Region(Row):
    """A region and how much caution it needs; its label status is that of the indications (label_status)."""

    name: Text = Field(description="its name")
    searched_as: list[Text] = Field(default=[], description="wordings that only the search box knows; never printed")
    kind: Literal["treatment", "grouping", "laboratory"] = Field(
        description="grouping: several regions that studies take together; laboratory: nothing is treated"
    )
    regulator_says: dict[Id, Text] = Field(
        default={}, description="what a label or regulator says of the region besides an indication, by jurisdiction"
    )
    caution: Caution | None = Field(default=None, description="judgement of this site")
    danger: list[Text] = Field(default=[], description="what endangers it, where confirmed")
    danger_verified: bool = False
    why: Text | None = Field(default=None, description="the reason of the caution")
    page: PagePath | None = Field(
        default=None, description="the page that treats the region; left out where it has one by its own id"
    )
    reviewed: Day = Field(description="day of the last check")
    review_by: Day

    @property
    def home(self) -> str | None:
        """The page that treats the region, below docs/; None for what is no region of the body."""
        return self.page or (None if self.kind == "laboratory" else f"regions/{self.id}.md")

    @model_validator(mode="after")
    def _judged(self) -> Self:
        if self.kind == "treatment":
            for name in ("caution", "why"):
                if getattr(self, name) is None:
                    raise fault(
                        f"{name}: missing; a treatment region carries its caution and reason everywhere it is named"
                    )
        return self


class Approval(Row):
    """One event in the regulatory history of the product or of its neighbors."""

    jurisdiction: Text = Field(description="the short name of a jurisdiction of indications.yml, or another place")
    event: Literal["approval", "clearance", "advisory vote", "advisory meeting", "label change", "label wording"] = (
        Field(description="kind of event")
    )
    date: DateText | None = Field(description="day of the event, or its month or year")
    date_precision: Literal["day", "month", "year", "before", "uncertain", "undated"] = Field(
        description="how exact the date is"
    )
    number: Text | None = Field(default=None, description="number at the regulator, where confirmed")
    pathway: Text = Field(description="kind of procedure")
    product: Text = Field(description="the product concerned")
    scope: Text = Field(description="what it covers")
    short: Text | None = Field(default=None, description="what it covers in a few words, for the figure")
    diluted_use: bool = Field(description="whether it concerns diluted product")
    diluent_parts: Parts | None = Field(
        default=None, description="parts of diluent to one part of product, where the label names a ratio"
    )
    confidence: Literal["high", "moderate", "low"] = Field(description="how sure it is")
    reviewed: Day = Field(description="day of the last check")
    review_by: Day
