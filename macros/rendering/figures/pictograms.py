"""Small drawings that stand for an action, each about 44 px wide with its origin at the top left."""

from lxml.etree import _Element

from .svg import circle, group, line, path, polygon, rect, words
from .syringe import TIP, Filling, connector, placed, syringe


def stop() -> _Element:
    """A stop sign about its own middle, 46 px wide."""
    near, far = 9.5, 23
    half = [(near, -far), (far, -near), (far, near), (near, far)]
    points = half + [(-x, -y) for x, y in half]
    return group("stop-sign", polygon(points, "f-warn"), rect(-12, -3.5, 24, 7, "f-paper", rx=1))


def ask() -> _Element:
    """A question."""
    bubble = path("M6 2H36Q40 2 40 6V26Q40 30 36 30H18L8 38V30H6Q2 30 2 26V6Q2 2 6 2Z", "f-outline")
    return group("ask", bubble, words(21, 23, "?", "f-title f-middle"))


def look() -> _Element:
    """An eye."""
    lids = path("M1 20Q21 -2 41 20Q21 42 1 20Z", "f-outline")
    return group("look", lids, circle(21, 20, 8, "f-ink"), circle(24, 17, 2.5, "f-paper"))


def press() -> _Element:
    """A fingertip that presses the skin."""
    return group(
        "press",
        path("M0 34Q10 34 14 38H28Q32 34 42 34", "f-outline"),
        path("M12 0V26Q12 36 21 36T30 26V0", "f-skin f-edge"),
        path("M16 28Q21 24 26 28", "f-line"),
    )


def check() -> _Element:
    """A list with ticks."""
    rows = [path(f"M12 {y}l3 3l5 -6M25 {y}h9", "f-brand-line") for y in (17, 26, 35)]
    board = rect(5, 5, 36, 39, "f-paper f-edge", rx=3)
    return group("check", board, rect(15, 1, 16, 8, "f-gray-light f-edge", rx=2), *rows)


def mix() -> _Element:
    """Two syringes on a connector."""
    left = syringe("product-syringe", 16, 14, [Filling("product", 8)], 2)
    right = syringe("diluent-syringe", 16, 14, [Filling("diluent", 8)], 2)
    middle = 44
    half = TIP + 4
    pair = group(
        "pair",
        placed(left, middle - half, 18),
        placed(right, middle + half, 18, mirror=True),
        connector(middle, 18, 18, 18),
    )
    return group("mix", placed(pair, 3, 8, scale=0.8))


def marks() -> _Element:
    """A pen that draws a fan of paths."""
    fan = path("M4 40L38 34M4 40L36 22M4 40L26 12", "f-line f-dash")
    pen = path("M26 12L38 0l6 6L32 18l-8 2z", "f-paper f-edge")
    return group("marks", fan, pen, circle(4, 40, 3, "f-brand"))


def inject() -> _Element:
    """A blunt cannula in the plane where dermis meets fat, and a thread behind it."""
    return group(
        "inject",
        rect(0, 12, 46, 13, "f-skin-mid f-thin-edge"),
        rect(0, 25, 46, 17, "f-fat f-thin-edge"),
        path("M0 2L9 12", "f-outline"),
        path("M9 12Q14 25 24 25H30", "f-outline"),
        *(circle(34 + 4 * index, 25, 1.6, "f-product") for index in range(3)),
        line(0, 12, 46, 12, "f-outline"),
    )
