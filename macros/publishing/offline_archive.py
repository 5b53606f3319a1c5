"""The site as one archive that opens from a folder: links name their files, and the search needs no host.

Handouts and the workbook are in it, prints of whole pages are not: the pages are there themselves.
"""

import json
from collections.abc import Container
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit

from lxml.html import HtmlElement

from ..content.project import Project
from ..downloads import archive
from . import moved_pages
from .built_pages import MISSING, BuiltPage, BuiltPages, element
from .offline import MANIFEST, WORKER, is_print_of
from .search_index import INDEX, THEME_INDEX

ARCHIVE = "downloads/site.zip"
TOP = "caha-and-skin"

# What only a host needs, and what lists or packs files that are not in the archive.
_LEFT_OUT = {
    *(
        MISSING,
        MANIFEST,
        WORKER,
        THEME_INDEX,
        moved_pages.SCRIPT,
        "_headers",
        "robots.txt",
        "sitemap.xml",
        "sitemap.xml.gz",
    ),
    "pdf/manifest.json",
}
_HOST_TAGS = (
    "/html/head/meta[@http-equiv='Content-Security-Policy' or @name='build']"
    " | /html/head/link[@rel='manifest' or @rel='canonical']"
)
# What offers a file and says nothing without it.
_OFFER = "ancestor-or-self::a[@class='tool']"


def write_archive(pages: BuiltPages, project: Project, sheets: Container[str]) -> None:
    """Write the archive of the site, with the prints of `sheets` (slugs); its files bear the day of the newest change.

    The pages must be written: their trees become those of the archive.
    """
    names = [path.relative_to(pages.site).as_posix() for path in pages.site.rglob("*") if path.is_file()]
    kept = {name for name in names if _is_kept(name, sheets)}
    files = {name: (pages.site / name).read_bytes() for name in kept if not name.endswith(".html") and name != INDEX}
    for page in pages:
        if page.path in kept:
            for_folder(page, kept, project.site.address)
            files[page.path] = page.text().encode()
    files["search/search_index.js"] = search_for_folder((pages.site / INDEX).read_bytes().decode()).encode()
    files["assets/folder.js"] = Path(__file__).with_name("folder.js").read_bytes()
    archive.write_archive(pages.site / ARCHIVE, ((f"{TOP}/{name}", files[name], project.day) for name in sorted(files)))


def _is_kept(name: str, sheets: Container[str]) -> bool:
    if name.endswith(".pdf"):
        return is_print_of(name, sheets)
    return name not in _LEFT_OUT and not name.endswith(".zip")


def for_folder(page: BuiltPage, kept: set[str], address: str) -> None:
    """Make the tree of a page one that opens from a folder: without what only a host understands.

    A link to a file that is not among the `kept` leads to the public `address`; without one it is taken out.
    """
    for tag in page.tree.xpath(_HOST_TAGS):
        tag.drop_tree()
    for tag, name in (("link", "href"), ("option", "value")):
        for found in page.tree.iter(tag):
            if found.get(name):
                found.set(name, named(found.get(name)))
    offers: list[HtmlElement] = []
    for link in page.tree.xpath("//a[@href and not(starts-with(@href, '#'))]"):
        target = named(link.get("href"))
        if _is_here(target, page, kept):
            link.set("href", target)
        elif address:
            link.set("href", urljoin(address + page.address, link.get("href")))
        else:
            offers += link.xpath(_OFFER) or [link]
    for offer in dict.fromkeys(offers):
        if offer.get("class") == "tool":
            offer.drop_tree()
        else:
            offer.drop_tag()
    script = page.one("//script[@data-theme-script]", "the site's script (styles_and_scripts.one_script)")
    script.addprevious(element("script", {"src": f"{page.root}assets/folder.js", "defer": ""}))


def _is_here(target: str, page: BuiltPage, kept: set[str]) -> bool:
    parts = urlsplit(target)
    return bool(parts.scheme or parts.netloc or not parts.path) or page.leads_to(parts.path, kept) is not None


def named(target: str) -> str:
    """An address with the file that a host would answer with: "../mixing/#why" gives "../mixing/index.html#why"."""
    address, anchor = urldefrag(target)
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or not parts.path:
        return target
    last = parts.path.rpartition("/")[2]
    if last not in ("", ".", ".."):
        return target
    path = parts.path if not last else f"{parts.path}/"
    query = f"?{parts.query}" if parts.query else ""
    return f"{path}index.html{query}{f'#{anchor}' if anchor else ''}"


def search_for_folder(index: str) -> str:
    """The search index as a script, its locations with file names."""
    content = json.loads(index)
    for entry in content["docs"]:
        # The home page has an address without a path.
        location = entry["location"]
        entry["location"] = f"index.html{location}" if location[:1] in ("", "#", "?") else named(location)
    return f"var __index = {json.dumps(content, ensure_ascii=False, separators=(',', ':'))}\n"
