"""Evidence on every line: rows and paragraphs with figures carry a source that resolves."""

import re
from pathlib import Path

import lxml.html
import pytest

from macros.content.addresses import page_url, resolve
from macros.content.load import Data
from macros.content.pages import Page

NBSP = "\u00a0"
# Tables whose rows are not statements about the world: worked out, or about this site itself.
NOT_EVIDENCE = {"changes-table", "strength-table"}
CITED = ".//sup[@class='cite']/a/@href"


@pytest.fixture(scope="session")
def articles(site: Path, pages: list[Page]) -> dict[str, lxml.html.HtmlElement]:
    return {
        page.path: lxml.html.parse(str(site / page_url(page.path) / "index.html")).xpath("//article")[0]
        for page in pages
    }


def words(element: lxml.html.HtmlElement) -> str:
    return " ".join("".join(element.itertext()).replace(NBSP, " ").split())


def test_every_row_of_every_data_table_carries_a_source_that_resolves(articles) -> None:
    rows = 0
    homes = {page_url(path): tree for path, tree in articles.items()}
    for path, tree in articles.items():
        listed = set(tree.xpath(".//ol[@class='references']/li/@id"))
        for block in tree.xpath(".//div[contains(@data-block,'-table')]"):
            if block.get("data-block") in NOT_EVIDENCE:
                continue
            for row in block.xpath(".//tbody/tr"):
                rows += 1
                cited = row.xpath(CITED)
                if not cited and block.xpath("./table[contains(@class,'regions-index')]"):
                    # The index of the regions cites above its rows; each leads to a page whose box cites again.
                    cited = block.xpath(f"./table/caption{CITED.removeprefix('.')}")
                    (leads,) = row.xpath("./th/a/@href")
                    box = homes[resolve(leads, page_url(path))].xpath(".//*[@data-region]")[0]
                    assert box.xpath(CITED), f"{path}: {words(row)[:90]}"
                cited = [link.removeprefix("#") for link in cited]
                assert cited, f"{path}: no source: {words(row)[:90]}"
                assert set(cited) <= listed, f"{path}: {words(row)[:90]}"
    assert rows > 0


def test_every_line_of_every_safety_list_carries_a_source(articles) -> None:
    for path, tree in articles.items():
        for item in tree.xpath(".//*[contains(@class,'safety')]//li | .//div[@data-block='facts']//li"):
            assert item.xpath(".//sup[@class='cite']/a"), f"{path}: {words(item)[:90]}"


FIGURE = re.compile(
    r"\d[\d.,]*(?:\u2013[\d.,]+)? ?(?:%|mm|mL|µm|weeks|months|people|women|adults|G\b|°C)|\b\d+ (?:of|in) \d+"
)
# Pages about this site, and rules for reading it, state figures about nothing in the world.
OWN_PAGES = {"reference/about.md", "reference/downloads.md", "reference/changes.md", "reference/claims.md",
             "reference/open-questions.md", "reference/sources.md", "reference/glossary.md"}  # fmt: skip


def test_every_paragraph_that_states_a_figure_carries_a_source(articles) -> None:
    missing = []
    for path, tree in articles.items():
        if path in OWN_PAGES:
            continue
        for element in tree.xpath(".//p | .//li"):
            if element.xpath(
                "ancestor::*[@data-block or @data-print-status] | ancestor::header | ancestor::footer | .//p | ancestor::li"
            ):
                continue
            text = words(element)
            if FIGURE.search(text) and not element.xpath(".//sup[@class='cite']/a"):
                missing.append(f"{path}: {text[:140]}")
    assert missing == []


def test_every_protocol_row_and_claim_has_a_strength(articles, data: Data) -> None:
    for path, tree in articles.items():
        for kind in ("protocol", "claims"):
            for row in tree.xpath(f".//div[@data-block='{kind}-table']//tbody/tr"):
                assert re.search(r"strength(?: of the correction)?: (strong|moderate|emerging|limited)", words(row)), (
                    f"{path}: {words(row)[:80]}"
                )
    assert "How sure a statement is: the scale of this site" in words(articles["reference/about.md"])


def test_the_ledger_gives_verdict_and_source_for_every_claim(articles, data: Data) -> None:
    rows = articles["reference/claims.md"].xpath(".//div[@data-block='claims-table']//tbody/tr")
    assert [row.get("data-row") for row in rows] == [row.id for row in data.claims.claims if row.publish]
    for row in rows:
        assert row.get("data-group")
        assert row.xpath(".//sup[@class='cite']/a") or "no source found" in words(row).lower()


def test_no_gap_is_blank(articles) -> None:
    for path, tree in articles.items():
        for cell in tree.xpath(".//table//td"):
            # Below the studies of a region stands what an empty cell means.
            note = cell.xpath(
                "ancestor::div[@data-block='protocol-table']/following::*[@data-block!='protocol-table'][1][@data-block='region-note']"
            )
            if note and "What a row leaves out, the text that was read does not state." in words(note[0]):
                continue
            # Of a region that is not to be treated the index tells no ratio: it would be taken for one to use.
            if cell.xpath("ancestor::table[contains(@class,'regions-index')]") and cell.get("data-label") == "Studied":
                assert words(cell) or words(cell.getnext()) == "Do not treat", words(cell.getparent())
                continue
            assert words(cell), f"{path}: an empty cell beside {words(cell.getparent()[0])[:60]}"


def test_sources_page_lists_all_with_kind_and_use(articles, data: Data) -> None:
    items = articles["reference/sources.md"].xpath(".//div[@data-block='sources']//li")
    assert {item.get("id") for item in items} == {f"source-{key}" for key in data.references}
    used = set()
    for item in items:
        assert item.get("data-group")
        assert "Used on: " in words(item) or "Used in the data files only" in words(item)
        if "Used on: " in words(item):
            used.add(item.get("id").removeprefix("source-"))
    assert used == {
        name.removeprefix("ref-")
        for tree in articles.values()
        for name in tree.xpath(".//ol[@class='references']/li/@id")
    }


def test_terms_are_explained_once_on_a_page(articles) -> None:
    explained = 0
    for path, tree in articles.items():
        seen = [item.text_content().lower() for item in tree.xpath(".//abbr[@title and @tabindex='0']")]
        assert len(seen) == len(set(seen)), path
        explained += len(seen)
    assert explained > 0


def test_patients_read_the_plain_words(articles, data: Data) -> None:
    plain = {term.patient for term in data.glossary.terms if term.patient}
    for path, tree in articles.items():
        if path.startswith("patients/"):
            for item in tree.xpath(".//abbr/@title"):
                assert item.replace(NBSP, " ") in plain, path
