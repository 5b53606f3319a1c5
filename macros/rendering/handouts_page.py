"""The handouts page: every sheet with its files, and the form that leads to the page of a print."""

from collections.abc import Callable

from ..content.load import Data
from ..content.published import published
from ..content.rows.editorial import Handout
from .markup import block
from .typeset import text


def print_check(data: Data, link: Callable[[str], str]) -> str:
    """A small form: which sheet, which version; leads to its page, which says whether the print is current.

    Paste: {{ print_check() }}
    """
    options = "".join(
        f'<option value="{link(row.page)}">{text(row.title)}</option>' for row in published(data.handouts.handouts)
    )
    inner = (
        f'<label>Sheet <select name="sheet">{options}</select></label>'
        '<label>Version at its foot <input name="version" inputmode="decimal" pattern="[0-9]+[.][0-9]+[.][0-9]+"'
        ' placeholder="1.0.0" required autocomplete="off"></label><button type="submit">Check</button>'
    )
    return block("print-check", f'<form class="print-check" data-print-check hidden>{inner}</form>')


HANDOUT_READERS = {"practitioner": "For practitioners", "trainee": "For trainees", "patient": "For patients"}


def handouts_list(data: Data, link: Callable[[str], str]) -> str:
    """Every sheet with its picture and its files, by reader; pages, sizes and version are filled in by a build.

    Paste: {{ handouts_list() }}
    """
    parts = []
    for audience, heading in HANDOUT_READERS.items():
        rows = [row for row in published(data.handouts.handouts) if row.audience[0] == audience]
        archive = link(f"pdf/handouts-{audience}.zip")
        all_of_them = (
            f'<p class="archive">All sheets {heading[0].lower()}{heading[1:]} in one archive: <a href="{archive}">'
            f'handouts-{audience}.zip</a> <span data-file="handouts-{audience}.zip"></span></p>'
        )
        cards = "".join(_handout_card(row, link) for row in rows)
        parts.append(f"## {heading}\n\n{block('handouts', f'<div class=handouts>{cards}</div>{all_of_them}')}")
    return "\n\n".join(parts)


PAPER_NAMES = {"a4": "A4", "letter": "US Letter"}


def _handout_card(row: Handout, link: Callable[[str], str]) -> str:
    first = f"pdf/{row.id}-{row.papers[0]}"
    size = 'width="340" height="240"' if row.orientation == "landscape" else 'width="240" height="340"'
    picture = (
        f'<a href="{link(f"{first}.pdf")}" class="handout-picture" data-print="off" tabindex="-1" aria-hidden="true">'
        f'<img src="{link(f"{first}.png")}" alt="" loading="lazy" {size}></a>'
    )
    files = "".join(
        f'<li><a href="{link(f"pdf/{row.id}-{paper}.pdf")}">{PAPER_NAMES[paper]}<span class="visually-hidden">:'
        f' {text(row.title)}</span></a> <span data-file="{row.id}-{paper}.pdf"></span></li>'
        for paper in row.papers
    )
    return (
        f'<div class="handout" data-handout="{row.id}">{picture}<div><h3><a href="{link(row.page)}">{text(row.title)}'
        f"</a></h3><p>{text(row.description)}</p><ul>{files}</ul></div></div>"
    )
