"""The JSON Schemas of the data files: made from the models, written for editors and readers, compared by the check."""

from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from ..content.csl import Reference
from ..content.faults import Fault
from ..content.files import FILES, FOLDER, SCHEMA_FOLDER
from ..content.strict_reader import DataFile, read_text
from .csv_and_json import to_json


def schemas_by_path() -> dict[str, Any]:
    """The JSON Schema of each data file, by its path below the downloads and below the data."""
    found = {name.removesuffix(".yml"): TypeAdapter(kind).json_schema() for name, kind in FILES.items()}
    found["references"] = TypeAdapter(list[Reference]).json_schema(by_alias=True)
    return {
        f"{SCHEMA_FOLDER}/{name}.schema.json": {
            "$schema": "https://json-schema.org/draft/2020-12/schema", "title": f"docs/data/{name}", **schema
        }
        for name, schema in found.items()
    }  # fmt: skip


def editor_line(name: str) -> str:
    """The first line of the data file `name`, by which an editor finds its schema."""
    return f"# yaml-language-server: $schema=schema/{name.removesuffix('.yml')}.schema.json"


def write_schemas(root: Path) -> list[Path]:
    """Write the schemas beside the data files below `root`, the project's folder; returns the files written."""
    written = []
    for name, schema in schemas_by_path().items():
        path = root / FOLDER / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(to_json(schema), encoding="utf-8", newline="")
        written.append(path)
    return written


def stale(root: Path) -> Iterator[Fault]:
    """Schemas beside the data that differ from the models, and data files that do not name theirs."""
    for name, schema in schemas_by_path().items():
        path = root / FOLDER / name
        wanted, found = to_json(schema), path.read_text(encoding="utf-8") if path.is_file() else ""
        if found != wanted:
            problem = "differs from the models; run: python -m macros exports --schemas"
            yield Fault(f"{FOLDER}/{name}", _first_difference(found, wanted), "", "", problem)
    for name in FILES:
        file = DataFile(f"{FOLDER}/{name}")
        text = read_text(root / FOLDER / name, file)
        # What cannot be read is told by whoever loads the data.
        if text is not None and text.split("\n", 1)[0] != editor_line(name):
            yield Fault(file.name, 1, "", "", f"expected as the first line: {editor_line(name)}")


def _first_difference(found: str, wanted: str) -> int:
    """The number of the first line in which two texts differ."""
    lines = zip_longest(found.split("\n"), wanted.split("\n"))
    return next(number for number, (one, other) in enumerate(lines, 1) if one != other)
