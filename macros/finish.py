"""What can be written only when all pages are built: on which pages each source is used."""

from pathlib import Path

import lxml.html

from .pages import Page, page_url, relative_url

SOURCES_PAGE = "reference/sources.md"


def used_on(site: Path, pages: list[Page]) -> dict[str, list[Page]]:
    """The pages on which each source is listed at the foot, by citation key."""
    found: dict[str, list[Page]] = {}
    for page in pages:
        tree = lxml.html.parse(str(site / page_url(page.path) / "index.html"))
        for name in tree.xpath("//*[@data-block='references']//li/@id"):
            found.setdefault(str(name).removeprefix("ref-"), []).append(page)
    return found


def write_used_on(site: Path, pages: list[Page]) -> None:
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
