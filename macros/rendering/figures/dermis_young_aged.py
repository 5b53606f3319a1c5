"""The upper dermis in three states: young, aged in the shade, aged in the sun; the same things are named in each."""

from lxml.etree import _Element

from ...content.published import Published
from ...content.rows.base import Fact
from .needed import amount, needed, said
from .svg import Drawing, circle, group, line, path, polyline, rect, shown, words
from .tissue import broken, bundle, fibroblast, layer, tangle

_LEFT, _WIDTH = 1.0, 272.0
_LABELS = 286  # left edge of the words
_JOIN = 34  # mean depth of the join under the surface
# Slots for collagen bundles: left end, depth under the surface, length, fall. Age takes them from the end of the list.
_SLOTS = [
    (6.0, 66.0, 92.0, 8.0), (154, 72, 110, -8), (70, 94, 110, -10), (192, 98, 72, 6), (6, 114, 88, 10),
    (124, 120, 96, 8), (36, 142, 108, -8), (172, 146, 92, -6), (8, 166, 76, 4), (106, 162, 90, 6),
    (210, 168, 54, -4), (106, 66, 40, -4), (226, 122, 38, 5), (8, 92, 52, -6),
]  # fmt: skip


_BROKEN = {1, 4, 7, 9}  # slots whose bundle is in pieces in aged skin


def draw(data: Published) -> Drawing:
    """Three rows, each a window into the dermis with its words beside it; as much collagen as was scored."""
    drawing = Drawing(520, 698)
    fact = needed(data, "aging.facts", "age-021", Fact)
    touching = [said(fact, f"{age}_percent", 0, 100) + " of surface on collagen" for age in ("young", "old")]
    drawing.add(_young(24, touching[0]), _shaded(252, touching[1], _remaining(data)), _sunlit(480))
    return drawing


def _remaining(data: Published) -> int:
    """How many of the bundles are left, by the collagen scores of the youngest and the oldest group."""
    scores = needed(data, "aging.facts", "age-018", Fact)
    start = amount(scores, "start_percent", 1, 100)
    # Bundles are taken from those of young skin, so a score that rises shows nothing.
    return round(len(_SLOTS) * float(amount(scores, "end_percent", 0, float(start)) / start))


def _young(y: float, touching: str) -> _Element:
    height = 186.0
    fine = [_candelabra(_LEFT + _WIDTH * (index + 0.75) / 6, y + _JOIN - 8, 36) for index in range(6)]
    return group(
        "young",
        words(0, y - 8, "Young", "f-title"),
        rect(_LEFT, y, _WIDTH, height, "f-skin"),
        group("collagen", *(bundle(_LEFT + x, y + down, length, fall, 5, "f-collagen-bundle")
                            for x, down, length, fall in _SLOTS)),
        group("elastic", *fine, *(_elastic(y + down) for down in (80, 104, 128, 154))),
        fibroblast(_LEFT + 124, y + 106, 34, spread=True),
        fibroblast(_LEFT + 88, y + 154, 34, spread=True),
        fibroblast(_LEFT + 216, y + 134, 34, spread=True),
        _epidermis(y, height, 24),
        _label(y + 16, "Junction", ["deep waves"], (_LEFT + 240, y + 44)),
        _label(y + 60, "Elastic fibers", ["fine, up to the junction"], (_LEFT + 260, y + 62)),
        _label(y + 104, "Collagen", ["many whole bundles"], (_LEFT + 250, y + 102)),
        _label(y + 148, "Fibroblasts", ["spread out;", touching], (_LEFT + 236, y + 130)),
    )  # fmt: skip


def _shaded(y: float, touching: str, left: int) -> _Element:
    height = 186.0
    strokes: list[_Element] = []
    for number, (x, down, length, fall) in enumerate(_SLOTS[:left]):
        if number in _BROKEN:
            strokes += broken(_LEFT + x, y + down, length, fall, classes="f-collagen-bundle")
        else:
            strokes.append(bundle(_LEFT + x, y + down, length, fall, 5, "f-collagen-bundle"))
    return group(
        "shaded",
        words(0, y - 8, "Aged in the shade", "f-title"),
        rect(_LEFT, y, _WIDTH, height, "f-skin"),
        group("collagen", *strokes),
        group("elastic", *(_candelabra(_LEFT + _WIDTH * (index + 0.75) / 6, y + _JOIN - 2, 28) for index in (1, 5)),
              _elastic(y + 104)),
        fibroblast(_LEFT + 128, y + 98, 13, spread=False),
        fibroblast(_LEFT + 214, y + 134, 13, spread=False),
        _epidermis(y, height, 7),
        _label(y + 16, "Junction", ["flatter"], (_LEFT + 240, y + _JOIN)),
        _label(y + 60, "Elastic fibers", ["fewer"], (_LEFT + 260, y + 58)),
        _label(y + 104, "Collagen", ["less, with some fragments"], (_LEFT + 250, y + 102)),
        _label(y + 148, "Fibroblasts", ["fewer, drawn in;", touching], (_LEFT + 227, y + 133)),
    )  # fmt: skip


