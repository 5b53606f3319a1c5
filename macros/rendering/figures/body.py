"""A face, a bust and a hand, drawn once as points: the outlines that several figures mark regions on.

Head and bust: the midline is x = 0, the crown y = 0, the chin y = 200; one half is drawn, the other mirrored.
Hand: the back of a right hand in mm, fingers up, the thumb at the left; `Place` turns and mirrors it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from math import cos, radians, sin

from lxml.etree import _Element

from .svg import circle, group, path, shown

Point = tuple[float, float]


@dataclass(frozen=True)
class Place:
    """Where an outline stands in a drawing: its origin in px, its scale, and whether it is mirrored or upside down."""

    x: float
    y: float
    scale: float
    mirror: bool = False
    down: bool = False

    def at(self, point: Point) -> Point:
        """A point of the outline in px of the drawing."""
        across = -self.scale if self.mirror else self.scale
        return self.x + point[0] * across, self.y + point[1] * (-self.scale if self.down else self.scale)

    def curve(self, points: Iterable[Point], closed: bool = False) -> str:
        """The path of a smooth curve through points of the outline."""
        return smooth([self.at(point) for point in points], closed)


def mirrored(points: Iterable[Point]) -> list[Point]:
    """The same points on the other side of the midline."""
    return [(-x, y) for x, y in points]


def whole(half: list[Point]) -> list[Point]:
    """A line across the midline from its right half, which begins on the midline."""
    return [*reversed(mirrored(half[1:])), *half]


def smooth(points: Iterable[Point], closed: bool = False) -> str:
    """A path of cubic curves through all points (Catmull-Rom), in px; a doubled point makes a corner."""
    return _smooth(tuple(points), closed)


@cache  # the body is the same in every drawing
def _smooth(points: tuple[Point, ...], closed: bool) -> str:
    before = points[-1] if closed else points[0]
    chain = [before, *points, points[0], points[1]] if closed else [before, *points, points[-1]]
    steps = [f"M{_pair(points[0])}"]
    for a, b, c, d in zip(chain, chain[1:], chain[2:], chain[3:], strict=False):
        if b == c:
            continue
        first = (b[0] + (c[0] - a[0]) / 6, b[1] + (c[1] - a[1]) / 6)
        second = (c[0] - (d[0] - b[0]) / 6, c[1] - (d[1] - b[1]) / 6)
        steps.append(f"C{_pair(first)} {_pair(second)} {_pair(c)}")
    return "".join(steps) + ("Z" if closed else "")


def _pair(point: Point) -> str:
    return f"{shown(round(point[0], 1))},{shown(round(point[1], 1))}"


SKULL: list[Point] = [(0, -5), (15, -3.4), (29, 1), (43, 8.6), (55, 20), (64.5, 36), (70.6, 56), (72.6, 77), (71.5, 95)]
JAW: list[Point] = [
    (0, 200.5), (10, 199.8), (20, 196.6), (31, 189.6), (43, 179.6), (52, 169), (59.5, 156.5), (65, 143), (68.5, 131),
]  # fmt: skip


EAR: list[Point] = [
    (71.5, 95), (73.5, 90), (77.5, 87.3), (81.6, 88.6), (83.8, 94), (83.6, 102), (81.4, 112), (79, 121), (76.6, 129),
    (73.4, 133.4), (70.3, 133.6), (68.5, 131),
]  # fmt: skip


EAR_FOLD: list[Point] = [(75, 95.5), (77.6, 92.6), (80, 95), (80, 102), (78.2, 110), (75.6, 117), (73, 120)]
HAIRLINE: list[Point] = [
    (0, 30), (16, 31), (32, 35.5), (45, 44), (53, 56), (57.5, 69), (61.5, 80), (65.5, 91), (67.5, 106),
]  # fmt: skip


BROW: list[Point] = [
    (12.5, 83.4), (23, 79.6), (35, 77.2), (45.5, 78.8), (55.5, 85), (45, 81.8), (35, 81), (24, 83.8), (13.2, 87.6),
]  # fmt: skip


UPPER_LID: list[Point] = [(16.5, 102.2), (19.5, 99.4), (24, 96), (30.5, 94), (37, 95), (42, 97.6), (45.5, 100.3)]
LOWER_LID: list[Point] = [(16.5, 102.2), (21, 103.2), (27, 105), (33, 105.4), (39.5, 103.8), (45.5, 100.3)]
LID_CREASE: list[Point] = [(19, 94.6), (24, 91.2), (31, 89.4), (38.5, 90.8), (46, 95.6)]
IRIS: list[Point] = [
    (25.6, 95.4), (25, 99), (26.4, 102.9), (30.8, 105.2), (35.2, 102.9), (36.6, 99), (36, 94.8),
]  # fmt: skip


PUPIL: tuple[Point, float] = ((30.8, 99.4), 2.4)
NOSE_SIDE: list[Point] = [(10.5, 94), (8.2, 102), (7.4, 111), (8, 120)]
NOSE_WING: list[Point] = [(12.8, 130.5), (16.2, 134), (17.4, 139.4), (15.4, 144), (12, 145)]
NOSTRIL: list[Point] = [(0, 148.8), (2.4, 148.2), (4.6, 146.2), (6.4, 143.8), (9.5, 143), (12, 145)]
PHILTRUM: list[Point] = [(3.2, 151.2), (4.6, 154)]
LIP_TOP: list[Point] = [(0, 157.6), (2.6, 156.4), (6, 155), (11, 156.4), (18, 159.4), (25.5, 161.8)]
LIP_LINE: list[Point] = [(0, 163.8), (4, 163), (10, 163), (18, 163.6), (25.5, 161.8)]
LIP_BOTTOM: list[Point] = [(0, 175), (7, 174.6), (14, 172), (20.5, 167.4), (25.5, 161.8)]
CHIN_CREASE: list[Point] = [(0, 180.6), (5, 181), (10, 182.8)]
NECK: list[Point] = [
    (51.5, 170), (48, 184), (45.4, 198), (44, 212), (44.6, 224), (49, 235), (60, 245), (80, 253.5), (105, 260.5),
    (130, 267), (149, 275), (163, 288), (172, 305), (178, 326), (182, 350), (184, 378),
]  # fmt: skip


ARMPIT: list[Point] = [(140, 378), (141.5, 362), (146, 346), (153, 332)]
COLLARBONE: list[Point] = [
    (9, 271), (15, 268.4), (30, 270.4), (52, 271.4), (75, 268.6), (98, 266.4), (120, 270), (134, 276),
]  # fmt: skip


COLLARBONE_LOWER: list[Point] = [(13, 280), (26, 280.6), (42, 281.4), (58, 280)]
NOTCH: list[Point] = [(0, 277), (5, 275.4), (9, 271)]
NECK_MUSCLE: list[Point] = [(36, 216), (29, 236), (19, 255), (11.5, 267)]
# Each finger: middle of its base, lean from upright in degrees, free length, half width at the base.
FINGERS: tuple[tuple[Point, float, float, float], ...] = (
    ((-30.5, 85), -8, 73, 10),
    ((-8.5, 79), -2, 81, 10.2),
    ((13.5, 82.5), 5, 75, 9.7),
    ((34, 94), 13, 59, 8.6),
)


# Along a finger: share of its free length, and its half width there as a share of the base.
_PROFILE = (
    (0.1, 0.98), (0.25, 0.97), (0.42, 1.0), (0.58, 0.95), (0.74, 0.92), (0.86, 0.86), (0.94, 0.66), (0.985, 0.36),
)  # fmt: skip


THUMB: list[Point] = [
    (-33.4, 184), (-39.4, 173), (-48, 161), (-58, 148), (-67, 134), (-74.5, 119), (-80.5, 104), (-84.5, 90),
    (-82.5, 79.5), (-76.5, 76.5), (-70.5, 81), (-66, 92), (-60, 104), (-53.5, 115), (-46.5, 121), (-42.4, 114),
    (-41.4, 101),
]  # fmt: skip


THUMB_JOINT: list[Point] = [(-71, 115), (-66.5, 114), (-62.5, 111.5)]
THUMB_NAIL: list[Point] = [(-81.6, 84.5), (-80.4, 91), (-77.4, 94.2), (-73.6, 92.4), (-71.8, 87), (-73, 81.5)]
WRIST_THUMB_SIDE: list[Point] = [(-28.5, 222), (-28.6, 208), (-30, 195.5)]
LITTLE_SIDE: list[Point] = [(43.6, 108), (44.4, 124), (42.4, 143), (38, 162), (33, 179), (29.8, 195), (28.5, 222)]


def along(finger: int, share: float, aside: float = 0) -> Point:
    """A point on a finger: at a share of its free length from the base, `aside` half widths from its middle."""
    (x, y), lean, length, width = FINGERS[finger]
    angle = radians(lean)
    out, over = share * length, aside * width
    return x + out * sin(angle) + over * cos(angle), y - out * cos(angle) + over * sin(angle)


def hand_outline() -> list[Point]:
    """The outline of the hand from the wrist at the thumb's side round to the wrist at the other side, in mm."""
    points = [*WRIST_THUMB_SIDE, *THUMB]
    for finger in range(len(FINGERS)):
        points += [along(finger, share, -width) for share, width in _PROFILE]
        points.append(along(finger, 1))
        points += [along(finger, share, width) for share, width in reversed(_PROFILE)]
        if finger + 1 < len(FINGERS):
            left, right = along(finger, 0, 1), along(finger + 1, 0, -1)
            points.append(((left[0] + right[0]) / 2, (left[1] + right[1]) / 2))
    return [*points, *LITTLE_SIDE]


