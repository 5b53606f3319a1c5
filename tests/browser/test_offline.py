"""Reading without network: what a device saves, when the copy answers, what it says, and how a newer version arrives."""

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page

from macros.content.addresses import page_url
from macros.content.project import Project
from macros.publishing import offline
from macros.publishing.built_pages import BuiltPages

from ..projects import copy_tree
from .conftest import start_theme
from .serving import State, serving

FOLDER = "/docs/"
TABLES = page_url("technique/preparation-tables.md")
COMPLICATION = page_url("safety/recognizing-a-complication.md")
SHEETS = {"card", "leaflet"}
COPY = "This is version 3.2.1, as saved on this device. It was saved on "


def release(site: Path, version: str) -> None:
    """Give the files of a site their worker, as a build of that version does."""
    offline.write_pages_and_worker(BuiltPages(site), SHEETS, version, asked={"book"})


def correct(site: Path, page: str, old: str = "<h1>", new: str = "<h1>Corrected: ") -> None:
    path = site / page / "index.html"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")


@pytest.fixture
def site(invented_site: Path, tmp_path: Path) -> Path:
    """The invented site with sheets and a book that are empty but for their size."""
    made = copy_tree(invented_site, tmp_path / "site")
    (made / "pdf").mkdir(exist_ok=True)
    for name, size in {"card-a4": 30_000, "card-letter": 30_001, "leaflet-a4": 20_000, "book-a4": 3_300_000}.items():
        (made / f"pdf/{name}.pdf").write_bytes(b"%PDF-1.7\n".ljust(size, b"%"))
    release(made, "3.2.1")
    return made


@pytest.fixture
def state() -> State:
    return State()


@pytest.fixture
def host(site: Path, state: State) -> Iterator[str]:
    with serving(site, FOLDER, state) as address:
        yield address


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport={"width": 1280, "height": 900})
    yield made
    made.close()


def visit(context: BrowserContext, address: str) -> Page:
    """A first visit, until a worker is in charge: it has saved what it can."""
    view = context.new_page()
    view.goto(address)
    view.evaluate(
        """() => new Promise((done, fail) => {
          setTimeout(() => fail(new Error("the page is not saved after 30 s")), 30_000);
          const workers = navigator.serviceWorker;
          workers.ready.then(() => workers.controller ? done() : workers.addEventListener("controllerchange", done));
        })"""
    )
    return view


def opened(context: BrowserContext, address: str) -> Page:
    view = context.new_page()
    view.goto(address)
    return view


def note(view: Page) -> Locator:
    return view.locator(".site-note")


def newer_worker(view: Page) -> None:
    """What a browser does now and then: it asks for the worker again."""
    view.evaluate("navigator.serviceWorker.getRegistration().then((found) => found.update())")


def saved(view: Page) -> list[str]:
    """The files in all copies, as paths below the site."""
    keys = view.evaluate(
        """async () => {
          const names = await caches.keys();
          const keys = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
          return keys.flat().map(({ url }) => url);
        }"""
    )
    return sorted(key.partition(FOLDER)[2].partition("?")[0] for key in keys)


# --- the whole story ----------------------------------------------------------------------------


def test_the_story_of_a_reader_without_network(
    site: Path, state: State, host: str, context: BrowserContext, browser: Browser
) -> None:
    # A first visit saves pages, then sheets; the book is not sent.
    view = visit(context, host)
    kept = saved(view)
    assert {"index.html", f"{COMPLICATION}index.html", "pdf/card-a4.pdf", "pdf/leaflet-a4.pdf"} <= set(kept)
    assert state.sent < offline.FIRST_SAVE
    assert not any("book" in path for path in state.asked + kept)
    last = {path: place for place, path in enumerate(state.asked)}
    pages = [place for path, place in last.items() if path.endswith("/")]
    assert max(pages) < last[f"{FOLDER}pdf/leaflet-a4.pdf"], "pages first"

    # The network is gone, then silent, then the host is in trouble: the page comes with its line.
    for trouble, words in {
        "gone": "You are offline.",
        "silent": "This site does not answer.",
        "stalls": "This site does not answer.",
        "503": "This site has a fault.",
    }.items():
        state.now = trouble
        view.goto(host + COMPLICATION, timeout=15_000)
        assert view.inner_text("h1")
        assert f"{words} {COPY}" in note(view).inner_text(), trouble
        assert view.evaluate("getComputedStyle(document.querySelector('.site-note')).position") == "fixed", "styled"

    # The host is well again: nothing comes from the device.
    state.now = ""
    with view.expect_navigation():
        note(view).get_by_role("button", name="Reload").click()
    assert note(view).is_hidden()

    # A new version with three tabs: each is told, and reloads on its own button.
    tabs = [opened(context, host + path) for path in (TABLES, COMPLICATION, "")]
    for page in (TABLES, COMPLICATION, ""):
        correct(site, page)
    release(site, "3.3.0")
    newer_worker(tabs[0])
    for tab in tabs:
        note(tab).get_by_text("Version 3.3.0 is ready.").wait_for(timeout=20_000)
    for tab in tabs:
        assert not tab.inner_text("h1").startswith("Corrected: ")
        with tab.expect_navigation():
            note(tab).get_by_role("button", name="Reload").click()
        assert tab.inner_text("h1").startswith("Corrected: ")
        assert note(tab).is_hidden()
    state.now = "gone"
    view.goto(host + TABLES)
    assert view.inner_text("h1").startswith("Corrected: ")
    assert "This is version 3.3.0, as saved on this device." in note(view).inner_text()
    assert saved(view) == kept_names(site), "the old copies are gone"

    # A device with little room: the warnings are saved, and nothing is half there.
    state.now = ""
    small = browser.new_context()
    full = small.new_page()
    full.goto(f"{host}robots.txt")
    quota = {"origin": host.removesuffix(FOLDER), "quotaSize": 400_000}
    small.new_cdp_session(full).send("Storage.overrideQuotaForOrigin", quota)
    view = visit(small, host)
    fits = saved(view)
    assert f"{COMPLICATION}index.html" in fits
    assert len(fits) < len(kept)
    state.now = "gone"
    view.goto(host + COMPLICATION)
    assert "This is version 3.3.0, as saved on this device." in note(view).inner_text()
    small.close()


def kept_names(site: Path) -> list[str]:
    return sorted(json.loads(re.search(r"const FILES = (\{.*?\});", (site / "sw.js").read_text(encoding="utf-8"))[1]))
