"""Proof against outdated prints, in a real browser: what the address of a QR code leads to."""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from macros.build import build_pages
from macros.content.project import load_project
from macros.publishing.page_notes import write_print_status

from ..projects import copy_project
from .conftest import serve

NECK = "The neck row: the authors confirmed the ratio."
MIXING = "Mixing: the order of the syringes is said more clearly."
SIGNS = "Recognizing a complication: what to check first is said more clearly."
ENTRIES = f"""
changes:
  - id: chg-93
    version: 1.10.0
    date: '2027-02-01'
    type: correction
    summary: '{SIGNS}'
    pages: [safety/recognizing-a-complication.md]

  - id: chg-92
    version: 1.10.0
    date: '2027-02-01'
    type: correction
    summary: '{MIXING}'
    pages: [technique/mixing.md]

  - id: chg-91
    version: 1.2.0
    date: '2027-01-01'
    type: ratio changed
    summary: '{NECK}'
    rows: [neck-trindade2023]

"""


@pytest.fixture(scope="module")
def newer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a copy of the site, two versions on, in a subfolder of its host."""
    project = copy_project(tmp_path_factory.mktemp("newer") / "project")
    path = project / "docs" / "data" / "changes.yml"
    text = path.read_text(encoding="utf-8")
    assert text.count("\nchanges:\n") == 1
    path.write_text(text.replace("\nchanges:\n", ENTRIES), encoding="utf-8")
    settings = project / "mkdocs.yml"
    settings.write_text(
        settings.read_text(encoding="utf-8").replace("version: 1.0.0", "version: 1.10.0"), encoding="utf-8"
    )
    root = project / "host"
    changed = load_project(project)
    build_pages(changed, root / "some" / "folder")
    write_print_status(root / "some" / "folder", changed.pages, changed.data)

    with serve(root) as host:
        yield f"{host}some/folder/"
    shutil.rmtree(project)


@pytest.fixture
def view(browser: Browser, newer: str) -> Iterator[Page]:
    """A window in which nothing goes wrong and from which nothing is sent."""
    page = browser.new_page(viewport={"width": 390, "height": 844})
    # This copy of the site has no PDFs and no pictures of them.
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
        ("technique/by-region/", "1.10.0", "current", "This print is current: version 1.10.0.", []),
        (
            "technique/by-region/", "1.0.0", "outdated",
            "This print is version 1.0.0 and out of date; this page is version 1.10.0. Since then:", [NECK],
        ),
        # 1.10 is newer than 1.2: numbers are compared, not letters.
        (
            "technique/by-region/", "1.2.0", "current",
            "This print is version 1.2.0. This page is now version 1.10.0, and nothing on it has changed since: "
            "the print is still good.", [],
        ),
        (
            "technique/mixing/", "1.2.0", "outdated",
            "This print is version 1.2.0 and out of date; this page is version 1.10.0. Since then:", [MIXING],
        ),
        (
            "patients/before-and-after/", "1.0.0", "current",
            "This print is version 1.0.0. This page is now version 1.10.0, and nothing on it has changed since: "
            "the print is still good.", [],
        ),
        (
            "technique/by-region/", "1.11.0", "unknown",
            "This print is version 1.11.0, newer than this copy of the site (version 1.10.0). Reload the page.", [],
        ),
        *(
            (
                "technique/by-region/", printed, "unknown",
                "The version in the address cannot be read. This page is version 1.10.0; compare it with the foot of "
                "your print.", [],
            )
            for printed in ("", "1.0", "one", "1.0.0.0", "%3Cb%3E1.0.0")
        ),
    ],
)  # fmt: skip
def test_a_page_says_whether_a_print_of_it_is_current(
    view: Page, newer: str, page: str, printed: str, state: str, words: str, changes: list[str]
) -> None:
    view.goto(f"{newer}{page}?v={printed}")
    box = view.locator("[data-print-status]")
    box.wait_for(state="visible")
    assert box.get_attribute("data-state") == state
    assert box.get_attribute("role") == "status"
    assert box.locator(".print-status-line").inner_text() == words
    items = [item.inner_text() for item in box.locator("li").all()]
    assert len(items) == len(changes)
    assert all(change in item for change, item in zip(changes, items, strict=True))
    # At the head of the page, where someone who came by the code looks first.
    assert box.bounding_box()["y"] < 844


def test_the_first_entry_alone_makes_no_print_outdated(view: Page, newer: str) -> None:
    """The list of a page says what changed after the version printed, and when."""
    view.goto(f"{newer}technique/by-region/?v=1.0.0")
    item = view.locator("[data-print-status] li")
    assert item.inner_text().replace("\u00a0", " ") == f"1 January 2027, version 1.2.0: {NECK}"


def test_without_a_version_in_the_address_nothing_is_said(view: Page, newer: str) -> None:
    view.goto(f"{newer}technique/by-region/")
    assert not view.locator("[data-print-status]").is_visible()


def test_a_sheet_is_outdated_by_the_pages_whose_sections_it_prints(view: Page, newer: str) -> None:
    """The page of the QR code need not be the page that changed."""
    view.goto(f"{newer}handouts/complication-card/?v=1.2.0")
    box = view.locator("[data-print-status]")
    assert box.get_attribute("data-state") == "outdated"
    assert SIGNS in box.inner_text()


def test_the_form_on_the_handouts_page_leads_to_the_page_of_the_sheet(view: Page, newer: str) -> None:
    view.goto(f"{newer}handouts/")
    form = view.locator("[data-print-check] form, form[data-print-check]").first
    form.wait_for(state="visible")
    form.locator("select").select_option(label="Before and after your treatment")
    form.locator("input[name=version]").fill("1.0.0")
    form.locator("button").click()
    view.wait_for_url(f"{newer}patients/before-and-after/?v=1.0.0")
    assert view.locator("[data-print-status]").get_attribute("data-state") == "current"


def test_the_form_takes_no_version_that_cannot_be_one(view: Page, newer: str) -> None:
    view.goto(f"{newer}handouts/")
    form = view.locator("form[data-print-check]")
    form.locator("input[name=version]").fill("1.0")
    form.locator("button").click()
    assert view.url == f"{newer}handouts/"


def test_without_scripts_the_page_shows_no_empty_box_and_no_dead_form(browser: Browser, newer: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{newer}technique/by-region/?v=1.0.0")
    assert not page.locator("[data-print-status]").is_visible()
    assert "Version 1.10.0" in page.inner_text("article"), "to compare by eye"
    page.goto(f"{newer}handouts/")
    assert not page.locator("form[data-print-check]").is_visible()
    context.close()
