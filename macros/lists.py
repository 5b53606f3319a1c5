"""The lists of the reference pages and of the handouts page: rows in, HTML out. Each public function that gives HTML
is a macro.
"""

from collections.abc import Callable, Iterable, Sequence

from . import model, typeset
from .cite import Cite
from .data import Data, published
from .markup import block, inline
from .source import did_you_mean
from .typeset import text
from .values import fill


def glossary_list(data: Data, cite: Cite, audience: str = "practitioner") -> str:
    """The terms of the field with their definitions; for patients, the plain variants.

    Paste: {{ glossary_list() }} or {{ glossary_list("patient") }}
    """
    items = []
    for row in sorted(published(data.glossary.terms), key=lambda row: row.term.lower()):
        words = row.patient if audience == "patient" else row.definition
        if words is None:
            continue
        plain = ""
        if audience != "patient" and row.patient:
            plain = f' <span class="row-note">In plain words: {text(row.patient)}</span>'
        related = ", ".join(
            f'<a href="#{name}">{text(data.term(name).term)}</a>'
            for name in row.see_also
            if audience != "patient" or data.term(name).patient
        )
        also = f' <span class="row-note">See also: {related}</span>' if related else ""
        items.append(f'<dt id="{row.id}">{text(row.term)}</dt><dd>{text(words)}{cite(row.refs)}{plain}{also}</dd>')
    return block("glossary", f"<dl>{''.join(items)}</dl>", "glossary")


def definitions(data: Data, patient: bool) -> dict[str, str]:
    """Every wording of every term with its meaning; for patients, the plain variant only."""
    found: dict[str, str] = {}
    for row in published(data.glossary.terms):
        meaning = row.patient if patient else row.definition
        if meaning:
            found |= dict.fromkeys(row.wordings, meaning)
    return found


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


def questions_list(
    data: Data, cite: Cite, link: Callable[[str], str], title: Callable[[str], str], page: str | None = None
) -> str:
    """The questions for self-check under the title of their page, answers folded; of one page, or of all.

    Paste: {{ questions_list() }}
    """
    by_page: dict[str, list[str]] = {}
    for number, row in enumerate(published(data.questions.questions), 1):
        by_page.setdefault(row.page, []).append(_question(data, cite, number, row))
    if page is not None:
        if page not in by_page:
            raise ValueError(f"questions_list: no published question of '{page}'{did_you_mean(page, by_page)}")
        by_page = {page: by_page[page]}
    return "\n\n".join(
        f"## {inline(text(title(path)))}\n\n"
        + block("questions", f'<p><a href="{link(path)}">Read the page</a></p>{"".join(items)}', "questions")
        for path, items in by_page.items()
    )


def _question(data: Data, cite: Cite, number: int, row: model.Question) -> str:
    choices = "".join(f"<li>{text(fill(data, choice))}</li>" for choice in row.choices)
    letter = f"{'ABCDEFGH'[row.choices.index(row.answer)]}. " if row.choices else ""
    return (
        f'<div class="question" id="{row.id}" data-row="{row.id}"><p><strong>{number}.</strong>'
        f" {text(fill(data, row.question))}</p>{f'<ol class=choices type=A>{choices}</ol>' if choices else ''}"
        f'<details class="answer"><summary>Answer</summary><p><strong>{letter}{text(fill(data, row.answer))}</strong>'
        f" {text(fill(data, row.reason))}{cite(row.refs)}</p></details></div>"
    )


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


def _handout_card(row: model.Handout, link: Callable[[str], str]) -> str:
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
