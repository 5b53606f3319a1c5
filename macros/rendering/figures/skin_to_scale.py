"""Skin to scale: cheek, hand and neck, instruments and microspheres, all drawn in the same millimeters."""

from lxml.etree import _Element

from ...content.checked_values import AnyNumber
from ...content.published import Published
from ...content.rows.aging import Layer
from ...content.rows.base import Fact
from ...content.rows.product import Component
from .. import typeset
from .needed import UndrawableError, amount, needed, said, said_range
from .svg import Drawing, circle, ellipse, group, line, lines, path, polyline, rect, words
from .tissue import bundle, lobules

SCALE = 70.0  # units for one mm
LENS = 10  # how many times larger the inset is
_SURFACE = 30.0
_LEFT, _WIDTH = 34.0, 156.0  # the block of cheek
_LABELS = 204
_BELOW = 450.0  # top of the lower row
_DEEPEST = 5.4  # mm that the upper row has room for
_THICKEST = 0.8  # mm that an instrument has room for
_LARGEST = 60  # µm that the inset has room for


def draw(data: Published) -> Drawing:
    """Every thickness and diameter is its value in mm times SCALE; the inset is LENS times that."""
    drawing = Drawing(520, 604)
    drawing.add(_ruler(), _cheek(data), _cheek_labels(data), _hand(data), _neck(data))
    drawing.add(_instruments(data), _inset(data))
    return drawing


def depth(mm: AnyNumber | float) -> float:
    """How far below the surface `mm` lies in the drawing."""
    return _SURFACE + float(mm) * SCALE


def _layer(data: Published, row_id: str) -> Layer:
    return needed(data, "aging.layers", row_id, Layer)


def _mean(data: Published, row_id: str) -> float:
    return float(amount(_layer(data, row_id), "mean_mm", 0, _DEEPEST))


def _span(data: Published, row_id: str) -> str:
    return said_range(_layer(data, row_id), "min_mm", "max_mm")


def _plane_band(data: Published) -> Fact:
    """How deep the subdermal plane was measured, and how thick the fat."""
    return needed(data, "aging.facts", "age-014", Fact)


def _spheres(data: Published) -> Component:
    return needed(data, "product.composition", "caha-microspheres", Component)


def _ruler() -> _Element:
    ticks = [line(20 if mm % 2 == 0 else 24, depth(mm / 2), 28, depth(mm / 2), "f-line") for mm in range(11)]
    numbers = [words(15, depth(mm) + 5, str(mm), "f-small f-end") for mm in range(6)]
    return group(
        "ruler", line(28, depth(0), 28, depth(5), "f-line"), *ticks, *numbers, words(28, 16, "mm", "f-small f-end")
    )


def _cheek(data: Published) -> _Element:
    """The block of cheek; its layers are the values that aging.yml keeps for drawing."""
    top, parts = _SURFACE, list[_Element]()
    fills = {"lay-40": "f-skin-deep", "lay-41": "f-skin-mid", "lay-42": "f-skin", "lay-43": "f-fat"}
    textures = {"lay-42": _bundles, "lay-43": _fat}
    for row_id, fill in fills.items():
        height = _mean(data, row_id) * SCALE
        if top + height > depth(_DEEPEST):
            raise UndrawableError(row_id, "mean_mm", f"has room for layers of {_DEEPEST} mm together; check the number")
        parts.append(group(row_id, rect(_LEFT, top, _WIDTH, height, fill), *textures.get(row_id, _none)(top, height)))
        parts.append(line(_LEFT, top, _LEFT + _WIDTH, top, "f-contour"))
        top += height
    fascia = depth(_mean(data, "lay-24"))
    parts += [
        rect(_LEFT, top, _WIDTH, max(0.0, fascia - top), "f-fat"),
        group("fascia", rect(_LEFT, fascia, _WIDTH, 6, "f-brand-light f-thin-edge")),
        polyline([(_LEFT, depth(0)), (_LEFT, fascia + 6)], "f-contour"),
        polyline([(_LEFT + _WIDTH, depth(0)), (_LEFT + _WIDTH, fascia + 6)], "f-contour"),
    ]
    return group("cheek", words(_LEFT, 16, "Cheek", "f-text f-bold"), *parts, *_plane(data))


def _plane(data: Published) -> list[_Element]:
    """The dermis-to-fat junction with a cannula under it, and the depths that were measured."""
    band, cannula = _plane_band(data), _cannula(data)
    low, high = (depth(amount(band, name, 0, _DEEPEST)) for name in ("min_mm", "max_mm"))
    thick = _diameter(data, cannula, "cannula_gauge") * SCALE
    y = depth(_plane_depth(data))
    sizes = [_diameter_um(data, name) / 1000 * SCALE / 2 for name in ("min_um", "max_um")]
    dots = [
        circle(_LEFT + 118 + index * 3.4, y + 5 + index * 5 % 9, sizes[index % 2], "f-product") for index in range(10)
    ]
    return [
        group("cannula", _tube(_LEFT, y, 106, thick, blunt=True),
              words(_LEFT + 5, y + thick / 2 + 5, f"{said(cannula, 'cannula_gauge')} cannula", "f-small")),
        group("true-spheres", *dots),
        group("plane", line(_LEFT, y, _LEFT + _WIDTH + 10, y, "f-brand-line f-dash")),
        group("plane-range", rect(29.5, low, 4, high - low, "f-brand")),
    ]  # fmt: skip


