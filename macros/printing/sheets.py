"""From articles to sheets: a page printed whole, or a handout made of sections of pages."""

import copy
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal

import lxml.html
from lxml.html import HtmlElement, tostring
from markupsafe import Markup

from ..content.addresses import large_slug, page_url
from ..content.faults import ContentError
from ..content.pages import Page
from ..content.project import Project
from ..content.rows.editorial import Handout
from ..content.settings import Clinic
from ..content.vocabulary import PAPERS
from ..rendering.glossary import definitions
from ..rendering.typeset import wording_pattern
from .figures_on_paper import words_for_small_drawings
from .fingerprint import WORD_JOINER, fingerprint
from .printable_page import Article, extract

# Nothing on a sheet in large print is smaller.
LARGE_PT = 18


@dataclass(frozen=True)
class Sheet:
    """One subject, ready for print.

    `address` is that of its page, below the site's root; `pages` are the pages below docs/ whose words it prints;
    `contact` is the clinic's line in its head; `sheets` are those of a pack.
    """

    slug: str
    title: str
    description: str
    audience: tuple[str, ...]
    audience_words: str
    reviewed: str
    address: str
    pages: tuple[str, ...]
    body: Markup
    contact: str = ""
    papers: tuple[str, ...] = PAPERS
    orientation: str = "portrait"
    kind: Literal["page", "handout", "book", "pack"] = "page"
    least_pages: int = 1
    most_pages: int = 0
    classes: str = ""
    large: bool = False
    sheets: tuple["Sheet", ...] = ()

    @property
    def for_patients(self) -> bool:
        """True when nobody but patients is meant to read it."""
        return self.audience == ("patient",)

    @cached_property
    def fingerprint(self) -> str:
        """A short hash of what it prints, the same on each paper."""
        if self.sheets:
            prints = (sheet.fingerprint for sheet in self.sheets)
            return fingerprint((self.title, self.description, self.audience_words, self.contact, *prints), "")
        size = ("large print",) if self.large else ()
        return fingerprint((self.title, self.audience_words, self.contact, *size), self.body)


def page_sheet(built: Path, page: Page, project: Project) -> Sheet:
    """The print of a whole page, with its terms and its full sources.

    Raises ExtractionError when the built page cannot be printed.
    """
    article = extract(built, page.path, project.site.address)
    parts = article.parts()
    parts += _answers(parts)
    terms = explained_terms(parts)
    if terms:
        parts.append(_terms_section(terms, "Terms on this page"))
    if article.sources is not None:
        parts.append(element(Markup("<h2>Sources</h2>")))
        parts.append(article.sources)
    parts.append(article.foot)
    return Sheet(
        slug=page.slug,
        title=page.meta.title,
        description=page.meta.description,
        audience=tuple(page.meta.audience),
        audience_words=article.audience,
        reviewed=page.meta.reviewed,
        address=article.address,
        pages=(page.path,),
        body=html_of(parts),
        contact=contact_line(project.site.clinic),
        classes=f"print-{page.slug}",
    )


