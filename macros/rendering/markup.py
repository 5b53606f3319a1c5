"""The HTML that the macros emit, by type: `Markup` is HTML, `str` is words, and words become HTML only here.

Each block stands on a single line. A single line can be indented, so a block works inside admonitions, tabs and
lists; markdown_extension.py then keeps it whole. Blocks start with ``<div data-block=``.
"""

from collections.abc import Iterable

from markupsafe import Markup, escape

from ..content.rows.base import Row
from .typeset import text

# Elements without an end tag.
_VOID = {"br", "img", "input", "link", "meta"}


def element(tag: str, *children: str | None, **attributes: str | bool | None) -> Markup:
    """An element of HTML with its children: words are escaped, HTML stays as it is, None is nothing.

    Attributes: `classes` is written class, an underscore a hyphen; True gives the bare name, None and False leave the
    attribute out.
    """
    inner = joined(children)
    given = ((_attribute_name(name), value) for name, value in attributes.items() if value not in (None, False))
    head = "".join(f" {name}" if value is True else f' {name}="{escape(value)}"' for name, value in given)
    end = "" if tag in _VOID else f"</{tag}>"
    return Markup(f"<{tag}{head}>{inner}{end}")  # noqa: S704 (children and attributes are escaped above)


def _attribute_name(name: str) -> str:
    return "class" if name == "classes" else name.rstrip("_").replace("_", "-")


def joined(parts: Iterable[str | None], between: str = "") -> Markup:
    """Parts one after another, words escaped; what is empty is left out, so that nothing stands between it."""
    return text(between).join(text(part) for part in parts if part)


def block(kind: str, *children: str | None, classes: str | None = None, **attributes: str | bool | None) -> Markup:
    """A block that survives Markdown; `kind` names it for tests and styles."""
    return element("div", *children, data_block=kind, classes=classes, **attributes).replace("\n", " ")


NOT_STATED = element("span", "not stated", classes="not-stated")

# What Markdown, its tables and its attribute lists would take for their own signs.
_SIGNS = str.maketrans({sign: f"&#{ord(sign)};" for sign in "\\`*_[]{}|~^"} | {"\n": " "})


def inline(html: Markup) -> Markup:
    """HTML that stands in a line of Markdown: what the data hold is read as words there, also in a table cell."""
    return Markup(html.translate(_SIGNS))  # noqa: S704 (signs become references, no tag is made)


def mark(kind: str, words: str) -> Markup:
    """A status mark: a shape, words and a color, so that it lives in gray print too."""
    shape = element("span", classes="mark-shape", aria_hidden="true")
    return element("span", shape, words, classes=f"mark mark-{kind}")


def small(*children: str | None) -> Markup:
    """Words in a line of their own below what they are about, set smaller."""
    return element("small", *children)


def box(kind: str, style: str, title: str, *lines: Markup, **attributes: str | bool | None) -> Markup:
    """A block in a frame: its title, and its lines one below the other; `style` is stop, status or claim."""
    head = element("div", title, classes="box-title")
    return block(kind, head, *lines, classes=f"box box-{style}", **attributes)


def file_link(address: str, words: str) -> Markup | None:
    """For who edits: a link to the line of a data file, on the screen only; nothing where no repository is named."""
    return element("a", words, href=address, data_print="off") if address else None


def or_gap(value: str | None) -> Markup:
    """The words of a value, or "not stated"."""
    return text(value) if value else NOT_STATED


def row_note(row: Row) -> Markup:
    """The note of a row, small, behind what it is about; nothing where there is none."""
    return Markup(" ") + element("span", row.note, classes="row-note") if row.note else Markup("")
