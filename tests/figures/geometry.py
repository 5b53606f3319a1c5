"""Measuring drawings: parts by name, and where words would stand in a sans-serif of average width."""

import re
from itertools import combinations

from lxml.etree import _Element, fromstring

from macros.rendering.figures.svg import Drawing

_SIZES = {"f-text": 16.0, "f-small": 14.0, "f-title": 18.0, "f-big": 24.0}
Box = tuple[float, float, float, float]


def tree(drawing: Drawing) -> _Element:
    """The drawing as one element to search."""
    return fromstring(f"<svg>{drawing.inner()}</svg>")


def part(drawing: Drawing, name: str) -> _Element:
    """The group that bears this name."""
    (found,) = tree(drawing).xpath("//*[@data-part=$name]", name=name)
    assert isinstance(found, _Element)
    return found


def measure(drawing: Drawing, name: str, attribute: str, tag: str = "rect") -> float:
    """One attribute of the first shape of a part, in units of the drawing."""
    return float(next(part(drawing, name).iter(tag)).get(attribute))


def texts(drawing: Drawing) -> list[str]:
    """All words of the drawing, line by line."""
    return [element.text or "" for element in tree(drawing).iter("text")]


def word_boxes(drawing: Drawing) -> list[tuple[str, Box]]:
    """Each line of words with its left, top, right and bottom, reckoned at 0.52 em a character (bold 0.56)."""
    boxes = []
    for element in tree(drawing).iter("text"):
        kinds = (element.get("class") or "").split()
        size = next(_SIZES[kind] for kind in kinds if kind in _SIZES)
        bold = {"f-bold", "f-title", "f-big"} & set(kinds)
        width = len(element.text or "") * size * (0.56 if bold else 0.52)
        x, y = float(element.get("x")), float(element.get("y"))
        left = x - width / 2 if "f-middle" in kinds else x - width if "f-end" in kinds else x
        boxes.append((element.text or "", _moved(element, (left, y - 0.75 * size, left + width, y + 0.22 * size))))
    return boxes


def _moved(element: _Element, box: Box) -> Box:
    """A box where it stands after the moves and scales of the groups around it, the innermost first."""
    left, top, right, bottom = box
    for around in element.iterancestors():
        for kind, numbers in reversed(re.findall(r"(\w+)\(([^)]*)\)", around.get("transform", ""))):
            assert kind in ("translate", "scale"), f"words in a group with {kind}"
            x, y = (float(number) for number in (numbers.split() * 2)[:2])
            if kind == "scale":
                left, top, right, bottom = left * x, top * y, right * x, bottom * y
            else:
                left, top, right, bottom = left + x, top + y, right + x, bottom + y
    return left, top, right, bottom


def outside(drawing: Drawing) -> list[str]:
    """Words that run out of the drawing."""
    return [
        text
        for text, (left, top, right, bottom) in word_boxes(drawing)
        if left < 0 or top < 0 or right > drawing.width or bottom > drawing.height
    ]


def overlapping(drawing: Drawing) -> list[tuple[str, str]]:
    """Pairs of words that run over each other."""
    return [
        (one, other)
        for (one, a), (other, b) in combinations(word_boxes(drawing), 2)
        if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
    ]
