"""Each page as Markdown, made from the built page: what macros and data filled in stands there, warnings included."""

import posixpath
import re
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlsplit

import lxml.html

from ..content.addresses import page_url, relative_url
from ..content.pages import Page
from ..content.project import Project
from ..content.settings import Section

_LEFT_OUT = (
    ".//*[@hidden or @data-print='off' or contains(concat(' ', @class, ' '), ' headerlink ')]"
    " | .//script | .//style | .//form | .//button"
)


_BLOCKS = {
    "p", "div", "section", "ul", "ol", "dl", "table", "figure", "figcaption", "details", "blockquote", "pre",
    "header", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "nav", "aside",
}  # fmt: skip


# Words on two sides of these stay apart, even when only the stylesheet sets them apart.
_APART = _BLOCKS | {"br", "small", "li", "dt", "dd", "tr", "td", "th", "caption"}


def article(html: str) -> lxml.html.HtmlElement:
    """The article of a page without what only a screen needs."""
    found = lxml.html.document_fromstring(html).xpath("//article")[0]
    for element in found.xpath(_LEFT_OUT):
        element.drop_tree()
    return found


def to_markdown(html: str, address: str, path: str) -> str:
    """The article of the page at `address` as Markdown to lie at `path`; a drawing gives its title and description."""
    found = article(html)
    for link in found.iter("a"):
        href = link.get("href", "")
        if href.startswith("#ref-"):
            # The number of a source stands in brackets, as in print.
            link.text = f"[{link.text_content()}]"
        if href.startswith("#") or not href:
            link.attrib.pop("href", None)
        elif not urlsplit(href).scheme:
            target = posixpath.normpath(posixpath.join(address, href)) + ("/" if href.endswith("/") else "")
            link.set("href", relative_url("" if target in (".", "./") else target, path))
    text = _block(found).strip()
    return re.sub(r"\n{3,}", "\n\n", text) + "\n"


def _block(element: lxml.html.HtmlElement) -> str:
    """What a block holds: runs of text as paragraphs, blocks one after another."""
    parts: list[str] = []
    line = element.text or ""
    for child in element:
        if child.tag in _BLOCKS:
            parts += [_clean(line), _one(child)]
            line = child.tail or ""
        else:
            line += _inline(child) + (child.tail or "")
    parts.append(_clean(line))
    return "\n\n".join(part for part in parts if part)


def _one(element: lxml.html.HtmlElement) -> str:
    tag = str(element.tag)
    if re.fullmatch("h[1-6]", tag):
        return f"{'#' * int(tag[1])} {_flat(element)}"
    if tag in ("ul", "ol"):
        return _list(element)
    if tag == "dl":
        return _terms(element)
    if tag == "table":
        return _table(element)
    if tag == "hr":
        return "---"
    classes = element.get("class", "").split()
    if "admonition" in classes or tag in ("details", "blockquote"):
        return re.sub("^", "> ", _block(element), flags=re.MULTILINE).replace("> \n", ">\n")
    return _block(element)


def _list(element: lxml.html.HtmlElement) -> str:
    lines = []
    for number, item in enumerate(element.iterchildren("li"), int(element.get("start", "1"))):
        mark = f"{number}. " if element.tag == "ol" else "- "
        lines.append(mark + _block(item).replace("\n", "\n" + " " * len(mark)))
    return "\n".join(lines)


def _terms(element: lxml.html.HtmlElement) -> str:
    lines = []
    for item in element.iter("dt", "dd"):
        lines.append(f"**{_flat(item)}**" if item.tag == "dt" else f": {_flat(item)}\n")
    return "\n".join(lines)


def _table(element: lxml.html.HtmlElement) -> str:
    """A table with pipes; a caption stands above it, a cell over several columns is followed by empty ones."""
    rows = []
    for row in element.iter("tr"):
        cells = []
        for cell in row.iterchildren("th", "td"):
            cells += [_flat(cell).replace("|", "\\|"), *[""] * (int(cell.get("colspan", "1")) - 1)]
        rows.append(cells)
    width = max(map(len, rows), default=0)
    lines = [f"| {' | '.join([*cells, *[''] * (width - len(cells))])} |" for cells in rows]
    lines.insert(1, f"|{' --- |' * width}")
    caption = element.find("caption")
    head = [f"Table: {_flat(caption)}", ""] if caption is not None else []
    return "\n".join([*head, *lines])


def _flat(element: lxml.html.HtmlElement) -> str:
    """Everything in an element as one line."""
    line = element.text or ""
    for child in element:
        line += _inline(child) + (child.tail or "")
    return _clean(line)


def _inline(element: lxml.html.HtmlElement) -> str:
    """An element within a line of text."""
    if not isinstance(element.tag, str):
        return ""
    if element.tag == "svg":
        # The mark beside a status repeats its words; a drawing is named and described.
        said = [_clean("".join(part.itertext())) for part in element.iterchildren() if part.tag in ("title", "desc")]
        return f"Drawing: {' '.join(said)}" if said and element.get("aria-hidden") != "true" else ""
    if element.tag == "img":
        return str(element.get("alt", ""))
    inside = _flat(element)
    # What _flat trims at the edges keeps words apart here.
    whole = "".join(element.itertext())
    apart = element.tag in _APART or "row-note" in element.get("class", "")
    before = " " if apart or whole[:1].isspace() else ""
    after = " " if apart or whole[-1:].isspace() else ""
    if not inside:
        return before
    if element.tag in ("strong", "b"):
        inside = f"**{inside}**"
    elif element.tag in ("em", "i"):
        inside = f"*{inside}*"
    elif element.tag == "code":
        inside = f"`{inside}`"
    elif element.tag == "a" and element.get("href"):
        inside = f"[{inside}]({element.get('href')})"
    return before + inside + after


def _clean(text: str) -> str:
    return re.sub(r"[ \t\r\n]+", " ", text).strip()


def write_texts(site: Path, pages: Iterable[Page]) -> None:
    """Write the Markdown of every page beside it."""
    for page in pages:
        address = page_url(page.path)
        built = (site / address / "index.html").read_text(encoding="utf-8")
        (site / page.path).write_text(to_markdown(built, address, page.path), encoding="utf-8")


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
