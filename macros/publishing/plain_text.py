"""Each page as Markdown, made from the built page: what macros and data filled in stands there, warnings included."""

import copy
import itertools
import posixpath
import re
from html import escape
from typing import Any
from urllib.parse import urlsplit

import lxml.html
from bs4 import Tag
from lxml.html import HtmlElement
from markdownify import MarkdownConverter

from ..content.addresses import relative_url
from ..content.project import Project
from ..content.rich_text import raised
from ..content.settings import Section
from ..rendering.list_markers import list_markers
from .built_pages import BuiltPage, BuiltPages

# What a text is without.
_LEFT_OUT = (
    ".//*[@hidden or @data-print='off' or contains(concat(' ', @class, ' '), ' headerlink ')]"
    " | .//script | .//style | .//form | .//button | .//comment()"
)
# What becomes a quote, and the titles that stand bold in it.
_QUOTES = ".//details | .//div[contains(concat(' ', @class, ' '), ' admonition ')]"
_TITLES = ".//summary | .//*[contains(@class, 'admonition-title') or contains(@class, 'box-title')]"
# What only the stylesheet sets apart from the words beside it.
_APART = ".//small | .//*[contains(@class, 'row-note')] | .//td//div"
# What says nothing in Markdown.
_PLAIN = ("abbr", "small", "span", "sub", "sup", "time")
_KEPT = {"href", "src", "alt", "start", "colspan"}
# The sources at the foot of a page, and what stands for one while the rest of the page is converted.
_SOURCES = ".//*[@data-block='references']//li"
_SOURCE = "\ue000{}\ue001"


def write_texts(pages: BuiltPages, project: Project) -> None:
    """Write the Markdown of every page beside it, and the list of all of them, llms.txt."""
    known: dict[str, str] = {}
    for page in project.pages:
        text = to_markdown(pages.of(page.path), page.path, known)
        (pages.site / page.path).write_bytes(text.encode())
    (pages.site / "llms.txt").write_bytes(llms_txt(project).encode())


def to_markdown(page: BuiltPage, path: str, known: dict[str, str]) -> str:
    """The article of a page as Markdown to lie at `path`; a drawing gives its title and description.

    Sources that are `known`, as HTML and Markdown, are not converted again: most stand on many pages.
    """
    words = article(page)
    sources = words.xpath(_SOURCES)
    _say_markers(words)
    _say_drawings(words)
    _say_fields(words)
    _lead_from(words, page.address, path)
    _simplify(words)
    lines = []
    for source in sources:
        html = "".join([escape(source.text or ""), *(_html(part, with_tail=True) for part in source)])
        lines.append(known.get(html) or known.setdefault(html, _converted(html)))
        source.clear()
        source.text = _SOURCE.format(len(lines) - 1)
    made = _converted(_html(words))
    return re.sub(_SOURCE.format(r"(\d+)"), lambda found: lines[int(found[1])], made) + "\n"


def _simplify(words: HtmlElement) -> None:
    """Only what Markdown can say: no attributes but those it writes, words apart that only the stylesheet set apart."""
    for details in words.xpath(".//td//details"):
        details.tag = "div"
    for quote in words.xpath(_QUOTES):
        quote.tag = "blockquote"
    for title in words.xpath(_TITLES):
        title.tag = "b"
    for apart in words.xpath(_APART):
        apart.text = f" {apart.text or ''}"
        apart.tail = f" {apart.tail or ''}"
    for power in words.iter("sup"):
        power.text = raised(power.text or "")
    for element in list(words.iter(*_PLAIN)):
        element.drop_tag()
    for element in words.iter():
        for name in set(element.attrib) - _KEPT:
            del element.attrib[name]


def _html(element: HtmlElement, with_tail: bool = False) -> str:
    return str(lxml.html.tostring(element, encoding="unicode", with_tail=with_tail))


def _converted(html: str) -> str:
    # One space where two met, but not before a line.
    return re.sub(r"(?<=\S)  +(?=\S)", " ", _Converter().convert(html)).strip()


def article(page: BuiltPage) -> HtmlElement:
    """A copy of the article of a page without what only a screen needs."""
    found = copy.deepcopy(page.article)
    for element in found.xpath(_LEFT_OUT):
        element.drop_tree()
    return found


