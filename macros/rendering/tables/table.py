"""A table with caption, header row and row headers, on one line of HTML."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from xml.etree import ElementTree

from ...content.faults import did_you_mean
from ...content.load import Data
from ..markup import block
from ..typeset import attribute, text


@dataclass
class Table:
    """A table with caption, header row and row headers; cells hold HTML."""

    kind: str
    caption: str
    columns: list[str]
    rows: list[list[str]] = field(default_factory=list)
    row_ids: list[str] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)
    filter_name: str = ""
    sortable: bool = False
    classes: str = ""
    numeric: tuple[int, ...] = ()
    anchor: str = ""  # rows can be linked to as anchor-id; for a table that stands once on a page

    def add(self, *cells: str, row_id: str = "", group: str = "") -> None:
        """Add a row; its first cell becomes the row header. `group` is what a reader can filter by."""
        if len(cells) != len(self.columns):
            raise ValueError(f"{self.kind} table: {len(cells)} cells under {len(self.columns)} columns")
        self.rows.append(list(cells))
        self.row_ids.append(row_id)
        self.groups.append(group)

    def html(self) -> str:
        """The table as one line of HTML."""
        head = "".join(f'<th scope="col">{_spaced(column)}</th>' for column in self.columns)
        narrow = narrow_class(len(self.columns), len(self.numeric))
        labels = [
            f' data-label="{attribute(column_label(column))}"' if narrow == "cards" else "" for column in self.columns
        ]
        body = "".join(self._row(labels, *row) for row in zip(self.rows, self.row_ids, self.groups, strict=True))
        extra = f' data-filter="{attribute(self.filter_name)}"' if self.filter_name else ""
        extra += " data-sortable" if self.sortable else ""
        classes = " ".join(("data", narrow, *self.classes.split()))
        table = (
            f'<table class="{classes}"{extra}><caption>{self.caption}</caption>'
            f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        )
        label = _plain(self.caption)
        return block(f"{self.kind}-table", table, "table-wrap", role="group", aria_label=label, tabindex="0")

    def _row(self, labels: list[str], cells: list[str], row_id: str, group: str) -> str:
        named = f' data-row="{attribute(row_id)}"' if row_id else ""
        named += f' id="{attribute(self.anchor)}-{attribute(row_id)}"' if self.anchor and row_id else ""
        named += f' data-group="{attribute(group)}"' if group else ""
        cells = list(map(_spaced, cells))
        first = f'<th scope="row">{cells[0]}</th>'
        rest = "".join(
            f"<td{' class=num' if index in self.numeric else ''}{labels[index]}>{cell}</td>"
            for index, cell in enumerate(cells[1:], 1)
        )
        return f"<tr{named}>{first}{rest}</tr>"


def _spaced(cell: str) -> str:
    """A cell whose words do not run together where they are read without the styles."""
    return re.sub(r"(?<=\S)<(small|br)>", r" <\1>", cell)


def narrow_class(columns: int, numeric: int = 0) -> str:
    """How a table stands on a narrow screen: rows of words become cards, numbers scroll beside their row's name."""
    if numeric >= 3:
        return "scrolls"
    return "cards" if columns >= 3 else "fits"


def column_label(column: str) -> str:
    """The words of a column's head, as each cell repeats them where a row stands as a card."""
    return " ".join(_plain(re.sub(r"<small>(.*?)</small>", r" (\1)", column)).split())


def _plain(html: str) -> str:
    return "".join(ElementTree.fromstring(f"<x>{html.replace('&nbsp;', ' ')}</x>").itertext())


def known(value: str, names: Sequence[str], what: str) -> str:
    """The value, when it is among the names. Raises ValueError that names them."""
    if value not in names:
        raise ValueError(f"no {what} '{value}'{did_you_mean(value, names)}; there are: {', '.join(names)}")
    return value


def limited_to(data: Data, regions: Sequence[str], words: str = "") -> str:
    """What a table is limited to, for its caption: ": neck, undiluted"."""
    limits = [data.region(name).name for name in regions] + ([words] if words else [])
    return f": {text(', '.join(limits))}" if limits else ""