def hand_hints() -> list[list[Point]]:
    """Knuckles, creases over the finger joints and nails, in mm."""
    lines: list[list[Point]] = []
    for finger in range(len(FINGERS)):
        knuckle = -21 / FINGERS[finger][2]
        for share, half, rise in ((knuckle, 0.55, 0.06), (0.41, 0.5, -0.025), (0.45, 0.5, 0.025), (0.72, 0.42, -0.01)):
            bow = ((-1, 0), (-0.55, 0.7), (0, 1), (0.55, 0.7), (1, 0))
            lines.append([along(finger, share + rise * height, half * aside) for aside, height in bow])
        nail = ((0.97, -0.4), (0.88, -0.54), (0.81, -0.42), (0.79, 0), (0.81, 0.42), (0.88, 0.54), (0.97, 0.4))
        lines.append([along(finger, *point) for point in nail])
    return [*lines, THUMB_JOINT, THUMB_NAIL]


_HEAD = (SKULL, EAR, JAW)
_FEATURES = (
    HAIRLINE, EAR_FOLD, UPPER_LID, LOWER_LID, LID_CREASE, IRIS, NOSE_SIDE, NOSE_WING, NOSTRIL, PHILTRUM, LIP_TOP,
    LIP_LINE, LIP_BOTTOM, CHIN_CREASE,
)  # fmt: skip


