"""All prints of the site: which there are, each checked, rendered beside the others, and told as it is done."""

import multiprocessing
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TextIO

from ..content.addresses import print_name
from ..content.faults import ContentError, Fault
from ..content.project import Project
from ..content.vocabulary import PAPERS
from ..downloads.records import records
from .attached_data import attachments
from .book import book_sheet
from .manifest import manifest_entry, page_count
from .missing_signs import sign_faults
from .packs import pack_sheet
from .print_cache import PrintCache
from .print_template import page_name, print_document, root, tight
from .render import Job, Part, RenderError, decides_bytes, render
from .sheet_rules import faults, sheet_fault
from .sheets import Sheet, handout_sheet, page_sheet

Say = Callable[[str], None]


@dataclass(frozen=True)
class Printed:
    """A PDF that was rendered, or taken from the cache unchanged."""

    job: Job
    content: bytes
    pages: int
    rendered: bool


def all_sheets(built: Path, project: Project) -> list[Sheet]:
    """The sheets of the site that was built in the folder `built`: its handouts, their large prints, the book, the
    packs, and each page that is not the page of a handout.

    Raises ContentError, ExtractionError.
    """
    handouts, packs = project.published.handouts.handouts, project.published.handouts.packs
    sheets = {row.id: (book_sheet if row.book else handout_sheet)(built, row, project) for row in handouts}
    return [
        *sheets.values(),
        *(handout_sheet(built, row, project, large=True) for row in handouts if row.large_print),
        *(pack_sheet(pack, [sheets[name] for name in pack.sheets], project.site) for pack in packs),
        *(page_sheet(built, page, project) for page in project.pages if project.printed_as(page) is None),
    ]


def print_sheets(
    sheets: Sequence[Sheet],
    project: Project,
    out: Path,
    cache: PrintCache,
    papers: Iterable[str] = PAPERS,
    say: Say | None = None,
) -> list[dict[str, Any]]:
    """Print sheets into the folder `out`; returns the entries of the manifest, sorted by file.

    Nothing is written when one of them has a fault. Raises ContentError when a sheet is not fit for its readers or
    needs more pages than it may have, RenderError when one cannot be printed.
    """
    found = [*(fault for sheet in sheets for fault in faults(sheet, project)), *sign_faults(sheets, project)]
    if found:
        raise ContentError(found)
    out.mkdir(parents=True, exist_ok=True)
    by_slug = {sheet.slug: sheet for sheet in sheets}
    jobs = list(jobs_of(sheets, project, papers))
    prints = render_all(jobs, cache, lambda job: f"{_address(by_slug[job.slug], project)}: {_called(job)}")
    made = list(told(prints, len(jobs), say) if say else prints)
    version = project.site.version
    entries = [manifest_entry(by_slug[one.job.slug], one.job.paper, one.content, version) for one in made]
    found = [fault for entry in entries for fault in _page_faults(by_slug[entry["slug"]], entry, project)]
    if found:
        raise ContentError(found)
    for one in made:
        (out / print_name(one.job.slug, one.job.paper)).write_bytes(one.content)
    return sorted(entries, key=lambda entry: str(entry["file"]))


def jobs_of(sheets: Iterable[Sheet], project: Project, papers: Iterable[str] = PAPERS) -> Iterator[Job]:
    """What is to be printed: each sheet on each of these papers that it is made for."""
    downloads, papers = records(project.published), list(papers)
    for sheet in sheets:
        attached = tuple(attachments(sheet.body, project.published, downloads))
        parts = tuple(_part(one, sheet) for one in sheet.sheets or (sheet,))
        for paper in papers:
            if paper in sheet.papers:
                document = print_document(sheet, paper, project.site)
                yield Job(sheet.slug, paper, document, attached, sheet.reviewed, parts)


def _part(sheet: Sheet, whole: Sheet) -> Part:
    grows = "region-sheet" in sheet.classes.split()
    return Part(page_name(sheet, whole), sheet.most_pages, root(sheet, whole), tight(sheet, whole), grows)


