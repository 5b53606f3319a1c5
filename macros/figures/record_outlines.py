"""Outlines to mark on with a pen: face, neck and décolletage from the front, and the backs of both hands."""

from ..data import Data
from .body import Place, face, hand, lower_face, neck_and_chest
from .svg import Drawing, group, words

_TITLE, _SIDE = 15, 36  # baselines in px


def draw(data: Data) -> Drawing:
    """The outlines side by side, without marks: the patient's right is at the left of each."""
    drawing = Drawing(520, 236)
    drawing.add(
        group("face", *_named("Face", 82, 0, 164), face(Place(82, 36, 0.95))),
    )
    chest = Place(264, 4, 0.6)
    drawing.add(
        group(
            "neck-and-decolletage",
            *_named("Neck and décolletage", 264, 180, 348),
            lower_face(chest),
            neck_and_chest(chest),
        )
    )
    return drawing


def _named(name, middle, left, right):
    return [
        words(middle, _TITLE, name, "f-text f-bold f-middle"),
        words(left, _SIDE, "Right", "f-small"),
        words(right, _SIDE, "Left", "f-small f-end"),
    ]
