"""How tables stand on a narrow screen."""

import pytest
from lxml import html

from macros.rendering.page_context import PageContext
from macros.rendering.tables.table import Table, column, column_label, narrow_class


@pytest.mark.parametrize(
    ("columns", "numeric", "wanted"), [(2, 0, "fits"), (3, 0, "cards"), (6, 2, "cards"), (8, 6, "scrolls")]
)
def test_words_become_cards_and_numbers_scroll(columns: int, numeric: int, wanted: str) -> None:
    assert narrow_class(columns, numeric) == wanted


def test_a_label_holds_both_lines_of_a_head() -> None:
    assert column_label(column("Ratio", "product : diluent")) == "Ratio (product : diluent)"


def test_cells_of_a_card_name_their_column(invented_page: PageContext) -> None:
    table = Table(invented_page, "trial", "Trials", ["Trial", column("People", "treated"), "Result"])
    table.add("First", "20", "Better")
    cells = html.fromstring(table.html()).xpath(".//td")
    assert [cell.get("data-label") for cell in cells] == ["People (treated)", "Result"]
