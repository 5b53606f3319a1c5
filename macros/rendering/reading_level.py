"""How hard the pages for patients are to read: the grade of Flesch and Kincaid, with syllables by Pyphen.

Grade = 0.39 × words per sentence + 11.8 × syllables per word − 15.59. A sentence is what ends in a stop, or an item of
a list, or a heading. Left out are drawings, tables, fields, numbers of sources, and the names of the glossary that have
a plain wording: their length is no fault of the page, and each is explained on it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import lxml.html
from lxml.html import HtmlElement
from markdown import Extension, Markdown
from pyphen import Pyphen

from ..content.faults import Fault
from ..content.pages import Page
from ..content.project import Project
from .block_places import NESTING
from .dry_run import rendered
from .glossary import definitions
from .markdown_extension import ProjectMarkdown
from .typeset import wording_pattern

MOST = 6  # the grade that a page for patients may have: about the age of 11

_NO_SENTENCE = (
    ".//svg | .//table | .//sup | .//*[@data-block='fields' or @data-block='references' or @data-block='sources-here']"
    " | .//*[@hidden] | .//script"
)
_BLOCKS = {"p", "li", "div", "h2", "h3", "h4", "dt", "dd", "figcaption", "summary", "figure", "ul", "ol"}
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d[\d.,]*")
_END = re.compile(r"(?<=[.!?])[”\"’)]*\s+(?=[“\"(]?[A-Z0-9])")
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT = re.compile(r"(?<=[^aeiouy])(?<![^aeiouy]l)(?:e|(?<![td])ed|(?<![cghsxz])es)$")
_SPELLED = re.compile(r"[A-Z]{2,3}")  # HIV has three syllables


@dataclass(frozen=True)
class Counted:
    """A sentence with the words and syllables that it counts."""

    text: str
    words: int
    syllables: int

    @property
    def grade(self) -> float:
        """The grade of the sentence alone."""
        return _grade(1, self.words, self.syllables)


@dataclass(frozen=True)
class ReadingLevel:
    """How hard one page is to read."""

    page: Page
    sentences: tuple[Counted, ...]

    @cached_property
    def grade(self) -> float:
        """Years at school that it takes to read the page; 0 for a page without sentences."""
        return self._without(Counted("", 0, 0), len(self.sentences))

    def hardest(self, count: int) -> list[Counted]:
        """The sentences without which the page would be easiest, the first of them first."""
        fewer = len(self.sentences) - 1
        return sorted(self.sentences, key=lambda one: self._without(one, fewer))[:count]

    def _without(self, one: Counted, sentences: int) -> float:
        words = sum(each.words for each in self.sentences) - one.words
        return _grade(sentences, words, sum(each.syllables for each in self.sentences) - one.syllables)


def _grade(sentences: int, words: int, syllables: int) -> float:
    return 0.39 * words / sentences + 11.8 * syllables / words - 15.59 if sentences and words else 0


def reading_levels(project: Project) -> list[ReadingLevel]:
    """The reading level of every page that only patients are meant to read."""
    parts = Pyphen(lang="en_US", left=1, right=2)
    wordings = sorted(definitions(project.published, patient=True), key=len, reverse=True)
    names = re.compile("|".join(rf"(?<!\w){wording_pattern(wording)}s?(?!\w)" for wording in wordings) or r"(?!)")
    return [
        ReadingLevel(page, tuple(_counted(text, names, parts) for text in _sentences(rendered(project, page))))
        for page in project.pages
        if page.meta.audience == ["patient"]
    ]


def reading_faults(levels: list[ReadingLevel]) -> Iterator[Fault]:
    """Every page above the grade for patients, with its hardest sentences."""
    for level in levels:
        if level.grade > MOST:
            hardest = level.hardest(3)
            told = "; ".join(f"“{one.text}” (grade {one.grade:.1f})" for one in hardest)
            problem = (
                f"reading level: expected grade {MOST} or below on a page for patients, got {level.grade:.1f}; "
                f"say in shorter words and sentences: {told}"
            )
            yield Fault(f"docs/{level.page.path}", _line(level.page, hardest[0].text), "", "", problem)


def _line(page: Page, sentence: str) -> int:
    """Where a sentence begins in its page; what comes from the data, where the text of the page begins."""
    start = " ".join(sentence.split()[:3])
    lines = enumerate(page.text.splitlines(), page.first_line)
    return next((number for number, line in lines if start in re.sub(r"[*_]", "", line)), page.first_line)


def _sentences(text: str) -> Iterator[str]:
    """The sentences of a page as its macros have filled it in."""
    extensions: list[str | Extension] = [*NESTING, ProjectMarkdown(lambda md: {})]
    settings = {"pymdownx.tabbed": {"alternate_style": True}}
    made = Markdown(extensions=extensions, extension_configs=settings).convert(text)
    tree = lxml.html.fragment_fromstring(made, create_parent="div")
    for part in tree.xpath(_NO_SENTENCE):
        part.drop_tree()
    for block in _blocks(tree):
        yield from (sentence for sentence in _END.split(" ".join(block.split())) if _WORD.search(sentence))


def _blocks(element: HtmlElement) -> Iterator[str]:
    """The words of each block, apart from the blocks inside it."""
    words = element.text or ""
    for child in element:
        if isinstance(child.tag, str) and child.tag in _BLOCKS:
            yield words
            yield from _blocks(child)
            words = ""
        elif isinstance(child.tag, str):
            words += child.text_content()
        words += child.tail or ""
    yield words


def _counted(sentence: str, names: re.Pattern[str], parts: Pyphen) -> Counted:
    words = _WORD.findall(names.sub(" ", sentence))
    return Counted(sentence, len(words), sum(_syllables(word, parts) for word in words))


def _syllables(word: str, parts: Pyphen) -> int:
    """Those of a word; a number counts as one: it is a word to look at, not to sound out.

    Pyphen parts words as printers do, who leave "open" and "about" whole: where more groups of vowels stand apart,
    these count, without a silent e at the end.
    """
    if not word[0].isalpha():
        return 1
    if _SPELLED.fullmatch(word):
        return len(word)
    small = word.lower()
    return max(1 + len(parts.positions(small)), len(_VOWELS.findall(_SILENT.sub("", small))))
