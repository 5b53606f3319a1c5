"""From articles to sheets: a page printed whole, or a handout made of sections of pages."""

import copy
import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import lxml.html
from lxml.html import HtmlElement, tostring

from ..content.addresses import page_url
from ..content.pages import Page
from ..content.rows.editorial import Handout
from ..rendering.typeset import wording_pattern
from .printable_page import Article, ExtractionError, extract


@dataclass(frozen=True)
class Sheet:
    """One subject, ready for print."""

    slug: str
    title: str
    description: str
    audience: tuple[str, ...]
    audience_words: str
    reviewed: str
    source: str
    body: str
    papers: tuple[str, ...] = ("a4", "letter")
    orientation: str = "portrait"
    kind: str = "page"
    least_pages: int = 1
    most_pages: int = 0
    classes: str = field(default="")

    @property
    def for_patients(self) -> bool:
        """True when nobody but patients is meant to read it."""
        return self.audience == ("patient",)


def page_sheet(site: Path, page: Page, site_url: str = "") -> Sheet:
    """The print of a whole page, with its terms and its full sources.

    Raises ExtractionError when the built page cannot be printed.
    """
    article = extract(site, page.path, site_url)
    parts = article.parts()
    terms = explained_terms(parts)
    if terms:
        parts.append(_terms_section(terms, "Terms on this page"))
    if article.sources is not None:
        parts.append(_element("<h2>Sources</h2>"))
        parts.append(article.sources)
    parts.append(article.foot)
    return Sheet(
        slug=page.slug,
        title=page.meta.title,
        description=page.meta.description,
        audience=tuple(page.meta.audience),
        audience_words=article.audience,
        reviewed=page.meta.reviewed,
        source=article.address,
        body=_html(parts),
        classes=f"print-{page.slug}",
    )


def handout_sheet(
    site: Path,
    handout: Handout,
    pages: Mapping[str, Page],
    plain_terms: Mapping[str, str],
    site_url: str = "",
) -> Sheet:
    """The print of a handout: its sections, its terms in plain words for patients, its sources in short.

    `plain_terms` are the wordings of the glossary with their meaning for patients. Raises
    ExtractionError when a page or a section is missing.
    """
    articles: dict[str, Article] = {}
    parts: list[HtmlElement] = []
    sources: dict[str, str] = {}
    for name in handout.sections or [handout.page]:
        path, _, heading = name.partition("#")
        if path not in articles:
            articles[path] = extract(site, path, site_url)
        article = articles[path]
        part = _element(f'<section class="part part-{heading or "whole"}"></section>')
        part.extend(copy.deepcopy(element) for element in _section(article, heading, handout))
        parts.append(part)
        if article.sources is not None:
            sources |= {item.get("id"): item.get("data-short") for item in article.sources}
    if handout.columns > 1:
        parts[1:] = [_in_columns(parts[1:])]
    foot = copy.deepcopy(articles[next(iter(articles))].foot)
    numbers = renumber(parts)
    if handout.sources == "none":
        drop_citations(parts)
    terms = explained_terms(parts)
    if "patient" in handout.audience:
        terms = named_terms(parts, plain_terms)
        if terms:
            parts.append(_terms_section(terms, "Words on this sheet"))
    if handout.sources == "short" and numbers:
        foot.insert(0, _short_sources(numbers, sources))
    parts.append(foot)
    address = page_url(handout.page)
    audience = articles[handout.page].audience if handout.page in articles else next(iter(articles.values())).audience
    return Sheet(
        slug=handout.id,
        title=handout.title,
        description=handout.description,
        audience=tuple(handout.audience),
        audience_words=audience,
        reviewed=min(pages[path].meta.reviewed for path in articles),
        source=address,
        body=_html(parts),
        papers=tuple(handout.papers),
        orientation=handout.orientation,
        kind="handout",
        least_pages=handout.least_pages,
        most_pages=handout.most_pages,
        classes=f"sheet sheet-{handout.id}",
    )


def _section(article: Article, heading: str, handout: Handout) -> list[HtmlElement]:
    if not heading:
        return article.parts()
    if heading == "intro":
        return article.intro
    if heading not in article.sections:
        raise ExtractionError(
            f"docs/data/handouts.yml: {handout.id}: sections: docs/{article.path} has no heading '{heading}'; "
            f"there are: intro, {', '.join(article.sections)}"
        )
    return article.sections[heading]


def _in_columns(parts: list[HtmlElement]) -> HtmlElement:
    columns = _element('<div class="columns"></div>')
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


def drop_citations(parts: list[HtmlElement]) -> None:
    """Take the numbers of sources out where no list of sources follows."""
    for part in parts:
        for mark in part.xpath("descendant::sup[@class='cite']"):
            mark.drop_tree()


def _short_sources(numbers: Mapping[str, int], sources: Mapping[str, str]) -> HtmlElement:
    items = " ".join(
        f'<span id="{name}"><b>{number}</b>\N{NO-BREAK SPACE}{html.escape(sources[name])};</span>'
        for name, number in numbers.items()
    )
    return _element(f'<p class="short-sources"><strong>Sources:</strong> {items.removesuffix(";</span>")}.</span></p>')


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
    section = _element(f"<section class='terms'><h2>{heading}</h2><dl></dl></section>")
    for term, meaning in terms.items():
        for tag, words in (("dt", term), ("dd", meaning)):
            line = lxml.html.Element(tag)
            line.text = words
            section[1].append(line)
    return section


def _element(source: str) -> HtmlElement:
    return lxml.html.fragment_fromstring(source)


def _html(parts: list[HtmlElement]) -> str:
    return "".join(tostring(part, encoding="unicode") for part in parts)
