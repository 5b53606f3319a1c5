"""Measuring drawings: parts by name, where marks stand, what a scale says, and data with a row changed."""

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from typing import Any, TypeVar

from lxml.etree import _Element, fromstring, tostring

from macros.content.files import FILES
from macros.content.load import Data
from macros.content.published import publish
from macros.content.rows.base import Row
from macros.rendering.figures import figure, fit
from macros.rendering.figures.svg import Drawing

R = TypeVar("R", bound=Row)
Box = tuple[float, float, float, float]
Point = tuple[float, float]
Move = tuple[float, float, float, float, float, float]


# ---------------------------------------------------------------------------
# Data with a row changed, and drawn
# ---------------------------------------------------------------------------


def draw(data: Data, figure_id: str) -> Drawing:
    """The drawing of a figure, from what may be printed of the data."""
    return figure.draw(publish(data), figure_id)


def published(rows: Iterable[R]) -> list[R]:
    """The rows that may be printed."""
    return [row for row in rows if row.publish]


def sections(data: Data) -> Iterator[tuple[str, str, list[Any]]]:
    """Every section of the data files: file, name, rows."""
    for name in FILES:
        file = name.removesuffix(".yml")
        for section in type(getattr(data, file)).model_fields:
            if isinstance(getattr(getattr(data, file), section), list):
                yield file, section, getattr(getattr(data, file), section)


def with_rows(data: Data, file: str, section: str, rows: Iterable[Any]) -> Data:
    """The data with the rows of one section exchanged."""
    before, after = getattr(getattr(data, file), section), list(rows)
    gone = {row.id for row in before if isinstance(row, Row)}
    index = {row_id: row for row_id, row in data.rows.items() if row_id not in gone}
    index |= {row.id: row for row in after if isinstance(row, Row)}
    return replace(data, **{file: getattr(data, file).model_copy(update={section: after})}, rows=index)


def place_of(data: Data, row_id: str) -> tuple[str, str]:
    """File and section of a row."""
    return next((file, section) for file, section, rows in sections(data) if row_id in {_id(row) for row in rows})


def changed(data: Data, row_id: str, **update: Any) -> Data:
    """The data with some fields of one row changed."""
    file, section = place_of(data, row_id)
    rows = getattr(getattr(data, file), section)
    return with_rows(data, file, section, [row.model_copy(update=update) if row.id == row_id else row for row in rows])


def changed_values(data: Data, row_id: str, **values: Any) -> Data:
    """The data with some of the `values` of one row changed."""
    return changed(data, row_id, values=data.rows[row_id].values | values)


def without(data: Data, row_id: str) -> Data:
    """The data without one row."""
    file, section = place_of(data, row_id)
    return with_rows(data, file, section, [row for row in getattr(getattr(data, file), section) if row.id != row_id])


def _id(row: Any) -> str:
    return row.id if isinstance(row, Row) else ""


# ---------------------------------------------------------------------------
# Parts and words
# ---------------------------------------------------------------------------


def tree(drawing: Drawing) -> _Element:
    """The drawing as one element to search."""
    return fromstring(f"<svg>{drawing.inner()}</svg>")


def part(drawing: Drawing, name: str) -> _Element:
    """The group that bears this name."""
    (found,) = tree(drawing).xpath("//*[@data-part=$name]", name=name)
    assert isinstance(found, _Element)
    return found


def parts(drawing: Drawing) -> set[str]:
    """The names of all groups."""
    return set(tree(drawing).xpath("//@data-part"))


def measure(drawing: Drawing, name: str, attribute: str, tag: str = "rect") -> float:
    """One attribute of the first shape of a part, in units of the drawing."""
    return float(next(part(drawing, name).iter(tag)).get(attribute))


def texts(drawing: Drawing | _Element) -> list[str]:
    """All words of a drawing or a part, line by line."""
    root = drawing if isinstance(drawing, _Element) else tree(drawing)
    return [element.text or "" for element in root.iter("text")]


def said(drawing: Drawing | _Element) -> str:
    """All words of a drawing or a part as one line, with plain spaces."""
    return " ".join(texts(drawing)).replace("\N{NO-BREAK SPACE}", " ")


def outside(drawing: Drawing) -> list[str]:
    """Words that run out of the drawing."""
    return fit.outside(drawing)


def overlapping(drawing: Drawing) -> list[tuple[str, str]]:
    """Pairs of words that run over each other."""
    return [(one.text or "", other.text or "") for one, other in fit.overlapping(fit.word_boxes(drawing))]


# ---------------------------------------------------------------------------
# Marks
# ---------------------------------------------------------------------------


def box(drawing: Drawing, name: str) -> Box:
    """Left, top, right and bottom of the marks of a part, without their strokes."""
    return around(point for shape in part(drawing, name).iter() for point in corners(shape))


def middle(drawing: Drawing, name: str) -> Point:
    """The middle of the marks of a part."""
    left, top, right, bottom = box(drawing, name)
    return (left + right) / 2, (top + bottom) / 2


