"""The search box in a real browser: what people type, and the page that must come first."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import lxml.html
import pytest
import yaml
from playwright.sync_api import Browser, Locator, Page, expect

from macros.content.project import Project
from macros.content.rows.product import Presentation

from ..projects import ROOT

# On the real site: query, and the page of the first result. A page comes first by its title, or by the `words` of its
# front matter and `searched_as` of the glossary.
QUERIES = [
    ("decollete", "regions/decolletage/"),
    ("décolleté", "regions/decolletage/"),
    ("décolletage", "regions/decolletage/"),
    ("neck ratio", "regions/neck/"),
    ("hands", "regions/hands/"),
    ("calcium hydroxyapatite", "product/at-a-glance/"),
    ("hydroxylapatite", "product/at-a-glance/"),
    ("Radiesse", "product/at-a-glance/"),
    ("CaHA", "product/how-caha-works/"),
    ("how much saline", "technique/preparation-tables/"),
    ("preparation table", "technique/preparation-tables/"),
    ("dilution", "technique/preparation-tables/"),
    ("ratio", "regions/"),
    ("reconstitution", "technique/mixing/"),
    ("mixing", "technique/mixing/"),
    ("blanching", "safety/recognizing-a-complication/"),
    ("stop signs", "safety/recognizing-a-complication/"),
    ("hyaluronidase", "safety/recognizing-a-complication/"),
    ("tear trough", "regions/tear-trough/"),
    ("aftercare", "technique/aftercare/"),
    ("label status", "product/label-status/"),
    ("pdf dilution card", "handouts/dilution-card/"),
    ("pdf", "handouts/"),
]
# On the invented site: query, place of the first result, words that its excerpt must show.
INVENTED = [
    ("how much saline", "technique/preparation-tables/", "Preparation tables"),
    ("1:5", "technique/preparation-tables/?ml=2&syringes=1&ratio=1-5", "1:5 Off-label"),
    ("1:3 2 mL", "technique/preparation-tables/?ml=2&syringes=1&ratio=1-3", "Only décolleté"),
    ("tesstgel", "technique/by-region/", "Testgel"),
    ("invented vessel", "safety/recognizing-a-complication/", "An invented vessel can be blocked"),
]
# On the invented site: ways to type the same, which must find the same.
ALIKE = {
    "a number and its unit": ["2 mL", "2mL", "2ml", "2\u00a0mL", "2cc", "2.0 mL", "2-mL"],
    "a ratio": ["1:3", "1 : 3", "1∶3", "１：３"],
    "accents": ["décolleté", "de\u0301collete\u0301", "decollete", "DÉCOLLETÉ"],
    "quotation marks": ["neck", "“neck”", '"neck"', "neck’s", "neck's"],
    "signs that search programs take for commands": [
        "signs",
        "signs:",
        "+signs",
        "-signs",
        "signs~",
        "^signs",
        "signs*",
    ],
}
# On the invented site: a slip, the words that are meant, and the page that they lead to.
SLIPS = [
    ("tesgtel", "Testgel", "technique/by-region/"),
    ("decoleté", "Décolleté", "technique/by-region/"),
    ("preperation", "Preparation", "technique/preparation-tables/"),
    ("preparationtables", "Preparation tables", "technique/preparation-tables/"),
    ("mid-face", "Midface", "technique/by-region/"),
    ("mid face", "Midface", "technique/by-region/"),
    ("neck preperation", "neck Preparation", "technique/preparation-tables/"),
]
# A browser that refuses storage, as Chrome with all cookies blocked; then one that does not even let itself be mended.
REFUSED = """for (const name of ["localStorage", "sessionStorage"]) Object.defineProperty(window, name, {
  get() { throw new DOMException("Access is denied for this document.", "SecurityError"); }, configurable: CONFIGURABLE
});"""
# Of each painted range: its words, what stands before and behind it, and whether a source's number is painted.
PAINTED = """() => [...(CSS.highlights.get("found") ?? [])].filter((range) => range.startContainer.isConnected).map(
  ({ startContainer: node, startOffset, endOffset }) => [
    node.data.slice(startOffset, endOffset), node.data.slice(0, startOffset).slice(-2),
    node.data.slice(endOffset).slice(0, 2), Boolean(node.parentElement.closest(".cite")),
  ],
)"""


def open_search(browser: Browser, address: str, width: int, height: int) -> Page:
    page = browser.new_page(viewport={"width": width, "height": height})
    page.goto(address)
    opener = page.locator("header [data-opens=__search]").first
    (opener if opener.is_visible() else page.locator(".md-search__input")).click()
    return page


@pytest.fixture(scope="module")
def real_box(real_address: str, browser: Browser) -> Iterator[Page]:
    page = open_search(browser, real_address, 1280, 900)
    yield page
    page.close()


@pytest.fixture(scope="module", params=[(1280, 900), (360, 740)], ids=["desktop", "phone"])
def box(request: pytest.FixtureRequest, address: str, browser: Browser) -> Iterator[Page]:
    page = open_search(browser, address, *request.param)
    yield page
    page.close()


def type_query(page: Page, query: str) -> Locator:
    """Type a query into the box, which is empty before; returns its results, of which there is one at least."""
    typed = page.locator(".md-search__input")
    results = page.locator(".md-search-result__item")
    # The program looks at the box when a key is let go.
    typed.fill("")
    typed.press("End")
    expect(results).to_have_count(0)
    typed.fill(query)
    typed.press("End")
    results.first.wait_for(timeout=15_000)
    return results


@pytest.fixture(scope="module")
def wide(address: str, browser: Browser) -> Iterator[Page]:
    page = open_search(browser, address, 1280, 900)
    yield page
    page.close()


def first_result(page: Page, address: str, query: str) -> tuple[str, str]:
    """Where the first result leads, without the words to highlight, and what it shows."""
    results = type_query(page, query)
    found = urlsplit(str(results.first.locator("a").first.get_attribute("href")))
    shown = found._replace(query=found.query.split("h=")[0].rstrip("&"), fragment="").geturl()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    # A page that matches only in its sections shows them with their excerpts.
    return shown.removeprefix(address), " ".join(results.first.inner_text().split())


@pytest.mark.parametrize(("query", "place"), QUERIES, ids=[query for query, _ in QUERIES])
def test_the_first_result_on_the_real_site(real_box: Page, real_address: str, query: str, place: str) -> None:
    assert first_result(real_box, real_address, query)[0] == place


@pytest.mark.parametrize(("query", "place", "words"), INVENTED, ids=[query for query, _, _ in INVENTED])
def test_the_first_result_and_its_excerpt(box: Page, address: str, query: str, place: str, words: str) -> None:
    found, shown = first_result(box, address, query)
    assert found == place
    assert words.lower() in shown.lower()


def test_every_ratio_leads_to_a_page_that_prints_it(
    real_box: Page, real_address: str, real: Project, site: Path
) -> None:
    for row in real.data.ratios():
        ratio = f"{row.product_parts:g}:{row.diluent_parts:g}"
        place, shown = first_result(real_box, real_address, ratio)
        page = lxml.html.parse(str(site / urlsplit(place).path / "index.html")).find(".//article")
        whole = rf"(?<![\d.:]){re.escape(ratio)}(?![\d:]|\.\d)"
        assert re.search(whole, page.text_content()), f"{ratio} leads to {place}"
        assert re.search(whole, shown)


def test_every_ratio_of_a_syringe_leads_to_its_row_on_the_real_site(
    real_box: Page, real_address: str, real: Project
) -> None:
    volume = f"{real.data.one(real.data.preparations.presentations[0], Presentation).volume_ml:g}"
    for row in real.data.ratios():
        ratio = f"{row.product_parts:g}:{row.diluent_parts:g}"
        place, shown = first_result(real_box, real_address, f"{ratio} {volume} mL")
        assert place == f"technique/preparation-tables/?ml={volume}&syringes=1&ratio={ratio.replace(':', '-')}"
        assert ratio in shown


def test_the_result_for_a_region_leads_to_its_section(address: str, browser: Browser) -> None:
    view = open_search(browser, address, 1280, 900)
    view.keyboard.type("decollete")
    view.locator(".md-search-result__item a[href*='#decollete']").first.click()
    view.wait_for_url("**/technique/by-region/**#decollete")
    view.close()


def test_the_index_is_loaded_only_by_a_search(address: str, browser: Browser) -> None:
    view = browser.new_page(viewport={"width": 1280, "height": 900})
    asked: list[str] = []
    view.on("request", lambda request: asked.append(urlsplit(request.url).path))
    view.goto(address, wait_until="networkidle")
    view.locator(".md-search__input").click()
    assert "/search/pages.json" not in asked
    with view.expect_response("**/search/pages.json"):
        view.keyboard.type("neck")
    view.close()


# --- words --------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ALIKE)
def test_however_it_is_typed_the_same_is_found(wide: Page, address: str, kind: str) -> None:
    found = {
        way: (first_result(wide, address, way), wide.locator(".md-search-result__meta").inner_text())
        for way in ALIKE[kind]
    }
    assert len(set(found.values())) == 1, found
    assert "Did you mean" not in found[ALIKE[kind][0]][0][1]


@pytest.mark.parametrize(("query", "meant", "place"), SLIPS, ids=[query for query, _, _ in SLIPS])
def test_a_slip_leads_to_what_is_meant_and_says_so(
    wide: Page, address: str, query: str, meant: str, place: str
) -> None:
    found, shown = first_result(wide, address, query)
    assert found == place
    # In the singular or the plural, whichever the pages have more often.
    wanted = re.escape(meant.lower()).replace("preparation", "preparations?")
    assert re.match(rf"did you mean “{wanted}”\?", shown.lower()), shown


def test_what_resembles_nothing_finds_nothing(wide: Page) -> None:
    type_query(wide, "neck")
    wide.locator(".md-search__input").fill("xqztvw")
    wide.locator(".md-search__input").press("End")
    expect(wide.locator(".md-search-result__meta")).to_have_text("No matching documents")


@pytest.mark.parametrize(
    ("query", "painted"), [("1:3", {"1:3"}), ("3", {"3"}), ("2mL", {"2 mL"}), ("decoll", {"décolleté", "Décolleté"})]
)
def test_whole_words_are_painted_or_none(view: Page, address: str, query: str, painted: set[str]) -> None:
    """In the results, and on the page that the first one leads to; never the digits of other numbers."""
    view.goto(address)
    view.locator(".md-search__input").click()
    results = type_query(view, query)
    marks = {mark.replace("\u00a0", " ") for mark in results.locator("mark").all_text_contents()}
    assert marks <= painted
    assert marks or query == "3"
    view.goto(
        f"{address}technique/preparation-tables/?{urlsplit(results.first.locator('a').first.get_attribute('href')).query}"
    )
    ranges = view.evaluate(PAINTED)
    assert {words.replace("\u00a0", " ") for words, *_ in ranges} & painted
    for words, before, behind, cited in ranges:
        assert words.replace("\u00a0", " ") in painted
        assert not re.search(r"[\w:]$|\d\.$", before), f"{before}{words}"
        assert not re.match(r"\w|[:.]\d", behind), f"{words}{behind}"
        assert not cited


def test_the_normal_form_of_words(view: Page) -> None:
    cases = yaml.safe_load(Path(__file__).with_name("search_words.yml").read_text(encoding="utf-8"))
    view.add_script_tag(path=ROOT / "docs/assets/search-words.js")

    def words_of(text: str) -> list[dict[str, Any]]:
        return view.evaluate("text => searchWords(text)", text)

    for case in cases["alike"]:
        for text in case["texts"]:
            found = words_of(text)
            assert [word["word"] for word in found if not word["part"]] == case["words"], text
            assert all(0 <= word["start"] <= word["end"] <= len(text) for word in found)
    for case in cases["words"]:
        found = words_of(case["text"])
        assert [f"({word['word']})" if word["part"] else word["word"] for word in found] == case["words"]


# --- what a browser refuses ---------------------------------------------------------------------


def test_the_search_works_without_storage(view: Page, address: str) -> None:
    view.add_init_script(REFUSED.replace("CONFIGURABLE", "true"))
    view.goto(address)
    view.locator(".md-search__input").click()
    assert first_result(view, address, "preparation tables")[0] == "technique/preparation-tables/"


@pytest.mark.parametrize(
    ("refused", "why"),
    [(REFUSED.replace("CONFIGURABLE", "false"), "this browser refuses storage"), ("", "its program did not come")],
    ids=["storage", "program"],
)
def test_a_search_that_cannot_start_says_why(view: Page, address: str, refused: str, why: str) -> None:
    view.add_init_script(refused)
    view.route("**/bundle.*.js", lambda route: route.abort())
    view.goto(address)
    view.mouse.move(300, 300)
    view.mouse.move(310, 310)
    box = view.locator(".md-search__input")
    expect(box).to_have_attribute("placeholder", f"No search: {why}")
    expect(box).to_be_disabled()
    expect(view.locator(".md-search-result__meta")).to_have_text(f"No search: {why}")


def test_without_network_the_search_says_so_and_works_afterwards(browser: Browser, address: str) -> None:
    view = browser.new_page(service_workers="block", viewport={"width": 1280, "height": 900})
    view.goto(address)
    view.route("**/search/pages.json", lambda route: route.abort())
    view.locator(".md-search__input").click()
    assert "There is no network" in type_query(view, "neck").first.inner_text()
    view.unroute_all()
    assert first_result(view, address, "neck")[0] == "technique/by-region/"
    view.close()


# --- the index ----------------------------------------------------------------------------------


@pytest.mark.parametrize("built", ["site", "invented_site"])
def test_the_index_holds_every_table_and_stays_small(request: pytest.FixtureRequest, built: str) -> None:
    site: Path = request.getfixturevalue(built)
    index = site / "search" / "pages.json"
    # About what a page says, once: a table is not there three times.
    pages = len(list(site.rglob("index.html")))
    assert index.stat().st_size < 16_000 * pages
    assert (site / "search" / "search_index.json").stat().st_size < 1_000, "every page loads this one"
    docs = json.loads(index.read_text(encoding="utf-8"))["docs"]
    texts: dict[str, str] = {}
    for doc in docs:
        place = doc["location"].split("#")[0].split("?")[0]
        shown = lxml.html.fragment_fromstring(f"<div>{doc['title']} {doc['text']}</div>")
        texts[place] = texts.get(place, "") + shown.text_content()
    for path in sorted(site.rglob("index.html")):
        place = path.parent.relative_to(site).as_posix().removeprefix(".")
        if place.startswith("handouts"):
            continue
        page = lxml.html.parse(str(path))
        for part in page.xpath("//article//table/caption | //article//tbody/tr/th"):
            for note in part.xpath(".//sup[contains(@class,'cite')]"):
                note.drop_tree()
            for words in part.itertext():
                line = " ".join(words.replace("\N{NO-BREAK SPACE}", " ").split())
                assert line in texts[f"{place}/"], f"{place}: '{line}' of '{part.text_content()}' cannot be found"


def test_words_of_neighboring_cells_stay_apart(invented_site: Path) -> None:
    docs = json.loads((invented_site / "search" / "pages.json").read_text(encoding="utf-8"))["docs"]
    table = next(doc["text"] for doc in docs if doc["location"].endswith("#large-syringe"))
    row = next(line for line in table.split("<p>") if line.startswith("1:5"))
    assert row.startswith("1:5 Off-label (US, EU) · + 10 = 12 mL · + 20 = 24 mL")


# --- ways ---------------------------------------------------------------------------------------

TARGETS = {
    "the preparation table": "technique/preparation-tables/index.html",
    "the ratios of a region": "regions/neck/index.html",
    "the stop signs": "safety/recognizing-a-complication/index.html",
    "label status": "product/label-status/index.html",
    "aftercare": "technique/aftercare/index.html",
    "a PDF": "pdf/",
}


@pytest.mark.parametrize("target", TARGETS)
def test_two_clicks_from_the_home_page(site: Path, target: str) -> None:
    first = _links(site / "index.html", site)
    second = set().union(*(_links(site / page, site) for page in first if page.endswith("index.html")))
    assert any(link.startswith(TARGETS[target]) for link in first | second)


def _links(page: Path, site: Path) -> set[str]:
    """Where the links of a page lead, as paths below the site; the links of its menu among them."""
    found = set()
    for href in lxml.html.parse(str(page)).xpath("//body//a/@href"):
        parts = urlsplit(str(href))
        if parts.scheme or not parts.path:
            continue
        target = (page.parent / parts.path).resolve()
        target = target / "index.html" if target.is_dir() else target
        if target.is_relative_to(site.resolve()):
            found.add(target.relative_to(site.resolve()).as_posix())
    return found
