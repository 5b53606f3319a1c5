"""What Crossref holds of a DOI: https://api.crossref.org/works/DOI, as its documentation describes a work."""

from typing import Literal
from urllib.parse import quote

from pydantic import Field

from .ask import Asker
from .entry import Entry, Notice, said, title_and_state, words
from .shape import Told, from_json

NAME = "Crossref"
# Its words for what updates a work; other words are told as they are.
_KINDS = {
    "corrigendum": "correction", "erratum": "correction", "expression_of_concern": "expression of concern",
    "partial_retraction": "partial retraction", "new_version": "new version", "new_edition": "new version",
}  # fmt: skip


class _Date(Told):
    parts: list[list[int | None]] = Field(default=[], alias="date-parts")


class _Author(Told):
    family: str | None = None
    given: str | None = None
    name: str | None = None
    suffix: str | None = None


class _Update(Told):
    DOI: str
    type: str
    updated: _Date = _Date()
    source: str | None = None


class _Work(Told):
    DOI: str
    title: list[str] = []
    subtitle: list[str] = []
    original_title: list[str] = Field(default=[], alias="original-title")
    author: list[_Author] = []
    container_title: list[str] = Field(default=[], alias="container-title")
    short_container_title: list[str] = Field(default=[], alias="short-container-title")
    volume: str | None = None
    issue: str | None = None
    page: str | None = None
    article_number: str | None = Field(default=None, alias="article-number")
    issued: _Date = _Date()
    published_print: _Date = Field(default=_Date(), alias="published-print")
    published_online: _Date = Field(default=_Date(), alias="published-online")
    updated_by: list[_Update] = Field(default=[], alias="updated-by")
    update_to: list[_Update] = Field(default=[], alias="update-to")


class _Message(Told):
    status: Literal["ok"]
    message: _Work


def entry(asker: Asker, doi: str) -> Entry | None:
    """What Crossref holds of a DOI; nothing when it has none, as of a DOI that another agency registered.

    Raises RefusedError when it does not answer, or in another shape than it documents.
    """
    answer = asker.get("crossref", f"works/{quote(doi, safe='')}")
    if not answer.found:
        return None
    work = from_json(answer.text, _Message, NAME, doi).message
    title, state = title_and_state(words(work.title[0]) if work.title else "")
    dates = (work.published_print, work.issued, work.published_online)
    return Entry(
        NAME,
        said(
            title=[*_titles(title, work), *map(words, (*work.title[1:], *work.original_title))],
            author=[[name for author in work.author if (name := _name(author))]],
            issued=[date.parts[0][0] for date in dates if date.parts and date.parts[0]],
            container_title=[words(name) for name in (*work.container_title, *work.short_container_title)],
            volume=[words(work.volume or "")],
            issue=[words(work.issue or "")],
            page=[words(pages or "") for pages in (work.page, work.article_number)],
            DOI=[work.DOI.lower()],
        ),
        (*([Notice(state, f"{NAME} (in the title)")] if state else []), *_notices(work)),
    )


def _titles(title: str, work: _Work) -> list[str]:
    """The title with its subtitle, and alone."""
    with_subtitle = f"{title}: {words(work.subtitle[0])}" if title and work.subtitle else ""
    return [with_subtitle, title]


def _name(author: _Author) -> dict[str, str]:
    if author.family:
        parts = {"family": author.family, "given": author.given, "suffix": author.suffix}
        return {part: words(value) for part, value in parts.items() if value}
    body = words(author.name or author.given or "")
    return {"literal": body} if body else {}


def _notices(work: _Work) -> list[Notice]:
    """What updated the work; and of a work that is itself a notice, that it is one."""
    made = [_notice(update, _KINDS.get(update.type, update.type.replace("_", " "))) for update in work.updated_by]
    for update in work.update_to:
        kind = _KINDS.get(update.type, update.type.replace("_", " "))
        made.append(_notice(update, f"is itself the {kind} of another work"))
    return made


def _notice(update: _Update, kind: str) -> Notice:
    by = f"Retraction Watch by {NAME}" if update.source == "retraction-watch" else NAME
    parts = update.updated.parts[0] if update.updated.parts else []
    day = "-".join(f"{part:02}" for part in parts if part is not None)
    return Notice(kind, by, day, f"https://doi.org/{update.DOI}")
