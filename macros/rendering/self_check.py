"""The questions for self-check."""

from markupsafe import Markup

from ..content.faults import did_you_mean
from ..content.rows.editorial import Question
from .markup import block, element, inline, joined
from .page_context import PageContext
from .prose import fill_in
from .typeset import text


def questions_list(context: PageContext, page: str | None = None) -> Markup:
    """The questions for self-check under the title of their page, answers folded; of one page, or of all.

    Paste: {{ questions_list() }}
    """
    by_page: dict[str, list[Markup]] = {}
    for number, row in enumerate(context.data.questions.questions, 1):
        if page in (None, row.page):
            by_page.setdefault(row.page, []).append(_question(context, number, row))
    if not by_page:
        known = {row.page for row in context.data.questions.questions}
        raise ValueError(f"questions_list: no published question of '{page}'{did_you_mean(str(page), known)}")
    parts: list[Markup] = []
    for path, items in by_page.items():
        way = element("p", element("a", "Read the page", href=context.link(path)))
        parts += [
            Markup("## ") + inline(text(context.title(path))),
            block("questions", way, *items, classes="questions"),
        ]
    return joined(parts, "\n\n")


def _question(context: PageContext, number: int, row: Question) -> Markup:
    choices = [element("li", fill_in(context, choice)) for choice in row.choices]
    letter = f"{'ABCDEFGH'[row.choices.index(row.answer)]}. " if row.choices else ""
    answer = element(
        "p",
        element("strong", letter, fill_in(context, row.answer)),
        " ",
        fill_in(context, row.reason),
        context.cite(row.refs),
    )
    return element(
        "div",
        element("p", element("strong", f"{number}."), " ", fill_in(context, row.question)),
        element("ol", *choices, classes="choices", type="A") if choices else None,
        element("details", element("summary", "Answer"), answer, classes="answer"),
        classes="question",
        id=row.id,
        data_row=context.prints(row).id,
    )
