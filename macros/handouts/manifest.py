"""Print every page and list what was printed in site/pdf/manifest.json."""

import hashlib
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from ..pages import Page
from .extract import Sheet, extract
from .render import PAPERS, Printed, job_for, print_document, render_all


def print_pages(
    pages: Iterable[Page],
    site: Path,
    out: Path,
    cache: Path,
    version: str,
    site_name: str,
    site_url: str,
    papers: Iterable[str] = tuple(PAPERS),
    progress: Callable[[int, int, Printed], None] = lambda done, total, printed: None,
) -> list[dict[str, Any]]:
    """Print the built pages of `site` into the folder `out`; returns the entries of the manifest.

    Raises ExtractionError or RenderError, naming the page and the cause.
    """
    out.mkdir(parents=True, exist_ok=True)
    by_slug = {page.slug: (page, extract(site, page, site_url)) for page in pages}
    jobs = [
        job_for(sheet, paper, print_document(sheet, paper, version, site_name, site_url), out, cache)
        for _, sheet in by_slug.values()
        for paper in papers
    ]
    entries = []
    for done, printed in enumerate(render_all(jobs), 1):
        progress(done, len(jobs), printed)
        page, sheet = by_slug[printed.job.slug]
        entries.append(_entry(page, sheet, printed, version))
    return sorted(entries, key=lambda entry: entry["file"])


def _entry(page: Page, sheet: Sheet, printed: Printed, version: str) -> dict[str, Any]:
    content = printed.job.target.read_bytes()
    return {
        "slug": sheet.slug,
        "title": sheet.title,
        "audience": list(page.meta.audience),
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
