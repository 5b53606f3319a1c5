"""The few SVG elements that the drawings are made of, built with lxml; positions are in px of the drawing.

A drawing carries classes of docs/assets/figures.css and no color of its own, so that light, dark and
print need no second version. 520 px is the full measure, so that words stay legible on a phone.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from textwrap import wrap
from typing import Any

from lxml.builder import ElementMaker
from lxml.etree import _Element, tostring
from markupsafe import Markup

_E = ElementMaker()
WIDTH = 520  # px, the full measure


Points = Iterable[tuple[float, float]]


@dataclass
class Drawing:
    """A drawing of `width` by `height` px and its parts, back to front."""

    width: float
    height: float
    parts: list[_Element] = field(default_factory=list)

    def add(self, *parts: _Element) -> None:
        """Put parts in front of what is drawn already."""
        self.parts.extend(parts)

    def inner(self) -> Markup:
        """The parts as SVG on one line."""
        # lxml has escaped the words.
        return Markup("").join(Markup(tostring(part, encoding="unicode")) for part in self.parts)  # noqa: S704

    def links(self) -> list[_Element]:
        """The elements that lead to a place of the site."""
        return [link for part in self.parts for link in part.iter("a")]


def _attributes(classes: str, more: dict[str, Any]) -> dict[str, str]:
    given = {"class": classes} if classes else {}
    return given | {name.rstrip("_").replace("_", "-"): shown(value) for name, value in more.items()}


def shown(value: Any) -> str:
    """A number with at most two decimals, so that a drawing stays small and the same on every machine."""
    if isinstance(value, float):
        return f"{value:.2f}".rstrip("0").rstrip(".") if round(value, 2) else "0"
    return str(value)


def group(name: str, *parts: _Element, **more: Any) -> _Element:
    """A named group: `data-part` tells tests and readers of the file what it draws."""
    return _E.g(_attributes("", more) | {"data-part": name}, *parts)


def linked(target: str, name: str, *parts: _Element, hidden: bool = False) -> _Element:
    """Parts that lead to a place of the site: a page below docs/, with its anchor; `name` is said for them.

    A `hidden` link is for the pointer only, where a second one beside it has the same target.
    """
    aside = {"tabindex": "-1", "aria-hidden": "true"} if hidden else {"aria-label": name}
    for part in parts:
        for line_of_words in part.iter("text"):
            line_of_words.tail = " "  # else the words of two lines are one
    return _E.a({"class": "f-link", "href": target, **aside}, *parts)


def rect(x: float, y: float, width: float, height: float, classes: str, **more: Any) -> _Element:
    """A rectangle; `rx` rounds its corners."""
    return _E.rect(_attributes(classes, {"x": x, "y": y, "width": width, "height": height, **more}))


def circle(x: float, y: float, radius: float, classes: str, **more: Any) -> _Element:
    """A circle about (x, y)."""
    return _E.circle(_attributes(classes, {"cx": x, "cy": y, "r": radius, **more}))


def ellipse(x: float, y: float, rx: float, ry: float, classes: str, **more: Any) -> _Element:
    """An ellipse about (x, y), `rx` wide and `ry` high to each side."""
    return _E.ellipse(_attributes(classes, {"cx": x, "cy": y, "rx": rx, "ry": ry, **more}))


def line(x1: float, y1: float, x2: float, y2: float, classes: str = "f-line", **more: Any) -> _Element:
    """A straight line."""
    return _E.line(_attributes(classes, {"x1": x1, "y1": y1, "x2": x2, "y2": y2, **more}))


def path(d: str, classes: str = "f-line", **more: Any) -> _Element:
    """A path in SVG path syntax."""
    return _E.path(_attributes(classes, {"d": d, **more}))


def polygon(points: Points, classes: str, **more: Any) -> _Element:
    """A closed shape through `points`."""
    return _E.polygon(_attributes(classes, {"points": _points(points), **more}))


def polyline(points: Points, classes: str = "f-line", **more: Any) -> _Element:
    """An open line through `points`."""
    return _E.polyline(_attributes(classes, {"points": _points(points), **more}))


def _points(points: Points) -> str:
    return " ".join(f"{shown(float(x))},{shown(float(y))}" for x, y in points)


def words(x: float, y: float, text: str, classes: str = "f-text", **more: Any) -> _Element:
    """One line of words; its baseline is at y."""
    return _E.text(text, _attributes(classes, {"x": x, "y": y, **more}))


def lines(x: float, y: float, rows: Iterable[str], classes: str = "f-text", leading: float = 18) -> _Element:
    """Several lines of words, one below the other."""
    return _E.g(*(words(x, y + index * leading, row, classes) for index, row in enumerate(rows)))


def balanced(sentence: str, most: int) -> list[str]:
    """Words in as few lines of at most `most` characters as they need, the lines about equally long."""
    count = len(wrap(sentence, most))
    # Never a break within a word only to make the lines alike; narrower lines could not hold all characters.
    least = max(1, min(most, (len(sentence) - count + 1) // max(1, count)))
    tries = (wrap(sentence, width, break_long_words=False) for width in range(least, most + 1))
    rows = next((rows for rows in tries if len(rows) <= count), [])
    return rows if rows and max(map(len, rows)) <= most else wrap(sentence, most)
