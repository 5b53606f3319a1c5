"""In a real browser: no fault in the console, both color schemes, search, filter, sort."""

import pytest
from playwright.sync_api import Browser

from macros.content.addresses import page_url
from macros.content.pages import Page


def test_no_page_logs_a_fault_or_asks_another_host(address: str, browser: Browser, pages: list[Page]) -> None:
    view = browser.new_page(viewport={"width": 1280, "height": 900})
    faults: list[str] = []
    view.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    view.on("pageerror", lambda error: faults.append(str(error)))
    view.on(
        "request",
        lambda request: (
            faults.append(request.url)
            if not request.url.startswith(address) and not request.url.startswith(("data:", "blob:"))
            else None
        ),
    )
    for page in pages:
        view.goto(address + page_url(page.path), wait_until="load")
    view.close()
    assert faults == []


def test_the_color_scheme_follows_the_reader(address: str, browser: Browser) -> None:
    seen = {}
    for scheme in ("light", "dark"):
        view = browser.new_page(color_scheme=scheme)
        view.goto(address)
        view.wait_for_timeout(300)
        seen[scheme] = view.evaluate("getComputedStyle(document.body).backgroundColor")
        view.close()
    assert seen == {"light": "rgb(255, 255, 255)", "dark": "rgb(16, 25, 30)"}


def test_the_color_scheme_stands_before_the_script_comes(address: str, browser: Browser) -> None:
    """Else a page that is read in the dark would flash white each time it opens."""
    view = browser.new_page(color_scheme="dark")
    view.route("**/*.js", lambda route: route.abort())
    view.goto(address)
    assert view.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(16, 25, 30)"
    view.close()


def test_search_finds_the_preparation_tables(address: str, browser: Browser) -> None:
    view = browser.new_page(viewport={"width": 1280, "height": 900})
    view.goto(address)
    view.click(".md-search__input")
    view.keyboard.type("preparation tables", delay=30)
    view.wait_for_selector(".md-search-result__item", timeout=10_000)
    assert "Preparation tables" in view.inner_text(".md-search-result__list")
    view.close()


def test_the_ledger_can_be_filtered_by_verdict(address: str, browser: Browser) -> None:
    view = browser.new_page(viewport={"width": 1280, "height": 900})
    view.goto(address + page_url("reference/claims.md"))
    rows = view.locator("[data-block='claims-table'] tbody tr")
    assert rows.count() == 28
    view.locator(".filter button", has_text="Contested").focus()
    view.keyboard.press("Enter")
    shown = [row for row in rows.all() if row.is_visible()]
    assert 0 < len(shown) < 28
    assert all("Contested" in row.inner_text() for row in shown)
    assert f"{len(shown)} of 28 shown" in view.inner_text(".filter-status")
    view.locator(".filter button", has_text="All").first.click()
    assert all(row.is_visible() for row in rows.all())
    view.close()


def test_outcomes_can_be_sorted_by_the_keyboard(address: str, browser: Browser) -> None:
    view = browser.new_page(viewport={"width": 1280, "height": 900})
    view.goto(address + page_url("product/trials-and-duration.md"))
    table = view.locator("table[data-sortable]").first
    head = table.locator("thead th").last
    head.locator("button").focus()
    view.keyboard.press("Enter")
    assert head.get_attribute("aria-sort") == "ascending"
    column = [cell.inner_text() for cell in table.locator("tbody tr td:last-child").all()]
    assert column == sorted(column, key=str.lower)
    view.close()


@pytest.mark.parametrize("target", [".md-content .cite a", ".md-content abbr[tabindex]"])
def test_sources_and_terms_are_readable_on_hover_and_on_focus(address: str, browser: Browser, target: str) -> None:
    view = browser.new_page(viewport={"width": 1280, "height": 900})
    view.goto(address + page_url("aging/dermis.md"))
    view.wait_for_timeout(500)
    item = view.locator(target).first
    meaning = item.get_attribute("title") or item.get_attribute("data-tip")
    assert meaning and len(meaning) > 20
    for show in (item.hover, item.focus):
        view.mouse.move(0, 0)
        show()
        tip = view.get_by_role("tooltip", name="").filter(has_text=meaning[:20]).first
        tip.wait_for(state="visible", timeout=5_000)
        view.evaluate("document.activeElement.blur()")
        view.wait_for_timeout(400)
    view.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_figure_opens_larger_by_click_and_by_key_and_closes_by_escape(
    address: str, browser: Browser, scheme: str
) -> None:
    view = browser.new_page(viewport={"width": 390, "height": 800}, color_scheme=scheme)
    view.goto(address + "product/regions/")
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
        context = browser.new_context(java_script_enabled=script, viewport={"width": 1280, "height": 900})
        view = context.new_page()
        view.goto(address + "technique/marking/")
        box = view.locator("#figure-marking-lines").bounding_box()
        assert box
        heights.append(box["height"])
        context.close()
    assert heights[0] == pytest.approx(heights[1], abs=1)


def test_regions_of_the_map_can_be_reached_by_key_and_lead_to_their_place(address: str, browser: Browser) -> None:
    view = browser.new_page(viewport={"width": 1280, "height": 900})
    view.goto(address + "product/regions/")
    link = view.locator('#figure-region-map a[aria-label^="Glabella:"]')
    view.locator('#figure-region-map a[aria-label^="Forehead"]').focus()
    view.keyboard.press("Tab")
    assert link.evaluate("link => link === document.activeElement")
    assert link.evaluate("link => getComputedStyle(link).outlineStyle") != "none"
    view.keyboard.press("Enter")
    view.wait_for_url("**/safety/regions-to-avoid/#glabella")
    assert view.locator("#glabella").count() == 1
    view.close()


def test_a_link_in_the_larger_figure_leads_to_its_row_on_the_same_page(address: str, browser: Browser) -> None:
    view = browser.new_page(viewport={"width": 1280, "height": 900})
    view.goto(address + "product/regions/")
    view.locator("#figure-region-map").get_by_role("button", name="Open larger").click()
    view.locator('dialog a[aria-label^="Nasolabial"]').click()
    view.wait_for_url("**/product/regions/#region-nasolabial-folds")
    assert not view.locator("dialog").evaluate("dialog => dialog.open")
    row = view.locator("#region-nasolabial-folds")
    row.wait_for()
    view.wait_for_timeout(300)
    box = row.bounding_box()
    assert box and 0 <= box["y"] < 900
    view.close()
