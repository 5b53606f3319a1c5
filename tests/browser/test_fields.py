"""Sheets are filled in on the screen: typed, printed, and forgotten, but for the clinic's own lines when that is asked."""

import json
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page

from macros.content.addresses import page_url
from macros.content.project import Project

from .conftest import new_page
from .test_paper import on_paper, printed

CARD = page_url("handouts/card.md")
LEAFLET = page_url("patients/what-the-treatment-is.md")
LONG = (
    "Swelling for an hour on both sides, cooled and watched, then gone; told to call at once if it comes back tonight"
)
# The theme notes there which colors are shown.
THEME = "/.__palette"


def kept(page: Page) -> dict[str, str]:
    """All that a page keeps in the browser, but for the theme's colors."""
    everything = page.evaluate(
        "({...localStorage, ...sessionStorage, ...Object.fromEntries([['cookie', document.cookie]])})"
    )
    return {name: value for name, value in everything.items() if not name.endswith(THEME) and value}


def fill_in(page: Page) -> None:
    page.get_by_label("Patient:").fill("Ada Example")
    page.get_by_label("Date:").fill("12 March 2027")
    page.get_by_label("Needle").check()
    page.get_by_label("Lot label").fill("LOT 123\nLOT 456")
    page.get_by_label("Reactions").fill(LONG)


def test_what_is_typed_into_a_sheet_is_printed_whole(address: str, view: Page, tmp_path: Path) -> None:
    view.goto(address + CARD)
    empty = printed(view, tmp_path / "empty.pdf")
    fill_in(view)
    words = printed(view, tmp_path / "filled.pdf")
    for typed in ("Ada Example", "12 March 2027", "LOT 123 LOT 456", LONG):
        assert words.count(typed) == 1, typed
        assert typed not in empty
    # The box is ticked on paper: the mark is drawn.
    with on_paper(view):
        drawn = "element => getComputedStyle(element, '::before').borderBottomWidth"
        assert view.get_by_label("Needle").evaluate(drawn) != "0px"
        assert view.get_by_label("Cannula").evaluate(drawn) == "0px"
    # On the screen again, it can be typed on.
    assert view.get_by_label("Patient:").input_value() == "Ada Example"
    assert view.locator(".field-typed").count() == 0


def test_without_the_script_it_is_typed_and_printed_too(address: str, browser: Browser, tmp_path: Path) -> None:
    page = new_page(browser, java_script_enabled=False)
    page.goto(address + CARD)
    fill_in(page)
    assert not page.get_by_text("Remember clinic").is_visible()
    page.pdf(path=tmp_path / "filled.pdf")
    words = words_of(tmp_path / "filled.pdf")
    assert "Ada Example" in words and LONG in words
    page.close()


def words_of(path: Path) -> str:
    import pypdfium2

    return " ".join(" ".join(sheet.get_textpage().get_text_bounded().split()) for sheet in pypdfium2.PdfDocument(path))


def test_nothing_that_is_typed_is_kept_or_sent(address: str, context: BrowserContext) -> None:
    page = context.new_page()
    page.goto(address + CARD)
    page.wait_for_load_state("networkidle")
    before, asked = kept(page), []
    page.on("request", lambda request: asked.append(request.url + (request.post_data or "")))
    page.get_by_label("Clinic:").fill("North Lake")
    fill_in(page)
    page.keyboard.press("Enter")
    with on_paper(page):
        pass
    page.wait_for_timeout(300)
    assert kept(page) == before
    # The theme's script comes at the first move; nothing takes a word along.
    assert not any(word in url for url in asked for word in ("Ada", "Lake", "LOT", "Swelling", "2027"))
    page.reload()
    assert [page.get_by_label(name).input_value() for name in ("Clinic:", "Patient:", "Date:", "Reactions")] == [""] * 4
    assert not page.get_by_label("Needle").is_checked()


def test_the_lines_of_the_clinic_are_remembered_when_asked_and_no_others(
    address: str, context: BrowserContext, tmp_path: Path
) -> None:
    page = context.new_page()
    page.goto(address + CARD)
    before = kept(page)
    remember = page.get_by_label("Remember clinic")
    assert not remember.is_checked()
    page.get_by_label("Clinic:").fill("North Lake")
    remember.check()
    fill_in(page)
    page.get_by_label("Clinic:").fill("North Lake Skin")
    new = {name: value for name, value in kept(page).items() if name not in before}
    assert {name: json.loads(value) for name, value in new.items()} == {"clinic": {"clinic": "North Lake Skin"}}
    # On another sheet it stands in its line, and what is new there joins it.
    page.goto(address + LEAFLET)
    assert page.get_by_label("Clinic:").input_value() == "North Lake Skin"
    assert page.get_by_label("Remember clinic").is_checked()
    page.get_by_label("Emergency number:").fill("112")
    page.goto(address + CARD)
    assert "North Lake Skin · Emergency: 112" in printed(page, tmp_path / "card.pdf")
    assert "Ada" not in json.dumps(kept(page))
    # Unticked, all of it is forgotten.
    page.get_by_label("Remember clinic").uncheck()
    assert kept(page) == before
    page.reload()
    assert page.get_by_label("Clinic:").input_value() == ""
    assert "Emergency: 112" not in printed(page, tmp_path / "card.pdf")


def test_where_the_browser_refuses_storage_fields_work_and_nothing_is_promised(
    address: str, context: BrowserContext, tmp_path: Path
) -> None:
    page = context.new_page()
    page.add_init_script("Storage.prototype.setItem = () => { throw new Error('full'); }")
    page.goto(address + CARD)
    page.get_by_label("Remember clinic").click()
    assert not page.get_by_label("Remember clinic").is_checked()
    assert page.get_by_text("it refuses storage").is_visible()
    fill_in(page)
    assert "Ada Example" in printed(page, tmp_path / "card.pdf")


def test_on_a_phone_each_field_can_be_hit_with_a_finger(address: str, phone: Page) -> None:
    phone.goto(address + CARD)
    small = phone.evaluate("""[...document.querySelectorAll("[data-field], [data-remember]")]
        .map((one) => [one.type === "checkbox" ? one.closest("label") : one, one.id])
        .map(([one, name]) => [name, one.getBoundingClientRect().height])
        .filter(([, height]) => height < 44)""")
    assert small == []
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360


def test_every_line_of_the_real_sheets_is_printed_with_what_is_typed(
    real: Project, real_address: str, view: Page, tmp_path: Path
) -> None:
    sheets = {row.page for row in real.published.handouts.handouts if not row.region}
    tried = 0
    for path in sorted(sheets):
        view.goto(real_address + page_url(path))
        lines = view.locator("[data-field]:not([type=checkbox])")
        # Words of their own: what is longer than its line stands beside that of the next column.
        typed = [" ".join(f"word{number}{letter}" for letter in "abcdefg") for number in range(lines.count())]
        for number, words in enumerate(typed):
            lines.nth(number).fill(words)
        tried += len(typed)
        paper = printed(view, tmp_path / "sheet.pdf") if typed else ""
        # What stands on the screen only is not printed.
        shown = [
            number
            for number in range(len(typed))
            if not lines.nth(number).evaluate("one => one.closest('[data-print=off]')")
        ]
        missing = [word for number in shown for word in typed[number].split() if word not in paper.split()]
        assert missing == [], path
    assert tried > 10
