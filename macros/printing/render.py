"""Render print documents to PDF/UA-1 with WeasyPrint, in parallel, and only those whose input changed."""

import gc
import hashlib
import importlib.resources
import multiprocessing.connection
import os
import threading
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version as package_version
from pathlib import Path
from typing import Any

from ..system_parts import PARTS, cure, look_into_homebrew
from .attached_data import Attached
from .print_cache import keep

# Of the height of the text area; and up to how many pages a print is worth setting twice for it.
_NEARLY_EMPTY, _SHORT = 0.2, 30


class RenderError(Exception):
    """A sheet that could not be rendered; the message names it and the cause."""


@dataclass(frozen=True)
class Job:
    """One PDF to make: which sheet, on which paper, from which HTML, with which data inside, to which file.

    `day` is the date that the attached files bear; what takes more than `most_pages` (0: any number), or leaves
    its last page nearly empty, is set once more, tighter.
    """

    slug: str
    paper: str
    document: str
    attached: tuple[Attached, ...]
    day: str
    target: Path
    cache: Path
    most_pages: int = 0


@dataclass(frozen=True)
class Printed:
    """A PDF that was made, or taken from the cache unchanged."""

    job: Job
    pages: int
    rendered: bool


def cache_name(document: str, attached: tuple[Attached, ...], day: str, most_pages: int = 0) -> str:
    """A hash of all that decides the bytes of a PDF."""
    code = Path(__file__).read_text(encoding="utf-8")
    parts = [
        document,
        repr(attached),
        day,
        str(most_pages),
        _tight(),
        package_version("weasyprint"),
        package_version("font-source-sans-pro"),
        code,
    ]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]


def _tight() -> str:
    return importlib.resources.files(__package__).joinpath("tight.css").read_text(encoding="utf-8")


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
        with ProcessPoolExecutor(processes or os.cpu_count(), initializer=end_with_parent) as pool:
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


def end_with_parent() -> None:
    """In a worker process: end as soon as the build that started it is gone, however it died."""
    parent = multiprocessing.parent_process()
    assert parent is not None

    def watch() -> None:
        multiprocessing.connection.wait([parent.sentinel])
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _from_cache(job: Job) -> Printed | None:
    for path in job.cache.parent.glob(f"{job.cache.name}-*.pdf"):
        job.target.write_bytes(path.read_bytes())
        return Printed(job, int(path.stem.rsplit("-", 1)[1]), rendered=False)
    return None


def render(job: Job) -> Printed:
    """Render one job to its target and to the cache; a warning of the renderer is a failure.

    Raises RenderError.
    """
    weasyprint = load_weasyprint()
    import logging

    messages: list[str] = []

    class Collect(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            messages.append(record.getMessage())

    handler = Collect(logging.WARNING)
    logger = logging.getLogger("weasyprint")
    logger.addHandler(handler)
    try:
        # Nearly all objects of a layout live until it is done; searching them for waste costs a sixth of the time.
        gc.disable()
        document = weasyprint.HTML(string=job.document, url_fetcher=fetcher()).render()
        if _wants_less(document, job.most_pages):
            tight = job.document.replace("</style>", f"{_tight()}</style>", 1)
            tighter = weasyprint.HTML(string=tight, url_fetcher=fetcher()).render()
            document = min(document, tighter, key=lambda made: len(made.pages))
        content = document.write_pdf(pdf_variant="pdf/ua-1", attachments=_attachments(weasyprint, job))
    finally:
        gc.enable()
        logger.removeHandler(handler)
    if messages:
        raise RenderError("; ".join(dict.fromkeys(messages)))
    pages = len(document.pages)
    keep(job.cache.with_name(f"{job.cache.name}-{pages}.pdf"), content)
    job.target.write_bytes(content)
    return Printed(job, pages, rendered=True)


def _wants_less(document: Any, most_pages: int) -> bool:
    """Whether a print has more pages than it may have, or a last page that is nearly empty."""
    if most_pages and len(document.pages) > most_pages:
        return True
    if len(document.pages) > _SHORT:
        return False  # a book ends where it ends
    # The library gives no public way to what stands on a page; its version is pinned.
    page = document.pages[-1]._page_box
    return len(document.pages) > 1 and page.children[0].height < _NEARLY_EMPTY * page.height


def _attachments(weasyprint: Any, job: Job) -> list[Any]:
    # Without a date of its own an attached file bears the time of the build, and no two builds are the same.
    day = datetime.fromisoformat(job.day).replace(tzinfo=UTC)
    return [
        weasyprint.Attachment(
            string=file.content,
            name=file.name,
            description=file.description,
            created=day,
            modified=day,
            relationship="Data",
        )
        for file in job.attached
    ]


def load_weasyprint() -> Any:
    """The module, loaded only when something is rendered. Raises RenderError when Pango is missing."""
    look_into_homebrew()
    try:
        import weasyprint
    except OSError as error:
        raise RenderError(f"{cure(PARTS['pango'])}\n  ({error})") from None
    return weasyprint


def fetcher() -> Any:
    """Fonts come from their package and drawings from the document; nothing else is fetched."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Fetcher(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
            if url.startswith("data:"):
                return super().fetch(url, headers)
            if not url.startswith("font:"):
                raise ValueError(f"the print asks for {url}; only fonts of the package are allowed")
            name = url.removeprefix("font:")
            data = importlib.resources.files("font_source_sans_pro").joinpath("files", name).read_bytes()
            return URLFetcherResponse(url, data, {"Content-Type": "font/ttf"})

    return Fetcher(allowed_protocols=["data"])
