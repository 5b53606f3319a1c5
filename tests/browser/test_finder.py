"""The preparation finder in a real browser, on the invented site: by keyboard, by link, on paper, without JavaScript."""

from collections.abc import Iterator
from decimal import Decimal

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from macros.content.addresses import page_url
from macros.content.label_status import labeled_dilutions
from macros.content.project import Project
from macros.rendering.label_marks import ratio_words
from macros.rendering.typeset import millilitres, number, ratio_key

from .conftest import new_context, new_page, start_theme

PLACE = page_url("technique/preparation-tables.md")
ROW = "?ml=2&syringes=2&ratio=1-5"
SHOWN = "1:5, 2 syringes of 2 mL: 4 mL product + 20 mL diluent = 24 mL mixture."


@pytest.fixture
def view(browser: Browser) -> Iterator[Page]:
    # The policy holds here, as for a reader.
    page = new_page(browser, viewport={"width": 1280, "height": 900})
    yield page
    page.close()


def test_every_combination_shows_what_the_data_give(view: Page, address: str, invented: Project) -> None:
    data = invented.published
    view.goto(address + PLACE)
    card = view.locator(".finder-card")
    seen = 0
    for presentation in data.preparations.presentations:
        for row in data.ratios():
            for count in data.preparations.syringes:
                example = data.prepare(presentation, count, row)
                choice = {"ml": number(example.presentation_ml), "syringes": str(count), "ratio": ratio_key(row)}
                for name, value in choice.items():
                    view.check(f".finder-form [name={name}][value='{value}']")
                text = _tidy(card.inner_text())
                for wanted in (
                    f"{number(row.product_parts)}:{number(row.diluent_parts)} {count} syringe",
                    f"of {millilitres(example.presentation_ml)}",
                    f"Product {millilitres(example.product_ml)}",
                    f"Add diluent + {millilitres(example.diluent_ml)}",
                    f"Mixture = {millilitres(example.total_ml)}",
                    f"Product % of volume {number(example.product_percent, 1)}",
                    f"CaHA % of volume {number(example.caha_percent_v_v, 1)}",
                ):
                    assert _tidy(wanted) in text, choice
                # The mark is the very one of the table, and each of its sources is there.
                kind, _ = ratio_words(row, data, presentation)
                expect(card.locator(f".mark.mark-{kind}")).to_have_count(1)
                assert "off-label" in card.locator(".mark").inner_text().lower()
                labels = labeled_dilutions(data, presentation, row)
                sources = {*row.refs, *(key for label in labels for key in label.refs[:2])}
                expect(view.locator(".finder-sources li")).to_have_count(len(sources))
                seen += 1
    assert seen == len(data.all_preparations()) > 0


def test_by_keyboard_alone(view: Page, address: str) -> None:
    view.goto(address + PLACE)
    # From the link before it, Tab leads into each group of choices; arrow keys choose.
    view.evaluate("document.querySelector('.finder').previousElementSibling.setAttribute('tabindex', '-1')")
    view.evaluate("document.querySelector('.finder').previousElementSibling.focus()")
    while view.evaluate("document.activeElement.name") != "ml":
        view.keyboard.press("Tab")
    for presses in (1, 1, 1):
        for _ in range(presses):
            view.keyboard.press("ArrowRight")
        assert view.evaluate("getComputedStyle(document.activeElement.closest('label')).outlineStyle") == "solid"
        view.keyboard.press("Tab")
    status = view.get_by_role("status").filter(has_text="product")
    assert _tidy(status.inner_text()).startswith(SHOWN)
    assert "off-label" in status.inner_text()
    assert view.url.endswith(PLACE + ROW)
    # On from the choices: sources, then the buttons.
    while view.evaluate("document.activeElement.textContent") != "Clear":
        view.keyboard.press("Tab")
    view.keyboard.press("Enter")
    assert view.locator(".finder-card").is_hidden()
    assert view.url.endswith(PLACE)


def test_controls_have_names(view: Page, address: str) -> None:
    view.goto(address + PLACE)
    for group, choice in (("One syringe holds", "2 mL"), ("Syringes", "2"), ("Ratio, product : diluent", "1:5")):
        named = view.get_by_role("group", name=group).get_by_role("radio", name=choice, exact=True)
        named.check()
    expect(view.get_by_role("group", name="The chosen row")).to_contain_text("off-label")


def test_a_shared_link_opens_the_same_row(view: Page, address: str, browser: Browser) -> None:
    view.goto(address + PLACE)
    for name, value in (("ml", "2"), ("syringes", "2"), ("ratio", "1-5")):
        view.check(f".finder-form [name={name}][value='{value}']")
    shared = view.locator("[data-finder-address]").get_attribute("href")
    assert shared == view.url
    other = new_page(browser, viewport={"width": 360, "height": 740})
    other.goto(str(shared))
    assert other.locator(".finder-card").inner_html() == view.locator(".finder-card").inner_html()
    assert other.evaluate("document.querySelector('.finder').getBoundingClientRect().top") < 200, "the row is in view"
    expect(other.locator(".finder-safety")).to_contain_text("no reversal agent")
    assert other.evaluate("document.documentElement.scrollWidth") <= 360
    other.close()


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("?ml=2&syringes=2&ratio=1-4", "The address asks for ratio “1-4”, which no table here prints."),
        ("?ml=3&syringes=9&ratio=1-5", "The address asks for syringe size “3” and number of syringes “9”"),
        ("?ml=<img src=x>&syringes=2&ratio=1-5", "syringe size “<img src=x>”"),
        ("?ml=2", "Still to choose: number of syringes, ratio."),
    ],
)
def test_an_unknown_choice_is_named_and_the_tables_stay(view: Page, address: str, query: str, words: str) -> None:
    view.goto(address + PLACE + query)
    expect(view.locator(".finder-status")).to_contain_text(words)
    assert view.locator(".finder-status").is_visible()
    assert view.locator(".finder-card").is_hidden()
    assert all(table.is_visible() for table in view.locator("table.preparation").all())


