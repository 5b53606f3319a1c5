"""The project's Markdown extension: whole blocks, real tables, explained terms, the list of sources.

- A one-line block of markup.py stays whole inside admonitions, tabs and lists.
- A Markdown table gets row headers, and its caption from the line ``Table: ...`` above it.
- The first mention of a glossary term on a page is explained on hover, focus and touch.
- The sources of a page stand where it calls for them: here, because only now is every macro of the page done, and with
  it every source cited.
"""

import html
import re
from collections.abc import Callable, Mapping
from xml.etree import ElementTree

from markdown import Extension, Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import HTML_PLACEHOLDER_RE, AtomicString
from markupsafe import Markup

from .tables.table import FEW, narrow_class
from .typeset import wording_pattern

# What the macro `references` leaves where the sources are to stand.
SOURCES_HERE = Markup('<div data-block="sources-here"></div>')


_CAPTION = "Table: "


# Blocks that list sources or terms themselves.
_CLOSED = re.compile(r'<(?:(?:a|sup|caption|thead|abbr|button|label|select|svg)\b|span class="mark )')


_SELF_EXPLAINING = tuple(
    f'<div data-block="{kind}"' for kind in ("references", "sources", "glossary", "downloads", "training")
)


# A tag that none closes.
_EMPTY = re.compile(r"<(?:br|hr|img|input|wbr|!)|.*/>$", re.DOTALL)
# A term is explained in running text only: not in headings, links, or where it is explained already.
_NOT_EXPLAINED = {"h1", "h2", "h3", "h4", "h5", "h6", "a", "abbr", "code", "pre", "table", "script", "style"}


