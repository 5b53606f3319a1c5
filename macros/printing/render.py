"""One print document to PDF/UA-1 with WeasyPrint; runs in a process of its own."""

import gc
import importlib.resources
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from ..system_parts import PARTS, cure, look_into_homebrew
from .attached_data import Attached
from .typeface import font_file, lacking

# Of the height of the text area; and up to how many pages a print is worth setting twice for it.
_NEARLY_EMPTY, _SHORT = 0.2, 30


# What the renderer says of a sign that no font has which it knows.
_NO_GLYPH = re.compile(r"\.notdef glyph rendered for .*\(U\+([0-9A-F]+)\)", re.DOTALL)


class RenderError(Exception):
    """A sheet that could not be rendered; the message says why."""


@dataclass(frozen=True)
class Part:
    """A sheet in a document: the name of its pages (none: all there are) and its tighter style.

    What takes more than `most_pages` (0: any number), or leaves its last page nearly empty, is set once more, tighter.
    """

    pages: str
    most_pages: int
    tight: str

    def of(self, document: Any) -> list[Any]:
        """Its pages, as they are laid out."""
        # The library gives no public way to what stands on a page, nor to the name of one; its version is pinned.
        pages = [page._page_box for page in document.pages]
        return [page for page in pages if page.page_type.name == self.pages] if self.pages else pages

    def wants_less(self, document: Any) -> bool:
        """Whether it has more pages than it may have, or a last page that is nearly empty."""
        pages = self.of(document)
        if self.most_pages and len(pages) > self.most_pages:
            return True
        if not 1 < len(pages) <= _SHORT:
            return False  # a book ends where it ends
        last = pages[-1].children[0]
        if self.pages:
            # Where other sheets follow, the document fills the page to its foot; the sheet within its body does not.
            last = last.children[-1].children[-1]
        return bool(last.height < _NEARLY_EMPTY * pages[-1].height)


@dataclass(frozen=True)
class Job:
    """One PDF to make: which sheet, on which paper, from which HTML, with which data inside.

    `day` is the date that the attached files bear; `parts` are the sheets in it that may be set tighter.
    """

    slug: str
    paper: str
    document: str
    attached: tuple[Attached, ...]
    day: str
    parts: tuple[Part, ...] = ()


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
        document = _laid_out(weasyprint, job)
        content: bytes = document.write_pdf(pdf_variant="pdf/ua-1", attachments=_attachments(weasyprint, job))
    finally:
        gc.enable()
        logger.removeHandler(handler)
    if messages:
        raise RenderError("; ".join(dict.fromkeys(map(_in_our_words, messages))))
    return content


def _laid_out(weasyprint: Any, job: Job) -> Any:
    """The document with each part set tighter that wants less room, and takes fewer pages for it."""

    def layout(tight: list[Part]) -> Any:
        style = "".join(part.tight for part in tight)
        source = job.document.replace("</style>", f"{style}</style>", 1)
        return weasyprint.HTML(string=source, url_fetcher=fetcher()).render(font_config=our_fonts())

    document = layout([])
    wanting = [part for part in job.parts if part.wants_less(document)]
    if not wanting:
        return document
    tighter = layout(wanting)
    gaining = [part for part in wanting if len(part.of(tighter)) < len(part.of(document))]
    if gaining == wanting:
        return tighter
    return layout(gaining) if gaining else document


def _in_our_words(message: str) -> str:
    missing = _NO_GLYPH.search(message)
    return lacking(chr(int(missing[1], 16))) if missing else message


def decides_bytes() -> str:
    """What in this module decides the bytes of a PDF beside its job: the program."""
    return importlib.resources.files(__package__).joinpath("render.py").read_text(encoding="utf-8")


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
            return URLFetcherResponse(url, font_file(name).read_bytes(), {"Content-Type": "font/ttf"})

    return Fetcher(allowed_protocols=["data"])
