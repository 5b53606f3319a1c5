"""The downloads: CSV, JSON and JSON Schema of the data, and their reader."""

import csv
import io
import json
import re
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from . import changes, label_status, model
from .data import Data, published

DOWNLOADS: list[tuple[str, str]] = [
    ("downloads/preparations.csv", "every worked example: presentation, syringes, ratio and volumes"),
    ("downloads/preparations.json", "the same as JSON"),
    ("downloads/protocols.csv", "what each source did, by region, with citation key, evidence and label status"),
    ("downloads/protocols.json", "the same as JSON"),
    ("downloads/claims.csv", "every claim of the source article with verdict, correction and sources"),
    ("downloads/claims.json", "the same as JSON"),
    ("downloads/outcomes.csv", "what each study found, with design, people, funding, weight and label status"),
    ("downloads/outcomes.json", "the same as JSON"),
    *(
        (f"downloads/{name}.{kind}", what if kind == "csv" else "the same as JSON")
        for name, what in (
            ("regions", "every region with label status, caution and reason"),
            ("approvals", "every approval, panel and label wording with jurisdiction and date"),
            ("timeline", "what was found after CaHA, by week"),
            ("layers", "measured thickness of the layers of the skin, in mm"),
            ("series", "values of skin and collagen at several ages"),
            ("adverse-events", "rates of adverse events with their denominators"),
            ("safety", "stop signs, warnings and other statements on safety"),
            ("steps", "the steps of the procedure with their warnings"),
            ("facts", "all other published statements with their numbers"),
        )
        for kind in ("csv", "json")
    ),
    ("downloads/references.json", "the sources as CSL-JSON, for Zotero and other reference managers"),
    ("downloads/references.ris", "the sources as RIS, for EndNote and others"),
    ("downloads/changes.atom", "the changes as an Atom feed"),
    ("downloads/site.zip", "the whole site with search and PDFs, to read without network: unpack, open index.html"),
    ("llms.txt", "the list of all pages as plain text (Markdown), for programs"),
    *(
        (f"downloads/schema/{name.removesuffix('.yml')}.schema.json", f"JSON Schema of docs/data/{name}")
        for name in model.FILES
    ),
    ("downloads/schema/references.schema.json", f"JSON Schema of docs/data/{model.REFERENCES_FILE}"),
]

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
        fields["label_status"] = label_status.protocol_label_status(row, data)
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
        fields["label_status"] = label_status.outcome_label_status(row, data)
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
    sections: dict[str, Iterable[model.Row]] = {
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
        "facts": [row for row in data.rows.values() if isinstance(row, model.Fact)],
    }  # fmt: skip
    return {name: [_published_fields(row) for row in published(rows)] for name, rows in sections.items()}


def _published_fields(row: model.Row) -> dict[str, Any]:
    """The fields of a row that readers may have; a danger that is not confirmed is left out."""
    fields = row.model_dump()
    if isinstance(row, model.Region) and not row.danger_verified:
        fields["danger"] = []
    return {name: value for name, value in fields.items() if name not in _EDITORS}


def schemas() -> dict[str, Any]:
    """The JSON Schema of each data file, by its path below the downloads and below the data."""
    found = {name.removesuffix(".yml"): TypeAdapter(kind).json_schema() for name, kind in model.FILES.items()}
    found["references"] = TypeAdapter(list[model.Reference]).json_schema(by_alias=True)
    return {
        f"{model.SCHEMA_FOLDER}/{name}.schema.json": {
            "$schema": "https://json-schema.org/draft/2020-12/schema", "title": f"docs/data/{name}", **schema
        }
        for name, schema in found.items()
    }  # fmt: skip


_RIS_TYPES = {"article-journal": "JOUR", "book": "BOOK", "chapter": "CHAP", "webpage": "ELEC", "report": "RPRT"}


