"""What every figure keeps: room for its words, size, classes, words for those who do not see it, a link to its data."""

import base64
import re
from collections.abc import Callable
from functools import cache, partial

import pytest
from lxml.html import fromstring

from macros.content.addresses import page_url
from macros.content.files import DOWNLOADS
from macros.content.load import Data
from macros.content.project import Project
from macros.printing.figures_on_paper import figures_as_images
from macros.rendering.figures.figure import figure
from macros.rendering.figures.svg import Drawing, shown
from macros.rendering.page_context import Contexts
from macros.rendering.prose import fill
from tests.conftest import ROOT
from tests.figures.geometry import changed, draw, marks_outside, outside, overlapping, tree

FIGURES = sorted(re.findall(r"^  - id: (\S+)$", (ROOT / "docs/data/figures.yml").read_text(encoding="utf-8"), re.M))
CLASSES = set(re.findall(r"\.(f-[\w-]+)", (ROOT / "docs/assets/figures.css").read_text(encoding="utf-8")))


def html(project: Project, figure_id: str) -> str:
    """The figure on a page one folder below the root."""
    return figure(Contexts(project).of("index.md", "below/"), figure_id)


@pytest.fixture(scope="module")
def drawn(either: Project) -> Callable[[str], Drawing]:
    """A function that gives the drawing of a figure, each drawn once."""
    return cache(partial(draw, either.data))


@pytest.fixture(scope="module")
def on_page(either: Project) -> Callable[[str], str]:
    """The same on a page one folder below the root."""
    return cache(partial(html, either))


@pytest.mark.parametrize("figure_id", FIGURES)
def test_words_and_marks_stand_inside_and_words_apart(drawn: Callable[[str], Drawing], figure_id: str) -> None:
    drawing = drawn(figure_id)
    assert outside(drawing) == []
    assert overlapping(drawing) == []
    assert marks_outside(drawing) == []


@pytest.mark.parametrize("figure_id", FIGURES)
def test_a_figure_is_small_and_holds_no_raster_and_no_id(
    drawn: Callable[[str], Drawing], on_page: Callable[[str], str], figure_id: str
) -> None:
    page = on_page(figure_id)
    assert len(page.encode()) <= 60_000
    assert not re.search(r"<image|data:|<foreignObject", page)
    inner = drawn(figure_id).inner()
    # A copy stands in the dialog, and strict rules for content forbid styles of a single element.
    assert not re.search(r"<[^>]* (?:id|style)=", inner)
    assert not re.search(r"#[0-9a-f]{6}|<use|<defs|clip-path", inner)


@pytest.mark.parametrize("figure_id", FIGURES)
def test_a_drawing_uses_only_classes_of_the_style_sheet(drawn: Callable[[str], Drawing], figure_id: str) -> None:
    shapes = tree(drawn(figure_id))
    assert {name for names in shapes.xpath("//@class") for name in names.split()} <= CLASSES
    assert all(
        shape.get("class") for shape in shapes.iter("path", "text", "circle", "ellipse", "rect", "line", "polygon")
    )


@pytest.mark.parametrize("figure_id", FIGURES)
def test_a_figure_is_named_and_described_in_words_of_their_own(real: Project, figure_id: str) -> None:
    row = next(row for row in real.data.figures.figures if row.id == figure_id)
    title, description, caption = (fill(real.published, words) for words in (row.title, row.description, row.caption))
    assert title and len(description) > 100
    sentences = [set(re.split(r"(?<=[.]) ", words)) for words in (description, caption)]
    assert not sentences[0] & sentences[1]
    page = html(real, figure_id)
    assert f"<title>{title}</title><desc>" in page
    assert re.search(r'role="(img|group)" aria-label="[^"]+"', page)


@pytest.mark.parametrize("figure_id", FIGURES)
def test_a_figure_links_to_data_that_is_exported(real: Project, figure_id: str) -> None:
    row = next(row for row in real.data.figures.figures if row.id == figure_id)
    # Empty outlines show no data.
    assert bool(row.data) == (figure_id != "record-outlines")
    targets = re.findall(r'<a href="\.\./(downloads/[^"]+)"', html(real, figure_id))
    assert targets == [f"downloads/{name}.{kind}" for name in row.data for kind in ("xlsx", "csv")]
    assert set(targets) <= {path for paths, _ in DOWNLOADS for path in paths}


def test_links_of_a_drawing_become_ways_from_the_page(either: Project) -> None:
    page = html(either, "region-map")
    assert f'href="../{page_url(either.published.region("neck").home)}"' in page
    assert not re.search(r'href="(?!\.\./|#ref-)', page)
    # What is inside an image is not read out.
    assert 'role="group"' in page


@pytest.mark.parametrize("figure_id", FIGURES)
def test_on_paper_a_figure_is_an_image_without_links_in_the_light_colors(
    drawn: Callable[[str], Drawing], on_page: Callable[[str], str], figure_id: str
) -> None:
    styles = (ROOT / "docs/assets/figures.css").read_text(encoding="utf-8")
    page = fromstring(f"<div>{on_page(figure_id)} and on</div>")
    figures_as_images(page, styles)
    (image,) = page.xpath(".//img[@class='figure-art']")
    alt, (kind, source) = image.get("alt"), image.get("src").split(",")
    assert kind == "data:image/svg+xml;base64" and not page.xpath(".//svg")
    assert page.text_content().endswith(" and on")
    drawing = base64.b64decode(source).decode()
    assert len(alt) > 60
    # A reader of HTML lowers the names of attributes; the one of ours that has a capital is set right again.
    made = drawn(figure_id)
    assert f'viewBox="0 0 {shown(made.width)} {shown(made.height)}"' in drawing
    assert [name for name in re.findall(r" ([\w-]+)=", made.inner()) if name != name.lower()] == []
    assert not re.search(r"<a\b|var\(", drawing)
    # Every class has its rule in the image itself: nothing else reaches it there.
    used = {name for names in re.findall(r'class="([^"]*)"', drawing) for name in names.split()}
    assert used - {"f-link"} <= set(re.findall(r"\.(f-[\w-]+)\{", drawing))


def test_words_of_a_row_are_words_and_never_elements(data: Data) -> None:
    row = data.safety.adverse_events[0]
    inner = str(draw(changed(data, row.id, short='<b>&"swell"'), "adverse-events-rates").inner())
    assert '&lt;b&gt;&amp;"swell"' in inner and "<b>" not in inner
