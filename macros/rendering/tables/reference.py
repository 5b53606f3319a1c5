"""The tables of the reference pages: claims, changes, the scale of evidence."""

from collections import Counter

from markupsafe import Markup

from ...content.rows.studies import Claim
from ...content.vocabulary import VERDICT_NAMES
from .. import typeset
from ..claims import verdict_mark
from ..evidence_strength import STRENGTHS, strength_of_refs
from ..markup import block, element, inline, joined, small
from ..page_context import PageContext
from .table import Table


def claims_table(context: PageContext) -> Markup:
    """The claims ledger: every claim of the source article with verdict, correction and sources.

    Paste: {{ claims_table() }}
    """
    columns = ["Claim", "The article says", "Verdict", "What is right, and why", "Treated on"]
    caption = "Every claim of the source article, with its verdict"
    table = Table(context, "claims", caption, columns, classes="wide", filter_name="Verdict")
    for row in context.data.claims.claims:
        anchor = row.id.lower()
        pages = (element("a", context.title(page), href=f"{context.link(page)}#claim-{anchor}") for page in row.pages)
        strength = strength_of_refs(context.data.references, row.refs)
        table.add(
            element("span", row.id, id=anchor),
            row.claim,
            joined(
                [
                    verdict_mark(row),
                    small("an off-label use") if row.off_label else None,
                    small(f"strength of the correction: {strength}"),
                ]
            ),
            joined([row.correction, *_reasons(row), context.cite(row.refs)]),
            joined(pages, element("br")),
            row=row,
            group=VERDICT_NAMES[row.verdict],
        )
    return table.html()


def claims_totals(context: PageContext) -> Markup:
    """How many claims of the source article got each verdict, in one sentence.

    Paste: {{ claims_totals() }}
    """
    rows = [context.prints(row) for row in context.data.claims.claims]
    given: Counter[str] = Counter(row.verdict for row in rows)
    counts = [f"{name.lower()} {given[verdict]}" for verdict, name in VERDICT_NAMES.items() if given[verdict]]
    off_label = sum(row.off_label for row in rows)
    told = f"The {len(rows)} claims by verdict: {'; '.join(counts)}. An off-label use is named in {off_label} of them."
    return inline(typeset.text(told))


def _reasons(row: Claim) -> list[Markup]:
    named = (
        ("Why", row.why),
        ("Still open", row.contested_part),
        ("No source found", row.unsupported_part),
    )
    return [small(f"{name}: {words}") for name, words in named if words]


def changes_table(context: PageContext) -> Markup:
    """The record of changes, newest first.

    Paste: {{ changes_table() }}
    """
    table = Table(context, "changes", "Changes, newest first", ["Version", "Date", "Kind", "What changed"])
    for row in context.data.changes.changes:
        table.add(row.version, typeset.date(row.date), row.type, row.summary, row=row)
    # It grows with every version; a print of the page or of the book is not older for that.
    return block("record-of-changes", table.html(), data_fingerprint="off")


def strength_table(context: PageContext) -> Markup:
    """The strength scale, explained.

    Paste: {{ strength_table() }}
    """
    caption = "How sure a statement is: the scale of this site"
    table = Table(context, "strength", caption, ["Strength", "It rests on"])
    for name, meaning in STRENGTHS.items():
        table.add(name.capitalize(), meaning, row_id=name)
    return table.html()
