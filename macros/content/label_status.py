"""The label status of a use, as a value without HTML."""

from .load import Data
from .rows.studies import Outcome
from .rows.technique import Protocol


def protocol_on_label(row: Protocol, data: Data) -> bool:
    """Whether a row's region and ratio are within a label (US or EU), other than for its diluent."""
    region = data.region(row.region)
    if row.undiluted:
        return "on-label" in (region.us_undiluted, region.eu_undiluted)
    if "on-label" not in (region.us_diluted, region.eu_diluted):
        return False
    labeled = {approval.diluent_parts for approval in data.approvals.approvals if approval.diluted_use}
    saline = all("saline" in diluent and "preserved" not in diluent for diluent in row.diluents)
    return saline and row.diluent_parts_min in labeled and row.diluent_parts_min == row.diluent_parts_max


def protocol_label_status(row: Protocol, data: Data) -> str:
    """The label status of a protocol row in words, as the downloads carry it."""
    if data.region(row.region).us_diluted == "avoid":
        return "avoid"
    return "on label (US, EU)" if protocol_on_label(row, data) else "off-label (US, EU)"


def outcome_label_status(row: Outcome, data: Data) -> str:
    """The label status of an outcome row in words, as the downloads carry it."""
    region = data.region(row.region)
    if row.other_product:
        return "another product"
    if region.us_diluted is None:
        return "not a treatment"
    if region.us_diluted == "avoid":
        return "avoid"
    diluted = row.diluted is True or row.diluted == "mixed"
    marks = (region.us_diluted, region.eu_diluted) if diluted else (region.us_undiluted, region.eu_undiluted)
    labeled = {approval.diluent_parts for approval in data.approvals.approvals if approval.diluted_use}
    if diluted and row.diluent_parts is not None and row.diluent_parts not in labeled:
        return "off-label (US, EU)"
    return "on label (US, EU)" if "on-label" in marks else "off-label (US, EU)"
