"""What is new since a day: publications, decisions of the FDA, recalls, entries of trials; and what it touches."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar

from ..content.load import Data
from ..content.rows.editorial import OpenQuestion
from ..content.rows.watch import Product, Search, Watched
from . import openfda, pubmed, trials
from .ask import Asker, RefusedError
from .entry import Entry
from .verify import Progress

T = TypeVar("T")
# All words of every row and source, by its id.
Texts = Mapping[str, str]
_NCT = re.compile(r"NCT\d{8}")
_NAMED = 6  # rows of a region


@dataclass
class News:
    """Something new: when, what, where it can be read, and the rows, questions and sources that it may touch."""

    day: str
    title: str
    address: str
    names: list[str] = field(default_factory=list)  # ids of what names it
    touches: list[str] = field(default_factory=list)  # what it may touch, in words


@dataclass
class Since:
    """What is new since a day, by kind, and what could not be asked."""

    since: str
    until: str
    publications: list[News] = field(default_factory=list)
    decisions: list[News] = field(default_factory=list)
    recalls: list[News] = field(default_factory=list)
    trials: list[News] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)


def ask_for_news(asker: Asker, data: Data, since: str, until: str, progress: Progress[Any]) -> Since:
    """All that is new from one day to another of what docs/data/watch.yml asks for, and of the trials cited."""
    made = Since(since, until)
    texts = dict(_texts(data))
    made.publications = _publications(asker, data, made, progress, texts)
    for product in data.watch.products:
        numbers, names = product.pma_numbers, product.names
        for number in numbers:
            decided = _tried(made, partial(openfda.supplements, asker, number, since, until))
            made.decisions += [_decision(data, product, row, texts) for row in decided or ()]
        recalled = _tried(made, partial(openfda.recalls, asker, numbers, names, since, until))
        made.recalls += [_recall(data, product, row, texts) for row in recalled or ()]
    for number, cited in progress(list(_trials(texts).items()), "trials"):
        made.trials += _trial(asker, made, number, cited)
    for kind in (made.publications, made.decisions, made.recalls, made.trials):
        kind.sort(key=lambda news: (news.day, news.title), reverse=True)
    return made


def _publications(asker: Asker, data: Data, made: Since, progress: Progress[Any], texts: Texts) -> list[News]:
    """What is new in PubMed and not among the sources yet, each once, with every search that found it."""
    products = {product.id: product for product in data.watch.products}
    found: dict[str, list[Search]] = {}
    for search in progress(data.watch.searches, "searches"):
        words = products[search.product].words
        query = f"({words}) AND ({search.words})" if search.words else words
        result = _tried(made, partial(pubmed.new, asker, query, made.since, made.until))
        if result:
            made.troubles += [f"docs/data/watch.yml: {search.id}: PubMed {problem}" for problem in result.odd]
            for number in result.numbers:
                found.setdefault(number, []).append(search)
    known = {number for source in data.references.values() for number in source.numbers.items()}
    entries = (_tried(made, partial(pubmed.entries, asker, list(found))) or {}).values()
    return [
        _publication(data, entry, found.get(entry.said["PMID"][0], []), texts)
        for entry in entries
        if not known & {(name, str(form).lower()) for name in ("PMID", "DOI") for form in entry.said.get(name, ())}
    ]


def _publication(data: Data, entry: Entry, searches: list[Search], texts: Texts) -> News:
    pmid = entry.said["PMID"][0]
    place = entry.said.get("container-title", ("",))[0]
    notices = "".join(f" [{notice.kind}]" for notice in entry.notices)
    title = f"{entry.said.get('title', ('without a title',))[0]}. {place}{notices}"
    numbers = [str(number) for name in ("PMID", "DOI") for number in entry.said.get(name, ())]
    address = f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/"
    return News(entry.day, title, address, _names(texts, numbers), _touched(data, searches))


def _decision(data: Data, product: Product, row: openfda.Supplement, texts: Texts) -> News:
    decided = f" ({row.decision_code})" if row.decision_code else ""
    numbers = [row.number, row.number.replace("/", "")]
    title = f"{row.number}{decided}: {row.title}"
    return News(row.decision_date, title, row.address, _names(texts, numbers), _touched(data, [product]))


def _recall(data: Data, product: Product, row: openfda.Recall, texts: Texts) -> News:
    title = f"{row.number}: {row.title}"
    return News(row.day, title, row.address, _names(texts, [row.number]), _touched(data, [product]))


def _trial(asker: Asker, made: Since, number: str, cited: list[str]) -> Iterator[News]:
    trial = _tried(made, partial(trials.entry, asker, number))
    if trial and made.since <= trial.changed <= made.until:
        yield News(trial.changed, f"{number}: {trial.title}", trial.address, cited)


def _trials(texts: Texts) -> dict[str, list[str]]:
    """The numbers of trials that sources and rows name, each with their ids."""
    found: dict[str, list[str]] = {}
    for name, text in texts.items():
        for number in dict.fromkeys(_NCT.findall(text)):
            found.setdefault(number, []).append(name)
    return found


def _names(texts: Texts, numbers: Iterable[str]) -> list[str]:
    """The ids of the sources and rows whose words have one of these numbers."""
    wanted = re.compile("|".join(rf"(?<!\w){re.escape(number)}(?!\w)" for number in numbers if number), re.IGNORECASE)
    return [name for name, text in texts.items() if wanted.pattern and wanted.search(text)]


def _texts(data: Data) -> Iterator[tuple[str, str]]:
    """Every row and source by its id, with all its words."""
    rows: list[Any] = [*data.references.values(), *(row for row in data.rows.values() if not isinstance(row, Watched))]
    for row in rows:
        yield row.id, str(row.model_dump(exclude_none=True))


def _touched(data: Data, asked: Iterable[Watched]) -> list[str]:
    """What an answer to these may touch: the rows of the regions, and open questions."""
    asked = list(asked)
    regions = dict.fromkeys(region for row in asked if isinstance(row, Search) for region in row.regions)
    touched = []
    for region in regions:
        rows = [row.id for row in data.protocols.protocols if row.region == region]
        rows += [row.id for row in data.outcomes.outcomes if row.region == region]
        more = f" and {len(rows) - _NAMED} more" if len(rows) > _NAMED else ""
        touched.append(f"region {region}: {', '.join(rows[:_NAMED])}{more}" if rows else f"region {region}")
    questions = {question for row in asked for question in row.questions}
    return touched + [row.id for row in data.rows.values() if isinstance(row, OpenQuestion) and row.id in questions]


def _tried(made: Since, ask: Callable[[], T]) -> T | None:
    """What a service answers; nothing, and a trouble that is told, when it gives no answer that can be used."""
    try:
        return ask()
    except RefusedError as error:
        made.troubles.append(str(error))
        return None
