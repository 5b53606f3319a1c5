"""The figures: rows in, SVG out. `figure` is a macro; each drawing is a function of the data.

The words of a figure (title, description, caption, sources) stand in docs/data/figures.yml; the module
of this package that bears its id, with underscores for hyphens, draws it: `draw(data) -> Drawing`.
"""

import re
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec

from ...content.faults import did_you_mean
from ...content.load import Data
from ..citations import Cite
from ..markup import block
from ..prose import fill
from ..typeset import attribute, text
from .svg import WIDTH, Drawing, shown


def figure(data: Data, cite: Cite, link: Callable[[str], str], figure_id: str, caption: bool = True) -> str:
    """A figure with its caption, sources and data; `caption=False` leaves all three to the words around it.

    Paste: {{ figure("ratio-example") }}
    """
    known = {row.id: row for row in data.figures.figures}
    if figure_id not in known:
        raise ValueError(f"no figure '{figure_id}' in figures.yml{did_you_mean(figure_id, known)}")
    row, drawing = known[figure_id], draw(data, figure_id)
    title, description = fill(data, row.title), fill(data, row.description)
    inner = _aimed(drawing.inner(), link)
    # What stands in an image is not read out, so a drawing with links is a group.
    role = "group" if "<a " in inner else "img"
    art = (
        f'<svg class="figure-art" viewBox="0 0 {shown(drawing.width)} {shown(drawing.height)}" role="{role}"'
        f' aria-label="{attribute(title)}: {attribute(description)}">'
        f"<title>{text(title)}</title><desc>{text(description)}</desc>{inner}</svg>"
    )
    words = files = ""
    if caption:
        words = (
            f"<figcaption><strong>{text(title)}.</strong> {text(fill(data, row.caption))}{cite(row.refs)}</figcaption>"
        )
        files = ", ".join(f'<a href="{link(f"downloads/{name}.csv")}">{name}.csv</a>' for name in row.data)
    # docs/assets/figures.js puts the button that opens the figure larger into the foot.
    foot = f'<div class="figure-foot" data-print="off">{f"<span>Data: {files}</span>" if files else ""}</div>'
    inside = f"<figure>{art}{words}</figure>{foot}"
    # A drawing wider than the measure of text may take the width of the page.
    classes = "figure figure-wide" if drawing.width > WIDTH else "figure"
    return block("figure", inside, classes, id=f"figure-{row.id}", data_figure=row.id)


def _aimed(inner: str, link: Callable[[str], str]) -> str:
    """A drawing whose links name pages below docs/, with the way from the page to each."""
    return re.sub(r'href="([^"#]+)', lambda target: f'href="{link(target[1])}', inner)


def draw(data: Data, figure_id: str) -> Drawing:
    """The drawing of a figure.

    Raises ValueError when no module of this package draws it.
    """
    name = f"{__package__}.{figure_id.replace('-', '_')}"
    if find_spec(name) is None:
        raise ValueError(f"figures.yml names '{figure_id}', but macros/figures/ has no module that draws it")
    drawing = import_module(name).draw(data)
    assert isinstance(drawing, Drawing)
    return drawing
