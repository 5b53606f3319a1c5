"""Sources as CSL-JSON (https://citeproc-js.readthedocs.io/en/latest/csl-json/markup.html)."""

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from .checked_values import AtLeastOne, Key, Text, checked_text, fault, in_calendar
from .faults import shown
from .rows.base import Strict
from .vocabulary import Evidence


class Name(Strict):
    """An author: a person with a family name, or a body as `literal`."""

    family: Text | None = None
    given: Text | None = None
    literal: Text | None = None

    @model_validator(mode="after")
    def _named(self) -> Self:
        if not (self.family or self.literal):
            raise fault("expected a family name, or the name of a body as literal")
        return self


class SourceNote(Strict):
    """What this project notes about a source; CSL-JSON keeps such things under `custom`."""

    kind: Evidence
    read: Literal["full", "abstract", "excerpt", "not-opened"]
    about: Text | None = Field(default=None, description="what it is about, where its title was not seen")
    copied: bool = Field(default=False, description="true: the address is not its publisher's, but that of a copy")
    more_authors: bool = Field(default=False, description="true: there are authors beside those that were seen")
    undated: bool = Field(default=False, description="true: where it was read, it bears no date")
    n: AtLeastOne | None = None
    note: str = ""


def _date_parts(value: dict[str, list[list[int]]]) -> dict[str, list[list[int]]]:
    parts = value.get("date-parts", [])
    if set(value) != {"date-parts"} or len(parts) != 1 or not 1 <= len(parts[0]) <= 3:
        raise fault(f"expected {{'date-parts': [[year, month, day]]}}, got {shown(value)}")
    if not 1500 <= parts[0][0] <= 2100:
        raise fault(f"expected a year from 1500 to 2100, got {parts[0][0]}")
    in_calendar("-".join(map(str, parts[0])))
    return value


DateParts = Annotated[dict[str, list[list[int]]], AfterValidator(_date_parts)]


class Reference(BaseModel):
    """One source in CSL-JSON."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, populate_by_name=True)

    id: Key
    type: Literal[
        "article-journal", "book", "chapter", "dataset", "entry", "paper-conference", "report", "speech", "thesis",
        "webpage",
    ]  # fmt: skip
    title: Text | None = Field(default=None, description="as it is printed; what was not seen is left out")
    author: list[Name] = []
    editor: list[Name] = []
    issued: DateParts | None = None
    accessed: DateParts | None = None
    container_title: Text | None = Field(default=None, alias="container-title")
    volume: Text | None = None
    issue: Text | None = None
    page: Text | None = None
    publisher: Text | None = None
    number: Text | None = None
    ISBN: Annotated[str, checked_text(20, r"[0-9][0-9-]*[0-9X]", "an ISBN such as '9780123456786'")] | None = None
    DOI: Annotated[str, checked_text(200, r"10\.[0-9]{4,9}/[^\s<>\"]+", "a DOI such as '10.1000/182'")] | None = None
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
    def copied(self) -> bool:
        """Whether its only address is that of a copy."""
        return self.custom.copied and not self.registered

    @property
    def link(self) -> str:
        """The best address: DOI first, then the printed address unless it is a copy's, then PubMed Central, PubMed."""
        if self.DOI:
            return f"https://doi.org/{self.DOI}"
        if self.URL and not (self.custom.copied and self.registered):
            return self.URL
        if self.PMCID:
            return f"https://pmc.ncbi.nlm.nih.gov/articles/{self.PMCID}/"
        return f"https://pubmed.ncbi.nlm.nih.gov/{self.PMID}/" if self.PMID else ""
