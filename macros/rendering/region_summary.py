"""The box of a region: status, caution and reason, what was studied and what is taught."""

from collections.abc import Iterable

from markupsafe import Markup

from ..content.label_status import jurisdictions, opinions, region_statuses, studies, taught
from ..content.rows.indications import Jurisdiction
from ..content.rows.label import Region
from ..content.rows.technique import Protocol
from . import typeset
from .label_marks import CAUTIONS, checked, region_marks, status_parts
from .markup import box, element, joined, row_note
from .page_context import PageContext


def region_summary(context: PageContext, region: str) -> Markup:
    """A region's label status, caution and reason, boxed, with the ratios that were studied and taught.

    Paste: {{ region_summary("neck") }}
    """
    data = context.labels
    row = context.prints(data.region(region))
    if not (row.caution and row.why):
        raise ValueError(f"region_summary: '{region}' is not a treatment region")
    status = [_line(f"{place.name}:", *_status(context, row, place)) for place in jurisdictions(data)]
    caution = _line("Caution:", f"{CAUTIONS[row.caution]}. {row.why}", context.cite(row.refs), row_note(row))
    # Where nothing is to be injected, the reason stands before what a label says.
    lines = [caution, *status] if row.caution == "avoid" else [*status, caution]
    context.prints_list("claims.source_article")
    here = [other for other in data.protocols.protocols if other.region == region and not other.undiluted]
    if done := _ratios(context, studies(here, data)):
        lines.append(_line("Diluted, studied:", done, ".", data_sheet="off"))
    if advised := _ratios(context, opinions(here)):
        lines.append(_line("Diluted, consensus (opinion of experts):", advised, ".", data_sheet="off"))
    if told := _ratios(context, taught(here, data)):
        lines.append(_line("Diluted, taught by the article:", told, ".", data_sheet="off"))
    lines.append(element("div", f"{checked(data)} Region reviewed {typeset.date(row.reviewed)}.", classes="row-note"))
    title = joined([row.name, *_marks(context, row)], " ")
    return box("region", "stop" if row.caution == "avoid" else "status", title, *lines, data_region=region)


def _marks(context: PageContext, row: Region) -> list[str]:
    """The marks of a region, those of either use named where they differ."""
    undiluted, diluted = (region_marks(row, use, context.labels) for use in (False, True))
    return [diluted] if undiluted == diluted else ["undiluted", undiluted, "diluted", diluted]


def _status(context: PageContext, row: Region, place: Jurisdiction) -> list[str]:
    """The status in one jurisdiction in words, what its label says, and what a regulator says besides."""
    data = context.labels
    words, refs = [], []
    for diluted, use in ((False, "undiluted"), (True, "diluted")):
        found = [one for one in region_statuses(data, row, diluted) if one.jurisdiction == place]
        labels = [context.prints(label) for label in found[0].by]
        refs += [key for label in labels for key in label.refs]
        uses = f" ({'; '.join(dict.fromkeys(label.use for label in labels))})" if labels else ""
        words += [
            f"{use}: {said[0].lower()}{said[1:]}".replace(f" ({place.short})", "") + uses
            for _, said in status_parts(found, data)
        ]
    if words[0].partition(": ")[2] == words[1].partition(": ")[2]:
        words = [words[0].partition(": ")[2]]
    told = f" ({row.regulator_says[place.id]})" if place.id in row.regulator_says else ""
    return [f"{'; '.join(words)}{told}.", context.cite(dict.fromkeys(refs)) if refs else ""]


def _ratios(context: PageContext, rows: Iterable[Protocol]) -> Markup:
    """Each ratio once, with the people of its studies and their sources: 1:4 (22 people)."""
    groups: dict[str, list[Protocol]] = {}
    for row in rows:
        context.prints(row)
        if row.diluent_parts_min is not None:
            ratio = typeset.ratio(row.product_parts, row.diluent_parts_min, row.diluent_parts_max)
            groups.setdefault(ratio, []).append(row)
    ordered = sorted(groups.items(), key=lambda group: group[1][0].diluent_parts_min or 0)
    return joined((_one_ratio(context, ratio, rows) for ratio, rows in ordered), "; ")


def _one_ratio(context: PageContext, ratio: str, rows: list[Protocol]) -> Markup:
    # Rows of one study count its people once.
    people = {tuple(row.refs): row.n for row in rows}
    told = [typeset.people(n) for n in people.values() if n]
    keys = dict.fromkeys(key for row in rows for key in row.refs)
    return joined([ratio, f" ({'; '.join(told)})" if told else None, context.cite(keys)])


def _line(name: str, *words: str, **attributes: str) -> Markup:
    # The sheet of a region has the ratios in its table.
    return element("div", element("strong", name), " ", *words, **attributes)
