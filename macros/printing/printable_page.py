"""From a built page to what its print shows: what stands on screen, made fit for paper.

The print is made from the built HTML and nothing else, so that a warning cannot be on the page and
missing on paper.
"""

import re
from dataclasses import dataclass
from pathlib import Path

import lxml.html
from lxml.html import HtmlElement

from ..content.addresses import page_url, resolve
from ..rendering.list_markers import list_markers
from .figures_on_paper import figures_as_images
from .form_fields import name_fields


class ExtractionError(Exception):
    """A built page that cannot be printed; the message names it and the cause."""


@dataclass(frozen=True)
class Article:
    """The article of a built page, fit for paper: head, parts, sources and foot apart."""

    path: str
    address: str
    audience: str
    intro: list[HtmlElement]
    sections: dict[str, list[HtmlElement]]
    sources: HtmlElement | None
    foot: HtmlElement

    def parts(self) -> list[HtmlElement]:
        """Everything between the head and the sources, in reading order."""
        return [*self.intro, *(element for part in self.sections.values() for element in part)]


def extract(built: Path, path: str, site_address: str = "") -> Article:
    """Read the page of docs/`path` in the folder `built`.

    `site_address` is the public one; links then lead there. Raises ExtractionError when the page
    is missing or has no content.
    """
    address = page_url(path)
    file = built / address / "index.html"
    if not file.is_file():
        raise ExtractionError(f"{path}: no built page at {file}; build the pages first")
    tree = lxml.html.document_fromstring(file.read_text(encoding="utf-8"))
    articles = tree.xpath("//article")
    if not articles:
        raise ExtractionError(f"{path}: the built page has no <article>; check docs/.theme")
    article = articles[0]
    figures_as_images(article, (built / "assets" / "figures.css").read_text(encoding="utf-8"))
    _mark_items(article)
    _drop_screen_parts(article)
    _unroll_tabs(article)
    _open_details(article)
    _print_links(article, address, site_address)
    _unwrap_list_paragraphs(article)
    _strip_attributes(article)
    name_fields(article)
    return _divide(article, path, address)


def _divide(article: HtmlElement, path: str, address: str) -> Article:
    audience = article.xpath("string(.//*[@class='page-audience'])").strip()
    intro: list[HtmlElement] = []
    sections: dict[str, list[HtmlElement]] = {}
    current = intro
    for element in article:
        if element.tag == "header" or element.tag == "footer":
            continue
        if element.tag == "h2":
            current = sections.setdefault(element.get("id", ""), [])
        current.append(element)
    # The heading of the sources goes with them: a sheet or the book lists its sources itself.
    sections.pop("sources", None)
    sources = article.xpath(".//*[@data-block='references']//ol")
    foot = article.xpath("./footer[@class='page-foot']")
    if not foot:
        raise ExtractionError(f"{path}: the built page has no foot; check docs/.theme/partials/content.html")
    return Article(path, address, audience, intro, sections, sources[0] if sources else None, foot[0])


def _mark_items(article: HtmlElement) -> None:
    """Where the renderer would not count alike, each item bears what stands before it, also for the fingerprint."""
    for items in list_markers(article):
        if [marker for _, marker in items] != [str(number) for number in range(1, len(items) + 1)]:
            for item, marker in items:
                item.set("data-marker", f"{marker}. ")
                item.set("style", f'{item.get("style", "")}; list-style-type: "{marker}. "'.removeprefix("; "))


def _drop_screen_parts(article: HtmlElement) -> None:
    # Pages and sizes of files stand on the page only after the print; a print with them would never be the same twice.
    for element in article.xpath(
        ".//*[@data-print='off'] | .//a[contains(@class,'headerlink')] | .//script"
        " | .//*[@data-file] | .//style | .//nav | .//form | .//button | .//a[contains(@class,'md-content__button')]"
    ):
        element.drop_tree()


def _unroll_tabs(article: HtmlElement) -> None:
    """Tabs become blocks one below the other, each under its label."""
    for tabs in article.xpath(".//div[contains(@class,'tabbed-set')]"):
        labels = [label.text_content().strip() for label in tabs.xpath("./div[contains(@class,'tabbed-labels')]/label")]
        blocks = tabs.xpath("./div[contains(@class,'tabbed-content')]/div[contains(@class,'tabbed-block')]")
        for label, content in zip(labels, blocks, strict=True):
            title = lxml.html.Element("p")
            title.text = label
            title.set("class", "tab-title")
            content.insert(0, title)
        for element in tabs.xpath("./input | ./div[contains(@class,'tabbed-labels')]"):
            element.drop_tree()


def _open_details(article: HtmlElement) -> None:
    for details in article.xpath(".//details"):
        details.tag = "div"
        # What stands behind a row of a table is a note of it.
        if details.get("class") == "row-more":
            details.set("class", "row-note")
            continue
        details.set("class", f"admonition {details.get('class', '')}".strip())
        details.attrib.pop("open", None)
        for summary in details.xpath("./summary"):
            summary.tag = "p"
            summary.set("class", "admonition-title")


def _print_links(article: HtmlElement, address: str, site_address: str) -> None:
    """Links to other pages name them on paper; links inside the page stay links."""
    for link in article.xpath(".//a[@href]"):
        target = link.get("href")
        if target.startswith("#") or re.match(r"[a-z]+:", target):
            continue
        path = resolve(target, address)
        # The book turns what leads to one of its pages into "see page N".
        link.set("data-leads-to", path)
        # A table cell of links (the ledger) names its pages already.
        if link.xpath("ancestor::table"):
            link.tag = "span"
            del link.attrib["href"]
            continue
        if site_address:
            link.set("href", site_address + path)
        else:
            link.tag = "span"
            del link.attrib["href"]
        name = lxml.html.Element("span")
        name.set("class", "print-path")
        name.text = f" ({path.split('#')[0].strip('/') or 'home page'})"
        link.append(name)


def _unwrap_list_paragraphs(article: HtmlElement) -> None:
    """PDF/UA takes nothing that is set as a block in a list item; lines broken by <br> look the same."""
    for element in article.xpath(".//li//p | .//li//div | .//li//*[contains(@class,'row-note')]"):
        element.tag = "span"
        before = element.getprevious()
        text_before = before.tail if before is not None else element.getparent().text
        if before is not None or (text_before or "").strip():
            element.addprevious(lxml.html.Element("br"))


# What is said to a screen.
_OF_SCREENS = (
    "tabindex", "role", "aria-label", "aria-hidden", "data-md-component", "itemscope", "rel", "data-few",
    "data-scrolls", "data-many",
)  # fmt: skip


def _strip_attributes(article: HtmlElement) -> None:
    for element in article.iter():
        for name in _OF_SCREENS:
            element.attrib.pop(name, None)
        if element.tag != "abbr":
            element.attrib.pop("title", None)
