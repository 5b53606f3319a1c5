"""What may be printed."""

from collections.abc import Iterable
from typing import TypeVar

from .faults import did_you_mean
from .load import Data
from .rows.base import Row

R = TypeVar("R", bound=Row)


def published(rows: Iterable[R]) -> list[R]:
    """The rows that may be printed."""
    return [row for row in rows if row.publish]


def published_row(data: Data, row_id: str, kind: type[R], what: str) -> R:
    """The row with this id, of the kind that a macro can print.

    Raises ValueError, with `what` as the word for the kind, when there is none or it is not verified.
    """
    row = data.rows.get(row_id)
    if not isinstance(row, kind):
        known = [name for name, other in data.rows.items() if isinstance(other, kind)]
        raise ValueError(f"no {what} '{row_id}' in docs/data/{did_you_mean(row_id, known)}")
    if not row.publish:
        raise ValueError(f"'{row_id}' is not to be published (it is not verified); do not print it")
    return row
