"""What a device saves of the real site at the first visit."""

import gzip
import hashlib
import json
import re
from pathlib import Path

from macros.content.addresses import page_url, print_name
from macros.content.project import Project
from macros.publishing import offline


def listed(site: Path, name: str) -> dict[str, str]:
    """A list of the worker."""
    worker = (site / offline.WORKER).read_text(encoding="utf-8")
    return json.loads(re.search(rf"^const {name} = (.*);$", worker, re.MULTILINE)[1])


def test_every_page_is_saved_as_it_stands_and_no_more_is_sent_than_may_be_unasked(site: Path, real: Project) -> None:
    """The hashes that the worker compares are those of the files; their bytes are counted packed as a host sends them."""
    files = listed(site, "FILES")
    assert {f"{page_url(page.path)}index.html" for page in real.pages} <= files.keys()
    sent = 0
    for name, digits in files.items():
        content = (site / name).read_bytes()
        assert hashlib.sha256(content).hexdigest().startswith(digits), name
        sent += len(content) if name.endswith((".pdf", ".png")) else len(gzip.compress(content))
    assert sent <= offline.FIRST_SAVE


def test_the_sheets_that_print_the_warnings_are_saved_unasked(site: Path, real: Project) -> None:
    rows = real.published.handouts.handouts
    urgent = [row for row in rows if any(section.startswith("safety/") for section in row.sections)]
    assert urgent
    assert {f"pdf/{print_name(row.id, paper)}" for row in urgent for paper in row.papers} <= listed(
        site, "FILES"
    ).keys()


def test_books_packs_and_large_prints_are_only_saved_when_asked_for(site: Path, real: Project) -> None:
    rows = real.published.handouts.handouts
    unasked = {row.id for row in rows if not row.book}
    packs = {row.id for row in real.published.handouts.packs}
    waiting = {slug for row in rows for slug in row.slugs} - unasked | packs
    assert not any(offline.is_print_of(name, waiting) for name in listed(site, "FILES"))
    asked = listed(site, "ASKED")
    assert len([name for name in asked if offline.is_print_of(name, waiting)]) == 2 * len(waiting)
    for name, (digits, size) in asked.items():
        content = (site / name).read_bytes()
        assert (hashlib.sha256(content).hexdigest()[:12], len(content)) == (digits, size), name
