"""Rules between rows and between files."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from .csl import Reference
from .faults import Fault, did_you_mean, shown
from .files import Files
from .rows.base import Row
from .rows.editorial import Change, Decision, Handout, Pack
from .rows.indications import Diluent, Indication, Jurisdiction
from .rows.label import Region
from .rows.product import Presentation
from .rows.studies import Outcome
from .rows.technique import Disagreement, Protocol, Step
from .rows.watch import Search
from .strict_reader import DataFile, Place


@dataclass(frozen=True)
class Located:
    """A row or a source, and where it stands."""

    row: Row | Reference
    file: DataFile
    place: Place

    def fault(self, field: str, problem: str, *deeper: str | int) -> Fault:
        """What is wrong with a field; `deeper` is the place inside it."""
        place = (*self.place, field, *deeper)
        return Fault(self.file.name, self.file.line(place), self.row.id, field, problem)

    def texts(self, field: str) -> list[tuple[str, tuple[int | str, ...]]]:
        """The texts that a field holds, one or a list of them, each with its place in the field."""
        value = vars(self.row).get(field)
        if isinstance(value, str):
            return [(value, ())]
        if isinstance(value, dict):
            return [(name, (name,)) for name in value]
        return [(text, (index,)) for index, text in enumerate(value or [])]


def duplicate_ids(located: Iterable[Located]) -> Iterator[Fault]:
    """Every id that stands twice, among the rows or among the sources."""
    first: dict[tuple[bool, str], Located] = {}
    for entry in located:
        other = first.setdefault((isinstance(entry.row, Row), entry.row.id), entry)
        if other is not entry:
            where = f"{other.file.name}:{other.file.line((*other.place, 'id'))}"
            yield entry.fault("id", f"used twice, first at {where}; ids are unique")


def publications_twice(located: Iterable[Located]) -> Iterator[Fault]:
    """Every publication that stands under two keys; it would be printed and counted twice."""
    first: dict[tuple[str, str], Located] = {}
    for entry in located:
        if not isinstance(entry.row, Reference):
            continue
        for field, number in entry.row.numbers.items():
            other = first.setdefault((field, number), entry)
            if other is not entry and other.row.id != entry.row.id:
                where = f"'{other.row.id}' ({other.file.name}:{other.file.line((*other.place, 'id'))})"
                known = getattr(entry.row, field)
                given = shown(known) if known else f"{field} {number}"
                yield entry.fault(
                    field if known else "URL",
                    f"{given} is also that of {where}; keep one of the two keys, and cite that for both",
                )
                break


def cross_check(located: list[Located], content: Files, read: dict[str, DataFile]) -> Iterator[Fault]:
    """Whatever a row or a file says that another one does not bear out."""
    rows = {entry.row.id for entry in located if isinstance(entry.row, Row)}
    sources = {entry.row.id for entry in located if isinstance(entry.row, Reference)}
    hidden = {entry.row.id for entry in located if isinstance(entry.row, Row) and not entry.row.publish}
    regions = {row.id for row in content.regions.regions}
    diluents = {row.id for row in content.indications.diluents}
    jurisdictions = {row.id for row in content.indications.jurisdictions}
    presentations = {row.id for row in content.product.presentations}
    named = {
        "region": (regions, "regions.yml"),
        "regions": (regions, "regions.yml"),
        "claims": ({row.id for row in content.claims.claims}, "claims.yml"),
        "see_also": ({row.id for row in content.glossary.terms}, "glossary.yml"),
        "conflicts_with": (rows, "the data files"),
        "questions": ({row.id for row in content.open_questions.open_questions}, "open_questions.yml"),
    }
    of_kind: dict[type[Row], dict[str, tuple[set[str], str]]] = {
        Protocol: {"diluents": (diluents, "indications.yml")},
        Outcome: {"diluents": (diluents, "indications.yml")},
        Diluent: {"may_be": (diluents, "indications.yml")},
        Search: {"product": ({row.id for row in content.watch.products}, "watch.yml")},
        Presentation: {"sold_in": (jurisdictions, "indications.yml")},
        Region: {"regulator_says": (jurisdictions, "indications.yml")},
        Indication: {
            "diluents": (diluents, "indications.yml"),
            "jurisdiction": (jurisdictions, "indications.yml"),
            "presentations": (presentations, "product.yml"),
            "approval": ({row.id for row in content.approvals.approvals}, "approvals.yml"),
        },
    }
    for entry in located:
        if not isinstance(entry.row, Row):
            continue
        yield from _citations(entry, entry.row, sources)
        here = of_kind.get(type(entry.row), {})
        for field, (known, where) in (named | here).items():
            yield from _names(entry, field, known, where)
        if entry.row.publish:
            yield from _hidden_names(entry, ("region", "regions", "sheets", *here), hidden)
        yield from _named_regions(entry, content)
        for field in ("audience", "papers", *(("sheets",) if isinstance(entry.row, Pack) else ())):
            yield from _words_twice(entry, field)
    yield from _packed(located, content)
    yield from _decided(located, rows | sources)
    yield from _preparations(content, hidden, read)
    yield from _newest_first(located)


def _citations(entry: Located, row: Row, sources: set[str]) -> Iterator[Fault]:
    cited: list[tuple[str, tuple[str | int, ...], str]] = [("refs", (n,), key) for n, key in enumerate(row.refs)]
    if isinstance(row, Disagreement):
        for number, position in enumerate(row.positions):
            cited += [("positions", (number, "refs", n), key) for n, key in enumerate(position.refs)]
    for field, place, key in cited:
        if key not in sources:
            hint = did_you_mean(key, sources)
            yield entry.fault(field, f"no source '{key}' in references.json{hint}", *place)
    if row.publish and not row.refs and not isinstance(row, Change | Handout | Pack | Jurisdiction | Diluent):
        yield entry.fault("refs", "expected at least one citation key on a row that is printed, got none")


def _names(entry: Located, field: str, known: set[str], where: str) -> Iterator[Fault]:
    for name, place in entry.texts(field):
        if name not in known:
            yield entry.fault(field, f"no '{name}' in {where}{did_you_mean(name, known)}", *place)


def _hidden_names(entry: Located, fields: Iterable[str], hidden: set[str]) -> Iterator[Fault]:
    """A row that is printed names no region, syringe, diluent or jurisdiction that may not be printed."""
    for field in fields:
        for name, place in entry.texts(field):
            if name in hidden:
                problem = f"'{name}' is not to be published (publish: false); nor is this row, then"
                yield entry.fault(field, problem, *place)


def _named_regions(entry: Located, content: Files) -> Iterator[Fault]:
    """A step or a disagreement that names a region prints its label mark; `regions` says which."""
    row = entry.row
    if isinstance(row, Step):
        words = f"{row.title} {row.warning or ''} {row.do}".lower()
    elif isinstance(row, Disagreement):
        words = " ".join([row.take, *(position.says for position in row.positions)]).lower()
    else:
        return
    for region in content.regions.regions:
        named = re.search(rf"\b{re.escape(region.name.split(' (')[0].lower())}\b", words)
        if named and region.id not in row.regions:
            problem = f"the row names '{named[0]}'; add {region.id}, so that its label mark is printed"
            yield entry.fault("regions", problem)


def _words_twice(entry: Located, field: str) -> Iterator[Fault]:
    """Each reader and each paper is named once: a print is made for each."""
    words = [text for text, _ in entry.texts(field)]
    for index, word in enumerate(words):
        if word in words[:index]:
            yield entry.fault(field, f"{word} stands twice; keep one", index)


def _packed(located: list[Located], content: Files) -> Iterator[Fault]:
    """A pack holds sheets that are there, for its readers, and none of a region to avoid."""
    sheets = {row.id: row for row in content.handouts.handouts}
    packs = {row.id: row for row in content.handouts.packs}
    avoided = {row.id for row in content.regions.regions if row.caution == "avoid"}
    for entry in located:
        if not isinstance(entry.row, Pack):
            continue
        for index, name in enumerate(entry.row.sheets):
            sheet = sheets.get(name)
            if name in packs:
                within = ", ".join(packs[name].sheets)
                problem = f"'{name}' is a pack, expected sheets; name those of it: {within}"
            elif sheet is None:
                problem = f"no sheet '{name}' in handouts.yml{did_you_mean(name, sheets)}"
            elif sheet.book:
                problem = f"'{name}' is the book, expected sheets; take it out"
            elif sheet.region in avoided:
                problem = f"'{name}' is the sheet of a region to avoid ({sheet.region} in regions.yml); take it out"
            elif "patient" in entry.row.audience and "patient" not in sheet.audience:
                problem = f"'{name}' is not for patients, as this pack is; take it out, or change the audience"
            else:
                continue
            yield entry.fault("sheets", problem, index)
        papers = [set(sheets[name].papers) for name in entry.row.sheets if name in sheets]
        if papers and not set.intersection(*papers):
            yield entry.fault("sheets", "no paper is common to all of them; give them one in their `papers`")


def _decided(located: list[Located], known: set[str]) -> Iterator[Fault]:
    """A decision names rows and sources that are there, unless it is that they went."""
    for entry in located:
        if not isinstance(entry.row, Decision) or entry.row.decision == "retired":
            continue
        for index, name in enumerate(entry.row.rows):
            if name not in known:
                cure = did_you_mean(name, known) or "; if it went on purpose, write decision: retired"
                yield entry.fault("rows", f"no row and no source '{name}'{cure}", index)


def _preparations(content: Files, hidden: set[str], read: dict[str, DataFile]) -> Iterator[Fault]:
    chosen, file = content.preparations, read["preparations"]

    def fault(field: str, problem: str, *deeper: int) -> Fault:
        return Fault(file.name, file.line((field, *deeper)), "", field, problem)

    known = {row.id for row in content.product.presentations}
    for index, presentation in enumerate(chosen.presentations):
        if presentation not in known:
            problem = f"no '{presentation}' in product.yml{did_you_mean(presentation, known)}"
            yield fault("presentations", problem, index)
        elif presentation in hidden:
            yield fault("presentations", f"'{presentation}' is not to be published; take it out", index)
    for field in ("presentations", "syringes"):
        values = getattr(chosen, field)
        for index, value in enumerate(values):
            if value in values[:index]:
                yield fault(field, f"{value} stands twice; keep one", index)
    if not any(row.publish for row in chosen.ratios):
        yield fault("ratios", "expected at least one ratio that is published, got none")
    composition = content.product.composition
    if not any(part.id == "caha-microspheres" and part.share_percent for part in composition):
        rows = [index for index, part in enumerate(composition) if part.id == "caha-microspheres"]
        line = read["product"].line(("composition", *rows, "share_percent"))
        yield Fault(read["product"].name, line, "caha-microspheres", "share_percent", "missing; the tables need it")


def _newest_first(located: list[Located]) -> Iterator[Fault]:
    """The first entry of the record of changes is the newest; everything built bears its day."""
    changes = [(entry, entry.row) for entry in located if isinstance(entry.row, Change)]
    for (_, above), (entry, row) in pairwise(changes):
        if _order(row) > _order(above):
            problem = f"{row.version} of {row.date} stands below {above.version} of {above.date}; put the newest first"
            yield entry.fault("version", problem)


def _order(change: Change) -> tuple[list[int], str]:
    return [int(part) for part in change.version.split(".")], change.date
