"""The macros as a writer looks them up: of each its name, what it prints, and what to paste; from the docstrings."""

import inspect
import re
from collections.abc import Callable, Iterable

Macro = Callable[..., object]


def macro_list(macros: Iterable[Macro]) -> str:
    """Each macro with what it prints and the lines to paste, a paragraph each."""
    return "\n\n".join("\n    ".join([f"{macro.__name__}: {summary(macro)}", *calls(macro)]) for macro in macros) + "\n"


def summary(macro: Macro) -> str:
    """What a macro prints, on one line: the first paragraph of its docstring."""
    return " ".join(_docstring(macro).partition("\n\n")[0].split())


def calls(macro: Macro) -> list[str]:
    """The calls to paste, each for a line of a page: those that the docstring shows behind "Paste"."""
    return re.findall(r"\{\{.+?\}\}", _docstring(macro).partition("Paste")[2])


def _docstring(macro: Macro) -> str:
    return inspect.getdoc(macro) or ""