def _plane_depth(data: Published) -> float:
    return sum(_mean(data, row_id) for row_id in ("lay-40", "lay-41", "lay-42"))


def _none(top: float, height: float) -> list[_Element]:
    return []


def _bundles(top: float, height: float) -> list[_Element]:
    slots = [
        (6.0, 0.2, 52.0), (66, 0.14, 80), (22, 0.42, 62), (96, 0.4, 52),
        (4, 0.66, 46), (58, 0.64, 78), (30, 0.87, 50), (92, 0.87, 58),
    ]  # fmt: skip
    return [bundle(_LEFT + x, top + share * height, length) for x, share, length in slots]


def _fat(top: float, height: float) -> list[_Element]:
    return list(lobules(_LEFT + 2, top + 2, _WIDTH - 4, height - 4, 5, "f-fat f-thin-edge"))


def _cannula(data: Published) -> Fact:
    return needed(data, "technique.facts", "tec-012", Fact)


def _gauges(data: Published) -> Fact:
    return needed(data, "product.facts", "prd-036", Fact)


def _gauge(row: Fact, field: str) -> str:
    """The name under which the table of gauges holds the diameter of the gauge that a row names."""
    return f"gauge_{amount(row, field).normalize():f}_mm"


def _diameter(data: Published, row: Fact, field: str) -> float:
    """Outer diameter in mm of the gauge that a row names."""
    return float(amount(_gauges(data), _gauge(row, field), 0.1, _THICKEST))


def _diameter_um(data: Published, name: str) -> float:
    """Diameter in µm of the least or the greatest microsphere."""
    return float(amount(_spheres(data), name, 0, _LARGEST))


def _tube(x: float, y: float, length: float, thick: float, blunt: bool) -> _Element:
    """A tube that goes on to the left; blunt with a side port, or ground to a point."""
    end, round_by = x + length, thick / 2
    if blunt:
        tip = f"H{end - round_by}a{round_by} {round_by} 0 0 1 0 {thick}H{x}"
    else:
        tip = f"H{end - 1.6 * thick}L{end} {y + thick}H{x}"
    tube = path(f"M{x} {y}{tip}", "f-panel f-edge")
    port = ellipse(end - 44, y + thick / 2, 9, 6, "f-paper f-edge")
    return group("tube", tube, *([port] if blunt and length > 200 else []))


def _cheek_labels(data: Published) -> _Element:
    """Names beside the cheek with measured values; the drawing-only thicknesses are never printed."""
    band = _plane_band(data)
    rows = [
        (35.0, _mean(data, "lay-40") / 2, "Epidermis", [_span(data, "lay-06")]),
        (76, _mean(data, "lay-40") + _mean(data, "lay-41") / 2, "Papillary dermis", []),
        (100, 0.9, "Reticular dermis", [f"dermis {_span(data, 'lay-07')}"]),
        (145, 0, "Subdermal plane", [f"about {said_range(band, 'min_mm', 'max_mm')}"]),
        (
            192,
            _plane_depth(data) + 0.1,
            "Microspheres",
            [said_range(_spheres(data), "min_um", "max_um")],
        ),
        (255, 3.2, "Fat", [f"about {said_range(band, 'fat_min_mm', 'fat_max_mm', 0, 100)}"]),
        (
            340,
            _mean(data, "lay-24") + 0.04,
            "Superficial fascia",
            [f"{said(_layer(data, 'lay-24'), 'mean_mm')} deep", f"({_span(data, 'lay-24')})"],
        ),
    ]
    parts: list[_Element] = []
    for y, mm, name, told in rows:
        if mm:
            parts.append(polyline([(_LEFT + _WIDTH - 4, depth(mm)), (_LABELS - 4, y - 5)], "f-line"))
        kinds = "f-text f-brand-text" if name == "Subdermal plane" else "f-text"
        parts += [words(_LABELS, y, name, kinds), lines(_LABELS, y + 17, told, "f-small", 17)]
    return group("labels", *parts)


