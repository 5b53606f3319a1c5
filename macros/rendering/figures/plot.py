"""A chart of Matplotlib as a drawing: its marks as SVG, at the places that its scales give them.

Look and words are ours, so that a plot is the same on every machine: each artist names its part and
its classes (`mark`), the style that Matplotlib writes is dropped, and words are placed by their
baseline, never measured.
"""

import re
import textwrap
from io import BytesIO

import matplotlib
from lxml import etree
from lxml.etree import _Element
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

from ..typeset import tied
from . import svg
from .svg import WIDTH, Drawing, shown

# At this resolution one unit of the drawing is one point, the unit of Matplotlib's marks.
_DPI = 72


_USED = "{http://www.w3.org/1999/xlink}href"


_SVG = "{http://www.w3.org/2000/svg}"
# A matplotlibrc on the machine must not reach the drawing.
matplotlib.rcdefaults()


class Chart:
    """A chart of `height` units below the full measure; marks of the library, words of ours in front."""

    def __init__(self, height: float):
        self.height = height
        self.front: list[_Element] = []
        self._figure = Figure(figsize=(WIDTH / _DPI, height / _DPI), dpi=_DPI)
        self._figure.patch.set_visible(False)
        # Both ways in units of the drawing, and in front of what has a scale.
        self.page = self.scale((0, WIDTH))
        self.page.set_zorder(1)

    def scale(
        self,
        x: tuple[float, float],
        across: tuple[float, float] = (0, WIDTH),
        y: tuple[float, float] | None = None,
        down: tuple[float, float] | None = None,
    ) -> Axes:
        """Axes whose `x` range lies `across` and whose `y` range lies `down` the drawing (from top to bottom).

        Without `y` and `down`, the heights of marks are units of the drawing.
        """
        top, bottom = down or (0, self.height)
        left, right = across
        box = (left / WIDTH, 1 - bottom / self.height, (right - left) / WIDTH, (bottom - top) / self.height)
        axes = self._figure.add_axes(box)
        axes.set_axis_off()
        axes.set_xlim(*x)
        axes.set_ylim(*(y or (bottom, top)))
        axes.set_autoscale_on(False)
        return axes

    def at(self, axes: Axes, x: float, y: float) -> tuple[float, float]:
        """Where a value lies, in units of the drawing."""
        right, up = axes.transData.transform((x, y))
        return float(right), self.height - float(up)

    def words(self, x: float, y: float, text: str, classes: str = "f-text", **more: str) -> None:
        """One line of words in units of the drawing; its baseline is at y."""
        self.front.append(svg.words(x, y, tied(text), classes, **more))

    def drawing(self) -> Drawing:
        """The finished drawing."""
        file = BytesIO()
        for artist in self._figure.findobj():
            artist.set_clip_on(False)
        FigureCanvasSVG(self._figure).print_svg(file, metadata={"Date": None})  # type: ignore[no-untyped-call]
        return Drawing(WIDTH, self.height, [*_parts(etree.fromstring(file.getvalue())), *self.front])


def mark(part: str, classes: str) -> str:
    """The `gid` of an artist: the part that it is in the drawing, and its classes."""
    return f"{part}|{classes}"


def wrapped(text: str, width: float, size: float = 14) -> list[str]:
    """Words broken into lines for `width` units, at 0.54 em a character: wider than most faces of most machines."""
    return textwrap.wrap(tied(text), int(width / (size * 0.54)), break_on_hyphens=False)


def _parts(root: _Element) -> list[_Element]:
    """The marks that name their part, flat, without the library's ids, styles and definitions."""
    shapes = {element.get("id"): element for element in root.iter(f"{_SVG}path") if element.get("id")}
    parts = []
    for group in root.iter(f"{_SVG}g"):
        part, found, classes = (group.get("id") or "").partition("|")
        if found:
            parts.append(svg.group(part, *(_shape(leaf, shapes, classes) for leaf in _leaves(group))))
    return parts


def _leaves(group: _Element) -> list[_Element]:
    drawn = (f"{_SVG}path", f"{_SVG}use")
    return [
        leaf for leaf in group.iter(*drawn) if not any(above.tag == f"{_SVG}defs" for above in leaf.iterancestors())
    ]


def _shape(leaf: _Element, shapes: dict[str | None, _Element], classes: str) -> _Element:
    if leaf.tag == f"{_SVG}path":
        return svg.path(_rounded(leaf.get("d", "")), classes)
    place = " ".join(shown(float(leaf.get(name, "0"))) for name in ("x", "y"))
    return svg.path(_rounded(shapes[leaf.get(_USED, "")[1:]].get("d", "")), classes, transform=f"translate({place})")


def _rounded(d: str) -> str:
    """Path syntax on one line, with two decimals."""
    short = re.sub(r"-?\d+(?:\.\d+)?(?:e-?\d+)?", lambda number: shown(float(number[0])), " ".join(d.split()))
    return re.sub(r" ?([A-Za-z]) ?", r"\1", short)
