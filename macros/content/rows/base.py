"""What every row has: an id, its sources, and whether it may be printed."""

from decimal import Decimal
from typing import ClassVar, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from ..checked_values import AnyNumber, AtLeastOne, Id, Key, SpanNumber, Text, ValueName, fault


class Strict(BaseModel):
    """A mapping with exactly the fields that are named."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


_DAYS = {
    "days": Decimal(1), "weeks": Decimal(7), "months": Decimal("365.25") / 12, "years": Decimal("365.25"),
}  # fmt: skip


class Span(Strict):
    """A length of time as its source gives it: 45 days, 4 months; it is printed so, never converted."""

    value: SpanNumber
    unit: Literal["days", "weeks", "months", "years"]

    @property
    def weeks(self) -> Decimal:
        """The same in weeks, to a tenth, for an order or an axis; a month is a twelfth of a year."""
        return round(self.value * _DAYS[self.unit] / 7, 1)


class Row(Strict):
    """A row with an id, its sources, and whether it may be printed."""

    # (lower bound, upper bound) pairs of fields whose order is checked.
    ordered: ClassVar[tuple[tuple[str, str], ...]] = ()

    id: Id = Field(description="name of the row, one and the same in all files")
    refs: list[Key] = Field(default=[], description="citation keys of references.json")
    verified: bool = Field(default=True, description="true when the statement was found in a source")
    publish: bool = Field(default=True, description="false keeps the row off every page")
    note: Text | None = Field(default=None, description="printed beside the row")
    editor_note: Text | None = Field(default=None, description="for editors; never printed")
    ladder_exception: Text | None = Field(
        default=None,
        description="why a statement of safety or of a label stands on lesser sources, which its words name",
    )

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if self.publish and not self.verified:
            raise fault("publish: expected false while verified is false, got true (verify it first)")
        for low, high in self.ordered:
            least, most = getattr(self, low), getattr(self, high)
            if least is not None and most is not None and least > most:
                raise fault(f"{low}: expected at most {high} ({most}), got {least}")
        return self


class Fact(Row):
    """One statement with its sources; `values` holds the numbers that prose may quote."""

    topic: Text = Field(description="what it is about")
    statement: Text = Field(description="what is known, in a sentence")
    values: dict[ValueName, AnyNumber] = Field(
        default={}, description="numbers by name, the unit at the end of the name"
    )
    n: AtLeastOne | None = Field(default=None, description="people it rests on")
    conflicts_with: list[Id] = Field(default=[], description="rows that say something else")
