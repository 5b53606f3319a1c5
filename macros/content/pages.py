"""The pages as their writers made them: front matter, checked, and text."""

import datetime
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import AfterValidator, Field, TypeAdapter, ValidationError

from .addresses import slug_of
from .checked_values import Day, Text, fault
from .faults import Fault, shown
from .rows.base import Strict
from .strict_reader import Source, read_source_text, read_text
from .validation_faults import explain
from .vocabulary import Audience


def _plain(value: str) -> str:
    # The theme prints these words as they are, also inside attributes, and the macros plugin would run braces.
    if found := re.search(r"""[<>&"{}|*_`\[\]\\\n]""", value):
        raise fault(f"expected plain words, got {found[0]!r} in {shown(value)} (write it in words)")
    return value


PlainText = Annotated[Text, AfterValidator(_plain)]


class PageSearch(Strict):
    """How the search box treats a page."""

    boost: float = Field(default=1, gt=0, le=10, description="above 1: before other pages that match as well")
    exclude: bool = Field(default=False, description="true: found by its title, description and words only")
    words: list[Text] = Field(default=[], description="what people type who look for this page; never printed")


class FrontMatter(Strict):
    """What every page says of itself, above its text."""

    title: PlainText
    description: PlainText
    audience: list[Audience] = Field(min_length=1)
    reviewed: Day
    review_by: Day
    procedure: bool = Field(default=False, description="true on pages about injecting: stop signs must stand there")
    short_title: PlainText | None = None
    hide: list[str] = []
    search: PageSearch = PageSearch()


@dataclass(frozen=True)
class Page:
    """A Markdown page: its path below docs/, its front matter, its text, and the line on which that begins."""

    path: str
    meta: FrontMatter
    text: str
    first_line: int = 1

    @property
    def slug(self) -> str:
        """The name of the page's PDF: technique/mixing.md gives technique-mixing."""
        return slug_of(self.path)


def read_pages(root: Path, faults: list[Fault]) -> list[Page]:
    """Every page below docs/, in the order of their paths; what is wrong with them is added to `faults`."""
    found = []
    for path in sorted((root / "docs").rglob("*.md")):
        page = _read_page(path, path.relative_to(root / "docs").as_posix(), faults)
        if page is not None:
            found.append(page)
    return found


def _read_page(path: Path, name: str, faults: list[Fault]) -> Page | None:
    source = Source(f"docs/{name}")
    text = read_text(path, source)
    if text is None:
        faults.extend(source.faults)
        return None
    if not text.startswith("---\n") or "\n---\n" not in text[4:]:
        source.add_fault(1, "no front matter; begin the page with ---, title, description, audience, reviewed, ---")
        faults.extend(source.faults)
        return None
    head, text = text[4:].split("\n---\n", 1)
    # The first line of the front matter is the second of the file.
    read_source_text("\n" + head, source)
    if not source.faults:
        _check_reading(head, source)
    faults.extend(source.faults)
    if source.faults:
        return None
    try:
        meta = TypeAdapter(FrontMatter).validate_python(source.content)
    except ValidationError as error:
        known = list(FrontMatter.model_fields)
        faults.extend(explain(source, detail, known) for detail in error.errors(include_url=False))
        return None
    # The opening ---, the front matter, the closing ---; MkDocs and its plugins count from the first line of words.
    above = head.count("\n") + 3
    words = text.lstrip("\n")
    return Page(name, meta, words, above + len(text) - len(words) + 1)


def _check_reading(head: str, source: Source) -> None:
    """MkDocs reads the front matter too, and guesses: its 1:4 is 64, its yes is true. Both must read the same."""
    try:
        theirs: Any = yaml.load(head, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (yaml.YAMLError, ValueError) as error:
        source.add_fault(2, f"not readable as YAML: {' '.join(str(error).split())}")
        return
    ours = source.content if isinstance(source.content, dict) else {}
    for name, value in ours.items():
        read = theirs.get(name) if isinstance(theirs, dict) else None
        if name in ("reviewed", "review_by"):
            if not isinstance(read, datetime.date) or isinstance(read, datetime.datetime):
                source.add_fault(source.line((name,)), "expected a day without quotes, such as 2026-11-22", name)
        # Our reader keeps 0.3 exact, theirs does not.
        elif read != json.loads(json.dumps(value, default=float)):
            source.add_fault(source.line((name,)), f"MkDocs reads this as {shown(read)}; put it in quotes", name)
