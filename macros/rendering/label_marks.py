"""Label status as marks and sentences: what a region, a ratio, a protocol or an outcome bears."""

from collections.abc import Sequence

from markupsafe import Markup

from ..content.label_status import outcome_label_status, protocol_label_status
from ..content.load import Data
from ..content.rows.label import Region
from ..content.rows.preparations import RatioChoice
from ..content.rows.studies import Outcome
from ..content.rows.technique import Protocol
from . import typeset
from .markup import element, joined, mark

CAUTIONS = {
    "routine-label": "labeled area",
    "off-label": "off-label area",
    "off-label-specialist": "specialists only",
    "avoid": "do not treat",
}


STANDINGS = {"label": "On label", "studied": "Studied", "article-only": "No study found"}


def status_groups(region: Region, diluted: bool) -> list[tuple[str, str]]:
    """The label status of a region with its jurisdictions: one pair where US and EU agree, else one for each."""
    us, eu = (region.us_diluted, region.eu_diluted) if diluted else (region.us_undiluted, region.eu_undiluted)
    return [(str(us), "US, EU")] if us == eu else [(str(us), "US"), (str(eu), "EU")]


def region_marks(region: Region, diluted: bool, at: str = "") -> Markup:
    """The label marks of a region for diluted or undiluted product, by jurisdiction.

    `at` names the ratio that the label covers; it is shown only where diluted use is on a label.
    """
    if region.us_diluted is None:
        return mark("no-study", "Not a treatment")
    names = {"on-label": "On label", "off-label": "Off-label", "avoid": "Avoid"}
    shown = []
    for status, where in status_groups(region, diluted):
        covered = f" at {at}" if at and diluted and status == "on-label" else ""
        if region.label_note and status == "on-label":
            covered += f"; {region.label_note}"
        words = names[status] if status == "avoid" else f"{names[status]} ({where}){covered}"
        shown.append(mark(status, words))
    return joined(shown, " ")


def named_regions(data: Data, names: Sequence[str]) -> Markup:
    """Regions that a step or a row names, each with its label mark for diluted product."""
    regions = [data.region(name) for name in names]
    marks = [region_marks(region, True, labeled_ratio(data)) for region in regions]
    return joined(
        (
            element("span", f"{region.name}: ", shown, classes="step-region")
            for region, shown in zip(regions, marks, strict=True)
        ),
        " ",
    )


def labeled_ratio(data: Data) -> str:
    """The ratio that a label names for diluted use, in words."""
    labeled = {row.diluent_parts for row in data.approvals.approvals if row.diluted_use and row.diluent_parts}
    return " or ".join(typeset.ratio(1, parts) for parts in sorted(labeled))


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


def standing_words(ratio: RatioChoice) -> tuple[str, str]:
    """The kind of mark that a ratio bears, and on what ground and where it stands.

    Outside its labeled place every ratio is off-label; the mark must not read as a general license.
    """
    kind = {"label": "on-label", "studied": "studied", "article-only": "no-study"}[ratio.standing]
    where = "" if ratio.standing == "article-only" else f": {ratio.where}"
    elsewhere = " elsewhere" if ratio.standing == "label" else ""
    return kind, f"{STANDINGS[ratio.standing]}{where}; off-label{elsewhere} (US, EU)"


def standing_mark(ratio: RatioChoice) -> Markup:
    """The mark that says on what ground a ratio stands, with the place where it stands so."""
    return mark(*standing_words(ratio))


def protocol_mark(row: Protocol, data: Data) -> Markup:
    """The label status of a protocol row as a mark."""
    status = protocol_label_status(row, data)
    kind = status.split(" (")[0].replace(" ", "-")
    return mark(kind, status[0].upper() + status[1:])


def outcome_mark(row: Outcome, data: Data) -> Markup:
    """The label status of an outcome row as a mark."""
    if row.other_product:
        return mark("no-study", f"Another product: {row.other_product}")
    status = outcome_label_status(row, data)
    return mark(status.split(" (")[0].replace(" ", "-"), status[0].upper() + status[1:])


def checked(data: Data) -> str:
    """When the label marks of regions were last checked; the oldest day counts."""
    return f"Label status last checked {typeset.date(min(row.reviewed for row in data.regions.regions))}."
