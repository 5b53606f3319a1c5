"""What studies found, what they show for one use, and the claims of the source article."""

from typing import Literal, Self

from pydantic import Field, model_validator

from ..checked_values import AnyNumber, AtLeastOne, Id, PagePath, Parts, ProductParts, Text, ValueName, fault
from ..faults import shown
from ..vocabulary import Verdict
from .base import Row, Span

_RATIO = {"ratio", "product_parts", "diluent_parts"}
# What can be open in a row that is printed; without the rest it says nothing.
_MAY_BE_OPEN = _RATIO | {
    "other_product", "diluted", "diluents", "design", "n", "comparator", "measure", "values", "follow_up",
    "adverse_events", "funding", "note",
}  # fmt: skip


class Outcome(Row):
    """What one study measured and found in one region. A report, not a recommendation."""

    region: Id = Field(description="id of regions.yml")
    other_product: Text | None = Field(default=None, description="name, when the study is not of Radiesse as supplied")
    topic: Literal["efficacy", "comparison", "safety", "review", "imaging", "mechanism", "antidote"] = Field(
        description="what the study asks"
    )
    diluted: bool | Literal["mixed", "with-lidocaine"] | None = Field(
        default=None,
        description="only what the source says; mixed for both uses, with-lidocaine for a small addition of it",
    )
    product_parts: ProductParts | None = Field(
        default=None, description="parts of product, the first number of the ratio"
    )
    diluent_parts: Parts | None = Field(default=None, description="parts of diluent, the second number of the ratio")
    diluents: list[Id] = Field(default=[], description="ids of indications.yml, where the source states them")
    design: Literal[
        "rct", "split-face-rct", "controlled", "cohort", "case-series", "biopsy", "retrospective", "review",
        "laboratory",
    ] = Field(description="kind of study")  # fmt: skip
    n: AtLeastOne | None = Field(default=None, description="people in the study")
    comparator: Text | None = Field(default=None, description="what it was compared with")
    measure: Text | None = Field(default=None, description="what was measured")
    result: Text = Field(description="what was found")
    values: dict[ValueName, AnyNumber] = {}
    follow_up: Span | None = Field(default=None, description="as the source gives it")
    adverse_events: Text | None = Field(default=None, description="unwanted events, as far as the source tells")
    funding: Text | None = Field(default=None, description="who paid, as far as the source tells")
    grade: Literal["strong", "moderate", "emerging", "limited"] = Field(
        description="weight that this site gives to the result"
    )
    grade_reason: Text = Field(description="why that weight")
    basis: Literal["abstract", "quoted-abstract", "abstract-plus-quoted", "registry", "facts", "second-hand"] = Field(
        description="what of the paper was read"
    )
    unverified_parts: list[Text] = Field(
        default=[], description="fields that are not confirmed, `ratio` for both parts; none is printed"
    )

    @model_validator(mode="after")
    def _parts_known(self) -> Self:
        for name in self.unverified_parts:
            if name != "ratio" and name not in type(self).model_fields:
                raise fault(f"unverified_parts: expected names of fields of this row, got {shown(name)}")
            if name not in _MAY_BE_OPEN:
                raise fault(
                    f"unverified_parts: a row whose {name} is not confirmed is not to be printed; write publish: false"
                )
        return self

    @property
    def unconfirmed(self) -> set[str]:
        """The fields that are not confirmed."""
        named = set(self.unverified_parts)
        return named - {"ratio"} | ({"product_parts", "diluent_parts"} if named & _RATIO else set())


class UseSummary(Row):
    """In two sentences: what the studies of one use show that it can do, and what they do not show."""

    region: Id
    diluted: bool
    can: Text
    cannot: Text
    grade: Literal["strong", "moderate", "emerging", "limited"]


class Claim(Row):
    """A claim of the source article, paraphrased, with its verdict and correction."""

    claim: Text = Field(description="what the source article says, in other words")
    verdict: Verdict = Field(description="what the evidence says of it")
    off_label: bool = Field(description="whether the claim is of an off-label use")
    correction: Text = Field(description="what is right")
    why: Text = Field(description="the reason")
    contested_part: Text | None = None
    unsupported_part: Text | None = None
    pages: list[PagePath] = Field(description="pages that tell it")
