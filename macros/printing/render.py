"""One print document to PDF/UA-1 with WeasyPrint; runs in a process of its own."""

import gc
import importlib.resources
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from ..system_parts import PARTS, cure, look_into_homebrew
from .attached_data import Attached
from .pdf_form import complete_form
from .typeface import font_bytes, lacking

# Of the height of the text area; and up to how many pages a print is worth setting twice for it.
_NEARLY_EMPTY, _SHORT = 0.2, 30


# What the renderer says of a sign that no font has which it knows.
_NO_GLYPH = re.compile(r"\.notdef glyph rendered for .*\(U\+([0-9A-F]+)\)", re.DOTALL)


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
        document = weasyprint.HTML(string=job.document, url_fetcher=fetcher()).render(font_config=our_fonts())
        if _wants_less(document, job.most_pages):
            tight = job.document.replace("</style>", f"{_part('tight.css')}</style>", 1)
            tighter = weasyprint.HTML(string=tight, url_fetcher=fetcher()).render(font_config=our_fonts())
            document = min(document, tighter, key=lambda made: len(made.pages))
        content: bytes = document.write_pdf(
            finisher=complete_form, pdf_variant="pdf/ua-1", attachments=_attachments(weasyprint, job)
        )
    finally:
        gc.enable()
        logger.removeHandler(handler)
    if messages:
        raise RenderError("; ".join(dict.fromkeys(map(_in_our_words, messages))))
    return content


def _in_our_words(message: str) -> str:
    missing = _NO_GLYPH.search(message)
    return lacking(chr(int(missing[1], 16))) if missing else message


def decides_bytes() -> str:
    """What in these modules decides the bytes of a PDF beside its job: the program, its form and the tighter style."""
    return "".join(map(_part, ("render.py", "pdf_form.py", "typeface.py", "tight.css")))


def _part(name: str) -> str:
    return importlib.resources.files(__package__).joinpath(name).read_text(encoding="utf-8")


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


def our_fonts() -> Any:
    """The fonts that a document brings, and none of the machine: what they lack is told instead of taken from there."""
    from weasyprint.text import ffi as loaded
    from weasyprint.text.fonts import FontConfiguration

    class OurFonts(FontConfiguration):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            # The library gives no public way to leave the machine's fonts out; its version is pinned.
            loaded.ffi.cdef("FcConfig *FcConfigCreate(void);", override=True)
            self._config = loaded.fontconfig.FcConfigCreate()
            fonts = loaded.ffi.cast("PangoFcFontMap *", self.font_map)
            loaded.pangoft2.pango_fc_font_map_set_config(fonts, self._config)
            loaded.fontconfig.FcConfigDestroy(self._config)

    return OurFonts()


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
            return URLFetcherResponse(url, font_bytes(name), {"Content-Type": "font/ttf"})

    return Fetcher(allowed_protocols=["data"])
