"""What may be printed."""

from collections.abc import Iterable
from typing import Any, TypeVar

from .load import Data
from .rows.base import Row
from .rows.label import Region

R = TypeVar("R", bound=Row)

# What only editors need; that a row is published says that it may be printed.
_EDITORS = ("verified", "publish", "editor_note", "review_by", "danger_verified")


def published(rows: Iterable[R]) -> list[R]:
    """The rows that may be printed."""
    return [row for row in rows if row.publish]


def published_row(data: Data, row_id: str, kind: type[R], what: str) -> R:
    """The row with this id, of the kind that a macro can print.

    Raises ValueError, with `what` as the word for the kind, when there is none or it is not verified.
    """
    row = data.one(row_id, kind, what)
    if not row.publish:
        raise ValueError(f"'{row_id}' is not to be published (it is not verified); do not print it")
    return row


def public_fields(row: Row) -> dict[str, Any]:
    """The fields of a published row that readers may have; a danger that is not confirmed is left out."""
    fields = row.model_dump()
    if isinstance(row, Region) and not row.danger_verified:
        fields["danger"] = []
    return {name: value for name, value in fields.items() if name not in _EDITORS}
