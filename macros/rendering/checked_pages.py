"""All pages, read and checked against the data."""

from collections.abc import Iterator
from pathlib import Path

from ..content.faults import ContentError, Fault
from ..content.load import Data
from ..content.page_checks import _check_claims, _check_named_pages, _check_unused, _fault_in_row
from ..content.pages import Page, _read_page
from . import prose


def load_pages(root: Path, data: Data) -> list[Page]:
    """Read and check every page below docs/.

    Raises ContentError with every fault found.
    """
    faults: list[Fault] = []
    pages = []
    for path in sorted((root / "docs").rglob("*.md")):
        name = path.relative_to(root / "docs").as_posix()
        page = _read_page(path, name, faults)
        if page is not None:
            pages.append(page)
    if not faults:
        faults.extend(_check_named_pages(root, pages, data))
        faults.extend(_check_claims(pages, data))
        faults.extend(_check_placeholders(root, data))
        faults.extend(_check_unused(pages, data))
    if faults:
        raise ContentError(faults)
    return pages


# The fields whose words may quote the data, by section.
_QUOTING = {
    "questions": ("question", "choices", "answer", "reason"),
    "figures": ("title", "description", "caption"),
}


def _check_placeholders(root: Path, data: Data) -> Iterator[Fault]:
    """Every placeholder in the words of a question or a figure names something that can be printed."""
    for section, fields in _QUOTING.items():
        for index, row in enumerate(getattr(getattr(data, section), section)):
            for field in fields:
                said = getattr(row, field)
                for words in [said] if isinstance(said, str) else said:
                    try:
                        prose.fill(data, words)
                    except ValueError as error:
                        yield _fault_in_row(root, section, index, row, field, str(error))
