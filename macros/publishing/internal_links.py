"""Check every link of the finished site: pages, anchors, downloads, PDFs."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urldefrag, urlsplit

import lxml.html


def broken_links(site: Path) -> list[str]:
    """Every link or asset of the pages below `site` that leads nowhere, one line each."""
    anchors = {path: _anchors(path) for path in sorted(site.rglob("*.html"))}
    return sorted(
        f"{page.relative_to(site).as_posix()}: {problem}"
        for page in anchors
        for problem in _problems(page, site, anchors)
    )


def _anchors(path: Path) -> set[str]:
    tree = lxml.html.parse(str(path))
    return {str(value) for value in tree.xpath("//@id | //a/@name")}


def _problems(page: Path, site: Path, anchors: dict[Path, set[str]]) -> Iterator[str]:
    # The page for a missing address is served from any folder, so its links start at the root.
    if page.name == "404.html":
        return
    tree = lxml.html.parse(str(page))
    for target in dict.fromkeys(
        str(value) for value in tree.xpath("//a/@href | //link/@href | //script/@src | //img/@src")
    ):
        address, anchor = urldefrag(target)
        if urlsplit(target).scheme or target.startswith("//"):
            continue
        wanted = page if not address else (page.parent / unquote(urlsplit(address).path)).resolve()
        if wanted.is_dir():
            wanted = wanted / "index.html"
        if not wanted.is_file() or not wanted.is_relative_to(site.resolve()):
            yield f"link to {target}, which does not exist"
        elif anchor and wanted.suffix == ".html" and unquote(anchor) not in anchors.get(wanted, _anchors(wanted)):
            yield f"link to {target}, but there is no place with the id '{anchor}'"
