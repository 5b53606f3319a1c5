"""The report of `python -m macros sources`: lines of Markdown, for a console and for an issue on a code host."""

from collections.abc import Iterable, Iterator

from ..content.csl import Reference
from ..content.load import Data
from .entry import Notice
from .news import News, Since
from .verify import Compared, can_be_asked, decisions

_MOST_TROUBLES = 20  # named one by one


def of_sources(made: list[Compared], data: Data, day: str, replaced: bool) -> str:
    """What was found of the sources; `replaced` says that what can be written was written."""
    asked = sum(bool(compared.entries) for compared in made)
    left_out = len(data.references) - sum(map(can_be_asked, data.references.values()))
    lines = [
        f"# Sources, compared on {day}",
        "",
        f"{asked} of {len(made)} were found at Crossref or PubMed. {left_out} have neither DOI nor PMID.",
        *_section("Retracted, corrected or doubted", (_noticed(one, data) for one in made if one.notices)),
        *_section("Differences", (line for one in made for line in _differences(one, data))),
        *_section("Written", (_written(one, data) for one in made if one.written)),
        *_section("Missing here", (line for one in made for line in _missing(one, data, replaced))),
        *_section("Not compared", _troubles([line for one in made for line in _in_vain(one, data)])),
    ]
    return "\n".join(lines) + "\n"


def of_news(since: Since) -> str:
    """What is new since a day."""
    lines = [
        f"# New from {since.since} to {since.until}",
        *_section("Publications in PubMed that are no source yet", map(_news, since.publications)),
        *_section("Decisions of the FDA", map(_news, since.decisions)),
        *_section("Recalls", map(_news, since.recalls)),
        *_section("Trials whose entry changed", map(_news, since.trials)),
        *_section("Not asked, or asked in vain", _troubles(since.troubles)),
    ]
    return "\n".join(lines) + "\n"


def _section(title: str, lines: Iterable[str]) -> list[str]:
    """A section with its lines; what is not there is told too, so that nobody takes silence for an answer."""
    lines = list(lines)
    return ["", f"## {title}: {len(lines) or 'none'}", *([""] if lines else []), *(f"- {line}" for line in lines)]


def _at(source: Reference, data: Data, field: str = "") -> str:
    """Where a source, or a field of it, stands: file, line, key and field."""
    return str(data.fault(source, field, "")).removesuffix(": ")


def _noticed(compared: Compared, data: Data) -> str:
    kinds: dict[str, list[Notice]] = {}
    for notice in compared.notices:
        kinds.setdefault(notice.kind, []).append(notice)
    told = "; ".join(_kind(kind, notices) for kind, notices in kinds.items())
    rows = [row.id for row in data.rows.values() if compared.source.id in row.refs]
    cited = f"cited by {', '.join(rows)}" if rows else "cited by no row"
    return f"{_at(compared.source, data)}: {told}; {cited}{_decided(compared.source, data)}"


def _kind(kind: str, notices: list[Notice]) -> str:
    days = " and ".join(dict.fromkeys(notice.day for notice in notices if notice.day))
    by = ", ".join(dict.fromkeys(notice.told_by for notice in notices))
    addresses = " ".join(dict.fromkeys(notice.address for notice in notices if notice.address))
    return f"**{kind}**{f' of {days}' if days else ''}, says {by}{f' ({addresses})' if addresses else ''}"


def _differences(compared: Compared, data: Data) -> Iterator[str]:
    for found in compared.differs:
        yield f"{_at(compared.source, data, found.field)}: {found}{_decided(compared.source, data)}"


def _missing(compared: Compared, data: Data, replaced: bool) -> Iterator[str]:
    for found in compared.lacks:
        why = "; they do not agree, so nobody wrote it" if replaced and found.value is None else ""
        yield f"{_at(compared.source, data, found.field)}: {found}{why}"


def _written(compared: Compared, data: Data) -> str:
    return f"{_at(compared.source, data)}: {', '.join(compared.written)}"


def _in_vain(compared: Compared, data: Data) -> list[str]:
    return [f"{_at(compared.source, data)}: {trouble}" for trouble in compared.troubles]


def _decided(source: Reference, data: Data) -> str:
    kept = list(decisions(source, data))
    return f"; decided before: {', '.join(kept)}" if kept else ""


def _troubles(troubles: list[str]) -> list[str]:
    """The first of the troubles; a service that is away is one for each thing that it was to be asked."""
    troubles = list(dict.fromkeys(troubles))
    more = [f"and {len(troubles) - _MOST_TROUBLES} more"] if len(troubles) > _MOST_TROUBLES else []
    return troubles[:_MOST_TROUBLES] + more


def _news(news: News) -> str:
    named = [f"named by {', '.join(news.names)}"] if news.names else []
    touched = [f"may touch {'; '.join(news.touches)}"] if news.touches else []
    what = f"{news.day or 'undated'} {news.title.rstrip('.')}. {news.address}"
    return ", ".join([what, *named, *touched])
