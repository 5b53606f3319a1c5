"""Sources in RIS, for reference managers that do not read CSL-JSON; the tags are those that Zotero's importer reads."""

import re
from collections.abc import Iterable, Iterator

from ..content.csl import Name, Reference
from ..content.rich_text import plain

_TYPES = {
    "article": "UNPB", "article-journal": "JOUR", "article-magazine": "MGZN", "article-newspaper": "NEWS",
    "book": "BOOK", "chapter": "CHAP", "dataset": "DATA", "entry": "ENCYC", "entry-dictionary": "DICT",
    "entry-encyclopedia": "ENCYC", "paper-conference": "CPAPER", "patent": "PAT", "post": "BLOG", "post-weblog": "BLOG",
    "report": "RPRT", "speech": "SLIDE", "thesis": "THES", "webpage": "ELEC",
}  # fmt: skip


def to_ris(references: Iterable[Reference]) -> str:
    """Sources in RIS, one tag a line."""
    lines: list[str] = []
    for row in references:
        lines += [f"{tag}  - {' '.join(value.split())}" for tag, value in _tags(row) if value]
        lines += ["ER  - ", ""]
    return "\r\n".join(lines)


def _tags(row: Reference) -> Iterator[tuple[str, str | None]]:
    yield "TY", _TYPES[row.type]
    yield "ID", row.id
    yield from (("AU", _name(name)) for name in row.author)
    # Zotero takes A2 for the editor of what holds the source, but for a series in a book.
    yield from (("ED" if row.type == "book" else "A2", _name(name)) for name in row.editor)
    yield "TI", plain(row.heading)
    # T2, for JO would be an abbreviation, and a note where the type has none.
    yield "T2", plain(row.container_title or "")
    yield "PY", _date(row.issued)[:4]
    yield "DA", _date(row.issued)
    yield from zip(("VL", "IS", "PB"), (row.volume, row.issue, row.publisher), strict=True)
    yield from zip(("SP", "EP"), _pages(row.page or ""), strict=True)
    yield "SN", row.ISBN
    yield "SN" if row.type in ("report", "patent") else "M1", row.number
    yield "DO", row.DOI
    yield "AN", row.PMID
    yield "UR", row.link
    yield "Y2", _date(row.accessed)
    # Where Zotero looks for numbers that it has no field for.
    yield "M2", row.PMID and f"PMID: {row.PMID}"
    yield "M2", row.PMCID and f"PMCID: {row.PMCID}"


def _name(name: Name) -> str:
    """A person as family, given; a comma in the name of a body would make a person of it."""
    if name.literal:
        return name.literal.replace(",", "")
    given = " ".join(part for part in (name.given, name.dropping_particle, name.suffix) if part)
    return ", ".join(part for part in (name.surname, given.replace(",", "")) if part)


def _date(date: dict[str, list[list[int]]] | None) -> str:
    """A date as 2019/05/31, as far as it is known."""
    return "/".join(f"{part:02}" for part in date["date-parts"][0]) if date else ""


def _pages(pages: str) -> tuple[str, str]:
    """First and last page; what is no plain span of pages stands as the first."""
    long = re.split("\\s*[\N{EN DASH}\N{EM DASH}]\\s*", pages)
    short = re.split("\\s*[-\N{HYPHEN}\N{NON-BREAKING HYPHEN}]\\s*", pages)
    first, *rest = long if len(long) > 1 else short
    return (first, rest[0]) if len(rest) == 1 and "," not in pages else (pages, "")
