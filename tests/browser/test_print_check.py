"""Proof against outdated prints, in a real browser: what the address of a QR code leads to."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from macros.content.addresses import print_name
from macros.content.project import load_project

from ..projects import OUTDATING, Edit, build_without_prints, copy_tree, edit
from .conftest import new_context, new_page
from .serving import serving

NECK = "The neck row: the authors confirmed the ratio."
STEPS = "Steps: the order of the syringes is said more clearly."
ENTRIES = f"""
changes:
  - {{id: chg-92, version: 3.10.0, date: '2031-02-01', type: correction, summary: '{STEPS}', pages: [handouts/card.md]}}
  - {{id: chg-91, version: 3.3.0, date: '2031-01-01', type: ratio changed, summary: '{NECK}', rows: [neck-faria2022thyroid]}}
"""
EDITS: tuple[Edit, ...] = (
    ("docs/data/changes.yml", "", "\nchanges:\n", ENTRIES),
    ("mkdocs.yml", "", "version: 3.2.1", "version: 3.10.0"),
    # What the entries tell, and words that no entry tells.
    ("docs/data/protocols.yml", "id: neck-faria2022thyroid", "diluent_parts_max: 5", "diluent_parts_max: 6"),
    ("docs/handouts/card.md", "", "## Pause", "## A pause"),
    ("docs/technique/by-region.md", "", "Before the first step", "Ahead of the first step"),
    ("docs/patients/what-the-treatment-is.md", "", "which nobody sells", "which no one sells"),
)


@pytest.fixture(scope="module")
def newer(fixture_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the invented site two versions on, in a subfolder of its host."""
    root = copy_tree(fixture_root, tmp_path_factory.mktemp("newer") / "project")
    for file, after, old, new in EDITS:
        edit(root / file, old, new, after)
    project = load_project(root)
    site = build_without_prints(project, root / "site")
    (site / "pdf").mkdir()
    for row in project.data.handouts.handouts:
        (site / "pdf" / print_name(row.id, row.papers[0])).with_suffix(".png").touch()
    with serving(site, "/some/folder/") as address:
        yield address


@pytest.fixture
def window(browser: Browser, newer: str) -> Iterator[Page]:
    """A window in which nothing goes wrong and from which nothing is sent."""
    page = new_page(browser, viewport={"width": 390, "height": 844})
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


def asked(window: Page, address: str, query: str) -> tuple[str, str, list[str]]:
    """What the page says of a print: its state, its line with what stands below it, and the changes."""
    window.goto(f"{address}?{query}")
    box = window.locator("[data-print-status]")
    box.wait_for(state="visible")
    assert box.get_attribute("role") == "status"
    # At the head of the page, where someone who came by the code looks first.
    assert box.bounding_box()["y"] < 844
    words = " ".join(line.inner_text() for line in box.locator("p").all())
    return box.get_attribute("data-state"), words, [item.inner_text() for item in box.locator("li").all()]


@pytest.mark.parametrize("change", OUTDATING)
def test_only_a_print_that_would_be_the_same_today_is_called_current(
    browser: Browser, address: str, sheets, change: str
) -> None:
    """Every sheet as it was before a change of what some of them print, the book among them."""
    context = new_context(browser)
    # Only the page and the script that judges: a hundred pages are asked.
    context.route(
        lambda url: not url.split("?")[0].endswith("/") and "/assets/script." not in url, lambda route: route.abort()
    )
    page = context.new_page()
    states = {}
    for slug, (place, fingerprint) in sheets[change].items():
        page.goto(f"{address}{place}?v=3.2.1&s={slug}&p={fingerprint}", wait_until="domcontentloaded")
        states[slug] = page.get_attribute("[data-print-status]", "data-state")
    context.close()
    outdated = OUTDATING[change][1]
    assert states == {slug: "changed" if slug in outdated else "current" for slug in sheets["now"]}


SINCE = "Changes recorded since version 3.2.1:"


