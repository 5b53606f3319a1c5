"""Set a sheet in the print template and render it to PDF/UA-1 with WeasyPrint."""

import hashlib
import html
import importlib.resources
import os
import string
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from importlib.metadata import version as package_version
from pathlib import Path
from typing import Any

from .. import typeset
from .extract import Sheet

PAPERS = {"a4": "A4", "letter": "Letter"}
FACES = {
    "Regular": (400, "normal"),
    "It": (400, "italic"),
    "Semibold": (600, "normal"),
    "Bold": (700, "normal"),
    "BoldIt": (700, "italic"),
}


class RenderError(Exception):
    """A sheet that could not be rendered; the message names it and the cause."""


@dataclass(frozen=True)
class Job:
    """One PDF to make: which sheet, on which paper, from which HTML, to which file."""

    slug: str
    paper: str
    document: str
    target: Path
    cache: Path


@dataclass(frozen=True)
class Printed:
    """A PDF that was made, or taken from the cache unchanged."""

    job: Job
    pages: int
    rendered: bool


def print_document(sheet: Sheet, paper: str, version: str, site_name: str, site_url: str) -> str:
    """The whole HTML document of one print."""
    folder = importlib.resources.files(__package__)
    template = string.Template(folder.joinpath("page.html").read_text(encoding="utf-8"))
    style = string.Template(folder.joinpath("print.css").read_text(encoding="utf-8"))
    address = f"{site_url}{sheet.source}" if site_url else f"{site_name}: {sheet.source.strip('/') or 'home page'}"
    values = {
        "title": html.escape(sheet.title),
        "description": html.escape(sheet.description),
        "audience": html.escape(sheet.audience),
        "audience_class": "for-patients" if sheet.for_patients else "",
        "site_name": html.escape(site_name),
        "body": sheet.body,
    }
    css = style.substitute(
        paper=PAPERS[paper],
        faces=_font_faces(),
        title=_css_string(sheet.title),
        audience=_css_string(sheet.audience),
        status=_css_string(f"Version {version} · Reviewed {typeset.date(sheet.reviewed)}"),
        address=_css_string(address),
    )
    return template.substitute(values, css=css)


def _css_string(words: str) -> str:
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ") + '"'


def _font_faces() -> str:
    files = importlib.resources.files("font_source_sans_pro").joinpath("files")
    return "\n".join(
        f"@font-face {{ font-family: 'Sheet Sans'; font-weight: {weight}; font-style: {style};"
        f" src: url('font:{files.joinpath(f'SourceSansPro-{name}.ttf').name}'); }}"
        for name, (weight, style) in FACES.items()
    )


def job_for(sheet: Sheet, paper: str, document: str, folder: Path, cache: Path) -> Job:
    """The job that prints `document` into `folder`; its name in the cache is a hash of all that decides it."""
    decides = "\n".join([document, package_version("weasyprint"), package_version("font-source-sans-pro"), _own_code()])
    key = hashlib.sha256(decides.encode()).hexdigest()[:32]
    return Job(sheet.slug, paper, document, folder / f"{sheet.slug}-{paper}.pdf", cache / key)


def _own_code() -> str:
    return Path(__file__).read_text(encoding="utf-8")


def render_all(jobs: list[Job], processes: int | None = None) -> Iterator[Printed]:
    """Render every job, using all cores; yields each as it is done.

    Raises RenderError with every sheet that failed.
    """
    failures: dict[str, list[str]] = {}
    waiting = []
    for job in jobs:
        printed = _from_cache(job)
        if printed:
            yield printed
        else:
            waiting.append(job)
    if waiting:
        # The sheets do not depend on one another; the longest first keeps both ends busy.
        waiting.sort(key=lambda job: len(job.document), reverse=True)
        with ProcessPoolExecutor(processes or os.cpu_count()) as pool:
            running: dict[Future[Printed], Job] = {pool.submit(render, job): job for job in waiting}
            for future in as_completed(running):
                job = running[future]
                try:
                    yield future.result()
                except Exception as error:
                    # One cause can stop many sheets: name it once.
                    failures.setdefault(str(error), []).append(f"{job.slug} ({job.paper})")
    if failures:
        raise RenderError("\n".join(f"{', '.join(sorted(stopped))}: {cause}" for cause, stopped in failures.items()))


def _from_cache(job: Job) -> Printed | None:
    for path in job.cache.parent.glob(f"{job.cache.name}-*.pdf"):
        job.target.write_bytes(path.read_bytes())
        return Printed(job, int(path.stem.rsplit("-", 1)[1]), rendered=False)
    return None


def render(job: Job) -> Printed:
    """Render one job to its target and to the cache; a warning of the renderer is a failure.

    Raises RenderError.
    """
    html_class = _weasyprint()
    import logging

    messages: list[str] = []

    class Collect(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            messages.append(record.getMessage())

    handler = Collect(logging.WARNING)
    logger = logging.getLogger("weasyprint")
    logger.addHandler(handler)
    try:
        document = html_class(string=job.document, url_fetcher=_fetch_font).render()
        content = document.write_pdf(pdf_variant="pdf/ua-1")
    finally:
        logger.removeHandler(handler)
    if messages:
        raise RenderError("; ".join(dict.fromkeys(messages)))
    pages = len(document.pages)
    job.cache.parent.mkdir(parents=True, exist_ok=True)
    kept = job.cache.with_name(f"{job.cache.name}-{pages}.pdf")
    partial = kept.with_suffix(f".{os.getpid()}")
    partial.write_bytes(content)
    partial.replace(kept)
    job.target.write_bytes(content)
    return Printed(job, pages, rendered=True)


def _weasyprint() -> Any:
    try:
        from weasyprint import HTML
    except OSError as error:
        raise RenderError(
            "Pango is missing, which sets the text of the PDFs. On Debian and Ubuntu: "
            "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0. On macOS: brew install pango. "
            f"({error})"
        ) from None
    return HTML


def _fetch_font(url: str, *_: Any, **__: Any) -> Any:
    """Fonts come from their package; nothing else is fetched, neither from the disk nor from a network."""
    from weasyprint.urls import URLFetcherResponse

    if not url.startswith("font:"):
        raise ValueError(f"the print asks for {url}; only fonts of the package are allowed")
    name = url.removeprefix("font:")
    data = importlib.resources.files("font_source_sans_pro").joinpath("files", name).read_bytes()
    return URLFetcherResponse(url, data, {"Content-Type": "font/ttf"})
