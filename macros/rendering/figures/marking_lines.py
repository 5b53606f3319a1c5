"""Langer lines against relaxed skin tension lines: how each is found, and what is known of their directions.

No source at hand gives a map of either, so the patch on the face shows only that they cross.
"""

from lxml.etree import _Element

from ...content.published import Published
from .body import Place, lower_face, neck_and_chest
from .svg import Drawing, circle, group, line, lines, path, polyline, rect, words
from .syringe import placed

_PANEL = 250.0
_DOWN = 18.0  # px that a second line below the titles takes
_CHEST = Place(150, 90, 0.78)
_FACE_PATCH, _NECK_PATCH, _CHEST_PATCH = (
    (150 + 0.78 * 38, 90 + 0.78 * 150),
    (150, 90 + 0.78 * 240),
    (150, 90 + 0.78 * 314),
)


def draw(data: Published) -> Drawing:
    """Two panels on how the lines are found, and below them one bust with what is known at three places."""
    drawing = Drawing(520, 424 + _DOWN)
    drawing.add(
        group(
            "langer",
            placed(group("patch", _skin(0), *_punctures()), 0, _DOWN),
            *_titled(0, "Langer lines", ["punctures in the skin", "of cadavers"]),
        ),
        group(
            "rstl",
            placed(group("patch", _skin(270), *_pinch()), 0, _DOWN),
            *_titled(270, "Relaxed skin tension lines", ["living skin, relaxed", "and pinched"]),
        ),
        placed(_bust(), 0, _DOWN),
        placed(_words(), 0, _DOWN),
    )
    return drawing


def _titled(x: float, title: str, how: list[str]) -> list[_Element]:
    return [words(x, 15, title, "f-text f-bold"), lines(x, 34, how, "f-small")]


def _skin(x: float) -> _Element:
    return rect(x, 44, _PANEL, 96, "f-skin f-thin-edge", rx=6)


def _punctures() -> list[_Element]:
    """Rows of punctures and the lines drawn through them."""
    rows = [62.0, 82.0, 102.0, 122.0]
    through = [line(12, y, 238, y, "f-brand-line f-dash") for y in rows]
    return [*through, *(circle(24 + 40.4 * index, y, 3, "f-paper f-edge") for y in rows for index in range(6))]


def _pinch() -> list[_Element]:
    """Two fingertips that push the skin together, and the creases that rise between them."""
    fingers = [
        path(f"M{edge} 70H{tip}Q{tip + bow} 92 {tip} 114H{edge}", "f-paper f-edge")
        for edge, tip, bow in ((270, 316, 22), (520, 474, -22))
    ]
    creases = [path(f"M{x} 56Q{x + bow} 92 {x} 128", "f-collagen-line") for x, bow in ((361, 6), (395, 0), (429, -6))]
    arrows = [
        path(f"M{x} 92h{step}m{-step / 3} -5l{step / 3} 5l{-step / 3} 5", "f-outline")
        for x, step in ((283, 24), (507, -24))
    ]
    return [*creases, *fingers, *arrows]


def _bust() -> _Element:
    """Lower face, neck and chest, with a patch where something is known and question marks where not."""
    x, y = _FACE_PATCH
    half = 12.0
    both = [
        part
        for step in (-6.0, 0.0, 6.0)
        for part in (
            line(x - half, y + step, x + half, y + step, "f-brand-line f-dash"),
            line(x + step, y - half, x + step, y + half, "f-collagen-line"),
        )
    ]
    crossing = group("crossing", circle(x, y, 19, "f-skin f-edge"), *both, transform=f"rotate(35 {x:.1f} {y:.1f})")
    unknown = [
        group("unknown", circle(*at, 15, "f-paper f-ring"), words(at[0], at[1] + 6, "?", "f-title f-middle"))
        for at in (_NECK_PATCH, _CHEST_PATCH)
    ]
    return group("bust", lower_face(_CHEST), neck_and_chest(_CHEST), crossing, *unknown)


def _words() -> _Element:
    """What stands beside the bust, each with a line to its place."""
    left = 318.0
    places = (
        (_FACE_PATCH, 19, 178, "Lower face", ("on the face the two", "often cross at right", "angles")),
        (_NECK_PATCH, 15, 262, "Neck", ("no direction found in", "the sources at hand")),
        (_CHEST_PATCH, 15, 330, "Décolletage", ("no direction found", "either: relax the skin", "and pinch it to see")),
    )
    parts = []
    for (x, y), radius, top, name, rows in places:
        parts += [
            polyline([(x + radius, y), (left - 22, top - 5), (left - 5, top - 5)], "f-leader"),
            words(left, top, name, "f-text f-bold"),
            lines(left, top + 18, rows, "f-small"),
        ]
    key = [
        line(left, 404, left + 28, 404, "f-brand-line f-dash"),
        words(left + 34, 409, "Langer", "f-small f-ink-text"),
        line(left + 100, 404, left + 126, 404, "f-collagen-line"),
        words(left + 132, 409, "relaxed", "f-small f-ink-text"),
    ]
    return group("words", *parts, *key)
