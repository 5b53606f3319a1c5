"""Addresses that pages had: each leads on to the page that took its place, and its sections to theirs.

Such a page is no page of the site: no menu, search, archive or list of pages has it, nor its script, so they are
written last.
"""

from pathlib import Path

from markupsafe import Markup

from ..content.addresses import page_url, relative_url
from ..content.moved_pages import Moved, moved_pages
from ..content.pages import Page
from ..content.project import Project
from ..rendering.markup import element, joined
from .security_policy import PLAIN_POLICY

# Leads on at once, also to where a section went; without it the page is left for that in the place of the whole.
SCRIPT = "assets/moved.js"


def write_moved_pages(site: Path, project: Project) -> None:
    """Write a page at every address that a page had."""
    moved = moved_pages(project.pages)
    if moved:
        (site / SCRIPT).write_bytes(Path(__file__).with_name("moved.js").read_bytes())
    for old in moved:
        path = site / page_url(old.path) / "index.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(f"<!doctype html>\n{_page(old, project)}\n".encode())


def _page(old: Moved, project: Project) -> Markup:
    address = page_url(old.path)
    assert old.to is not None, "moved_faults refuses an old page of which nothing took the place"

    def link(page: Page, place: str | None = None) -> Markup:
        way = relative_url(page_url(page.path), address)
        return element("li" if place else "p", element("a", page.meta.title, href=way), id=place)

    to = relative_url(page_url(old.to.path), address)
    known = (project.site.address + page_url(old.to.path)) if project.site.address else to
    head = (
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=PLAIN_POLICY),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="robots", content="noindex"),
        element("title", f"{old.to.meta.title} - {project.site.name}"),
        element("link", rel="canonical", href=known),
        element("script", src=relative_url(SCRIPT, address), defer=True),
        element("noscript", element("meta", http_equiv="refresh", content=f"0; url={to}")),
    )
    sections = element("ul", *(link(page, place) for place, page in old.sections.items())) if old.sections else None
    body = element("main", element("h1", "This page has moved"), link(old.to), sections)
    return element("html", element("head", joined(head, "\n")), element("body", body), lang="en", data_moved=True)