def _called(job: Job) -> str:
    return f"{job.slug} ({job.paper})"


def _address(sheet: Sheet, project: Project) -> str:
    fault = sheet_fault(sheet, project, "")
    return f"{fault.file}:{fault.line}"


def render_all(
    jobs: Sequence[Job], cache: PrintCache, called: Callable[[Job], str] = _called, processes: int | None = None
) -> Iterator[Printed]:
    """Render every job that the cache does not hold, using all cores; yields each as it is done.

    Raises RenderError with every sheet that failed, as `called` names it.
    """
    names = {job: cache_name(job, cache) for job in jobs}
    waiting = []
    for job in jobs:
        kept = cache.take(names[job])
        if kept is None:
            waiting.append(job)
        else:
            yield Printed(job, kept, page_count(kept), rendered=False)
    failures: dict[str, list[str]] = {}
    for job, pdf in _rendered(waiting, processes):
        try:
            content = pdf()
        except Exception as error:
            # One cause can stop many sheets: name it once.
            failures.setdefault(str(error), []).append(called(job))
        else:
            cache.keep(names[job], content)
            yield Printed(job, content, page_count(content), rendered=True)
    if failures:
        raise RenderError("\n".join(f"{', '.join(sorted(stopped))}: {cause}" for cause, stopped in failures.items()))


def cache_name(job: Job, cache: PrintCache) -> str:
    """The name under which the PDF of a job is kept: a hash of all that decides its bytes."""
    parts = (decides_bytes(), job.document, repr(job.attached), job.day, repr(job.parts))
    return cache.name(*parts, ending=".pdf")


def _rendered(jobs: list[Job], processes: int | None) -> Iterator[tuple[Job, Callable[[], bytes]]]:
    """The jobs, each as it is done, with what gives its PDF or raises what stopped it."""
    processes = min(len(jobs), processes or os.cpu_count() or 1)
    if processes <= 1:
        yield from ((job, partial(render, job)) for job in jobs)
        return
    # Each process begins anew: one that is forked beside a thread may never get on.
    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, mp_context=fresh) as pool:
        # The sheets do not depend on one another; the longest first keeps both ends busy.
        ordered = sorted(jobs, key=lambda job: len(job.document), reverse=True)
        running = {pool.submit(render, job): job for job in ordered}
        for future in as_completed(running):
            yield running[future], future.result


def told(prints: Iterable[Printed], total: int, say: Say, terminal: TextIO | None = None) -> Iterator[Printed]:
    """The same prints, and how far they are: a bar on a terminal, elsewhere a line for each through `say`."""
    terminal = terminal or sys.stdout
    if terminal.isatty():
        from tqdm import tqdm

        class Bar(tqdm):  # type: ignore[misc]
            monitor_interval = 0  # no thread that watches it

        yield from Bar(prints, "pdf", total, file=terminal, unit=" PDF")
        return
    for done, one in enumerate(prints, 1):
        how = _counted(one.pages) + ("" if one.rendered else ", unchanged")
        say(f"pdf: [{done}/{total}] {one.job.slug} ({one.job.paper}, {how})")
        yield one


def _counted(pages: int) -> str:
    return f"{pages} page{'s' if pages > 1 else ''}"


def _page_faults(sheet: Sheet, entry: dict[str, Any], project: Project) -> Iterator[Fault]:
    pages = entry["pages"]
    has = f"{_counted(pages)} on {entry['paper']}, expected"
    if sheet.most_pages and pages > sheet.most_pages:
        problem = f"{has} at most {sheet.most_pages}; shorten what it prints"
        yield sheet_fault(sheet, project, problem, "most_pages")
    if pages < sheet.least_pages:
        problem = f"{has} at least {sheet.least_pages}; print more, or lower least_pages"
        yield sheet_fault(sheet, project, problem, "least_pages")
