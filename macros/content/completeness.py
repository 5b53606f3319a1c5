"""What a reader needs to look a source up, and which of it was not seen."""

from collections.abc import Callable

from .csl import Reference

# Published once and for good: found by authors, title, year, place and number. All else is found at its address.
PAPERS = ("article-journal", "book", "chapter", "paper-conference", "thesis")


# Those of them that are looked up by a number; a meeting or a school holds the others.
_NUMBERED = ("article-journal", "book", "chapter")


def missing(source: Reference) -> list[str]:
    """What is missing of a source, in words; nothing when it is complete.

    A paper needs authors, title, year, where it appeared and a DOI, PMID or PMCID, an article its volume or pages too;
    a label, record, talk or web page needs title, publisher, date (or that it bears none) and address.
    """
    wanted = _OFPAPERS if source.type in PAPERS else _OF_PAGES
    return [name for name, has in wanted.items() if not has(source)]


def _number(source: Reference) -> bool:
    if source.type in _NUMBERED:
        return source.registered or bool(source.ISBN and source.type != "article-journal")
    return source.registered or bool(source.URL and not source.copied)


def _where(source: Reference) -> bool:
    whole = source.publisher if source.type in ("book", "thesis") else None
    return bool(source.container_title or whole)


def _publisher(source: Reference) -> bool:
    """The body that publishes; one that is named as the author is that too."""
    return bool(source.publisher or source.container_title or any(name.literal for name in source.author))


_OFPAPERS: dict[str, Callable[[Reference], bool]] = {
    "authors": lambda source: bool(source.author),
    "title": lambda source: source.title is not None,
    "year": lambda source: source.issued is not None,
    "where it appeared": _where,
    "volume or pages": lambda source: source.type != "article-journal" or bool(source.volume or source.page),
    "DOI, PMID or PMCID": _number,
}


_OF_PAGES: dict[str, Callable[[Reference], bool]] = {
    "title": lambda source: source.title is not None,
    "publisher": _publisher,
    "date": lambda source: bool(source.issued or source.custom.undated),
    "address": lambda source: bool(source.link),
}
