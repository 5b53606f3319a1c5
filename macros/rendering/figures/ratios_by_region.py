"""Every published protocol by region and ratio, shaped by its kind of evidence, on the article's bands."""

import math
from dataclasses import dataclass
from itertools import pairwise

from lxml.etree import _Element

from ...content.label_status import region_statuses
from ...content.published import Published
from ...content.rows.label import Region
from ...content.rows.preparations import RatioBand
from ...content.rows.technique import Protocol
from ..label_marks import diluted_use, everywhere, status_parts
from .needed import UndrawableError
from .plot import Scale, Shape, diamond, dot, level, paragraph, square, step, triangle, words, wrapped
from .svg import WIDTH, Drawing, group, rect


@dataclass(frozen=True)
class Look:
    """Kinds of evidence that share a shape, its size in px and its classes."""

    name: str
    kinds: tuple[str, ...]
    shape: Shape
    size: float
    classes: str


_LOOKS = (
    Look("label or regulator", ("label", "regulator"), square, 8, "f-green"),
    Look("randomized trial", ("rct",), diamond, 7.5, "f-blue"),
    Look("cohort or controlled study", ("cohort",), dot, 8.5, "f-brand"),
    Look("case series", ("case-series",), dot, 7.5, "f-brand-line"),
    Look(
        "opinion, review or trade text",
        ("review", "expert", "news", "consensus", "monograph", "training", "clinic", "wiki"),
        triangle,
        8,
        "f-amber-line",
    ),
)


# Kinds that stand in the key only where a row is of them.
_RARE = (
    Look("guideline", ("guideline",), square, 7.5, "f-green-light f-green-edge"),
    Look(
        "laboratory, tissue or terms", ("histology", "in-vitro", "animal", "terminology"), diamond, 7.5, "f-blue-line"
    ),
)


_PARTS, _MOST = 8, 20  # parts of diluent that the scale always holds, and how many it has room for
_ACROSS = (214.0, 438.0)
_NOT_STATED = 486.0
_TOP, _KEY, _LEADING, _STACK, _HEAD = 190.0, 23.0, 18.0, 11.0, 46.0


@dataclass(frozen=True)
class Lane:
    """A region with its rows and, where a row is on a label, its status in lines."""

    region: Region
    rows: list[Protocol]
    status: list[str]


