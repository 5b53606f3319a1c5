"""What the plots share: a straight scale with its ticks, the shapes of marks about a point, words in lines."""

import math
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from lxml.etree import _Element

from ..typeset import tied
from . import svg
from .svg import circle, line, path, polygon, rect


@dataclass(frozen=True)
class Scale:
    """Values from `low` to `high` lie from `start` to `end`, in px of the drawing."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: Decimal | float) -> float:
        """Where a value lies, in px."""
        return self.start + (float(value) - self.low) / (self.high - self.low) * (self.end - self.start)


def step(span: float, most: int) -> int:
    """The smallest of 1, 2, 5, 10, 20, 50 ... by which at most `most` steps cover `span`."""
    tens = 1
    while True:
        for count in (1, 2, 5):
            if span <= count * tens * most:
                return count * tens
        tens *= 10


def square(x: float, y: float, size: float, classes: str) -> _Element:
    """A square about (x, y), `size` px wide."""
    return rect(x - size / 2, y - size / 2, size, size, classes)


def dot(x: float, y: float, size: float, classes: str) -> _Element:
    """A circle about (x, y), `size` px wide."""
    return circle(x, y, size / 2, classes)


def diamond(x: float, y: float, size: float, classes: str) -> _Element:
    """A square of `size` px that stands on a corner, about (x, y)."""
    far = size / math.sqrt(2)
    return polygon([(x, y - far), (x + far, y), (x, y + far), (x - far, y)], classes)


def triangle(x: float, y: float, size: float, classes: str) -> _Element:
    """A triangle that points up, `size` px wide and high about (x, y)."""
    half = size / 2
    return polygon([(x, y - half), (x - half, y + half), (x + half, y + half)], classes)


Shape = Callable[[float, float, float, str], _Element]


def bar(scale: Scale, low: Decimal | float, high: Decimal | float, y: float, thick: float, classes: str) -> _Element:
    """A level bar from one value to another, `thick` px about y."""
    return rect(scale.at(low), y - thick / 2, scale.at(high) - scale.at(low), thick, classes)


def level(x1: float, x2: float, y: float, classes: str, cap: float = 0) -> _Element:
    """A level line; with `cap` it ends in strokes that reach so many px up and down."""
    if not cap:
        return line(x1, y, x2, y, classes)
    ends = "".join(f"M{svg.shown(x)} {svg.shown(y - cap)}v{svg.shown(2 * cap)}" for x in (x1, x2))
    return path(f"M{svg.shown(x1)} {svg.shown(y)}H{svg.shown(x2)}{ends}", classes)


def upright(x: float, y1: float, y2: float, classes: str, cap: float = 0) -> _Element:
    """An upright line; with `cap` it ends in strokes that reach so many px to either side."""
    if not cap:
        return line(x, y1, x, y2, classes)
    ends = "".join(f"M{svg.shown(x - cap)} {svg.shown(y)}h{svg.shown(2 * cap)}" for y in (y1, y2))
    return path(f"M{svg.shown(x)} {svg.shown(y1)}V{svg.shown(y2)}{ends}", classes)


def words(x: float, y: float, text: str, classes: str = "f-text") -> _Element:
    """One line of words of a data file; its baseline is at y."""
    return svg.words(x, y, tied(text), classes)


def paragraph(x: float, y: float, rows: list[str], classes: str = "f-small", leading: float = 19) -> list[_Element]:
    """Lines of words one below the other; the first baseline is at y."""
    return [words(x, y + index * leading, row, classes) for index, row in enumerate(rows)]


def wrapped(text: str, width: float, size: float = 16) -> list[str]:
    """Words broken into lines for `width` px, at 0.54 em a character: wider than most faces of most machines."""
    return textwrap.wrap(tied(text), int(width / (size * 0.54)), break_on_hyphens=False)
