"""The marks of the site as shapes: circle, half circle, cross, bars and ring, the same as beside the tables."""

from lxml.etree import _Element

from .svg import circle, group, path, rect

_RADIUS = 6


def mark(kind: str, x: float, y: float) -> _Element:
    """The shape of a mark about (x, y): on-label, reported, off-label, avoid, studied or no-study."""
    r = _RADIUS
    shapes = {
        "on-label": [circle(x, y, r, "f-green")],
        "reported": [circle(x, y, r - 1, "f-paper f-green-edge")],
        "off-label": [
            circle(x, y, r - 1, "f-amber-line"),
            path(f"M{x} {y - r}A{r} {r} 0 0 0 {x} {y + r}Z", "f-amber"),
        ],
        "avoid": [path(f"M{x - r} {y - r}L{x + r} {y + r}M{x + r} {y - r}L{x - r} {y + r}", "f-warn-line")],
        "studied": [rect(x - r + 1, y - r, 3.5, 2 * r, "f-blue"), rect(x + r - 4.5, y - r, 3.5, 2 * r, "f-blue")],
        "no-study": [circle(x, y, r - 1, "f-ring")],
    }
    return group(f"mark-{kind}", *shapes[kind])
