"""The pages of docs/: their front matter, checked as strictly as the data."""

import datetime
import json
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import AfterValidator, Field, TypeAdapter, ValidationError

from . import model, values
from .data import FOLDER, Data, explain
from .source import ContentError, Fault, Source, did_you_mean, read_source, read_source_text, read_text


def _plain(value: str) -> str:
    # The theme prints these words as they are, also inside attributes, and the macros plugin would run braces.
    if found := re.search(r"""[<>&"{}|*_`\[\]\\\n]""", value):
        raise model.fault(f"expected plain words, got {found[0]!r} in {model.shown(value)} (write it in words)")
    return value


PlainText = Annotated[model.Text, AfterValidator(_plain)]


class PageSearch(model.Strict):
    """How the search box treats a page."""

    boost: float = Field(default=1, gt=0, le=10, description="above 1: before other pages that match as well")
    exclude: bool = Field(default=False, description="true: found by its title, description and words only")
    words: list[model.Text] = Field(default=[], description="what people type who look for this page; never printed")


class FrontMatter(model.Strict):
    """What every page says of itself, above its text."""

    title: PlainText
    description: PlainText
    audience: list[model.Audience] = Field(min_length=1)
    reviewed: model.Day
    review_by: model.Day
    procedure: bool = Field(default=False, description="true on pages about injecting: stop signs must stand there")
    short_title: PlainText | None = None
    hide: list[str] = []
    search: PageSearch = PageSearch()


@dataclass(frozen=True)
class Page:
    """A Markdown page: its path below docs/, its front matter and its text."""

    path: str
    meta: FrontMatter
    text: str

    @property
    def slug(self) -> str:
        """The name of the page's PDF: technique/mixing.md gives technique-mixing."""
        return slug_of(self.path)


def slug_of(path: str) -> str:
    """The name that a page's PDF files bear."""
    stem = path.removesuffix(".md")
    if stem.endswith("/index"):
        stem = stem.removesuffix("/index")
    return "home" if stem == "index" else stem.replace("/", "-")


def page_url(path: str, directory_urls: bool = True) -> str:
    """The address of a page below the site's root: technique/mixing.md gives technique/mixing/."""
    stem = path.removesuffix(".md")
    if not directory_urls:
        return f"{stem}.html"
    if stem == "index" or stem.endswith("/index"):
        return stem.removesuffix("index")
    return f"{stem}/"


def relative_url(target: str, current: str) -> str:
    """The way from one address of the site to another."""
    start = posixpath.dirname(current)
    relative = posixpath.relpath(target or ".", start or ".")
    return relative + "/" if target.endswith("/") or not target else relative


def load_pages(root: Path, data: Data) -> list[Page]:
    """Read and check every page below docs/.

    Raises ContentError with every fault found.
    """
    faults: list[Fault] = []
    pages = []
    for path in sorted((root / "docs").rglob("*.md")):
        name = path.relative_to(root / "docs").as_posix()
        page = _read_page(path, name, faults)
        if page is not None:
            pages.append(page)
    if not faults:
        faults.extend(_check_named_pages(root, pages, data))
        faults.extend(_check_claims(pages, data))
        faults.extend(_check_placeholders(root, data))
        faults.extend(_check_unused(pages, data))
    if faults:
        raise ContentError(faults)
    return pages


def _read_page(path: Path, name: str, faults: list[Fault]) -> Page | None:
    source = Source(f"docs/{name}")
    text = read_text(path, source)
    if text is None:
        faults.extend(source.faults)
        return None
    if not text.startswith("---\n") or "\n---\n" not in text[4:]:
        source.add_fault(1, "no front matter; begin the page with ---, title, description, audience, reviewed, ---")
    else:
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
    return Page(name, meta, text)


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
            source.add_fault(source.line((name,)), f"MkDocs reads this as {model.shown(read)}; put it in quotes", name)


def _check_unused(pages: list[Page], data: Data) -> Iterator[Fault]:
    """Every source is cited by a row or a page; a list that nobody uses rots."""
    cited = {key for row in data.rows.values() for key in row.refs}
    cited |= {key for row in data.technique.disagreements for position in row.positions for key in position.refs}
    for page in pages:
        for call in re.findall(r"cite\(([^)]*)\)", page.text):
            cited.update(re.findall(r"[\"'](\w+)[\"']", call))
    for key in data.references:
        if key not in cited:
            name = f"docs/data/{model.REFERENCES_FILE}"
            yield Fault(name, 1, key, "", "cited by no row and no page; cite it or remove it")


def _check_named_pages(root: Path, pages: list[Page], data: Data) -> Iterator[Fault]:
    """Every page that a row of the data names is there."""
    known = {page.path for page in pages}
    for section, rows, fields in (
        ("claims", data.claims.claims, ("pages",)),
        ("handouts", data.handouts.handouts, ("page", "sections")),
        ("questions", data.questions.questions, ("page",)),
        ("changes", data.changes.changes, ("pages",)),
    ):
        for index, row in enumerate(rows):
            for field in fields:
                named = getattr(row, field)
                for name in [named] if isinstance(named, str) else named:
                    path = name.partition("#")[0]
                    if path not in known:
                        problem = f"no page docs/{path}{did_you_mean(path, known)}"
                        yield _fault_in_row(root, section, index, row, field, problem)


# The fields whose words may quote the data, by section.
_QUOTING = {
    "questions": ("question", "choices", "answer", "reason"),
    "figures": ("title", "description", "caption"),
}


def _check_placeholders(root: Path, data: Data) -> Iterator[Fault]:
    """Every placeholder in the words of a question or a figure names something that can be printed."""
    for section, fields in _QUOTING.items():
        for index, row in enumerate(getattr(getattr(data, section), section)):
            for field in fields:
                said = getattr(row, field)
                for words in [said] if isinstance(said, str) else said:
                    try:
                        values.fill(data, words)
                    except ValueError as error:
                        yield _fault_in_row(root, section, index, row, field, str(error))


def _fault_in_row(root: Path, section: str, index: int, row: model.Row, field: str, problem: str) -> Fault:
    # The file is read again for its line numbers; that happens only when something is wrong.
    name = f"{FOLDER}/{section}.yml"
    source = read_source(root / name, name)
    return Fault(name, source.line((section, index, field)), row.id, field, problem)


def _check_claims(pages: list[Page], data: Data) -> Iterator[Fault]:
    texts = {page.path: page.text for page in pages}
    for claim in data.claims.claims:
        for path in claim.pages:
            if path in texts and f'claim("{claim.id}")' not in texts[path]:
                wanted = '{{ claim("' + claim.id + '") }}'
                yield Fault(f"docs/{path}", 1, claim.id, "", f"the page is to deal with this claim; add {wanted}")