_LOWER_FACE = (NOSTRIL, PHILTRUM, LIP_TOP, LIP_LINE, LIP_BOTTOM, CHIN_CREASE)
_CHEST = (ARMPIT, COLLARBONE, COLLARBONE_LOWER, NOTCH, NECK_MUSCLE)


def halves(place: Place, points: list[Point], classes: str, closed: bool = False) -> list[_Element]:
    """A line and its mirror image, or one line across where it begins on the midline."""
    if points[0][0] == 0 and not closed:
        return [path(place.curve(whole(points)), classes)]
    return [path(place.curve(side, closed), classes) for side in (mirrored(points), points)]


def _drawn(place: Place, curves: Iterable[list[Point]], classes: str) -> list[_Element]:
    return [part for points in curves for part in halves(place, points, classes)]


def face(place: Place, contour: str = "f-contour", hint: str = "f-hint") -> _Element:
    """The head from the front: its outline, with light hints of the features."""
    parts = _drawn(place, _FEATURES, hint) + halves(place, BROW, hint, closed=True)
    (x, y), radius = PUPIL
    parts += [circle(*place.at((side * x, y)), radius * place.scale, "f-soft") for side in (-1, 1)]
    return group("face", *parts, *_drawn(place, _HEAD, contour))


def neck_and_chest(place: Place, contour: str = "f-contour", hint: str = "f-hint") -> _Element:
    """Neck, shoulders and upper chest from the front, with light hints of muscle, collarbones and notch."""
    return group("neck-and-chest", *_drawn(place, _CHEST, hint), *_drawn(place, [NECK], contour))


def lower_face(place: Place, contour: str = "f-contour", hint: str = "f-hint") -> _Element:
    """Jaw, mouth and base of the nose, for a bust that is cut below the ears."""
    return group("lower-face", *_drawn(place, _LOWER_FACE, hint), *_drawn(place, [JAW], contour))


def hand(place: Place, contour: str = "f-contour", hint: str = "f-hint") -> _Element:
    """The back of a hand, as an outline with light hints of knuckles, joints and nails."""
    parts = [path(place.curve(line), hint) for line in hand_hints()]
    return group("hand", *parts, path(place.curve(hand_outline()), contour))
