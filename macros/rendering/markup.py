"""The HTML that the macros emit: marks, notes and blocks, each on a single line.

A single line can be indented, so a block works inside admonitions, tabs and lists; markdown_extension.py
then keeps it whole. Blocks start with ``<div data-block=``.
"""

from ..content.rows.base import Row
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


def row_note(row: Row) -> str:
    """The note of a row, small, behind what it is about; nothing where there is none."""
    return f' <span class="row-note">{text(row.note)}</span>' if row.note else ""
