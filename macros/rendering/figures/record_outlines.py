"""Outlines to mark on with a pen: face, neck and décolletage from the front, and the backs of both hands."""

from lxml.etree import _Element

from ...content.published import Published
from .body import Place, face, hand, lower_face, neck_and_chest
from .svg import Drawing, group, words

_TITLE, _SIDES = 15, 36  # baselines in px
_FACE, _CHEST = Place(86, 24, 0.92), Place(326, -60, 0.72)
_RIGHT_HAND, _LEFT_HAND = Place(599, 20, 0.86), Place(741, 20, 0.86, mirror=True)


def draw(data: Published) -> Drawing:
    """The outlines side by side, without marks; the patient's right is at the left throughout."""
    drawing = Drawing(820, 216)
    drawing.add(
        group("face-outline", *_named("Face", 86, 0, 172), face(_FACE)),
        group(
            "neck-and-decolletage",
            *_named("Neck and décolletage", 326, 206, 446),
            lower_face(_CHEST),
            neck_and_chest(_CHEST),
        ),
        group(
            "hands",
            *_named("Backs of the hands", 670, 516, 820),
            group("right-hand", hand(_RIGHT_HAND)),
            group("left-hand", hand(_LEFT_HAND)),
        ),
    )
    return drawing


def _named(name: str, middle: float, left: float, right: float) -> list[_Element]:
    """The name of an outline about `middle`, and Right and Left at its two edges, in px."""
    return [
        words(middle, _TITLE, name, "f-title f-middle"),
        words(left, _SIDES, "Right", "f-text"),
        words(right, _SIDES, "Left", "f-text f-end"),
    ]
