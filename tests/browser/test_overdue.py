"""A day of review that has passed: the page says so by the reader's clock, on the screen and on paper."""

from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Browser, Page

from macros.content.addresses import page_url
from macros.content.project import Project

from .conftest import new_context, new_page

TABLES, LEAFLET = "technique/preparation-tables.md", "patients/what-the-treatment-is.md"


def told(view: Page, address: str, day: str) -> list[str]:
    """What the page says is overdue to a reader whose clock shows noon of that day."""
    view.clock.set_fixed_time(f"{day}T12:00:00")
    view.goto(address)
    return view.locator(".page-overdue:visible").all_inner_texts()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", [TABLES, LEAFLET])
def test_a_page_says_that_its_review_is_overdue(
    address: str, browser: Browser, invented: Project, path: str, scheme: str, tmp_path: Path
) -> None:
    by = invented.page(path).meta.review_by
    own = "This page was to be checked by" if path == LEAFLET else "The review of this page was due on"
    view = new_page(browser, color_scheme=scheme)
    assert not any(line.startswith(own) for line in told(view, address + page_url(path), by))
    first, *rows = told(view, address + page_url(path), f"{int(by[:4]) + 1}{by[4:]}")
    assert first.startswith(own) and by[:4] in first
    # Its rows are told to those who know what a row is.
    assert [line[:14] for line in rows] == ([] if path == LEAFLET else ["Label statuses"])
    view.pdf(path=tmp_path / "page.pdf")
    with pypdfium2.PdfDocument(tmp_path / "page.pdf") as printed:
        assert own in " ".join(printed[0].get_textpage().get_text_bounded().split())
    view.close()


def test_the_rows_that_are_overdue_are_counted_before_their_page_is(
    address: str, browser: Browser, invented: Project
) -> None:
    view = new_page(browser)
    view.goto(address + page_url(TABLES))
    days = view.locator("[data-due]").nth(1).get_attribute("data-due").split()
    assert days == sorted(days) and set(days) <= {
        getattr(row, "review_by", None) for row in invented.data.rows.values()
    }
    assert told(view, address + page_url(TABLES), days[0]) == []
    first, later = days[0], next(day for day in days if day > days[0])
    (line,) = told(view, address + page_url(TABLES), later)
    assert line.endswith(f"overdue: {days.count(first)}.")
    view.close()


def test_without_scripts_nothing_is_said_to_be_overdue(address: str, browser: Browser) -> None:
    context = new_context(browser, java_script_enabled=False)
    view = context.new_page()
    view.goto(address + page_url(TABLES))
    assert view.locator(".page-overdue").count() > 0 and not view.locator(".page-overdue:visible").count()
    context.close()
