"""From a built page to the content of its print: what stands on screen, made fit for paper.

The print is made from the built HTML and nothing else, so that a warning cannot be on the page and
missing on paper.
"""

import re
from dataclasses import dataclass
from pathlib import Path

import lxml.html
from lxml.html import HtmlElement, tostring

from ..pages import Page, page_url, relative_url


@dataclass(frozen=True)
class Sheet:
    """One page ready for print."""

    slug: str
    title: str
    description: str
    audience: str
    for_patients: bool
    reviewed: str
    source: str
    body: str


class ExtractionError(Exception):
    """A built page that cannot be printed; the message names it and the cause."""


def extract(site: Path, page: Page, site_url: str = "") -> Sheet:
    """Read the built page below `site` and return its print content.

    `site_url` is the public address; links then lead there. Raises ExtractionError when the page
    is missing or has no content.
    """
    source = page_url(page.path)
    path = site / source / "index.html"
    if not path.is_file():
        raise ExtractionError(f"{page.path}: no built page at {path}; build the pages first")
    tree = lxml.html.document_fromstring(path.read_text(encoding="utf-8"))
    articles = tree.xpath("//article")
    if not articles:
        raise ExtractionError(f"{page.path}: the built page has no <article>; check docs/.theme")
    article = articles[0]
    _drop_screen_parts(article)
    _unroll_tabs(article)
    _open_details(article)
    _print_links(article, source, site_url)
    _list_terms(article)
    _unwrap_list_paragraphs(article)
    _strip_attributes(article)
    audience = article.xpath("string(.//*[@class='page-audience'])").strip()
    body = "".join(tostring(child, encoding="unicode") for child in article)
    return Sheet(
        slug=page.slug,
        title=page.meta.title,
        description=page.meta.description,
        audience=audience,
        for_patients=page.meta.audience == ["patient"],
        reviewed=page.meta.reviewed,
        source=source,
        body=body,
    )


def _drop_screen_parts(article: HtmlElement) -> None:
    for element in article.xpath(
        ".//*[@data-print='off'] | .//a[contains(@class,'headerlink')] | .//script | .//style | .//nav | .//form"
        " | .//button | .//a[contains(@class,'md-content__button')]"
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
        details.set("class", "admonition")
        for summary in details.xpath("./summary"):
            summary.tag = "p"
            summary.set("class", "admonition-title")


def _print_links(article: HtmlElement, source: str, site_url: str) -> None:
    """Links to other pages name them on paper; links inside the page stay links."""
    for link in article.xpath(".//a[@href]"):
        target = link.get("href")
        if target.startswith("#") or re.match(r"[a-z]+:", target):
            continue
        path = _resolve(target, source)
        # A table cell of links (the ledger) names its pages already.
        if link.xpath("ancestor::table"):
            link.drop_tag()
            continue
        if site_url:
            link.set("href", site_url + path)
        else:
            link.tag = "span"
            del link.attrib["href"]
        name = lxml.html.Element("span")
        name.set("class", "print-path")
        name.text = f" ({path.split('#')[0].strip('/') or 'home page'})"
        link.append(name)


def _resolve(target: str, source: str) -> str:
    """The address below the site's root that a relative link of the page `source` leads to."""
    path, _, anchor = target.partition("#")
    steps = [] if not source else source.strip("/").split("/")
    for step in path.split("/"):
        if step == "..":
            steps = steps[:-1]
        elif step not in (".", ""):
            steps.append(step)
    resolved = "/".join(steps) + ("/" if path.endswith(("/", "..", ".")) or not path else "")
    assert relative_url(resolved, source) is not None
    return resolved.lstrip("/") + (f"#{anchor}" if anchor else "")


def _list_terms(article: HtmlElement) -> None:
    """What is explained on hover on the screen is explained at the end on paper."""
    terms = {abbr.text_content().lower(): (abbr.text_content(), abbr.get("title")) for abbr in article.iter("abbr")}
    for abbr in list(article.iter("abbr")):
        abbr.drop_tag()
    if not terms:
        return
    section = lxml.html.fragment_fromstring("<section class='terms'><h2>Terms on this page</h2><dl></dl></section>")
    for _, (term, meaning) in sorted(terms.items()):
        for tag, words in (("dt", term[:1].upper() + term[1:]), ("dd", meaning)):
            line = lxml.html.Element(tag)
            line.text = words
            section[1].append(line)
    before = article.xpath(".//h2[@id='sources'] | .//footer[@class='page-foot']")[0]
    before.addprevious(section)


def _unwrap_list_paragraphs(article: HtmlElement) -> None:
    """PDF/UA takes nothing that is set as a block in a list item; lines broken by <br> look the same."""
    for element in article.xpath(".//li//p | .//li//div | .//li//*[contains(@class,'row-note')]"):
        element.tag = "span"
        before = element.getprevious()
        text_before = before.tail if before is not None else element.getparent().text
        if before is not None or (text_before or "").strip():
            element.addprevious(lxml.html.Element("br"))


def _strip_attributes(article: HtmlElement) -> None:
    for element in article.iter():
        for name in ("tabindex", "role", "aria-label", "aria-hidden", "title", "data-md-component", "itemscope"):
            element.attrib.pop(name, None)
