"""What stands before each item of an ordered list, counted as a browser does: by type, start, value, reversed, depth.

Neither the printing engine nor Markdown obeys those attributes, and words of a page name items by them ("answer B").
"""

from collections.abc import Iterator

from lxml.html import HtmlElement

# The kinds of the theme, from the outermost list inward; a list deeper than that keeps the last one.
_BY_DEPTH = ("1", "a", "i", "A", "I")

_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


def list_markers(tree: HtmlElement) -> Iterator[list[tuple[HtmlElement, str]]]:
    """The items that can be seen of each ordered list of a tree, with what stands before each, such as "B" or "3"."""
    for found in tree.iter("ol"):
        items = [item for item in found.iterchildren("li") if "hidden" not in item.attrib]
        yield list(zip(items, _markers(found, items), strict=True))


def _markers(found: HtmlElement, items: list[HtmlElement]) -> Iterator[str]:
    step = -1 if "reversed" in found.attrib else 1
    number = _number(found.get("start"), len(items) if step < 0 else 1)
    depth = sum(outer.tag in ("ol", "ul") for outer in found.iterancestors())
    kind = found.get("type") or _BY_DEPTH[min(depth, len(_BY_DEPTH) - 1)]
    for item in items:
        number = _number(item.get("value"), number)
        yield _written(number, item.get("type") or kind)
        number += step


def _number(words: str | None, otherwise: int) -> int:
    try:
        return int(words or "")
    except ValueError:
        return otherwise


def _written(number: int, kind: str) -> str:
    if kind in ("a", "A") and number > 0:
        letters = _letters(number)
    elif kind in ("i", "I") and 0 < number < 4000:
        letters = _roman(number)
    else:
        return str(number)
    return letters.upper() if kind.isupper() else letters


def _letters(number: int) -> str:
    letters = ""
    while number:
        number, place = divmod(number - 1, 26)
        letters = chr(ord("a") + place) + letters
    return letters


def _roman(number: int) -> str:
    written = ""
    for value, letters in _ROMAN:
        times, number = divmod(number, value)
        written += times * letters
    return written
