"""The JSON Schemas beside the data files, by which an editor completes and checks them in a fresh checkout.

They are written from the models by ``python -m macros exports --schemas``; the check compares them.
"""

from collections.abc import Iterator
from pathlib import Path

from . import model
from .data import FOLDER
from .exports import schemas, to_json
from .source import Fault


def editor_line(name: str) -> str:
    """The first line of the data file `name`, by which an editor finds its schema."""
    return f"# yaml-language-server: $schema=schema/{name.removesuffix('.yml')}.schema.json"


def write_schemas(root: Path) -> list[Path]:
    """Write the schemas beside the data files below `root`, the project's folder; returns the files written."""
    written = []
    for name, schema in schemas().items():
        path = root / FOLDER / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(to_json(schema), encoding="utf-8", newline="")
        written.append(path)
    return written


def stale(root: Path) -> Iterator[Fault]:
    """Schemas beside the data that differ from the models, and data files that do not name theirs."""
    for name, schema in schemas().items():
        path = root / FOLDER / name
        if not path.is_file() or path.read_text(encoding="utf-8") != to_json(schema):
            problem = "differs from the models; run: python -m macros exports --schemas"
            yield Fault(f"{FOLDER}/{name}", 1, "", "", problem)
    for name in model.FILES:
        first = (root / FOLDER / name).read_text(encoding="utf-8").split("\n", 1)[0]
        if first != editor_line(name):
            yield Fault(f"{FOLDER}/{name}", 1, "", "", f"expected as the first line: {editor_line(name)}")
