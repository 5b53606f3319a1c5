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

# How much larger a sheet with room is tried, the largest first.
_LARGER = (1.25, 1.12, 1.06)


# What the renderer says of a sign that no font has which it knows.
_NO_GLYPH = re.compile(r"\.notdef glyph rendered for .*\(U\+([0-9A-F]+)\)", re.DOTALL)


class RenderError(Exception):
    """A sheet that could not be rendered; the message says why."""


@dataclass(frozen=True)
class Part:
    """A sheet in a document: the name of its pages (none: all there are), the selector of what holds it, and the style
    that sets it tighter.

    What takes more than `most_pages` (0: any number), or leaves its last page nearly empty, is set once more, tighter.
    What `grows` is set as large as its pages hold.
    """

    pages: str
    most_pages: int
    root: str
    tight: str
    grows: bool = False

    def of(self, document: Any) -> list[Any]:
        """Its pages, as they are laid out."""
        # The library gives no public way to what stands on a page, nor to the name of one; its version is pinned.
        pages = [page._page_box for page in document.pages]
        return [page for page in pages if page.page_type.name == self.pages] if self.pages else pages

    def other_styles(self, document: Any) -> list[str]:
        """The styles with which it is tried, the best first."""
        pages, filled = self.of(document), self._filled(document)
        # A book ends where it ends.
        nearly_empty = 1 < len(pages) <= _SHORT and filled < _NEARLY_EMPTY
        if nearly_empty or 0 < self.most_pages < len(pages):
            return [self.tight]
        # Letters that are wider as well as higher take the square of the factor.
        larger = [factor for factor in _LARGER if self.grows and filled * factor**2 <= 1]
        return [f"{self.root}.sheet.sheet {{ --grow: {factor}; }}" for factor in larger]

    def gains(self, style: str, before: Any, now: Any) -> bool:
        """Whether it is better off with a style: tighter on fewer pages, larger on no more."""
        pages = len(self.of(before))
        return len(self.of(now)) < pages if style == self.tight else len(self.of(now)) <= pages

    def _filled(self, document: Any) -> float:
        """How much of the height of its last page it takes, from 0 to 1."""
        last = self.of(document)[-1]
        held = last.children[0]
        if self.pages:
            # Where other sheets follow, the document fills the page to its foot; the sheet within its body does not.
            held = held.children[-1].children[-1]
        return float(held.height / last.height)


@dataclass(frozen=True)
class Job:
    """One PDF to make: which sheet, on which paper, from which HTML, with which data inside.

    `day` is the date that the attached files bear; `parts` are the sheets in it that may be set in another way.
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
        content: bytes = document.write_pdf(
            finisher=complete_form, pdf_variant="pdf/ua-1", attachments=_attachments(weasyprint, job)
        )
    finally:
        gc.enable()
        logger.removeHandler(handler)
    if messages:
        raise RenderError("; ".join(dict.fromkeys(map(_in_our_words, messages))))
    return content


def _laid_out(weasyprint: Any, job: Job) -> Any:
    """The pages of a job, each part with the best style that it can have; no part depends on another."""

    def layout(styles: dict[Part, str]) -> Any:
        string = job.document.replace("</style>", "".join(styles.values()) + "</style>", 1)
        return weasyprint.HTML(string=string, url_fetcher=fetcher()).render(font_config=our_fonts())

    first = document = layout({})
    kept: dict[Part, str] = {}
    waiting = {part: styles for part in job.parts if (styles := part.other_styles(first))}
    complete = True
    while waiting:
        tried = {part: styles[0] for part, styles in waiting.items()}
        document = layout(kept | tried)
        gaining = {part: style for part, style in tried.items() if part.gains(style, first, document)}
        complete, kept = gaining == tried, kept | gaining
        waiting = {part: styles[1:] for part, styles in waiting.items() if part not in gaining and styles[1:]}
    return document if complete else layout(kept) if kept else first


def _in_our_words(message: str) -> str:
    missing = _NO_GLYPH.search(message)
    return lacking(chr(int(missing[1], 16))) if missing else message


def decides_bytes() -> str:
    """What in these modules decides the bytes of a PDF beside its job: the program and its form."""
    return "".join(map(_part, ("render.py", "pdf_form.py", "typeface.py")))


def _part(name: str) -> str:
    return importlib.resources.files(__package__).joinpath(name).read_text(encoding="utf-8")


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
