"""The index behind the search box, made from the finished pages in the place of the theme's own.

The theme loads its index with every page. So what stands in its place is an index without documents, and
assets/search-worker.js loads the real one at the first query.

The theme's search program stays as it is; it reads whatever fields the index lists. Ours has two more than
the theme's, which are searched and never shown:

- `names`: what a title is also called: the words in the page's front matter, the other wordings of a
  glossary term, and the title without accents;
- `also`: the same for the text.

Every row of a table and every item of a list is a line of its own, so that a result shows the line that
was meant. Stop signs stand on many pages; they are indexed on the page about them and on those for patients,
sources on the page of all sources.
"""

import json
import re
import unicodedata
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

from lxml.html import HtmlElement

from ..content.pages import Page
from ..content.project import Project
from ..content.published import Published
from ..rendering.typeset import wording_pattern
from .built_pages import BuiltPage, BuiltPages, PublishError

INDEX = "search/pages.json"
THEME_INDEX = "search/search_index.json"


# How much a word counts by the place where it stands; the theme's own weights for title and text.
FIELDS = {"title": {"boost": 1000}, "names": {"boost": 1000}, "text": {"boost": 1}, "also": {"boost": 1}}


ROW_BOOST = 0.6

# Between words: spaces and signs; a point only when no digit follows. The two parts of 1:4 are two words.
SEPARATOR = r"[\s\u200b\u00a0\-\u2013_,:;!?=+·()\[\]\"“”‘’`/]+|\.(?!\d)|&(?:lt|gt|amp);"


SAFETY_PAGE = "safety/recognizing-a-complication.md"

Wordings = dict[str, re.Pattern[str]]
_HEADINGS = ("h2", "h3", "h4")
_INLINE = {"a", "abbr", "b", "br", "code", "em", "i", "mark", "small", "span", "strong", "sub", "sup", "time", "label"}
_NO_WORDS = {"footer", "svg", "script", "style", "form"}
_REPEATED = {"stop-signs", "no-reversal"}


# The theme's search program, and how a page names our worker with it (docs/.theme/page.html).
_PROGRAM = "assets/javascripts/workers/search.*.js"
WORKER = "assets/search-worker.js#search."
TRIED = "Material for MkDocs 9.8"


def write_search_index(pages: BuiltPages, project: Project) -> None:
    """Write the search index of the built pages.

    Raises PublishError when the theme's search program is not where it was in the version that was tried.
    """
    synonyms = _synonyms(project.published)
    docs = [doc for page in project.pages for doc in _page_docs(pages.of(page.path), page, synonyms)]
    config = {"lang": ["en"], "separator": SEPARATOR, "pipeline": ["stopWordFilter"], "fields": FIELDS}
    made = json.dumps({"config": config, "docs": docs}, ensure_ascii=False, separators=(",", ":"))
    (pages.site / INDEX).write_bytes(made.encode())
    (pages.site / THEME_INDEX).write_bytes(json.dumps({"config": config, "docs": []}).encode())
    use_our_worker(pages)


def use_our_worker(pages: BuiltPages) -> None:
    """See to it that the search runs in our worker: each page must call it, and it the theme's search program.

    Raises PublishError when the theme names or calls its program otherwise than the version that was tried.
    """
    _name_program(pages.site)
    for page in pages:
        if WORKER not in worker_setting(page).text:
            raise PublishError(
                f"{page.path}: its search does not run in {WORKER}*; docs/.theme/page.html puts that in the place of"
                f" {_PROGRAM} of {TRIED}. What does this version write into the page's __config?"
            )


def worker_setting(page: BuiltPage) -> HtmlElement:
    """The settings of the theme's script, in which the search program is named."""
    return page.one("//script[@id='__config']", f"the settings of the theme's script (id __config, {TRIED})")


def _name_program(site: Path) -> None:
    """Write the name of the theme's search program into our worker."""
    found = sorted(site.glob(_PROGRAM))
    if len(found) != 1:
        there = [path.relative_to(site).as_posix() for path in sorted(site.rglob("*search*.js"))]
        raise PublishError(
            f"the theme's search program was not found: expected one file {_PROGRAM}, as in {TRIED}; found"
            f" {', '.join(there) or 'none'}. Mend _PROGRAM here and docs/.theme/page.html, then try the search"
        )
    worker = site / "assets" / "search-worker.js"
    worker.write_bytes(worker.read_bytes().replace(b"{{PROGRAM}}", found[0].name.encode()))


def _page_docs(built: BuiltPage, page: Page, synonyms: list[Wordings]) -> Iterator[dict[str, Any]]:
    """The page, then its sections, then the rows that the preparation finder can open."""
    address, article = built.address, built.article
    search = page.meta.search
    sections = [("", page.meta.title, [page.meta.description])]
    if not search.exclude:
        stop_signs = page.path == SAFETY_PAGE or page.meta.audience == ["patient"]
        for place, title, lines in _sections(article, stop_signs):
            if place:
                sections.append((place, title, lines))
            else:
                sections[0][2].extend(lines)
    for place, title, lines in sections:
        words = [] if place else search.words
        yield _doc(address + place, title, lines, synonyms, words, search.boost)
    if article.xpath(".//*[@data-block='preparation-finder']"):
        for row in article.xpath(".//tr[.//@data-syringes]"):
            yield _row_doc(address, row, synonyms)


