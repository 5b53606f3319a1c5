"""Rules between pages and rows."""

from collections.abc import Iterator

from .addresses import large_slug, slug_of
from .faults import Fault, did_you_mean
from .load import Data
from .named_values import placeholder_faults
from .published import publish
from .rows.base import Row
from .rows.editorial import Figure, Handout, Pack, Question
from .rows.label import Region
from .rows.studies import Outcome

# The fields whose words may quote the data.
_QUOTING: dict[type, tuple[str, ...]] = {
    Question: ("question", "choices", "answer", "reason"),
    Figure: ("title", "description", "caption"),
}


def page_faults(paths: list[str], data: Data) -> Iterator[Fault]:
    """What rows say of pages, and of other rows in their words, that is not there; `paths` are those of all pages."""
    yield from _named_pages(paths, data)
    yield from _names_of_prints(paths, data)
    yield from _placeholders(data)


def _named_pages(known: list[str], data: Data) -> Iterator[Fault]:
    """Every page that a row of the data names is there."""
    for entry in data.located():
        for field in ("page", "pages", "sections"):
            for name, place in entry.texts(field) if isinstance(entry.row, Row) else ():
                path = name.partition("#")[0]
                if path not in known:
                    yield entry.fault(field, f"no page docs/{path}{did_you_mean(path, known)}", *place)
        row = entry.row
        if isinstance(row, Region) and row.publish and row.page is None and row.home and row.home not in known:
            yield entry.fault("page", f"missing; name the page that treats the region, or write docs/{row.home}")


def _names_of_prints(paths: list[str], data: Data) -> Iterator[Fault]:
    """No handout and no pack has the name of another print: of a page printed whole, or of a large print."""
    pages = {slug_of(path): f"docs/{path}" for path in paths}
    large = {large_slug(row.id): f"'{row.id}' in large print" for row in data.handouts.handouts if row.large_print}
    for entry in data.located():
        row = entry.row
        if not isinstance(row, Handout | Pack):
            continue
        if other := pages.get(row.id) or large.get(row.id):
            yield entry.fault("id", f"{other} is printed under this name already; take another")
        if isinstance(row, Handout) and row.large_print and (other := pages.get(large_slug(row.id))):
            problem = f"{other} is printed as {large_slug(row.id)} already; take another id, or write false"
            yield entry.fault("large_print", problem)


def _placeholders(data: Data) -> Iterator[Fault]:
    """Every placeholder in the words of a question, a figure or a comparison names something that can be printed."""
    shown = publish(data)
    for entry in data.located():
        quoting = [(field, *text) for field in _QUOTING.get(type(entry.row), ()) for text in entry.texts(field)]
        public = shown.rows.get(entry.row.id)
        if isinstance(public, Outcome) and public.comparison:
            quoting += [("comparison", words, place) for words, place in public.comparison.quoting()]
        for field, words, place in quoting:
            for problem in placeholder_faults(shown, words):
                yield entry.fault(field, problem, *place)
