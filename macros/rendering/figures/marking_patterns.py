"""Fan, parallel threads, vector and vector figures: the patterns that sources name, on patches of skin.

Patches, not a patient: no source at hand says where on a face an entry point or a thread lies.
"""

import re
from collections.abc import Callable
from math import cos, radians, sin

from lxml.etree import _Element

from ...content.faults import shown
from ...content.label_status import STATUS_NAMES, labeled_dilutions
from ...content.published import Published
from ...content.rows.technique import Protocol
from ..label_marks import everywhere, labeled_uses, read_or_reported
from .body import NECK, NECK_MUSCLE, NOTCH, Place, halves
from .needed import UndrawableError, needed
from .status_shapes import mark
from .svg import Drawing, balanced, circle, group, line, lines, path, polygon, rect, words
from .syringe import placed

_PATCH = (246.0, 130.0)
_CHARACTERS = 29
_COLUMN, _ROW, _WORDS = 274, 304, 172  # from panel to panel, and from its top to its words
_LAST = 248  # px that the lower panels take
_SPOTS = ((-19, 222), (19, 222), (-9.5, 246), (9.5, 246), (0, 204))  # of vector figures, on the neck
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def draw(data: Published) -> Drawing:
    """Four panels, two by two; the rows of protocols.yml say where a pattern was used and in how many people."""
    neck = needed(data, "protocols.protocols", "neck-faria2022thyroid", Protocol)
    panels: list[tuple[str, list[_Element], str, list[str], list[Protocol]]] = [
        ("fan", _fan(), "Fan", ["From one entry point; each", "thread stops short of it."], _used(data, _is_fan)),
        ("threads", _threads(), "Parallel threads", ["Side by side over a flat", "field."], _used(data, _is_linear)),
        (
            "vector",
            _vector(),
            "Lifting vector",
            ["Planned in brand material by", "lifting lines, and by fixed", "and mobile zones."],
            [],
        ),
        (
            "vector-figures",
            _vector_figures(*_counted(neck)),
            "Vector figures",
            balanced(f"{neck.technique}; their shape is not drawn".capitalize() + ".", _CHARACTERS),
            [neck],
        ),
    ]
    drawing = Drawing(520, 0)
    for first in (0, 2):
        heights = []
        for index, (name, art, title, rows, used) in enumerate(panels[first : first + 2]):
            said, height = _words(data, title, rows, used)
            heights.append(height)
            drawing.add(placed(group(name, group(f"{name}-art", *art), *said), _COLUMN * index, drawing.height))
        drawing.height += max(_ROW if first == 0 else _LAST, *heights)
    return drawing


def _counted(row: Protocol) -> tuple[int, int]:
    """How many vector figures a row names, and how many points each has."""
    found = re.search(r"(\w+) (\w+)-point vector figures", row.technique or "")
    numbers = [_NUMBERS.index(word) if word in _NUMBERS else 0 for word in (found.groups() if found else ("", ""))]
    if not (0 < numbers[0] <= len(_SPOTS) and numbers[1] > 1):
        wanted = f"counts them by words such as 'five seven-point vector figures', at most {_NUMBERS[len(_SPOTS)]}"
        raise UndrawableError(row.id, "technique", f"{wanted}, got {shown(row.technique)}; mend the words")
    return numbers[0], numbers[1]


def _is_fan(row: Protocol) -> bool:
    return row.technique == "fanning"


def _is_linear(row: Protocol) -> bool:
    return "linear" in (row.technique or "") and "vector" not in (row.technique or "")


def _used(data: Published, wanted: Callable[[Protocol], bool]) -> list[Protocol]:
    return [row for row in data.protocols.protocols if wanted(row)]


def _words(data: Published, title: str, rows: list[str], used: list[Protocol]) -> tuple[list[_Element], float]:
    """Title, what the pattern is, and where it was used with the label mark of each group; and where they end."""
    parts = [words(0, 152, title, "f-text f-bold"), lines(0, _WORDS, rows, "f-small f-ink-text")]
    y = _WORDS + 18 * len(rows) + 3
    for kind, said in _standings(data, used):
        found = balanced(said, _CHARACTERS - 3)
        parts += [mark(kind, 7, y - 5), lines(20, y, found, "f-small")]
        y += 18 * len(found) + 3
    return parts, y - 6


def _standings(data: Published, used: list[Protocol]) -> list[tuple[str, str]]:
    """The regions of some rows in words, those with a labeled diluted use apart from the rest."""
    regions = {row.region: data.region(row.region) for row in used}
    labels = [label for label in labeled_dilutions(data) if set(label.regions) & set(regions)]
    labeled = {name for label in labels for name in label.regions}
    rest = [row.name for row in regions.values() if row.id not in labeled]
    said = [("off-label", f"off-label ({everywhere(data)}): {', '.join(rest).lower()}")] if rest else []
    kind = read_or_reported(labels)
    return said + [(kind, f"{STATUS_NAMES[kind]} only: {use}") for use in labeled_uses(labels, data)]


def _skin() -> _Element:
    return rect(0, 0, *_PATCH, "f-skin f-thin-edge", rx=6)


def _fan() -> list[_Element]:
    """Seven threads from one entry point; each begins away from it and ends before the closed border."""
    x, y = 24.0, 65.0
    ribs = []
    for angle in range(-18, 19, 6):
        along = cos(radians(angle)), sin(radians(angle))
        near, far = [(x + reach * along[0], y + reach * along[1]) for reach in (58.0, 178.0)]
        ribs += [line(x, y, *near, "f-hair"), line(*near, *far, "f-thread")]
    border = [
        line(214, 8, 214, 122, "f-warn-line f-dash"),
        words(232, 70, "closed", "f-small f-warn-text f-middle", transform="rotate(-90 232 66)"),
    ]
    return [_skin(), *ribs, circle(x, y, 5, "f-ink"), *border]


def _threads() -> list[_Element]:
    """Parallel threads, each with its own entry point."""
    rows = [23.0 + 21 * index for index in range(5)]
    return [_skin(), *(line(38, y, 222, y, "f-thread") for y in rows), *(circle(24, y, 4, "f-ink") for y in rows)]


def _vector() -> list[_Element]:
    """An arrow across a mobile and a fixed zone."""
    fixed = path(f"M0 40V6Q0 0 6 0H{_PATCH[0] - 6}Q{_PATCH[0]} 0 {_PATCH[0]} 6V40Z", "f-skin-deep f-thin-edge")
    arrow = [line(123, 102, 123, 34, "f-thread"), polygon([(123, 20), (115, 36), (131, 36)], "f-product")]
    names = [words(12, 25, "fixed zone", "f-small f-ink-text"), words(12, 118, "mobile zone", "f-small f-ink-text")]
    return [_skin(), fixed, *arrow, *names]


def _vector_figures(count: int, points: int) -> list[_Element]:
    """As many figures as the imaging study names on the neck, each as its number of points."""
    place = Place(123, -178, 1.1)
    dots = []
    for across, down in _SPOTS[:count]:
        x, y = place.at((across, down))
        dots.append(circle(x, y, 1.9, "f-product"))
        dots += [
            circle(x + 6.5 * cos(radians(turn)), y + 6.5 * sin(radians(turn)), 1.9, "f-product")
            for turn in (360 * index / (points - 1) for index in range(points - 1))
        ]
    # The neck down to where the shoulders leave the patch.
    outline = halves(place, NECK[:9], "f-contour")
    return [*halves(place, NECK_MUSCLE, "f-hint"), *halves(place, NOTCH, "f-hint"), *outline, *dots]
