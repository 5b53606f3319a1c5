"""What every plot that shows diluted use says about its label."""

from .. import typeset
from ..data import Data
from ..tables import labeled_ratio


def diluted_use(data: Data) -> str:
    """The label status of diluted use in one sentence, with the jurisdictions and dates of approvals.yml."""
    approvals = [row for row in data.approvals.approvals if row.publish and row.diluted_use and row.event == "approval"]
    since = [
        f"{row.jurisdiction} {'' if row.confidence == 'high' else 'recorded '}{typeset.date(row.date)}"
        f"{'' if row.confidence == 'high' else ', record to be confirmed'}"
        for row in sorted(approvals, key=lambda row: row.date or "")
    ]
    at = f"{labeled_ratio(data)} in saline ({'; '.join(since)})"
    return f"Diluted use is off-label (US, EU), except the décolleté at {at}."
