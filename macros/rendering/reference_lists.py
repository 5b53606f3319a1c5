"""The lists of the reference pages: open questions, sources, downloads."""

from collections.abc import Callable, Iterable, Sequence

from ..content.load import Data
from ..content.published import published
from . import typeset
from .citations import Cite
from .markup import block
from .typeset import text


def open_questions_list(data: Data, cite: Cite, area: str | None = None) -> str:
    """What is not known, why it matters, and what would settle it; the most urgent first.

    Paste: {{ open_questions_list() }} or {{ open_questions_list("mixing") }}
    """
    order = ("high", "medium", "low")
    rows = published(data.open_questions.open_questions)
    if area is not None:
        rows = [row for row in rows if row.area == area]
    if not rows:
        raise ValueError(f"open_questions_list: no question in the area '{area}'")
    items = [
        f'<li id="{row.id}" data-row="{row.id}"><strong>{text(row.question)}</strong> '
        f'<span class="row-source">({text(row.area)}, {row.priority} priority)</span><br>'
        f"Why it matters: {text(row.why_it_matters)}{cite(row.refs)}<br>"
        f"What would settle it: {text(row.what_would_settle_it)}</li>"
        for row in sorted(rows, key=lambda row: order.index(row.priority))
    ]
    return block("open-questions", f"<ul>{''.join(items)}</ul>")


def sources_list(entries: Iterable[tuple[str, str, str]]) -> str:
    """Every source of the site (key, kind, formatted), by first author; "used on" is filled in at the end of a build.

    Paste: {{ sources_list() }}
    """
    items = "".join(
        f'<li id="source-{key}" data-group="{typeset.attribute(kind)}">{entry}</li>' for key, kind, entry in entries
    )
    return block("sources", f'<ul class="references" data-filter="Kind of source">{items}</ul>')


def downloads_list(link: Callable[[str], str], files: Sequence[tuple[str, str]]) -> str:
    """The data files to download, each with what it holds.

    Paste: {{ downloads_list() }}
    """
    items = "".join(
        f'<li><a href="{link(path)}">{path.rsplit("/", 1)[-1]}</a>: {text(what)}</li>' for path, what in files
    )
    return block("downloads", f"<ul>{items}</ul>")


def training_contact(contact: str) -> str:
    """How to ask for training; nothing when no contact is set in mkdocs.yml.

    Paste: {{ training_contact() }}
    """
    if not contact:
        return ""
    address = contact if "://" in contact else f"mailto:{contact}"
    return block(
        "training", f'To ask for training, write to <a href="{typeset.attribute(address)}">{text(contact)}</a>.'
    )
