"""The rooms of macros/: content <- rendering <- downloads <- printing, publishing <- build; nothing imports upward."""

import ast
from graphlib import TopologicalSorter

from ..projects import ROOT

# What each room may import besides itself; printing and publishing never import each other.
ALLOWED = {
    "system_parts": set(),
    "content": set(),
    "rendering": {"content"},
    "downloads": {"content", "rendering"},
    "printing": {"content", "rendering", "downloads", "system_parts"},
    "publishing": {"content", "rendering", "downloads"},
}
TREES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts): ast.parse(path.read_text(encoding="utf-8"))
    for path in (ROOT / "macros").rglob("*.py")
}


def imported(module: str) -> set[str]:
    """The modules of ours that a module imports, wherever in it the import stands."""
    names = []
    for node in ast.walk(TREES[module]):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            above = module.split(".")[: -node.level] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            names += [base, *(f"{base}.{alias.name}" for alias in node.names)]
    return {name for name in names if name in TREES}


def test_a_room_imports_only_what_is_below_it() -> None:
    for module in TREES:
        room = module.split(".")[1]
        for other in imported(module) if room in ALLOWED else ():
            assert other.split(".")[1] in {room, *ALLOWED[room]}, f"{module} imports {other}"


def test_no_import_goes_in_a_circle() -> None:
    TopologicalSorter({module: imported(module) for module in TREES}).prepare()


def test_every_module_says_its_job_in_its_first_line() -> None:
    for module, tree in TREES.items():
        first = (ast.get_docstring(tree) or "").split("\n")[0]
        assert first.endswith(".") and len(first) > 10, module
