"""From articles to sheets: order of sources, words to explain, sections that must exist."""

import re
from dataclasses import replace
from pathlib import Path

import lxml.html
import pytest

from macros.content.addresses import page_url
from macros.content.faults import ContentError
from macros.content.files import GlossaryFile, HandoutsFile
from macros.content.pages import Page
from macros.content.project import Project
from macros.content.rows.editorial import Handout, Term
from macros.content.strict_reader import read_data_file
from macros.printing.print_sheets import all_sheets
from macros.printing.printable_page import ExtractionError
from macros.printing.sheets import drop_citations, explained_terms, handout_sheet, named_terms, renumber, word_pattern
from macros.rendering.handouts_page import page_prints
from macros.rendering.page_context import Contexts

PAGE = """<!doctype html><html><body><article>
<header><h1>T</h1><span class="page-audience">For patients</span></header>
<p>Above, as <abbr title="A swollen network.">Gel</abbr>.</p>
<h2 id="first">First</h2><p>One.<sup class="cite"><a href="#ref-b">1</a></sup></p>
<h2 id="second">Second</h2><p>Two.<sup class="cite"><a href="#ref-a">2</a>, <a href="#ref-b">1</a></sup> A gel.</p>
<h2 id="sources">Sources</h2>
<div data-block="references"><ol class="references"><li id="ref-b" data-short="B 2020">B.</li>
<li id="ref-a" data-short="A &amp; Co 2021">A.</li></ol></div>
<footer class="page-foot"><p>Foot.</p></footer>
</article></body></html>"""


