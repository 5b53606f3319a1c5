"""Sentences to read again, whose row or subject has changed.

Those that name a row, by macro or placeholder, of which a number has changed, and those that speak of a label when what
labels cover has changed.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePath
from typing import Any

from .faults import Fault, in_short
from .load import Data
from .named_values import PLACEHOLDER
from .pages import Page
from .strict_reader import DataFile, Place

_CALL = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_QUOTED = re.compile(r"""["']([^"']+)["']""")
# Where one sentence ends and the next begins; a line of a list or a table is one by itself.
_BETWEEN = re.compile(r"""\n\s*\n|\n(?=\s*(?:[-*|#>]|\d+\.))|(?<=[.!?])\s+(?=[A-Z\ue000“"*\[(])""")


# Files whose words speak of what labels cover, beside pages.
_JUDGED = {"figures.yml", "questions.yml", "regions.yml"}
# What speaks of a status in words of its own, not by a macro.
_STATUS = re.compile(r"\b(?:on|off)[- ]label\b|\b(?:un)?label(?:ed|s)?\b|\b(?:un)?approv(?:ed|al)\b", re.IGNORECASE)


def to_reread(data: Data, pages: Iterable[Page], changed: Mapping[str, Sequence[str]]) -> list[Fault]:
    """Where `changed` rows, each with the fields that differ, are named in the text of pages and in words of the data.

    What a macro prints follows by itself; the words around it do not.
    """
    found = [fault for page in pages for fault in _in_page(page, changed)]
    for file in data.files.values():
        for place, words in _texts(file.content, ()):
            for name in PLACEHOLDER.findall(words):
                found += _named([name, *name.removeprefix("ratio:").split("@")], changed, file, place, words)
    return sorted(set(found))


def status_to_reread(data: Data, pages: Iterable[Page], changed: Sequence[str]) -> list[Fault]:
    """Every sentence of pages, questions and regions that speaks of a label or an approval, when the indications
    `changed`: chips and tables follow by themselves, such words do not."""
    if not changed:
        return []
    rows = in_short(", ".join(changed), 80)
    found = [
        Fault(f"docs/{page.path}", line, rows, "", f"“{in_short(words, 240)}”")
        for page in pages
        for line, words in _sentences(page)
        if _STATUS.search(_CALL.sub("", words))
    ]
    found += [
        Fault(file.name, file.line(place), rows, "", f"“{in_short(words, 240)}”")
        for file in data.files.values()
        if PurePath(file.name).name in _JUDGED
        for place, words in _texts(file.content, ())
        if _STATUS.search(words)
    ]
    return sorted(set(found))


def _in_page(page: Page, changed: Mapping[str, Sequence[str]]) -> Iterator[Fault]:
    if not any(row in page.text for row in changed):
        return
    for line, words in _sentences(page):
        for call in _CALL.finditer(words):
            at = line + words.count("\n", 0, call.start())
            file = DataFile(f"docs/{page.path}", lines={(): at})
            yield from _named(_QUOTED.findall(call[0]), changed, file, (), words)


def _sentences(page: Page) -> Iterator[tuple[int, str]]:
    """The sentences of a page, each with the line on which it begins."""
    # A point or a line feed inside a call ends no sentence.
    masked = _CALL.sub(lambda call: "\ue000" * len(call[0]), page.text)
    ends = [(found.start(), found.end()) for found in _BETWEEN.finditer(masked)]
    starts = [0, *(end for _, end in ends)]
    for start, end in zip(starts, [*(start for start, _ in ends), len(masked)], strict=True):
        yield page.first_line + page.text.count("\n", 0, start), page.text[start:end]


def _named(
    names: Iterable[str], changed: Mapping[str, Sequence[str]], file: DataFile, place: Place, words: str
) -> Iterator[Fault]:
    """The changed rows among names such as `row` and `row.value`, in words that stand at a place of a file."""
    for row in {part for name in names for part in (name, name.rpartition(".")[0])} & changed.keys():
        yield Fault(file.name, file.line(place), row, ", ".join(changed[row]), f"“{in_short(words, 240)}”")


def _texts(value: Any, place: Place) -> Iterator[tuple[Place, str]]:
    """Every text of a file with its place."""
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, dict | list):
        for name, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _texts(inner, (*place, name))
