"""What sources did, the steps of the procedure, and where sources differ."""

from decimal import Decimal
from typing import Literal, Self

from pydantic import Field, model_validator

from ..checked_values import AtLeastOne, Id, Key, Millilitres, Parts, ProductParts, Sessions, Some, Text, fault
from ..faults import shown
from ..vocabulary import Evidence
from .base import Row, Span, Strict

# A ratio of a row is rounded to 2 or 3 places.
_ROUNDING = Decimal("0.005")


class Protocol(Row):
    """What one source did in one region. A report, not a recommendation."""

    ordered = (
        ("diluent_parts_min", "diluent_parts_max"),
        ("total_ml_min", "total_ml_max"),
        ("deposit_ml_min", "deposit_ml_max"),
    )
    region: Id = Field(description="id of regions.yml")
    detail: Text | None = Field(default=None, description="which people or part of the region, where it matters")
    product_parts: ProductParts = Field(
        default=Decimal(1), description="parts of product, the first number of the ratio"
    )
    diluent_parts_min: Parts | None = Field(
        description="parts of diluent, the second number of the ratio, or the least of a range"
    )
    diluent_parts_max: Parts | None = Field(description="the same, or the most of a range")
    undiluted: bool | None = Field(
        default=False, description="whether nothing was added; null when the source does not say"
    )
    product_ml: Millilitres | None = Field(default=None, description="product for one treatment, in mL")
    total_ml: Millilitres | None = Field(default=None, description="product and diluent together, in mL")
    total_ml_min: Millilitres | None = Field(default=None, description="the least of a range, in mL")
    total_ml_max: Millilitres | None = Field(default=None, description="the most of a range, in mL")
    deposit_ml_min: Millilitres | None = Field(
        default=None, description="one deposit or thread, in mL, or the least of a range"
    )
    deposit_ml_max: Millilitres | None = Field(default=None, description="the same, or the most of a range")
    diluents: list[Id] = Field(default=[], description="ids of indications.yml")
    diluent_ml: dict[Id, Millilitres] = Field(default={}, description="how much of each, in mL, where stated")
    plane: Text | None = Field(default=None, description="layer into which it was injected")
    needle: Text | None = Field(default=None, description="needle, with its gauge")
    cannula: Text | None = Field(default=None, description="cannula, with its gauge")
    technique: Text | None = Field(default=None, description="how it was injected")
    sessions: Sessions | None = Field(default=None, description="number of treatments")
    interval: Span | None = Field(default=None, description="between sessions, as the source gives it")
    n: AtLeastOne | None = Field(default=None, description="people treated")
    evidence: Evidence = Field(description="kind of source")
    agreement: Text | None = Field(default=None, description="of a consensus: how many agreed, as far as it is printed")
    funding: Text | None = Field(default=None, description="who paid for the paper, and what ties it tells")

    @model_validator(mode="after")
    def _amounts_of_diluents(self) -> Self:
        if unknown := set(self.diluent_ml) - set(self.diluents):
            raise fault(f"diluent_ml: expected amounts of the row's diluents, got {shown(sorted(unknown))}")
        return self

    @model_validator(mode="after")
    def _every_liquid_counts(self) -> Self:
        counted = self.counted_parts
        stated = [
            parts / self.product_parts
            for parts in (self.diluent_parts_min, self.diluent_parts_max)
            if parts is not None
        ]
        if counted is not None and any(abs(parts - counted) > _ROUNDING for parts in stated):
            raise fault(
                f"diluent_parts_min: expected {counted:.2f} to one part of product, as every liquid of diluent_ml"
                f" counts, got {stated[0]:.2f} (mend the ratio or an amount)"
            )
        return self

    @model_validator(mode="after")
    def _dilution_stated(self) -> Self:
        if self.undiluted is None and (self.diluent_parts_min, self.diluent_parts_max) != (None, None):
            raise fault("undiluted: expected true or false on a row that states a ratio, got nothing")
        return self

    @model_validator(mode="after")
    def _opinion(self) -> Self:
        consensus = self.evidence == "consensus"
        if self.agreement and not consensus:
            raise fault(f"agreement: expected none with evidence {shown(self.evidence)}; only a consensus has one")
        for name in ("agreement", "funding"):
            if consensus and self.publish and getattr(self, name) is None:
                raise fault(f"{name}: missing; say it with the opinion of a consensus, or that it is not printed")
        return self

    @property
    def diluted(self) -> bool:
        """True when something was added to the product; False too when the source does not say."""
        return self.undiluted is False

    @property
    def counted_product_ml(self) -> Decimal | None:
        """Product in mL: as stated, or what is left of the total without its diluents."""
        if self.product_ml is None and self.total_ml is not None and self._every_amount():
            return self.total_ml - sum(self.diluent_ml.values())
        return self.product_ml

    @property
    def counted_parts(self) -> Decimal | None:
        """Parts of diluent to one of product by the amounts of the row; None when one of them is not stated."""
        if not self.counted_product_ml or not self._every_amount():
            return None
        return sum(self.diluent_ml.values(), Decimal(0)) / self.counted_product_ml

    def _every_amount(self) -> bool:
        return bool(self.diluents) and set(self.diluent_ml) == set(self.diluents)


class Step(Row):
    """One step of preparing or of the procedure, with the warning that guards it."""

    phase: Literal["before", "mixing", "marking", "injecting", "after"] = Field(description="part of the procedure")
    title: Text = Field(description="the step in a few words")
    warning: Text | None = Field(default=None, description="stands before the step")
    do: Text = Field(description="what is done")
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
