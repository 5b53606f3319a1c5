"""In a real browser, on the invented site: color schemes, search, filter, sort, tips, figures."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route

from macros.content.addresses import page_url
from macros.content.project import Project

from .conftest import new_context, new_page

MAP = page_url("product/regions.md")


def test_the_color_scheme_follows_the_reader_before_any_script_file_comes(address: str, browser: Browser) -> None:
    """Else a page that is read in the dark would flash white each time it opens."""
    seen = {}
    for scheme in ("light", "dark"):
        view = new_page(browser, color_scheme=scheme)
        view.route("**/*.js", lambda route: route.abort())
        view.goto(address)
        seen[scheme] = view.evaluate("getComputedStyle(document.body).backgroundColor")
        view.close()
    assert seen == {"light": "rgb(255, 255, 255)", "dark": "rgb(16, 25, 30)"}


def test_the_color_scheme_can_be_changed_without_the_theme_and_stays_from_page_to_page(
    address: str, browser: Browser
) -> None:
    context = new_context(browser, color_scheme="dark")
    context.route("**/*.js", lambda route: route.abort())
    view = context.new_page()
    view.goto(address)
    assert view.get_attribute("body", "data-md-color-scheme") == "slate"
    view.locator("[data-md-component=palette] label:visible").click()
    assert view.get_attribute("body", "data-md-color-scheme") == "default"
    view.goto(address + MAP)
    assert view.get_attribute("body", "data-md-color-scheme") == "default"
    context.close()


def test_the_ledger_can_be_filtered_by_verdict(address: str, view: Page, invented: Project) -> None:
    claims = [row for row in invented.data.claims.claims if row.publish]
    view.goto(address + page_url("reference/claims.md"))
    rows = view.locator("[data-block='claims-table'] tbody tr")
    assert rows.count() == len(claims)
    view.locator(".filter button", has_text="Contested").focus()
    view.keyboard.press("Enter")
    shown = [row for row in rows.all() if row.is_visible()]
    assert len(shown) == sum(row.verdict == "contested" for row in claims) < len(claims)
    assert all("Contested" in row.inner_text() for row in shown)
    assert f"{len(shown)} of {len(claims)} shown" in view.inner_text(".filter-status")
    view.locator(".filter button", has_text="All").first.click()
    assert all(row.is_visible() for row in rows.all())


def test_a_use_of_a_source_leads_to_its_place_on_that_page(address: str, view: Page) -> None:
    view.goto(address + page_url("reference/sources.md"))
    link = view.locator("li[id^=source-] .row-note a").first
    key = link.locator("xpath=ancestor::li").get_attribute("id").removeprefix("source-")
    link.focus()
    view.keyboard.press("Enter")
    view.wait_for_url(f"**/#ref-{key}")
    assert view.locator(f"#ref-{key}").is_visible()


def test_outcomes_can_be_sorted_by_the_keyboard(address: str, view: Page) -> None:
    view.goto(address + page_url("product/label-status.md"))
    table = view.locator("table[data-sortable]").first
    head = table.locator("thead th").last
    before = [cell.inner_text() for cell in table.locator("tbody tr td:last-child").all()]
    head.locator("button").focus()
    view.keyboard.press("Enter")
    assert head.get_attribute("aria-sort") == "ascending"
    column = [cell.inner_text() for cell in table.locator("tbody tr td:last-child").all()]
    assert column == sorted(before, key=str.lower) != before


@pytest.mark.parametrize("target", [".md-content .cite a", ".md-content abbr[tabindex]"])
def test_sources_and_terms_are_readable_on_hover_and_on_focus(address: str, view: Page, target: str) -> None:
    view.goto(address + page_url("aging/skin.md"))
    view.wait_for_timeout(500)
    item = view.locator(target).first
    meaning = item.get_attribute("title") or item.get_attribute("data-tip")
    assert meaning and len(meaning) > 15
    for show in (item.hover, item.focus):
        view.mouse.move(0, 0)
        show()
        tip = view.get_by_role("tooltip", name="").filter(has_text=meaning[:15]).first
        tip.wait_for(state="visible", timeout=5_000)
        view.evaluate("document.activeElement.blur()")
        view.wait_for_timeout(400)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_figure_opens_larger_by_click_and_by_key_and_closes_by_escape(
    address: str, browser: Browser, scheme: str
) -> None:
    view = new_page(browser, viewport={"width": 390, "height": 800}, color_scheme=scheme)
    view.goto(address + MAP)
    figure = view.locator("#figure-region-map")
    button, drawing = figure.get_by_role("button", name="Open larger"), figure.locator(".figure-art")
    dialog = view.locator("dialog.figure-dialog")
    small = drawing.bounding_box()
    assert small
    for opened_by in ("Enter", "Space", "click"):
        if opened_by == "click":
            drawing.click(position={"x": 3, "y": 3})
        else:
            button.focus()
            view.keyboard.press(opened_by)
        assert dialog.evaluate("dialog => dialog.open && dialog.matches(':modal')"), opened_by
        assert dialog.get_attribute("aria-label") == figure.locator("title").text_content()
        large = dialog.locator(".figure-art").bounding_box()
        assert large and large["width"] > 1.5 * small["width"]
        assert view.evaluate("document.activeElement.textContent") == "Close"
        ids = view.evaluate("[...document.querySelectorAll('[id]')].map(element => element.id)")
        assert len(ids) == len(set(ids))
        view.keyboard.press("Escape")
        assert not dialog.evaluate("dialog => dialog.open")
        assert button.evaluate("button => button === document.activeElement")
    view.close()


def test_the_button_of_a_figure_moves_nothing(address: str, browser: Browser) -> None:
    heights = []
    for script in (False, True):
        context = new_context(browser, java_script_enabled=script, viewport={"width": 1280, "height": 900})
        view = context.new_page()
        view.goto(address + page_url("technique/by-region.md"))
        box = view.locator("#figure-marking-lines").bounding_box()
        assert box
        heights.append(box["height"])
        context.close()
    assert heights[0] == pytest.approx(heights[1], abs=1)


def test_regions_of_the_map_can_be_reached_by_key_and_lead_to_their_place(address: str, view: Page) -> None:
    view.goto(address + MAP)
    names = view.locator("#figure-region-map a[aria-label]:not([aria-hidden=true])")
    named = [str(link.get_attribute("aria-label")).partition(":")[0] for link in names.all()]
    place = named.index("Neck")
    link = names.nth(place)
    names.nth(place - 1).focus()
    view.keyboard.press("Tab")
    assert link.evaluate("link => link === document.activeElement")
    assert link.evaluate("link => getComputedStyle(link).outlineStyle") != "none"
    view.keyboard.press("Enter")
    view.wait_for_url("**/technique/by-region/")


def test_the_fault_of_one_script_stops_no_other(address: str, invented_site: Path, browser: Browser) -> None:
    (script,) = (invented_site / "assets").glob("script.*.js")
    starting = '"use strict";'
    parts = script.read_text(encoding="utf-8").split(starting)
    view = new_page(browser)
    for broken in range(1, len(parts)):
        spoilt = starting.join([*parts[:broken], f' throw new Error("broken");{parts[broken]}', *parts[broken + 1 :]])

        def answer(route: Route, body: str = spoilt) -> None:
            route.fulfill(body=body, content_type="text/javascript")

        view.route("**/assets/script.*.js", lambda route: answer(route))
        with view.expect_event("pageerror") as told:
            view.goto(address + page_url("product/label-status.md"))
        assert "broken" in told.value.message
        # What three of the scripts do at once; one of them may be the broken one.
        done = [
            view.locator(".md-sidebar--primary label[tabindex='0']").count() > 0,
            view.locator(".figure-foot button").count() > 0,
            view.locator("button.sort").count() > 0,
        ]
        assert done.count(False) <= 1, parts[broken][:200]
        view.unroute("**/assets/script.*.js")
    view.close()


# --- long pages ---------------------------------------------------------------------------------

LONG = page_url("technique/preparation-tables.md")
FAR = ".md-content__inner > :is(p, ul, .table-wrap, .box):nth-child(n + 6):nth-last-child(n + 4)"


def test_below_the_first_window_of_a_phone_nothing_is_laid_out_before_its_turn(
    address: str, phone: Page, view: Page
) -> None:
    seen = "(blocks) => blocks.map((one) => getComputedStyle(one).contentVisibility)"
    for window, wanted in ((phone, {"auto"}), (view, {"visible"})):
        window.goto(address + LONG)
        assert set(window.locator(FAR).evaluate_all(seen)) == wanted


def test_a_link_into_a_long_page_leads_to_its_place(address: str, phone: Page) -> None:
    """The parts above have the height of a guess until they are seen."""
    phone.goto(address + LONG)
    name = phone.locator("article h2[id]").last.get_attribute("id")
    head = phone.locator(".md-header").bounding_box()["height"]
    phone.goto("about:blank")
    phone.goto(f"{address}{LONG}#{name}")
    phone.wait_for_function("scrollY > 0")
    phone.wait_for_timeout(300)
    top = phone.locator(f"[id='{name}']").bounding_box()["y"]
    assert head <= top < 780
    assert phone.evaluate("scrollY + innerHeight >= document.documentElement.scrollHeight - 1") or top < 2 * head
