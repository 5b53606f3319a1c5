"""All that people wrote, read and judged together: what every later step is given."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from .csl import Reference
from .faults import ContentError, Fault
from .load import Data, load
from .moved_pages import moved_faults
from .page_checks import page_faults
from .pages import HOME, Page, page_paths, read_pages
from .published import Published, publish
from .rows.base import Row
from .rows.editorial import Handout
from .settings import Site, read_site

T = TypeVar("T")


@dataclass(frozen=True)
class Project:
    """The project's folder and its content: data, pages, and what mkdocs.yml says of the site."""

    root: Path
    data: Data
    pages: tuple[Page, ...]
    site: Site

    @cached_property
    def published(self) -> Published:
        """What may be printed of the data; renderers, downloads, prints and search see nothing else."""
        return publish(self.data)

    @property
    def day(self) -> str:
        """The day of the newest printed change: the date that everything built bears, instead of the clock's."""
        return (self.published.changes.changes or self.data.changes.changes)[0].date

    @property
    def description(self) -> str:
        """What the site is about, in the words of its home page."""
        return self.page(HOME).meta.description

    def page(self, path: str) -> Page:
        """The page docs/`path`; `path` is one of the project's own."""
        return next(page for page in self.pages if page.path == path)

    def line_address(self, row: Row | Reference) -> str:
        """Where the line of a data file that holds a row or a source is shown; empty when no repository is named."""
        if not self.site.files:
            return ""
        file, line = self._lines[type(row), row.id]
        return f"{self.site.files}{file.removeprefix('docs/')}#L{line}"

    @cached_property
    def _lines(self) -> dict[tuple[type, str], tuple[str, int]]:
        """File and line of every row and every source."""
        return {(type(at.row), at.row.id): (at.file.name, at.file.line(at.place)) for at in self.data.located()}

    def printed_as(self, page: Page) -> Handout | None:
        """The handout as which a page is printed: that with its name below handouts/, or the sheet of its region; other
        pages are printed whole.
        """
        for row in self.published.handouts.handouts:
            if page.path == f"handouts/{row.id}.md" or (row.region and page.path == row.page):
                return row
        return None


@dataclass(frozen=True)
class Reading:
    """What could be read of a project, and every fault of it; data or site are None when they are not sound."""

    root: Path
    data: Data | None
    pages: tuple[Page, ...]
    site: Site | None
    faults: tuple[Fault, ...]

    def project(self) -> Project | None:
        """The project, when all of it is sound."""
        if self.faults or self.data is None or self.site is None:
            return None
        return Project(self.root, self.data, self.pages, self.site)


def read_project(root: Path) -> Reading:
    """Read and judge all of the project in the folder `root`: data, pages and settings, each as far as it goes."""
    faults: list[Fault] = []
    data = _unless_faulty(load, root, faults)
    site = _unless_faulty(read_site, root, faults)
    pages = read_pages(root, faults)
    faults += moved_faults(pages)
    if data is not None:
        faults += page_faults(page_paths(root), data)
    return Reading(root, data, tuple(pages), site, tuple(faults))


def load_project(root: Path) -> Project:
    """Load and check the project in the folder `root`.

    Raises ContentError with every fault of data, pages and settings.
    """
    read = read_project(root)
    project = read.project()
    if project is None:
        raise ContentError(read.faults)
    return project


def _unless_faulty(read: Callable[[Path], T], root: Path, faults: list[Fault]) -> T | None:
    try:
        return read(root)
    except ContentError as error:
        faults += error.faults
        return None
