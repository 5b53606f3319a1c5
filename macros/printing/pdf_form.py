"""The form of a PDF: each of its fields with what it looks like, in our typeface, and one for each name.

WeasyPrint makes the fields from the inputs of a print (form_fields.py), in their order, tagged and labeled. What it
leaves to the viewer is done here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .typeface import FIELD_FAMILY, field_font

# What a PDF program writes with its own hands is written in this encoding, the one that all of them know.
_ENCODING, _FIRST, _LAST = "cp1252", 32, 255
# What belongs to a field, wherever it stands.
_OF_FIELD = ("FT", "T", "V", "DA", "Ff")
_INK = "0.09 0.145 0.176 rg"


def complete_form(document: Any, pdf: Any) -> None:
    """Complete the form of a PDF that WeasyPrint has made, before it is written.

    Each field gets how it looks (else a viewer must work it out, and asks on closing whether to keep that), the letters
    that fit its line, and the typeface of ours; those of one name become one field that stands in several places.
    """
    form = pdf.catalog.get("AcroForm")
    if form is None:
        return
    import pydyf

    typeface = _Typeface.of(document, pdf)
    form.pop("NeedAppearances")
    form["DR"] = pydyf.Dictionary({"Font": typeface.fonts})
    form["DA"] = pydyf.String(typeface.appearance)
    places = [_referred(pdf, reference) for reference in form["Fields"]]
    for place in places:
        if place["FT"] == "/Tx":
            _write_into(place, pdf, typeface)
    form["Fields"] = pydyf.Array(_one_for_each_name(places, pdf))


@dataclass(frozen=True)
class _Typeface:
    """The typeface of the fields: for what a PDF program writes, and, with more letters, for what is filled in."""

    fonts: Any
    glyphs: dict[str, int]
    widths: dict[str, float]

    appearance = f"/Fields 0 Tf {_INK}"

    @classmethod
    def of(cls, document: Any, pdf: Any) -> "_Typeface":
        import pydyf

        made = next(font for font in document.fonts.values() if font.family == FIELD_FAMILY)
        ours = field_font()
        units, metrics = ours["head"].unitsPerEm, ours["hmtx"].metrics
        widths = {chr(code): metrics[name][0] * 1000 / units for code, name in ours.getBestCmap().items()}
        glyphs = {chr(code): ours.getGlyphID(name) for code, name in ours.getBestCmap().items()}
        resources = next(one for one in pdf.objects if isinstance(one, pydyf.Dictionary) and "ExtGState" in one)
        reference = _referred(pdf, resources["Font"])[made.hash]
        holder = _referred(pdf, _referred(pdf, reference)["DescendantFonts"][0])
        # Not symbolic: its letters are known by the encoding.
        descriptor = pydyf.Dictionary({**_referred(pdf, holder["FontDescriptor"]), "Flags": 32})
        pdf.add_object(descriptor)
        letters = [bytes([code]).decode(_ENCODING, "replace") for code in range(_FIRST, _LAST + 1)]
        simple = pydyf.Dictionary({
            "Type": "/Font",
            "Subtype": "/TrueType",
            "BaseFont": made.name,
            "FirstChar": _FIRST,
            "LastChar": _LAST,
            "Widths": pydyf.Array(round(widths.get(letter, 0)) for letter in letters),
            "Encoding": "/WinAnsiEncoding",
            "FontDescriptor": descriptor.reference,
        })  # fmt: skip
        pdf.add_object(simple)
        return cls(pydyf.Dictionary({"Fields": simple.reference, "Filled": reference}), glyphs, widths)

    def width(self, words: str) -> float:
        """How wide words are, set 1 pt high."""
        return sum(self.widths.get(letter, 0) for letter in words) / 1000

    def string(self, words: str) -> str:
        """Words as a string of the font with all letters; one that it lacks is left out."""
        return "<" + "".join(f"{self.glyphs[letter]:04x}" for letter in words if letter in self.glyphs) + ">"


def _write_into(place: Any, pdf: Any, typeface: _Typeface) -> None:
    """Let a field for text look like what it holds, in letters that fit it; a viewer takes the size that fits too."""
    import pydyf

    left, top, right, bottom = (float(number) for number in place["Rect"])
    width, height = right - left, top - bottom
    words = place["V"].string
    shown = [b"/Tx BMC"]
    if words:
        size = min(height * 0.75, width / typeface.width(words)) if typeface.width(words) else height * 0.75
        text = f"{typeface.string(words)} Tj"
        shown += [f"q BT {_INK} /Filled {size:.2f} Tf 0 {(height - 0.7 * size) / 2:.2f} Td {text} ET Q".encode()]
    look = pydyf.Stream([*shown, b"EMC"], {
        "Type": "/XObject",
        "Subtype": "/Form",
        "BBox": pydyf.Array((0, 0, round(width, 3), round(height, 3))),
        "Resources": pydyf.Dictionary({"Font": typeface.fonts}),
    })  # fmt: skip
    pdf.add_object(look)
    place["DA"] = pydyf.String(typeface.appearance)
    place["AP"] = pydyf.Dictionary({"N": look.reference})


def _one_for_each_name(places: list[Any], pdf: Any) -> Iterator[bytes]:
    """References to the fields of a form: a place that has a name for itself is its field; others share one."""
    import pydyf

    by_name: dict[str, list[Any]] = {}
    for place in places:
        by_name.setdefault(place["T"].string, []).append(place)
    for named in by_name.values():
        if len(named) == 1:
            yield named[0].reference
            continue
        field = pydyf.Dictionary({name: named[0][name] for name in (*_OF_FIELD, "TU") if name in named[0]})
        pdf.add_object(field)
        field["Kids"] = pydyf.Array(place.reference for place in named)
        for place in named:
            for name in _OF_FIELD:
                place.pop(name, None)
            place["Parent"] = field.reference
        yield field.reference


def _referred(pdf: Any, reference: bytes) -> Any:
    """The object to which a reference such as `12 0 R` leads."""
    return pdf.objects[int(reference.split()[0])]
