"""The Markdown extension: blocks stay whole, tables are real, terms are explained once."""

from xml.etree import ElementTree

import markdown
import pytest
from markupsafe import Markup

from macros.rendering.block_places import NESTING
from macros.rendering.markdown_extension import SOURCES_HERE, ProjectMarkdown
from macros.rendering.markup import block
from macros.rendering.page_context import PageContext
from macros.rendering.tables.table import Table

TERMS = {"gel": "A swollen network.", "carrier gel": "The gel that holds the spheres.", "diluted": "Thinned."}


def render(text: str, terms: dict[str, str] | None = None) -> str:
    extensions = [*NESTING, ProjectMarkdown(lambda md: terms or {})]
    configs = {"pymdownx.tabbed": {"alternate_style": True}}
    return markdown.markdown(text, extensions=extensions, extension_configs=configs)


def test_the_sources_stand_where_the_page_calls_for_them() -> None:
    cited: list[str] = []
    extension = ProjectMarkdown(
        lambda md: {}, lambda md: block("references", ", ".join(cited)) if cited else Markup("")
    )
    text = f"Words.\n\n{SOURCES_HERE}\n\nMore words."
    assert "Sources" not in markdown.markdown(text, extensions=[extension])
    cited.append("one")
    made = markdown.markdown(text, extensions=[extension])
    assert '<h2>Sources</h2>\n<div data-block="references">one</div>\n\n<p>More words.</p>' in made
    assert "sources-here" not in made


BLOCK = block("x", Markup("<table><tr><td>a *b* c_d_e</td></tr></table>"))


@pytest.mark.parametrize(
    "text",
    [
        BLOCK,
        f'!!! warning "W"\n\n    Before.\n\n    {BLOCK}\n\n    After.',
        f'=== "Tab"\n\n    {BLOCK}',
        f"- item\n\n    {BLOCK}",
        f"Words.\n{BLOCK}\nMore words.",
    ],
)
def test_a_block_stays_whole_wherever_it_stands(text: str) -> None:
    made = render(text)
    assert BLOCK in made
    assert "<p><div" not in made


@pytest.mark.parametrize("before", ["", "\n", "\n\n"])
@pytest.mark.parametrize(
    ("head", "inside", "after"),
    [
        ("1. one", "./ol/li[1]", "2. two"),
        ("- one\n\n    - within", "./ul/li[1]/ul/li", "- two"),
        ('??? note "N"', "./details", "    After."),
        ('???+ note "N"', "./details", "    After."),
        ('!!! note "N"', "./div[@class='admonition note']", "    After."),
        ('=== "T"', ".//div[@class='tabbed-block'][1]", '=== "U"\n\n    After.'),
        ('- one\n\n    ??? note "N"', "./ul/li[1]/details", "- two"),
    ],
)
def test_an_indented_block_stands_inside(head: str, before: str, inside: str, after: str) -> None:
    spaces = " " * (4 + 4 * head.count("\n\n"))
    made = render(f"{head}\n{before}{spaces}{BLOCK}\n{before}{after}\n")
    tree = ElementTree.fromstring(f"<x>{made}</x>")
    (place,) = tree.findall(inside)
    assert place.find("./div[@data-block='x']") is not None, made
    assert "<p><div" not in made and "<code>" not in made
    # What follows goes on with the same list, note or tab.
    assert len(tree) == 1, made


def test_a_markdown_table_becomes_a_real_one() -> None:
    made = render(
        "Table: First\n\n| A | B |\n| --- | --- |\n| 1 | 2 |\n\nText.\n\nTable: Second *one*\n\n| C |\n| --- |\n| 3 |\n"
    )
    tree = ElementTree.fromstring(f"<x>{made}</x>")
    captions = ["".join(caption.itertext()) for caption in tree.iter("caption")]
    assert captions == ["First", "Second one"]
    assert [cell.get("scope") for cell in tree.iter("th")] == ["col", "col", "row", "col", "row"]
    assert len(tree.findall("./div[@class='table-wrap']")) == 2


def test_terms_are_explained_once_and_the_longest_wins() -> None:
    made = render("The carrier gel is a gel. Gels are not hyperdiluted but diluted.\n\n## A gel\n\nA gel again.", TERMS)
    assert made.count("<abbr") == 3
    assert '<abbr tabindex="0" title="The gel that holds the spheres.">carrier gel</abbr> is a <abbr' in made
    assert ">diluted</abbr>." in made
    assert "hyperdiluted but" in made
    assert "<h2>A gel</h2>" in made


def test_terms_are_explained_in_blocks_too_but_not_in_marks_or_links() -> None:
    inner = (
        '<span class="mark mark-x"><span class="mark-shape" aria-hidden="true"></span>diluted</span>'
        '<a href="#gel">gel</a><div>A gel, diluted &amp; a gel</div>'
    )
    made = render(block("x", Markup(inner)), TERMS)
    assert '</span>diluted</span><a href="#gel">gel</a><div>A <abbr' in made
    assert made.count("<abbr") == 2
    assert "&amp; a gel</div>" in made


def test_a_part_that_closes_within_a_link_does_not_end_the_link() -> None:
    inner = '<a href="#a">A4<span class="hidden">: gel</span><br> gel</a>, <a href="#b">gel</a> and a gel'
    assert render(block("x", Markup(inner)), TERMS).endswith(
        '<a href="#b">gel</a> and a <abbr title="A swollen network." tabindex="0">gel</abbr></div>'
    )


def test_a_row_with_too_few_cells_is_refused(invented_page: PageContext) -> None:
    table = Table(invented_page, "x", "Caption", ["A", "B"])
    with pytest.raises(ValueError, match="1 cells under 2 columns"):
        table.add("only one")


def test_cells_of_a_markdown_table_name_their_column() -> None:
    text = "Table: Needles\n\n| Use | Gauge | Length |\n| --- | --- | --- |\n| Hand | 25 | 38 |"
    table = ElementTree.fromstring(f"<x>{render(text)}</x>").find(".//table")
    assert table.get("class") == "data cards"
    assert [cell.get("data-label") for cell in table.findall("./tbody/tr/td")] == ["Gauge", "Length"]
