"""Sources as CSL-JSON (https://citeproc-js.readthedocs.io/en/latest/csl-json/markup.html)."""

import json
import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self
from urllib.parse import quote, unquote

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from .checked_values import AtLeastOne, Day, Key, Text, checked_text, fault, in_calendar
from .faults import in_short, shown
from .rich_text import runs, signs
from .rows.base import Strict
from .vocabulary import Evidence


def _title(value: str) -> str:
    try:
        runs(value)
    except ValueError as error:
        raise fault(str(error)) from None
    return value


# Words that may hold marks, and words that hold none.
Title = Annotated[Text, AfterValidator(_title)]


Words = Annotated[Text, AfterValidator(signs)]


class Name(BaseModel):
    """An author: a person with a family name, or a body as `literal`."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, populate_by_name=True)

    family: Words | None = None
    given: Words | None = None
    dropping_particle: Words | None = Field(default=None, alias="dropping-particle", description="printed last: A von")
    non_dropping_particle: Words | None = Field(
        default=None, alias="non-dropping-particle", description="printed first: van der Berg A"
    )
    suffix: Words | None = Field(default=None, description="such as Jr")
    literal: Words | None = None

    @model_validator(mode="after")
    def _named(self) -> Self:
        if not (self.family or self.literal):
            raise fault("expected a family name, or the name of a body as literal")
        return self

    @property
    def surname(self) -> str:
        """The family name with what belongs before it; the name of a body as it is."""
        return self.literal or " ".join(part for part in (self.non_dropping_particle, self.family) if part)


HowRead = Literal["full", "abstract", "excerpt", "not-opened"]


class SourceNote(Strict):
    """What this project notes about a source; CSL-JSON keeps such things under `custom`."""

    kind: Evidence
    read: HowRead
    about: Title | None = Field(default=None, description="what it is about, where its title was not seen")
    copied: bool = Field(default=False, description="true: the address is not its publisher's, but that of a copy")
    more_authors: bool = Field(default=False, description="true: there are authors beside those that were seen")
    undated: bool = Field(default=False, description="true: where it was read, it bears no date")
    n: AtLeastOne | None = None
    verified: Day | None = Field(
        default=None, description="the day on which it was last compared with its entry at Crossref or PubMed"
    )
    note: str = ""


def _date_parts(value: Any) -> Any:
    expected = f'expected date-parts, such as {{"date-parts": [[2019]]}} or [[2019, 5, 31]], got {_as_json(value)}'
    parts = value.get("date-parts") if isinstance(value, dict) else None
    if not isinstance(parts, list) or not parts or not isinstance(parts[0], list) or not 1 <= len(parts[0]) <= 3:
        raise fault(expected)
    if len(parts) > 1:
        raise fault(f"{expected}; write the first day of a span alone")
    if more := sorted(set(value) - {"date-parts"}):
        raise fault(f"{expected}; take out {', '.join(more)}")
    if any(isinstance(part, str) for part in parts[0]):
        raise fault(f"{expected}; write its numbers without quotes")
    if not all(type(part) is int for part in parts[0]):
        raise fault(expected)
    if not 1500 <= parts[0][0] <= 2100:
        raise fault(f"expected a year from 1500 to 2100, got {parts[0][0]}")
    in_calendar("-".join(map(str, parts[0])))
    return value


def _as_json(value: Any) -> str:
    return in_short(json.dumps(value, ensure_ascii=False, default=str), 120)


DateParts = Annotated[dict[str, list[list[int]]], BeforeValidator(_date_parts)]


# What reference managers and people call a type, and what CSL calls it.
TYPES = {
    "blog": "post-weblog", "blogpost": "post-weblog", "book-chapter": "chapter", "booksection": "chapter",
    "conferencepaper": "paper-conference", "dictionaryentry": "entry-dictionary",
    "encyclopediaarticle": "entry-encyclopedia", "journal article": "article-journal",
    "journal-article": "article-journal", "journalarticle": "article-journal", "magazinearticle": "article-magazine",
    "newspaperarticle": "article-newspaper", "posted-content": "article", "preprint": "article",
    "presentation": "speech", "proceedings-article": "paper-conference",
}  # fmt: skip


Type = Literal[
    "article", "article-journal", "article-magazine", "article-newspaper", "book", "chapter", "dataset", "entry",
    "entry-dictionary", "entry-encyclopedia", "paper-conference", "patent", "post", "post-weblog", "report", "speech",
    "thesis", "webpage",
]  # fmt: skip


def _type(value: Any) -> Any:
    if meant := TYPES.get(str(value).lower()):
        raise fault(f"expected a type of CSL, got {shown(value)} (write '{meant}')")
    return value


# What CSL and reference managers know of a source and this site does not print; `python -m macros cite` leaves it out.
UNPRINTED = frozenset({
    "abstract", "annote", "archive", "archive_location", "archive-place", "authority", "call-number", "chapter-number",
    "citation-key", "citation-label", "collection-editor", "collection-number", "collection-title", "composer",
    "container-author", "container-title-short", "contributor", "curator", "dimensions", "director", "division",
    "edition", "event", "event-date", "event-place", "event-title", "genre", "illustrator", "interviewer", "ISSN",
    "journalAbbreviation", "jurisdiction", "keyword", "language", "license", "locator", "medium", "note",
    "number-of-pages", "number-of-volumes", "original-author", "original-date", "original-title", "page-first", "part",
    "producer", "publisher-place", "recipient", "references", "reviewed-author", "reviewed-title", "scale", "section",
    "shortTitle", "source", "status", "submitted", "supplement-number", "title-short", "translator", "version",
    "volume-title", "year-suffix",
})  # fmt: skip


# A DOI of the old form holds < > and ;, which its address holds as %3C and %3E.
_DOI = r"10\.[0-9]{4,9}(?:\.[0-9]+)*/[^\s\"]+"
_ADDRESSES = (
    ("DOI", re.compile(rf"https?://(?:dx\.)?doi\.org/({_DOI})")),
    ("PMID", re.compile(r"https?://(?:pubmed\.ncbi\.nlm\.nih\.gov|www\.ncbi\.nlm\.nih\.gov/pubmed)/([0-9]+)/?")),
    ("PMCID", re.compile(r"https?://(?:pmc|www)\.ncbi\.nlm\.nih\.gov/(?:pmc/)?articles/(PMC[0-9]+)/?")),
)


def registered_as(source: Mapping[str, Any]) -> dict[str, str]:
    """The numbers under which a source is registered, by field: as DOI, PMID or PMCID, or in its address."""
    found = {
        field: match[1] for field, pattern in _ADDRESSES if (match := pattern.fullmatch(str(source.get("URL") or "")))
    }
    found |= {field: str(source[field]) for field, _ in _ADDRESSES if source.get(field)}
    return {field: unquote(value).lower().lstrip("0") for field, value in found.items()}


class Reference(BaseModel):
    """One source in CSL-JSON."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, populate_by_name=True)

    id: Key
    type: Annotated[Type, BeforeValidator(_type)]
    title: Title | None = Field(default=None, description="as it is printed; what was not seen is left out")
    author: list[Name] = []
    editor: list[Name] = []
    issued: DateParts | None = None
    accessed: DateParts | None = None
    container_title: Title | None = Field(default=None, alias="container-title")
    volume: Words | None = None
    issue: Words | None = None
    page: Words | None = None
    publisher: Words | None = None
    number: Words | None = None
    ISBN: Annotated[str, checked_text(20, r"[0-9][0-9-]*[0-9X]", "an ISBN such as '9780123456786'")] | None = None
    DOI: Annotated[str, checked_text(200, _DOI, "a DOI such as '10.1000/182'"), AfterValidator(signs)] | None = None
    PMID: Annotated[str, checked_text(9, r"[0-9]+", "the digits of a PMID in quotes")] | None = None
    PMCID: Annotated[str, checked_text(12, r"PMC[0-9]+", "a PMCID such as 'PMC1234567'")] | None = None
    URL: Annotated[str, checked_text(600, r"https?://[^\s<>\"]+", "an address such as 'https://...'")] | None = None
    custom: SourceNote

    @model_validator(mode="after")
    def _named(self) -> Self:
        if (self.title is None) == (self.custom.about is None):
            raise fault("title: expected the title as printed, or custom.about where it was not seen, and not both")
        if self.custom.undated and self.issued:
            raise fault("custom.undated: expected false on a source with a date (issued), got true")
        if self.custom.more_authors and not self.author:
            raise fault("custom.more_authors: expected false on a source without any author, got true")
        return self

    @property
    def heading(self) -> str:
        """The title; where it was not seen, that it was not, and what the source is about."""
        return self.title or f"[Title not seen]: {self.custom.about}"

    @property
    def registered(self) -> bool:
        """Whether a number leads to it that is the same everywhere: DOI, PMID or PMCID."""
        return bool(self.DOI or self.PMID or self.PMCID)

    @property
    def numbers(self) -> dict[str, str]:
        """What it is registered under, by field: as DOI, PMID or PMCID, or in its address."""
        return registered_as(dict(self))

    @property
    def copied(self) -> bool:
        """Whether its only address is that of a copy."""
        return self.custom.copied and not self.registered

    @property
    def link(self) -> str:
        """The best address: DOI first, then the printed address unless it is a copy's, then PubMed Central, PubMed."""
        if self.DOI:
            return "https://doi.org/" + quote(self.DOI, safe="/:;()@!$&'*+,=")
        if self.URL and not (self.custom.copied and self.registered):
            return self.URL
        if self.PMCID:
            return f"https://pmc.ncbi.nlm.nih.gov/articles/{self.PMCID}/"
        return f"https://pubmed.ncbi.nlm.nih.gov/{self.PMID}/" if self.PMID else ""
