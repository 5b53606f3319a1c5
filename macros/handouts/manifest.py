"""Print sheets, check that they keep to their pages, and list what was printed in site/pdf/manifest.json."""

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from ..data import Data
from .attach import attachments
from .frame import PAPERS, Imprint, print_document
from .lint import LintError, lint
from .render import Job, Printed, RenderError, cache_name, render_all
from .sheets import Sheet

Progress = Callable[[int, int, Printed], None]


def print_sheets(
    sheets: Sequence[Sheet],
    data: Data,
    imprint: Imprint,
    out: Path,
    cache: Path,
    papers: Iterable[str] = tuple(PAPERS),
    progress: Progress = lambda done, total, printed: None,
) -> list[dict[str, Any]]:
    """Print sheets into the folder `out`; returns the entries of the manifest, sorted by file.

    Raises LintError when a sheet is not fit for its readers, RenderError when one cannot be printed
    or needs more pages than it may have.
    """
    faults = [fault for sheet in sheets for fault in lint(sheet, data)]
    if faults:
        raise LintError("\n".join(faults))
    out.mkdir(parents=True, exist_ok=True)
    by_slug = {sheet.slug: sheet for sheet in sheets}
    jobs = [
        _job(sheet, paper, data, imprint, out, cache) for sheet in sheets for paper in papers if paper in sheet.papers
    ]
    entries = []
    for done, printed in enumerate(render_all(jobs), 1):
        progress(done, len(jobs), printed)
        entries.append(_entry(by_slug[printed.job.slug], printed, imprint.version))
    faults = [fault for entry in entries for fault in _page_faults(by_slug[entry["slug"]], entry)]
    if faults:
        raise RenderError("\n".join(faults))
    return sorted(entries, key=lambda entry: str(entry["file"]))


def _job(sheet: Sheet, paper: str, data: Data, imprint: Imprint, out: Path, cache: Path) -> Job:
    document = print_document(sheet, paper, imprint)
    attached = tuple(attachments(sheet.body, data))
    key = cache_name(document, attached, sheet.reviewed, sheet.most_pages)
    target = out / f"{sheet.slug}-{paper}.pdf"
    return Job(sheet.slug, paper, document, attached, sheet.reviewed, target, cache / key, sheet.most_pages)


def _page_faults(sheet: Sheet, entry: dict[str, Any]) -> list[str]:
    if not sheet.most_pages or sheet.least_pages <= entry["pages"] <= sheet.most_pages:
        return []
    wanted = f"{sheet.least_pages} to {sheet.most_pages}" if sheet.least_pages > 1 else f"at most {sheet.most_pages}"
    return [f"{sheet.slug} ({entry['paper']}): {entry['pages']} pages, expected {wanted}; shorten what it prints"]


def _entry(sheet: Sheet, printed: Printed, version: str) -> dict[str, Any]:
    content = printed.job.target.read_bytes()
    return {
        "slug": sheet.slug,
        "title": sheet.title,
        "audience": list(sheet.audience),
        "paper": printed.job.paper,
        "file": printed.job.target.name,
        "pages": printed.pages,
        "bytes": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "version": version,
        "reviewed": sheet.reviewed,
        "source": sheet.source,
    }


def write_manifest(entries: list[dict[str, Any]], out: Path) -> None:
    """Write manifest.json beside the PDFs."""
    text = json.dumps(entries, ensure_ascii=False, indent=1) + "\n"
    (out / "manifest.json").write_text(text, encoding="utf-8")
