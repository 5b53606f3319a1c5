"""Regions with their label status, and the regulatory history."""

from typing import Literal, Self

from pydantic import Field, model_validator

from ..checked_values import DateText, Day, PagePath, Parts, Text, fault
from ..vocabulary import Caution, LabelMark
from .base import Row


class Region(Row):
    """A region, its label status by jurisdiction, and how much caution it needs."""

    name: Text
    kind: Literal["treatment", "study"] = Field(description="study: a grouping that only studies use")
    us_undiluted: LabelMark | None = None
    us_diluted: LabelMark | None = None
    eu_undiluted: LabelMark | None = None
    eu_diluted: LabelMark | None = None
    label_note: Text | None = Field(default=None, description="what limits the label, printed with the mark")
    us_status: Text | None = None
    eu_status: Text | None = None
    caution: Caution | None = None
    danger: list[Text] = []
    danger_verified: bool = False
    why: Text | None = None
    diluted_evidence: Text | None = None
    page: PagePath | None = Field(default=None, description="the page that treats the region")
    reviewed: Day
    review_by: Day

    @model_validator(mode="after")
    def _marked(self) -> Self:
        if self.kind == "treatment":
            for name in (
                "us_undiluted",
                "us_diluted",
                "eu_undiluted",
                "eu_diluted",
                "us_status",
                "eu_status",
                "caution",
            ):
                if getattr(self, name) is None:
                    raise fault(f"{name}: missing; a treatment region carries its label status everywhere it is named")
            marks = {self.us_undiluted, self.us_diluted, self.eu_undiluted, self.eu_diluted}
            if (self.caution == "avoid") != (marks == {"avoid"}):
                raise fault("caution: expected avoid together with four marks 'avoid', or neither")
        return self


class Approval(Row):
    """One event in the regulatory history of the product or of its neighbors."""

    jurisdiction: Literal["US", "EU", "international", "Middle East"]
    event: Literal["approval", "clearance", "advisory vote", "advisory meeting", "label change", "label wording"]
    date: DateText | None
    date_precision: Literal["day", "month", "year", "before", "uncertain", "undated"]
    number: Text | None = None
    pathway: Text
    product: Text
    scope: Text
    short: Text | None = Field(default=None, description="what it covers in a few words, for the figure")
    diluted_use: bool
    diluent_parts: Parts | None = None
    confidence: Literal["high", "moderate", "low"]
    reviewed: Day
    review_by: Day
