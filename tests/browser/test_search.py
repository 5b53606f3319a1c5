"""The search box in a real browser: what people type, and the page that must come first."""

import json
import re
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import lxml.html
import pytest
import yaml
from playwright.sync_api import Browser, Locator, Page, expect

from macros.content.addresses import page_url
from macros.content.rows.product import Presentation
from macros.publishing.search_index import region_names
from macros.rendering.typeset import ratio

from ..projects import ROOT
from .conftest import new_page

Item = dict[str, Any]
# The normal form of words; and what people type on the real site, by the page of the first result.
WORDS = yaml.safe_load(Path(__file__).with_name("search_words.yml").read_text(encoding="utf-8"))
# What is true of any content: address and project.
SITES = [("real_address", "real"), ("address", "invented")]
# On the invented site: query, place of the first result, words that its excerpt must show.
INVENTED = [
    ("how much saline", "technique/preparation-tables/", "Preparation tables"),
    ("1:5", "technique/preparation-tables/?ml=2&syringes=1&ratio=1-5", "1:5 Off-label"),
    ("1:3 2 mL", "technique/preparation-tables/?ml=2&syringes=1&ratio=1-3", "Only décolleté"),
    ("tesstgel", "technique/by-region/", "Testgel"),
    ("invented vessel", "safety/recognizing-a-complication/", "An invented vessel can be blocked"),
    ("1:4", "technique/preparation-tables/", "No row for 1:4. Nearest: 1:3 and 1:5"),
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
# The search program by itself: all queries in one go, of the site's own index, or of documents that are given.
ASK = """async ([program, docs, queries]) => {
  const worker = new Worker(program);
  const answer = (message) => new Promise((resolve) => {
    worker.onmessage = ({ data }) => resolve(data.data);
    worker.postMessage(message);
  });
  await answer({ type: 0, data: { docs } });
  const found = [];
  for (const data of queries) found.push((await answer({ type: 2, data })).items);
  worker.terminate();
  return found;
}"""
# Documents as those of the index: two pages of regions, one with a section, a page beside them, and preparation tables.
DOCS: list[dict[str, Any]] = [
    {"location": "lips/", "title": "Lips", "text": "<p>Do not treat.</p>", "region": ["Lips (red part)", "lip"]},
    {"location": "lines/", "title": "Lines", "text": "", "region": ["Perioral lines", "lip lines", "mouth corners"]},
    {"location": "lines/#harms", "title": "Harms", "text": "<p>Nodules were seen.</p>"},
    {"location": "lip/", "title": "Lip lip lip", "text": "<p>Lip lines, and blanching of the lips.</p>", "boost": 10},
    {"location": "chin/", "title": "The chin at 1:4", "text": "", "boost": 10},
    {
        "location": "tables/",
        "title": "Tables",
        "text": "<p>From 1:7 on nobody looked. 10⁶ cells, 106 people.</p>",
        "ratios": {"rows": ["1:2", "1:4", "1:6", "1:8"], "studied": "1:6"},
    },
    *(
        {"location": f"tables/?ratio=1-{n}", "title": f"1:{n} · 2 mL", "text": "", "ratio": f"1:{n}", "boost": 0.6}
        for n in (2, 4, 6, 8)
    ),
]
# Of these documents: query, and the places of all results in their order; of a ratio without a row, what is said.
ANSWERS = {
    # A region's page comes first for its name in any form, the one of which the most words are typed.
    "lip": ["lips/", "lip/", "lines/"],
    "LIPS": ["lips/", "lip/", "lines/"],
    "lip lines": ["lines/", "lip/", "lips/"],
    "the corner of the mouth": ["lines/"],
    # Beside other words when they stand there too, be it in a section; else what holds them goes before.
    "lip lines nodules": ["lines/", "lip/", "lips/"],
    "lip blanching": ["lip/", "lips/", "lines/"],
    # A ratio leads to its row, and to no other one.
    "1:4": ["tables/?ratio=1-4", "chin/"],
    "1:4 2 mL": ["tables/?ratio=1-4", "chin/"],
    "chin 1:5": ["No row for 1:5. Nearest: 1:4 and 1:6; nothing was found beyond 1:6"],
    "1:5": ["No row for 1:5. Nearest: 1:4 and 1:6; nothing was found beyond 1:6"],
    "1:5 2 mL": ["No row for 1:5. Nearest: 1:4 and 1:6; nothing was found beyond 1:6"],
    "1 : 5 lips": ["No row for 1:5. Nearest: 1:4 and 1:6; nothing was found beyond 1:6"],
    "1:7": ["No row for 1:7. Nearest: 1:6 and 1:8; nothing was found beyond 1:6", "tables/"],
    "1:1": ["No row for 1:1. Nearest: 1:2; nothing was found beyond 1:6"],
    "1:20": ["No row for 1:20. Nearest: 1:8; nothing was found beyond 1:6"],
    "2:8": ["No row for 2:8. Nearest: 1:4; nothing was found beyond 1:6"],
    "0:1": [],
    # A power is neither the number that it looks like nor its own digits.
    "10^6": ["tables/"],
    "10⁶": ["tables/"],
    "106": ["tables/"],
    "10^5": [],
    "10": [],
}
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
    page = new_page(browser, viewport={"width": width, "height": height})
    page.goto(address)
    opener = page.locator("header [data-opens=__search]").first
    (opener if opener.is_visible() else page.locator(".md-search__input")).click()
    return page


WIDEST = """() => {
  window.widest = 0;
  const look = () => {
    widest = Math.max(widest, document.documentElement.scrollWidth);
    requestAnimationFrame(look);
  };
  look();
}"""


def test_the_page_stays_as_wide_as_the_phone_while_the_search_opens(address: str, phone: Page) -> None:
    phone.goto(address)
    phone.evaluate(WIDEST)
    phone.locator("header [data-opens=__search]").first.click()
    phone.wait_for_selector("html[data-theme=ready]", state="attached")
    phone.wait_for_timeout(600)
    assert phone.evaluate("widest") == 360


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


def ask(view: Page, address: str, queries: Collection[str], docs: Sequence[Any] = ()) -> dict[str, list[list[Item]]]:
    """What the search program answers to each query: items by page, as it gives them to the theme."""
    view.goto(f"{address}reference/about/")
    found = view.evaluate(ASK, [f"{address}assets/search-worker.js", docs, list(queries)])
    return dict(zip(queries, found, strict=True))


def place_of(items: list[Item]) -> str:
    """The page to which the items of one page lead, without the words to highlight."""
    whole = next((item for item in items if "#" not in item["location"]), items[0])
    found = urlsplit(whole["location"])
    return found._replace(query=re.sub(r"&?h=[^&]*", "", found.query)).geturl()


def words_of(items: list[Item]) -> str:
    return lxml.html.fragment_fromstring(f"<p>{items[0]['title']}</p>").text_content()


@pytest.mark.parametrize(("query", "place", "words"), INVENTED, ids=[query for query, _, _ in INVENTED])
def test_the_first_result_and_its_excerpt(box: Page, address: str, query: str, place: str, words: str) -> None:
    found, shown = first_result(box, address, query)
    assert found == place
    assert words.lower() in shown.lower()


def test_regions_ratios_and_powers_are_answered_by_what_is_meant(view: Page, address: str) -> None:
    answers = ask(view, address, ANSWERS, DOCS)
    shown = {
        query: [words if (words := words_of(items)).startswith("No row") else place_of(items) for items in found]
        for query, found in answers.items()
    }
    assert shown == ANSWERS


def test_what_people_type_leads_to_the_page_that_answers(view: Page, real_address: str) -> None:
    wanted = {query: place for place, queries in WORDS["asked"].items() for query in queries}
    assert len(wanted) >= 26
    answers = ask(view, real_address, wanted)
    assert {query: place_of(found[0]) if found else "nothing" for query, found in answers.items()} == wanted


@pytest.mark.parametrize(("host", "of"), SITES, ids=["real", "invented"])
def test_every_name_of_a_region_leads_to_its_page(
    request: pytest.FixtureRequest, view: Page, host: str, of: str
) -> None:
    address, project = request.getfixturevalue(host), request.getfixturevalue(of)
    wanted: dict[str, set[str]] = {}
    for page in project.pages:
        for name in region_names(page, project.published):
            # As it is printed, in capitals, and in the singular or the plural.
            for form in (name, name.upper(), name.removesuffix("s") if name.endswith("s") else f"{name}s"):
                wanted.setdefault(form, set()).add(page_url(page.path))
    assert wanted or of == "real"
    answers = ask(view, address, wanted)
    wrong = {query: place_of(found[0]) for query, found in answers.items() if place_of(found[0]) not in wanted[query]}
    assert wrong == {}


@pytest.mark.parametrize(("host", "of"), SITES, ids=["real", "invented"])
def test_every_ratio_leads_to_its_row_and_what_has_none_is_told(
    request: pytest.FixtureRequest, view: Page, host: str, of: str
) -> None:
    address, data = request.getfixturevalue(host), request.getfixturevalue(of).data
    volume = f"{data.one(data.preparations.presentations[0], Presentation).volume_ml:g}"
    rows = sorted(data.ratios(), key=lambda row: row.diluent_parts / row.product_parts)
    names = [ratio(row.product_parts, row.diluent_parts) for row in rows]
    between = [
        (low.diluent_parts / low.product_parts + high.diluent_parts / high.product_parts) / 2
        for low, high in pairwise(rows)
    ]
    missing = {
        **{ratio(1, parts): f"{low} and {high}" for parts, (low, high) in zip(between, pairwise(names), strict=True)},
        ratio(1, rows[-1].diluent_parts / rows[-1].product_parts + 1): names[-1],
    }
    studied = [name for name, row in zip(names, rows, strict=True) if row.studied]
    beyond = f"; nothing was found beyond {studied[-1]}" if studied else ""
    answers = ask(
        view,
        address,
        [
            *names,
            *(f"{name} {volume} mL" for name in names),
            *missing,
            *(f"neck {name} {volume} mL" for name in missing),
        ],
    )
    for query, found in answers.items():
        asked = next(word for word in query.split() if ":" in word)
        if asked in names:
            row = urlsplit(place_of(found[0])).query
            assert row.endswith(f"&syringes=1&ratio={asked.replace(':', '-')}"), query
            assert query == asked or row.startswith(f"ml={volume}&"), query
        else:
            assert words_of(found[0]) == f"No row for {asked}. Nearest: {missing[asked]}{beyond}", query
        others = [place_of(items) for items in found if "ratio=" in place_of(items)]
        assert all(place.endswith(f"ratio={asked.replace(':', '-')}") for place in others), query


def test_the_result_for_a_region_leads_to_its_section(address: str, browser: Browser) -> None:
    view = open_search(browser, address, 1280, 900)
    view.keyboard.type("decollete")
    # The page that treats the region comes first, its section among those that open below it.
    result = view.locator(".md-search-result__item").first
    section = result.locator("a[href*='technique/by-region/'][href*='#decollete']")
    section.wait_for(state="attached")
    assert "technique/by-region/" in (result.locator("a").first.get_attribute("href") or "")
    result.locator("details > summary").click()
    section.click()
    view.wait_for_url("**/technique/by-region/**#decollete")
    view.close()


def test_the_index_is_loaded_only_by_a_search(address: str, browser: Browser) -> None:
    view = new_page(browser, viewport={"width": 1280, "height": 900})
    asked: list[str] = []
    view.on("request", lambda request: asked.append(urlsplit(request.url).path))
    view.goto(address, wait_until="networkidle")
    view.locator(".md-search__input").click()
    assert "/search/pages.json" not in asked
    with view.expect_response("**/search/pages.json"):
        view.keyboard.type("neck")
    view.close()


# --- words --------------------------------------------------------------------------------------


def test_however_it_is_typed_the_same_is_found(view: Page, address: str) -> None:
    answers = ask(view, address, [way for ways in ALIKE.values() for way in ways])
    for ways in ALIKE.values():
        places = [[place_of(items) for items in answers[way]] for way in ways]
        assert places[0] and places == [places[0]] * len(ways), ways
        assert not any("Did you mean" in words_of(items) for way in ways for items in answers[way][:1])


def test_a_slip_leads_to_what_is_meant_and_says_so(view: Page, address: str) -> None:
    answers = ask(view, address, [query for query, _, _ in SLIPS])
    for query, meant, place in SLIPS:
        items = answers[query][0]
        assert place_of(items) == place, query
        shown = lxml.html.fragment_fromstring(f"<p>{' '.join(item['title'] for item in items)}</p>").text_content()
        # In the singular or the plural, whichever the pages have more often.
        wanted = re.escape(meant.lower()).replace("preparation", "preparations?")
        assert re.search(rf"did you mean “{wanted}”\?", shown.lower()), shown


# Words that a page lacks and that resemble by chance what it says, and slips beside them that it must know.
CHANCE = {
    "location": "",
    "title": "Match the therapy",
    "text": "<p>The neck, or the ear, loses fat. Clear the page. Inflamed skin. Hydroxylapatite, marionette lines.</p>",
}
UNLIKE = ["batch", "ultherapy", "earlobe", "cleavage", "informed", "deck"]
LIKE = {
    "matsch": "match", "enck": "neck", "therpy": "therapy", "marrionete": "marionette", "ydroxylapatite": "hydroxylapatite",
    "hydroxyapatit": "hydroxylapatite", "inflammd": "inflamed", "therapymatch": "therapy match", "marionettelinse": "marionette lines",
}  # fmt: skip


def test_what_resembles_by_chance_is_not_what_was_meant(view: Page, address: str) -> None:
    answers = ask(view, address, [*UNLIKE, *LIKE], [CHANCE])
    assert {query: [words_of(items) for items in answers[query]] for query in UNLIKE} == {query: [] for query in UNLIKE}
    shown = {query: words_of(answers[query][0]).lower() for query in LIKE if answers[query]}
    assert {query: words.split("”")[0].split("“")[-1] for query, words in shown.items()} == LIKE


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
    view.add_script_tag(path=ROOT / "docs/assets/search-words.js")

    texts = [text for case in WORDS["alike"] for text in case["texts"]] + [case["text"] for case in WORDS["words"]]
    words = dict(zip(texts, view.evaluate("texts => texts.map(searchWords)", texts), strict=True))
    for case in WORDS["alike"]:
        for text in case["texts"]:
            found = words[text]
            assert [word["word"] for word in found if not word["part"]] == case["words"], text
            assert all(0 <= word["start"] <= word["end"] <= len(text) for word in found)
    for case in WORDS["words"]:
        found = words[case["text"]]
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
    view = new_page(browser, viewport={"width": 1280, "height": 900})
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