def handout_sheet(built: Path, handout: Handout, project: Project, large: bool = False) -> Sheet:
    """The print of a handout: its sections, its terms in plain words for patients, its sources in short.

    `large`: its large print, in one column on as many pages as that takes.

    Raises ContentError when a page lacks a section, ExtractionError when a built page cannot be printed.
    """
    articles: dict[str, Article] = {}
    parts: list[HtmlElement] = []
    sources: dict[str, str] = {}
    for index, name in enumerate(handout.sections or [handout.page]):
        path, _, heading = name.partition("#")
        if path not in articles:
            articles[path] = extract(built, path, project.site.address)
        article = articles[path]
        part = element(Markup('<section class="part part-{}"></section>').format(heading or "whole"))
        part.extend(copy.deepcopy(piece) for piece in _section(article, heading, handout, index, project))
        parts.append(part)
        if article.sources is not None:
            sources |= {item.get("id"): item.get("data-short") for item in article.sources}
    _leave_out(parts)
    if large:
        words_for_small_drawings(parts, LARGE_PT)
    elif handout.columns > 1:
        parts[1:] = [_in_columns(parts[1:])]
    foot = copy.deepcopy(articles[next(iter(articles))].foot)
    numbers = renumber(parts)
    keep_numbers(parts)
    if handout.sources == "none":
        drop_citations(parts)
    terms = explained_terms(parts)
    if "patient" in handout.audience:
        terms = named_terms(parts, definitions(project.published, patient=True))
        if terms:
            parts.append(_terms_section(terms, "Words on this sheet"))
    if handout.sources == "short" and numbers:
        foot.insert(0, _short_sources(numbers, sources))
    parts.append(foot)
    audience = articles[handout.page].audience if handout.page in articles else next(iter(articles.values())).audience
    return Sheet(
        slug=large_slug(handout.id) if large else handout.id,
        title=handout.title,
        description=handout.description,
        audience=tuple(handout.audience),
        audience_words=audience,
        reviewed=min(project.page(path).meta.reviewed for path in articles),
        address=page_url(handout.page),
        pages=tuple(articles),
        body=html_of(parts),
        contact=contact_line(project.site.clinic),
        papers=tuple(handout.papers),
        orientation=handout.orientation,
        kind="handout",
        least_pages=1 if large else handout.least_pages,
        most_pages=0 if large else handout.most_pages,
        classes="sheet large-print" if large else _classes(handout),
        large=large,
    )


def _classes(handout: Handout) -> str:
    return f"sheet sheet-{handout.id}" + (" region-sheet" if handout.region else "")


def contact_line(clinic: Clinic) -> str:
    """Whom to call, as far as the clinic is set."""
    emergency = f"Emergency: {clinic.emergency}" if clinic.emergency else ""
    return " · ".join(words for words in (clinic.name, clinic.phone, emergency) if words)


def _section(article: Article, heading: str, handout: Handout, index: int, project: Project) -> list[HtmlElement]:
    if not heading:
        return article.parts()
    if heading == "intro":
        return article.intro
    if heading not in article.sections:
        there = ", ".join(("intro", *article.sections))
        problem = f"docs/{article.path} has no heading '{heading}'; there are: {there}"
        raise ContentError([project.data.fault(handout, "sections", problem, index)])
    return article.sections[heading]


def _leave_out(parts: list[HtmlElement]) -> None:
    """Take out what stands on the page only, with the space before it: a line of a cell that ends in one is broken too
    early.
    """
    for part in parts:
        for left_out in part.xpath(".//*[@data-sheet='off']"):
            before, around = left_out.getprevious(), left_out.getparent()
            if left_out.getnext() is None and not (left_out.tail or "").strip():
                if before is not None:
                    before.tail = (before.tail or "").rstrip() or None
                else:
                    around.text = (around.text or "").rstrip() or None
            left_out.drop_tree()


def _answers(parts: list[HtmlElement]) -> list[HtmlElement]:
    """The answers of the questions in `parts`, taken out of them, under a heading: nobody reads them by accident."""
    answers = [take_answer(question) for part in parts for question in part.xpath(".//div[@class='question']")]
    return [element(Markup("<h2>Answers</h2>")), *answers] if answers else []


def take_answer(question: HtmlElement) -> HtmlElement:
    """The answer of a question behind its number, taken out of it."""
    answer = question.xpath(".//*[contains(@class,'answer')]")[0]
    answer.drop_tree()
    words: HtmlElement = answer.xpath("./p[not(contains(@class,'admonition-title'))]")[0]
    words.insert(0, element(Markup("<b>{}</b>").format(question.xpath("string(./p[1]/strong[1])"))))
    words[0].tail = f" {words.text or ''}"
    words.text = None
    words.tail = None
    return words


def _in_columns(parts: list[HtmlElement]) -> HtmlElement:
    columns = element(Markup('<div class="columns"></div>'))
    columns.extend(parts)
    return columns


def renumber(parts: list[HtmlElement], known: Mapping[str, int] | None = None) -> dict[str, int]:
    """Number the sources in the order in which `parts` cite them, after those `known`; returns id and number."""
    numbers = dict(known or {})
    for part in parts:
        for mark in part.xpath("descendant-or-self::sup[@class='cite']"):
            links = mark.xpath("./a")
            for link in links:
                link.text = str(numbers.setdefault(link.get("href").removeprefix("#"), len(numbers) + 1))
            # Ascending inside one mark, as on the page.
            for link in sorted(links, key=lambda link: int(link.text)):
                link.tail = ", "
                mark.append(link)
            mark[-1].tail = None
    return numbers


