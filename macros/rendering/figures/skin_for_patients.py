"""Young and older skin for patients: three layers, plain words, no numbers."""

from decimal import Decimal

from lxml.etree import _Element

from ...content.published import Published
from .needed import UndrawableError, amount, points
from .svg import Drawing, circle, group, line, polyline, rect, words
from .tissue import broken, bundle, layer, lobules

Fiber = tuple[float, float, float, float, bool]


_WIDTH = 184  # of one block of skin
_YOUNG_X = 1  # half a stroke of room
_OLD_X = 335
_FAT_TOP = 156
_FAT = 46
_YOUNG_DERMIS = 100
_WRINKLE = "h-50q-4 0 -7 7q-3 -7 -7 -7"
_EPIDERMIS = 25
# Collagen: left end, share of the depth, length, fall to the right, broken or not.
_YOUNG_FIBERS: list[Fiber] = [
    (8, 0.2, 70, 3, False), (92, 0.16, 80, -2, False), (30, 0.33, 84, 5, False), (128, 0.33, 48, 0, False),
    (6, 0.48, 66, -4, False), (84, 0.48, 92, 3, False), (22, 0.63, 76, 4, False), (110, 0.65, 66, -3, False),
    (8, 0.79, 60, 2, False), (78, 0.79, 98, 4, False), (28, 0.93, 72, -2, False), (116, 0.93, 56, 2, False),
]  # fmt: skip


_OLDER_FIBERS: list[Fiber] = [
    (10, 0.24, 68, 4, False), (100, 0.2, 72, -2, True), (40, 0.46, 78, 3, True), (132, 0.47, 44, 2, False),
    (12, 0.68, 66, -3, False), (94, 0.72, 80, 2, True), (42, 0.92, 50, 2, False), (112, 0.93, 62, -2, False),
]  # fmt: skip


def draw(data: Published) -> Drawing:
    """Two blocks side by side; the older dermis is as thin as the inner-arm index says for 70 years."""
    old_dermis = _YOUNG_DERMIS * _left_at_70(data)
    drawing = Drawing(520, 280)
    drawing.add(
        *_block("young", _YOUNG_X, _YOUNG_DERMIS, 18, _YOUNG_FIBERS),
        *_block("older", _OLD_X, old_dermis, 6, _OLDER_FIBERS),
    )
    drawing.add(*_labels(old_dermis))
    return drawing


def _left_at_70(data: Published) -> float:
    """How much of its thickness at 20 years the dermis of the inner arm has at 70, from a fifth to all of it."""
    name = "dermal-thickness-index-inner-arm"
    by_age = {amount(row, "x"): row for row in points(data, name, least=2)}
    for age in (20, 70):
        if age not in by_age:
            raise UndrawableError(
                "", "series", f"needs the point of '{name}' at {age} years; restore it", "aging.series"
            )
    young = float(amount(by_age[Decimal(20)], "value", 1, 1000))
    return float(amount(by_age[Decimal(70)], "value", round(young / 5, 2), young)) / young


def _block(age: str, x: float, dermis: float, waves: float, fibers: list[Fiber]) -> list[_Element]:
    """A block of skin on its fat; `waves` is the depth of the waves of the join."""
    top = _FAT_TOP - dermis
    surface, base = top - _EPIDERMIS, _FAT_TOP + _FAT
    upper = f"{x + _WIDTH} {surface}" + ("q-92 -5 -184 0" if age == "young" else f"{_WRINKLE * 2}h-56")
    return [
        group(
            f"{age}-fat",
            rect(x, _FAT_TOP, _WIDTH, _FAT, "f-fat"),
            *lobules(x + 3, _FAT_TOP + 2, _WIDTH - 6, _FAT - 4, 8, "f-fat f-thin-edge"),
        ),
        rect(x, surface + 4, _WIDTH, _EPIDERMIS, "f-skin"),
        group(f"{age}-dermis", rect(x, top, _WIDTH, dermis, "f-skin")),
        group(f"{age}-collagen", *_strokes(fibers, x, top)),
        group(f"{age}-epidermis", layer(x, _WIDTH, upper, (top, waves, 6), "f-skin-deep f-edge")),
        polyline([(x, top), (x, base), (x + _WIDTH, base), (x + _WIDTH, top)], "f-contour"),
        line(x, _FAT_TOP, x + _WIDTH, _FAT_TOP, "f-contour"),
    ]


def _strokes(fibers: list[Fiber], x: float, top: float) -> list[_Element]:
    strokes: list[_Element] = []
    for fiber in fibers:
        (left, y), length, fall = _start(fiber, x, top), fiber[2], fiber[3]
        strokes += broken(left, y, length, fall) if fiber[4] else [bundle(left, y, length, fall)]
    return strokes


def _start(fiber: Fiber, x: float, top: float) -> tuple[float, float]:
    return x + fiber[0], top + 4 + fiber[1] * (_FAT_TOP - top - 8)


def _labels(old_dermis: float) -> list[_Element]:
    """The names between the blocks, each tied to its place in both, and what to see below."""
    young, old = _FAT_TOP - _YOUNG_DERMIS, _FAT_TOP - old_dermis
    reach, level = _start(_YOUNG_FIBERS[7], _YOUNG_X, young)
    reach, level = reach + _YOUNG_FIBERS[7][2], level + _YOUNG_FIBERS[7][3]
    # name, plain words, baseline, room of the name to each side, where it points: young, older
    rows = [
        ("Epidermis", "outer layer", 40, 46, (_WIDTH - 14, young - 14), (_OLD_X + 14, old - 13)),
        ("Dermis", "strong layer", 88, 34, (_WIDTH - 14, young + 12), (_OLD_X + 12, old + 26)),
        ("Collagen", "strong fibers", 136, 42, (reach, level), _start(_OLDER_FIBERS[4], _OLD_X, old)),
        ("Fat", "soft padding", 184, 20, (_WIDTH - 14, _FAT_TOP + 23), (_OLD_X + 14, _FAT_TOP + 23)),
    ]
    middle = (_YOUNG_X + _WIDTH + _OLD_X) / 2
    parts = []
    for name, plain, y, room, left, right in rows:
        for (x, there), edge in ((left, middle - room), (right, middle + room)):
            parts += [polyline([(x, there), (edge, y - 5)], "f-line"), circle(x, there, 2.6, "f-ink")]
        parts += [
            words(middle, y, name, "f-text f-bold f-middle"),
            words(middle, y + 18, plain, "f-text f-soft f-middle"),
        ]
    for x, title, told in (
        (_YOUNG_X, "Younger skin", ("wavy join", "thick dermis", "many strong fibers")),
        (_OLD_X, "Older skin", ("flatter join", "thinner dermis", "fewer fibers,", "some broken")),
    ):
        parts.append(words(x + _WIDTH / 2, 15, title, "f-text f-bold f-middle"))
        parts += [
            words(x + _WIDTH / 2, 222 + 18 * row, line, "f-text f-soft f-middle") for row, line in enumerate(told)
        ]
    return parts
