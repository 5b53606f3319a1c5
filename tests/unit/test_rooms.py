"""The rooms of macros/: content <- rendering <- downloads <- printing, publishing <- build; nothing imports upward.

Beside them upkeep, which reads content and is no part of a build: the one place with a network.
"""

import ast
from functools import cache
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
    "upkeep": {"content"},
}


@cache  # not while the tests are looked for, which every worker does
def trees() -> dict[str, ast.Module]:
    """Every module of ours, read."""
    return {
        ".".join(path.relative_to(ROOT).with_suffix("").parts): ast.parse(path.read_text(encoding="utf-8"))
        for path in (ROOT / "macros").rglob("*.py")
    }


def imported(module: str) -> set[str]:
    """The modules of ours that a module imports, wherever in it the import stands."""
    names = []
    for node in ast.walk(trees()[module]):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            above = module.split(".")[: -node.level] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            names += [base, *(f"{base}.{alias.name}" for alias in node.names)]
    return {name for name in names if name in trees()}


def test_a_room_imports_only_what_is_below_it() -> None:
    for module in trees():
        room = module.split(".")[1]
        for other in imported(module) if room in ALLOWED else ():
            assert other.split(".")[1] in {room, *ALLOWED[room]}, f"{module} imports {other}"


def test_only_upkeep_knows_a_network_and_only_its_command_knows_upkeep() -> None:
    network = {"aiohttp", "http", "httpx", "requests", "socket", "socketserver", "ssl", "urllib3", "xmlrpc"}
    for module, tree in trees().items():
        named = {
            alias.name.split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names
        }
        named |= {
            node.module.split(".")[0]
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and node.module and not node.level
        }
        assert module.startswith("macros.upkeep") or not named & network, f"{module} imports {named & network}"
        upkeep = {other for other in imported(module) if other.startswith("macros.upkeep")}
        assert module.startswith("macros.upkeep") or module == "macros.__main__" or not upkeep, (
            f"{module} imports {upkeep}"
        )


def test_the_command_line_loads_upkeep_only_for_its_command() -> None:
    top = [node for node in trees()["macros.__main__"].body if isinstance(node, ast.ImportFrom)]
    assert not any("upkeep" in (node.module or "") or "upkeep" in {alias.name for alias in node.names} for node in top)


def test_no_import_goes_in_a_circle() -> None:
    TopologicalSorter({module: imported(module) for module in trees()}).prepare()


def test_every_module_says_its_job_in_its_first_line() -> None:
    for module, tree in trees().items():
        first = (ast.get_docstring(tree) or "").split("\n")[0]
        assert first.endswith(".") and len(first) > 10, module