@pytest.fixture
def built(tmp_path: Path) -> Path:
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets/figures.css").write_text(":root { --fig-ink: #000; }", encoding="utf-8")
    (tmp_path / "some/page").mkdir(parents=True)
    (tmp_path / "some/page/index.html").write_text(PAGE, encoding="utf-8")
    return tmp_path


def made_of(built: Path, project: Project, **given: object):
    handout = Handout.model_validate({
        "id": "example", "refs": [], "verified": True, "title": "Example", "description": "An example.",
        "audience": ["practitioner"], "page": "some/page.md", "most_pages": 1, **given,
    })  # fmt: skip
    return handout_sheet(built, handout, with_page(project, handout))


GEL = Term.model_validate({
    "id": "gel", "refs": [], "term": "Gel", "category": "product", "definition": "A network.", "patient": "A soft mass.",
})  # fmt: skip


def with_page(project: Project, *handouts: Handout, path: str = "some/page.md") -> Project:
    """The project with one page, one term and these handouts only."""
    page = Page(path, project.pages[0].meta, "", 1)
    data = replace(
        project.data, handouts=HandoutsFile.model_construct(handouts=list(handouts)), glossary=GlossaryFile(terms=[GEL])
    )
    return replace(project, pages=(page,), data=data)


def parts(source: str) -> list[lxml.html.HtmlElement]:
    return list(lxml.html.fragments_fromstring(source))


def cited(numbers: dict[str, int]) -> str:
    return "".join(f'<a href="#{name}">{number}</a>, ' for name, number in numbers.items())


def test_sources_are_numbered_as_the_sheet_cites_them() -> None:
    body = parts(
        f'<p>A<sup class="cite">{cited({"ref-x": 7, "ref-y": 3})}</sup></p>'
        f'<p>B<sup class="cite">{cited({"ref-z": 9, "ref-x": 7})}</sup>.</p>'
    )
    assert renumber(body) == {"ref-x": 1, "ref-y": 2, "ref-z": 3}
    assert [part.text_content() for part in body] == ["A1, 2", "B1, 3."], (
        "ascending inside one mark, no comma left over"
    )
    assert [link.get("href") for link in body[1].iter("a")] == ["#ref-x", "#ref-z"]


def test_sources_that_are_known_keep_their_numbers() -> None:
    body = parts(f'<p>A<sup class="cite">{cited({"ref-new": 1, "ref-x": 2})}</sup></p>')
    assert renumber(body, {"ref-x": 5, "ref-w": 6}) == {"ref-x": 5, "ref-w": 6, "ref-new": 3}


def test_citations_go_where_no_list_of_sources_follows() -> None:
    body = parts(f'<p>A<sup class="cite">{cited({"ref-x": 1})}</sup>, then 10<sup>2</sup> B.</p>')
    drop_citations(body)
    assert body[0].text_content() == "A, then 102 B."


def test_terms_explained_on_hover_are_listed_once_and_sorted() -> None:
    body = parts('<p><abbr title="Z.">zeta</abbr> and <abbr title="A.">alpha</abbr>, <abbr title="Z.">Zeta</abbr></p>')
    assert explained_terms(body) == {"Alpha": "A.", "Zeta": "Z."}
    assert not body[0].xpath(".//abbr")
    assert body[0].text_content() == "zeta and alpha, Zeta"


def test_named_terms_are_those_in_the_text_with_the_longest_wording() -> None:
    meanings = {"gel": "Soft.", "carrier gel": "The gel that holds.", "filler": "Fills.", "AGE": "Sugar."}
    body = parts("<p>Carrier gels, of all ages; a non-filler.</p>")
    assert named_terms(body, meanings) == {"Carrier gel": "The gel that holds.", "Gel": "Soft."}


def test_each_meaning_is_listed_once() -> None:
    found = named_terms(parts("<p>Swelling, or edema.</p>"), {"edema": "Water.", "swelling": "Water."})
    assert found == {"Swelling": "Water."}


@pytest.mark.parametrize(
    ("wording", "text", "found"),
    [("gel", "Gels", True), ("gel", "gelatin", False), ("gel", "micro-gel", False), ("CT", "ct", False), ("C.T", "CxT", False)],
)  # fmt: skip
def test_a_term_is_found_as_a_whole_word(wording: str, text: str, found: bool) -> None:
    assert bool(re.search(word_pattern(wording), text)) is found


HANDOUTS = """handouts:
  - id: example
    title: Example
    description: An example.
    audience: [practitioner]
    page: some/page.md
    sections:
      - some/page.md#first
      - some/page.md#frist
    most_pages: 1
"""


def test_an_unknown_heading_is_answered_with_its_line_and_those_that_are_there(
    built: Path, invented: Project, tmp_path: Path
) -> None:
    (tmp_path / "handouts.yml").write_text(HANDOUTS, encoding="utf-8")
    file = read_data_file(tmp_path / "handouts.yml", "docs/data/handouts.yml")
    (row,) = HandoutsFile.model_validate(file.content).handouts
    project = with_page(invented, row)
    project = replace(project, data=replace(project.data, files={"handouts": file}))
    with pytest.raises(ContentError) as stopped:
        all_sheets(built, project)
    assert str(stopped.value) == (
        "docs/data/handouts.yml:9: example: sections: docs/some/page.md has no heading 'frist'; "
        "there are: intro, first, second"
    )


def test_a_page_that_is_not_built_is_named(built: Path, invented: Project) -> None:
    with pytest.raises(ExtractionError, match=r"other/page\.md: no built page at .*; build the pages first"):
        made_of(built, invented, sections=["other/page.md#first"])


def test_a_handout_prints_its_sections_in_its_own_order(built: Path, invented: Project) -> None:
    body = lxml.html.fromstring(made_of(built, invented, sections=["some/page.md#second", "some/page.md#first"]).body)
    assert [heading.text_content() for heading in body.iter("h2")] == ["Second", "First"]
    assert "Above" not in body.text_content()
    # The sheet cites A first, and gives the sources in that order.
    assert body.xpath("string(//*[@class='short-sources'])") == "Sources: 1\u00a0A & Co 2021; 2\u00a0B 2020."


def test_a_whole_page_without_its_long_sources(built: Path, invented: Project) -> None:
    body = lxml.html.fromstring(made_of(built, invented).body)
    assert [heading.text_content() for heading in body.iter("h2")] == ["First", "Second"]
    assert "Above" in body.text_content()
    assert body.text_content().rstrip().endswith("Foot.")
    assert not body.xpath("//abbr")


def test_a_patient_sheet_lists_its_words_and_no_sources(built: Path, invented: Project) -> None:
    body = lxml.html.fromstring(made_of(built, invented, audience=["patient"], sources="none").body)
    assert not body.xpath("//sup")
    assert not body.xpath("//*[@class='short-sources']")
    assert body.xpath("string(//section[@class='terms'])") == "Words on this sheetGelA soft mass."


# --- which prints there are ----------------------------------------------------------------------


def prints_of(project: Project) -> list[tuple[str, str]]:
    (page,) = project.pages
    return [tuple(found) for found in page_prints(Contexts(project).of(page.path, page_url(page.path)))]


def handout(**given: object) -> Handout:
    return Handout.model_validate({
        "id": "example", "refs": [], "title": "Example", "description": "An example.", "audience": ["practitioner"],
        "page": "handouts/example.md", "most_pages": 1, **given,
    })  # fmt: skip


def test_a_page_without_a_sheet_of_its_own_is_printed_whole_on_both_papers(built: Path, invented: Project) -> None:
    project = with_page(invented)
    assert [(sheet.slug, sheet.kind, sheet.papers) for sheet in all_sheets(built, project)] == [
        ("some-page", "page", ("a4", "letter"))
    ]
    assert prints_of(project) == [("A4", "pdf/some-page-a4.pdf"), ("Letter", "pdf/some-page-letter.pdf")]


def test_the_page_of_a_sheet_is_printed_as_that_sheet_on_its_papers(built: Path, invented: Project) -> None:
    (built / "some").rename(built / "handouts")
    (built / "handouts/page").rename(built / "handouts/example")
    for papers, offered in (
        (["letter"], [("Letter", "pdf/example-letter.pdf")]),
        (["letter", "a4"], [("Letter", "pdf/example-letter.pdf"), ("A4", "pdf/example-a4.pdf")]),
    ):
        project = with_page(invented, handout(papers=papers), path="handouts/example.md")
        (sheet,) = all_sheets(built, project)
        assert (sheet.slug, sheet.kind, list(sheet.papers)) == ("example", "handout", papers)
        assert prints_of(project) == offered


def test_a_sheet_that_is_not_to_be_published_is_not_printed(built: Path, invented: Project) -> None:
    (built / "some").rename(built / "handouts")
    (built / "handouts/page").rename(built / "handouts/example")
    project = with_page(invented, handout(verified=False, publish=False), path="handouts/example.md")
    assert [(sheet.slug, sheet.kind) for sheet in all_sheets(built, project)] == [("handouts-example", "page")]


def test_what_stands_on_the_page_only_goes_with_the_space_before_it(built: Path, invented: Project) -> None:
    page = built / "some/page/index.html"
    words = "<p>A <b>line</b> <span data-sheet='off'>x</span></p><p>B <i data-sheet='off'>x</i></p>"
    kept = "<p>C <i data-sheet='off'>x</i> d.</p>"
    page.write_text(PAGE.replace("<p>One.", f"{words}{kept}<p>One."), encoding="utf-8")
    sheet = handout_sheet(built, example(), with_page(invented, example()))
    assert "<p>A <b>line</b></p><p>B</p><p>C  d.</p>" in sheet.body


def test_the_numbers_of_sources_stay_together(built: Path, invented: Project) -> None:
    body = handout_sheet(built, example(), with_page(invented, example())).body
    assert lxml.html.fromstring(body).xpath("string(.//section[2]//sup)") == "\N{WORD JOINER}1,\N{NO-BREAK SPACE}2"


def example() -> Handout:
    return handout(page="some/page.md", sections=["some/page.md#first", "some/page.md#second"])
