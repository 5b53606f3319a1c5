"""What sources did, the steps of the procedure, and where sources differ."""

from decimal import Decimal
from typing import Literal, Self

from pydantic import Field, model_validator

from ..checked_values import AtLeastOne, Id, Key, Millilitres, Parts, ProductParts, Sessions, Some, Text, Weeks, fault
from ..faults import shown
from ..vocabulary import Evidence
from .base import Row, Strict


class Protocol(Row):
    """What one source did in one region. A report, not a recommendation."""

    ordered = (
        ("diluent_parts_min", "diluent_parts_max"),
        ("total_ml_min", "total_ml_max"),
        ("deposit_ml_min", "deposit_ml_max"),
    )
    region: Id
    detail: Text | None = Field(default=None, description="which people or part of the region, where it matters")
    product_parts: ProductParts = Decimal(1)
    diluent_parts_min: Parts | None
    diluent_parts_max: Parts | None
    undiluted: bool = False
    product_ml: Millilitres | None = None
    total_ml: Millilitres | None = None
    total_ml_min: Millilitres | None = None
    total_ml_max: Millilitres | None = None
    deposit_ml_min: Millilitres | None = None
    deposit_ml_max: Millilitres | None = None
    diluents: list[Id] = Field(default=[], description="ids of indications.yml")
    diluent_ml: dict[Id, Millilitres] = Field(default={}, description="how much of each, in mL, where stated")
    plane: Text | None = None
    needle: Text | None = None
    cannula: Text | None = None
    technique: Text | None = None
    sessions: Sessions | None = None
    interval_weeks: Weeks | None = None
    n: AtLeastOne | None = None
    evidence: Evidence

    @model_validator(mode="after")
    def _amounts_of_diluents(self) -> Self:
        if unknown := set(self.diluent_ml) - set(self.diluents):
            raise fault(f"diluent_ml: expected amounts of the row's diluents, got {shown(sorted(unknown))}")
        return self

    @property
    def diluted(self) -> bool:
        """True when something was added to the product."""
        return not self.undiluted


class Step(Row):
    """One step of preparing or of the procedure, with the warning that guards it."""

    phase: Literal["before", "mixing", "marking", "injecting", "after"]
    title: Text
    warning: Text | None = Field(default=None, description="stands before the step")
    do: Text
    checks: list[Text] = Field(min_length=1, description="boxes to tick on the procedure checklist, a few words each")
    claims: list[Id] = Field(default=[], description="claims of the source article that the step corrects")
    regions: list[Id] = Field(default=[], description="regions that the step names; each is printed with its mark")


class Position(Strict):
    """What some sources say on a disputed question."""

    says: Text
    refs: list[Key] = Field(min_length=1)


class Disagreement(Row):
    """A question on which sources differ, side by side; `refs` are the article's."""

    question: Text
    article: Text = Field(description="what the source article says")
    positions: Some[Position]
    take: Text = Field(description="what a reader should take from it")
    regions: list[Id] = Field(default=[], description="regions that the row names; each is printed with its mark")
