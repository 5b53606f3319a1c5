"""The frame of every print: head, running lines, foot with version and QR code; a sheet in it is one HTML document."""

import importlib.resources
import string
from collections.abc import Mapping
from functools import cache
from urllib.parse import urlencode

import segno
from markupsafe import Markup, escape

from ..content.addresses import HANDOUTS_PAGE, page_url
from ..content.settings import Site
from ..rendering import typeset
from .sheets import LARGE_PT, Sheet
from .typeface import field_face, font_faces

_SIZES = {"a4": "A4", "letter": "Letter"}


QR_MM = 18


# Of each kind of print: the frame of its pages, and what stands on them.
_FRAMES = {
    "page": ("frame.css",),
    "handout": ("frame.css", "sheets_frame.css"),
    "large": ("frame.css", "sheets_frame.css", "large_frame.css"),
    "book": ("frame.css",),
    "pack": ("frame.css",),
}
_STYLES = {
    "page": ("print.css", "fields.css"),
    "handout": ("print.css", "fields.css", "sheets.css"),
    "large": ("print.css", "fields.css", "sheets.css", "large.css"),
    "book": ("print.css", "fields.css", "contents.css", "book.css"),
    "pack": ("print.css", "fields.css", "sheets.css", "contents.css", "pack.css"),
}


def print_document(sheet: Sheet, paper: str, site: Site) -> str:
    """The whole HTML document of one print."""
    values: dict[str, Markup] = {
        "title": escape(sheet.title),
        "description": escape(sheet.description),
        "site_name": escape(site.name),
        "css": Markup(style(sheet, paper, site)),  # noqa: S704 (words in it went through css_string)
        "classes": escape(sheet_classes(sheet)),
        # The book has a cover instead.
        "head": Markup("") if sheet.kind == "book" else sheet_head(sheet, site),
        "body": sheet.body,
    }
    return string.Template(_part("page.html")).substitute(values)


def sheet_classes(sheet: Sheet) -> str:
    """The classes of the element that holds a sheet: the whole document, or a part of a pack."""
    return " ".join([sheet.classes, sheet.orientation, *(f"for-{name}s" for name in sheet.audience[:1])])


def style(sheet: Sheet, paper: str, site: Site) -> str:
    """The style of one print: the frame's values filled in, for a pack those of each of its sheets."""
    frames = [_frame(sheet, paper, site), *(_frame(one, paper, site, page_name(one, sheet)) for one in sheet.sheets)]
    faces = "\n".join([font_faces(), *([field_face()] if "data-field=" in sheet.body else [])])
    values = {"faces": faces, "large": f"{LARGE_PT}pt", "status": _status(sheet, site)}
    return "\n".join([*frames, *(_filled(name, values) for name in _STYLES[_kind(sheet)])])


def _status(sheet: Sheet, site: Site) -> str:
    reviewed = typeset.date(sheet.reviewed)
    return css_string(f"Version {site.version} · Fingerprint {sheet.fingerprint} · Reviewed {reviewed}")


def _kind(sheet: Sheet) -> str:
    return "large" if sheet.large else sheet.kind


def page_name(sheet: Sheet, whole: Sheet) -> str:
    """The name that the pages of a sheet have in a pack, `whole`; none in a document of their own."""
    return f"pages-{sheet.slug}" if whole.sheets else ""


def _frame(sheet: Sheet, paper: str, site: Site, name: str = "") -> str:
    """Head, foot and margins of the pages of a sheet; `name`: that of its pages in a pack."""
    size = _SIZES[paper] + (" landscape" if sheet.orientation == "landscape" else "")
    values = _pages(name) | {
        "paper": size,
        "title": css_string(sheet.title),
        "audience": css_string(sheet.audience_words),
        "status": _status(sheet, site),
        "address": css_string(f"Is this print current? {check_address(site)}"),
        "qr": f'url("{qr_code(sheet, site)}")',
        "small": f"{LARGE_PT}pt" if sheet.large else "12pt" if sheet.for_patients else "8.5pt",
        # Room for the QR code, and on narrow paper for one line more.
        "foot": "24mm" if sheet.orientation == "landscape" else "29mm",
        "after_status": css_string(" · " if sheet.orientation == "landscape" else "\n"),
    }
    return "\n".join(_filled(part, values) for part in _FRAMES[_kind(sheet)])


def _pages(name: str) -> dict[str, str]:
    """The selectors of the pages of a sheet and of the first of them."""
    return {"page": name, "first": f"{name}:nth(1 of {name})"} if name else {"page": "", "first": ":first"}


def tight(sheet: Sheet, whole: Sheet) -> str:
    """The style that sets a sheet of the print `whole` tighter."""
    return _filled("tight.css", _pages(page_name(sheet, whole)) | {"root": root(sheet, whole)})


def root(sheet: Sheet, whole: Sheet) -> str:
    """The selector of the element that holds a sheet of the print `whole`; it weighs nothing."""
    name = page_name(sheet, whole)
    return f":where(.{name})" if name else ":where(body)"


def _filled(name: str, values: Mapping[str, str]) -> str:
    return string.Template(_part(name)).substitute(values)


def qr_code(sheet: Sheet, site: Site) -> str:
    """The QR code of a print as a data address: a link to its page with its version and its fingerprint.

    A site without a public address has no link to give; the code then names the print.
    """
    if site.address:
        print_of = urlencode({"v": site.version, "s": sheet.slug, "p": sheet.fingerprint})  # docs/assets/prints.js
        content = f"{site.address}{sheet.address}?{print_of}"
    else:
        print_of = f"version {site.version}, fingerprint {sheet.fingerprint}, reviewed {sheet.reviewed}"
        content = f"{site.name}: {sheet.slug}, {print_of}"
    return _qr_code(content)


@cache
def _qr_code(content: str) -> str:
    """The QR code of a text; a sheet has the same on each paper and in a pack."""
    code = segno.make(content, error="m", micro=False)
    return str(code.svg_data_uri(scale=QR_MM / code.symbol_size(border=0)[0], unit="mm", border=0))


def check_address(site: Site) -> str:
    """In letters, for those without a camera: the page whose form takes what stands at the foot."""
    page = page_url(HANDOUTS_PAGE)
    if not site.address:
        return f"{site.name}: {page.strip('/')}"
    return f"{site.address}{page}".removeprefix("https://").removeprefix("http://")


def sheet_head(sheet: Sheet, site: Site) -> Markup:
    """Title, readers and clinic, at the head of the first page."""
    clinic = site.clinic
    lines = (Markup("<p>{}</p>").format(line) for line in (sheet.audience_words, sheet.contact) if line)
    logo = Markup("")
    if clinic.logo:
        name = clinic.name or "Clinic"
        logo = Markup('<img class="clinic-logo" alt="{}: logo" src="{}">').format(name, clinic.logo)
    return Markup('<header class="sheet-head"><h1>{}</h1><div class="sheet-for"><div>{}</div>{}</div></header>').format(
        sheet.title, Markup("").join(lines), logo
    )


def _part(name: str) -> str:
    return importlib.resources.files(__package__).joinpath(name).read_text(encoding="utf-8")


def css_string(words: str) -> str:
    """Words as a string of CSS."""
    # The style stands inside the document: no words may end it.
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\A ").replace("<", "\\3c ") + '"'
