"""The whole build: data, pages, downloads, PDFs, links; site/ is replaced only at the end."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from .content.faults import ContentError
from .content.load import Data, load
from .content.pages import Page
from .content.settings import read_settings
from .downloads.write import write_downloads
from .printing.all_sheets import all_sheets
from .printing.manifest import write_manifest
from .printing.pictures import write_archives, write_pictures
from .printing.print_sheets import print_sheets
from .printing.printable_page import ExtractionError
from .printing.progress import progress_line
from .printing.render import RenderError
from .printing.sheet_rules import LintError
from .printing.sheets import Sheet
from .publishing.head_and_assets import PublishError
from .publishing.internal_links import broken_links
from .publishing.page_notes import write_file_notes, write_print_status, write_used_on
from .publishing.publish import publish
from .publishing.search_index import write_search_index
from .publishing.site_folder import replace, staging
from .rendering.checked_pages import load_pages


class BuildError(Exception):
    """The build stopped; the message says where and what to mend."""


def build(root: Path, site: Path, say: Callable[[str], None] = print) -> None:
    """Build everything into `site`. On any fault the old `site` stays as it was.

    Raises BuildError, ContentError, ExtractionError or RenderError with all that is to mend.
    """
    root, site = root.resolve(), site.resolve()
    with staging(site) as new:
        make(root, new, say)
        broken = broken_links(new)
        if broken:
            raise BuildError("broken links:\n" + "\n".join(broken))
        say("links: all lead somewhere")
        replace(new, site)
    say(f"ready: open {site / 'index.html'}")


def make(
    root: Path, new: Path, say: Callable[[str], None] = print, wanted: Callable[[Sheet], bool] = lambda sheet: True
) -> None:
    """Make all that a site holds in the folder `new`; `wanted` chooses the sheets to print.

    Raises BuildError, ContentError, ExtractionError or RenderError with all that is to mend.
    """
    cache = root / ".cache" / "handouts"
    data = load(root)
    pages = load_pages(root, data)
    imprint, tree = read_settings(root)
    say(f"data: {len(data.rows)} rows and {len(data.references)} sources are sound")
    build_pages(root, new, data.changes.changes[0].date)
    finish_pages(new, pages, data)
    say(f"pages: {len(pages)} built")
    files = write_downloads(data, new / "downloads", imprint.site_name, imprint.site_url)
    say(f"downloads: {len(files)} files")
    sheets = [sheet for sheet in all_sheets(new, pages, tree, data, imprint) if wanted(sheet)]
    entries = print_sheets(sheets, data, imprint, new / "pdf", cache, progress=progress_line(say))
    handouts = {row.id for row in data.handouts.handouts}
    offer(new, entries, handouts, cache)
    publish(new, pages, tree, imprint, sorted(handouts), data.changes.changes[0].date)


def finish_pages(site: Path, pages: list[Page], data: Data) -> None:
    """Add to the built pages what needs all of them."""
    write_search_index(site, pages, data)
    write_used_on(site, pages)
    write_print_status(site, pages, data)


def offer(site: Path, entries: list[dict[str, Any]], handouts: set[str], cache: Path) -> None:
    """Put beside the PDFs what the handouts page shows: manifest, pictures, archives, pages and sizes."""
    out = site / "pdf"
    write_manifest(entries, out)
    write_pictures(entries, handouts, out, cache)
    archives = write_archives(entries, handouts, out)
    write_file_notes(site, entries, archives.values())


def build_pages(root: Path, out: Path, day: str = "2026-01-01") -> None:
    """Run MkDocs strictly into `out`; `day` is the date that the sitemap bears, instead of today's.

    Raises BuildError with what MkDocs reported.
    """
    run = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(out)],
        cwd=root,
        capture_output=True,
        text=True,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "NO_COLOR": "1", "SOURCE_DATE_EPOCH": _epoch(day)},
        check=False,
    )
    if run.returncode != 0:
        raise BuildError("the pages could not be built:\n" + "\n".join(_reported(root, run.stdout + run.stderr)))


def _epoch(day: str) -> str:
    return str(int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp()))


_MACRO_ERROR = re.compile(
    r"_File_: `(?P<page>[^`]+)`.*?_\w+_: (?P<cause>[^\n]*).*?File \"<template>\", line (?P<line>\d+)", re.DOTALL
)


_SYNTAX_ERROR = re.compile(
    r"_File_: `(?P<page>[^`]+)`\s*_Line (?P<line>\d+) in Markdown file:_ \*\*(?P<cause>.*?)\*\*", re.DOTALL
)


def _reported(root: Path, output: str) -> list[str]:
    """What is wrong, as MkDocs and its plugins report it: without notes on progress and tracebacks."""
    found = _SYNTAX_ERROR.search(output) or _MACRO_ERROR.search(output)
    if found:
        page = root / "docs" / found["page"]
        # The plugin counts lines below the front matter.
        head, body = page.read_text(encoding="utf-8").split("\n---\n", 1)
        above = head.count("\n") + 2 + len(body) - len(body.lstrip("\n"))
        return [f"docs/{found['page']}:{above + int(found['line'])}: {found['cause']}"]
    # Of a traceback only its last line speaks of the content.
    output = re.sub(r"Traceback \(most recent call last\):\n(?:[ \n].*\n?)*", "", output)
    lines = [line for line in output.splitlines() if line.strip() and not line.startswith("INFO")]
    return lines or ["MkDocs gave no reason; run: mkdocs build --strict"]


FAULTS = (BuildError, ContentError, ExtractionError, LintError, PublishError, RenderError)
