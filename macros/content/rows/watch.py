"""What `python -m macros sources --news` asks for: products and searches; for editors, and never printed."""

from typing import Annotated, Literal

from pydantic import Field

from ..checked_values import Id, Some, Text, checked_text
from .base import Row

PmaNumber = Annotated[str, checked_text(7, r"P[0-9]{6}", "the number of an approval without a supplement, as P050052")]


class Watched(Row):
    """A row that says what to ask for; nothing of it is printed."""

    publish: Literal[False] = Field(default=False, description="what is asked for is never printed")
    questions: list[Id] = Field(default=[], description="ids of open_questions.yml that an answer may touch")


class Product(Watched):
    """A product whose approvals, recalls and publications are watched."""

    words: Text = Field(description="how publications name it, as PubMed's search box takes it")
    pma_numbers: list[PmaNumber] = Field(default=[], description="approvals of the FDA whose supplements are asked for")
    names: Some[Text] = Field(description="what a recall calls it")


class Search(Watched):
    """A search of PubMed for publications on a product."""

    product: Id = Field(description="id of a product of this file; its words and those of the search are both found")
    words: Text | None = Field(default=None, description="as PubMed's search box takes them; none: the product alone")
    regions: list[Id] = Field(default=[], description="regions whose protocols and outcomes an answer may touch")
