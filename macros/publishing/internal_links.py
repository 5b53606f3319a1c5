"""Check every link of the finished site: pages, anchors, downloads, PDFs."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urldefrag, urlsplit

from .built_pages import MISSING, BuiltPage, BuiltPages

_TARGETS = "//a/@href | //link/@href | //script/@src | //img/@src"


def broken_links(site: Path) -> list[str]:
    """Every link or asset of the pages below `site` that leads nowhere, one line each.

    Raises PublishError when there is no page.
    """
    pages = BuiltPages(site)
    places = {page.path: set(page.tree.xpath("//@id | //a/@name")) for page in pages}
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    return sorted(problem for page in pages for problem in _problems(page, places, files))


def _problems(page: BuiltPage, places: dict[str, set[str]], files: set[str]) -> Iterator[str]:
    root = _root(page)
    for target in dict.fromkeys(str(value) for value in page.tree.xpath(_TARGETS)):
        address, anchor = urldefrag(target)
        if urlsplit(target).scheme or target.startswith("//"):
            continue
        path = urlsplit(address).path
        # A path that starts at the host's root leads out of a site that lies in a folder.
        inside = path.removeprefix(root) or "." if root and path.startswith(root) else path
        wanted = page.leads_to(inside, files) if address else page.path
        if wanted is None:
            yield f"{page.path}: link to {target}, which does not exist"
        elif anchor and wanted in places and unquote(anchor) not in places[wanted]:
            yield f"{page.path}: link to {target}, but there is no place with the id '{anchor}'"


def _root(page: BuiltPage) -> str:
    """The path of the site on its host, from which the links of the page for a missing address start."""
    sheets = page.tree.xpath("/html/head/link[@rel='stylesheet']/@href") if page.path == MISSING else []
    return str(sheets[0]).partition("assets/")[0] if sheets else ""
