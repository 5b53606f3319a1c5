"""What labels cover, in words for patients: a list of uses, and the exception for thinned product in a sentence."""

from collections.abc import Sequence

from markupsafe import Markup

from ..content.label_status import jurisdictions, labeled_dilutions, treated
from ..content.published import Published
from ..content.rows.indications import Indication, Jurisdiction
from ..content.rows.product import Presentation
from . import typeset
from .markup import block, element, inline, joined
from .page_context import PageContext

_UNSEEN = "we have not seen the official record"


def approved_uses(context: PageContext) -> Markup:
    """The uses that labels cover, by place, as it comes and thinned, in words for patients, and the day of the check.

    Paste: {{ approved_uses() }}
    """
    data = context.labels
    items = [
        _item(context, place, rows)
        for undiluted in (True, False)
        for place in jurisdictions(data)
        for seen in ("read", "reported")
        if (rows := _rows(data, place, undiluted, seen))
    ]
    days = [row.reviewed for row in data.indications.indications]
    checked = element("p", f"We last checked this on {typeset.date(min(days))}.") if days else None
    return block("approved-uses", element("ul", *items) if items else None, checked)


def thinned_exceptions(context: PageContext) -> Markup:
    """What labels cover of thinned product, as the end of a sentence that calls all of it off-label.

    Paste, behind "is off-label" without a space: {{ thinned_exceptions() }}
    """
    data = context.labels
    uses: dict[str, list[str]] = {}
    rows = labeled_dilutions(data)
    # What was read stands before what was reported.
    for seen, words in (("read", "in {}"), ("reported", f"in {{}} only reported, {_UNSEEN}")):
        for place in jurisdictions(data):
            for row in rows:
                if (row.jurisdiction, row.seen) == (place.id, seen):
                    uses.setdefault(row.patient or row.use, []).append(words.format(place.patient or place.name))
    if not uses:
        return Markup("")
    words = " and ".join(f"{use} ({'; '.join(dict.fromkeys(places))})" for use, places in uses.items())
    return inline(joined([f", except for {words}", context.cite(dict.fromkeys(row.refs[0] for row in rows))]))


def _rows(data: Published, place: Jurisdiction, undiluted: bool, seen: str) -> list[Indication]:
    return [
        row
        for row in data.indications.indications
        if row.jurisdiction == place.id and row.undiluted == undiluted and row.seen == seen and treated(row, data)
    ]


def _item(context: PageContext, place: Jurisdiction, rows: Sequence[Indication]) -> Markup:
    """One place with its uses, gathered by the products that they are for."""
    data = context.data
    by_products: dict[tuple[str, ...], list[Indication]] = {}
    for row in rows:
        names = (data.one(name, Presentation, "presentation").product for name in row.presentations)
        by_products.setdefault(tuple(dict.fromkeys(names)), []).append(row)
    how = "as it comes" if rows[0].undiluted else "thinned"
    head = element("strong", f"In {place.patient or place.name}, {how}.")
    note = f" This is reported; {_UNSEEN}." if rows[0].seen == "reported" else None
    told = []
    for products, its in by_products.items():
        uses = "; ".join(dict.fromkeys(row.patient or row.use for row in its))
        told += [f" {' and '.join(products)}: {uses}", context.cite(dict.fromkeys(row.refs[0] for row in its)), "."]
    return element("li", head, *told, note)
