"""What every figure keeps: size, classes, words for those who do not see it, and a link to its data."""

import base64
import re
from functools import cache

import lxml.html
import pytest

from macros.content.files import DOWNLOADS
from macros.content.load import Data
from macros.content.project import load_project
from macros.printing.figures_on_paper import figures_as_images
from macros.rendering.figures.figure import draw, figure
from macros.rendering.figures.svg import Drawing, shown
from macros.rendering.page_context import Contexts, PageContext
from macros.rendering.prose import fill
from tests.conftest import ROOT
from tests.figures.geometry import tree

FIGURES = sorted(re.findall(r"^  - id: (\S+)$", (ROOT / "docs/data/figures.yml").read_text(encoding="utf-8"), re.M))
CLASSES = set(re.findall(r"\.(f-[\w-]+)", (ROOT / "docs/assets/figures.css").read_text(encoding="utf-8")))


@cache
def page() -> PageContext:
    """A page one folder below the root, on which the figures stand."""
    return Contexts(load_project(ROOT)).of("index.md", "below/")


def html(data: Data, figure_id: str) -> str:
    return figure(page(), figure_id)


@pytest.mark.parametrize("figure_id", FIGURES)
def test_a_figure_is_small_and_holds_no_raster_and_no_id(data: Data, figure_id: str) -> None:
    page = html(data, figure_id)
    assert len(page.encode()) <= 60_000
    assert not re.search(r"<image|data:|<foreignObject", page)
    # A copy stands in the dialog, and strict rules for content forbid styles of a single element.
    assert not re.search(r"<[^>]* (?:id|style)=", draw(data, figure_id).inner())


@pytest.mark.parametrize("figure_id", FIGURES)
def test_a_drawing_uses_only_classes_of_the_style_sheet(data: Data, figure_id: str) -> None:
    drawing: Drawing = draw(data, figure_id)
    assert {name for names in tree(drawing).xpath("//@class") for name in names.split()} <= CLASSES


@pytest.mark.parametrize("figure_id", FIGURES)
def test_a_figure_is_named_and_described_in_words_of_their_own(data: Data, figure_id: str) -> None:
    (row,) = [row for row in data.figures.figures if row.id == figure_id]
    title, description, caption = (fill(data, words) for words in (row.title, row.description, row.caption))
    assert title and len(description) > 100
    assert description != caption and not set(re.split(r"(?<=[.]) ", description)) & set(
        re.split(r"(?<=[.]) ", caption)
    )
    page = html(data, figure_id)
    assert f"<title>{title}</title><desc>" in page
    assert re.search(r'role="(img|group)" aria-label="[^"]+"', page)


@pytest.mark.parametrize("figure_id", FIGURES)
def test_a_figure_links_to_data_that_is_exported(data: Data, figure_id: str) -> None:
    (row,) = [row for row in data.figures.figures if row.id == figure_id]
    # Empty outlines show no data.
    assert bool(row.data) == (figure_id != "record-outlines")
    targets = re.findall(r'<a href="\.\./(downloads/[^"]+)"', html(data, figure_id))
    assert targets == [f"downloads/{name}.csv" for name in row.data]
    assert set(targets) <= {path for path, _ in DOWNLOADS}


def test_links_of_a_drawing_become_ways_from_the_page(data: Data) -> None:
    page = html(data, "region-map")
    assert 'href="../technique/by-region/#neck"' in page
    assert not re.search(r'href="(?!\.\./|#ref-)', page)
    # What is inside an image is not read out.
    assert 'role="group"' in page


@pytest.mark.parametrize("figure_id", FIGURES)
def test_on_paper_a_figure_is_an_image_without_links_in_the_light_colors(data: Data, figure_id: str) -> None:
    styles = (ROOT / "docs/assets/figures.css").read_text(encoding="utf-8")
    page = lxml.html.fromstring(f"<div>{html(data, figure_id)} and on</div>")
    figures_as_images(page, styles)
    (image,) = page.xpath(".//img[@class='figure-art']")
    assert page.text_content().endswith(" and on") and not page.xpath(".//svg")
    drawing = base64.b64decode(image.get("src").removeprefix("data:image/svg+xml;base64,")).decode()
    assert len(image.get("alt")) > 100
    # A reader of HTML lowers the names of attributes; the one of ours that has a capital is set right again.
    drawn = draw(data, figure_id)
    assert f'viewBox="0 0 {shown(drawn.width)} {shown(drawn.height)}"' in drawing
    assert [name for name in re.findall(r" ([\w-]+)=", drawn.inner()) if name != name.lower()] == []
    assert not re.search(r"<a\b|var\(", drawing)
    # Every class has its rule in the image itself: nothing else reaches it there.
    used = {name for names in re.findall(r'class="([^"]*)"', drawing) for name in names.split()}
    assert used - {"f-link"} <= set(re.findall(r"\.(f-[\w-]+)\{", drawing))
