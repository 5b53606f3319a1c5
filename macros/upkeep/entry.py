"""What a register holds of a publication: an entry, and notices of retraction, correction or concern."""

import html
import re
from dataclasses import dataclass, field
from typing import Any

from ..content.faults import HIDDEN
from ..content.rich_text import runs

# The notices, the gravest first, in the words of this project.
NOTICES = (
    "retraction", "withdrawal", "removal", "partial retraction", "expression of concern", "correction", "addendum",
    "clarification", "new version", "update",
)  # fmt: skip
# A register puts the state of a paper before its title; it is told as a notice.
_STATE = re.compile(
    r"^\W*(retracted|withdrawn|removed|expression of concern)(?:\s+(?:article|paper))?\s*\W?\s*[:.\-–—\]]\s*",
    re.IGNORECASE,
)
_STATES = {"retracted": "retraction", "withdrawn": "withdrawal", "removed": "removal"}
_KNOWN_MARKS = {"italic": "i", "em": "i", "i": "i", "bold": "b", "strong": "b", "b": "b", "sup": "sup", "sub": "sub"}


@dataclass(frozen=True)
class Notice:
    """Something that was published about a publication: what, by whom it is told, when, and where it can be read."""

    kind: str
    told_by: str
    day: str = ""
    address: str = ""


@dataclass(frozen=True)
class Entry:
    """What a register holds of a publication.

    `said` has, by field of CSL, what the register says: the first is what would be written, the others are as good.
    """

    register: str
    said: dict[str, tuple[Any, ...]]
    notices: tuple[Notice, ...] = ()
    day: str = field(default="", compare=False)  # when it came into the register


def words(value: str) -> str:
    """Words in one line, signs as themselves, without marks that nobody sees and without other tags than CSL's."""
    value = re.sub(r"<(/?)(?:\w+:)?([A-Za-z]\w*)(?:\s[^<>]*)?/?>", _mark, value)
    # A tag may have been written as signs, and signs as signs of signs.
    value = html.unescape(html.unescape(value))
    try:
        runs(value)
    except ValueError:  # what is left is none of CSL's, or not closed
        value = re.sub(r"</?[A-Za-z][^<>]*>", "", value)
    return " ".join(HIDDEN.sub("", value).split())


def title_and_state(title: str) -> tuple[str, str]:
    """A title without the state that a register puts before it, and the notice that this is, or nothing."""
    found = _STATE.match(title)
    if not found:
        return title, ""
    state = found[1].lower()
    return title[found.end() :].strip(), _STATES.get(state, state)


def said(**values: Any) -> dict[str, tuple[Any, ...]]:
    """What a register says by field, without what it does not say; _ in a name is - in the field."""
    found = {}
    for name, forms in values.items():
        told = tuple(dict.fromkeys(form for form in forms if form)) if name != "author" else tuple(filter(None, forms))
        if told:
            found[name.replace("_", "-")] = told
    return found


def _mark(tag: "re.Match[str]") -> str:
    mark = _KNOWN_MARKS.get(tag[2].lower())
    return f"<{tag[1]}{mark}>" if mark else ""
