"""What can be written only when all pages are built: uses of a source, changes of a page, sizes of files."""

import html
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import lxml.html

from ..content.addresses import page_url, relative_url
from ..content.load import Data
from ..content.pages import Page
from ..rendering import typeset

SOURCES_PAGE = "reference/sources.md"


def used_on(site: Path, pages: Sequence[Page]) -> dict[str, list[Page]]:
    """The pages on which each source is listed at the foot, by citation key."""
    found: dict[str, list[Page]] = {}
    for page in pages:
        tree = lxml.html.parse(str(site / page_url(page.path) / "index.html"))
        for name in tree.xpath("//*[@data-block='references']//li/@id"):
            found.setdefault(str(name).removeprefix("ref-"), []).append(page)
    return found


def write_used_on(site: Path, pages: Sequence[Page]) -> None:
    """Add "Used on" links to every source of the sources page."""
    address = page_url(SOURCES_PAGE)
    path = site / address / "index.html"
    if not path.is_file():
        return
    text = path.read_text(encoding="utf-8")
    using = used_on(site, pages)
    tree = lxml.html.document_fromstring(text)
    for item in tree.xpath("//*[@data-block='sources']//li[@id]"):
        key = item.get("id").removeprefix("source-")
        line = lxml.html.Element("span")
        line.set("class", "row-note")
        line.text = "Used on: " if key in using else "Used in the data files only"
        for page in using.get(key, []):
            link = lxml.html.Element("a")
            link.set("href", f"{relative_url(page_url(page.path), address)}#ref-{key}")
            link.text = page.meta.title
            link.tail = "; "
            line.append(link)
        if len(line):
            line[-1].tail = None
        item.append(line)
    # Only the list is written anew; the rest of the page stays as MkDocs made it.
    made = lxml.html.tostring(tree.xpath("//*[@data-block='sources']")[0], encoding="unicode", with_tail=False)
    start = text.index('<div data-block="sources"')
    end = text.index("</ul></div>", start) + len("</ul></div>")
    path.write_text(text[:start] + made + text[end:], encoding="utf-8")


_STATUS = re.compile(r"(<div[^>]*data-print-status[^>]*>)(</div>)")


def write_print_status(site: Path, pages: Sequence[Page], data: Data) -> None:
    """Put into each page the changes that concern it; assets/prints.js shows those newer than a print."""
    texts = {page.path: (site / page_url(page.path) / "index.html") for page in pages}
    rows = {page.path: _rows_of(page, texts[page.path].read_text(encoding="utf-8"), data) for page in pages}
    for page in pages:
        # A sheet can print sections of other pages; its QR code leads to this one.
        others = {
            section.partition("#")[0]
            for handout in data.handouts.handouts
            if handout.page == page.path
            for section in handout.sections
        }
        paths = {page.path, *others}
        shown = set().union(*(rows[path] for path in paths))
        items = "".join(
            f'<li data-version="{change.version}">{typeset.date(change.date)}, version {change.version}:'
            f" {typeset.text(change.summary)}</li>"
            for change in data.changes.changes
            if paths & set(change.pages) or shown & set(change.rows)
        )
        text = texts[page.path].read_text(encoding="utf-8")
        made = _STATUS.sub(lambda found, made=items: f"{found[1]}<ul>{made}</ul>{found[2]}", text)  # type: ignore[misc]
        texts[page.path].write_text(made, encoding="utf-8")


def _rows_of(page: Page, built: str, data: Data) -> set[str]:
    """The rows on a page: those marked in its HTML, and those that its text calls by name."""
    named = set(re.findall(r"\"([\w-]+)(?:\.\w+)?\"", page.text))
    marked = {name for names in re.findall(r'data-row="([^"]+)"', built) for name in names.split()}
    return (named | marked) & set(data.rows)


def write_file_notes(site: Path, entries: list[dict[str, Any]], archives: Iterable[Path]) -> None:
    """Fill in pages and size beside each file on the handouts page."""
    path = site / page_url("handouts/index.md") / "index.html"
    if not path.is_file():
        return
    notes = {
        str(entry["file"]): f"{entry['pages']} page{'s' if entry['pages'] > 1 else ''}, {_size(entry['bytes'])}, "
        f"version {entry['version']}"
        for entry in entries
    }
    notes |= {archive.name: _size(archive.stat().st_size) for archive in archives}
    text = path.read_text(encoding="utf-8")
    filled = re.sub(
        r'(<span data-file="([^"]+)">)(</span>)',
        lambda found: f"{found[1]}{html.escape(notes.get(found[2], ''))}{found[3]}",
        text,
    )
    path.write_text(filled, encoding="utf-8")


def _size(count: int) -> str:
    """A size as people read it, in steps of 1,000: 62 KB, 1.4 MB."""
    if count < 1_000_000:
        return f"{max(1, round(count / 1000))}\N{NO-BREAK SPACE}KB"
    return f"{count / 1_000_000:.1f}\N{NO-BREAK SPACE}MB"
