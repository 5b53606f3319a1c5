"""The whole build: data, pages, downloads, PDFs, links; site/ is replaced only at the end."""

import logging
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

from .content.faults import ContentError
from .content.project import Project, load_project
from .downloads.write import write_downloads
from .printing.manifest import with_older, write_manifest
from .printing.pictures import write_pictures
from .printing.print_cache import PrintCache
from .printing.print_sheets import all_sheets, print_sheets
from .printing.printable_page import ExtractionError
from .printing.render import RenderError
from .printing.sheets import Sheet
from .publishing.internal_links import broken_links
from .publishing.publish import PublishError, finish, note_prints, publish
from .publishing.site_folder import new_site
from .rendering.dry_run import call_faults, macro_fault, use_faults
from .rendering.page_context import Used

# Below the project's folder; what is kept there a build finds again.
CACHE = ".cache/handouts"


class BuildError(Exception):
    """The build stopped; the message says where and what to mend."""


def build(root: Path, site: Path, say: Callable[[str], None] = print) -> None:
    """Build everything into `site`. On any fault the old `site` stays as it was.

    Raises BuildError, ContentError, ExtractionError or RenderError with all that is to mend.
    """
    root, site = root.resolve(), site.resolve()
    with new_site(site) as new:
        cache = make(root, new, say)
        broken = broken_links(new)
        if broken:
            raise BuildError("broken links:\n" + "\n".join(broken))
        say("links: all lead somewhere")
    cache.empty()
    say(f"ready: {site}")
    # From the disk a browser shows folders as lists of files, and the search hangs.
    say(f'look at it with: make open (or: python -m http.server --directory "{site}")')


def make(
    root: Path, new: Path, say: Callable[[str], None] = print, wanted: Callable[[Sheet], bool] = lambda sheet: True
) -> PrintCache:
    """Make all that a site holds in the folder `new`; `wanted` chooses the sheets to print.

    Returns the cache of prints, which knows what this site used of it. Raises BuildError, ContentError,
    ExtractionError or RenderError with all that is to mend.
    """
    project = load_project(root)
    cache = PrintCache(root / CACHE)
    say(f"data: {len(project.data.rows)} rows and {len(project.data.references)} sources are sound")
    used = build_pages(project, new)
    if faults := list(use_faults(project, used)):
        raise ContentError(faults)
    finish(new, project, used)
    say(f"pages: {len(project.pages)} built")
    files = write_downloads(project, new / "downloads")
    say(f"downloads: {len(files)} files")
    sheets = all_sheets(new, project)
    entries = print_sheets([sheet for sheet in sheets if wanted(sheet)], project, new / "pdf", cache, say=say)
    offer(new, entries, project, cache)
    publish(new, project, sheets, used)
    return cache


def print_again(
    project: Project,
    site: Path,
    sheets: Sequence[Sheet],
    chosen: Sequence[Sheet],
    papers: Sequence[str],
    out: Path,
    say: Callable[[str], None],
) -> None:
    """Print those `chosen` of all `sheets` of the built site into the folder `out`; what stands beside them follows.

    Raises ContentError, ExtractionError or RenderError with all that is to mend.
    """
    cache = PrintCache(project.root / CACHE)
    printed = print_sheets(chosen, project, out, cache, papers, say)
    entries = with_older(printed, out, sheets, project.site.version)
    if out.resolve() == (site / "pdf").resolve():
        offer(site, entries, project, cache)
        note_prints(site, project, sheets)
    else:
        write_manifest(entries, out)


def offer(site: Path, entries: list[dict[str, Any]], project: Project, cache: PrintCache) -> None:
    """Put beside the PDFs what the handouts page shows: manifest and pictures."""
    out, handouts = site / "pdf", project.published.handouts.handouts
    write_manifest(entries, out)
    write_pictures(entries, handouts, out, cache)


def build_pages(project: Project, out: Path) -> dict[str, Used]:
    """Run MkDocs strictly, in this process, into the folder `out`; returns what each page used, by its path.

    The sitemap bears the day of the newest change.

    Raises ContentError for a fault of a row or of a macro call, BuildError with what MkDocs or the theme complained of.
    """
    if faults := call_faults(project):
        raise ContentError(faults)
    config = load_config(str(project.root / "mkdocs.yml"), site_dir=str(out), strict=True)
    plugin: Any = config.plugins["macros"]  # the `env` of define_env
    plugin.project = project
    with _heard_warnings() as heard, _environment(project.day):
        try:
            mkdocs_build(config)
        except Abort:
            raise BuildError("the pages could not be built:\n" + "\n".join(heard)) from None
        except SystemExit as stop:
            # The plugin ends the process when a macro fails; what failed is the context of that.
            cause, page = stop.__context__ or stop, project.page(plugin.page.file.src_uri)
            raise cause if isinstance(cause, ContentError) else ContentError([macro_fault(cause, page)]) from None
    used: dict[str, Used] = plugin.contexts.used()
    return used


@contextmanager
def _heard_warnings() -> Iterator[list[str]]:
    """What MkDocs and its plugins warn of, kept instead of printed."""
    heard: list[str] = []

    class Collect(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            heard.append(record.getMessage())

    handler, logger = Collect(logging.WARNING), logging.getLogger("mkdocs")
    passes_on, logger.propagate = logger.propagate, False
    logger.addHandler(handler)
    try:
        yield heard
    finally:
        logger.removeHandler(handler)
        logger.propagate = passes_on


@contextmanager
def _environment(day: str) -> Iterator[None]:
    """The two settings that MkDocs and the theme read from the environment only; put back at the end."""
    epoch = int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp())
    before = dict(os.environ)
    os.environ |= {"SOURCE_DATE_EPOCH": str(epoch), "NO_MKDOCS_2_WARNING": "1"}
    try:
        yield
    finally:
        for name in ("SOURCE_DATE_EPOCH", "NO_MKDOCS_2_WARNING"):
            os.environ.pop(name)
            os.environ |= {name: before[name]} if name in before else {}


FAULTS = (BuildError, ContentError, ExtractionError, PublishError, RenderError)
