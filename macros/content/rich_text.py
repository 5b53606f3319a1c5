"""Titles with the marks that CSL-JSON allows in them, and signs that were written as references of HTML.

https://citeproc-js.readthedocs.io/en/latest/csl-json/markup.html
"""

import html
import re
from dataclasses import dataclass

from .faults import shown

# What a mark does with its words, by its tag; `nocase` keeps them from being set in capitals.
_TAGS = {"i": "i", "em": "i", "b": "b", "strong": "b", "sub": "sub", "sup": "sup", "sc": "capitals"}
_SPANS = {"nocase": "nocase", "small-caps": "capitals"}
# Of HTML and of publishers' XML; all else between < and > is words, such as p < 0.05.
_FOREIGN = frozenset({"a", "br", "div", "font", "inf", "p", "s", "scp", "small", "strike", "tt", "u"})
_TAG = re.compile(r"<(/?)([A-Za-z]+(?::[A-Za-z]+)?)(\s[^<>]*)?/?>")
_SIGN = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_RAISED = str.maketrans("0123456789+-−()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾ⁿ")


@dataclass(frozen=True)
class Run:
    """Words that bear the same marks: i, b, sub, sup, nocase."""

    words: str
    marks: frozenset[str] = frozenset()


def runs(title: str) -> list[Run]:
    """A title as runs of words with their marks.

    Raises ValueError with the cure for a tag that is not closed, closed twice, or unknown to CSL.
    """
    made: list[Run] = []
    opened: list[tuple[str, str]] = []  # tag and what it does
    end = 0
    for tag in _TAG.finditer(title):
        mark = _mark(tag)
        if mark is None:
            continue
        _add(made, title[end : tag.start()], opened)
        end = tag.end()
        if not tag[1]:
            opened.append((tag[2].lower(), mark))
        elif opened and opened[-1][0] == tag[2].lower():
            opened.pop()
        else:
            raise ValueError(f"{tag[0]} closes nothing; take it out, or open it before")
    if opened:
        raise ValueError(f"<{opened[-1][0]}> is not closed; write </{opened[-1][0]}> behind its words")
    _add(made, title[end:], opened)
    return made


def plain(title: str) -> str:
    """A title without marks, for where none can be set; what is raised stays raised, so that 10⁶ is not 106."""
    return "".join(raised(run.words) if "sup" in run.marks else run.words for run in runs(title))


def raised(words: str) -> str:
    """Words that were raised, such as the exponent of a power, by their own signs where all of them have one."""
    return words.translate(_RAISED) if all(ord(letter) in _RAISED for letter in words) else words


def as_csl(title: str) -> str:
    """A title with the marks that every CSL processor knows, and signs as themselves."""
    made = ""
    for run in runs(title):
        words = run.words
        for mark in sorted(run.marks):
            words = f'<span class="nocase">{words}</span>' if mark == "nocase" else f"<{mark}>{words}</{mark}>"
        made += words
    return made


def signs(words: str) -> str:
    """Words with each sign as itself where it was written as a reference of HTML: &amp; is &."""
    return _SIGN.sub(lambda found: html.unescape(found[0]), words)


def _mark(tag: "re.Match[str]") -> str | None:
    """What a tag does; None where it is no tag but words."""
    name = tag[2].lower()
    if name == "span":
        done = next((mark for kind, mark in _SPANS.items() if kind in (tag[3] or "")), None)
        return "" if tag[1] else done or _refused(tag[0])
    if name in _FOREIGN or ":" in name:
        return _refused(tag[0])
    return _TAGS.get(name)


def _refused(tag: str) -> str:
    known = 'i, b, sub, sup and <span class="nocase">'
    raise ValueError(f"the mark {shown(tag)} is none of CSL, which knows {known}; write one of these, or take it out")


def _add(made: list[Run], words: str, opened: list[tuple[str, str]]) -> None:
    if not words:
        return
    marks = frozenset(mark for _, mark in opened)
    words = signs(words)
    # Without small capitals in the type, the large ones keep what they say: L-lactic acid.
    made.append(Run(words.upper() if "capitals" in marks else words, marks - {"capitals"}))
