"""White skin: two causes that look alike, what to check first, and the one end of every doubt: stop."""

from lxml.etree import _Element

from ...content.published import Published
from ...content.rows.safety import SafetyItem
from . import pictograms
from .needed import needed
from .svg import Drawing, Points, balanced, circle, ellipse, group, line, lines, path, polygon, polyline, rect, words
from .syringe import placed

# The picture begins with this sign; the others decide.
_BLANCHING = "stp-03"
_COLUMN, _RIGHT = 248, 270
_CHECKS, _BRANCHES = 414, 582


def draw(data: Published) -> Drawing:
    """Fixed places in px; the stop signs and the sentence on reversal are those of safety.yml."""
    blanching = needed(data, "safety.stop_signs", _BLANCHING, SafetyItem)
    signs = [row for row in data.safety.stop_signs if row != blanching]
    branch, height = _doubt(signs, _BRANCHES)
    end = _BRANCHES + height + 36
    emergency, needs = _emergency(data, end)
    drawing = Drawing(520, end + needs + 2)
    drawing.add(
        _stop_first(),
        _cause(0, "A vessel is blocked", _blocked(), _PLUG, _SPEAKS["blocked"]),
        _cause(_RIGHT, "Product lies too shallow", _shallow(), _DEPOSIT, _SPEAKS["shallow"]),
        _checks(_CHECKS),
        *_arrows(_BRANCHES, height, end),
        branch,
        _normal(_BRANCHES, height),
        emergency,
    )
    return drawing


_PLUG = ("plug of product, no flow beyond", [(107, 127), (150, 127), (150, 168)])
_DEPOSIT = ("product just under the surface", [(150, 70), (190, 84), (190, 168)])
_SPEAKS = {
    "blocked": ("white or pallor that spreads", "slow refill", "net-like mottling", "unusual or growing pain"),
    "shallow": ("white only along the thread", "normal refill", "normal color around it", "no unusual pain"),
}


def _stop_first() -> _Element:
    """What comes before any thought about the cause."""
    return group(
        "stop-first",
        rect(1, 1, 518, 66, "f-warn-light f-warn-edge", rx=8),
        placed(pictograms.stop(), 36, 34),
        words(70, 29, "White skin: stop first", "f-title f-warn-text"),
        words(70, 53, "Take the instrument out. Do not finish the thread.", "f-text"),
    )


def _cause(x: float, title: str, art: _Element, label: tuple[str, Points], speaks: tuple[str, ...]) -> _Element:
    """One cause: a block of skin, what its label points at, and what speaks for it."""
    said, leader = label
    return group(
        "cause",
        words(x, 100, title, "f-text f-bold"),
        placed(art, x, 104),
        polyline([(x + across, 104 + down) for across, down in leader]),
        words(x, 290, said, "f-small"),
        *(circle(x + 4, 311 + 20 * index, 2.5, "f-ink") for index in range(len(speaks))),
        lines(x + 14, 316, speaks, "f-text", 20),
    )


def _block() -> list[_Element]:
    """A block of skin, 250 px by 152 px: surface, dermis and fat."""
    return [
        polygon([(0, 60), (35, 16), (248, 16), (213, 60)], "f-skin f-thin-edge"),
        polygon([(213, 60), (248, 16), (248, 108), (213, 152)], "f-skin-deep f-thin-edge"),
        rect(0, 60, 213, 52, "f-skin-mid f-thin-edge"),
        rect(0, 112, 213, 40, "f-fat f-thin-edge"),
    ]


_TWIGS = "M100 122Q98 112 72 104T38 84M72 104Q62 96 66 82M100 122Q102 112 130 104T168 84M130 104Q140 96 136 82"
_NET = (
    "M62 34l16 8l18 -9l14 12l20 -8l18 10M78 42l-8 11M96 33l-4 -10M110 45l-6 10M130 37l8 -12"
    "M148 47l14 -10l16 6M162 37l4 -12"
)


def _blocked() -> _Element:
    """A plug in an artery, empty branches above it, and a pale, mottled field that is wider than the thread."""
    return group(
        "blocked",
        *_block(),
        path("M40 42Q48 22 98 22T186 24Q206 38 176 50T92 56Q40 58 40 42Z", "f-white f-thin-edge f-dash"),
        path(_NET, "f-mottle"),
        rect(94, 138, 12, 14, "f-vessel"),
        rect(93, 117, 14, 21, "f-white f-edge", rx=2),
        path(_TWIGS, "f-line f-dash"),
    )


