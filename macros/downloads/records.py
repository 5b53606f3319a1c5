"""Published rows as records, by name of the download."""

from collections.abc import Iterable
from typing import Any

from ..content.label_status import outcome_label_status, protocol_label_status
from ..content.load import Data
from ..content.published import published
from ..content.rows.base import Fact, Row
from ..content.rows.label import Region

PREPARATION_COLUMNS = [
    "presentation_ml", "syringes", "product_parts", "diluent_parts", "product_ml", "diluent_ml", "total_ml",
    "product_percent", "caha_percent_v_v",
]  # fmt: skip


PROTOCOL_COLUMNS = [
    "id", "region", "region_name", "detail", "product_parts", "diluent_parts_min", "diluent_parts_max", "undiluted",
    "product_ml", "total_ml", "total_ml_min", "total_ml_max", "deposit_ml_min", "deposit_ml_max", "diluents", "plane",
    "needle", "cannula", "technique", "sessions", "interval_weeks", "n", "evidence", "label_status", "citation_keys",
    "note",
]  # fmt: skip


OUTCOME_COLUMNS = [
    "id", "region", "region_name", "other_product", "topic", "diluted", "product_parts", "diluent_parts",
    "design", "n", "comparator", "measure", "result", "follow_up_weeks", "adverse_events", "funding", "grade",
    "grade_reason", "basis", "label_status", "citation_keys", "note",
]  # fmt: skip


CLAIM_COLUMNS = ["id", "claim", "verdict", "off_label", "correction", "why", "sources", "pages"]


def preparation_rows(data: Data) -> list[dict[str, Any]]:
    """One row for each presentation x number of syringes x ratio; volumes in mL, shares in percent."""
    return [{name: getattr(row, name) for name in PREPARATION_COLUMNS} for row in data.all_preparations()]


def protocol_rows(data: Data) -> list[dict[str, Any]]:
    """One row for each region and source that is published."""
    rows = []
    for row in published(data.protocols.protocols):
        fields = row.model_dump()
        fields["region_name"] = data.region(row.region).name
        fields["label_status"] = protocol_label_status(row, data)
        fields["citation_keys"] = row.refs
        rows.append({name: fields[name] for name in PROTOCOL_COLUMNS})
    return rows


def outcome_rows(data: Data) -> list[dict[str, Any]]:
    """One row for each study and region that is published; parts that are not confirmed are left out."""
    rows = []
    for row in published(data.outcomes.outcomes):
        fields = row.model_dump()
        fields |= dict.fromkeys(name for name in row.unverified_parts if name in fields)
        fields["region_name"] = data.region(row.region).name
        fields["label_status"] = outcome_label_status(row, data)
        fields["citation_keys"] = row.refs
        rows.append({name: fields[name] for name in OUTCOME_COLUMNS})
    return rows


def claim_rows(data: Data) -> list[dict[str, Any]]:
    """One row for each claim of the source article."""
    return [
        {name: {**row.model_dump(), "sources": row.refs}[name] for name in CLAIM_COLUMNS}
        for row in published(data.claims.claims)
    ]


# What only editors need; that a row is here says that it may be printed.
_EDITORS = ("verified", "publish", "editor_note", "review_by", "danger_verified")


def figure_rows(data: Data) -> dict[str, list[dict[str, Any]]]:
    """The published rows that the figures are drawn from and that no other download holds, by name of the file."""
    safety = data.safety
    sections: dict[str, Iterable[Row]] = {
        "regions": data.regions.regions,
        "approvals": data.approvals.approvals,
        "timeline": data.product.timeline,
        "layers": data.aging.layers,
        "series": data.aging.series,
        "adverse-events": safety.adverse_events,
        "safety": [
            *safety.stop_signs, *safety.contraindications, *safety.do_not_treat, *safety.warnings, *safety.vascular,
            *safety.nodules, *safety.imaging, *safety.unknown,
        ],
        "steps": data.technique.steps,
        "facts": [row for row in data.rows.values() if isinstance(row, Fact)],
    }  # fmt: skip
    return {name: [_published_fields(row) for row in published(rows)] for name, rows in sections.items()}


def _published_fields(row: Row) -> dict[str, Any]:
    """The fields of a row that readers may have; a danger that is not confirmed is left out."""
    fields = row.model_dump()
    if isinstance(row, Region) and not row.danger_verified:
        fields["danger"] = []
    return {name: value for name, value in fields.items() if name not in _EDITORS}
