"""The search box in a real browser: what people type, and the page that must come first."""

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import lxml.html
import pytest
from playwright.sync_api import Browser, Page, expect

# Query, place of the first result, words that its excerpt must show.
QUERIES = [
    ("decollete", "technique/by-region/", "Décolleté"),
    ("décolleté", "technique/by-region/", "Décolleté"),
    ("décolletage", "technique/by-region/", "Décolleté"),
    ("neck ratio", "technique/by-region/", "Ratio product : diluent"),
    ("hands", "technique/by-region/", "hand"),
    ("calcium hydroxyapatite", "product/at-a-glance/", "calcium"),
    ("hydroxylapatite", "product/at-a-glance/", "hydroxylapatite"),
    ("Radiesse", "product/at-a-glance/", "Radiesse"),
    ("CaHA", "product/how-caha-works/", "CaHA"),
    ("how much saline", "technique/preparation-tables/", "saline"),
    ("preparation table", "technique/preparation-tables/", "table"),
    ("dilution", "technique/preparation-tables/", "How much diluent to add"),
    ("1:4", "technique/preparation-tables/?ml=1.5&syringes=1&ratio=1-4", "1:4 Off-label"),
    ("1:2 0.8 mL", "technique/preparation-tables/?ml=0.8&syringes=1&ratio=1-2", "Décolleté only"),
    ("ratio", "technique/by-region/", "ratio"),
    ("reconstitution", "technique/mixing/", "How to mix"),
    ("mixing", "technique/mixing/", "How to mix"),
    ("blanching", "safety/recognizing-a-complication/", "Blanching of the skin: stop"),
    ("stop signs", "safety/recognizing-a-complication/", "Signs"),
    ("hyaluronidase", "safety/recognizing-a-complication/", "hyaluronidase does not dissolve CaHA"),
    ("tear trough", "safety/regions-to-avoid/", "Tear trough"),
    ("aftercare", "technique/aftercare/", "aftercare"),
    ("label status", "product/label-status/", "Label status"),
    ("pdf dilution card", "handouts/dilution-card/", "Dilution and preparation card"),
    ("pdf", "handouts/", "PDF"),
]


@pytest.fixture(scope="module", params=[(1280, 900), (360, 740)], ids=["desktop", "phone"])
def view(request: pytest.FixtureRequest, pages_address: str, browser: Browser) -> Iterator[Page]:
    width, height = request.param
    page = browser.new_page(viewport={"width": width, "height": height})
    page.goto(pages_address)
    opener = page.locator("header [data-opens=__search]").first
    (opener if opener.is_visible() else page.locator(".md-search__input")).click()
    yield page
    page.close()


@pytest.mark.parametrize(("query", "place", "words"), QUERIES, ids=[query for query, _, _ in QUERIES])
def test_the_first_result(view: Page, pages_address: str, query: str, place: str, words: str) -> None:
    box = view.locator(".md-search__input")
    results = view.locator(".md-search-result__item")
    # The program looks at the box when a key is let go.
    box.fill("")
    box.press("End")
    expect(results).to_have_count(0)
    box.fill(query)
    box.press("End")
    results.first.wait_for(timeout=15_000)
    first = results.first
    found = urlsplit(str(first.locator("a").first.get_attribute("href")))
    shown = found._replace(query=found.query.split("h=")[0].rstrip("&"), fragment="").geturl()
    assert shown.removeprefix(pages_address) == place
    # A page that matches only in its sections shows them with their excerpts.
    assert words.lower() in " ".join(first.inner_text().split()).lower()
    assert view.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_result_for_a_region_leads_to_its_section(pages_address: str, browser: Browser) -> None:
    view = browser.new_page(viewport={"width": 1280, "height": 900})
    view.goto(pages_address)
    view.locator(".md-search__input").click()
    view.keyboard.type("decollete")
    view.locator(".md-search-result__item").first.locator("a[href*='#decollete']").first.click()
    view.wait_for_url("**/technique/by-region/**#decollete")
    view.close()


def test_the_index_is_loaded_only_by_a_search(pages_address: str, browser: Browser) -> None:
    view = browser.new_page(viewport={"width": 1280, "height": 900})
    asked: list[str] = []
    view.on("request", lambda request: asked.append(urlsplit(request.url).path))
    view.goto(pages_address, wait_until="networkidle")
    view.locator(".md-search__input").click()
    assert "/search/pages.json" not in asked
    with view.expect_response("**/search/pages.json"):
        view.keyboard.type("neck")
    view.close()


def test_the_index_holds_every_table_and_stays_small(pages_site: Path) -> None:
    index = pages_site / "search" / "pages.json"
    assert index.stat().st_size < 650_000
    assert (pages_site / "search" / "search_index.json").stat().st_size < 1_000, "every page loads this one"
    docs = json.loads(index.read_text(encoding="utf-8"))["docs"]
    texts: dict[str, str] = {}
    for doc in docs:
        place = doc["location"].split("#")[0].split("?")[0]
        shown = lxml.html.fragment_fromstring(f"<div>{doc['title']} {doc['text']}</div>")
        texts[place] = texts.get(place, "") + shown.text_content()
    for path in sorted(pages_site.rglob("index.html")):
        place = path.parent.relative_to(pages_site).as_posix().removeprefix(".")
        if place.startswith("handouts"):
            continue
        page = lxml.html.parse(str(path))
        for part in page.xpath("//article//table/caption | //article//tbody/tr/th"):
            for note in part.xpath(".//sup[contains(@class,'cite')]"):
                note.drop_tree()
            for words in part.itertext():
                line = " ".join(words.replace("\N{NO-BREAK SPACE}", " ").split())
                assert line in texts[f"{place}/"], f"{place}: '{line}' of '{part.text_content()}' cannot be found"


def test_words_of_neighboring_cells_stay_apart(pages_site: Path) -> None:
    docs = json.loads((pages_site / "search" / "pages.json").read_text(encoding="utf-8"))["docs"]
    table = next(doc["text"] for doc in docs if doc["location"].endswith("#one-syringe-holds-15-ml"))
    row = next(line for line in table.split("<p>") if line.startswith("1:4"))
    assert row.startswith("1:4 Off-label (US, EU) · + 6 = 7.5 mL · + 12 = 15 mL")


TARGETS = {
    "the preparation table": "technique/preparation-tables/index.html",
    "the ratios of a region": "technique/by-region/index.html",
    "the stop signs": "safety/recognizing-a-complication/index.html",
    "label status": "product/label-status/index.html",
    "aftercare": "technique/aftercare/index.html",
    "a PDF": "pdf/",
}


@pytest.mark.parametrize("target", TARGETS)
def test_two_clicks_from_the_home_page(pages_site: Path, target: str) -> None:
    first = _links(pages_site / "index.html", pages_site)
    second = set().union(*(_links(pages_site / page, pages_site) for page in first if page.endswith("index.html")))
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