def test_a_combination_that_is_not_printed_is_not_made_up(view: Page, address: str) -> None:
    view.route("**/preparation-tables/*", lambda route: route.fulfill(
        response=(answer := route.fetch()), body=answer.text().replace('data-syringes="2"', 'data-syringes="7"')
    ))  # fmt: skip
    view.goto(address + PLACE + ROW)
    expect(view.locator(".finder-status")).to_have_text("No table on this page prints this combination.")
    assert view.locator(".finder-card").is_hidden()


def test_without_javascript_the_tables_stand_there(address: str, browser: Browser) -> None:
    context = new_context(browser, java_script_enabled=False)
    view = context.new_page()
    view.goto(address + PLACE + ROW)
    assert view.locator("[data-block='preparation-finder']").is_hidden()
    assert all(table.is_visible() for table in view.locator("table.preparation").all())
    context.close()


def test_a_print_is_one_clean_sheet(view: Page, address: str) -> None:
    view.goto(address + PLACE + ROW)
    view.emulate_media(media="print")
    text = _tidy(view.inner_text("body"))
    for wanted in (
        "1:5", "+ 20 mL", "= 24 mL", "off-label", "no reversal agent", "Stop at once", "Reviewed", "Version",
        "does not replace", f"{PLACE}{ROW}", "Example A",
    ):  # fmt: skip
        assert wanted in text, wanted
    for unwanted in ("Find one row", "Print this row", "A ratio is", "Large syringe", "Search"):
        assert unwanted not in text, unwanted
    assert not any(table.is_visible() for table in view.locator("table.preparation").all())
    size = view.locator(".finder-add dd").evaluate("item => parseFloat(getComputedStyle(item).fontSize)")
    assert size >= Decimal(40), "the volume to add is the largest thing on the sheet"
    assert view.pdf(format="A4").count(b"/Type /Page\n") == 1
    assert view.pdf(format="Letter").count(b"/Type /Page\n") == 1


def test_without_a_row_the_whole_page_prints(view: Page, address: str) -> None:
    view.goto(address + PLACE)
    view.emulate_media(media="print")
    assert all(table.is_visible() for table in view.locator("table.preparation").all())
    assert view.locator(".finder").is_hidden()


@pytest.mark.parametrize("query", ["", ROW])
@pytest.mark.parametrize(("width", "height"), [(1280, 900), (412, 823)])
def test_nothing_on_the_screen_moves(address: str, browser: Browser, query: str, width: int, height: int) -> None:
    view = new_page(browser, viewport={"width": width, "height": height})
    view.add_init_script(
        "window.moved = 0; new PerformanceObserver(list => list.getEntries().forEach(entry => moved += entry.value))"
        ".observe({type: 'layout-shift', buffered: true})"
    )
    view.goto(address + PLACE + query, wait_until="networkidle")
    assert view.evaluate("moved") <= 0.01
    view.close()


def test_the_choices_stand_on_the_first_screen_of_a_phone(address: str, browser: Browser) -> None:
    view = new_page(browser, viewport={"width": 390, "height": 844})
    view.goto(address + PLACE)
    assert view.evaluate("scrollY") == 0
    for name in ("ml", "syringes", "ratio"):
        expect(view.locator(f".finder-form [name={name}]").first).to_be_in_viewport()
    view.close()


def test_what_no_study_supports_is_gray_and_small(view: Page, address: str) -> None:
    """In its table and in the card alike, and the words that no study was found come first."""
    style = "item => { const { color, fontSize, fontWeight } = getComputedStyle(item);"
    style += " return [parseFloat(fontSize), fontWeight, color] }"
    sizes = {}
    for ratio in ("1-5", "1-9"):
        view.goto(f"{address}{PLACE}?ml=2&syringes=2&ratio={ratio}")
        cell = view.locator(f"td [data-ml='2'][data-syringes='2'][data-ratio='{ratio}']")
        sizes[ratio] = [place.evaluate(style) for place in (cell, view.locator(".finder-add dd"))]
    gray = view.locator("td .total").first.evaluate(style)
    for supported, unstudied in zip(sizes["1-5"], sizes["1-9"], strict=True):
        assert unstudied[0] < supported[0]
        assert unstudied[1:] == ["400", gray[2]]
        assert supported[1] == "700"
    shown = _tidy(view.locator(".finder-card").inner_text())
    assert 0 <= shown.index("No study found") < shown.index("Add diluent")


def test_other_pages_do_not_load_the_finder(view: Page, address: str) -> None:
    view.goto(address)
    assert "finder" not in view.content()


def _tidy(words: str) -> str:
    return " ".join(words.replace("\N{NO-BREAK SPACE}", " ").split())


def test_the_reader_is_taken_to_the_row_once(view: Page, address: str) -> None:
    """The theme's script comes late, and is told then that the page stands: that must not scroll back."""
    held: list[Route] = []
    view.route("**/bundle.*.js", lambda route: held.append(route))
    with view.expect_request("**/bundle.*.js"):
        view.goto(address + PLACE + ROW)
        view.mouse.wheel(0, 10)
    expect(view.locator(".finder-card")).to_be_in_viewport()
    view.evaluate("scrollTo({ top: document.documentElement.scrollHeight, behavior: 'instant' })")
    held[0].continue_()
    start_theme(view)
    expect(view.locator(".finder-card")).not_to_be_in_viewport()