@pytest.mark.parametrize(
    ("slug", "version", "words", "changes"),
    [
        ("technique-by-region", "3.2.1", SINCE, [NECK]),
        # The page of the QR code need not be the page that changed.
        ("short-sheet", "3.2.1", SINCE, [NECK]),
        ("book", "3.2.1", SINCE, [NECK]),
        ("card", "3.2.1", SINCE, [STEPS]),
        ("card", "3.1.0", SINCE.replace("3.2.1", "3.1.0"), [STEPS]),
        # 3.10 is newer than 3.3: numbers are compared, not letters.
        ("card", "3.3.0", SINCE.replace("3.2.1", "3.3.0"), [STEPS]),
        ("technique-by-region", "3.3.0", "No recorded change touches it: the text of this sheet has been edited.", []),
        ("technique-by-region", "3.10.0", "No recorded change touches it: the text of this sheet has been edited.", []),
        ("leaflet", "3.2.1", "No recorded change touches it: the text of this sheet has been edited.", []),
    ],
)  # fmt: skip
def test_a_sheet_that_changed_says_what_was_recorded_since(
    window: Page, newer: str, sheets, slug: str, version: str, words: str, changes: list[str]
) -> None:
    place, old = sheets["now"][slug]
    state, said, items = asked(window, newer + place, f"v={version}&s={slug}&p={old}")
    first = (
        f"What this sheet prints has changed since this print (version {version}, fingerprint {old}): print it anew."
    )
    assert (state, said) == ("changed", f"{first} {words}")
    assert len(items) == len(changes)
    assert all(change in item for change, item in zip(changes, items, strict=True))


def test_the_list_says_when_it_changed(window: Page, newer: str, sheets) -> None:
    place, old = sheets["now"]["technique-by-region"]
    (item,) = asked(window, newer + place, f"v=3.2.1&s=technique-by-region&p={old}")[2]
    assert item.replace("\u00a0", " ") == f"1 January 2031, version 3.3.0: {NECK}"


PRINTS_THE_SAME = "version 3.10.0 prints the same"


@pytest.mark.parametrize(
    ("version", "typed", "same"),
    [
        ("v=3.10.0&", "{}", "version 3.10.0"),
        ("v=3.10.0&", "%20{}%20", "version 3.10.0"),
        ("v=3.10.0&", "{:.4}%20{:.4}", "version 3.10.0"),
        *((version, "{}", PRINTS_THE_SAME) for version in ("v=3.2.1&", "v=9.9.9&", "v=x&", "")),
    ],
)
def test_the_same_fingerprint_is_current_whatever_the_version(
    window: Page, newer: str, sheets, version: str, typed: str, same: str
) -> None:
    place, fingerprint = sheets["now"]["aging-skin"]
    given = typed.format(fingerprint, fingerprint[4:]).upper()
    state, said, items = asked(window, newer + place, f"{version}s=aging-skin&p={given}")
    assert (state, said, items) == ("current", f"This print is current: {same}, fingerprint {fingerprint}.", [])


NOT_KNOWN = "Whether this print is current is not known: print it anew."
UNREADABLE = "The version of this print cannot be read."


@pytest.mark.parametrize(
    ("query", "why", "changes"),
    [
        # As the first prints asked.
        ("v=3.2.1", "This print of version 3.2.1 has no fingerprint.", [NECK]),
        ("v=3.10.0", "This print of version 3.10.0 has no fingerprint.", []),
        ("v=3.2.1&s=technique-by-region", "This print of version 3.2.1 has no fingerprint.", [NECK]),
        ("v=3.2.1&s=technique-by-region&p=", "This print of version 3.2.1 has no fingerprint.", [NECK]),
        ("v=3.2.1&s=technique-by-region&p=1a2b3c4", "The fingerprint of this print cannot be read.", [NECK]),
        ("v=3.2.1&s=technique-by-region&p=1a2b3c4g", "The fingerprint of this print cannot be read.", [NECK]),
        ("v=3.2.1&s=card&p=1a2b3c4d", "This page has no such sheet.", []),
        ("v=3.2.1&p=1a2b3c4d", "This page has no such sheet.", [NECK]),
        ("v=3.2.0&s=technique-by-region&p=1a2b3c4d", "There is no version 3.2.0 of this site.", []),
        (
            "v=3.11.0&s=technique-by-region&p=1a2b3c4d",
            "This print is version 3.11.0, newer than this copy of the site (version 3.10.0); reload the page.", [],
        ),
        ("s=technique-by-region&p=1a2b3c4d", UNREADABLE, []),
        *((f"v={printed}&s=technique-by-region&p=1a2b3c4d", UNREADABLE, [])
          for printed in ("", "1.0", "one", "1.0.0.0", "%3Cb%3E1.0.0")),
    ],
)  # fmt: skip
def test_of_any_other_print_nothing_is_known(
    window: Page, newer: str, query: str, why: str, changes: list[str]
) -> None:
    state, said, items = asked(window, newer + "technique/by-region/", query)
    since = f" {SINCE}" if changes else ""
    assert (state, said) == ("unknown", f"{why} {NOT_KNOWN}{since}")
    assert len(items) == len(changes)
    assert all(change in item for change, item in zip(changes, items, strict=True))


