"""The typeface of every print, from its package: its files, and the signs that it has."""

import importlib.resources
import unicodedata
from functools import cache
from importlib.resources.abc import Traversable
from io import BytesIO
from typing import Any

FACES = {
    "Regular": (400, "normal"),
    "It": (400, "italic"),
    "Semibold": (600, "normal"),
    "Bold": (700, "normal"),
    "BoldIt": (700, "italic"),
}

# What is filled in is set in it. A PDF must hold the whole of a typeface that can be typed with, so this one has the
# letters of the languages written in Latin letters and no others: 16 KB instead of 160.
FIELD_FAMILY, FIELD_FILE = "Sheet Sans Fields", "fields"
_LATIN = (*range(0x20, 0x250), *range(0x2010, 0x2040), 0x20AC, 0x2122, 0x2212, 0x2264, 0x2265)


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


def field_face() -> str:
    """The typeface of what is filled in, as CSS."""
    return f"@font-face {{ font-family: '{FIELD_FAMILY}'; src: url('font:{FIELD_FILE}'); }}"


def field_font() -> Any:
    """The typeface of what is filled in, as fontTools has it."""
    from fontTools.ttLib import TTFont

    return TTFont(BytesIO(font_bytes(FIELD_FILE)))


@cache
def _field_file() -> bytes:
    """The file of that typeface; made once, since making it takes as long as to lay out a page."""
    from fontTools import subset
    from fontTools.ttLib import TTFont

    font = TTFont(BytesIO(font_file("SourceSansPro-Semibold.ttf").read_bytes()), recalcTimestamp=False)
    options = subset.Options(hinting=False, layout_features=[], name_IDs=[1, 2, 6])
    options.drop_tables += ["GDEF", "GPOS", "GSUB"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=_LATIN)
    subsetter.subset(font)
    made = BytesIO()
    font.save(made)
    return made.getvalue()


def font_bytes(name: str) -> bytes:
    """The content of a font that a print asks for: a file of the package, or the typeface of what is filled in."""
    return _field_file() if name == FIELD_FILE else font_file(name).read_bytes()


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
