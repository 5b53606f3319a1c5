"""The pages as their writers made them: front matter, checked, and text."""

import datetime
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import AfterValidator, Field

from .addresses import slug_of
from .checked_values import Day, Section, Text, fault
from .faults import Fault, shown
from .rows.base import Strict
from .strict_reader import DataFile, read_data_text, read_text
from .validation_faults import validated
from .vocabulary import Audience

HOME = "index.md"


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
    sections: dict[str, list[Text]] = Field(
        default={}, description="the same for a section of the page, by the id of its heading"
    )


class FrontMatter(Strict):
    """What every page says of itself, above its text."""

    title: PlainText
    description: PlainText
    audience: list[Audience] = Field(min_length=1)
    reviewed: Day
    review_by: Day
    procedure: bool = Field(
        default=False,
        description="true where hands are at work, and on sheets for it: every stop sign must stand there",
    )
    injecting: bool = Field(
        default=False,
        description="true on other pages about injecting: one line must say that CaHA cannot be reversed and lead to"
        " the stop signs",
    )
    short_title: PlainText | None = None
    hide: list[str] = []
    search: PageSearch = PageSearch()
    formerly: list[Section] = Field(
        default=[], description="pages, or their sections, that stand here now: 'old/page.md' or 'old/page.md#heading'"
    )


@dataclass(frozen=True)
class Page:
    """A Markdown page: its path below docs/, its front matter, its text, and the lines on which the text begins and the
    next review stands.
    """

    path: str
    meta: FrontMatter
    text: str
    first_line: int = 1
    review_line: int = 1

    @property
    def slug(self) -> str:
        """The name of the page's PDF: technique/mixing.md gives technique-mixing."""
        return slug_of(self.path)


def page_paths(root: Path) -> list[str]:
    """The path of every page below docs/, sorted; as for MkDocs, what begins with a dot is none."""
    paths = sorted(path.relative_to(root / "docs") for path in (root / "docs").rglob("*.md"))
    return [path.as_posix() for path in paths if not any(part.startswith(".") for part in path.parts)]


def read_pages(root: Path, faults: list[Fault]) -> list[Page]:
    """Every page below docs/, in the order of their paths; what is wrong with them is added to `faults`."""
    found = []
    for path in page_paths(root):
        file = DataFile(f"docs/{path}")
        page = _read_page(root / "docs" / path, path, file)
        faults.extend(file.faults)
        if page is not None:
            found.append(page)
    if not (root / "docs" / HOME).is_file():
        faults.append(Fault(f"docs/{HOME}", 1, "", "", "missing; it is the home page: restore it"))
    return found


def _read_page(path: Path, name: str, file: DataFile) -> Page | None:
    text = read_text(path, file)
    if text is None:
        return None
    if not text.startswith("---\n") or "\n---\n" not in text[4:]:
        file.add_fault(1, "no front matter; begin the page with ---, title, description, audience, reviewed, ---")
        return None
    head, text = text[4:].split("\n---\n", 1)
    # The first line of the front matter is the second of the file.
    read_data_text("\n" + head, file)
    if not file.faults:
        _check_reading(head, file)
    meta = validated(file, FrontMatter)
    if meta is None:
        return None
    # The opening ---, the front matter, the closing ---; MkDocs and its plugins count from the first line of words.
    above = head.count("\n") + 3
    words = text.lstrip("\n")
    return Page(name, meta, words, above + len(text) - len(words) + 1, file.line(("review_by",)))


def _check_reading(head: str, file: DataFile) -> None:
    """MkDocs reads the front matter too, and guesses: its 1:4 is 64, its yes is true. Both must read the same."""
    loader = yaml.SafeLoader(head)
    node = loader.get_single_node()
    for name_node, value_node in node.value if isinstance(node, yaml.MappingNode) else ():
        name = name_node.value
        line, value = file.line((name,)), file.content[name]
        try:
            read = loader.construct_object(value_node, deep=True)
        except (yaml.YAMLError, ValueError) as error:
            file.add_fault(line, f"MkDocs cannot read this: {' '.join(str(error).split())}", name)
            continue
        if name in ("reviewed", "review_by"):
            if not isinstance(read, datetime.date) or isinstance(read, datetime.datetime):
                file.add_fault(line, "expected a day without quotes, such as 2026-11-22", name)
        # Our reader keeps 0.3 exact, theirs does not.
        elif read != json.loads(json.dumps(value, default=float)):
            file.add_fault(line, f"MkDocs reads this as {shown(read)}; put it in quotes", name)