def _say_markers(words: HtmlElement) -> None:
    """A list counts up from its first number, the only way Markdown knows; of any other, each item says its own."""
    for items in list_markers(words):
        if not items:
            continue
        (first, start), counted = items[0], itertools.count(_number(items[0][1]))
        found = first.getparent()
        found.attrib.pop("start", None)
        if all(marker == str(number) for (_, marker), number in zip(items, counted, strict=False)):
            found.set("start", start)
            continue
        found.tag = "ul"
        for item, marker in items:
            inside = item[0] if len(item) and item[0].tag == "p" and not (item.text or "").strip() else item
            inside.text = f"{marker}. {(inside.text or '').lstrip()}"


def _number(marker: str) -> int:
    return int(marker) if marker.isdecimal() else -1


def _say_drawings(words: HtmlElement) -> None:
    """A drawing is named and described; the mark beside a status repeats its words and is left out."""
    for drawing in words.xpath(".//svg"):
        said = [part.text_content() for part in drawing.xpath("./title | ./desc")]
        if said and drawing.get("aria-hidden") != "true":
            line = lxml.html.Element("p")
            line.text = " ".join(["Drawing:", *said])
            drawing.addprevious(line)
        drawing.drop_tree()


def _say_fields(words: HtmlElement) -> None:
    """A box to tick is an open task of a list; a field is its label, and what the clinic has filled in."""
    for choices in words.xpath(".//*[@data-block='choices']"):
        choices.tag = "ul"
        for choice in choices:
            choice.tag = "li"
    for field in list(words.iter("input", "textarea")):
        before = "[ ] " if field.get("type") == "checkbox" else field.get("value", "")
        field.tail = f"{before}{(field.tail or '').lstrip()}"
        field.drop_tree()


def _lead_from(words: HtmlElement, address: str, path: str) -> None:
    """Links lead from the text at `path`, not from the page at `address`; those within the page are words only."""
    for link in list(words.iter("a")):
        href = link.get("href", "")
        if href.startswith("#ref-"):
            # The number of a source stands in brackets, as in print.
            link.text = f"[{link.text}]"
        if href.startswith("#") or not href:
            link.drop_tag()
        elif not urlsplit(href).scheme:
            target = posixpath.normpath(posixpath.join(address, href)) + ("/" if href.endswith("/") else "")
            link.set("href", relative_url("" if target in (".", "./") else target, path))


class _Tag(Tag):
    """An element that finds its parent fast: markdownify asks each one whether it stands in a <pre>."""

    def find_parent(self, name: Any = None, *_: Any, **__: Any) -> Any:
        return next((parent for parent in self.parents if parent.name == name), None)


class _Converter(MarkdownConverter):
    """What markdownify leaves open: a caption says that it is one, and a cell escapes the sign between cells."""

    class Options:
        bs4_options = {"features": "lxml", "element_classes": {Tag: _Tag}}
        heading_style = "atx"
        bullets = "-"
        autolinks = False
        escape_underscores = False

    def convert_caption(self, el: Any, text: str, parent_tags: set[str]) -> str:
        return f"Table: {text.strip()}\n\n"

    def escape(self, text: str, parent_tags: set[str]) -> str:
        escaped = str(super().escape(text, parent_tags))  # type: ignore[misc] # their stub leaves it out
        return escaped.replace("|", "\\|") if parent_tags & {"td", "th"} else escaped


def llms_txt(project: Project) -> str:
    """The list of all texts in the form of llms.txt: sections as in the page tree, one line for each page."""
    site = project.site
    by_path = {page.path: page for page in project.pages}
    lines = [
        f"# {site.name}",
        "",
        f"> {project.description}",
        "",
        f"Version {site.version}. Each page below is the text of the page of the same name, with its warnings, "
        "label status and sources. A ratio is product : diluent. If you quote a ratio or a use, quote its label status "
        "and warnings with it. The site does not replace a product's instructions for use and calculates no dose.",
    ]
    in_section = {path for section in site.sections for path in section.paths}
    alone = Section("Start", tuple(path for path in by_path if path not in in_section))
    for section in (alone, *site.sections):
        lines += ["", f"## {section.name}", ""]
        lines += [
            f"- [{page.meta.title}]({site.address}{page.path}): {page.meta.description}"
            for page in (by_path[path] for path in section.paths)
        ]
    return "\n".join(lines) + "\n"
