"""What editors keep: terms, figures' words, questions, handouts, the record of changes, and decisions on sources."""

from typing import Literal, Self

from pydantic import Field, model_validator

from ..addresses import large_slug
from ..checked_values import AtLeastOne, Day, Id, Key, PagePath, Section, Text, Version, fault
from ..vocabulary import Audience, Export, Paper
from .base import Row


class Figure(Row):
    """The words of a figure; a number of the data is written {row.value} and filled in."""

    title: Text
    description: Text = Field(description="what it shows and teaches, for readers who do not see it")
    caption: Text
    data: list[Export] = Field(default=[], description="the downloads that hold the numbers of the drawing")

    @model_validator(mode="after")
    def _described(self) -> Self:
        if self.description == self.caption:
            raise fault("description: says the same as the caption; say what the figure teaches")
        return self


class Question(Row):
    """A question for self-check, with its answer and the reason."""

    page: PagePath = Field(description="the page that teaches it")
    question: Text
    choices: list[Text] = Field(
        default=[], max_length=8, description="answers to choose from; leave out for an open question"
    )
    answer: Text
    reason: Text

    @model_validator(mode="after")
    def _answered(self) -> Self:
        if self.choices and self.answer not in self.choices:
            raise fault("answer: expected one of the choices, word for word")
        return self


class Term(Row):
    """A term of the field; `patient` is its plain-language variant."""

    term: Text
    category: Text
    definition: Text
    patient: Text | None = None
    also: list[Text] = Field(default=[], description="other wordings that are explained in text")
    searched_as: list[Text] = Field(default=[], description="wordings that only the search box knows; never printed")
    see_also: list[Id] = Field(default=[], description="ids of related terms")

    @property
    def wordings(self) -> list[str]:
        """Every wording by which a text may name the term; "Diluted / hyperdiluted" are two of them."""
        # "Collagen I and III" or "PRP and PRF" name one thing and are not taken apart.
        parts = [self.term.replace("(", "").replace(")", ""), *self.term.split(" / "), *self.also]
        return [wording.strip() for wording in parts if wording.strip()]


class OpenQuestion(Row):
    """Something that is not confirmed, and what would settle it."""

    area: Text
    priority: Literal["high", "medium", "low"]
    question: Text
    why_it_matters: Text
    what_would_settle_it: Text
    regions: list[Id] = Field(default=[], description="ids of regions.yml, where it is about these; each page tells it")


class Handout(Row):
    """A curated sheet: which parts of which built pages it prints, for whom, and on how many pages."""

    ordered = (("least_pages", "most_pages"),)
    title: Text
    description: Text
    audience: list[Audience] = Field(min_length=1)
    page: PagePath = Field(description="the page that the sheet belongs to; its QR code leads there")
    sections: list[Section] = Field(
        default=[],
        description="what it prints: 'page.md' whole, 'page.md#heading' one section, 'page.md#intro' what stands above"
        " the first heading; nothing given: the whole of `page`",
    )
    papers: list[Paper] = Field(default=["a4", "letter"], min_length=1)
    orientation: Literal["portrait", "landscape"] = "portrait"
    columns: Literal[1, 2] = Field(default=1, description="2: the sections after the first flow in two columns")
    most_pages: AtLeastOne = Field(description="the build stops when the sheet needs more pages than this")
    least_pages: AtLeastOne = 1
    sources: Literal["short", "none"] = Field(default="short", description="short: author and year at the foot")
    book: bool = Field(default=False, description="true: the whole site as one book; `page` is where it is offered")
    region: Id | None = Field(
        default=None, description="the region whose sheet it is; its page then has no other print"
    )
    large_print: bool = Field(
        default=False, description="true: also in large print, in one column, on as many pages as that takes"
    )

    @model_validator(mode="after")
    def _for_patients(self) -> Self:
        if self.large_print and (self.book or self.audience[0] != "patient"):
            raise fault("large_print: expected false on a sheet whose first reader is not patient, got true")
        return self

    @property
    def slugs(self) -> list[str]:
        """The names of its prints: its own, and that of its large print."""
        return [self.id, *([large_slug(self.id)] if self.large_print else [])]


class Pack(Row):
    """Several sheets in one print: a list of them, then each as it stands alone."""

    title: Text
    description: Text
    audience: list[Audience] = Field(min_length=1)
    sheets: list[Id] = Field(
        description="ids of the sheets in their order, at least two", json_schema_extra={"minItems": 2}
    )

    @model_validator(mode="after")
    def _several(self) -> Self:
        if len(self.sheets) < 2:
            raise fault(f"sheets: expected at least two sheets, got {len(self.sheets)}; one is printed by itself")
        return self


class Change(Row):
    """One entry of the record of changes."""

    version: Version
    date: Day
    type: Literal["new", "ratio changed", "status changed", "correction", "withdrawn"]
    summary: Text
    rows: list[Id] = []
    pages: list[PagePath] = []


class Decision(Row):
    """What was decided where a source says something else than a row; for editors, and never printed."""

    publish: Literal[False] = Field(default=False, description="a decision is never printed")
    source: Key = Field(description="the source; it may have left references.json since")
    rows: list[Id] = Field(default=[], description="rows, or sources; none where only the text of a page was concerned")
    decision: Literal["changed", "kept", "added", "retired"]
    why: Text = Field(description="what the source says, and why the rows say what they say now")
