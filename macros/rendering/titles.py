"""Titles of sources as HTML: with their marks, in capitals where the style asks for them, and one mark at their end."""

import html
import re
from dataclasses import replace
from itertools import groupby

from markupsafe import Markup

from ..content.rich_text import Run, plain, runs
from .markup import element, joined

# Words that stay small inside a title in capitals; those of the style's own processor.
_SMALL_WORDS = frozenset({
    "a", "an", "and", "as", "at", "but", "by", "down", "for", "from", "in", "into", "nor", "of", "on", "onto", "or",
    "over", "so", "the", "till", "to", "up", "via", "with", "yet",
})  # fmt: skip
# The tags of marks inside italics, the innermost first.
_TAGS = ("sub", "sup", "b")
_ENDS = re.compile(r"[.?!…。？！][\"'”’»]*$")


def set_title(title: str, *, italic: bool = False, capitals: bool = False) -> Markup:
    """A title as HTML: `italic` as that of a book, what is italic in it then upright; `capitals`: Each Word of It."""
    words = [run for run in runs(" ".join(title.split())) if run.words]
    groups = groupby(_in_capitals(words) if capitals else words, lambda run: ("i" in run.marks) != italic)
    made = [(slanted, joined(_run(run) for run in group)) for slanted, group in groups]
    return joined(element("i", part) if slanted else part for slanted, part in made)


def ends_itself(title: str) -> bool:
    """Whether a title ends in a mark, so that no point follows it."""
    return bool(_ENDS.search(plain(title).rstrip()))


def _run(run: Run) -> Markup:
    # As its publisher set it: what typeset.py does to words of the site is not done to a title.
    made = Markup(html.escape(run.words, quote=False))  # noqa: S704 (escaped)
    for tag in _TAGS:
        if tag in run.marks:
            made = element(tag, made)
    return made


def _in_capitals(words: list[Run]) -> list[Run]:
    """Each small word with a capital, but those that stay small; what is marked nocase as it is."""
    made: list[Run] = []
    before = ":"  # the first word has a capital too
    inside = False  # a word that a mark divides has one beginning
    for run in words:
        pieces = []
        for piece in re.split(r"(\s+)", run.words):
            if not piece:
                continue
            if piece.isspace():
                inside = False
            else:
                stays = inside or "nocase" in run.marks or not piece.islower()
                if not stays and (piece not in _SMALL_WORDS or before in ":."):
                    piece = re.sub(r"^[(\[\"'“‘]*\w", lambda found: found[0].upper(), piece)
                before, inside = piece[-1], True
            pieces.append(piece)
        made.append(replace(run, words="".join(pieces)))
    return made
