"""Rules between rows and between files."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .csl import Reference
from .faults import Fault, did_you_mean
from .files import FOLDER, PreparationsFile, ProductFile, RegionsFile
from .rows.base import Row
from .rows.editions import Change, Handout
from .rows.technique import Disagreement, Step
from .strict_reader import Place, Source


@dataclass(frozen=True)
class _Located:
    """A row and where it stands."""

    row: Row
    source: Source
    place: Place

    def fault(self, field: str, problem: str, *deeper: str | int) -> Fault:
        place = (*self.place, field, *deeper)
        return Fault(self.source.name, self.source.line(place), self.row.id, field, problem)


def _duplicate_ids(located: list[_Located]) -> Iterator[Fault]:
    first: dict[str, _Located] = {}
    for entry in located:
        if entry.row.id in first:
            other = first[entry.row.id]
            where = f"{other.source.name}:{other.source.line((*other.place, 'id'))}"
            yield entry.fault("id", f"used twice, first at {where}; ids are unique")
        first.setdefault(entry.row.id, entry)


def _cross_check(located: list[_Located], references: dict[str, Reference], files: dict[str, Any]) -> Iterator[Fault]:
    yield from _duplicate_ids(located)
    ids = {entry.row.id for entry in located}
    hidden = {entry.row.id for entry in located if not entry.row.publish}
    regions = {row.id for row in files["regions"].regions}
    presentations = {row.id for row in files["product"].presentations}
    claims = {row.id for row in files["claims"].claims}
    terms = {row.id for row in files["glossary"].terms}
    for entry in located:
        yield from _check_citations(entry, references)
        for field, known, what in (
            ("region", regions, "regions.yml"),
            ("regions", regions, "regions.yml"),
            ("claims", claims, "claims.yml"),
            ("see_also", terms, "glossary.yml"),
            ("conflicts_with", ids, "the data files"),
        ):
            yield from _check_names(entry, field, known, what)
        for field in ("region", "regions"):
            yield from _check_hidden(entry, field, hidden)
    yield from _check_named_regions(located, files["regions"])
    yield from _check_preparations(files["preparations"], presentations, hidden, files["product"])


def _check_citations(entry: _Located, references: dict[str, Reference]) -> Iterator[Fault]:
    for index, key in enumerate(entry.row.refs):
        if key not in references:
            hint = did_you_mean(key, references)
            yield entry.fault("refs", f"no source '{key}' in references.json{hint}", index)
    for index, position in enumerate(getattr(entry.row, "positions", [])):
        for key in position.refs:
            if key not in references:
                hint = did_you_mean(key, references)
                yield entry.fault("positions", f"no source '{key}' in references.json{hint}", index)
    if entry.row.publish and not entry.row.refs and not isinstance(entry.row, Change | Handout):
        yield entry.fault("refs", "expected at least one citation key on a row that is printed, got none")


def _check_names(entry: _Located, field: str, known: set[str], where: str) -> Iterator[Fault]:
    named = getattr(entry.row, field, None)
    for name in [named] if isinstance(named, str) else named or []:
        if name not in known:
            yield entry.fault(field, f"no '{name}' in {where}{did_you_mean(name, known)}")


def _check_hidden(entry: _Located, field: str, hidden: set[str]) -> Iterator[Fault]:
    """A row that is printed names no region whose status may not be printed."""
    named = getattr(entry.row, field, None)
    for name in [named] if isinstance(named, str) else named or []:
        if entry.row.publish and name in hidden:
            yield entry.fault(field, f"'{name}' is not to be published (publish: false); nor is this row, then")


def _check_named_regions(located: list[_Located], regions: RegionsFile) -> Iterator[Fault]:
    """A step or a disagreement that names a region prints its label mark; `regions` says which."""
    for entry in located:
        if isinstance(entry.row, Step):
            words = f"{entry.row.title} {entry.row.warning or ''} {entry.row.do}".lower()
        elif isinstance(entry.row, Disagreement):
            words = " ".join([entry.row.take, *(position.says for position in entry.row.positions)]).lower()
        else:
            continue
        for region in regions.regions:
            named = re.search(rf"\b{re.escape(region.name.split(' (')[0].lower())}\b", words)
            if named and region.id not in entry.row.regions:
                yield entry.fault(
                    "regions", f"the row names '{named[0]}'; add {region.id}, so that its label mark is printed"
                )


def _check_preparations(
    chosen: PreparationsFile, presentations: set[str], hidden: set[str], product: ProductFile
) -> Iterator[Fault]:
    name = f"{FOLDER}/preparations.yml"
    for presentation in chosen.presentations:
        if presentation not in presentations:
            hint = did_you_mean(presentation, presentations)
            yield Fault(name, 1, "", "presentations", f"no '{presentation}' in product.yml{hint}")
        elif presentation in hidden:
            yield Fault(name, 1, "", "presentations", f"'{presentation}' is not to be published; take it out")
    for field in ("presentations", "syringes"):
        values = getattr(chosen, field)
        if len(set(values)) != len(values):
            yield Fault(name, 1, "", field, "a value stands twice; keep one")
    if not any(row.publish for row in chosen.ratios):
        yield Fault(name, 1, "", "ratios", "expected at least one ratio that is published, got none")
    if not any(part.id == "caha-microspheres" and part.share_percent for part in product.composition):
        yield Fault(f"{FOLDER}/product.yml", 1, "caha-microspheres", "share_percent", "missing; the tables need it")
