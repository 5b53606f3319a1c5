"""From articles to sheets: order of sources, words to explain, sections that must exist."""

import re
from pathlib import Path

import lxml.html
import pytest

from macros.content.pages import Page
from macros.content.rows.editorial import Handout
from macros.printing.printable_page import ExtractionError
from macros.printing.sheets import drop_citations, explained_terms, handout_sheet, named_terms, renumber, word_pattern

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


def made_of(built: Path, pages: list[Page], **given: object):
    handout = Handout.model_validate({
        "id": "example", "refs": [], "verified": True, "title": "Example", "description": "An example.",
        "audience": ["practitioner"], "page": "some/page.md", "most_pages": 1, **given,
    })  # fmt: skip
    page = Page("some/page.md", pages[0].meta, "")
    return handout_sheet(built, handout, {page.path: page}, {"gel": "A soft mass."})


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


def test_an_unknown_heading_is_answered_with_those_that_are_there(built: Path, pages: list[Page]) -> None:
    with pytest.raises(ExtractionError) as stopped:
        made_of(built, pages, sections=["some/page.md#frist"])
    assert str(stopped.value) == (
        "docs/data/handouts.yml: example: sections: docs/some/page.md has no heading 'frist'; "
        "there are: intro, first, second"
    )


def test_a_page_that_is_not_built_is_named(built: Path, pages: list[Page]) -> None:
    with pytest.raises(ExtractionError, match=r"other/page\.md: no built page at .*; build the pages first"):
        made_of(built, pages, sections=["other/page.md#first"])


def test_a_handout_prints_its_sections_in_its_own_order(built: Path, pages: list[Page]) -> None:
    body = lxml.html.fromstring(made_of(built, pages, sections=["some/page.md#second", "some/page.md#first"]).body)
    assert [heading.text_content() for heading in body.iter("h2")] == ["Second", "First"]
    assert "Above" not in body.text_content()
    # The sheet cites A first, and gives the sources in that order.
    assert body.xpath("string(//*[@class='short-sources'])") == "Sources: 1\u00a0A & Co 2021; 2\u00a0B 2020."


def test_a_whole_page_without_its_long_sources(built: Path, pages: list[Page]) -> None:
    body = lxml.html.fromstring(made_of(built, pages).body)
    assert [heading.text_content() for heading in body.iter("h2")] == ["First", "Second"]
    assert "Above" in body.text_content()
    assert body.text_content().rstrip().endswith("Foot.")
    assert not body.xpath("//abbr")


def test_a_patient_sheet_lists_its_words_and_no_sources(built: Path, pages: list[Page]) -> None:
    body = lxml.html.fromstring(made_of(built, pages, audience=["patient"], sources="none").body)
    assert not body.xpath("//sup")
    assert not body.xpath("//*[@class='short-sources']")
    assert body.xpath("string(//section[@class='terms'])") == "Words on this sheetGelA soft mass."