def _doc(
    location: str, title: str, lines: list[str], synonyms: list[Wordings], words: list[str], boost: float
) -> dict[str, Any]:
    text = "".join(f"<p>{escape(line, quote=False)}</p>" for line in lines)
    names = [*words, *_other_wordings(title, synonyms), *_without_accents(title), *_plurals(title)]
    also = [*_other_wordings(" ".join(lines), synonyms), *_without_accents(" ".join(lines))]
    doc: dict[str, Any] = {"location": location, "title": escape(title, quote=False), "text": text}
    if names:
        doc["names"] = " ".join(names)
    if also:
        doc["also"] = " ".join(also)
    if boost != 1:
        doc["boost"] = boost
    return doc


def _row_doc(address: str, row: HtmlElement, synonyms: list[Wordings]) -> dict[str, Any]:
    """A row of a preparation table; its address opens it in the finder for one syringe.

    The theme's program drops a page whose address has an anchor, so there is none. There are many rows and
    they resemble each other: whole pages go before them.
    """
    first = row.xpath(".//*[@data-syringes]")[0]
    ml, syringes, ratio = (first.get(f"data-{name}") for name in ("ml", "syringes", "ratio"))
    location = f"{address}?ml={ml}&syringes={syringes}&ratio={ratio}"
    heads = [_tidy(_words(cell)) for cell in row.xpath("ancestor::table[1]/thead//th[position() > 1]")]
    cells = [_tidy(_words(cell)) for cell in row]
    lines = [f"{head}: {cell}" for head, cell in zip(heads, cells[1:], strict=True)]
    return _doc(location, f"{cells[0]} · {ml} mL syringe", [" · ".join(lines)], synonyms, [], ROW_BOOST)


def _sections(article: HtmlElement, stop_signs: bool) -> list[tuple[str, str, list[str]]]:
    """Anchor, title and lines of each section; the first has no anchor."""
    found: list[tuple[str, str, list[str]]] = [("", "", [])]
    for element, line in _lines(article, stop_signs):
        if element.tag in _HEADINGS and element.get("id"):
            found.append((f"#{element.get('id')}", line, []))
        else:
            found[-1][2].append(line)
    return [(place, title, [line for line in lines if line != title]) for place, title, lines in found if lines]


def _lines(block: HtmlElement, stop_signs: bool) -> Iterator[tuple[HtmlElement, str]]:
    """Each line of text below a block, with the element that it stands in."""
    run = [block.text or ""]
    for child in block:
        if not isinstance(child.tag, str) or _left_out(child, stop_signs):
            pass
        elif child.tag in _INLINE:
            run.append(_words(child))
        else:
            yield from _joined(block, run)
            run = []
            if child.tag == "tr":
                yield child, " · ".join(filter(None, (_tidy(_words(cell)) for cell in child)))
            else:
                yield from _lines(child, stop_signs)
        run.append(child.tail or "")
    yield from _joined(block, run)


def _joined(block: HtmlElement, run: list[str]) -> Iterator[tuple[HtmlElement, str]]:
    line = _tidy("".join(run))
    if line:
        yield block, line


def _left_out(element: HtmlElement, stop_signs: bool = True) -> bool:
    classes, block = element.get("class", ""), element.get("data-block")
    return (
        element.tag in _NO_WORDS
        or (element.tag == "header" and "page-head" in classes)
        or (element.tag == "sup" and "cite" in classes)
        or "headerlink" in classes
        or element.get("hidden") is not None
        or element.get("data-print") == "off"
        or block in ("references", "incomplete-sources")
        or (block in _REPEATED and not stop_signs)
    )


def _words(element: HtmlElement) -> str:
    """The words of an element without its citations, a mark set apart from what is around it."""
    if _left_out(element):
        return ""
    inner = (element.text or "") + "".join(
        _words(child) + (child.tail or "") for child in element if isinstance(child.tag, str)
    )
    apart = element.tag in ("small", "br", "li", "p", "div") or "mark" in (element.get("class") or "").split()
    return f" {inner} " if apart else inner


def _tidy(words: str) -> str:
    return re.sub(r"\s+([,.;)])", r"\1", " ".join(words.replace("\N{NO-BREAK SPACE}", " ").split()))


def _synonyms(data: Published) -> list[Wordings]:
    """The wordings of each glossary term that has more than one."""
    groups = ([row.term, *row.also, *row.searched_as] for row in data.glossary.terms)
    return [
        {wording: re.compile(rf"(?<!\w){wording_pattern(wording)}") for wording in group}
        for group in groups
        if len(group) > 1
    ]


def _other_wordings(words: str, synonyms: list[Wordings]) -> list[str]:
    """The wordings that stand not in `words`, of each term that does."""
    found = []
    small = words.lower()
    for group in synonyms:
        # Looking for the letters first is much faster.
        missing = [
            wording for wording, pattern in group.items() if wording.lower() not in small or not pattern.search(words)
        ]
        if len(missing) < len(group):
            found += missing
    return found


def _without_accents(words: str) -> list[str]:
    """Each word with an accent, once, as one types it without: décolleté gives decollete."""
    accented = dict.fromkeys(word.lower() for word in re.findall(r"\w+", words) if not word.isascii())
    folded = (unicodedata.normalize("NFKD", word).encode("ascii", "ignore").decode() for word in accented)
    return [plain for word, plain in zip(accented, folded, strict=True) if plain and len(plain) >= len(word)]


def _plurals(title: str) -> list[str]:
    """Words with an s: the program finds what begins with the word typed, and "hand" does not begin with "hands"."""
    return [f"{word.lower()}s" for word in re.findall(r"[A-Za-z]{4,}", title) if not word.endswith("s")]
