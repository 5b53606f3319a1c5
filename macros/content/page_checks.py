"""Rules between pages and rows."""

import re
from collections.abc import Iterator

from .faults import Fault, did_you_mean
from .load import Data
from .named_values import placeholder_faults
from .pages import Page
from .rows.base import Row
from .rows.editorial import Figure, Question

# The fields whose words may quote the data.
_QUOTING: dict[type, tuple[str, ...]] = {
    Question: ("question", "choices", "answer", "reason"),
    Figure: ("title", "description", "caption"),
}


def page_faults(paths: list[str], pages: list[Page], data: Data) -> Iterator[Fault]:
    """What does not agree between the rows and the pages; `paths` are those of all pages, `pages` the readable ones."""
    yield from _named_pages(paths, data)
    yield from _placeholders(data)
    if len(pages) == len(paths):
        yield from _check_claims(pages, data)
        yield from _check_unused(pages, data)


def _check_unused(pages: list[Page], data: Data) -> Iterator[Fault]:
    """Every source is cited by a row or a page; a list that nobody uses rots."""
    cited = {key for row in data.rows.values() for key in row.refs}
    cited |= {key for row in data.technique.disagreements for position in row.positions for key in position.refs}
    for page in pages:
        for call in re.findall(r"cite\(([^)]*)\)", page.text):
            cited.update(re.findall(r"[\"'](\w+)[\"']", call))
    for key, source in data.references.items():
        if key not in cited:
            yield data.fault(source, "id", "cited by no row and no page; cite it or remove it")


def _check_claims(pages: list[Page], data: Data) -> Iterator[Fault]:
    texts = {page.path: page.text for page in pages}
    for claim in data.claims.claims:
        for index, path in enumerate(claim.pages):
            if path in texts and f'claim("{claim.id}")' not in texts[path]:
                wanted = '{{ claim("' + claim.id + '") }}'
                problem = f"docs/{path} does not deal with this claim; add {wanted} there, or take the page out here"
                yield data.fault(claim, "pages", problem, index)


def _named_pages(known: list[str], data: Data) -> Iterator[Fault]:
    """Every page that a row of the data names is there."""
    for entry in data.located():
        for field in ("page", "pages", "sections"):
            for name, place in entry.texts(field) if isinstance(entry.row, Row) else ():
                path = name.partition("#")[0]
                if path not in known:
                    yield entry.fault(field, f"no page docs/{path}{did_you_mean(path, known)}", *place)


def _placeholders(data: Data) -> Iterator[Fault]:
    """Every placeholder in the words of a question or a figure names something that can be printed."""
    for entry in data.located():
        for field in _QUOTING.get(type(entry.row), ()):
            for words, place in entry.texts(field):
                for problem in placeholder_faults(data, words):
                    yield entry.fault(field, problem, *place)