class ProjectMarkdown(Extension):
    """Python-Markdown extension; of the page that is converted, `meanings` gives the wordings to explain, and `sources`
    the list of all that it cites.
    """

    def __init__(
        self,
        meanings: Callable[[Markdown], Mapping[str, str]],
        sources: Callable[[Markdown], Markup] = lambda md: Markup(""),
    ):
        super().__init__()
        self.meanings = meanings
        self.sources = sources

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (the name is Python-Markdown's)
        """Register the processors."""
        # Before HTML is put away (priority 20).
        md.preprocessors.register(_ListSources(md, self.sources), "list_sources", 25)
        md.preprocessors.register(_BlocksApart(md), "blocks_apart", 24)
        md.parser.blockprocessors.register(_KeepBlocks(md.parser), "keep_blocks", 175)
        # Both after inline markup (priority 20) is in place.
        md.treeprocessors.register(_RealTables(md), "real_tables", 15)
        md.treeprocessors.register(_ExplainTerms(md, self.meanings), "explain_terms", 14)


class _ListSources(Preprocessor):
    """Put the sources of a page, under their heading, where the page calls for them."""

    def __init__(self, md: Markdown, sources: Callable[[Markdown], Markup]):
        super().__init__(md)
        self.sources = sources

    def run(self, lines: list[str]) -> list[str]:
        found: list[str] = []
        for line in lines:
            if SOURCES_HERE in line:
                listed = self.sources(self.md)
                found += (
                    [line.replace(SOURCES_HERE, "## Sources"), "", line.replace(SOURCES_HERE, listed)] if listed else []
                )
            else:
                found.append(line)
        return found


class _BlocksApart(Preprocessor):
    """An indented block stands by itself, as Markdown asks of what is no running text."""

    def run(self, lines: list[str]) -> list[str]:
        found: list[str] = []
        for line in lines:
            indented = line[:1] in (" ", "\t") and line.lstrip().startswith("<div data-block=")
            found += ["", line, ""] if indented else [line]
        return found


class _KeepBlocks(BlockProcessor):
    """Store a one-line block as raw HTML, wherever it is nested: the list, note or tab around it has taken away the
    spaces by which it was indented (block_places.py).
    """

    def test(self, parent: ElementTree.Element, block: str) -> bool:
        return block.startswith("<div data-block=")

    def run(self, parent: ElementTree.Element, blocks: list[str]) -> None:
        lines = blocks.pop(0).split("\n", 1)
        holder = ElementTree.SubElement(parent, "p")
        holder.text = self.parser.md.htmlStash.store(lines[0].rstrip())
        if len(lines) > 1 and lines[1].strip():
            blocks.insert(0, lines[1])


class _RealTables(Treeprocessor):
    """Give Markdown tables a caption, scopes and row headers."""

    def run(self, root: ElementTree.Element) -> None:
        for parent in list(root.iter()):
            for table in [child for child in parent if child.tag == "table"]:
                self._complete(table, parent)

    def _complete(self, table: ElementTree.Element, parent: ElementTree.Element) -> None:
        heads = table.findall("./thead/tr/th")
        # A table of ours inside md_in_html has its classes and labels already.
        if table.get("class") is None:
            table.set("class", f"data {narrow_class(len(heads))}")
            labels = [_words(head) for head in heads]
            for row in table.iterfind("./tbody/tr"):
                for cell, label in zip(row[1:], labels[1:], strict=False):
                    cell.set("data-label", label)
        index = list(parent).index(table)
        before = parent[index - 1] if index else None
        if before is not None and before.tag == "p" and (before.text or "").startswith(_CAPTION):
            # The paragraph makes room for the frame in which a wide table scrolls on a phone.
            caption = ElementTree.Element("caption")
            caption.text = (before.text or "").removeprefix(_CAPTION)
            caption.extend(list(before))
            table.insert(0, caption)
            parent.remove(table)
            label = _words(caption)
            before.clear()
            before.tag = "div"
            before.attrib.update({"class": "table-wrap", "role": "group", "aria-label": label, "tabindex": "0"})
            if len(heads) <= FEW:
                before.set("data-few", "")
            before.append(table)
        for head in heads:
            head.set("scope", "col")
        for row in table.iterfind("./tbody/tr"):
            if len(row):
                row[0].tag = "th"
                row[0].set("scope", "row")


def _words(element: ElementTree.Element) -> str:
    """The words of a heading or caption, without the citations, which Markdown keeps apart as HTML."""
    return " ".join(HTML_PLACEHOLDER_RE.sub("", "".join(element.itertext())).split())


class _ExplainTerms(Treeprocessor):
    """Wrap the first mention of each term in <abbr> with its definition."""

    def __init__(self, md: Markdown, meanings: Callable[[Markdown], Mapping[str, str]]):
        super().__init__(md)
        self.meanings = meanings

    def run(self, root: ElementTree.Element) -> None:
        meanings = self.meanings(self.md)
        if not meanings:
            return
        self.left = {word.lower(): meaning for word, meaning in meanings.items()}
        # The longest first: "diluted" must not take a part of "hyperdiluted", nor "gel" of "carrier gel".
        words = sorted(meanings, key=len, reverse=True)
        # Nor "lt" of an escaped "<", which in a block reads "&lt;".
        self.pattern = re.compile(rf"(?<![\w&-])({'|'.join(map(wording_pattern, words))})(s?)(?![\w-])")
        self._walk(root)
        # Blocks are kept as raw HTML; what running text has not explained is explained in them.
        stash = self.md.htmlStash.rawHtmlBlocks
        for index, raw in enumerate(stash):
            if isinstance(raw, str) and raw.startswith("<div data-block=") and not raw.startswith(_SELF_EXPLAINING):
                stash[index] = self._explain_block(raw)

    def _explain_block(self, raw: str) -> str:
        """Explain terms in the text of a block; its tags are left as they are."""
        parts = re.split(r"(<[^>]*>)", raw)
        within: list[str] = []  # the tags that are open from the one on in which nothing is explained
        for index, part in enumerate(parts):
            if index % 2 == 0:
                parts[index] = part if within else self._explain_words(part)
            elif within and part.startswith("</"):
                within.pop()
            elif (within or _CLOSED.match(part)) and not _EMPTY.match(part):
                within.append(part)
        return "".join(parts)

    def _explain_words(self, words: str) -> str:
        def explain(found: re.Match[str]) -> str:
            meaning = self._take(found[1])
            if meaning is None:
                return found[0]
            return f'<abbr title="{html.escape(meaning)}" tabindex="0">{found[0]}</abbr>'

        return self.pattern.sub(explain, words)

    def _take(self, word: str) -> str | None:
        """The meaning of a word that is not explained yet on this page; from now on it is."""
        meaning = self.left.pop(word.lower(), None)
        if meaning is not None:
            # One meaning can have several wordings; each is explained once.
            self.left = {other: what for other, what in self.left.items() if what != meaning}
        return meaning

    def _walk(self, element: ElementTree.Element) -> None:
        if element.tag in _NOT_EXPLAINED:
            return
        self._explain_text(element)
        index = 0
        while index < len(element):
            child = element[index]
            self._walk(child)
            index += 1 + self._explain_tail(element, index)

    def _explain_text(self, element: ElementTree.Element) -> None:
        split = self._split(element.text)
        if split:
            element.text, abbr = split
            element.insert(0, abbr)

    def _explain_tail(self, parent: ElementTree.Element, index: int) -> int:
        split = self._split(parent[index].tail)
        if not split:
            return 0
        parent[index].tail, abbr = split
        parent.insert(index + 1, abbr)
        # The new element is walked next: it is passed over, and then its tail is looked at.
        return 0

    def _split(self, text: str | None) -> tuple[str, ElementTree.Element] | None:
        if not text or isinstance(text, AtomicString):
            return None
        for found in self.pattern.finditer(text):
            meaning = self._take(found[1])
            if meaning is None:
                continue
            abbr = ElementTree.Element("abbr", {"title": meaning, "tabindex": "0"})
            abbr.text = AtomicString(found[0])
            abbr.tail = text[found.end() :]
            return text[: found.start()], abbr
        return None
