"""What studies found, what they show for one use, and the claims of the source article."""

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal, Self

from pydantic import Field, model_validator

from ..checked_values import AnyNumber, AtLeastOne, Id, PagePath, Parts, ProductParts, Text, ValueName, fault
from ..faults import did_you_mean, shown
from ..vocabulary import Verdict
from .base import Row, Span, Strict

_RATIO = {"ratio", "product_parts", "diluent_parts"}
# What can be open in a row that is printed; without the rest it says nothing.
_MAY_BE_OPEN = _RATIO | {
    "other_product", "diluted", "diluents", "design", "n", "comparator", "measure", "values", "follow_up",
    "adverse_events", "funding", "note", "comparison",
}  # fmt: skip


class Share(Strict):
    """A share in percent by the names of its numbers under `values` of the row, with its 95 % interval."""

    percent: ValueName
    low: ValueName | None = Field(default=None, description="lower end of the 95 % interval, where the source gives it")
    high: ValueName | None = Field(default=None, description="upper end of it")


class Arm(Share):
    """One of the two groups that were compared."""

    name: Text = Field(description="who they are, in a few words: Treated")
    count: ValueName | None = Field(default=None, description="how many of them had what was counted")
    of: ValueName | None = Field(default=None, description="out of how many")


class PlainComparison(Strict):
    """The words of a comparison for patients."""

    counted: Text = Field(description="what was counted, for whom and when")
    each: Text | None = Field(default=None, description="what was counted, where it is not people: lines")
    treated: Text
    control: Text
    means: Text = Field(description="what it means, in a sentence")
    study: Text = Field(description="that it is one study, who paid, and what is not known of it")


# A picture of 100 figures would lend a smaller group a weight that it has not.
_LEAST_SHOWN_OF_100 = 20


class Comparison(Strict):
    """What was counted in two groups of a study, of both of which the share is known."""

    counted: Text = Field(description="what was counted, and who judged it")
    after: Span = Field(description="when, as the source gives it")
    each: Text = Field(default="people", description="what was counted, where it is not people: folds")
    treated: Arm
    control: Arm
    difference: Share | None = Field(default=None, description="only where the source gives it; else it is worked out")
    means: Text = Field(description="what it means, in a sentence")
    limits: Text | None = Field(default=None, description="what to know before it is quoted")
    plain: PlainComparison | None = Field(default=None, description="the words for patients")

    def quoting(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """The words that may quote the data, each with its place."""
        for around, part, fields in (((), self, ("means", "limits")), (("plain",), self.plain, ("means", "study"))):
            for field in fields:
                if words := getattr(part, field, None):
                    yield words, (*around, field)

    @property
    def shares(self) -> dict[str, Share]:
        """The shares that it names, by field."""
        named = {"treated": self.treated, "control": self.control, "difference": self.difference}
        return {field: share for field, share in named.items() if share is not None}


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
    comparison: Comparison | None = Field(
        default=None, description="both groups of a trial, for its picture; only where both shares are known"
    )
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

    @model_validator(mode="after")
    def _shares_known(self) -> Self:
        for field, share in self.comparison.shares.items() if self.comparison else ():
            for name, least in _numbers_of(share, field):
                if name not in self.values:
                    raise fault(
                        f"comparison: {field} names {shown(name)}, which `values` does not hold"
                        f"{did_you_mean(name, self.values)}; give the number there, or leave the comparison out"
                    )
                if not least <= self.values[name]:
                    raise fault(f"comparison: {field} has room for numbers from {least}, got {self.values[name]}")
            if isinstance(share, Arm) and share.of and self.values[share.of] < _LEAST_SHOWN_OF_100:
                raise fault(
                    f"comparison: {field} has {self.values[share.of]} in it; fewer than {_LEAST_SHOWN_OF_100} are not"
                    " shown as so many in 100: leave the comparison out, and give the counts in the result"
                )
            low, percent, high = (self.values.get(name or share.percent, 0) for name in (share.low, "", share.high))
            if not low <= percent <= high <= 100:
                raise fault(
                    f"comparison: {field} expected percents that rise from low to high, and none above 100,"
                    f" got {low}, {percent} and {high}"
                )
        return self

    @property
    def unconfirmed(self) -> set[str]:
        """The fields that are not confirmed."""
        named = set(self.unverified_parts)
        named |= {"product_parts", "diluent_parts"} if named & _RATIO else set()
        named |= {"comparison"} if "values" in named else set()
        return named - {"ratio"}

    @property
    def difference_percent(self) -> Decimal | None:
        """How many more in 100 of the treated, in percent; as the source gives it, else worked out."""
        if self.comparison is None:
            return None
        if self.comparison.difference is not None:
            return Decimal(self.values[self.comparison.difference.percent])
        return Decimal(self.values[self.comparison.treated.percent] - self.values[self.comparison.control.percent])

    @property
    def shares_in_100(self) -> dict[str, int]:
        """Both groups and their difference as whole numbers in 100, by the names by which words quote them."""
        if self.comparison is None or self.difference_percent is None:
            return {}
        percents = {
            "treated": self.values[self.comparison.treated.percent],
            "control": self.values[self.comparison.control.percent],
            "difference": abs(self.difference_percent),
        }
        return {f"{name}_in_100": in_100(percent) for name, percent in percents.items()}


def in_100(percent: Decimal | int) -> int:
    """A share as a whole number in 100, half up; but all are only all."""
    return min(int(Decimal(percent).quantize(Decimal(1), ROUND_HALF_UP)), 100 if percent == 100 else 99)


def _numbers_of(share: Share, field: str) -> list[tuple[str, int]]:
    """The names of the numbers of a share, each with the least that it can be."""
    # The treated can do worse.
    least = -100 if field == "difference" else 0
    named = [(share.percent, least), (share.low, least), (share.high, least)]
    if isinstance(share, Arm):
        named += [(share.count, 0), (share.of, 1)]
    return [(name, least) for name, least in named if name is not None]


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
