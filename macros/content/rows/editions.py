"""Handouts, and the record of changes."""

from typing import Literal

from pydantic import Field

from ..checked_values import AtLeastOne, Day, Id, PagePath, Section, Text, Version
from ..vocabulary import Audience, Paper
from .base import Row


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


class Change(Row):
    """One entry of the record of changes."""

    version: Version
    date: Day
    type: Literal["new", "ratio changed", "status changed", "correction", "withdrawn"]
    summary: Text
    rows: list[Id] = []
    pages: list[PagePath] = []
