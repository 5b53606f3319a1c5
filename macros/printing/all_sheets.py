"""Every sheet of the site: the handouts, the book, and each page that is not the page of a handout."""

from pathlib import Path

from ..content.load import Data
from ..content.pages import Page
from ..content.settings import Imprint
from ..rendering.glossary import definitions
from .book import book_sheet
from .sheets import Sheet, handout_sheet, page_sheet


def all_sheets(
    site: Path, pages: list[Page], tree: list[tuple[str, list[str]]], data: Data, imprint: Imprint
) -> list[Sheet]:
    """The sheets of the built `site`; `tree` is the page tree: sections with the paths of their pages.

    Raises ExtractionError.
    """
    by_path = {page.path: page for page in pages}
    plain_terms = definitions(data, patient=True)
    handouts = data.handouts.handouts
    # The page of a sheet is printed as that sheet.
    own = {f"handouts/{handout.id}.md" for handout in handouts}
    parts = [(name, [by_path[path] for path in paths]) for name, paths in tree]
    return [
        *(
            book_sheet(site, handout, parts, data, imprint)
            if handout.book
            else handout_sheet(site, handout, by_path, plain_terms, imprint.site_url)
            for handout in handouts
        ),
        *(page_sheet(site, page, imprint.site_url) for page in pages if page.path not in own),
    ]