def _hand(data: Published) -> _Element:
    """The back of the hand: the dermis, and the plane below it from its least to its greatest measured thickness."""
    dermis, plane = _mean(data, "lay-32"), _layer(data, "lay-33")
    x, wide, bottom = 392.0, 60.0, depth(dermis)
    least, most = (float(amount(plane, name, 0, _DEEPEST - dermis)) * SCALE for name in ("min_mm", "max_mm"))
    told = ["plane", *_span(data, "lay-33").split(typeset.NBSP)]
    return group(
        "hand",
        words(x + wide / 2, 16, "Hand", "f-text f-bold f-middle"),
        group("hand-dermis", rect(x, _SURFACE, wide, dermis * SCALE, "f-skin f-edge")),
        group("hand-plane-most", rect(x, bottom, wide, most, "f-panel f-edge f-dash")),
        group("hand-plane-least", rect(x, bottom, wide, least, "f-brand-light f-edge")),
        _column(x + wide / 2, 90, ["dermis", *said(_layer(data, "lay-32"), "mean_mm").split(typeset.NBSP)]),
        _column(x + wide / 2, 246, told),
        _column(x + wide / 2, bottom + most + 17, ["tendons"]),
    )


def _neck(data: Published) -> _Element:
    """The side of the neck down to the superficial fascia, its layers not told apart, with the measured range."""
    row = _layer(data, "lay-26")
    x, wide, bottom = 460.0, 59.0, depth(_mean(data, "lay-26"))
    low, high = (depth(amount(row, name, 0, _DEEPEST)) for name in ("min_mm", "max_mm"))
    return group(
        "neck",
        words(x + wide / 2, 16, "Neck", "f-text f-bold f-middle"),
        group("neck-depth", rect(x, _SURFACE, wide, bottom - _SURFACE, "f-panel f-edge")),
        rect(x, bottom, wide, 6, "f-brand-light f-thin-edge"),
        _column(x + wide / 2, 90, ["skin", "and fat", *said(row, "mean_mm").split(typeset.NBSP)]),
        group("neck-range", line(x + wide / 2, low, x + wide / 2, high, "f-brand-line"),
              *(line(x + 20, end, x + wide - 20, end, "f-brand-line") for end in (low, high))),
        _column(x + wide / 2, high + 17, ["range", *_short(_span(data, "lay-26"))]),
    )  # fmt: skip


def _short(span: str) -> list[str]:
    """A range on one line, or its unit on a second one where it is long."""
    return [span] if len(span) < 9 else span.split(typeset.NBSP)


def _column(x: float, y: float, rows: list[str]) -> _Element:
    return lines(x, y, rows, "f-small f-middle", 17)


def _instruments(data: Published) -> _Element:
    """A needle and two cannulas, as thick as they are at this scale; their lengths are cut."""
    needle, cannula = needed(data, "product.handling", "prd-017", Fact), _cannula(data)
    rows = [
        ("needle", needle, "outer_gauge", False),
        ("cannula", cannula, "cannula_gauge", True),
        ("cannula", cannula, "neck_cannula_gauge", True),
    ]
    y, parts = _BELOW, []
    for name, row, field, blunt in rows:
        mm = _diameter(data, row, field)
        told = f"{said(row, field)} {name}, {said(_gauges(data), _gauge(row, field))}"
        parts.append(
            group(
                f"{row.id}-{field}",
                _tube(1, y, 240, mm * SCALE, blunt),
                words(10, y + mm * SCALE / 2 + 5, told, "f-small"),
            )
        )
        y += mm * SCALE + 12
    return group("instruments", words(0, _BELOW - 12, "Instruments, same scale", "f-text f-bold"), *parts)


def _inset(data: Published) -> _Element:
    """The epidermis with the least and the greatest microsphere beside it, LENS times larger."""
    x, wide, high, scale = 270.0, 249.0, 146.0, SCALE * LENS
    thick = float(amount(_layer(data, "lay-40"), "mean_mm", 0.03, 0.12)) * scale
    parts = [
        rect(x, _BELOW, 116, high, "f-skin-mid"),
        group("inset-epidermis", rect(x, _BELOW, 116, thick, "f-skin-deep f-edge")),
        words(x + 12, _BELOW + thick / 2 + 5, "epidermis", "f-text"),
        lines(x + 12, _BELOW + thick + 36, ["papillary", "dermis"], "f-text", 18),
    ]
    for centre, field in ((x + 150, "min_um"), (x + 210, "max_um")):
        radius = _diameter_um(data, field) / 1000 * scale / 2
        parts.append(group(f"sphere-{field}", circle(centre, _BELOW + 28, radius, "f-product")))
        parts.append(words(centre, _BELOW + 64, said(_spheres(data), field), "f-small f-middle"))
    parts += [
        lines(x + 182, _BELOW + 88, ["microspheres,", "for size only"], "f-small f-middle", 17),
        group("inset-bar", line(x + 147, _BELOW + 122, x + 147 + 0.1 * scale, _BELOW + 122, "f-outline")),
        words(x + 182, _BELOW + 138, "0.1\u00a0mm", "f-small f-middle"),
        rect(x, _BELOW, wide, high, "f-contour"),
    ]
    return group("inset", words(x, _BELOW - 12, f"{LENS} times larger", "f-text f-bold"), *parts)
