"""In a real browser: no fault in the console, both color schemes, search, filter, sort."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from macros.pages import Page, page_url

from .conftest import serve


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    with serve(site) as address:
        yield address


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
