"""The terms of the field, as a list and as explanations in running text."""

from markupsafe import Markup

from ..content.published import Published
from ..content.rows.editorial import Term
from .markup import block, element, joined
from .page_context import PageContext


def glossary_list(context: PageContext, audience: str = "practitioner") -> Markup:
    """The terms of the field with their definitions; for patients, the plain variants.

    Paste: {{ glossary_list() }} or {{ glossary_list("patient") }}
    """
    patient = audience == "patient"
    context.used.explains_terms = True
    items = []
    for row in sorted(context.data.glossary.terms, key=lambda row: row.term.lower()):
        words = row.patient if patient else row.definition
        if words is None:
            continue
        plain = _note("In plain words: ", row.patient) if row.patient and not patient else None
        meaning = element("dd", words, context.cite(row.refs), plain, _see_also(context.data, row, patient))
        items += [element("dt", row.term, id=context.prints(row).id), meaning]
    return block("glossary", element("dl", *items), classes="glossary")


def _see_also(data: Published, row: Term, patient: bool) -> Markup | None:
    terms = [data.term(name) for name in row.see_also]
    related = [element("a", term.term, href=f"#{term.id}") for term in terms if term.patient or not patient]
    return _note("See also: ", joined(related, ", ")) if related else None


def _note(*words: str) -> Markup:
    return Markup(" ") + element("span", *words, classes="row-note")


def explained_terms(context: PageContext) -> dict[str, str]:
    """The wordings to explain in the text of a page: in plain words where patients read, none where the page lists
    the terms itself.
    """
    if context.used.explains_terms:
        return {}
    return definitions(context.data, patient="patient" in context.page.meta.audience)


def definitions(data: Published, patient: bool) -> dict[str, str]:
    """Every wording of every term with its meaning; for patients, the plain variant only."""
    found: dict[str, str] = {}
    for row in data.glossary.terms:
        meaning = row.patient if patient else row.definition
        if meaning:
            found |= dict.fromkeys(row.wordings, meaning)
    return found
