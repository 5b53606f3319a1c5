"""The box of a region: status, caution and reason."""

from markupsafe import Markup

from ..content.published import published_row
from ..content.rows.label import Region
from . import typeset
from .label_marks import CAUTIONS, labeled_ratio, region_marks
from .markup import box, element, joined, row_note
from .page_context import PageContext


def region_summary(context: PageContext, region: str) -> Markup:
    """A region's label status, caution and reason, boxed.

    Paste: {{ region_summary("neck") }}
    """
    row = context.prints(published_row(context.data, region, Region, "region"))
    if not (row.us_status and row.eu_status and row.caution and row.why):
        raise ValueError(f"region_summary: '{region}' is not a treatment region")
    lines = [
        _line("United States:", f"{row.us_status}."),
        _line("European Union:", f"{row.eu_status}."),
        _line("Caution:", f"{CAUTIONS[row.caution]}. {row.why}", context.cite(row.refs), row_note(row)),
    ]
    if row.diluted_evidence:
        lines.append(_line("Diluted, studied:", f"{row.diluted_evidence}."))
    if row.danger and row.danger_verified:
        lines.append(_line("Danger:", f"{'; '.join(row.danger)}."))
    lines.append(element("div", f"Status last checked {typeset.date(row.reviewed)}.", classes="row-note"))
    title = joined([row.name, region_marks(row, True, labeled_ratio(context.data))], " ")
    return box("region", "stop" if row.caution == "avoid" else "status", title, *lines, data_region=region)


def _line(name: str, *words: str) -> Markup:
    return element("div", element("strong", name), " ", *words)
