"""The claims of the source article and the record of changes."""

from collections.abc import Callable

from .. import model, typeset
from ..cite import Cite
from ..data import Data, published
from ..markup import Table, mark
from ..strength import strength_of_refs
from ..typeset import text


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
            group=model.VERDICT_NAMES[row.verdict],
        )
    return table.html()


def verdict_mark(claim: model.Claim) -> str:
    """The verdict on a claim as a mark."""
    kinds = {
        "supported": "on-label",
        "supported-with-nuance": "studied",
        "corrected": "avoid",
        "contested": "off-label",
        "off-label": "off-label",
        "unsupported": "no-study",
    }
    return mark(kinds[claim.verdict], model.VERDICT_NAMES[claim.verdict])


def changes_table(data: Data, cite: Cite) -> str:
    """The record of changes, newest first.

    Paste: {{ changes_table() }}
    """
    columns = ["Version", "Date", "Kind", "What changed"]
    table = Table("changes", "Changes, newest first", columns)
    for row in published(data.changes.changes):
        table.add(text(row.version), typeset.date(row.date), text(row.type), text(row.summary), row_id=row.id)
    return table.html()
