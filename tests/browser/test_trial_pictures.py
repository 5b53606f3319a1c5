"""Both groups of a trial on a screen: side by side or one below the other, legible, and told apart without color."""

import pytest
from playwright.sync_api import Browser, Page

from macros.content.addresses import page_url

from .conftest import new_page

TRIAL = "#trial-outc-11"
SMALLEST = """trial => Math.min(...[...trial.querySelectorAll("*")]
    .filter((part) => [...part.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
    .filter((part) => part.getClientRects().length)
    .map((part) => parseFloat(getComputedStyle(part).fontSize)))"""


@pytest.mark.parametrize("path", ["technique/preparation-tables.md", "patients/what-the-treatment-is.md"])
def test_groups_stand_side_by_side_and_on_a_phone_one_below_the_other(
    address: str, view: Page, phone: Page, path: str
) -> None:
    for page in (view, phone):
        page.goto(address + page_url(path))
        trial = page.locator(TRIAL)
        trial.scroll_into_view_if_needed()
        first, second = (arm.bounding_box() for arm in trial.locator(".trial-arm").all())
        assert first and second
        if page is view:
            assert first["y"] == second["y"] and second["x"] >= first["x"] + first["width"]
        else:
            assert second["y"] >= first["y"] + first["height"] and second["x"] == first["x"]
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert trial.evaluate(SMALLEST) >= 12


def test_where_the_system_sets_the_colors_filled_and_hollow_figures_stay(address: str, browser: Browser) -> None:
    page = new_page(browser, forced_colors="active", bypass_csp=True)
    page.goto(address + page_url("technique/preparation-tables.md"))
    fills = {
        name: page.locator(f"{TRIAL} .{name}").first.evaluate(
            "shape => { const is = getComputedStyle(shape); return [is.fill, is.stroke, getComputedStyle(document.body).color]; }"
        )
        for name in ("f-had", "f-had-not")
    }
    page.close()
    fill, _, ink = fills["f-had"]
    assert fill == ink
    assert fills["f-had-not"][0] == "none" and fills["f-had-not"][1] == ink