def to_ris(references: Iterable[model.Reference]) -> str:
    """Sources in RIS, one tag a line, for reference managers that do not read CSL-JSON."""
    lines: list[str] = []
    for row in references:
        authors = [name.literal or ", ".join(part for part in (name.family, name.given) if part) for name in row.author]
        year = str(row.issued["date-parts"][0][0]) if row.issued else None
        first, _, last = (row.page or "").partition("-")
        for tag, value in (
            ("TY", _RIS_TYPES.get(row.type, "GEN")), ("ID", row.id), *(("AU", author) for author in authors),
            ("TI", row.title), ("PY", year), ("JO", row.container_title), ("VL", row.volume), ("IS", row.issue),
            ("SP", first), ("EP", last), ("PB", row.publisher), ("DO", row.DOI), ("AN", row.PMID), ("UR", row.link),
        ):  # fmt: skip
            if value:
                lines.append(f"{tag}  - {' '.join(value.split())}")
        lines += ["ER  - ", ""]
    return "\r\n".join(lines)


def write_downloads(data: Data, folder: Path, site_name: str = "", site_url: str = "") -> list[Path]:
    """Write every download below `folder`; returns the files written."""
    written: dict[str, str] = {}
    for name, rows in (
        ("preparations", preparation_rows(data)),
        ("protocols", protocol_rows(data)),
        ("claims", claim_rows(data)),
        ("outcomes", outcome_rows(data)),
        *figure_rows(data).items(),
    ):
        written[f"{name}.csv"] = to_csv(rows)
        written[f"{name}.json"] = to_json(rows)
    written["references.json"] = to_json([
        row.model_dump(by_alias=True, exclude_none=True, exclude_defaults=True) for row in data.references.values()
    ])  # fmt: skip
    written["references.ris"] = to_ris(data.references.values())
    written["changes.atom"] = changes.atom_feed(data, site_name, site_url)
    written |= {name: to_json(schema) for name, schema in schemas().items()}
    for name, content in written.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8", newline="")
    return [folder / name for name in written]


def plain(value: Any) -> Any:
    """A value as JSON holds it: a whole Decimal as a whole number, a repeating one to 12 places."""
    if isinstance(value, Decimal):
        if value == value.to_integral_value():
            return int(value)
        # 12 places: the same digits on every machine, and far below 0.01 mL.
        return float(round(value, 12))
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value


def to_json(content: Any) -> str:
    """Content as JSON text."""
    return json.dumps(plain(content), ensure_ascii=False, indent=1) + "\n"


def to_csv(rows: list[dict[str, Any]]) -> str:
    """Rows as CSV (RFC 4180): nothing for a gap, lists joined by semicolons, named values as name=value."""
    out = io.StringIO()
    columns = dict.fromkeys(name for row in rows for name in row)
    writer = csv.DictWriter(out, fieldnames=list(columns), lineterminator="\r\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({name: _cell(value) for name, value in row.items()})
    return out.getvalue()


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return _harmless(
            "; ".join(f"({_cell(item)})" if isinstance(item, dict) else str(_cell(item)) for item in value)
        )
    if isinstance(value, dict):
        return "; ".join(f"{name}={_cell(item)}" for name, item in value.items() if item is not None)
    if isinstance(value, Decimal):
        return plain(value)
    return _harmless(value) if isinstance(value, str) else value


def _harmless(words: str) -> str:
    """A cell that starts like a formula would run in a spreadsheet."""
    return f"'{words}" if re.match(r"\s*([=+@]|-(?![0-9]))", words) else words


def read_preparations(path: Path) -> list[model.Preparation]:
    """Read preparations.csv or preparations.json back into the model.

    Raises ValueError when a computed column disagrees with the arithmetic of the model.
    """
    if path.suffix == ".json":
        rows = json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    else:
        with path.open(encoding="utf-8", newline="") as file:
            rows = [{name: Decimal(cell) for name, cell in row.items()} for row in csv.DictReader(file)]
    found = []
    for number, row in enumerate(rows, 2):
        example = model.Preparation(
            presentation_ml=Decimal(row["presentation_ml"]),
            syringes=int(row["syringes"]),
            product_parts=Decimal(row["product_parts"]),
            diluent_parts=Decimal(row["diluent_parts"]),
        )
        for name in PREPARATION_COLUMNS:
            if plain(Decimal(getattr(example, name))) != plain(Decimal(row[name])):
                raise ValueError(f"{path.name}, row {number}: {name} is {row[name]}, expected {getattr(example, name)}")
        found.append(example)
    return found
