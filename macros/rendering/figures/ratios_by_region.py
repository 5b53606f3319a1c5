"""Every published protocol by region and ratio, shaped by its kind of evidence, on the article's bands."""

from matplotlib.axes import Axes

from ...content.label_status import protocol_on_label
from ...content.load import Data
from ...content.published import published
from ...content.rows.label import Region
from ...content.rows.technique import Protocol
from ..label_marks import diluted_use, labeled_ratio
from .plot import Chart, mark, wrapped
from .svg import WIDTH, Drawing

# Kinds of evidence that share a shape: name, kinds, marker of the library, size, classes.
_SHAPES = (
    ("label or regulator", ("label", "regulator"), "s", 8, "f-green"),
    ("randomized trial", ("rct",), "D", 7.5, "f-blue"),
    ("cohort or controlled study", ("cohort",), "o", 8.5, "f-brand"),
    ("case series", ("case-series",), "o", 7.5, "f-brand-line"),
    ("review, expert or trade text", ("review", "expert", "news", "consensus"), "^", 8, "f-amber-line"),
)


_PARTS = (0, 1, 2, 3, 4, 5, 6, 7, 8)


_ACROSS = (214.0, 438.0)


_NOT_STATED = 486.0


_TOP, _LEADING, _STACK, _HEAD = 190.0, 17.0, 11.0, 46.0


Lane = tuple[Region, list[Protocol], list[str]]


def draw(data: Data) -> Drawing:
    """A lane for each region that is not to be avoided; parts of diluent for one part of product."""
    lanes = _lanes(data)
    labeled, others = [lane for lane in lanes if lane[2]], [lane for lane in lanes if not lane[2]]
    bottom = _TOP + sum(map(_height, lanes)) + _HEAD
    foot = wrapped(diluted_use(data), WIDTH)
    chart = Chart(bottom + 22 + len(foot) * _LEADING)
    axes = chart.scale((_PARTS[0], _PARTS[-1]), _ACROSS)
    _key(chart)
    _bands(chart, axes, data, bottom)
    y = _TOP
    for lane in labeled:
        y = _lane(chart, axes, lane, y)
    chart.page.plot((0, WIDTH), (y, y), gid=mark("lane", "f-hair"))
    for index, line in enumerate(("Off-label (US, EU) when", "diluted, at every ratio:")):
        chart.words(0, y + 20 + index * _LEADING, line, "f-small f-bold f-amber-text")
    y += _HEAD
    for lane in others:
        y = _lane(chart, axes, lane, y)
    for index, line in enumerate(foot):
        chart.words(0, bottom + 22 + index * _LEADING, line, "f-small f-amber-text")
    return chart.drawing()


def _lanes(data: Data) -> list[Lane]:
    """Regions with their rows and, where a row is on a label, its status in words."""
    lanes = []
    for region in published(data.regions.regions):
        rows = [row for row in published(data.protocols.protocols) if row.region == region.id]
        if rows and region.caution != "avoid":
            lanes.append((region, rows, wrapped(_status(region, rows, data), _ACROSS[0] - 14)))
    return lanes


def _status(region: Region, rows: list[Protocol], data: Data) -> str:
    """What of the lane is on a label; nothing when all of it is off-label."""
    labeled = [row for row in rows if protocol_on_label(row, data)]
    if any(row.diluted for row in labeled):
        note = f"; {region.label_note}" if region.label_note else ""
        return f"{labeled_ratio(data)} in saline: on label (EU{note}); all else off-label (US, EU)"
    return "undiluted: on label (US, EU); diluted: off-label (US, EU)" if labeled else ""


def _height(lane: Lane) -> float:
    _, rows, status = lane
    ranges, stacks = _sorted(rows)
    marks = len(ranges) + max(map(len, stacks.values()), default=0)
    return max(17 + len(status) * _LEADING, marks * _STACK + 5) + 10


def _sorted(rows: list[Protocol]) -> tuple[list[Protocol], dict[float | None, list[Protocol]]]:
    """Rows that state a range, and rows by their single ratio (none when it is not stated)."""
    ranges = [row for row in rows if row.diluent_parts_min != row.diluent_parts_max]
    stacks: dict[float | None, list[Protocol]] = {}
    for row in rows:
        if row not in ranges:
            at = None if row.diluent_parts_min is None else float(row.diluent_parts_min / row.product_parts)
            stacks.setdefault(at, []).append(row)
    for stack in stacks.values():
        stack.sort(key=lambda row: [row.evidence in shape[1] for shape in _SHAPES].index(True))
    return ranges, stacks


def _key(chart: Chart) -> None:
    """What the shapes mean, in two columns."""
    axes = chart.page
    for index, (name, _, shape, size, classes) in enumerate(_SHAPES):
        x, y = 256 * (index // 3), 18 + 23 * (index % 3)
        axes.plot(x + 12, y - 5, shape, markersize=size + 2, gid=mark("key", classes))
        chart.words(x + 30, y, name, "f-small")
    axes.errorbar(268, 59, xerr=11, capsize=4, fmt="none", gid=mark("key", "f-amber-line"))
    chart.words(286, 64, "source article, without a study", "f-small")


def _bands(chart: Chart, axes: Axes, data: Data, bottom: float) -> None:
    """The bands of the source article behind everything, the scale, and their names."""
    chart.words(0, 100, "Parts of diluent for one part of product; 0 is undiluted", "f-text f-bold")
    chart.words(0, 128, "shaded: the source", "f-small")
    chart.words(0, 145, "article’s three bands", "f-small")
    for band in published(data.technique.bands):
        low, high = (float(parts / band.product_parts) for parts in (band.diluent_parts_min, band.diluent_parts_max))
        axes.fill_betweenx((136, bottom), low, high, gid=mark(band.id, "f-amber-light"), zorder=0)
        chart.words(chart.at(axes, (low + high) / 2, 0)[0], 128, f"“{band.article_name}”", "f-small f-middle")
    for parts in _PARTS:
        x, _ = chart.at(axes, parts, 0)
        chart.words(x, _TOP - 14, str(parts), "f-text f-middle")
    chart.words(_NOT_STATED, _TOP - 31, "not", "f-small f-middle")
    chart.words(_NOT_STATED, _TOP - 14, "stated", "f-small f-middle")


def _lane(chart: Chart, axes: Axes, lane: Lane, top: float) -> float:
    """One region; returns where the next one begins."""
    region, rows, status = lane
    page = chart.page
    page.plot((0, WIDTH), (top, top), gid=mark("lane", "f-hair"))
    chart.words(0, top + 18, region.name, "f-small f-ink f-bold")
    for index, line in enumerate(status):
        chart.words(0, top + 35 + index * _LEADING, line, "f-small f-ink")
    ranges, stacks = _sorted(rows)
    y = top + 14
    for row in ranges:
        low, high = (
            float((parts or 0) / row.product_parts) for parts in (row.diluent_parts_min, row.diluent_parts_max)
        )
        middle, half = (low + high) / 2, (high - low) / 2
        axes.errorbar(middle, y, xerr=half, capsize=4, fmt="none", gid=mark(row.id, "f-amber-line"))
        y += _STACK
    for parts, stack in stacks.items():
        x = _NOT_STATED if parts is None else chart.at(axes, parts, 0)[0]
        for index, row in enumerate(stack):
            _, _, shape, size, classes = next(shape for shape in _SHAPES if row.evidence in shape[1])
            page.plot(x, y + index * _STACK, shape, markersize=size, gid=mark(row.id, classes))
    return top + _height(lane)
