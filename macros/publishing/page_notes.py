"""What can be noted on the pages only when all are built: uses of a source, what prints of them are, sizes of files."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

import lxml.html
from lxml.html import HtmlElement
from lxml.html.builder import CLASS, SPAN, A
from markupsafe import Markup

from ..content.addresses import page_url, relative_url
from ..content.pages import Page
from ..content.project import Project
from ..content.rows.editorial import Change
from ..rendering import typeset
from ..rendering.markup import element
from ..rendering.page_context import Used
from .built_pages import BuiltPages


def note_uses(pages: BuiltPages, project: Project, used: Mapping[str, Used]) -> None:
    """Say below every source of a list of all sources on which pages it is used.

    A link leads to the page; assets/page.js leads it on to the source there: the list is a tenth lighter for it.
    Raises PublishError when such a list has no source that bears an id.
    """
    for page in pages:
        if not page.tree.xpath("//*[@data-block='sources']"):
            continue
        groups = _pages_in_groups(project)
        for item in page.every("//*[@data-block='sources']//li[@id]", "sources with their ids in the block 'sources'"):
            key = item.get("id").removeprefix("source-")
            line = SPAN("Used on: ", CLASS("row-note"))
            for name, rows in groups:
                uses = [row for row in rows if key in used[row.path].sources]
                if not uses:
                    continue
                _append(line, f"{name}: " if name else "")
                for row in uses:
                    line.append(A(row.meta.title, href=relative_url(page_url(row.path), page.address)))
                    line[-1].tail = ", " if name else "; "
                line[-1].tail = "; "
            if len(line):
                line[-1].tail = None
            else:
                line.text = "Used in the data files only"
            item.append(line)


def note_days(pages: BuiltPages, project: Project, used: Mapping[str, Used]) -> None:
    """Put into each page when its rows are to be reviewed; assets/overdue.js tells what has passed."""
    days = {row.id: str(day) for row in project.published.rows.values() if (day := getattr(row, "review_by", None))}
    for page in project.pages:
        for line in pages.of(page.path).tree.xpath("//*[@data-due='']"):
            due = sorted(days[name] for name in used[page.path].rows if name in days)
            if due:
                line.set("data-due", " ".join(due))
            else:
                line.drop_tree()


def _pages_in_groups(project: Project) -> list[tuple[str, list[Page]]]:
    """The pages as a list names them: those of the regions together under the name of their section, others alone."""
    homes = {row.home for row in project.published.regions.regions}
    sections = {path: section.name for section in project.site.sections for path in section.paths}
    groups: dict[tuple[str, str], list[Page]] = {}
    for row in project.pages:
        name = sections.get(row.path, "") if row.path in homes else ""
        groups.setdefault((name, "" if name else row.path), []).append(row)
    return [(name, rows) for (name, _), rows in groups.items()]


def _append(line: HtmlElement, words: str) -> None:
    """Words behind what stands in a line."""
    if len(line):
        line[-1].tail = (line[-1].tail or "") + words
    else:
        line.text = (line.text or "") + words


class PrintedSheet(Protocol):
    """What a page tells of a sheet: printing/ makes them."""

    @property
    def slug(self) -> str:
        """Its name, as its address bears it."""

    @property
    def address(self) -> str:
        """That of its page, below the site's root."""

    @property
    def pages(self) -> tuple[str, ...]:
        """The pages below docs/ whose words it prints."""

    @property
    def fingerprint(self) -> str:
        """A short hash of what it prints."""

    @property
    def for_patients(self) -> bool:
        """True when nobody but patients is meant to read it."""


# What a page or a sheet for patients tells of a change, by its type: the record's own words are for practitioners and
# may name a ratio.
_TOLD_TO_PATIENTS = {
    "new": "Something was added.",
    "ratio changed": "A number was changed.",
    "status changed": "What we say about approved uses was changed.",
    "correction": "Something was corrected.",
    "withdrawn": "Something was taken out.",
}


def note_sheets(pages: BuiltPages, project: Project, sheets: Sequence[PrintedSheet], used: Mapping[str, Used]) -> None:
    """Put into each page the fingerprints of its sheets and the changes that touch them; assets/prints.js compares.

    Raises PublishError for a page without a place for them.
    """
    changes = project.published.changes.changes
    versions = " ".join(dict.fromkeys([project.site.version, *(change.version for change in changes)]))
    for page in project.pages:
        built = pages.of(page.path)
        place = built.one("//*[@data-print-status]", "a place for its sheets (data-print-status)")
        place.set("data-versions", versions)
        own = [sheet for sheet in sheets if sheet.address == built.address]
        place.extend(_html(element("data", value=sheet.fingerprint, data_sheet=sheet.slug)) for sheet in own)
        patients = page.meta.audience == ["patient"]
        told = [
            (change, plainly, [one.slug for one in own if one.for_patients is plainly and _touches(change, one, used)])
            for change in changes
            for plainly in (False, True)
        ]
        items = (
            element(
                "li",
                f"{typeset.date(change.date)}, version {change.version}: ",
                _TOLD_TO_PATIENTS[change.type] if plainly or patients else change.summary,
                data_version=change.version,
                data_sheets=" ".join(touched),
            )
            for change, plainly, touched in told
            if touched
        )
        place.append(_html(element("ul", *items)))


def _touches(change: Change, sheet: PrintedSheet, used: Mapping[str, Used]) -> bool:
    """Whether a change is one of what the pages of a sheet print."""
    rows = set(change.rows)
    return any(path in change.pages or rows & used[path].rows for path in sheet.pages)


def note_fingerprints(pages: BuiltPages, sheets: Iterable[PrintedSheet]) -> None:
    """Bring the fingerprints in the pages of a whole site up to date."""
    present = {sheet.slug: sheet.fingerprint for sheet in sheets}
    for page in pages:
        for place in page.tree.xpath("//*[@data-print-status]/data"):
            place.set("value", present.get(place.get("data-sheet"), place.get("value")))


def _html(source: Markup) -> HtmlElement:
    return lxml.html.fragment_fromstring(source)


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
    for page in pages:
        for place in page.tree.xpath("//span[@data-file]"):
            place.text = notes.get(place.get("data-file"))


def _size(count: int) -> str:
    """A size as people read it, in steps of 1,000: 62 KB, 1.4 MB."""
    if count < 1_000_000:
        return f"{max(1, round(count / 1000))}\N{NO-BREAK SPACE}KB"
    return f"{count / 1_000_000:.1f}\N{NO-BREAK SPACE}MB"
