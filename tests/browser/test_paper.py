"""What a browser prints of a page: all of it, whatever was filtered, folded or opened on the screen."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Browser, Page, expect

from macros.content.addresses import page_url
from macros.content.project import Project

from .conftest import new_context, new_page

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


# --- on the paper itself -----------------------------------------------------------------------------

SIGNS, TABLES = page_url("safety/recognizing-a-complication.md"), page_url("technique/preparation-tables.md")


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_a_page_in_the_dark_is_printed_light_with_what_it_is_at_its_end(
    address: str, browser: Browser, invented: Project, tmp_path: Path, paper: str
) -> None:
    view = new_page(browser, color_scheme="dark")
    view.goto(address + SIGNS)
    view.wait_for_selector("body[data-md-color-scheme=slate]")
    view.pdf(path=tmp_path / "page.pdf", format=paper, prefer_css_page_size=True)
    view.close()
    meta = invented.page("safety/recognizing-a-complication.md").meta
    with pypdfium2.PdfDocument(tmp_path / "page.pdf") as document:
        words = [" ".join(sheet.get_textpage().get_text_bounded().split()) for sheet in document]
        for sheet in document:
            gray = sheet.render(scale=0.5).to_pil().convert("L")
            counts = gray.histogram()
            # Ink on paper: no dark ground, neither of the page nor of a drawing or a table.
            assert sum(counts[:64]) < 0.1 * sum(counts) and gray.getpixel((2, 2)) == 255
    assert "does not replace" in words[-1] and f"Version {invented.site.version}, reviewed" in words[-1]
    assert meta.review_by[:4] in words[-1] and meta.title in words[0]
    assert all(f"{number} / {len(words)}" in text for number, text in enumerate(words, 1))
    # No words of the header, the menu, the search or a button.
    assert not [gone for gone in ("Search", "Open larger", "Print A4", "Skip to") for text in words if gone in text]


def test_an_address_outside_is_printed_and_one_inside_is_not(address: str, view: Page, tmp_path: Path) -> None:
    view.goto(address + SIGNS)
    view.evaluate("""document.querySelector(".page-foot").insertAdjacentHTML("beforebegin",
        `<p><a href="https://example.org/out">Outside</a>, <a href="../../">inside</a>,
        <a class="ref-link" href="https://example.org/whole">example.org/whole</a>.</p>`)""")
    words = printed(view, tmp_path / "page.pdf")
    assert "Outside (https://example.org/out), inside, example.org/whole." in words


def test_warnings_drawings_and_rows_are_kept_whole(address: str, view: Page, invented: Project) -> None:
    view.emulate_media(media="print")
    for page in invented.pages:
        view.goto(address + page_url(page.path))
        cut = view.evaluate("""[...document.querySelectorAll("article :is(.box, .admonition, .stop-line, .safety-strip, \
            .step-warnings, .step-warning, figure, table.data tr, li)")].filter((part) =>
            getComputedStyle(part).breakInside !== "avoid" && !part.closest("figure, li")).map((part) => part.className)""")
        heads = view.evaluate(
            "[...document.querySelectorAll('table.data thead')].map((head) => getComputedStyle(head).display)"
        )
        assert cut == [] and set(heads) <= {"table-header-group"}, page.path


def test_the_head_of_a_long_table_is_repeated_with_its_words(address: str, view: Page, tmp_path: Path) -> None:
    view.goto(address + page_url("technique/by-region.md"))
    view.evaluate("""() => {
        const [table] = document.querySelectorAll("table.data");
        // As the program of the tables makes a head that sorts.
        table.tHead.querySelector("th").innerHTML = "<button class='sort'>Head to repeat</button>";
        const [body] = table.tBodies;
        for (let number = 0; number < 80; number++) body.append(body.rows[0].cloneNode(true));
    }""")
    words = printed(view, tmp_path / "table.pdf")
    assert words.count("Head to repeat") > 2


def test_what_is_folded_is_printed_without_scripts_too(address: str, browser: Browser, tmp_path: Path) -> None:
    context = new_context(browser, java_script_enabled=False)
    view = context.new_page()
    view.goto(address + page_url("reference/about.md"))
    assert "Words that are folded away." in printed(view, tmp_path / "about.pdf")
    view.goto(address + QUESTIONS)
    assert "It was made so." in printed(view, tmp_path / "questions.pdf")
    context.close()


def test_a_mark_leaves_the_lines_of_a_printed_paragraph_their_distance(address: str, view: Page) -> None:
    view.goto(address + SIGNS)
    view.emulate_media(media="print")
    plain, marked = view.evaluate("""() => {
        const foot = document.querySelector(".page-foot");
        return ["runs on", '<span class="mark mark-off-label"><span class="mark-shape"></span>Off</span>'].map((words) => {
            const line = document.createElement("p");
            line.innerHTML = `A line ${words}<br>and one ${words}<br>and one more ${words}`;
            foot.before(line);
            return line.getBoundingClientRect().height;
        });
    }""")
    assert marked == pytest.approx(plain, abs=0.5)


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
