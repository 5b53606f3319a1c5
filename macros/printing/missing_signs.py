"""Signs that a print shows and its typeface lacks: each told where it is written, before anything is printed.

The renderer knows no font of the machine, so that none can take the place of ours; it would print a box.
"""

import base64
import unicodedata
from collections.abc import Collection, Iterable, Iterator

import lxml.etree
import lxml.html
from markupsafe import escape

from ..content.faults import Fault
from ..content.load import Data
from ..content.project import Project
from ..content.published import public_fields
from ..content.rows.base import Row
from ..content.settings import FILE
from .sheet_rules import sheet_fault
from .sheets import Sheet
from .typeface import lacking, signs

_DRAWING = "data:image/svg+xml;base64,"


def sign_faults(sheets: Iterable[Sheet], project: Project) -> Iterator[Fault]:
    """Each sign that a sheet prints and the typeface lacks, where it is written; else at the sheet."""
    known = signs()
    for sheet in sheets:
        for sign in sorted(_printed(sheet) - known):
            found = [*_in_files(sign, sheet, project), *_in_rows(sign, project.data)]
            yield from found or [sheet_fault(sheet, project, lacking(sign))]


def _printed(sheet: Sheet) -> set[str]:
    """The signs that a sheet prints; what has no shape, such as a space or a soft hyphen, is none."""
    # Of a pack the sheets are judged themselves.
    body = escape(sheet.description) if sheet.sheets else sheet.body
    tree = lxml.html.fragment_fromstring(f"<div>{body}</div>")
    words = [sheet.title, sheet.audience_words, sheet.contact, *tree.itertext()]
    words += tree.xpath(".//@data-marker | .//input/@value")
    for source in tree.xpath(f".//img/@src[starts-with(., '{_DRAWING}')]"):
        drawing = lxml.etree.fromstring(base64.b64decode(source.removeprefix(_DRAWING)))
        words += drawing.xpath("//*[local-name() = 'text']//text()")
    # A letter and its accent are set as one sign where there is one.
    text = set(unicodedata.normalize("NFC", "".join(words)))
    return {sign for sign in text if not sign.isspace() and unicodedata.category(sign) not in ("Cc", "Cf")}


def _in_files(sign: str, sheet: Sheet, project: Project) -> Iterator[Fault]:
    """Where a sign stands in the pages of a sheet and in the settings."""
    for name in (*(f"docs/{path}" for path in sheet.pages), FILE):
        for number, line in enumerate((project.root / name).read_text(encoding="utf-8").splitlines(), 1):
            if sign in unicodedata.normalize("NFC", line):
                yield Fault(name, number, sheet.slug, "", lacking(sign))


def _in_rows(sign: str, data: Data) -> Iterator[Fault]:
    """Where a sign stands in what may be printed of the rows and the sources."""
    for entry in data.located():
        row = entry.row
        if isinstance(row, Row) and not row.publish:
            continue
        fields = public_fields(row) if isinstance(row, Row) else row.model_dump(warnings=False)
        for field, value in fields.items():
            if any(sign in unicodedata.normalize("NFC", words) for words in _texts(value)):
                yield entry.fault(field, lacking(sign))


def _texts(value: object) -> Iterator[str]:
    """Every text in a value, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, Collection):
        for part in value:
            yield from _texts(part)
