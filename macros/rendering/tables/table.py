"""A table with caption, header row and row headers, on one line of HTML."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from xml.etree import ElementTree

from markupsafe import Markup

from ...content.faults import did_you_mean
from ...content.load import Data
from ...content.rows.base import Row
from ..markup import block, element, file_link, small
from ..page_context import PageContext
from ..typeset import text

# Up to so many columns are as wide as the text. What a style needs to know of a table its frame says: to look for it
# inside costs a slow phone much time.
FEW = 3


@dataclass
class Table:
    """A table with caption, header row and row headers; words in its cells are escaped, HTML stands as it is."""

    context: PageContext
    kind: str
    caption: str
    columns: list[str]
    rows: list[Markup] = field(default_factory=list)
    filter_name: str | None = None
    sortable: bool = False
    classes: str = ""
    numeric: tuple[int, ...] = ()
    anchor: str = ""  # rows can be linked to as anchor-id; for a table that stands once on a page
    data_address: str = ""  # of the line of its first row, where a repository is named

    def add(self, *cells: str, row: Row | Sequence[Row] = (), row_id: str = "", group: str | None = None) -> None:
        """Add a row; its first cell becomes the row header.

        `row` is what it prints of the data, one row or several; `row_id` names a row that is none of the data;
        `group` is what a reader can filter by.
        """
        if len(cells) != len(self.columns):
            raise ValueError(f"{self.kind} table: {len(cells)} cells under {len(self.columns)} columns")
        printed = [row] if isinstance(row, Row) else row
        self.data_address = self.data_address or next(map(self.context.project.line_address, printed), "")
        names = " ".join(self.context.prints(each).id for each in printed) or row_id
        head = element("th", _spaced(cells[0]), scope="row")
        others = (self._cell(index, cell) for index, cell in enumerate(cells[1:], 1))
        anchor = f"{self.anchor}-{names}" if self.anchor and names else None
        self.rows.append(element("tr", head, *others, data_row=names or None, id=anchor, data_group=group))

    def _cell(self, index: int, cell: str) -> Markup:
        classes = "num" if index in self.numeric else None
        label = column_label(self.columns[index]) if self._narrow == "cards" else None
        return element("td", _spaced(cell), classes=classes, data_label=label)

    @property
    def _narrow(self) -> str:
        return narrow_class(len(self.columns), len(self.numeric))

    def html(self) -> Markup:
        """The table as one line of HTML."""
        heads = (element("th", _spaced(column), scope="col") for column in self.columns)
        classes = ["data", self._narrow, *self.classes.split()]
        table = element(
            "table",
            element("caption", self.caption),
            element("thead", element("tr", *heads)),
            element("tbody", *self.rows),
            classes=" ".join(classes),
            data_filter=self.filter_name,
            data_sortable=self.sortable,
        )
        label = _plain(text(self.caption))
        leads = file_link(self.data_address, "This table in the data file")
        frame = {
            "data_few": len(self.columns) <= FEW and "studies" not in classes,
            "data_scrolls": "scrolls" in classes,
        }
        return block(
            f"{self.kind}-table",
            table,
            leads,
            classes="table-wrap",
            role="group",
            aria_label=label,
            tabindex="0",
            **frame,
        )


def column(name: str, below: str) -> Markup:
    """The head of a column in two lines."""
    return text(name) + small(below)


def _spaced(cell: str) -> Markup:
    """A cell whose words do not run together where they are read without the styles."""
    # A pattern over Markup would escape what it puts together, so it works on plain text.
    html = str(text(cell))
    return Markup(re.sub(r"(?<=\S)<(small|br)>", r" <\1>", html))  # noqa: S704 (only a space is added)


def narrow_class(columns: int, numeric: int = 0) -> str:
    """How a table stands on a narrow screen: rows of words become cards, numbers scroll beside their row's name."""
    if numeric >= 3:
        return "scrolls"
    return "cards" if columns >= 3 else "fits"


def column_label(column: str) -> str:
    """The words of a column's head, as each cell repeats them where a row stands as a card."""
    return " ".join(_plain(re.sub(r"<small>(.*?)</small>", r" (\1)", str(text(column)))).split())


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
    return f": {', '.join(limits)}" if limits else ""
