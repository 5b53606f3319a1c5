"""A syringe and what is in it, drawn to volume; shared by the drawings of ratios and of mixing.

Syringes with the same bore are comparable: the length of a filling, in px, stands for its volume. A
syringe is drawn in its own frame: the axis is y = 0, the barrel ends at x = 0 on the side of the tip and
reaches to x = -capacity; `placed` moves, turns or mirrors it. The spheres are not to scale.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from lxml.etree import _Element

from .svg import circle, group, line, path, rect, shown

Kind = Literal["product", "spheres", "gel", "diluent", "mixture", "settled", "at-tip"]


Point = tuple[float, float]


TIP = 18.0  # px from the end of the barrel to the end of the Luer lock
HEAD = 6.0  # px of the plunger head
_FILLS = {"product": "f-product", "spheres": "f-product", "gel": "f-paper"}
THUMB = 6.0  # px of the thumb rest


@dataclass(frozen=True)
class Filling:
    """What fills `length` px of the barrel, measured from the tip."""

    kind: Kind
    length: float
    spheres: int = 0


def syringe(name: str, bore: float, capacity: float, fillings: Sequence[Filling] = (), rod: float = 16) -> _Element:
    """A syringe with its tip to the right: bore, capacity and the rod behind the barrel in px."""
    filled = sum(filling.length for filling in fillings)
    half = bore / 2
    head = -filled - HEAD
    parts = [
        rect(-capacity, -half, capacity, bore, "f-paper"),
        *_contents(bore, fillings),
        path(
            f"M{shown(head)} {shown(-half * 0.3)}H{shown(-capacity - rod)}M{shown(head)} {shown(half * 0.3)}"
            f"H{shown(-capacity - rod)}"
        ),
        rect(head, -half, HEAD, bore, "f-gray-light f-edge"),
        rect(-capacity, -half, capacity, bore, "f-outline", rx=2),
        line(-capacity, -half - 7, -capacity, half + 7, "f-outline"),
        rect(-capacity - rod - THUMB, -half * 0.75, THUMB, half * 1.5, "f-soft", rx=2.5),
        _luer_lock(half),
    ]
    return group(name, *parts)


def width(capacity: float, rod: float = 16) -> float:
    """Length of a whole syringe from thumb rest to Luer lock, in px."""
    return THUMB + rod + capacity + TIP


def placed(part: _Element, x: float, y: float, turn: float = 0, mirror: bool = False, scale: float = 1) -> _Element:
    """A part drawn in its own frame, moved to (x, y), turned by degrees, mirrored left to right or scaled."""
    steps = f"translate({shown(float(x))} {shown(float(y))})"
    steps += f" rotate({shown(float(turn))})" if turn else ""
    steps += f" scale({shown(float(scale))})" if scale != 1 else ""
    part.set("transform", steps + (" scale(-1 1)" if mirror else ""))
    return part


def connector(x: float, y: float, length: float, bore: float) -> _Element:
    """A Luer-lock connector about (x, y), `length` px long, for syringes of `bore` px."""
    half = bore * 0.3
    ribs = [line(x + step * length / 6, y - half, x + step * length / 6, y + half) for step in (-1, 0, 1)]
    body = rect(x - length / 2, y - half, length, 2 * half, "f-brand-light f-edge", rx=3)
    return group("connector", body, *ribs)


def spread(count: int) -> list[Point]:
    """`count` points spread evenly, without a grid, over the unit square; the same on every machine."""
    # Steps of the golden ratio: no two neighbors on a line.
    return [((index + 0.5) / count, (0.5 + index * 0.618034) % 1) for index in range(count)]


def spheres(x: float, y: float, width: float, height: float, points: Sequence[Point], radius: float = 1.7) -> _Element:
    """Spheres at points of the unit square, inside a box in px."""
    inner_width, inner_height = width - 2 * radius - 1, height - 2 * radius - 1
    left, top = x + radius + 0.5, y + radius + 0.5
    dots = [circle(left + u * inner_width, top + v * inner_height, radius, "f-product") for u, v in points]
    return group("spheres", *dots)


def sunk(points: Sequence[Point]) -> list[Point]:
    """The same points after a rest: most of them low down, a few still above."""
    return [(u, _down(v)) for u, v in points]


def sunk_to_tip(points: Sequence[Point]) -> list[Point]:
    """The same points after a rest of a syringe that stands on its tip."""
    return [(_down(u), v) for u, v in points]


def _down(depth: float) -> float:
    return 1 - 0.92 * math.pow(1 - depth, 2.6)


def hatch(x: float, y: float, width: float, height: float, step: float = 6) -> _Element:
    """Slanted lines that fill a box, in px."""
    lines = []
    offset = step / 2
    while offset < width + height:
        low, high = max(0.0, offset - height), min(offset, width)
        lines.append(f"M{shown(x + low)} {shown(y + offset - low)}L{shown(x + high)} {shown(y + offset - high)}")
        offset += step
    return path("".join(lines), "f-hatch")


def _contents(bore: float, fillings: Sequence[Filling]) -> list[_Element]:
    """The fillings, the first at the tip."""
    parts: list[_Element] = []
    edge = 0.0
    for filling in fillings:
        left, top = edge - filling.length, -bore / 2
        inside = [rect(left, top, filling.length, bore, _FILLS.get(filling.kind, "f-diluent"))]
        if filling.kind == "gel":
            inside.append(hatch(left, top, filling.length, bore))
        if filling.spheres:
            points = spread(filling.spheres)
            move = {"settled": sunk, "at-tip": sunk_to_tip}.get(filling.kind)
            points = move(points) if move else points
            inside.append(spheres(left, top, filling.length, bore, points))
        parts.append(group(f"filled-{filling.kind}", *inside))
        edge = left
    return parts


def _luer_lock(half: float) -> _Element:
    """The tip with the collar of the Luer lock."""
    shoulder = half * 0.62
    return group(
        "luer-lock",
        rect(1, -shoulder, 12, 2 * shoulder, "f-panel f-edge", rx=1.5),
        path(f"M5 {shown(-shoulder)}V{shown(shoulder)}M9 {shown(-shoulder)}V{shown(shoulder)}", "f-hair"),
        rect(13, -half * 0.26, TIP - 13, half * 0.52, "f-paper f-thin-edge"),
    )
