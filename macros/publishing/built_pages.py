"""The built pages as trees: each is parsed once, the steps of publishing change its tree, and it is written once."""

import posixpath
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

import lxml.html
from lxml.html import HtmlElement

from ..content.addresses import page_url

# What a host shows for an address that leads nowhere. It is served from any folder: its links start at the host's root.
MISSING = "404.html"


class PublishError(Exception):
    """The built pages cannot be published as they are; the message says which page and what to mend."""


@dataclass(frozen=True, eq=False)
class BuiltPage:
    """A built page: its path below the site, such as technique/mixing/index.html, and its tree."""

    path: str
    tree: HtmlElement

    @property
    def address(self) -> str:
        """The page's folder below the site: technique/mixing/, empty for the home page."""
        return self.path[: self.path.rfind("/") + 1]

    @property
    def root(self) -> str:
        """The way to the root of the site: "../../" from technique/mixing/, empty at the root."""
        return "../" * self.path.count("/")

    def every(self, xpath: str, wanted: str) -> list[HtmlElement]:
        """The elements at `xpath`, at least one.

        Raises PublishError when there is none; `wanted` says in words what the page must have, and who gives it.
        """
        found: list[HtmlElement] = self.tree.xpath(xpath)
        if not found:
            raise PublishError(f"{self.path}: expected {wanted}, found none")
        return found

    def one(self, xpath: str, wanted: str) -> HtmlElement:
        """The one element at `xpath`. Raises PublishError when there is none or more than one."""
        found = self.every(xpath, wanted)
        if len(found) > 1:
            raise PublishError(f"{self.path}: expected {wanted} once, found {len(found)}")
        return found[0]

    @property
    def article(self) -> HtmlElement:
        """What the page says, without menus. Raises PublishError when the theme makes none."""
        return self.one("//article", "an <article>, which the theme puts around the words of a page")

    def into_head(self, tag: str, attributes: Mapping[str, str], text: str | None = None) -> None:
        """Add an element to the end of the head. Raises PublishError when the page has no head."""
        self.one("/html/head", "a <head>").append(element(tag, attributes, text))

    def asset(self, href: str) -> str:
        """The path below the site of a file in assets/ that the page asks for. Raises PublishError for any other."""
        path = posixpath.normpath(posixpath.join(self.address, href))
        if self.path == MISSING:
            path = path[max(0, path.find("assets/")) :]
        if urlsplit(href).netloc or not path.startswith("assets/"):
            raise PublishError(f"{self.path}: asks for {href}; put that file into docs/assets/ instead")
        return path

    def leads_to(self, path: str, files: Container[str]) -> str | None:
        """The one of `files` (paths below the site) that a host answers with at the path of a link, or None."""
        found = posixpath.normpath(posixpath.join(self.address, unquote(path)))
        index = posixpath.normpath(posixpath.join(found, "index.html"))
        return found if found in files else index if index in files else None

    def text(self) -> str:
        """The page as HTML. What stands in a script or a style is written as it is."""
        made: str = lxml.html.tostring(self.tree, encoding="unicode", doctype="<!doctype html>")
        return made + "\n"


class BuiltPages:
    """Every page below the folder `site`, in a fixed order.

    Raises PublishError when there is none.
    """

    def __init__(self, site: Path) -> None:
        self.site = site
        self._pages: dict[str, BuiltPage] = {}
        for file in sorted(site.rglob("*.html")):
            path, content = file.relative_to(site).as_posix(), file.read_bytes().decode()
            # What only leads on to another address is no page (moved_pages.py).
            if "<html" not in content[:100] or " data-moved" not in content[:100]:
                self._pages[path] = BuiltPage(path, lxml.html.document_fromstring(content))
        if not self._pages:
            raise PublishError(f"{site}: holds no built page; run make site first")

    def __iter__(self) -> Iterator[BuiltPage]:
        return iter(self._pages.values())

    def of(self, path: str) -> BuiltPage:
        """The page that MkDocs made of docs/`path`. Raises PublishError when it made none."""
        name = f"{page_url(path)}index.html"
        if name not in self._pages:
            raise PublishError(f"docs/{path}: MkDocs made no page {name} of it")
        return self._pages[name]

    def write(self) -> dict[str, bytes]:
        """Write every page into its file; returns what was written, by path."""
        written = {page.path: page.text().encode() for page in self}
        for path, content in written.items():
            (self.site / path).write_bytes(content)
        return written


def element(tag: str, attributes: Mapping[str, str], text: str | None = None) -> HtmlElement:
    """A new element on a line of its own."""
    made = lxml.html.Element(tag, dict(attributes))
    made.text = text
    made.tail = "\n"
    return made
