"""Whether the words of a drawing have room, in a sans-serif of average width: the look-out for rows that grew.

Words are reckoned at 0.52 em a character, bold ones at 0.56; the rows that a drawing shows can become any length.
"""

import re
from collections.abc import Iterator
from itertools import combinations

from lxml.etree import _Element

from ...content.published import Published
from ...content.rows.base import Row
from ...content.rows.label import Region
from .needed import UndrawableError
from .svg import Drawing

Box = tuple[float, float, float, float]
# As large as they become: small words are 16 px on a phone (docs/assets/figures.css), 14 elsewhere.
_SIZES = {"f-text": 16.0, "f-small": 16.0, "f-title": 18.0, "f-big": 24.0}


def check_room(drawing: Drawing, data: Published) -> None:
    """Raise UndrawableError, with the row that holds them, for words that run out of the drawing or over others."""
    boxes = word_boxes(drawing)
    crowded = [element for element, box in boxes if _outside(box, drawing)]
    for pair in [] if crowded else overlapping(boxes):
        crowded += sorted(pair, key=lambda element: -len(element.text or ""))
    if crowded:
        row, field = next(filter(any, (_home(element, data) for element in crowded)), ("", ""))
        raise UndrawableError(row, field, f"has no room for the words '{crowded[0].text}'; make them shorter")


def word_boxes(drawing: Drawing) -> list[tuple[_Element, Box]]:
    """Each line of words with its left, top, right and bottom, in px of the drawing."""
    return [(element, box_of(element)) for part in drawing.parts for element in part.iter("text")]


def outside(drawing: Drawing) -> list[str]:
    """Words that run out of the drawing."""
    return [element.text or "" for element, box in word_boxes(drawing) if _outside(box, drawing)]


def overlapping(boxes: list[tuple[_Element, Box]]) -> list[tuple[_Element, _Element]]:
    """Pairs of words that run over each other."""
    return [(one, other) for (one, a), (other, b) in combinations(boxes, 2) if touch(a, b)]


def touch(a: Box, b: Box) -> bool:
    """Whether two boxes overlap."""
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _outside(box: Box, drawing: Drawing) -> bool:
    left, top, right, bottom = box
    return left < 0 or top < 0 or right > drawing.width or bottom > drawing.height


def box_of(element: _Element) -> Box:
    """Left, top, right and bottom of a line of words, in px of the drawing."""
    kinds = (element.get("class") or "").split()
    size = next(_SIZES[kind] for kind in kinds if kind in _SIZES)
    bold = {"f-bold", "f-title", "f-big"} & set(kinds)
    width = len(element.text or "") * size * (0.56 if bold else 0.52)
    x, y = float(element.get("x", "0")), float(element.get("y", "0"))
    left = x - width / 2 if "f-middle" in kinds else x - width if "f-end" in kinds else x
    return _moved(element, (left, y - 0.75 * size, left + width, y + 0.22 * size))


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


def _home(element: _Element, data: Published) -> tuple[str, str]:
    """The row and the field that words come from: the row drawn around them, or the one that shares most with them."""
    words = _plain(element.text or "")
    names = [part.get("data-part") for part in element.iterancestors()]
    # A region's id is an everyday word that parts of other drawings bear too.
    around = [row for name in names if (row := data.rows.get(name)) and not isinstance(row, Region)]
    for rows in (around, data.rows.values()):
        found = [
            (_shared(words, _plain(text)), -len(text), row.id, field) for row in rows for field, text in _texts(row)
        ]
        # Of texts that share as much, the shortest is the likeliest.
        most, _, row_id, field = max(found, default=(0, 0, "", ""))
        if most:
            return row_id, field
    return (around[0].id, "") if around else ("", "")


def _shared(words: str, text: str) -> int:
    """How many characters words and a text of a row have in common: a whole line, most of one, or a long word."""
    if words in text:
        return len(words)
    if text in words and 2 * len(text) >= len(words):
        return len(text)
    return max((len(word) for word in words.split() if len(word) > 9 and word in text), default=0)


def _texts(row: Row) -> Iterator[tuple[str, str]]:
    # Not type(row): a row that is watched while it is drawn stands for another.
    for field in row.__class__.model_fields:
        value = getattr(row, field)
        if isinstance(value, str) and field not in ("id", "note", "editor_note"):
            yield field, value


def _plain(words: str) -> str:
    return words.replace("\N{NO-BREAK SPACE}", " ").replace("\N{MINUS SIGN}", "-").lower().strip(" .,;")
