"""The fingerprint of a sheet: a short hash of what it prints, by which a print is known to be current or not."""

import base64
import hashlib
import unicodedata
from collections.abc import Iterable, Iterator

import lxml.html
from lxml.html import HtmlElement

# Without width; keeps together what stands before and behind it.
WORD_JOINER = "\N{WORD JOINER}"

# What runs on in its line; every other element stands in lines of its own.
_INLINE = frozenset(
    (
        "a",
        "abbr",
        "b",
        "cite",
        "code",
        "data",
        "em",
        "i",
        "input",
        "q",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "textarea",
        "time",
    )
)


def fingerprint(head: Iterable[str], body: str) -> str:
    """Eight hexadecimal digits of a hash of the words and pictures of a sheet.

    `head` is what stands above the HTML `body`. Tags, attributes and addresses have no part in it, nor has what is
    marked data-fingerprint="off": a renamed class or another address of the site outdates no print.
    """
    tree = lxml.html.fragment_fromstring(body, create_parent="div")
    for left_out in tree.xpath(".//*[@data-fingerprint='off']"):
        left_out.drop_tree()
    lines = (_words(line) for line in [*head, *"".join(_text(tree)).split("\n")])
    printed = "\n".join(line for line in lines if line)
    return hashlib.sha256(printed.encode()).hexdigest()[:8]


def _words(line: str) -> str:
    """A line as it is read: letters composed, any run of spaces one space."""
    return " ".join(unicodedata.normalize("NFC", line.replace(WORD_JOINER, "")).split())


def _text(element: HtmlElement) -> Iterator[str]:
    """The words of an element and of all in it, block after block in lines of their own, its pictures, and what stands
    before the items of a list that does not count 1 2 3.
    """
    if not isinstance(element.tag, str):
        return  # a comment
    end = "" if element.tag in _INLINE else "\n"
    yield end
    if element.tag == "img":
        yield f"{_one_line(element.get('alt', ''))}\n{_picture(element.get('src', ''))}"
    elif element.tag == "input":
        yield _one_line(element.get("value"))  # what a clinic has filled in
    else:
        yield element.get("data-marker", "") + _one_line(element.text)
        for child in element:
            yield from _text(child)
            yield _one_line(child.tail)
    yield end


def _one_line(text: str | None) -> str:
    return (text or "").replace("\n", " ")


def _picture(source: str) -> str:
    """The hash of a picture that is part of the document; of one that is not, the address says nothing."""
    kind, _, content = source.partition(";base64,")
    return hashlib.sha256(base64.b64decode(content)).hexdigest() if kind.startswith("data:") else ""
