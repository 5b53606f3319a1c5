"""Rules between pages and rows."""

import re
from collections.abc import Iterator
from pathlib import Path

from .faults import Fault, did_you_mean
from .files import FOLDER, REFERENCES_FILE
from .load import Data
from .named_values import placeholder_faults
from .pages import Page
from .rows.base import Row
from .strict_reader import read_source

# The fields whose words may quote the data, by section.
_QUOTING = {
    "questions": ("question", "choices", "answer", "reason"),
    "figures": ("title", "description", "caption"),
}


def page_faults(root: Path, pages: list[Page], data: Data) -> Iterator[Fault]:
    """What does not agree between the pages and the rows."""
    yield from _check_named_pages(root, pages, data)
    yield from _check_claims(pages, data)
    yield from _check_placeholders(root, data)
    yield from _check_unused(pages, data)


def _check_unused(pages: list[Page], data: Data) -> Iterator[Fault]:
    """Every source is cited by a row or a page; a list that nobody uses rots."""
    cited = {key for row in data.rows.values() for key in row.refs}
    cited |= {key for row in data.technique.disagreements for position in row.positions for key in position.refs}
    for page in pages:
        for call in re.findall(r"cite\(([^)]*)\)", page.text):
            cited.update(re.findall(r"[\"'](\w+)[\"']", call))
    for key in data.references:
        if key not in cited:
            name = f"docs/data/{REFERENCES_FILE}"
            yield Fault(name, 1, key, "", "cited by no row and no page; cite it or remove it")


def _check_named_pages(root: Path, pages: list[Page], data: Data) -> Iterator[Fault]:
    """Every page that a row of the data names is there."""
    known = {page.path for page in pages}
    for section, rows, fields in (
        ("claims", data.claims.claims, ("pages",)),
        ("handouts", data.handouts.handouts, ("page", "sections")),
        ("questions", data.questions.questions, ("page",)),
        ("changes", data.changes.changes, ("pages",)),
    ):
        for index, row in enumerate(rows):
            for field in fields:
                named = getattr(row, field)
                for name in [named] if isinstance(named, str) else named:
                    path = name.partition("#")[0]
                    if path not in known:
                        problem = f"no page docs/{path}{did_you_mean(path, known)}"
                        yield fault_in_row(root, section, index, row, field, problem)


def _check_placeholders(root: Path, data: Data) -> Iterator[Fault]:
    """Every placeholder in the words of a question or a figure names something that can be printed."""
    for section, fields in _QUOTING.items():
        for index, row in enumerate(getattr(getattr(data, section), section)):
            for field in fields:
                said = getattr(row, field)
                for words in [said] if isinstance(said, str) else said:
                    for problem in placeholder_faults(data, words):
                        yield fault_in_row(root, section, index, row, field, problem)


def fault_in_row(root: Path, section: str, index: int, row: Row, field: str, problem: str) -> Fault:
    """A fault of a field of the row `index` of a section, with its line."""
    # The file is read again for its line numbers; that happens only when something is wrong.
    name = f"{FOLDER}/{section}.yml"
    source = read_source(root / name, name)
    return Fault(name, source.line((section, index, field)), row.id, field, problem)


def _check_claims(pages: list[Page], data: Data) -> Iterator[Fault]:
    texts = {page.path: page.text for page in pages}
    for claim in data.claims.claims:
        for path in claim.pages:
            if path in texts and f'claim("{claim.id}")' not in texts[path]:
                wanted = '{{ claim("' + claim.id + '") }}'
                yield Fault(f"docs/{path}", 1, claim.id, "", f"the page is to deal with this claim; add {wanted}")
