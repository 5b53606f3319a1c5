"""Compare the sources with what Crossref and PubMed hold of them, and write what a person asked to be written."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from ..content.add_sources import PATH
from ..content.csl import Reference
from ..content.load import Data
from . import crossref, pubmed
from .ask import Asker, RefusedError
from .compare import Finding, another, compare
from .complete import Sources
from .entry import NOTICES, Entry, Notice

T = TypeVar("T")
# How far something is: an iterable and its word, and the same again.
Progress = Callable[[Iterable[T], str], Iterable[T]]


@dataclass
class Compared:
    """A source, what the registers hold of it, and what was found."""

    source: Reference
    entries: list[Entry] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)  # why a register could not be compared
    findings: list[Finding] = field(default_factory=list)
    written: list[str] = field(default_factory=list)  # fields that were written

    @property
    def notices(self) -> list[Notice]:
        """What was published about it, the gravest first."""
        order = {kind: place for place, kind in enumerate(NOTICES)}
        found = [notice for entry in self.entries for notice in entry.notices]
        return sorted(dict.fromkeys(found), key=lambda notice: order.get(notice.kind, len(order)))

    @property
    def differs(self) -> list[Finding]:
        """Fields that say something else than all registers."""
        return [found for found in self.findings if found.here is not None and found.field not in self.written]

    @property
    def lacks(self) -> list[Finding]:
        """Fields that a register has and the source has not."""
        return [found for found in self.findings if found.here is None and found.field not in self.written]


def can_be_asked(source: Reference) -> bool:
    """Whether a register can be asked about a source: it has a DOI or a PMID."""
    numbers = source.numbers
    return "DOI" in numbers or "PMID" in numbers


def verify(asker: Asker, sources: Collection[Reference], progress: Progress[Any]) -> list[Compared]:
    """Each source beside what PubMed and Crossref hold of it."""
    made = [Compared(source) for source in sources if can_be_asked(source)]
    _from_pubmed(asker, made)
    for compared in progress(made, "sources"):
        strange = _take_out_others(compared)
        doi = compared.source.numbers.get("DOI") or _said(compared, "DOI")
        if doi:
            _add_crossref(asker, compared, doi)
        strange += _take_out_others(compared)
        # The register of publishers first: it has capitals and whole names.
        compared.entries.sort(key=lambda entry: entry.register != crossref.NAME)
        compared.findings = strange + compare(compared.source, compared.entries)
    return made


def _take_out_others(compared: Compared) -> list[Finding]:
    """Leave the entries of the source itself; returns what is told of those that are another publication's."""
    judged = [(entry, another(compared.source, entry)) for entry in compared.entries]
    compared.entries = [entry for entry, finding in judged if finding is None]
    return [finding for _, finding in judged if finding is not None]


def _from_pubmed(asker: Asker, made: list[Compared]) -> None:
    """Add what PubMed holds: of those with a number all at once, of those with a DOI alone by a search."""
    pmids = {c.source.numbers["PMID"]: c for c in made if "PMID" in c.source.numbers}
    dois = {c.source.numbers["DOI"]: c for c in made if "PMID" not in c.source.numbers}
    try:
        found = pubmed.entries(asker, list(pmids))
        for pmid, compared in pmids.items():
            if pmid in found:
                compared.entries.append(found[pmid])
            else:
                compared.troubles.append(f"PubMed has no entry of PMID {pmid}")
        for entry in pubmed.entries(asker, pubmed.numbers_of(asker, list(dois))).values():
            for doi in entry.said.get("DOI", ()):
                if doi in dois:
                    dois[doi].entries.append(entry)
    except RefusedError as error:
        for compared in made:
            if not compared.entries:
                compared.troubles.append(str(error))


def _add_crossref(asker: Asker, compared: Compared, doi: str) -> None:
    try:
        entry = crossref.entry(asker, doi)
    except RefusedError as error:
        compared.troubles.append(str(error))
    else:
        if entry is None:
            compared.troubles.append(f"Crossref has no entry of DOI {doi}")
        else:
            compared.entries.append(entry)


def _said(compared: Compared, field_name: str) -> str:
    return next((str(entry.said[field_name][0]) for entry in compared.entries if field_name in entry.said), "")


def complete(root: Path, data: Data, made: Iterable[Compared], replace: Collection[str], day: str) -> None:
    """Write what the sources lack, and of those in `replace` what differs too; and the day on those that then agree."""
    file = Sources(root / PATH, PATH)
    for compared in made:
        key = compared.source.id
        wanted = [*compared.lacks, *(compared.differs if key in replace else [])]
        for found in wanted:
            if found.value is not None:
                changes, notes = _as_written(found, compared.source)
                if problem := file.set(key, changes, notes):
                    compared.troubles.append(f"{found.field} could not be written: {problem}")
                else:
                    compared.written.append(found.field)
        if agrees(compared, data) and compared.source.custom.verified != day:
            file.set(key, {}, {"verified": day})
    file.write()


def agrees(compared: Compared, data: Data) -> bool:
    """Whether a source was compared and nothing is left open that nobody decided on."""
    if not compared.entries or compared.troubles:
        return False
    return not (compared.differs or compared.notices) or bool(list(decisions(compared.source, data)))


def decisions(source: Reference, data: Data) -> Iterator[str]:
    """The decisions that keep a source as it is, by id."""
    for row in data.decisions.decisions:
        if row.source == source.id and source.id in row.rows and row.decision == "kept":
            yield row.id


def _as_written(found: Finding, source: Reference) -> tuple[dict[str, Any], dict[str, Any]]:
    """A field as the file holds it, and what it makes superfluous in `custom`."""
    value = {"date-parts": [[found.value]]} if found.field == "issued" else found.value
    superfluous = {"title": "about", "issued": "undated", "author": "more_authors"}.get(found.field)
    given = superfluous is not None and superfluous in source.custom.model_fields_set
    return {found.field: value}, {superfluous: None} if superfluous and given else {}
