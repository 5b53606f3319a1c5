"""A browser, and the two built sites at an address, as a host serves them, with their headers."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from macros.system_parts import chromium

from .serving import serving


@pytest.fixture(scope="session")
def real_address(site: Path) -> Iterator[str]:
    """The real site."""
    with serving(site) as address:
        yield address


@pytest.fixture(scope="session")
def address(invented_site: Path) -> Iterator[str]:
    """The invented site, without its PDFs."""
    with serving(invented_site) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = chromium()
    assert path, "no Chromium; run make test, which installs it"
    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=flags)
        yield started
        started.close()


# A first visit saves pages on the device, which takes longer than most tests.
NOTHING_SAVED = "if (navigator.serviceWorker) navigator.serviceWorker.register = () => new Promise(() => {})"


def new_context(browser: Browser, **options: Any) -> BrowserContext:
    """A reader's browser that saves nothing for reading offline, with these options of Playwright's."""
    context = browser.new_context(**options)
    context.add_init_script(NOTHING_SAVED)
    return context


def new_page(browser: Browser, **options: Any) -> Page:
    """A window of such a browser, which is closed with it."""
    page = browser.new_page(**options)
    page.add_init_script(NOTHING_SAVED)
    return page


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A reader's browser, with a storage of its own, that saves pages for reading offline."""
    made = browser.new_context(viewport={"width": 1280, "height": 900})
    yield made
    made.close()


@pytest.fixture
def view(browser: Browser) -> Iterator[Page]:
    """A wide window."""
    # Waiting for an expression evaluates a string, which the site's policy forbids; test_every_page.py tests the policy.
    page = new_page(browser, viewport={"width": 1280, "height": 900}, bypass_csp=True)
    yield page
    page.close()


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A narrow window with touch."""
    page = new_page(browser, viewport={"width": 360, "height": 780}, has_touch=True, bypass_csp=True)
    yield page
    page.close()


def start_theme(page: Page) -> None:
    """Move the pointer, as a reader does, and wait until the theme's script is at work."""
    page.mouse.move(300, 300)
    page.mouse.move(310, 310)
    # Not wait_for_function: it evaluates a string, which the policy forbids.
    page.wait_for_selector("html[data-theme=ready]", state="attached")
