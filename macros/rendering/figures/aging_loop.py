"""The loop of aging: cut collagen, lost tension, less new collagen; and where CaHA is thought to act."""

from math import hypot

from lxml.etree import _Element

from ...content.published import Published
from ...content.rows.base import Fact
from .needed import needed, said
from .svg import Drawing, circle, group, line, lines, path, polygon, rect, words
from .tissue import broken, bundle, fibroblast, spread_cell

_LEFT, _RIGHT, _WIDTH = 1.0, 278.0, 228.0  # the two columns of stages
_UPPER, _LOWER, _HIGH = 76.0, 300.0, 96.0  # the two rows, and the height of a picture
_CLAIM = 500.0  # top of the hypothesis


def draw(data: Published) -> Drawing:
    """Four stages in a ring, clockwise, what starts it above and the hypothesis below."""
    drawing = Drawing(520, 640)
    fact = needed(data, "aging.facts", "age-021", Fact)
    old, young = (said(fact, f"{age}_percent", 0, 100) for age in ("old", "young"))
    drawing.add(
        _trigger(),
        _stage("cut", _LEFT, _UPPER, "1 MMPs cut collagen", "more of the cutting enzymes,", "less new collagen"),
        _stage("fragments", _RIGHT, _UPPER, "2 Fragments give way", "cut fibers no longer hold", "the fibroblast"),
        _stage(
            "tension",
            _RIGHT,
            _LOWER,
            "3 Tension is lost",
            f"{old} of its surface touches",
            f"collagen; in young skin {young}",
        ),
        _stage("less", _LEFT, _LOWER, "4 Less collagen is made", "a slack cell makes less,", "and more MMPs"),
        _ring(),
        _hypothesis(),
    )
    return drawing


def _trigger() -> _Element:
    middle = _LEFT + _WIDTH / 2
    return group(
        "trigger",
        rect(_LEFT, 1, _WIDTH, 44, "f-panel f-thin-edge", rx=6),
        lines(middle, 19, ["light, oxidative stress,", "senescent cells"], "f-text f-middle"),
        _arrow(middle, 48, middle, _UPPER - 4),
    )


def _stage(name: str, x: float, y: float, title: str, *told: str) -> _Element:
    """One stage: its picture, its name and two lines of words."""
    pictures = {"cut": _cut, "fragments": _fragments, "tension": _tension, "less": _less}
    return group(
        name,
        rect(x, y, _WIDTH, _HIGH, "f-skin"),
        *pictures[name](x, y),
        rect(x, y, _WIDTH, _HIGH, "f-contour"),
        words(x, y + _HIGH + 21, title, "f-text f-bold"),
        lines(x, y + _HIGH + 39, told, "f-small"),
    )


def _enzyme(x: float, y: float) -> _Element:
    """An enzyme: a disc whose mouth opens to the right."""
    return path(f"M{x} {y}l8 -6a10 10 0 1 0 0 12Z", "f-amber")


def _cut(x: float, y: float) -> list[_Element]:
    whole = [
        bundle(x + 10, y + 18, 206, 2, 6, "f-collagen-bundle"),
        bundle(x + 10, y + 82, 206, -2, 6, "f-collagen-bundle"),
    ]
    return [
        *whole,
        bundle(x + 10, y + 40, 88, 0, 5, "f-collagen-bundle"),
        bundle(x + 124, y + 40, 92, 0, 5, "f-collagen-bundle"),
        bundle(x + 10, y + 61, 128, 0, 5, "f-collagen-bundle"),
        bundle(x + 166, y + 61, 52, 0, 5, "f-collagen-bundle"),
        _enzyme(x + 110, y + 40),
        _enzyme(x + 152, y + 61),
    ]


def _fragments(x: float, y: float) -> list[_Element]:
    return [
        *broken(x + 10, y + 20, 206, 4, classes="f-collagen-bundle"),
        *broken(x + 14, y + 78, 200, -4, classes="f-collagen-bundle"),
        bundle(x + 8, y + 52, 40, 4, 4, "f-collagen-bundle"),
        bundle(x + 184, y + 48, 34, -6, 4, "f-collagen-bundle"),
        fibroblast(x + 116, y + 50, 46, spread=True),
    ]


