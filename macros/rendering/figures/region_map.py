"""Where the regions of face, neck, décolletage and hands lie, each with its marks, caution and link.

A region's shape and the place of its words stand here; its marks, its fill and its words come from its row.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lxml.etree import _Element

from ...content.label_status import in_words, region_statuses
from ...content.published import Published
from ...content.rows.label import Region
from ..label_marks import CAUTIONS, checked, everywhere, status_groups
from .body import (
    LIP_BOTTOM,
    LIP_TOP,
    LOWER_LID,
    UPPER_LID,
    Place,
    Point,
    face,
    halves,
    hand,
    mirrored,
    neck_and_chest,
    smooth,
)
from .needed import UndrawableError, held
from .status_shapes import mark
from .svg import Drawing, balanced, circle, group, line, lines, linked, path, polyline, rect, words

# Each mark of the key and its name.
_MARKS = (("on-label", "on label"), ("reported", "reported"), ("off-label", "off-label"), ("avoid", "avoid"))


@dataclass(frozen=True)
class Spot:
    """A region on an outline: its half (mirrored where it does not begin on the midline), and where the line to its
    label begins.
    """

    shape: tuple[Point, ...]
    anchor: Point


# Back to front; points of the outlines of body.py, those of the back of the hand in mm.
SPOTS: dict[str, Spot] = {
    "neck": Spot(
        ((0, 215), (13, 214), (27, 209), (37, 202), (43.6, 193), (42.6, 212), (43, 224), (46.5, 234), (42, 243),
         (30, 254), (17, 264), (9, 268.5), (0, 273)),
        (14, 232),
    ),
    "decolletage": Spot(
        ((0, 281), (10, 276), (30, 277), (58, 277), (95, 272.5), (118, 276), (124, 292), (122, 310), (112, 327),
         (88, 342), (48, 351), (0, 353)),
        (0, 297),
    ),
    "submental": Spot(
        ((0, 203.5), (10, 202.8), (22, 199), (33, 191.8), (44.5, 182), (44.5, 188), (36, 198), (25, 206), (12, 210.5),
         (0, 211.5)),
        (16, 205.6),
    ),
    "forehead-brow": Spot(
        ((0, 32.5), (16, 33.5), (31, 38), (42, 46), (48.5, 57), (51.5, 69), (53, 83), (45, 79.5), (35, 78.5),
         (24, 81), (13, 85), (0, 87)),
        (0, 53),
    ),
    "glabella": Spot(
        ((0, 71), (7, 73.5), (11, 81), (12, 89), (8.5, 94.5), (0, 96)), (0, 83.5),
    ),
    "temples": Spot(
        ((53.5, 61), (57.5, 71), (61.5, 81), (65.5, 92), (66.5, 104), (61, 99), (57.5, 92), (56, 83), (53.5, 72)),
        (59, 86),
    ),
    "cheeks": Spot(
        ((21, 119.5), (33, 120.5), (45, 118), (54, 112), (61, 107), (65, 117), (61, 130), (49, 138), (37, 143),
         (29.5, 141.5), (23, 134), (20, 126)),
        (57, 117),
    ),
    "lower-face": Spot(
        ((37.5, 147), (48, 141.5), (58.5, 134.5), (56.5, 143), (50.5, 154), (43.5, 164.5), (38, 171.5), (37, 164),
         (36.5, 155)),
        (47, 151),
    ),
    "jawline": Spot(
        ((68, 132.5), (65, 143), (59.5, 156.5), (52, 169), (43, 179.6), (38.5, 183.6), (36, 178), (44.5, 168),
         (52.5, 156), (58.5, 143), (62, 133)),
        (55, 158.5),
    ),
    "chin-prejowl": Spot(
        ((0, 182), (8, 182), (17, 180), (25, 178.6), (32, 180), (37, 185), (31, 189.6), (20, 196.6), (10, 199.8),
         (0, 200.5)),
        (16, 189),
    ),
    "nose": Spot(
        ((0, 97.5), (6, 98), (7.8, 105), (7.6, 112), (8.8, 121), (12.6, 128.5), (16.4, 134), (17.6, 139.5),
         (15.6, 144.2), (12, 145.4), (6, 146.5), (0, 149)),
        (0, 127),
    ),
    "tear-trough": Spot(
        ((13.5, 98.5), (16.5, 91.5), (24, 87.6), (35, 86), (46, 88), (53.5, 93), (56, 101), (52, 110), (43.5, 115),
         (32.5, 116.5), (21.5, 113.5), (14.5, 106)),
        (31, 111),
    ),
    "perioral": Spot(
        ((0, 151), (8, 150.3), (15, 150), (22, 153.6), (28.5, 160.5), (25, 169.5), (17, 176), (8, 179.2), (0, 179.8)),
        (17, 154.3),
    ),
    "lips": Spot((*LIP_TOP, *reversed(LIP_BOTTOM)), (0, 165.6)),
    "nasolabial-folds": Spot(
        ((18, 134.5), (23.5, 140), (29.5, 147.5), (34, 156), (34.5, 162.5), (30.5, 158), (25.5, 150.5), (20.5, 143.5)),
        (27.5, 148),
    ),
    "marionette": Spot(
        ((28.6, 163), (32.6, 166), (35.4, 173), (36, 180), (31.5, 176.5), (28.6, 170)),
        (32.5, 171.5),
    ),
    "hands": Spot(
        ((-36, 116), (-31, 103), (-20, 95), (-8, 92), (4, 92), (16, 95), (27, 101), (36, 109), (39.5, 120), (38, 140),
         (32.5, 162), (27, 184), (0, 190), (-25, 187), (-36, 172), (-45, 158), (-50, 146), (-44, 132)),
        (35, 121),
    ),
}  # fmt: skip


# Saucer-shaped scars lie wherever acne was: a few are drawn on one cheek, in front of the rest.
_SCARS: tuple[Point, ...] = ((44, 127), (49.5, 130.5), (43, 133.5), (51, 124.5))
_SCARS_ANCHOR = (50, 128.5)
_LABELS = {
    "left": ("forehead-brow", "glabella", "tear-trough", "nose", "lips", "chin-prejowl", "submental", "neck"),
    "right": (
        "temples", "cheeks", "acne-scars", "nasolabial-folds", "perioral", "lower-face", "marionette", "jawline",
    ),
}  # fmt: skip


_BODY, _HAND = Place(246, 10, 1.2), Place(78, 466, 0.86)
_TOP, _FOOT = 8.0, {"left": 316.0, "right": 323.0}  # px between which the labels of a column stand, off the shoulders
_LEFT, _RIGHT = 134.0, 357.0  # px where a column's marks begin, towards the face
_LEADING, _CLOSE, _MARK = 16.0, 15.6, 16.0
_WIDE = {"decolletage": 27, "hands": 9}  # characters to a line of the labels that stand in no column
_HIGH = {"decolletage": 5, "hands": 4}  # and their lines
_CHARACTER = 8.4
_FILLS = {
    "routine": "f-green-light f-green-edge",
    "extra-care": "f-amber-light f-region",
    "specialist": "f-amber-light f-region",
    "avoid": "f-warn-light f-warn-edge",
}


def draw(data: Published) -> Drawing:
    """The map with a label for each region on it, and a key; regions of the body are named below."""
    for name in (*SPOTS, "acne-scars"):
        held(data, "regions.regions", name, Region)
    regions = {row.id: row for row in data.regions.regions if row.kind == "treatment"}
    columns = {side: [regions[name] for name in names if name in regions] for side, names in _LABELS.items()}
    below = _notes_below(data, columns, [regions[name] for name in _HIGH if name in regions])
    elsewhere = [row for row in regions.values() if row.id not in SPOTS and row.id != "acne-scars"]
    key, end = _key(data, elsewhere, [regions[name] for name in below])
    drawing = Drawing(520, max(692, end))
    for name, spot in SPOTS.items():
        if name in regions:
            place = _HAND if name == "hands" else _BODY
            drawing.add(linked(_page(regions[name]), "", _area(regions[name], spot, place), hidden=True))
    if "acne-scars" in regions:
        dots = [circle(*_BODY.at(point), 2.2, _FILLS[_caution(regions["acne-scars"])]) for point in _SCARS]
        drawing.add(linked(_page(regions["acne-scars"]), "", group("area-acne-scars", *dots), hidden=True))
    drawing.add(_eyes(), face(_BODY), neck_and_chest(_BODY), hand(_HAND))
    for name, spot in SPOTS.items():
        if name in regions and _caution(regions[name]) == "avoid":
            x, y = spot.anchor
            drawing.add(*(mark("avoid", *_BODY.at((side * x, y))) for side in ((1, -1) if x else (1,))))
    for side, rows in columns.items():
        drawing.add(*_column(data, side, rows, below))
    for name, label in (("decolletage", _chest_label), ("hands", _hand_label)):
        if name in regions:
            drawing.add(*label(data, regions[name], below))
    drawing.add(key)
    return drawing


def _page(region: Region) -> str:
    return region.home or ""


def _caution(region: Region) -> str:
    return str(region.caution)


def _area(region: Region, spot: Spot, place: Place) -> _Element:
    """A region as an area: filled by its caution, striped where it is for specialists only."""
    points = list(spot.shape)
    if region.id == "hands":
        outlines = [points]
    elif points[0][0] == 0:
        # Across the midline: the half, then its mirror image back to where it began.
        outlines = [points + mirrored((x, y) for x, y in reversed(points) if x)]
    else:
        outlines = [mirrored(points), points]
    parts = []
    for outline in outlines:
        drawn = [place.at(point) for point in outline]
        parts.append(path(smooth(drawn, closed=True), _FILLS[_caution(region)]))
        if region.caution == "specialist":
            parts.append(stripes(drawn))
    return group(f"area-{region.id}", *parts)


def stripes(outline: Sequence[Point], apart: float = 5) -> _Element:
    """Slanting stripes within an outline, `apart` px from each other."""
    # Along a stripe x + y is the same, so each edge of the outline is crossed where its ends lie on both sides.
    edges = list(zip(outline, [*outline[1:], outline[0]], strict=True))
    sums = [x + y for x, y in outline]
    steps = []
    at = min(sums) + apart
    while at < max(sums):
        cuts = sorted(
            a[0] + (b[0] - a[0]) * (at - sum(a)) / (sum(b) - sum(a)) for a, b in edges if (sum(a) < at) != (sum(b) < at)
        )
        steps += [
            f"M{left:.1f} {at - left:.1f}L{right:.1f} {at - right:.1f}"
            for left, right in zip(cuts[::2], cuts[1::2], strict=True)
        ]
        at += apart * 2**0.5
    return path("".join(steps), "f-stripe")


def _eyes() -> _Element:
    """The open eyes, in front of the area around them."""
    lids = [*UPPER_LID, *reversed(LOWER_LID[1:-1])]
    return group("eyes", *halves(_BODY, lids, "f-paper", closed=True))


def _kind(data: Published, region: Region, diluted: bool) -> str:
    """The mark for diluted or undiluted product; where jurisdictions differ, the more careful one."""
    kinds = {one.kind for one in region_statuses(data, region, diluted)}
    if kinds <= {"on-label", "reported"}:
        return "reported" if "reported" in kinds else "on-label"
    return "avoid" if kinds == {"avoid"} else "off-label"


def _kinds(data: Published, region: Region) -> list[str]:
    """The marks of a region: undiluted and diluted; one cross where both are to avoid."""
    kinds = [_kind(data, region, diluted) for diluted in (False, True)]
    return kinds[:1] if kinds == ["avoid", "avoid"] else kinds


def _name(region: Region) -> str:
    """The name without what stands in brackets."""
    return region.name.partition(" (")[0]


def _notes(data: Published, region: Region) -> list[str]:
    """What limits the marks of a region: one jurisdiction, one ratio, one product."""
    notes = []
    for diluted, what in ((False, "undiluted"), (True, "diluted")):
        said: dict[str, list[str]] = {}
        for kind, limits, places in status_groups(region_statuses(data, region, diluted), data):
            if kind not in ("on-label", "reported"):
                continue
            where = ", ".join(places) + (" reported" if kind == "reported" else "")
            said.setdefault(limits.strip(": ").removeprefix("at ").removesuffix(" only"), []).append(where)
        words = [_limited(data, limits, where) for limits, where in said.items()]
        if any(words):
            notes.append(f"{what}: {'; '.join(words)} only")
    return notes


def _limited(data: Published, limits: str, where: list[str]) -> str:
    if where == [everywhere(data)]:
        return limits
    return f"{limits} ({', '.join(where)})" if limits else ", ".join(where)


def _marks(data: Published, region: Region, x: float, y: float) -> _Element:
    """The marks side by side from x on."""
    kinds = enumerate(_kinds(data, region))
    return group("marks", *(mark(kind, x + (0.5 + index) * _MARK, y) for index, kind in kinds))


def _marks_width(data: Published, region: Region) -> float:
    """What the marks of a region take in px, with the space before its words."""
    return len(_kinds(data, region)) * _MARK + 5


def _said(data: Published, region: Region, below: Mapping[str, int]) -> str:
    """A region's label in one line, for readers who do not see the marks: first the words that are seen, by which one
    who speaks to the machine calls it.
    """
    states = [
        f"{what} {in_words(region_statuses(data, region, diluted))}"
        for diluted, what in ((False, "undiluted"), (True, "diluted"))
    ]
    seen = ["avoid"] if region.caution == "avoid" else []
    seen += [f"note {below[region.id]}"] if region.id in below else []
    said = [*seen, *_notes(data, region), *states, CAUTIONS[_caution(region)]]
    return f"{_name(region)}: {'; '.join(said)}"


def _label_lines(data: Published, region: Region, most: int, below: Mapping[str, int]) -> list[tuple[str, str]]:
    """The lines of a label with their classes; what is noted `below` has its number here."""
    avoid = region.caution == "avoid"
    title = f"{_name(region)}: avoid" if avoid else _name(region)
    rows = [(row, f"f-text {'f-warn-text' if avoid else 'f-ink-text'}") for row in balanced(title, most)]
    notes = [f"note {below[region.id]}"] if region.id in below else _notes(data, region)
    return rows + [(row, "f-text f-soft") for note in notes for row in balanced(note, most)]


def _notes_below(data: Published, columns: Mapping[str, Sequence[Region]], alone: Sequence[Region]) -> dict[str, int]:
    """The regions whose notes find no room beside the map, each with the number of its note below: as few as will do,
    those with the longest notes.
    """
    found: dict[str, int] = {}
    for region in alone:
        if len(_label_lines(data, region, _WIDE[region.id], {})) > _HIGH[region.id] and _notes(data, region):
            found[region.id] = len(found) + 1
    for side, regions in columns.items():
        noted = [region for region in regions if _notes(data, region)]
        while noted and _lines_of(data, side, regions, found) * _CLOSE > _FOOT[side] - _TOP:
            longest = max(noted, key=lambda region: sum(map(len, _notes(data, region))))
            noted.remove(longest)
            found[longest.id] = len(found) + 1
    return found


def _lines_of(data: Published, side: str, regions: Sequence[Region], below: Mapping[str, int]) -> int:
    return sum(len(_label_lines(data, region, _most(data, side, region), below)) for region in regions)


def _most(data: Published, side: str, region: Region) -> int:
    """How many characters a line of a label in a column has."""
    wide = _LEFT if side == "left" else 520 - _RIGHT
    return int((wide - _marks_width(data, region)) / _CHARACTER)


def _column(data: Published, side: str, regions: list[Region], below: Mapping[str, int]) -> list[_Element]:
    """The labels of one side from top to bottom, each with a line to its region."""
    blocks = [_label_lines(data, region, _most(data, side, region), below) for region in regions]
    count, top, leading = sum(map(len, blocks)), _TOP, _LEADING
    if count * leading > _FOOT[side] - top:
        leading = _CLOSE  # many words stand closer
    free = _FOOT[side] - top - count * leading
    if free < 0:
        rows, region = max(zip(blocks, regions, strict=True), key=lambda one: len(one[0]))
        problem = f"has no room for the {len(rows)} lines of words beside this region; make its name shorter"
        raise UndrawableError(region.id, "name", problem)
    gap = free / max(1, len(blocks) - 1)
    y, labels = top, list[_Element]()
    for region, rows in zip(regions, blocks, strict=True):
        labels += _label(data, region, side, rows, y, leading, below)
        y += len(rows) * leading + gap
    return labels


def _label(
    data: Published,
    region: Region,
    side: str,
    rows: list[tuple[str, str]],
    y: float,
    leading: float,
    below: Mapping[str, int],
) -> list[_Element]:
    """One label of a column: a line from the region, its two marks, its words; the words start at y."""
    anchor = _SCARS_ANCHOR if region.id == "acne-scars" else SPOTS[region.id].anchor
    sign = -1 if side == "left" else 1
    at = _BODY.at((sign * anchor[0], anchor[1]))
    middle = y + leading / 2
    near = _LEFT if side == "left" else _RIGHT
    beyond = near + sign * _marks_width(data, region)
    start, classes = (beyond + 5, " f-end") if side == "left" else (near, "")
    dot = [] if region.caution == "avoid" or region.id == "acne-scars" else [circle(*at, 2, "f-ink")]
    leader = polyline([(near - sign * 3, middle), (near - sign * 9, middle), at], "f-leader")
    text = [words(beyond, middle + 5 + index * leading, row, kind + classes) for index, (row, kind) in enumerate(rows)]
    label = group(f"label-{region.id}", _marks(data, region, start, middle), *text)
    return [leader, *dot, linked(_page(region), _said(data, region, below), label)]


def _chest_label(data: Published, region: Region, below: Mapping[str, int]) -> list[_Element]:
    """The label of the décolleté, within its area."""
    spot = SPOTS[region.id]
    x, y = _BODY.at(spot.anchor)
    first, *rest = _label_lines(data, region, _WIDE[region.id], below)
    left = x - (len(first[0]) * _CHARACTER + _marks_width(data, region)) / 2
    text = [words(left + _marks_width(data, region), y + 5, *first)]
    text += [words(x, y + 5 + index * _LEADING, row, f"{kind} f-middle") for index, (row, kind) in enumerate(rest, 1)]
    label = group(f"label-{region.id}", _marks(data, region, left, y), *text)
    return [linked(_page(region), _said(data, region, below), label)]


def _hand_label(data: Published, region: Region, below: Mapping[str, int]) -> list[_Element]:
    """The label of the back of the hand, beside it, with a line to it."""
    spot = SPOTS[region.id]
    (near, y), x = _HAND.at(spot.anchor), 138.0
    text = [
        words(x + 2, y + 24 + index * _LEADING, row, kind)
        for index, (row, kind) in enumerate(_label_lines(data, region, _WIDE[region.id], below))
    ]
    label = group(f"label-{region.id}", _marks(data, region, x, y), *text)
    leader = [line(near, y, x - 4, y, "f-leader"), circle(near, y, 2, "f-ink")]
    return [*leader, linked(_page(region), _said(data, region, below), label)]


def _key(data: Published, elsewhere: Sequence[Region], below: Sequence[Region]) -> tuple[_Element, float]:
    """What marks and fills say, the notes on the regions `below`, when the status was checked, and which regions are
    not drawn; and where it ends.
    """
    left, y = 222.0, 486.0
    title = ["Two marks: undiluted,", "then diluted"]
    parts = [lines(left, y, title, "f-text f-ink-text f-bold")]
    y += 20
    for index, (kind, name) in enumerate(_MARKS):
        x, row = left + 154 * (index % 2), y + 21 * (1 + index // 2)
        parts += [mark(kind, x + 11, row - 5), words(x + 29, row, name, "f-text f-ink-text")]
    y += 62
    where = balanced(f"in {everywhere(data)}, unless a note says more", 34)
    parts.append(lines(left, y, where, "f-text f-soft"))
    y += 25 + 18 * (len(where) - 1)
    parts.append(words(left, y, "Fill: caution", "f-text f-ink-text f-bold"))
    for index, (caution, name) in enumerate(CAUTIONS.items()):
        x, row = left + 154 * (index % 2), y + 23 * (1 + index // 2)
        box = [(x, row - 12), (x + 22, row - 12), (x + 22, row + 2), (x, row + 2)]
        parts.append(rect(x, row - 12, 22, 14, _FILLS[caution]))
        parts += [stripes(box)] if caution == "specialist" else []
        parts += [mark("avoid", x + 11, row - 5)] if caution == "avoid" else []
        parts.append(words(x + 29, row, name, "f-text f-ink-text"))
    y += 80
    rest = ", ".join(_name(region) for region in elsewhere)
    notes = [f"Note {at}. {_name(row)}: {'; '.join(_notes(data, row))}." for at, row in enumerate(below, 1)]
    notes += [checked(data), f"Not drawn: {rest}."] if rest else [checked(data)]
    rows = [row for note in notes for row in balanced(note, 61)]
    return group("key", *parts, lines(0, y, rows, "f-text f-soft")), y + 18 * len(rows) - 8
