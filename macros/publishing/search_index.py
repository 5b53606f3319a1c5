"""The index behind the search box, made from the finished pages in the place of the theme's own.

The theme loads its index with every page. So what stands in its place is an index without documents, and
assets/search-worker.js, which is the search program in the place of the theme's, loads the real one at the first
query. It alone cuts texts into words (assets/search-words.js): nothing here knows how a word is written.

Two fields are searched and never shown:

- `names`: what a title is also called: the words in the page's front matter, the other wordings of a
  glossary term; `region`: the same of the region that the page treats, a wording each, by which it comes first;
- `also`: a wording that stands in the text, with its others, so that a result can show where it was found.

The page with the preparation tables says which ratios have a row, and how far they were studied.

Every row of a table and every item of a list is a line of its own, so that a result shows the line that
was meant. Stop signs stand on many pages; they are indexed on the page about them and on those for patients,
sources on the page of all sources.
"""

import json
import re
from collections.abc import Iterator
from html import escape
from typing import Any

from lxml.html import HtmlElement

from ..content.addresses import SAFETY_PAGE
from ..content.pages import Page
from ..content.project import Project
from ..content.published import Published
from ..content.rich_text import raised
from ..rendering.typeset import ratio, wording_pattern
from .built_pages import BuiltPage, BuiltPages, PublishError

INDEX = "search/pages.json"
THEME_INDEX = "search/search_index.json"


ROW_BOOST = 0.6

Wordings = dict[str, re.Pattern[str]]
_HEADINGS = ("h2", "h3", "h4")
_INLINE = {"a", "abbr", "b", "br", "code", "em", "i", "mark", "small", "span", "strong", "sub", "sup", "time", "label"}
_NO_WORDS = {"footer", "svg", "script", "style", "form"}
_REPEATED = {"stop-signs", "no-reversal"}


# How a page names our search program (docs/.theme/page.html), and the theme whose messages it speaks.
PROGRAM = "assets/search-worker.js#"
TRIED = "Material for MkDocs 9.8"


def write_search_index(pages: BuiltPages, project: Project) -> None:
    """Write the search index of the built pages.

    Raises PublishError when a page calls another search program than ours.
    """
    synonyms = _synonyms(project.published)
    docs = [doc for page in project.pages for doc in _page_docs(pages.of(page.path), page, synonyms, project.published)]
    made = json.dumps({"config": {}, "docs": docs}, ensure_ascii=False, separators=(",", ":"))
    (pages.site / INDEX).write_bytes(made.encode())
    (pages.site / THEME_INDEX).write_bytes(json.dumps({"config": {}, "docs": []}).encode())
    check_program(pages)


def check_program(pages: BuiltPages) -> None:
    """See to it that every page calls our search program.

    Raises PublishError when the theme names its program otherwise than the version that was tried.
    """
    for page in pages:
        if PROGRAM not in page.one("//script[@id='__config']", f"the settings of the theme's script ({TRIED})").text:
            raise PublishError(
                f"{page.path}: its search program is not {PROGRAM.rstrip('#')}; docs/.theme/page.html puts that in the"
                f" place of assets/javascripts/workers/search.*.js of {TRIED}. What does this version write into the"
                " page's __config?"
            )


def _page_docs(built: BuiltPage, page: Page, synonyms: list[Wordings], data: Published) -> Iterator[dict[str, Any]]:
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
    if unknown := sorted(search.sections.keys() - {place.removeprefix("#") for place, _, _ in sections}):
        raise PublishError(
            f"docs/{page.path}: search.sections: no heading '{unknown[0]}' on the page; write the id of one that is"
        )
    has_finder = bool(article.xpath(".//*[@data-block='preparation-finder']"))
    for place, title, lines in sections:
        words = search.sections.get(place.removeprefix("#"), []) if place else search.words
        doc = _doc(address + place, title, lines, synonyms, words, search.boost)
        if not place and (region := region_names(page, data)):
            doc["region"] = region
        if not place and has_finder:
            doc["ratios"] = _ratios(data)
        yield doc
    if has_finder:
        for row in article.xpath(".//tr[.//@data-syringes]"):
            yield _row_doc(address, row, synonyms)


def region_names(page: Page, data: Published) -> list[str]:
    """What the region that the page treats is called; nothing for other pages."""
    treated = [row for row in data.regions.regions if page.path == (row.page or f"regions/{row.id}.md")]
    names = [name for row in treated for name in (row.name, row.name.partition(" (")[0], *row.searched_as)]
    known = {name.lower() for name in names}
    for term in data.glossary.terms:
        group = [*term.wordings, *term.searched_as]
        if known.intersection(name.lower() for name in group):
            names += group
    return list(dict.fromkeys(names))


def _ratios(data: Published) -> dict[str, Any]:
    """The ratios that have a row, and the last of them that was studied."""
    rows = sorted(data.preparations.ratios, key=lambda row: row.diluent_parts / row.product_parts)
    studied = [ratio(row.product_parts, row.diluent_parts) for row in rows if row.studied]
    found: dict[str, Any] = {"rows": [ratio(row.product_parts, row.diluent_parts) for row in rows]}
    return found | ({"studied": studied[-1]} if studied else {})


def _doc(
    location: str, title: str, lines: list[str], synonyms: list[Wordings], words: list[str], boost: float
) -> dict[str, Any]:
    text = "".join(f"<p>{escape(line, quote=False)}</p>" for line in lines)
    names = [*words, *(other for others in _other_wordings(title, synonyms).values() for other in others)]
    also = {wording: " ".join(others) for wording, others in _other_wordings(" ".join(lines), synonyms).items()}
    doc: dict[str, Any] = {"location": location, "title": escape(title, quote=False), "text": text}
    if names:
        doc["names"] = " ".join(names)
    if also:
        doc["also"] = also
    if boost != 1:
        doc["boost"] = boost
    return doc


def _row_doc(address: str, row: HtmlElement, synonyms: list[Wordings]) -> dict[str, Any]:
    """A row of a preparation table; its address opens it in the finder for one syringe.

    It stands for itself, so it has no anchor. There are many rows and they resemble each other: whole pages go
    before them.
    """
    first = row.xpath(".//*[@data-syringes]")[0]
    ml, syringes, key = (first.get(f"data-{name}") for name in ("ml", "syringes", "ratio"))
    location = f"{address}?ml={ml}&syringes={syringes}&ratio={key}"
    heads = [_tidy(_words(cell)) for cell in row.xpath("ancestor::table[1]/thead//th[position() > 1]")]
    cells = [_tidy(_words(cell)) for cell in row]
    lines = [f"{head}: {cell}" for head, cell in zip(heads, cells[1:], strict=True)]
    doc = _doc(location, f"{cells[0]} · {ml} mL syringe", [" · ".join(lines)], synonyms, [], ROW_BOOST)
    return doc | {"ratio": str(key).replace("-", ":")}


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
    if element.tag == "sup":
        return raised(element.text_content())
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


def _other_wordings(words: str, synonyms: list[Wordings]) -> dict[str, list[str]]:
    """Of each term that stands in `words`: the first of its wordings that does, with those that do not."""
    found = {}
    small = words.lower()
    for group in synonyms:
        # Looking for the letters first is much faster.
        there = [wording for wording, pattern in group.items() if wording.lower() in small and pattern.search(words)]
        if there and len(there) < len(group):
            found[there[0]] = [wording for wording in group if wording not in there]
    return found
