"""The terms of the field, as a list and as explanations in running text."""

from ..content.load import Data
from ..content.published import published
from .citations import Cite
from .markup import block
from .typeset import text


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
