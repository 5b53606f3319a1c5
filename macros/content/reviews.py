"""Review dates: what is due soon, what is overdue. Reads no clock; the day is given."""

import datetime
from collections.abc import Iterable, Iterator

from .load import Data
from .pages import Page

WARN_DAYS = 60


def due(data: Data, pages: Iterable[Page], today: datetime.date) -> Iterator[tuple[int, str]]:
    """Days left (negative when overdue) and a line of words, for all that is due within 60 days."""
    dated = [(f"{row_id}", row.review_by) for row_id, row in data.rows.items() if hasattr(row, "review_by")]
    dated += [(f"docs/{page.path}", page.meta.review_by) for page in pages]
    for name, day in sorted(dated, key=lambda item: (item[1], item[0])):
        left = (datetime.date.fromisoformat(day) - today).days
        if left < 0:
            yield (
                left,
                f"{name}: review was due on {day}, {-left} days ago; review it, then renew reviewed and review_by",
            )
        elif left <= WARN_DAYS:
            yield left, f"{name}: review is due on {day}, in {left} days"
