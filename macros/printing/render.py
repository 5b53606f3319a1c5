"""One print document to PDF/UA-1 with WeasyPrint; runs in a process of its own."""

import gc
import importlib.resources
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from ..system_parts import PARTS, cure, look_into_homebrew
from .attached_data import Attached

# Of the height of the text area; and up to how many pages a print is worth setting twice for it.
_NEARLY_EMPTY, _SHORT = 0.2, 30


class RenderError(Exception):
    """A sheet that could not be rendered; the message says why."""


@dataclass(frozen=True)
class Job:
    """One PDF to make: which sheet, on which paper, from which HTML, with which data inside.

    `day` is the date that the attached files bear; what takes more than `most_pages` (0: any number), or leaves
    its last page nearly empty, is set once more, tighter.
    """

    slug: str
    paper: str
    document: str
    attached: tuple[Attached, ...]
    day: str
    most_pages: int = 0


def render(job: Job) -> bytes:
    """The PDF of a job; a warning of the renderer is a failure.

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
        content: bytes = document.write_pdf(pdf_variant="pdf/ua-1", attachments=_attachments(weasyprint, job))
    finally:
        gc.enable()
        logger.removeHandler(handler)
    if messages:
        raise RenderError("; ".join(dict.fromkeys(messages)))
    return content


def decides_bytes() -> str:
    """What in this module decides the bytes of a PDF beside its job: the program and the tighter style."""
    return importlib.resources.files(__package__).joinpath("render.py").read_text(encoding="utf-8") + _tight()


def _tight() -> str:
    return importlib.resources.files(__package__).joinpath("tight.css").read_text(encoding="utf-8")


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
