"""Published rows as records, by name of the download."""

from collections.abc import Iterable
from typing import Any

from ..content.label_status import in_words, outcome_statuses, protocol_statuses, region_statuses
from ..content.published import Published, public_fields
from ..content.rows.base import Fact, Row, Span
from ..content.rows.studies import Outcome

Record = dict[str, Any]

PREPARATION_COLUMNS = [
    "presentation_ml", "syringes", "product_parts", "diluent_parts", "product_ml", "diluent_ml", "total_ml",
    "product_percent", "caha_percent_v_v",
]  # fmt: skip


_PROTOCOL_COLUMNS = [
    "id", "region", "region_name", "detail", "product_parts", "diluent_parts_min", "diluent_parts_max", "undiluted",
    "product_ml", "total_ml", "total_ml_min", "total_ml_max", "deposit_ml_min", "deposit_ml_max", "diluents",
    "diluent_ml", "plane", "needle", "cannula", "technique", "sessions", "interval_value",
    "interval_unit", "interval_weeks", "n", "evidence", "agreement", "funding", "label_status", "citation_keys", "note",
]  # fmt: skip


_COMPARISON_COLUMNS = [
    "counted", "counted_after_value", "counted_after_unit", "treated", "treated_percent", "control", "control_percent",
    "difference_percent",
]  # fmt: skip


_OUTCOME_COLUMNS = [
    "id", "region", "region_name", "other_product", "topic", "diluted", "product_parts", "diluent_parts", "diluents",
    "design", "n", "comparator", "measure", "result", *_COMPARISON_COLUMNS, "follow_up_value", "follow_up_unit",
    "follow_up_weeks", "adverse_events", "funding", "grade", "grade_reason", "basis", "label_status", "citation_keys",
    "note",
]  # fmt: skip


_CLAIM_COLUMNS = ["id", "claim", "verdict", "off_label", "correction", "why", "sources", "pages"]


def records(data: Published) -> dict[str, list[Record]]:
    """Every record that may be printed, by name of its download (RECORDS in content/files.py)."""
    safety = data.safety
    as_they_are: dict[str, Iterable[Row]] = {
        "indications": data.indications.indications,
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
    return {
        "preparations": _preparations(data),
        "protocols": _protocols(data),
        "claims": _claims(data),
        "outcomes": _outcomes(data),
        "regions": _regions(data),
        **{name: [public_fields(row) for row in rows] for name, rows in as_they_are.items()},
    }


def _preparations(data: Published) -> list[Record]:
    """One for each presentation x number of syringes x ratio; volumes in mL, shares in percent."""
    return [{name: getattr(row, name) for name in PREPARATION_COLUMNS} for row in data.all_preparations()]


def _protocols(data: Published) -> list[Record]:
    """One for each region and source."""
    return [
        _chosen(
            _PROTOCOL_COLUMNS,
            public_fields(row),
            region_name=data.region(row.region).name,
            label_status=in_words(protocol_statuses(row, data)),
            citation_keys=row.refs,
            **_span("interval", row.interval),
        )
        for row in data.protocols.protocols
    ]


def _outcomes(data: Published) -> list[Record]:
    """One for each study and region; parts that are not confirmed are empty."""
    return [
        _chosen(
            _OUTCOME_COLUMNS,
            public_fields(row),
            region_name=data.region(row.region).name,
            label_status=in_words(outcome_statuses(row, data)),
            citation_keys=row.refs,
            **_span("follow_up", row.follow_up),
            **_comparison(row),
        )
        for row in data.outcomes.outcomes
    ]


def _comparison(row: Outcome) -> Record:
    """Both groups of a trial as a record carries them; empty where the source does not give both."""
    compared = row.comparison
    if compared is None:
        return dict.fromkeys(_COMPARISON_COLUMNS)
    return {
        "counted": compared.counted,
        **_span("counted_after", compared.after),
        "treated": compared.treated.name,
        "treated_percent": row.values[compared.treated.percent],
        "control": compared.control.name,
        "control_percent": row.values[compared.control.percent],
        "difference_percent": row.difference_percent,
    }


def _span(name: str, time: Span | None) -> Record:
    """A length of time as a record carries it: as the source gives it, and in weeks for an order."""
    return {
        f"{name}_value": time and time.value, f"{name}_unit": time and time.unit, f"{name}_weeks": time and time.weeks
    }  # fmt: skip


def _regions(data: Published) -> list[Record]:
    """One for each region, with its label status for undiluted and for diluted product."""
    return [
        public_fields(row)
        | {
            "label_status_undiluted": in_words(region_statuses(data, row, False)),
            "label_status_diluted": in_words(region_statuses(data, row, True)),
        }
        for row in data.regions.regions
    ]


def _claims(data: Published) -> list[Record]:
    """One for each claim of the source article."""
    return [_chosen(_CLAIM_COLUMNS, public_fields(row), sources=row.refs) for row in data.claims.claims]


def _chosen(columns: list[str], fields: Record, **computed: Any) -> Record:
    return {name: {**fields, **computed}[name] for name in columns}
