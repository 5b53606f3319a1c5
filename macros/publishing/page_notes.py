"""What can be noted on the pages only when all are built: uses of a source, changes of a page, sizes of files."""

import json
from collections.abc import Mapping
from typing import Any

import lxml.html
from lxml.html.builder import CLASS, SPAN, A

from ..content.addresses import page_url, relative_url
from ..content.project import Project
from ..rendering import typeset
from ..rendering.markup import element
from ..rendering.page_context import Used
from .built_pages import BuiltPages


def note_uses(pages: BuiltPages, project: Project, used: Mapping[str, Used]) -> None:
    """Say below every source of a list of all sources on which pages it is used.

    Raises PublishError when such a list has no source that bears an id.
    """
    for page in pages:
        if not page.tree.xpath("//*[@data-block='sources']"):
            continue
        leads = {row.path: relative_url(page_url(row.path), page.address) for row in project.pages}
        for item in page.every("//*[@data-block='sources']//li[@id]", "sources with their ids in the block 'sources'"):
            key = item.get("id").removeprefix("source-")
            line = SPAN("Used on: ", CLASS("row-note"))
            for row in project.pages:
                if key in used[row.path].sources:
                    line.append(A(row.meta.title, href=f"{leads[row.path]}#ref-{key}"))
                    line[-1].tail = "; "
            if len(line):
                line[-1].tail = None
            else:
                line.text = "Used in the data files only"
            item.append(line)


def note_changes(pages: BuiltPages, project: Project, used: Mapping[str, Used]) -> None:
    """Put into each page the changes that concern it; assets/prints.js shows those newer than a print.

    Raises PublishError for a page without a place for them.
    """
    for page in project.pages:
        # A sheet can print sections of other pages; its QR code leads to this one.
        shown = {page.path} | {
            section.partition("#")[0]
            for handout in project.published.handouts.handouts
            if handout.page == page.path
            for section in handout.sections
        }
        rows = set().union(*(used[path].rows for path in shown))
        items = [
            element(
                "li",
                f"{typeset.date(change.date)}, version {change.version}: ",
                change.summary,
                data_version=change.version,
            )
            for change in project.published.changes.changes
            if shown & set(change.pages) or rows & set(change.rows)
        ]
        place = pages.of(page.path).one(
            "//*[@data-print-status]", "a place for the changes of a page (data-print-status)"
        )
        place.append(lxml.html.fragment_fromstring(element("ul", *items)))


def note_files(pages: BuiltPages) -> None:
    """Fill in pages and size beside each printed file; a file that was not printed gets none."""
    folder = pages.site / "pdf"
    manifest = folder / "manifest.json"
    entries: list[dict[str, Any]] = json.loads(manifest.read_text(encoding="utf-8")) if manifest.is_file() else []
    notes = {
        str(entry["file"]): f"{entry['pages']} page{'s' if entry['pages'] > 1 else ''}, {_size(entry['bytes'])}, "
        f"version {entry['version']}"
        for entry in entries
    }
    notes |= {archive.name: _size(archive.stat().st_size) for archive in folder.glob("*.zip")}
    for page in pages:
        for place in page.tree.xpath("//span[@data-file]"):
            place.text = notes.get(place.get("data-file"))


def _size(count: int) -> str:
    """A size as people read it, in steps of 1,000: 62 KB, 1.4 MB."""
    if count < 1_000_000:
        return f"{max(1, round(count / 1000))}\N{NO-BREAK SPACE}KB"
    return f"{count / 1_000_000:.1f}\N{NO-BREAK SPACE}MB"
