"""Strokes of skin that several figures share: wavy joins, collagen bundles, elastic fibers, cells, fat.

Everything is in units of the drawing. Shapes are regular on purpose: the same call gives the same stroke.
"""

from collections.abc import Iterable
from itertools import pairwise
from math import cos, pi, sin

from lxml.etree import _Element

from .svg import circle, group, path, shown

Point = tuple[float, float]


def wave(x: float, y: float, length: float, depth: float, count: int) -> str:
    """Path data of `count` even waves to the right, `depth` units from crest to trough; starts with the point."""
    half = length / count / 2
    return f"{shown(x)} {shown(y)}q{_pair(half / 2, depth)} {_pair(half, 0)}" + f"t{_pair(half, 0)}" * (2 * count - 1)


def layer(x: float, width: float, top: str, join: tuple[float, float, int], classes: str) -> _Element:
    """A layer with a wavy underside: `top` is path data from its upper right to its upper left corner.

    `join` holds the mean height of the underside, the depth of its waves and their number.
    """
    y, depth, count = join
    return path(f"M{wave(x, y, width, depth, count)}L{top}Z", classes)


def bundle(
    x: float, y: float, length: float, slope: float = 0, bend: float = 5, classes: str = "f-collagen-line"
) -> _Element:
    """A collagen bundle: one wavy stroke of `length`, falling by `slope` units over it."""
    count = max(1, round(length / 34))
    step = length / count / 2
    fall = slope / count / 2
    d = f"M{_pair(x, y)}q{_pair(step / 2, fall / 2 - bend)} {_pair(step, fall)}" + f"t{_pair(step, fall)}" * (
        2 * count - 1
    )
    return path(d, classes)


def broken(
    x: float, y: float, length: float, slope: float = 0, gap: float = 7, classes: str = "f-collagen-line"
) -> list[_Element]:
    """A collagen bundle in three pieces, shifted against one another."""
    gap = gap if classes == "f-collagen-line" else gap + 4
    piece = (length - 2 * gap) / 3
    shifts = (0.0, 3.5, -2.0)
    return [
        bundle(x + index * (piece + gap), y + slope * index / 3 + shift, piece, slope / 3, 3, classes)
        for index, shift in enumerate(shifts)
    ]


def spread_cell(x: float, y: float, reach: float, classes: str) -> _Element:
    """A fibroblast pulled out between fibers: a spindle with long arms, `reach` units to each side."""
    corners = [(-1, 0.2), (-0.45, 0.08), (-0.3, -0.12), (0, -0.3), (0.3, -0.14), (0.5, -0.1), (1, -0.26),
               (0.55, 0.1), (0.3, 0.16), (0, 0.34), (-0.3, 0.2), (-0.6, 0.18), (-1, 0.2)]  # fmt: skip
    placed = [_pair(x + reach * right, y + reach * down) for right, down in corners]
    curves = "".join(f"Q{bend} {end}" for bend, end in zip(placed[1::2], placed[2::2], strict=True))
    return path(f"M{placed[0]}{curves}Z", classes)


def slack_cell(x: float, y: float, reach: float, classes: str) -> _Element:
    """A fibroblast without tension: rounded, with blunt stubs where the arms were."""
    reaches = (1.25, 0.75, 0.8, 1.0, 0.72, 0.85, 1.3, 0.75, 0.85, 0.8)
    corners = [_around(x, y, reach * share, index * pi / 5) for index, share in enumerate(reaches)]
    start = _middle(corners[-1], corners[0])
    turns = "".join(
        f"Q{_pair(*corner)} {_pair(*_middle(corner, corners[(index + 1) % 10]))}"
        for index, corner in enumerate(corners)
    )
    return path(f"M{_pair(*start)}{turns}Z", classes)


def fibroblast(x: float, y: float, reach: float, spread: bool) -> _Element:
    """A fibroblast with its nucleus, pulled out between fibers or slack."""
    body = (spread_cell if spread else slack_cell)(x, y, reach, "f-brand-light f-edge")
    return group("fibroblast", body, circle(x, y, min(4.5, reach * 0.3), "f-brand"))


def tangle(x: float, y: float, length: float, height: float, loops: int, classes: str) -> _Element:
    """A strand that runs to the right in uneven loops, as elastotic material does."""
    points = []
    for step in range(loops * 14 + 1):
        turn = step / 14
        swell = 0.66 + 0.2 * sin(turn * 2.3) + 0.14 * sin(turn * 4.1 + 1)
        across = x + length * step / (loops * 14) - length / loops * 0.9 * swell * sin(2 * pi * turn)
        points.append((across, y - height / 2 * swell * cos(2 * pi * turn) + height * 0.22 * sin(turn * 1.7)))
    middles = [_middle(one, other) for one, other in pairwise(points[1:])]
    turns = "".join(f"Q{_rough(*bend)} {_rough(*end)}" for bend, end in zip(points[1:], middles, strict=False))
    return path(f"M{_rough(*points[0])}{turns}", classes)


def lobules(x: float, y: float, width: float, height: float, across: int, classes: str) -> Iterable[_Element]:
    """Fat lobules that fill a field: rows of circles, each second row shifted by half."""
    radius = width / across / 2
    rows = max(1, round((height - 2 * radius) / (radius * 1.75)) + 1)
    step = (height - 2 * radius) / (rows - 1) if rows > 1 else 0
    for row in range(rows):
        shift = radius if row % 2 else 0
        for index in range(across - row % 2):
            yield circle(x + radius + shift + 2 * radius * index, y + radius + row * step, radius - 0.6, classes)


def _around(x: float, y: float, radius: float, angle: float) -> Point:
    return x + radius * cos(angle), y + radius * sin(angle)


def _middle(one: Point, other: Point) -> Point:
    return (one[0] + other[0]) / 2, (one[1] + other[1]) / 2


def _rough(x: float, y: float) -> str:
    return f"{shown(round(x, 1))} {shown(round(y, 1))}"


def _pair(x: float, y: float) -> str:
    return f"{shown(float(x))} {shown(float(y))}"
