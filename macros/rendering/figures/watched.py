"""Which rows a drawing reads: found by watching, so that no drawing can forget to say so."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from ...content.files import FILES
from ...content.published import Published
from ...content.rows.base import Row

# By these a drawing looks for its rows, in rows that it does not draw too.
_CHOOSING = frozenset(("id", "publish", "drawing_only", "series", "kind", "region", "phase", "diluted_use"))


def watched(data: Published, note: Callable[[Row], object]) -> Published:
    """The data, of which `note` is given each row as soon as a drawing reads more of it than what it is chosen by."""
    rows: dict[str, Any] = {row_id: _Watched(row, note) for row_id, row in data.rows.items()}
    files = {name.removesuffix(".yml"): getattr(data, name.removesuffix(".yml")) for name in FILES}
    seen = {
        name: file.model_copy(
            update={
                section: [rows[row.id] if isinstance(row, Row) else row for row in getattr(file, section)]
                for section in type(file).model_fields
                if isinstance(getattr(file, section), list)
            }
        )
        for name, file in files.items()
    }
    drawings: dict[str, Any] = {place: [_Watched(row, note) for row in drawn] for place, drawn in data.drawings.items()}
    return replace(data, rows=rows, drawings=drawings, **seen)


class _Watched:
    """A row that stands for another, and tells when it is read."""

    __slots__ = ("_note", "_row")

    def __init__(self, row: Row, note: Callable[[Row], object]):
        self._row, self._note = row, note

    @property  # type: ignore[misc]
    def __class__(self) -> type[Row]:  # type: ignore[override]
        """For isinstance: the kind of the row."""
        return type(self._row)

    def __getattr__(self, name: str) -> Any:
        if name not in _CHOOSING:
            self._note(self._row)
        return getattr(self._row, name)

    def __eq__(self, other: object) -> bool:
        return self._row == (other._row if type(other) is _Watched else other)

    def __hash__(self) -> int:
        return hash(self._row.id)
