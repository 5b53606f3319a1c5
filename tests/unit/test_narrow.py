"""How tables stand on a narrow screen."""

import pytest
from lxml import html

from macros.content.project import Project
from macros.rendering.page_context import Contexts, PageContext
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


@pytest.mark.parametrize(
    ("columns", "numeric", "classes", "said"),
    [(3, (), "", ["data-few"]), (3, (), "studies", []), (4, (), "", []), (4, (1, 2, 3), "", ["data-scrolls"])],
)
def test_a_frame_says_what_its_style_needs_to_know(
    invented_page: PageContext, columns: int, numeric: tuple[int, ...], classes: str, said: list[str]
) -> None:
    table = Table(
        invented_page, "trial", "Trials", [f"Column {n}" for n in range(columns)], numeric=numeric, classes=classes
    )
    frame = html.fragment_fromstring(table.html())
    assert [name for name in ("data-few", "data-scrolls") if name in frame.attrib] == said


@pytest.mark.parametrize(("number", "many"), [(8, False), (9, True)])
def test_more_numbers_than_a_phone_has_room_for_may_be_broken(real: Project, number: int, many: bool) -> None:
    cite = Contexts(real).of("index.md", "").cite
    assert ("data-many" in cite(list(real.data.references)[:number])) is many
