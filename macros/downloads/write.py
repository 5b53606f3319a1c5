"""All files to download, written."""

from pathlib import Path
from typing import Any

from ..content.csl import Reference
from ..content.files import ALL_TABLES
from ..content.project import Project
from ..content.rich_text import as_csl
from .atom import atom_feed
from .csv_and_json import to_csv, to_json
from .records import records
from .review_days import review_calendar
from .ris import to_ris
from .schemas import schemas_by_path
from .spreadsheets import to_xlsx


def write_downloads(project: Project, folder: Path) -> list[Path]:
    """Write every download below `folder`; returns the files written."""
    data = project.published
    tables = records(data)
    written: dict[str, str | bytes] = {f"{ALL_TABLES}.xlsx": to_xlsx(tables, project)}
    for name, rows in tables.items():
        written[f"{name}.xlsx"] = to_xlsx({name: rows}, project)
        written[f"{name}.csv"] = to_csv(rows)
        written[f"{name}.json"] = to_json(rows)
    written["references.json"] = to_json([_csl(row) for row in data.references.values()])
    written["references.ris"] = to_ris(data.references.values())
    written["changes.atom"] = atom_feed(data, project.site)
    written["reviews.ics"] = review_calendar(project)
    written |= {name: to_json(schema) for name, schema in schemas_by_path().items()}
    for name, content in written.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return [folder / name for name in written]


def _csl(row: Reference) -> dict[str, Any]:
    """A source as CSL-JSON; its title says where it was not seen."""
    fields = row.model_dump(by_alias=True, exclude_none=True, exclude_defaults=True) | {"title": row.heading}
    return fields | {name: as_csl(fields[name]) for name in ("title", "container-title") if name in fields}
