"""What a browser prints of a page: all of it, whatever was filtered, folded or opened on the screen."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Page, expect

from macros.content.addresses import page_url
from macros.content.project import Project

LEDGER = page_url("reference/claims.md")
QUESTIONS = page_url("reference/self-check.md")


@contextmanager
def on_paper(page: Page) -> Iterator[None]:
    """As when the reader prints: the browser tells the page before and after."""
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    yield
    page.emulate_media(media="screen")
    page.evaluate("dispatchEvent(new Event('afterprint'))")


def printed(page: Page, path: Path) -> str:
    """The words that the browser itself prints."""
    page.pdf(path=path, prefer_css_page_size=True)
    return " ".join(" ".join(sheet.get_textpage().get_text_bounded().split()) for sheet in pypdfium2.PdfDocument(path))


def test_a_filtered_table_is_printed_whole(address: str, view: Page) -> None:
    view.goto(address + LEDGER)
    rows = view.locator("[data-block='claims-table'] tbody tr")
    view.locator(".filter button", has_text="Contested").click()
    assert 0 < rows.locator("visible=true").count() < rows.count()
    with on_paper(view):
        assert rows.locator("visible=true").count() == rows.count()
        # Nor do the words of the filter stand there.
        assert not view.locator(".filter-status").is_visible()
    assert rows.locator("visible=true").count() < rows.count()


def test_answers_are_printed_at_the_end(address: str, view: Page, tmp_path: Path) -> None:
    view.goto(address + QUESTIONS)
    words = printed(view, tmp_path / "questions.pdf")
    questions, _, answers = words.partition("Answers 1. ")
    assert "B. 6 mL" in questions and answers.startswith("B. 6 mL")
    assert "It was made so." in answers and "It was made so." not in questions
    # On the screen again, the page is as it was.
    assert view.locator(".paper-answers").count() == 0
    assert view.locator("details[open]").count() == 0


def test_a_folded_note_is_printed_open(address: str, view: Page) -> None:
    view.goto(address + page_url("reference/about.md"))
    view.evaluate("""document.querySelector("article").insertAdjacentHTML(
        "beforeend", "<details><summary>More</summary><p id='folded'>Within.</p></details>")""")
    note = view.locator("#folded")
    assert not note.is_visible()
    with on_paper(view):
        assert note.is_visible()
    assert not note.is_visible()


@pytest.mark.parametrize("width", [1280, 360])
def test_no_page_is_wider_than_its_paper(address: str, view: Page, invented: Project, width: int) -> None:
    """Else a browser shrinks every page, down to letters that nobody reads."""
    view.set_viewport_size({"width": width, "height": 900})
    for page in invented.pages:
        view.goto(address + page_url(page.path))
        landscape = view.locator("table.card").count()
        view.set_viewport_size({"width": 1009 if landscape else 680, "height": 900})
        with on_paper(view):
            wide = view.evaluate("document.documentElement.scrollWidth")
        assert wide <= (1009 if landscape else 680), page.path


# --- links to what is hidden --------------------------------------------------------------------


def test_a_link_to_a_row_that_a_filter_hides_shows_it_each_time(address: str, view: Page) -> None:
    view.goto(address + page_url("reference/sources.md"))
    rows, label = view.locator("[data-group]"), view.locator(".filter button", has_text="Label")
    row = rows.locator("visible=true").filter(has_not_text="Label").first
    view.evaluate(
        """name => document.querySelector("article").insertAdjacentHTML(
        "afterbegin", `<a id="to-row" href="#${name}">to it</a>`)""",
        row.get_attribute("id"),
    )
    row = view.locator(f"#{row.get_attribute('id')}")
    for _ in range(2):
        label.click()
        assert not row.is_visible()
        view.locator("#to-row").click()
        expect(row).to_be_in_viewport()
    # A link to what is there leaves the filter alone.
    label.click()
    view.evaluate("location.hash = document.querySelector('article h1').id = 'title'")
    assert not row.is_visible()


def test_a_link_to_what_is_folded_opens_it(address: str, view: Page) -> None:
    view.goto(address + page_url("reference/about.md"))
    view.evaluate("""document.querySelector("article").insertAdjacentHTML("beforeend", `<a id="to-note" href="#in">x</a>
        <details><summary>More</summary><details><summary>Yet more</summary><p id="in">Within.</p></details></details>`)""")
    for _ in range(2):
        view.evaluate("document.querySelectorAll('details').forEach((note) => { note.open = false })")
        view.locator("#to-note").click()
        expect(view.locator("#in")).to_be_in_viewport()
