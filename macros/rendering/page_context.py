"""What a page is rendered with, and what it used: the first argument of every macro."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from markupsafe import Markup

from ..content.addresses import page_url, relative_url
from ..content.pages import Page
from ..content.project import Project
from ..content.published import Published
from ..content.rows.base import Row
from .bibliography import Bibliography
from .citations import PageCitations

R = TypeVar("R", bound=Row)


@dataclass
class Used:
    """What one page printed: ids of rows, claims and figures, numbers of its sources by key, warnings, fields."""

    rows: set[str] = field(default_factory=set)
    sources: dict[str, int] = field(default_factory=dict)
    claims: set[str] = field(default_factory=set)
    figures: set[str] = field(default_factory=set)
    warnings: list[str] = field(default_factory=list)  # kinds of warnings, and steps, in their order on the page
    fields: list[str] = field(default_factory=list)  # in their order, one of the clinic as often as it stands there
    explains_terms: bool = False  # the page lists the terms with their meaning, so they are not explained in its text


@dataclass(frozen=True)
class PageContext:
    """One page while it is rendered: the project, its citations, and what it used.

    `address` is the one from which its links lead, below the site's root.
    """

    project: Project
    page: Page
    address: str
    bibliography: Bibliography
    citations: PageCitations
    used: Used
    directory_urls: bool = True

    @property
    def data(self) -> Published:
        """The rows that may be printed, without what is not confirmed."""
        return self.project.published

    @property
    def labels(self) -> Published:
        """The rows, for what tells a label status: all that it may hang on are noted as printed."""
        indications = self.data.indications
        syringes = [row for row in self.data.product.presentations if row.sold_in]
        for row in (*indications.jurisdictions, *indications.diluents, *indications.indications, *syringes):
            self.prints(row)
        return self.data

    def cite(self, keys: Iterable[str]) -> Markup:
        """The numbered links to sources, by key.

        Raises ValueError for a key that references.json does not hold.
        """
        return self.citations(keys)

    def link(self, path: str) -> str:
        """The way from this page to another page (a path that ends in .md), or to a file of the site."""
        target = page_url(path, self.directory_urls) if path.endswith(".md") else path
        return relative_url(target, self.address)

    def title(self, path: str) -> str:
        """The title of a page."""
        return self.project.page(path).meta.title

    def prints(self, row: R) -> R:
        """The row, noted as printed on this page; whoever renders a row says so here."""
        self.used.rows.add(row.id)
        return row

    def prints_list(self, name: str) -> None:
        """Note a list of a data file beside its rows, such as preparations.syringes, as printed on this page."""
        self.used.rows.add(name)


class Contexts:
    """The contexts of all pages of one build; each page has one, from its first macro on."""

    def __init__(self, project: Project, bibliography: Bibliography | None = None, directory_urls: bool = True):
        self.project = project
        self.directory_urls = directory_urls
        self._bibliography = bibliography or Bibliography(project.published.references)
        self._made: dict[str, PageContext] = {}
        self._pages = {page.path: page for page in project.pages}

    def of(self, path: str, address: str) -> PageContext:
        """The context of the page docs/`path`, whose links lead from `address`."""
        if path not in self._made:
            used = Used()
            citations = PageCitations(self._bibliography, used.sources)
            self._made[path] = PageContext(
                self.project, self._pages[path], address, self._bibliography, citations, used, self.directory_urls
            )
        return self._made[path]

    def used(self) -> dict[str, Used]:
        """What each page used, by its path; a page without macros used nothing."""
        return {path: self._made[path].used if path in self._made else Used() for path in self._pages}