def _shallow() -> _Element:
    """Product close under the surface, open vessels, and white only along the thread."""
    return group(
        "shallow",
        *_block(),
        path("M56 46Q110 28 176 30Q120 48 56 46Z", "f-white f-thin-edge"),
        rect(94, 120, 12, 32, "f-vessel"),
        path(_TWIGS, "f-vessel-line"),
        ellipse(116, 70, 58, 6, "f-white f-edge"),
    )


def _checks(y: float) -> _Element:
    """What to check, circulation before depth, in three small drawings with their words."""
    columns = (
        (pictograms.ask(), "Ask", ("pain, sight,", "headache, nausea,", "arm, face, speech")),
        (pictograms.look(), "Look", ("at the whole field", "and the other side,", "in good light")),
        (pictograms.press(), "Press", ("here and a mirror", "area: does color", "come back as fast?")),
    )
    parts = [
        line(0, y - 12, 520, y - 12, "f-brand-line"),
        words(0, y + 12, "Both can look alike: check circulation first.", "f-text f-bold"),
    ]
    for index, (art, name, said) in enumerate(columns):
        x = index * 178
        parts += [
            placed(art, x, y + 27),
            words(x + 50, y + 54, name, "f-title"),
            lines(x, y + 89, said, "f-text", 20),
        ]
    return group("checks", *parts)


def _arrows(y: float, height: float, end: float) -> list[_Element]:
    """From the checks to the two branches, and from both to the end."""
    down = [(148, y - 26, y - 3), (420, y - 26, y - 3), (148, y + height, end - 3)]
    parts = []
    for x, top, foot in down:
        parts += [line(x, top, x, foot - 7, "f-outline"), path(f"M{x} {foot}l-6 -10h12z", "f-ink")]
    foot = end - 3
    parts += [
        path(f"M420 {y + height}V{foot - 7}", "f-outline f-dash"),
        path(f"M420 {foot}l-6 -10h12z", "f-ink"),
        words(408, y + height + 23, "any sign later", "f-text f-end"),
    ]
    return [group("arrows", *parts)]


_LOOK_ALIKE = "white after a local anesthetic or vasoconstrictor, until refill is shown to be normal"


def _doubt(signs: list[SafetyItem], y: float) -> tuple[_Element, float]:
    """The branch for any stop sign and for any doubt, and its height."""
    rows: list[str] = []
    starts: list[int] = []
    for sign in ("white that spreads", *(row.short or row.statement for row in signs), _LOOK_ALIKE):
        starts.append(len(rows))
        rows += balanced(sign, 31)
    # No less than the branch beside it needs.
    height = 60 + 20 * max(8, len(rows))
    part = group(
        "doubt",
        rect(1, y, 291, height, "f-warn-light f-warn-edge", rx=8),
        words(16, y + 28, "Any of these, or any doubt", "f-text f-bold f-warn-text"),
        *(circle(20, y + 50 + 20 * start, 2.5, "f-warn") for start in starts),
        lines(30, y + 55, rows, "f-text", 20),
    )
    return part, height


def _normal(y: float, height: float) -> _Element:
    """The branch for a check that is normal in every point; it leads to more checking, never to a treatment."""
    said = (
        ("It may be shallow", "product. Leave that", "thread alone."),
        ("Keep checking color,", "refill, pain, sight."),
        ("A normal check now", "is no all-clear later."),
    )
    tops = (y + 55, y + 127, y + 179)
    return group(
        "normal",
        rect(312, y, 207, height, "f-panel f-thin-edge", rx=8),
        words(326, y + 28, "Every check normal", "f-text f-bold"),
        *(lines(326, top, rows, "f-text", 20) for top, rows in zip(tops, said, strict=True)),
    )


def _emergency(data: Published, y: float) -> tuple[_Element, float]:
    """The end of every doubt, and its height."""
    reversal = needed(data, "safety.vascular", "vasc-02", SafetyItem)
    first = reversal.statement.split(";")[0].replace("There is no", "No").rstrip(".")
    rows = balanced(f"Call for help at once and note the time. {first}.", 59)
    height = 90 + 20 * (len(rows) - 1)
    part = group(
        "emergency",
        rect(0, y, 520, height, "f-warn", rx=8),
        words(24, y + 40, "Stop. Emergency pathway.", "f-big f-paper-text"),
        *(words(24, y + 68 + 20 * index, row, "f-text f-paper-text") for index, row in enumerate(rows)),
    )
    return part, height