def _sunlit(y: float) -> _Element:
    height = 216.0
    stubs = [line(_LEFT + x, y + _JOIN + 2, _LEFT + x + 1, y + _JOIN + 8, "f-elastic-line") for x in (34, 124, 216)]
    grenz = [bundle(_LEFT + 6 + 66 * index, y + 54, 58, 0, 3) for index in range(4)]
    mass = [
        rect(_LEFT, y + 64, _WIDTH, 70, "f-blue-light"),
        tangle(_LEFT + 18, y + 80, 236, 24, 14, "f-elastic-mass"),
        tangle(_LEFT + 16, y + 98, 238, 30, 12, "f-elastic-mass"),
        tangle(_LEFT + 18, y + 117, 236, 24, 15, "f-elastic-mass"),
    ]
    pieces = [
        (10.0, 154.0),
        (56, 148),
        (104, 156),
        (214, 150),
        (30, 182),
        (74, 194),
        (122, 182),
        (152, 202),
        (240, 200),
    ]
    clumps = [_clump(_LEFT + 228, y + 174), _clump(_LEFT + 38, y + 200), _clump(_LEFT + 152, y + 158)]
    return group(
        "sunlit",
        words(0, y - 8, "Aged in the sun", "f-title"),
        rect(_LEFT, y, _WIDTH, height, "f-skin"),
        group("elastosis", *mass),
        group("grenz-zone", *grenz),
        group("collagen", *(bundle(_LEFT + x, y + down, 22, 3 - number % 3 * 4, 3, "f-collagen-bundle")
                            for number, (x, down) in enumerate(pieces)), *clumps),
        fibroblast(_LEFT + 194, y + 188, 13, spread=False),
        _epidermis(y, height, 7),
        group("elastic", *stubs),
        _label(y + 10, "Junction", ["flatter; fine elastic fibers", "cut short and depleted"], (_LEFT + 250, y + 34)),
        _label(y + 66, "Grenz zone", ["narrow band of collagen"], (_LEFT + 254, y + 54)),
        _label(y + 107, "Elastotic mass", ["tangle in place of collagen"], (_LEFT + 250, y + 99)),
        _label(y + 148, "Collagen", ["fragments and clumps"], (_LEFT + 236, y + 150)),
        _label(y + 189, "Fibroblasts", ["lose tension"], (_LEFT + 206, y + 187)),
    )  # fmt: skip


def _epidermis(y: float, height: float, waves: float) -> _Element:
    """The epidermis over a window of `height`, and the frame of both."""
    top = f"{_LEFT + _WIDTH} {y}H{_LEFT}"
    return group(
        "epidermis",
        layer(_LEFT, _WIDTH, top, (y + _JOIN, waves, 6), "f-skin-deep f-edge"),
        rect(_LEFT, y, _WIDTH, height, "f-contour"),
    )


def _candelabra(x: float, y: float, reach: float) -> _Element:
    """Fine elastic fibers that rise to the join like a candelabra."""
    arms = "".join(
        f"M{shown(x + side)} {shown(y + 9)}q0 {shown(reach * 0.5)} {-side} {shown(reach * 0.6)}" for side in (-8, 8)
    )
    return path(f"M{shown(x)} {shown(y + reach)}v{shown(-reach)}{arms}", "f-elastic-line")


def _elastic(y: float) -> _Element:
    return bundle(_LEFT + 6, y, _WIDTH - 12, 0, 7, "f-elastic-line")


def _clump(x: float, y: float) -> _Element:
    return path(
        f"M{x - 10} {y}q4 -9 10 -4t10 2M{x - 9} {y + 4}q8 -6 18 1M{x - 7} {y + 8}q8 -5 15 -1", "f-collagen-bundle"
    )


def _label(y: float, name: str, told: list[str], target: tuple[float, float]) -> _Element:
    """A name with what is seen, and a line from it to its place."""
    return group(
        "label",
        polyline([(_LABELS - 6, y - 5), target], "f-line"),
        circle(*target, 3, "f-ink"),
        words(_LABELS, y, name, "f-text f-bold"),
        *(words(_LABELS, y + 18 + 18 * row, part, "f-small") for row, part in enumerate(told)),
    )
