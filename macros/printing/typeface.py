"""The typeface of every print, from its package: its files, and the signs that it has."""

import importlib.resources
import unicodedata
from importlib.resources.abc import Traversable
from io import BytesIO

FACES = {
    "Regular": (400, "normal"),
    "It": (400, "italic"),
    "Semibold": (600, "normal"),
    "Bold": (700, "normal"),
    "BoldIt": (700, "italic"),
}


def font_file(name: str) -> Traversable:
    """A file of the typeface."""
    return importlib.resources.files("font_source_sans_pro").joinpath("files", name)


def font_faces() -> str:
    """The typeface as CSS."""
    return "\n".join(
        f"@font-face {{ font-family: 'Sheet Sans'; font-weight: {weight}; font-style: {style};"
        f" src: url('font:SourceSansPro-{name}.ttf'); }}"
        for name, (weight, style) in FACES.items()
    )


def signs() -> frozenset[str]:
    """The signs that one of its faces has at least."""
    from fontTools.ttLib import TTFont

    faces = (BytesIO(font_file(f"SourceSansPro-{name}.ttf").read_bytes()) for name in FACES)
    return frozenset(chr(code) for face in faces for code in TTFont(face, lazy=True).getBestCmap())


def lacking(sign: str) -> str:
    """That the typeface lacks a sign, in words, with the cure."""
    name = unicodedata.name(sign, "without a name")
    return (
        f"the sign '{sign}' (U+{ord(sign):04X} {name}) is not in the typeface of the prints; write it in words, or take"
        " a sign that is"
    )
