"""Pages that stand elsewhere now: old addresses, each with the page that took its place."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from .faults import Fault
from .pages import Page


@dataclass
class Moved:
    """An old page: the page that took its place, and the pages that took its sections, by their old anchors."""

    path: str
    to: Page | None = None
    sections: dict[str, Page] = field(default_factory=dict)


def moved_pages(pages: Sequence[Page]) -> list[Moved]:
    """Every page that stands elsewhere now, sorted; `formerly` in the front matter of `pages` names them."""
    found: dict[str, Moved] = {}
    for page in pages:
        for name in page.meta.formerly:
            path, _, anchor = name.partition("#")
            old = found.setdefault(path, Moved(path))
            if anchor:
                old.sections.setdefault(anchor, page)
            elif old.to is None:
                old.to = page
    return [found[path] for path in sorted(found)]


def moved_faults(pages: Sequence[Page]) -> Iterator[Fault]:
    """What cannot be led on: an address that is still that of a page, one claimed twice, a section without its page."""
    paths = {page.path for page in pages}
    claimed: dict[str, str] = {}
    for page in pages:
        for name in page.meta.formerly:
            if name.partition("#")[0] in paths:
                yield _fault(
                    page, f"docs/{name.partition('#')[0]} is a page still; take it out here, or move that page"
                )
            elif name in claimed:
                yield _fault(page, f"'{name}' leads to docs/{claimed[name]} already; keep one")
            claimed.setdefault(name, page.path)
    for old in moved_pages(pages):
        if old.to is None:
            page = next(iter(old.sections.values()))
            problem = f"no page took the place of the whole of '{old.path}'; write that under `formerly` of one"
            yield _fault(page, problem)


def _fault(page: Page, problem: str) -> Fault:
    return Fault(f"docs/{page.path}", 1, "", "formerly", problem)