def test_without_a_print_in_the_address_nothing_is_said(window: Page, newer: str) -> None:
    for query in ("", "?s=technique-by-region", "?q=neck"):
        window.goto(f"{newer}technique/by-region/{query}")
        assert not window.locator("[data-print-status]").is_visible()


# --- the form -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "slug", "version", "typed", "state"),
    [
        ("Test leaflet", "leaflet", "3.2.1", "{}", "changed"),
        ("Test leaflet", "leaflet", " Version 3.2.1 ", "Fingerprint {:.4} {}", "changed"),
        ("Test skin", "aging-skin", "v 3. 2. 1", " {}", "current"),
        ("The test book", "book", "3.2.1", "{}", "changed"),
        ("Test card", "card", "3.2.1", "", "unknown"),
    ],
)
def test_the_form_takes_what_stands_on_a_print_and_leads_to_its_page(
    window: Page, newer: str, sheets, title: str, slug: str, version: str, typed: str, state: str
) -> None:
    place, fingerprint = sheets["now"][slug]
    given = fingerprint[4:] if "{:" in typed else fingerprint
    words = typed.replace("{:.4}", fingerprint[:4]).replace("{}", given).upper().replace("FINGERPRINT", "Fingerprint")
    window.goto(f"{newer}handouts/")
    form = window.locator("form[data-print-check]")
    form.wait_for(state="visible")
    form.locator("select").select_option(label=title)
    form.locator("input[name=version]").fill(version)
    form.locator("input[name=fingerprint]").fill(words)
    form.locator("button").click()
    asked_for = f"&p={fingerprint}" if typed else ""
    window.wait_for_url(f"{newer}{place}?v=3.2.1&s={slug}{asked_for}")
    assert window.locator("[data-print-status]").get_attribute("data-state") == state


def test_the_form_offers_every_sheet_and_every_page_that_is_printed(window: Page, newer: str, sheets) -> None:
    window.goto(f"{newer}handouts/")
    options = window.locator("[data-print-check] option").all()
    assert {option.get_attribute("data-sheet") for option in options} == set(sheets["now"])


@pytest.mark.parametrize(
    ("name", "words"), [("version", "1.0"), ("fingerprint", "1a2b3c4"), ("fingerprint", "1a2b3c4g")]
)
def test_the_form_takes_nothing_that_cannot_stand_on_a_print(window: Page, newer: str, name: str, words: str) -> None:
    window.goto(f"{newer}handouts/")
    form = window.locator("form[data-print-check]")
    form.locator("input[name=version]").fill("3.2.1")
    form.locator(f"input[name={name}]").fill(words)
    form.locator("button").click()
    assert window.url == f"{newer}handouts/"


def test_without_scripts_the_page_shows_no_empty_box_and_no_dead_form(browser: Browser, newer: str) -> None:
    context = new_context(browser, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{newer}technique/by-region/?v=3.2.1")
    assert not page.locator("[data-print-status]").is_visible()
    assert "Version 3.10.0" in page.inner_text("article"), "to compare by eye"
    page.goto(f"{newer}handouts/")
    assert not page.locator("form[data-print-check]").is_visible()
    context.close()
