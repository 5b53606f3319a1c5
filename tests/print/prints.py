"""Reading a print back: its text, its tables, its attached files, and what the built site says in the same places."""

import ctypes
import functools
import json
import re
import subprocess
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import lxml.html
import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
from lxml.html import HtmlElement

from macros.content.addresses import page_url
from macros.content.load import Data
from macros.content.pages import Page
from macros.content.rows.editorial import Handout

# The book prints the chapters of the site; these pages are not among them.
NOT_IN_THE_BOOK = ("index.md", "handouts/", "reference/sources.md", "reference/self-check.md")


@functools.cache
def text_of(path: Path) -> str:
    """Text as it stands on the page, with its running lines; pages end with a form feed."""
    run = subprocess.run(["pdftotext", "-layout", "-enc", "UTF-8", str(path), "-"], capture_output=True, check=True)
    return run.stdout.decode("utf-8")


@functools.cache
def raw_text(path: Path) -> str:
    """Text in the order in which it is stored; pages end with a form feed."""
    run = subprocess.run(["pdftotext", "-raw", "-enc", "UTF-8", str(path), "-"], capture_output=True, check=True)
    return run.stdout.decode("utf-8")


@functools.cache
def read_aloud(path: Path) -> str:
    """Text in the order of the tags, as a screen reader gets it, without running lines."""
    with pypdfium2.PdfDocument(path) as document:
        return " ".join(words for page in document for words in _tagged_texts(page))


def _tagged_texts(page: pypdfium2.PdfPage) -> Iterator[str]:
    """The texts of a page as its tree of tags orders them."""
    marked = _texts_by_mark(page)
    tree = pdfium.FPDF_StructTree_GetForPage(page)

    def below(tag: Any) -> Iterator[str]:
        for number in range(pdfium.FPDF_StructElement_CountChildren(tag)):
            if child := pdfium.FPDF_StructElement_GetChildAtIndex(tag, number):
                yield from below(child)
            else:
                yield from marked[pdfium.FPDF_StructElement_GetChildMarkedContentID(tag, number)]

    for number in range(pdfium.FPDF_StructTree_CountChildren(tree)):
        yield from below(pdfium.FPDF_StructTree_GetChildAtIndex(tree, number))
    pdfium.FPDF_StructTree_Close(tree)


def _texts_by_mark(page: pypdfium2.PdfPage) -> defaultdict[int, list[str]]:
    """The texts of a page by the id of marked content under which they are drawn; a drawing's are the drawing's."""
    words, marked = page.get_textpage(), defaultdict[int, list[str]](list)

    def note(part: Any, above: int) -> None:
        own = pdfium.FPDFPageObj_GetMarkedContentID(part)
        mark = above if own < 0 else own
        for number in range(max(0, pdfium.FPDFFormObj_CountObjects(part))):
            note(pdfium.FPDFFormObj_GetObject(part, number), mark)
        if pdfium.FPDFPageObj_GetType(part) == pdfium.FPDF_PAGEOBJ_TEXT and mark >= 0:
            size = pdfium.FPDFTextObj_GetText(part, words, None, 0)
            buffer = ctypes.create_string_buffer(size)
            pdfium.FPDFTextObj_GetText(part, words, ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR)), size)
            marked[mark].append(buffer.raw.decode("utf-16-le").rstrip("\0"))

    for number in range(pdfium.FPDFPage_CountObjects(page)):
        note(pdfium.FPDFPage_GetObject(page, number), -1)
    return marked


@functools.cache
def opened(path: Path) -> pikepdf.Pdf:
    return pikepdf.open(path)


def squeezed(text: str) -> str:
    """Text without any white space or hyphenation, so that line breaks do not matter."""
    return re.sub(r"[\s\u00ad\u200b]+", "", text)


def attached(path: Path) -> dict[str, str]:
    """The files inside a PDF."""
    return {name: file.get_file().read_bytes().decode("utf-8") for name, file in opened(path).attachments.items()}


def attached_rows(path: Path, name: str) -> list[dict[str, Any]]:
    """The rows of a JSON file inside a PDF."""
    return list(json.loads(attached(path)[name]))


# --- the built site -----------------------------------------------------------------------------------


@functools.cache
def article_of(site: Path, address: str, sheet: bool = False) -> HtmlElement:
    """The article of a built page without its head and without what is for the screen only.

    `sheet`: as a sheet made of it shows it, without what the page marks for that.
    """
    tree = lxml.html.parse(str(site / address / "index.html")).xpath("//article")[0]
    for element in tree.xpath(
        "./header | .//*[@data-print='off'] | .//*[@data-file] | .//a[contains(@class,'headerlink')] | .//script | .//style | .//form"
        " | .//nav"
    ):
        element.drop_tree()
    for element in tree.xpath(".//*[@data-sheet='off']") if sheet else []:
        element.drop_tree()
    return tree


def sections_of(article: HtmlElement) -> dict[str, list[HtmlElement]]:
    """The parts of an article by the id of their heading; 'intro' is what stands above the first."""
    parts: dict[str, list[HtmlElement]] = {"intro": []}
    name = "intro"
    for element in article:
        if element.tag == "h2":
            name = element.get("id")
        if element.tag != "footer":
            parts.setdefault(name, []).append(element)
    return parts


def shown(site: Path, entry: dict[str, Any], data: Data, pages: list[Page]) -> list[HtmlElement]:
    """What of the built site a print shows, in its order: sections of pages, whole pages, or all chapters."""
    sheets = packed(entry, data)
    if sheets:
        return [part for name in sheets for part in shown(site, {**entry, "slug": name}, data, pages)]
    handout = handout_of(entry, data)
    if handout is None:
        return [article_of(site, entry["source"])]
    if handout.book:
        # The footer is on the cover of the book, in words of its own.
        return [
            part
            for page in pages
            if not page.path.startswith(NOT_IN_THE_BOOK)
            for name, parts in sections_of(article_of(site, page_url(page.path))).items()
            if name != "sources"
            for part in parts
        ]
    found = []
    for name in handout.sections or [handout.page]:
        path, _, heading = name.partition("#")
        parts = sections_of(article_of(site, page_url(path), sheet=True))
        parts.pop("sources", None)
        found += parts[heading] if heading else [part for section in parts.values() for part in section]
    return found


def is_page(entry: dict[str, Any], data: Data) -> bool:
    """True when the print is a whole page, with its sources numbered as on the page."""
    return handout_of(entry, data) is None and not packed(entry, data)


def packed(entry: dict[str, Any], data: Data) -> list[str]:
    """The sheets of a pack; of another print, none."""
    return next((row.sheets for row in data.handouts.packs if row.id == entry["slug"]), [])


def handout_of(entry: dict[str, Any], data: Data) -> Handout | None:
    """The row of which a print is made, in large print or not; none of a page that is printed whole."""
    return next((row for row in data.handouts.handouts if entry["slug"] in row.slugs), None)


def pages_of(entry: dict[str, Any], data: Data) -> list[str]:
    """The pages below docs/ of the sheets of a pack; of another print, none."""
    rows = {row.id: row for row in data.handouts.handouts}
    return [rows[name].page for name in packed(entry, data)]


def is_large(entry: dict[str, Any], data: Data) -> bool:
    """True when it is a large print."""
    return any(entry["slug"] in row.slugs[1:] for row in data.handouts.handouts)


def uncited(element: HtmlElement) -> Iterator[str]:
    """The text between the numbers of citations, which a sheet counts anew."""
    for words in element.xpath("descendant-or-self::text()[not(ancestor::sup)]"):
        if words.strip():
            yield str(words)