def around(points: Iterable[Point]) -> Box:
    """The box around some points."""
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def corners(shape: _Element) -> list[Point]:
    """Points on the outline of one shape, where the drawing shows it."""
    number = {name: float(value) for name, value in shape.attrib.items() if re.fullmatch(r"-?[\d.]+", value)}
    x, y = number.get("cx", number.get("x", 0)), number.get("cy", number.get("y", 0))
    if shape.tag == "rect":
        points = [(x, y), (x + number["width"], y + number["height"])]
    elif shape.tag in ("circle", "ellipse"):
        wide, high = number.get("rx", number.get("r", 0)), number.get("ry", number.get("r", 0))
        points = [(x - wide, y - high), (x + wide, y + high)]
    elif shape.tag == "line":
        points = [(number["x1"], number["y1"]), (number["x2"], number["y2"])]
    elif shape.tag in ("polygon", "polyline"):
        points = [(float(a), float(b)) for a, b in re.findall(r"(\S+),(\S+)", shape.get("points"))]
    elif shape.tag == "path":
        points = list(_path(shape.get("d")))
    else:
        return []
    for above in (shape, *shape.iterancestors()):
        points = [_moved(point, above.get("transform", "")) for point in points]
    return points


def _moved(point: Point, transform: str) -> Point:
    x, y = point
    for kind, given in reversed(re.findall(r"(\w+)\(([^)]*)\)", transform)):
        a, b, c = (*(float(number) for number in given.split()), 0.0, 0.0)[:3]
        if kind == "translate":
            x, y = x + a, y + b
        elif kind == "scale":
            x, y = x * a, y * (b if " " in given else a)
        else:
            assert kind == "rotate"
            turn = math.radians(a)
            x, y = x - b, y - c
            x, y = x * math.cos(turn) - y * math.sin(turn) + b, x * math.sin(turn) + y * math.cos(turn) + c
    return x, y


# How many numbers follow each letter of a path.
_NUMBERS = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7, "Z": 0}


def _path(d: str) -> Iterator[Point]:
    """The ends of the steps of a path; a curve adds the point at half its way."""
    x = y = 0.0
    start, bend = (0.0, 0.0), (0.0, 0.0)
    for letter, given in re.findall(r"([a-zA-Z])([^a-zA-Z]*)", d):
        numbers = [float(number) for number in re.findall(r"-?\d*\.?\d+", given)]
        kind, size = letter.upper(), _NUMBERS[letter.upper()]
        for first in range(0, max(1, len(numbers)), size or 1):
            step = numbers[first : first + size]
            before, (left, top) = (x, y), ((x, y) if letter.islower() else (0.0, 0.0))
            if kind == "Z":
                x, y = start
            elif kind == "H":
                x = left + step[0]
            elif kind == "V":
                y = top + step[0]
            else:
                x, y = left + step[-2], top + step[-1]
            if kind == "M":
                start = (x, y)
            if kind in "QT":
                bend = (
                    (left + step[0], top + step[1])
                    if kind == "Q"
                    else (2 * before[0] - bend[0], 2 * before[1] - bend[1])
                )
                yield (before[0] + 2 * bend[0] + x) / 4, (before[1] + 2 * bend[1] + y) / 4
            else:
                bend = (x, y)
            if kind == "C":
                one, two = (left + step[0], top + step[1]), (left + step[2], top + step[3])
                yield tuple((a + 3 * b + 3 * c + e) / 8 for a, b, c, e in zip(before, one, two, (x, y), strict=True))  # type: ignore[misc]
            yield x, y


def marks_outside(drawing: Drawing, spare: float = 1.0) -> list[str]:
    """Shapes that stand out of the drawing by more than `spare` px."""
    found = []
    for shape, (left, top, right, bottom) in (one for whole in drawing.parts for one in _boxes(tostring(whole))):
        if left < -spare or top < -spare or right > drawing.width + spare or bottom > drawing.height + spare:
            found.append(shape)
    return found


@cache
def _boxes(xml: bytes) -> list[tuple[str, Box]]:
    """The shapes of a part and the box of each; most parts of a drawing stay when a row changes."""
    shapes = ((f"{shape.tag} {dict(shape.attrib)}", corners(shape)) for shape in fromstring(xml).iter())
    return [(shape, around(points)) for shape, points in shapes if points]


# ---------------------------------------------------------------------------
# Scales
# ---------------------------------------------------------------------------


class Axis:
    """What a scale says, read back from its numbers: the value at a place of the drawing."""

    def __init__(self, ticks: Iterable[tuple[float, float]]):
        """`ticks`: place and value of each number."""
        self.ticks = sorted(set(ticks), key=lambda tick: tick[1])
        (first, low), (last, high) = self.ticks[0], self.ticks[-1]
        self.unit = (last - first) / (high - low)
        self.zero = first - low * self.unit
        for place, value in self.ticks:
            assert abs(self.at(value) - place) < 0.02, f"{value} is not where a straight scale has it"

    def at(self, value: float) -> float:
        """The place of a value."""
        return self.zero + value * self.unit

    def value(self, place: float) -> float:
        """The value at a place."""
        return (place - self.zero) / self.unit


def numbers(drawing: Drawing, pattern: str = r"\d+") -> list[tuple[float, float, float]]:
    """x, y and value of the words that are numbers."""
    return [
        (float(element.get("x")), float(element.get("y")), float(re.sub(r"\D", "", element.text)))
        for element in tree(drawing).iter("text")
        if re.fullmatch(pattern, element.text or "")
    ]
