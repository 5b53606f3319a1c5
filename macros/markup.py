"""The HTML that the macros emit: real tables, marks and notes, each on a single line.

A single line can be indented, so a block works inside admonitions, tabs and lists; extension.py
then keeps it whole. Blocks start with ``<div data-block=``.
"""

import re
from dataclasses import dataclass, field
from xml.etree import ElementTree

from . import model
from .typeset import attribute, text

NOT_STATED = '<span class="not-stated">not stated</span>'


def block(kind: str, inner: str, classes: str = "", **attributes: str) -> str:
    """Wrap HTML as one block that survives Markdown; `kind` names it for tests and styles."""
    extra = "".join(f' {name.replace("_", "-")}="{attribute(value)}"' for name, value in attributes.items())
    names = f' class="{attribute(classes)}"' if classes else ""
    return f'<div data-block="{kind}"{names}{extra}>{" ".join(inner.split(chr(10)))}</div>'


# What Markdown, its tables and its attribute lists would take for their own signs.
_SIGNS = str.maketrans({sign: f"&#{ord(sign)};" for sign in "\\`*_[]{}|~^"} | {"\n": " "})


def inline(html: str) -> str:
    """HTML that stands in a line of Markdown: what the data hold is read as words there, also in a table cell."""
    return html.translate(_SIGNS)


def mark(kind: str, words: str) -> str:
    """A status mark: a shape, words and a color, so that it lives in gray print too."""
    return f'<span class="mark mark-{kind}"><span class="mark-shape" aria-hidden="true"></span>{text(words)}</span>'


def or_gap(value: str | None) -> str:
    """The words of a value, or "not stated"."""
    return text(value) if value else NOT_STATED


def row_note(row: model.Row) -> str:
    """The note of a row, small, behind what it is about; nothing where there is none."""
    return f' <span class="row-note">{text(row.note)}</span>' if row.note else ""


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
