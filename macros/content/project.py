"""All that people wrote, read and judged together: what every later step is given."""

from dataclasses import dataclass
from pathlib import Path

from .faults import ContentError, Fault
from .load import Data, load
from .page_checks import page_faults
from .pages import Page, read_pages
from .settings import Site, read_site


@dataclass(frozen=True)
class Project:
    """The project's folder and its content: data, pages, and what mkdocs.yml says of the site."""

    root: Path
    data: Data
    pages: tuple[Page, ...]
    site: Site

    @property
    def day(self) -> str:
        """The day of the newest change: the date that everything built bears, instead of the clock's."""
        return self.data.changes.changes[0].date

    @property
    def description(self) -> str:
        """What the site is about, in the words of its home page."""
        return self.page("index.md").meta.description

    def page(self, path: str) -> Page:
        """The page docs/`path`; `path` is one of the project's own."""
        return next(page for page in self.pages if page.path == path)


def load_project(root: Path) -> Project:
    """Load and check the project in the folder `root`.

    Raises ContentError: first with every fault of the data files, then with every fault of pages and settings.
    """
    data = load(root)
    faults: list[Fault] = []
    pages = read_pages(root, faults)
    if not faults:
        faults.extend(page_faults(root, pages, data))
    try:
        site = read_site(root)
    except ContentError as error:
        faults.extend(error.faults)
    if faults:
        raise ContentError(faults)
    return Project(root, data, tuple(pages), site)
