"""The tables of the reference pages: claims, changes, the scale of evidence."""

from collections.abc import Callable

from ...content.load import Data
from ...content.published import published
from ...content.vocabulary import VERDICT_NAMES
from .. import typeset
from ..citations import Cite
from ..claims import verdict_mark
from ..evidence_strength import STRENGTHS, strength_of_refs
from ..typeset import text
from .table import Table


def claims_table(data: Data, cite: Cite, link: Callable[[str], str], title: Callable[[str], str]) -> str:
    """The claims ledger: every claim of the source article with verdict, correction and sources.

    Paste: {{ claims_table() }}
    """
    columns = ["Claim", "The article says", "Verdict", "What is right, and why", "Treated on"]
    table = Table(
        "claims", "Every claim of the source article, with its verdict", columns, classes="wide", filter_name="Verdict"
    )
    for row in published(data.claims.claims):
        parts = [text(row.correction), f"<small>Why: {text(row.why)}</small>"]
        if row.contested_part:
            parts.append(f"<small>Still open: {text(row.contested_part)}</small>")
        if row.unsupported_part:
            parts.append(f"<small>No source found: {text(row.unsupported_part)}</small>")
        pages = "<br>".join(
            f'<a href="{link(page)}#claim-{row.id.lower()}">{text(title(page))}</a>' for page in row.pages
        )
        off = "<small>an off-label use</small>" if row.off_label else ""
        off += f"<small>strength of the correction: {strength_of_refs(data.references, row.refs)}</small>"
        table.add(
            f'<span id="{row.id.lower()}">{row.id}</span>',
            text(row.claim),
            verdict_mark(row) + off,
            "".join(parts) + cite(row.refs),
            pages,
            row_id=row.id,
            group=VERDICT_NAMES[row.verdict],
        )
    return table.html()


def changes_table(data: Data, cite: Cite) -> str:
    """The record of changes, newest first.

    Paste: {{ changes_table() }}
    """
    columns = ["Version", "Date", "Kind", "What changed"]
    table = Table("changes", "Changes, newest first", columns)
    for row in published(data.changes.changes):
        table.add(text(row.version), typeset.date(row.date), text(row.type), text(row.summary), row_id=row.id)
    return table.html()


def strength_table() -> str:
    """The strength scale, explained.

    Paste: {{ strength_table() }}
    """
    table = Table("strength", "How sure a statement is: the scale of this site", ["Strength", "It rests on"])
    for name, meaning in STRENGTHS.items():
        table.add(name.capitalize(), text(meaning), row_id=name)
    return table.html()
