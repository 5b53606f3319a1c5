"""The figures: rows in, SVG out. `figure` is a macro; each drawing is a function of the data.

The words of a figure (title, description, caption, sources) stand in docs/data/figures.yml; the module
of this package that bears its id, with underscores for hyphens, draws it: `draw(data) -> Drawing`.
"""

from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec

from markupsafe import Markup

from ...content.faults import ContentError, Fault
from ...content.files import FILES
from ...content.load import Data
from ...content.published import Published, publish
from ...content.rows.base import Row
from ...content.rows.editorial import Figure
from ..markup import block, element, joined
from ..page_context import PageContext
from ..prose import fill_in
from .fit import check_room
from .needed import UndrawableError
from .svg import WIDTH, Drawing, shown
from .watched import watched

_FOLDER = "macros/rendering/figures"


def figure(context: PageContext, figure_id: str, caption: bool = True) -> Markup:
    """A figure with its caption, sources and data; `caption=False` leaves all three to the words around it.

    Paste: {{ figure("ratio-example") }}
    Raises ContentError, with the address of the row, for what it cannot show.
    """
    link = context.link
    row = context.prints(context.data.one(figure_id, Figure, "figure"))
    context.used.figures.add(figure_id)
    try:
        drawing = draw(watched(context.data, context.prints), figure_id)
    except UndrawableError as error:
        raise ContentError([_fault(context.project.data, row, error)]) from None
    title, description = fill_in(context, row.title), fill_in(context, row.description)
    leads = drawing.links()
    for lead in leads:
        path, anchor, place = lead.get("href", "").partition("#")
        lead.set("href", f"{link(path)}{anchor}{place}")
    art = element(
        "svg",
        element("title", title),
        element("desc", description),
        drawing.inner(),
        classes="figure-art",
        viewBox=f"0 0 {shown(drawing.width)} {shown(drawing.height)}",
        # What stands in an image is not read out, so a drawing with links is a group.
        role="group" if leads else "img",
        aria_label=f"{title}: {description}",
    )
    words = files = None
    if caption:
        words = element(
            "figcaption", element("strong", f"{title}."), " ", fill_in(context, row.caption), context.cite(row.refs)
        )
        kinds = ("xlsx", "csv")  # for people, for programs
        links = [
            element("a", f"{name}.{kind}", href=link(f"downloads/{name}.{kind}")) for name in row.data for kind in kinds
        ]
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


def draw(data: Published, figure_id: str) -> Drawing:
    """The drawing of a figure, in which every row has its place and every word its room.

    Raises UndrawableError when no module of this package draws it, or it cannot show a row.
    """
    module = figure_id.replace("-", "_")
    if find_spec(f"{__package__}.{module}") is None:
        problem = f"{_FOLDER}/ has no module {module}.py that draws it; mend the id, or write the module"
        raise UndrawableError(figure_id, "id", problem, "figures.figures")
    try:
        drawing = import_module(f"{__package__}.{module}").draw(data)
        check_room(drawing, data)
    except UndrawableError as error:
        problem = f"the drawing '{figure_id}' {error.problem}, or redraw it in {_FOLDER}/{module}.py"
        place = error.place or next((place for place, row in _places(data) if row.id == error.row), "")
        raise UndrawableError(error.row, error.field, problem, place) from None
    assert isinstance(drawing, Drawing)
    return drawing


def figure_faults(data: Data) -> Iterator[Fault]:
    """What the drawings cannot show, each with the address of its row in the data files."""
    shown = publish(data)
    for row in shown.figures.figures:
        try:
            draw(shown, row.id)
        except UndrawableError as error:
            yield _fault(data, row, error)


def _fault(data: Data, figure: Figure, error: UndrawableError) -> Fault:
    """With the line of the row that the error names; of the section that lacks it; else of the figure."""
    if error.row in data.rows:
        return data.fault(data.rows[error.row], error.field, error.problem)
    if error.place:
        name, _, section = error.place.partition(".")
        file = data.files[name]
        return Fault(file.name, file.line((section,)), error.row, error.field, error.problem)
    return data.fault(figure, error.field, error.problem)


def _places(data: Published) -> Iterator[tuple[str, Row]]:
    """Every row with its section, such as "aging.layers"."""
    yield from ((place, row) for place, rows in data.drawings.items() for row in rows)
    for name in FILES:
        file = getattr(data, name.removesuffix(".yml"))
        for section in type(file).model_fields:
            for row in getattr(file, section):
                if isinstance(row, Row):
                    yield f"{name.removesuffix('.yml')}.{section}", row
