"""The questions for self-check."""

from collections.abc import Callable

from ..content.faults import did_you_mean
from ..content.load import Data
from ..content.published import published
from ..content.rows.editorial import Question
from .citations import Cite
from .markup import block, inline
from .prose import fill
from .typeset import text


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


def _question(data: Data, cite: Cite, number: int, row: Question) -> str:
    choices = "".join(f"<li>{text(fill(data, choice))}</li>" for choice in row.choices)
    letter = f"{'ABCDEFGH'[row.choices.index(row.answer)]}. " if row.choices else ""
    return (
        f'<div class="question" id="{row.id}" data-row="{row.id}"><p><strong>{number}.</strong>'
        f" {text(fill(data, row.question))}</p>{f'<ol class=choices type=A>{choices}</ol>' if choices else ''}"
        f'<details class="answer"><summary>Answer</summary><p><strong>{letter}{text(fill(data, row.answer))}</strong>'
        f" {text(fill(data, row.reason))}{cite(row.refs)}</p></details></div>"
    )
