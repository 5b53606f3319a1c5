"""How tables stand on a narrow screen, and the pictures by which the site is known elsewhere."""

import io

import pytest
from lxml import html
from PIL import Image

from macros.icons import CARD_SIZE, card, icon
from macros.markup import Table, column_label, narrow_class

from ..conftest import ROOT

LOGO = ROOT / "docs" / "assets" / "logo.svg"


@pytest.mark.parametrize(
    ("columns", "numeric", "wanted"), [(2, 0, "fits"), (3, 0, "cards"), (6, 2, "cards"), (8, 6, "scrolls")]
)
def test_words_become_cards_and_numbers_scroll(columns: int, numeric: int, wanted: str) -> None:
    assert narrow_class(columns, numeric) == wanted


def test_a_label_holds_both_lines_of_a_head() -> None:
    assert column_label("Ratio<small>product : diluent</small>") == "Ratio (product : diluent)"


def test_cells_of_a_card_name_their_column() -> None:
    table = Table("trial", "Trials", ["Trial", "People<small>treated</small>", "Result"])
    table.add("First", "20", "Better")
    cells = html.fromstring(table.html()).xpath(".//td")
    assert [cell.get("data-label") for cell in cells] == ["People (treated)", "Result"]


def test_the_card_has_the_size_that_networks_ask_for_and_words_on_it() -> None:
    drawn = Image.open(io.BytesIO(card(LOGO, "CaHA and Skin", "One sentence"))).convert("RGBA").convert("L")
    assert drawn.size == CARD_SIZE
    words = drawn.crop((90, 250, 1110, 560))
    assert words.getextrema() == pytest.approx((64, 255), abs=4), "white words on the brand's color"


@pytest.mark.parametrize("size", [32, 180])
def test_an_icon_is_the_logo_in_its_size(size: int) -> None:
    drawn = Image.open(io.BytesIO(icon(LOGO, size))).convert("RGBA")
    assert drawn.size == (size, size)
    # A tab shows the rounded corner; a home screen rounds it itself.
    assert (drawn.getpixel((0, 0))[3] == 0) == (size == 32)


def test_the_same_logo_makes_the_same_bytes() -> None:
    assert icon(LOGO, 32) == icon(LOGO, 32)
