"""The fields of a sheet on paper: as the form of a PDF, and, in the book, as lines and boxes for a pen.

A PDF program knows a field by its name, and takes two of one name for one. That is right for the clinic's own lines and
wrong for anything else, so a name stands on a sheet once (rendering/sheet_fields.py), and where several sheets are one
document the names of a sheet begin with it (`called_after`).
"""

from collections.abc import Iterable, Iterator

import lxml.html
from lxml.html import HtmlElement

from ..rendering.sheet_fields import CLINIC_NAMES

_FIELDS = "descendant-or-self::*[@data-field]"


def name_fields(article: HtmlElement) -> None:
    """Give each field of an article its name, and the words of its label as what a PDF program says of it."""
    labels = {label.get("for"): label for label in article.iter("label")}
    for field in article.xpath(_FIELDS):
        label = labels[field.get("id")]
        words = " ".join(label.text_content().split()).removesuffix(":")
        # Of the title a PDF makes the words that are shown and read aloud.
        kept = {"name": field.get("data-field"), "title": words}
        kept |= {name: field.get(name) for name in ("class", "type", "value", "data-field") if field.get(name)}
        field.attrib.clear()
        field.attrib.update(kept)
        if field.xpath("ancestor::*[@class='ticks']"):
            # The box stands in the margin of its words: a space behind it would move the first line only.
            field.tail = (field.tail or "").lstrip()
    for label in labels.values():
        label.tag = "span"
        label.attrib.pop("for", None)


def called_after(sheet: str, parts: Iterable[HtmlElement]) -> None:
    """Let the names of the fields in `parts` begin with the slug of their sheet; the clinic's own stay as they are.

    For a document of several sheets: its fields of one name are one field, filled in once.
    """
    for part in parts:
        for field in part.xpath(_FIELDS):
            if field.get("data-field") not in CLINIC_NAMES:
                field.set("name", f"{sheet.replace('-', '_')}__{field.get('data-field')}")


def as_lines(parts: Iterable[HtmlElement]) -> None:
    """Make the fields in `parts` what they look like: for the book, in which two of one name would be one."""
    for part in parts:
        for field in part.xpath(_FIELDS):
            if field.get("class") == "field-frame":
                field.drop_tree()
                continue
            line = lxml.html.Element("span", {"class": field.get("class")})
            line.text, line.tail = field.get("value"), field.tail
            field.getparent().replace(field, line)


def repeated_names(body: HtmlElement) -> Iterator[tuple[str, str]]:
    """Name and label of each field below `body` whose name another one has before it, and is no clinic's."""
    seen: set[str] = set()
    for field in body.xpath(_FIELDS):
        name = field.get("name")
        if name in seen and field.get("data-field") not in CLINIC_NAMES:
            yield name, field.get("title")
        seen.add(name)
