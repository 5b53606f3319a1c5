"""What may be printed: the one view of the data for pages, drawings, downloads, attachments and search.

What is not to be published is absent from it, and what is not confirmed is emptied, so that neither can be printed by
another door. The whole Data are for checks, the record of changes and reviews.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, TypeVar

from .cross_checks import Located
from .files import Files
from .load import Data
from .rows.aging import Measured
from .rows.base import Row
from .rows.label import Region
from .rows.studies import Outcome

R = TypeVar("R", bound=Row)

# What only editors and the search need; that a row is published says that it may be printed.
_EDITORS = (
    "verified", "publish", "editor_note", "review_by", "danger_verified", "drawing_only", "ladder_exception",
    "searched_as",
)  # fmt: skip


# What is left of a field that is not confirmed, where that is not None.
_EMPTY: dict[str, Any] = {"values": {}, "diluents": []}


# Fields that name other rows beside what a row itself says; those that are withheld are not among them.
_NAMES = ("see_also", "conflicts_with", "claims", "rows")


@dataclass(frozen=True)
class Published(Data):
    """The rows that may be printed, and of each only what is confirmed.

    `withheld` holds the ids of the others, for a message only; `drawings` those that are for drawings alone, by their
    section, such as "aging.layers".
    """

    withheld: frozenset[str] = frozenset()
    drawings: Mapping[str, list[Row]] = field(default_factory=dict)

    def one(self, row_id: str, kind: type[R], what: str = "row") -> R:
        """The row with this id, of this kind; `what` is the word for the kind in the message.

        Raises ValueError with its cure when there is none, or it is not to be published.
        """
        if row_id in self.withheld:
            raise ValueError(f"'{row_id}' is not to be published (it is not verified); do not print it")
        return super().one(row_id, kind, what)

    def located(self) -> Iterator[Located]:
        """Only the whole Data know the lines of their rows."""
        raise NotImplementedError("the place of a fault is asked of the whole Data")


def publish(data: Data) -> Published:
    """What may be printed of the data."""
    withheld = frozenset(row.id for row in data.rows.values() if not row.publish)
    files: dict[str, Any] = {}
    shown: dict[str, Row] = {}
    drawings: dict[str, list[Row]] = {}
    for part in fields(Files):
        file, sections = getattr(data, part.name), {}
        for name in type(file).model_fields:
            rows = [_public(row, withheld) for row in getattr(file, name) if isinstance(row, Row)]
            if rows:
                sections[name] = [row for row in rows if row.publish]
                shown |= {row.id: row for row in sections[name]}
                drawn = [row for row in rows if isinstance(row, Measured) and row.drawing_only]
                drawings[f"{part.name}.{name}"] = list(drawn)
        files[part.name] = file.model_copy(update=sections)
    return Published(**files, references=data.references, rows=shown, withheld=withheld, drawings=drawings)


def _public(row: R, withheld: frozenset[str]) -> R:
    """The row without what is not confirmed, what is for editors, and the names of rows that are withheld."""
    update: dict[str, Any] = {"editor_note": None, "ladder_exception": None}
    for name in _NAMES:
        if named := vars(row).get(name):
            update[name] = [each for each in named if each not in withheld]
    if isinstance(row, Region) and not row.danger_verified:
        update["danger"] = []
    if isinstance(row, Outcome):
        update |= {name: _EMPTY.get(name) for name in row.unconfirmed}
    return row.model_copy(update=update)


def public_fields(row: Row) -> dict[str, Any]:
    """The fields of a published row that readers may have, in the order of the model."""
    # What is not confirmed is empty even where the model asks for a value.
    return {name: value for name, value in row.model_dump(warnings=False).items() if name not in _EDITORS}
