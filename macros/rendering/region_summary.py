"""The box of a region: status, caution and reason."""

from ..content.load import Data
from ..content.published import published_row
from ..content.rows.label import Region
from . import typeset
from .citations import Cite
from .label_marks import CAUTIONS, labeled_ratio, region_marks
from .markup import block, row_note
from .typeset import text


def region_summary(data: Data, cite: Cite, region: str) -> str:
    """A region's label status, caution and reason, boxed.

    Paste: {{ region_summary("neck") }}
    """
    row = published_row(data, region, Region, "region")
    if not (row.us_status and row.eu_status and row.caution and row.why):
        raise ValueError(f"region_summary: '{region}' is not a treatment region")
    kind = "stop" if row.caution == "avoid" else "status"
    lines = [
        f"<strong>United States:</strong> {text(row.us_status)}.",
        f"<strong>European Union:</strong> {text(row.eu_status)}.",
        f"<strong>Caution:</strong> {CAUTIONS[row.caution]}. {text(row.why)}{cite(row.refs)}{row_note(row)}",
    ]
    if row.diluted_evidence:
        lines.append(f"<strong>Diluted, studied:</strong> {text(row.diluted_evidence)}.")
    if row.danger and row.danger_verified:
        lines.append(f"<strong>Danger:</strong> {text('; '.join(row.danger))}.")
    title = f'<div class="box-title">{text(row.name)} {region_marks(row, True, labeled_ratio(data))}</div>'
    checked = f'<div class="row-note">Status last checked {typeset.date(row.reviewed)}.</div>'
    inner = title + "".join(f"<div>{line}</div>" for line in lines) + checked
    return block("region", inner, f"box box-{kind}", data_region=region)
