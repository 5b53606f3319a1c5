"""Print sheets, each checked for its readers and for its number of pages."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from ..content.project import Project
from .attached_data import attachments
from .manifest import _entry
from .print_template import PAPERS, print_document
from .render import Job, Printed, RenderError, cache_name, render_all
from .sheet_rules import LintError, lint
from .sheets import Sheet

Progress = Callable[[int, int, Printed], None]


def print_sheets(
    sheets: Sequence[Sheet],
    project: Project,
    out: Path,
    cache: Path,
    papers: Iterable[str] = tuple(PAPERS),
    progress: Progress = lambda done, total, printed: None,
) -> list[dict[str, Any]]:
    """Print sheets into the folder `out`; returns the entries of the manifest, sorted by file.

    Raises LintError when a sheet is not fit for its readers, RenderError when one cannot be printed
    or needs more pages than it may have.
    """
    faults = [fault for sheet in sheets for fault in lint(sheet, project.data)]
    if faults:
        raise LintError("\n".join(faults))
    out.mkdir(parents=True, exist_ok=True)
    by_slug = {sheet.slug: sheet for sheet in sheets}
    jobs = [_job(sheet, paper, project, out, cache) for sheet in sheets for paper in papers if paper in sheet.papers]
    entries = []
    for done, printed in enumerate(render_all(jobs), 1):
        progress(done, len(jobs), printed)
        entries.append(_entry(by_slug[printed.job.slug], printed, project.site.version))
    faults = [fault for entry in entries for fault in _page_faults(by_slug[entry["slug"]], entry)]
    if faults:
        raise RenderError("\n".join(faults))
    return sorted(entries, key=lambda entry: str(entry["file"]))


def _job(sheet: Sheet, paper: str, project: Project, out: Path, cache: Path) -> Job:
    document = print_document(sheet, paper, project.site)
    attached = tuple(attachments(sheet.body, project.data))
    key = cache_name(document, attached, sheet.reviewed, sheet.most_pages)
    target = out / f"{sheet.slug}-{paper}.pdf"
    return Job(sheet.slug, paper, document, attached, sheet.reviewed, target, cache / key, sheet.most_pages)


def _page_faults(sheet: Sheet, entry: dict[str, Any]) -> list[str]:
    if not sheet.most_pages or sheet.least_pages <= entry["pages"] <= sheet.most_pages:
        return []
    wanted = f"{sheet.least_pages} to {sheet.most_pages}" if sheet.least_pages > 1 else f"at most {sheet.most_pages}"
    return [f"{sheet.slug} ({entry['paper']}): {entry['pages']} pages, expected {wanted}; shorten what it prints"]
