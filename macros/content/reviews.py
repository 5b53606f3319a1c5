"""Review dates: what is due soon, what is overdue. Reads no clock; the day is given."""

import datetime
from collections.abc import Iterable, Iterator

from .faults import Fault
from .load import Data
from .pages import Page

WARN_DAYS = 60


def due(data: Data, pages: Iterable[Page], today: datetime.date) -> Iterator[tuple[int, Fault]]:
    """Days left (negative when overdue) and what is to be done where, for all that is due within 60 days."""
    dated = [(row.review_by, row_id) for row_id, row in data.rows.items() if hasattr(row, "review_by")]
    by_path = {f"docs/{page.path}": page for page in pages}
    dated += [(page.meta.review_by, path) for path, page in by_path.items()]
    for day, name in sorted(dated):
        left = (datetime.date.fromisoformat(day) - today).days
        if left > WARN_DAYS:
            return
        if left < 0:
            words = f"review was due on {day}, {-left} days ago; review it, then renew reviewed and review_by"
        else:
            words = f"review is due on {day}, in {left} days"
        if name in by_path:
            yield left, Fault(name, by_path[name].review_line, "", "", words)
        else:
            yield left, data.fault(data.rows[name], "review_by", words)
