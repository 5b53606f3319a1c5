"""The note on a claim of the source article, and the mark of its verdict."""

from collections.abc import Callable

from ..content.load import Data
from ..content.published import published_row
from ..content.rows.studies import Claim
from ..content.vocabulary import VERDICT_NAMES
from .citations import Cite
from .markup import block, mark
from .typeset import text


def claim(data: Data, cite: Cite, claim_id: str, ledger: Callable[[str], str]) -> str:
    """The uniform note on a claim of the source article: what it says, what the evidence says.

    Paste: {{ claim("T09") }}
    """
    row = published_row(data, claim_id, Claim, "claim")
    link = f'<a href="{ledger("reference/claims.md")}#{row.id.lower()}">Claim {row.id}</a>'
    off = f" {mark('off-label', 'Off-label use')}" if row.off_label and row.verdict != "off-label" else ""
    inner = (
        f'<div class="box-title">{link} {verdict_mark(row)}{off}</div>'
        f"<div><strong>The article says:</strong> {text(row.claim)}</div>"
        f"<div><strong>The evidence says:</strong> {text(row.correction)}{cite(row.refs)}</div>"
    )
    return block("claim", inner, "box box-claim", id=f"claim-{row.id.lower()}", data_claim=row.id)


def verdict_mark(claim: Claim) -> str:
    """The verdict on a claim as a mark."""
    kinds = {
        "supported": "on-label",
        "supported-with-nuance": "studied",
        "corrected": "avoid",
        "contested": "off-label",
        "off-label": "off-label",
        "unsupported": "no-study",
    }
    return mark(kinds[claim.verdict], VERDICT_NAMES[claim.verdict])