def draw(data: Published) -> Drawing:
    """A lane for each region that is not to be avoided; parts of diluent for one part of product."""
    lanes, bands = _lanes(data), data.technique.bands
    kinds = {row.evidence for lane in lanes for row in lane.rows}
    looks = [*_LOOKS, *(look for look in _RARE if kinds & set(look.kinds))]
    labeled, others = [lane for lane in lanes if lane.status], [lane for lane in lanes if not lane.status]
    top = _TOP + _KEY * (-(-(len(looks) + 1) // 2) - 3)
    bottom = top + sum(map(_height, lanes)) + _HEAD
    foot = wrapped(f"Diluted use is {diluted_use(data)}.", WIDTH)
    drawing = Drawing(WIDTH, bottom + 22 + len(foot) * _LEADING)
    scale = _scale(lanes, bands)
    # The article that the bands are of is the source that each of them cites.
    article = set.intersection(*(set(band.refs) for band in bands)) if bands else set[str]()
    _key(drawing, looks)
    _bands(drawing, scale, bands, top, bottom)
    y = top
    for lane in labeled:
        y = _lane(drawing, scale, article, lane, y)
    drawing.add(group("lane", level(0, WIDTH, y, "f-hair")))
    drawing.add(
        *paragraph(
            0,
            y + 20,
            [f"Off-label ({everywhere(data)}) when", "diluted, at every ratio:"],
            "f-small f-bold f-amber-text",
        )
    )
    y += _HEAD
    for lane in others:
        y = _lane(drawing, scale, article, lane, y)
    drawing.add(*paragraph(0, bottom + 22, foot, "f-small f-amber-text", _LEADING))
    return drawing


def _lanes(data: Published) -> list[Lane]:
    lanes = []
    for region in data.regions.regions:
        rows = [row for row in data.protocols.protocols if row.region == region.id]
        if rows and region.caution != "avoid":
            lanes.append(Lane(region, rows, wrapped(_status(region, rows, data), _ACROSS[0] - 14)))
    return lanes


def _status(region: Region, rows: list[Protocol], data: Published) -> str:
    """What of the lane is on a label; nothing when all of it is off-label."""
    labeled = {True: region_statuses(data, region, True)}
    if any(row.undiluted for row in rows):
        labeled[False] = region_statuses(data, region, False)
    said = [
        f"{'diluted' if diluted else 'undiluted'}: {words[0].lower()}{words[1:]}"
        for diluted, found in labeled.items()
        for kind, words in status_parts(found, data)
        if kind in ("on-label", "reported")
    ]
    return "; ".join([*said, f"all else off-label ({everywhere(data)})"]) if said else ""


def _scale(lanes: list[Lane], bands: list[RatioBand]) -> Scale:
    """The scale from 0 to 8 parts, or to what a row or a band needs."""
    rows: list[Protocol | RatioBand] = [*bands, *(row for lane in lanes for row in lane.rows)]
    most = max((end for row in rows for end in _ends(row) or ()), default=0)
    return Scale(0, max(_PARTS, math.ceil(most)), *_ACROSS)


def _ends(row: Protocol | RatioBand) -> tuple[float, float] | None:
    """The least and the most parts of diluent for one part of product; nothing where they are not stated."""
    if isinstance(row, Protocol) and row.undiluted:
        return 0, 0
    low, high = row.diluent_parts_min, row.diluent_parts_max
    if low is None:
        low = high
    if high is None:
        high = low
    if low is None or high is None:
        return None
    if high / row.product_parts > _MOST:
        problem = f"has room for {_MOST} parts of diluent for one part of product, got {high} for {row.product_parts}"
        raise UndrawableError(row.id, "diluent_parts_max", f"{problem}; check both")
    return float(low / row.product_parts), float(high / row.product_parts)


def _name(region: Region) -> list[str]:
    return wrapped(region.name, _ACROSS[0] - 14)


def _height(lane: Lane) -> float:
    ranges, stacks = _sorted(lane.rows)
    marks = len(ranges) + max(map(len, stacks.values()), default=0)
    return max(_LEADING * len(_name(lane.region)) + len(lane.status) * _LEADING, marks * _STACK + 5) + 10


def _sorted(rows: list[Protocol]) -> tuple[list[Protocol], dict[float | None, list[Protocol]]]:
    """Rows that state a range, and rows by their single ratio (none when it is not stated)."""
    ranges: list[Protocol] = []
    stacks: dict[float | None, list[Protocol]] = {}
    for row in rows:
        ends = _ends(row)
        if ends and ends[0] != ends[1]:
            ranges.append(row)
        else:
            stacks.setdefault(ends and ends[0], []).append(row)
    looks = (*_LOOKS, *_RARE)
    for stack in stacks.values():
        stack.sort(key=lambda row: looks.index(_look(row)))
    return ranges, stacks


def _look(row: Protocol) -> Look:
    return next(look for look in (*_LOOKS, *_RARE) if row.evidence in look.kinds)


def _key(drawing: Drawing, looks: list[Look]) -> None:
    """What the shapes mean, in two columns."""
    rows = -(-(len(looks) + 1) // 2)
    for index, look in enumerate(looks):
        x, y = 244 * (index // rows), 18 + _KEY * (index % rows)
        drawing.add(group("key", look.shape(x + 12, y - 5, look.size + 2, look.classes)))
        drawing.add(words(x + 30, y, look.name, "f-small"))
    y = 18 + _KEY * (len(looks) - rows)
    drawing.add(group("key", level(245, 267, y - 5, "f-amber-line", cap=4)))
    drawing.add(*paragraph(274, y, ["source article,", "without a study"], leading=_LEADING))


def _bands(drawing: Drawing, scale: Scale, bands: list[RatioBand], top: float, bottom: float) -> None:
    """The bands of the source article behind everything, the scale, and their names."""
    drawing.add(words(0, top - 90, "Parts of diluent for one part of product; 0 is undiluted", "f-text f-bold"))
    drawing.add(*paragraph(0, top - 62, ["shaded: the source", "article’s three bands"]))
    named = sorted((sum(map(scale.at, _ends(band) or (0, 0))) / 2, f"“{band.article_name}”") for band in bands)
    # Names that would touch stand on two levels.
    close = any(abs(a - b) < 4.4 * len(one + other) for (a, one), (b, other) in pairwise(named))
    for band in bands:
        low, high = map(scale.at, _ends(band) or (0, 0))
        drawing.add(group(band.id, rect(low, top - 54, high - low, bottom - top + 54, "f-amber-light")))
    for index, (middle, name) in enumerate(named):
        drawing.add(words(middle, top - 62 + 18 * (close and index % 2), name, "f-small f-middle"))
    for parts in range(0, int(scale.high) + 1, step(scale.high, 10 if scale.high <= 10 else 8)):
        drawing.add(words(scale.at(parts), top - 14, str(parts), "f-text f-middle"))
    drawing.add(words(_NOT_STATED, top - 31, "not", "f-small f-middle"))
    drawing.add(words(_NOT_STATED, top - 14, "stated", "f-small f-middle"))


def _lane(drawing: Drawing, scale: Scale, article: set[str], lane: Lane, top: float) -> float:
    """One region; returns where the next one begins."""
    name = _name(lane.region)
    drawing.add(
        group("lane", level(0, WIDTH, top, "f-hair")),
        *paragraph(0, top + 18, name, "f-small f-ink f-bold", _LEADING),
        *paragraph(0, top + 18 + _LEADING * len(name), lane.status, "f-small f-ink", _LEADING),
    )
    ranges, stacks = _sorted(lane.rows)
    y = top + 14
    for row in ranges:
        low, high = map(scale.at, _ends(row) or (0, 0))
        drawing.add(group(row.id, *_range(row, article, low, high, y)))
        y += _STACK
    for parts, stack in stacks.items():
        x = _NOT_STATED if parts is None else scale.at(parts)
        for index, row in enumerate(stack):
            look = _look(row)
            drawing.add(group(row.id, look.shape(x, y + index * _STACK, look.size, look.classes)))
    return top + _height(lane)


def _range(row: Protocol, article: set[str], low: float, high: float, y: float) -> list[_Element]:
    """A range from low to high: the source article's, or another's with the shape of its evidence."""
    if row.evidence == "news" and set(row.refs) <= article:
        return [level(low, high, y, "f-amber-line", cap=4)]
    look = _look(row)
    return [level(low, high, y, "f-line", cap=4), look.shape((low + high) / 2, y, look.size, look.classes)]