def keep_numbers(parts: list[HtmlElement]) -> None:
    """Let the numbers of sources in running text stay on one line, and with the word before them.

    By signs and not by a style: before what a style keeps together the renderer breaks a line far too early.
    """
    for part in parts:
        for mark in part.xpath(".//sup[@class='cite'][parent::p or parent::li or parent::div]"):
            mark.text = WORD_JOINER  # a line may else be broken between a full stop and a number
            for link in mark.xpath("./a[following-sibling::a]"):
                link.tail = ",\N{NO-BREAK SPACE}"


def drop_citations(parts: list[HtmlElement]) -> None:
    """Take the numbers of sources out where no list of sources follows."""
    for part in parts:
        for mark in part.xpath("descendant::sup[@class='cite']"):
            mark.drop_tree()


def _short_sources(numbers: dict[str, int], sources: Mapping[str, str]) -> HtmlElement:
    last = next(reversed(numbers))
    items = Markup(" ").join(
        Markup('<span id="{}"><b>{}</b>\N{NO-BREAK SPACE}{}{}</span>').format(
            name, number, sources[name], "." if name == last else ";"
        )
        for name, number in numbers.items()
    )
    return element(Markup('<p class="short-sources"><strong>Sources:</strong> {}</p>').format(items))


def explained_terms(parts: list[HtmlElement]) -> dict[str, str]:
    """What is explained on hover on the screen, for a list on paper; the marks themselves go."""
    terms: dict[str, tuple[str, str]] = {}
    for part in parts:
        for abbr in part.xpath("descendant-or-self::abbr"):
            words = abbr.text_content()
            terms.setdefault(words.lower(), (words[:1].upper() + words[1:], abbr.get("title", "")))
            abbr.drop_tag()
    return dict(terms[name] for name in sorted(terms))


def named_terms(parts: list[HtmlElement], meanings: Mapping[str, str]) -> dict[str, str]:
    """The terms of the glossary that the text of `parts` names, with their meaning; each meaning once."""
    text = " ".join(part.text_content() for part in parts)
    found: dict[str, str] = {}
    for wording in sorted(meanings, key=len, reverse=True):
        if meanings[wording] not in found.values() and re.search(word_pattern(wording), text):
            found[wording[:1].upper() + wording[1:]] = meanings[wording]
    return dict(sorted(found.items(), key=lambda item: item[0].lower()))


def word_pattern(wording: str) -> str:
    """The pattern of a wording as a whole word, its plural included."""
    return rf"(?<![\w-]){wording_pattern(wording)}s?(?![\w-])"


def _terms_section(terms: Mapping[str, str], heading: str) -> HtmlElement:
    lines = Markup("").join(Markup("<dt>{}</dt><dd>{}</dd>").format(*term) for term in terms.items())
    return element(Markup('<section class="terms"><h2>{}</h2><dl>{}</dl></section>').format(heading, lines))


def prefix_ids(section: HtmlElement, slug: str, shared: str | None = None) -> None:
    """Ids are unique on a page only; in a document of many they bear the name of theirs, and its links lead to them.

    What begins with `shared` is one and the same for all of them.
    """
    for name in ("id", "for"):
        for named in section.xpath(f".//*[@{name}]"):
            if named.get(name) != slug:
                named.set(name, f"{slug}--{named.get(name)}")
    for link in section.xpath(".//a[starts-with(@href, '#')]"):
        if shared is None or not link.get("href").startswith(f"#{shared}"):
            link.set("href", f"#{slug}--{link.get('href')[1:]}")


def element(source: Markup) -> HtmlElement:
    """The element that a piece of HTML holds."""
    return lxml.html.fragment_fromstring(source)


def html_of(parts: Iterable[HtmlElement]) -> Markup:
    """Elements as HTML."""
    return Markup("".join(tostring(part, encoding="unicode") for part in parts))  # noqa: S704 (lxml escapes words)
