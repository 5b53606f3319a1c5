"""The days by which pages and rows are to be reviewed, as a calendar for those who keep the site up."""

import re
import uuid
from collections.abc import Iterator

from ..content.addresses import page_url
from ..content.project import Project


def review_calendar(project: Project) -> str:
    """An event of a whole day for each page and row that is to be reviewed, as iCalendar (RFC 5545)."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//{_text(project.site.name)}//reviews//EN"]
    for day, name, title, reviewed, address in sorted(_dated(project)):
        lines += [
            "BEGIN:VEVENT",
            f"UID:{uuid.uuid5(uuid.NAMESPACE_URL, f'caha-and-skin:review:{name}')}",
            # The same rows make the same bytes: the stamp is the last review, not the clock.
            f"DTSTAMP:{reviewed.replace('-', '')}T000000Z",
            f"DTSTART;VALUE=DATE:{day.replace('-', '')}",
            f"SUMMARY:Review {_text(title)}",
            f"DESCRIPTION:{_text(f'Look at {name} against its sources, then renew reviewed and review_by.')}",
            *([f"URL:{address}"] if address else []),
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"])


def _dated(project: Project) -> Iterator[tuple[str, str, str, str, str]]:
    """Day, name, title, day of the last review, and address of all that has a day of review."""
    for page in project.pages:
        address = project.site.address and f"{project.site.address}{page_url(page.path)}"
        yield page.meta.review_by, f"docs/{page.path}", page.meta.title, page.meta.reviewed, address or ""
    for row_id, row in project.published.rows.items():
        if day := getattr(row, "review_by", None):
            yield day, row_id, row_id, getattr(row, "reviewed", day), ""


def _text(words: str) -> str:
    return re.sub(r"([\\;,])", r"\\\1", words)


def _folded(line: str) -> str:
    """A line in pieces of at most 75 bytes, no character cut; each further piece begins with a space."""
    pieces, piece = [], ""
    for character in line:
        if len(f"{piece}{character}".encode()) > 75:
            pieces.append(piece)
            piece = " "
        piece += character
    return "\r\n".join([*pieces, piece])
