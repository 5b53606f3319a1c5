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
    # The page for a missing address is served from any folder, so its links start at the root.
    return sorted(problem for page in pages if page.path != MISSING for problem in _problems(page, places, files))


def _problems(page: BuiltPage, places: dict[str, set[str]], files: set[str]) -> Iterator[str]:
    for target in dict.fromkeys(str(value) for value in page.tree.xpath(_TARGETS)):
        address, anchor = urldefrag(target)
        if urlsplit(target).scheme or target.startswith("//"):
            continue
        wanted = page.leads_to(urlsplit(address).path, files) if address else page.path
        if wanted is None:
            yield f"{page.path}: link to {target}, which does not exist"
        elif anchor and wanted in places and unquote(anchor) not in places[wanted]:
            yield f"{page.path}: link to {target}, but there is no place with the id '{anchor}'"
