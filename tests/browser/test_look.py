"""Where things stand on a page: edges and widths on a wide screen, words of drawings on a phone, heads of tables."""

from playwright.sync_api import Browser, Page

from macros.content.addresses import page_url
from macros.content.project import Project

from .conftest import new_page

# What stands in no other block: its left edge from that of the page, and its width, both in px.
BLOCKS = """() => {
  const page = document.querySelector(".md-content__inner");
  const within = "td, th, li, dd, figure, .trial, details, [class*=box], .stop-line, .admonition, .finder, .opening, .doors, .chair, .halves, .record-columns, .handouts";
  const left = page.getBoundingClientRect().left + parseFloat(getComputedStyle(page).paddingLeft);
  const measure = parseFloat(getComputedStyle(document.documentElement).fontSize)
    * parseFloat(getComputedStyle(document.body).getPropertyValue("--measure"));
  const blocks = [];
  for (const one of page.querySelectorAll("p, ul, ol, dl, h2, h3, .box, .stop-line, .admonition, .table-wrap, .question, .figure .figure-art")) {
    const box = one.getBoundingClientRect();
    if (one.parentElement.closest(`${within}, .page-head, .page-foot, .question, .safety-strip, .step-warnings, [data-block=ticks]`)) {
      if (!one.matches(".figure-art")) continue;
    }
    if (box.width > 1) blocks.push([one.className.baseVal ?? (one.className || one.localName), box.left - left, box.width]);
  }
  const cards = [...page.querySelectorAll(".table-wrap > table.cards")].filter((table) =>
    !table.closest(".halves") && getComputedStyle(table).display !== "table");
  return {blocks, cards: cards.length, measure, whole: page.clientWidth};
}"""

# The words of drawings that are smaller than 12 px, with their size.
SMALL = """() => [...document.querySelectorAll(".figure-art text")].map((words) => {
  const drawing = words.closest("svg");
  const size = parseFloat(getComputedStyle(words).fontSize) * drawing.getBoundingClientRect().width
    / drawing.viewBox.baseVal.width;
  return [words.textContent, size];
}).filter(([, size]) => size && size < 11.99)"""


def test_on_a_wide_screen_all_stands_at_one_edge_in_two_widths(address: str, view: Page, invented: Project) -> None:
    view.set_viewport_size({"width": 1440, "height": 900})
    for page in invented.pages:
        view.goto(address + page_url(page.path))
        found = view.evaluate(BLOCKS)
        widths = (found["measure"], found["whole"])
        assert found["blocks"] and widths[0] < widths[1]
        assert not found["cards"], f"{page.path}: rows stand as cards, though their columns have room"
        for name, left, width in found["blocks"]:
            assert abs(left) < 1.5, f"{page.path}: {name} stands {left} px from the edge"
            assert min(abs(width - one) for one in widths) < 1.5, (
                f"{page.path}: {name} is {width} px wide, not {widths}"
            )


def test_words_of_drawings_are_legible_on_a_phone(address: str, browser: Browser, invented: Project) -> None:
    page = new_page(browser, viewport={"width": 390, "height": 780}, bypass_csp=True)
    drawings = 0
    for written in invented.pages:
        if "{{ figure(" not in written.text:
            continue
        page.goto(address + page_url(written.path))
        drawings += page.locator(".figure-art").count()
        assert page.evaluate(SMALL) == [], written.path
        # A drawing reaches to both edges of the screen and does not widen the page.
        assert page.evaluate("document.documentElement.scrollWidth") == 390, written.path
    page.close()
    assert drawings >= len(invented.published.figures.figures) > 0


def test_the_head_of_a_long_table_stays_below_the_header(address: str, view: Page) -> None:
    view.set_viewport_size({"width": 1280, "height": 300})
    view.goto(address + page_url("reference/claims.md"))
    table = view.locator(".table-wrap > table").first
    head = table.locator("thead th").first
    below = view.locator(".md-header").bounding_box()
    assert below
    table.evaluate("table => scrollTo(0, scrollY + table.getBoundingClientRect().bottom - 200)")
    place = head.bounding_box()
    assert place and abs(place["y"] - below["height"]) < 1.5
    # What is led to does not lie below the head.
    row = table.locator("tbody tr").last
    row.evaluate("row => row.scrollIntoView()")
    shown = row.bounding_box()
    assert shown and shown["y"] >= below["height"] - 1.5
    # Where rows are cards, no head stands on them.
    view.set_viewport_size({"width": 390, "height": 300})
    assert head.evaluate("head => getComputedStyle(head).position") == "static"
