"""Proof against outdated prints, in a real browser: what the address of a QR code leads to."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from macros.content.project import load_project

from ..projects import build_without_prints, copy_tree, edit
from .serving import serving

NECK = "The neck row: the authors confirmed the ratio."
STEPS = "Steps: the order of the syringes is said more clearly."
SIGNS = "Signs: what to check first is said more clearly."
ENTRIES = f"""
changes:
  - {{id: chg-93, version: 3.10.0, date: '2031-02-01', type: correction, summary: '{SIGNS}', pages: [safety/recognizing-a-complication.md]}}
  - {{id: chg-92, version: 3.10.0, date: '2031-02-01', type: correction, summary: '{STEPS}', pages: [handouts/card.md]}}
  - {{id: chg-91, version: 3.3.0, date: '2031-01-01', type: ratio changed, summary: '{NECK}', rows: [neck-faria2022thyroid]}}
"""


@pytest.fixture(scope="module")
def newer(fixture_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the invented site two versions on, in a subfolder of its host."""
    root = copy_tree(fixture_root, tmp_path_factory.mktemp("newer") / "project")
    edit(root / "docs/data/changes.yml", "\nchanges:\n", ENTRIES)
    edit(root / "mkdocs.yml", "version: 3.2.1", "version: 3.10.0")
    with serving(build_without_prints(load_project(root), root / "site"), "/some/folder/") as address:
        yield address


@pytest.fixture
def window(browser: Browser, newer: str) -> Iterator[Page]:
    """A window in which nothing goes wrong and from which nothing is sent."""
    page = browser.new_page(viewport={"width": 390, "height": 844})
    # This site has no PDFs and no pictures of them.
    page.route("**/pdf/*.png", lambda route: route.fulfill(status=200, body=b""))
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.on(
        "request",
        lambda request: (
            None
            if request.url.startswith(("data:", "blob:")) or (request.url.startswith(newer) and request.method == "GET")
            else faults.append(f"{request.method} {request.url}")
        ),
    )
    yield page
    page.close()
    assert faults == []


@pytest.mark.parametrize(
    ("page", "printed", "state", "words", "changes"),
    [
        ("technique/by-region/", "3.10.0", "current", "This print is current: version 3.10.0.", []),
        (
            "technique/by-region/", "3.2.1", "outdated",
            "This print is version 3.2.1 and out of date; this page is version 3.10.0. Since then:", [NECK],
        ),
        # 3.10 is newer than 3.3: numbers are compared, not letters.
        (
            "technique/by-region/", "3.3.0", "current",
            "This print is version 3.3.0. This page is now version 3.10.0, and nothing on it has changed since: "
            "the print is still good.", [],
        ),
        (
            "handouts/card/", "3.3.0", "outdated",
            "This print is version 3.3.0 and out of date; this page is version 3.10.0. Since then:", [STEPS],
        ),
        (
            "patients/what-the-treatment-is/", "3.2.1", "current",
            "This print is version 3.2.1. This page is now version 3.10.0, and nothing on it has changed since: "
            "the print is still good.", [],
        ),
        (
            "technique/by-region/", "3.11.0", "unknown",
            "This print is version 3.11.0, newer than this copy of the site (version 3.10.0). Reload the page.", [],
        ),
        *(
            (
                "technique/by-region/", printed, "unknown",
                "The version in the address cannot be read. This page is version 3.10.0; compare it with the foot of "
                "your print.", [],
            )
            for printed in ("", "1.0", "one", "1.0.0.0", "%3Cb%3E1.0.0")
        ),
    ],
)  # fmt: skip
def test_a_page_says_whether_a_print_of_it_is_current(
    window: Page, newer: str, page: str, printed: str, state: str, words: str, changes: list[str]
) -> None:
    window.goto(f"{newer}{page}?v={printed}")
    box = window.locator("[data-print-status]")
    box.wait_for(state="visible")
    assert box.get_attribute("data-state") == state
    assert box.get_attribute("role") == "status"
    assert box.locator(".print-status-line").inner_text() == words
    items = [item.inner_text() for item in box.locator("li").all()]
    assert len(items) == len(changes)
    assert all(change in item for change, item in zip(changes, items, strict=True))
    # At the head of the page, where someone who came by the code looks first.
    assert box.bounding_box()["y"] < 844


def test_the_list_says_what_changed_after_the_version_printed_and_when(window: Page, newer: str) -> None:
    window.goto(f"{newer}technique/by-region/?v=3.2.1")
    item = window.locator("[data-print-status] li")
    assert item.inner_text().replace("\u00a0", " ") == f"1 January 2031, version 3.3.0: {NECK}"


def test_without_a_version_in_the_address_nothing_is_said(window: Page, newer: str) -> None:
    window.goto(f"{newer}technique/by-region/")
    assert not window.locator("[data-print-status]").is_visible()


def test_a_sheet_is_outdated_by_the_pages_whose_sections_it_prints(window: Page, newer: str) -> None:
    """The page of the QR code need not be the page that changed."""
    window.goto(f"{newer}safety/recognizing-a-complication/?v=3.2.1")
    box = window.locator("[data-print-status]")
    assert box.get_attribute("data-state") == "outdated"
    assert SIGNS in box.inner_text()
    assert NECK in box.inner_text(), "the sheet of this page prints a section of another one"


def test_the_form_on_the_handouts_page_leads_to_the_page_of_the_sheet(window: Page, newer: str) -> None:
    window.goto(f"{newer}handouts/")
    form = window.locator("[data-print-check] form, form[data-print-check]").first
    form.wait_for(state="visible")
    form.locator("select").select_option(label="Test leaflet")
    form.locator("input[name=version]").fill("3.2.1")
    form.locator("button").click()
    window.wait_for_url(f"{newer}patients/what-the-treatment-is/?v=3.2.1")
    assert window.locator("[data-print-status]").get_attribute("data-state") == "current"


def test_the_form_takes_no_version_that_cannot_be_one(window: Page, newer: str) -> None:
    window.goto(f"{newer}handouts/")
    form = window.locator("form[data-print-check]")
    form.locator("input[name=version]").fill("1.0")
    form.locator("button").click()
    assert window.url == f"{newer}handouts/"


def test_without_scripts_the_page_shows_no_empty_box_and_no_dead_form(browser: Browser, newer: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{newer}technique/by-region/?v=3.2.1")
    assert not page.locator("[data-print-status]").is_visible()
    assert "Version 3.10.0" in page.inner_text("article"), "to compare by eye"
    page.goto(f"{newer}handouts/")
    assert not page.locator("form[data-print-check]").is_visible()
    context.close()