def _tension(x: float, y: float) -> list[_Element]:
    return [
        spread_cell(x + 114, y + 50, 74, "f-contour f-dash"),
        fibroblast(x + 114, y + 50, 22, spread=False),
        bundle(x + 8, y + 26, 44, 5, 4, "f-collagen-bundle"),
        bundle(x + 170, y + 76, 46, -4, 4, "f-collagen-bundle"),
        bundle(x + 20, y + 82, 40, 3, 4, "f-collagen-bundle"),
        bundle(x + 158, y + 18, 48, 3, 4, "f-collagen-bundle"),
    ]


def _less(x: float, y: float) -> list[_Element]:
    return [
        fibroblast(x + 72, y + 50, 22, spread=False),
        bundle(x + 112, y + 36, 50),
        bundle(x + 116, y + 62, 40),
        _enzyme(x + 194, y + 24),
        _enzyme(x + 186, y + 54),
        _enzyme(x + 206, y + 76),
        bundle(x + 10, y + 86, 44, -3, 4, "f-collagen-bundle"),
    ]


def _ring() -> _Element:
    """Arrows from stage to stage, clockwise, and what each turn does."""
    under = _UPPER + _HIGH + 64
    return group(
        "ring",
        _arrow(_LEFT + _WIDTH + 8, _UPPER + _HIGH / 2, _RIGHT - 8, _UPPER + _HIGH / 2),
        _arrow(_RIGHT + _WIDTH / 2, under, _RIGHT + _WIDTH / 2, _LOWER - 8),
        _arrow(_RIGHT - 8, _LOWER + _HIGH / 2, _LEFT + _WIDTH + 8, _LOWER + _HIGH / 2),
        _arrow(_LEFT + _WIDTH / 2, _LOWER - 8, _LEFT + _WIDTH / 2, under),
        words(260, (under + _LOWER) / 2 + 2, "each turn leaves less collagen", "f-small f-middle"),
    )


def _arrow(
    x1: float, y1: float, x2: float, y2: float, classes: str = "f-brand-line", head: str = "f-brand"
) -> _Element:
    """A straight arrow from the first point to the second."""
    length = hypot(x2 - x1, y2 - y1)
    along, across = ((x2 - x1) / length, (y2 - y1) / length), ((y1 - y2) / length, (x2 - x1) / length)
    back = (x2 - 11 * along[0], y2 - 11 * along[1])
    wings = [(back[0] + side * 6.5 * across[0], back[1] + side * 6.5 * across[1]) for side in (1, -1)]
    return group("arrow", line(x1, y1, *back, classes), polygon([(x2, y2), *wings], head))


def _hypothesis() -> _Element:
    """Where CaHA is thought to act, in a dashed frame of its own, with a dashed arrow to the lost tension."""
    y, x = _CLAIM, _RIGHT + _WIDTH / 2
    told = [
        "Spheres may give the cell a hold; with",
        "tension, collagen might come back.",
        "In culture, cells that touched spheres",
        "made more. Other fillers stretch too.",
        "How it works in people is not proven.",
    ]
    return group(
        "hypothesis",
        _arrow(x, y - 4, x, _LOWER + _HIGH + 66, "f-amber-line f-dash", "f-amber"),
        rect(_LEFT, y, 518, 138, "f-amber-light", rx=8),
        rect(_LEFT, y, 518, 138, "f-amber-line f-dash", rx=8),
        words(_LEFT + 14, y + 25, "Hypothesis: where CaHA may act", "f-text f-bold"),
        *_held(_LEFT + 92, y + 84),
        lines(_LEFT + 186, y + 50, told[:4], "f-small", 18),
        words(_LEFT + 186, y + 124, told[4], "f-small f-bold"),
    )


def _held(x: float, y: float) -> list[_Element]:
    places = [(-62, 20, 14), (60, -24, 15), (14, 30, 12), (-22, -28, 13)]
    cell = fibroblast(x, y, 62, spread=True)
    return [*(circle(x + right, y + down, size, "f-product") for right, down, size in places), cell]
