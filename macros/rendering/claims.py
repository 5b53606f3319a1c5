"""The note on a claim of the source article, and the mark of its verdict."""

from markupsafe import Markup

from ..content.rows.studies import Claim
from ..content.vocabulary import VERDICT_NAMES
from .markup import block, element, joined, mark
from .page_context import PageContext


def claim(context: PageContext, claim_id: str) -> Markup:
    """The note on a claim of the source article, folded to one line: what it says, and the verdict. It opens on what is
    right.

    Paste: {{ claim("T09") }}
    """
    row = context.prints(context.data.one(claim_id, Claim, "claim"))
    context.used.claims.add(row.id)
    ledger = f"{context.link('reference/claims.md')}#{row.id.lower()}"
    off = mark("off-label", "Off-label use") if row.off_label and row.verdict != "off-label" else None
    says = element("span", element("strong", "The article says:"), " ", row.claim, classes="claim-words")
    verdict = element("span", joined([verdict_mark(row), off], " "), classes="claim-marks")
    evidence = element(
        "div",
        element("strong", "The evidence says:"),
        " ",
        row.correction,
        context.cite(row.refs),
        " ",
        element("a", f"Claim {row.id} in the ledger", href=ledger),
    )
    note = element("details", element("summary", says, " ", verdict), evidence, id=f"claim-{row.id.lower()}")
    return block("claim", note, classes="box box-claim", data_claim=row.id)


def verdict_mark(row: Claim) -> Markup:
    """The verdict on a claim as a mark."""
    kinds = {
        "supported": "on-label",
        "supported-with-nuance": "studied",
        "corrected": "avoid",
        "contested": "off-label",
        "off-label": "off-label",
        "unsupported": "no-study",
    }
    return mark(kinds[row.verdict], VERDICT_NAMES[row.verdict])
