"""From built pages to a site that a host can serve: light, private, readable offline and by machines.

Printing comes between the two halves: prints show what `finish` notes, and `publish` notes what they print.
"""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from ..content.project import Project
from ..rendering.page_context import Used
from . import (
    missing_page,
    moved_pages,
    offline,
    offline_archive,
    page_notes,
    plain_text,
    security_policy,
    structured_data,
)
from . import styles_and_scripts as light
from .built_pages import BuiltPages, PublishError
from .search_index import write_search_index

__all__ = ["PublishError", "finish", "note_prints", "publish"]


def finish(built: Path, project: Project, used: Mapping[str, Used]) -> None:
    """Add to the pages in the folder `built` what needs all of them; `used` is what each page printed.

    Raises PublishError when a page lacks what a step needs.
    """
    pages = BuiltPages(built)
    write_search_index(pages, project)
    page_notes.note_uses(pages, project, used)
    page_notes.note_days(pages, project, used)
    pages.write()


def publish(built: Path, project: Project, sheets: Sequence[page_notes.PrintedSheet], used: Mapping[str, Used]) -> None:
    """Make the finished pages in the folder `built` and their prints a site; `sheets` are all there are of it.

    Raises PublishError when a page lacks what a step needs, or cannot be served under the site's own rules.
    """
    pages = BuiltPages(built)
    page_notes.note_sheets(pages, project, sheets, used)
    page_notes.note_files(pages)
    plain_text.write_texts(pages, project)
    light.remove_spare_files(built)
    light.one_stylesheet(pages)
    light.scripts_inside(pages)
    light.one_script(pages)
    light.logo_inside(pages)
    missing_page.works_in_any_folder(pages, project.site.address)
    structured_data.describe(pages, project)
    offline.write_manifest(pages, project)
    security_policy.protect(pages)
    security_policy.write_headers(pages, project.site.address)
    (built / "robots.txt").write_bytes(robots_txt(project.site.address).encode())
    _write(pages, project)


def note_prints(site: Path, project: Project, sheets: Iterable[page_notes.PrintedSheet]) -> None:
    """Bring a whole site up to date after some of its `sheets` were printed anew.

    Raises PublishError when there is no page.
    """
    pages = BuiltPages(site)
    page_notes.note_fingerprints(pages, sheets)
    page_notes.note_files(pages)
    plain_text.write_texts(pages, project)
    _write(pages, project)


def _write(pages: BuiltPages, project: Project) -> None:
    """Write the pages, and what lists or holds all files of a site: the worker that saves them, and the archive."""
    handouts = project.published.handouts.handouts
    # Those that print the warnings before all others, as with pages (worker.js).
    urgent = [row.id for row in handouts if any(section.startswith("safety/") for section in row.sections)]
    sheets = list(dict.fromkeys([*urgent, *(row.id for row in handouts if not row.book)]))
    # What says the same once more waits until a reader asks for it.
    packs = {row.id for row in project.published.handouts.packs}
    asked = {slug for row in handouts for slug in row.slugs}.difference(sheets) | packs
    offline.write_pages_and_worker(pages, sheets, project.site.version, asked)
    offline_archive.write_archive(pages, project, asked.union(sheets))
    moved_pages.write_moved_pages(pages.site, project)


def robots_txt(address: str) -> str:
    """What robots may read: everything; and where the list of pages is, when the site has an address."""
    return "User-agent: *\nAllow: /\n" + (f"Sitemap: {address}sitemap.xml\n" if address else "")
