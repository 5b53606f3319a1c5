"""Every sheet of the site: the handouts, the book, and each page that is not the page of a handout."""

from pathlib import Path

from ..content.project import Project
from ..rendering.glossary import definitions
from .book import book_sheet
from .sheets import Sheet, handout_sheet, page_sheet


def all_sheets(built: Path, project: Project) -> list[Sheet]:
    """The sheets of the site that was built in the folder `built`.

    Raises ExtractionError.
    """
    by_path = {page.path: page for page in project.pages}
    plain_terms = definitions(project.data, patient=True)
    handouts = project.data.handouts.handouts
    address = project.site.address
    # The page of a sheet is printed as that sheet.
    own = {f"handouts/{handout.id}.md" for handout in handouts}
    return [
        *(
            book_sheet(built, handout, project)
            if handout.book
            else handout_sheet(built, handout, by_path, plain_terms, address)
            for handout in handouts
        ),
        *(page_sheet(built, page, address) for page in project.pages if page.path not in own),
    ]
