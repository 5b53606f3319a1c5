"""The figures: rows in, SVG out. `figure` is a macro; each drawing is a function of the data.

The words of a figure (title, description, caption, sources) stand in docs/data/figures.yml; the module
of this package that bears its id, with underscores for hyphens, draws it: `draw(data) -> Drawing`.
"""

import re
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec

from markupsafe import Markup

from ...content.faults import did_you_mean
from ...content.load import Data
from ..markup import block, element, joined
from ..page_context import PageContext
from ..prose import fill
from .svg import WIDTH, Drawing, shown


def figure(context: PageContext, figure_id: str, caption: bool = True) -> Markup:
    """A figure with its caption, sources and data; `caption=False` leaves all three to the words around it.

    Paste: {{ figure("ratio-example") }}
    """
    data, link = context.data, context.link
    known = {row.id: row for row in data.figures.figures}
    if figure_id not in known:
        raise ValueError(f"no figure '{figure_id}' in figures.yml{did_you_mean(figure_id, known)}")
    row, drawing = context.prints(known[figure_id]), draw(data, figure_id)
    context.used.figures.add(figure_id)
    title, description = fill(data, row.title), fill(data, row.description)
    inner = _aimed(drawing.inner(), link)
    art = element(
        "svg",
        element("title", title),
        element("desc", description),
        inner,
        classes="figure-art",
        viewBox=f"0 0 {shown(drawing.width)} {shown(drawing.height)}",
        # What stands in an image is not read out, so a drawing with links is a group.
        role="group" if "<a " in inner else "img",
        aria_label=f"{title}: {description}",
    )
    words = files = None
    if caption:
        words = element(
            "figcaption", element("strong", f"{title}."), " ", fill(data, row.caption), context.cite(row.refs)
        )
        links = [element("a", f"{name}.csv", href=link(f"downloads/{name}.csv")) for name in row.data]
        files = element("span", "Data: ", joined(links, ", ")) if links else None
    return block(
        "figure",
        element("figure", art, words),
        # docs/assets/figures.js puts the button that opens the figure larger into the foot.
        element("div", files, classes="figure-foot", data_print="off"),
        # A drawing wider than the measure of text may take the width of the page.
        classes="figure figure-wide" if drawing.width > WIDTH else "figure",
        id=f"figure-{row.id}",
        data_figure=row.id,
    )


def _aimed(inner: str, link: Callable[[str], str]) -> Markup:
    """A drawing whose links name pages below docs/, with the way from the page to each."""
    aimed = re.sub(r'href="([^"#]+)', lambda target: f'href="{link(target[1])}', str(inner))
    return Markup(aimed)  # noqa: S704 (the drawing is HTML already)


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
