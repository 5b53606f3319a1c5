"""Reading without network: what a device saves, when the copy answers, what it says, and how a newer version arrives."""

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
from .serving import SIGN_IN, State, serving

FOLDER = "/docs/"
TABLES = page_url("technique/preparation-tables.md")
COMPLICATION = page_url("safety/recognizing-a-complication.md")
SHEETS = ["card", "leaflet"]
COPY = "This is version 3.2.1, as saved on this device. It was saved on "


def release(folder: Path, version: str) -> None:
    """Give the files of a site their worker, as a build of that version does."""
    offline.write_pages_and_worker(BuiltPages(folder), SHEETS, version, asked={"book"})


def correct(folder: Path, page: str, mark: str = "Corrected: ") -> None:
    """Put a mark before the title of a page."""
    path = folder / page / "index.html"
    path.write_text(path.read_text(encoding="utf-8").replace("<h1>", f"<h1>{mark}", 1), encoding="utf-8")


@pytest.fixture
def folder(invented_site: Path, tmp_path: Path) -> Path:
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
def host(folder: Path, state: State) -> Iterator[str]:
    with serving(folder, FOLDER, state) as address:
        yield address


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


def press_while_told_again(view: Page, name: str) -> None:
    """Press a button of the note; before it is let go, another tab lets the newer worker take over."""
    note(view).get_by_role("button", name=name).hover()
    view.mouse.down()
    view.evaluate(
        """async () => {
          navigator.serviceWorker.dispatchEvent(new Event("controllerchange"));
          const { waiting, active } = await navigator.serviceWorker.getRegistration();
          const { port1, port2 } = new MessageChannel();
          const answered = new Promise((done) => (port1.onmessage = done));
          (waiting ?? active).postMessage("which", [port2]);
          await answered;
        }"""
    )
    view.mouse.up()


def only_one_copy(view: Page) -> None:
    """Wait until everything is saved, and the copies of older versions are gone."""
    view.evaluate(
        """() => new Promise((done, fail) => {
          setTimeout(() => fail(new Error("older copies are still there after 20 s")), 20_000);
          const look = async () => (await caches.keys()).length === 1 ? done() : setTimeout(look, 100);
          look();
        })"""
    )


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


def listed(folder: Path, name: str) -> dict[str, str]:
    """A list of the worker."""
    return json.loads(re.search(rf"const {name} = (.*);", (folder / "sw.js").read_text(encoding="utf-8"))[1])


# --- the whole story ----------------------------------------------------------------------------


def test_the_story_of_a_reader_without_network(
    folder: Path, state: State, host: str, context: BrowserContext, browser: Browser
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
        correct(folder, page)
    release(folder, "3.3.0")
    newer_worker(tabs[0])
    for tab in tabs:
        note(tab).get_by_text("Version 3.3.0 is ready.").wait_for(timeout=20_000)
    for tab in tabs:
        assert not tab.inner_text("h1").startswith("Corrected: ")
        with tab.expect_navigation():
            press_while_told_again(tab, "Reload")
        assert tab.inner_text("h1").startswith("Corrected: ")
        assert note(tab).is_hidden()
    only_one_copy(view)
    state.now = "gone"
    view.goto(host + TABLES)
    assert view.inner_text("h1").startswith("Corrected: ")
    assert "This is version 3.3.0, as saved on this device." in note(view).inner_text()
    assert saved(view) == sorted(listed(folder, "FILES")), "the old copies are gone"

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


# --- what is saved ------------------------------------------------------------------------------


def test_every_page_opens_offline_and_says_so(
    state: State, host: str, context: BrowserContext, invented: Project
) -> None:
    view = visit(context, host)
    state.now = "gone"
    for page in invented.pages:
        view.goto(host + page_url(page.path))
        assert page.meta.title in view.inner_text("h1")
        assert note(view).is_visible()
        assert f"You are offline. {COPY}" in note(view).inner_text()
    view.goto(host + TABLES + "?v=0.9.0")
    assert view.locator("[data-print-status]").is_visible(), "a print can be compared offline too"
    start_theme(view)
    view.click(".md-search__input")
    view.keyboard.type("preparation tables", delay=20)
    view.wait_for_selector(".md-search-result__item", timeout=15_000)
    answer = view.goto(host + "pdf/none-a4.pdf")
    assert answer.status == 503
    assert "not saved on this device" in view.inner_text("body")


def test_a_book_is_saved_when_asked_for_with_its_size_told(state: State, host: str, context: BrowserContext) -> None:
    view = visit(context, f"{host}handouts/")
    button = view.get_by_role("button", name="Save for reading offline")
    button.wait_for()
    assert button.count() == 1
    assert "3.3\u00a0MB" in button.text_content()
    assert "A4: The test book" in button.text_content()
    button.click()
    view.get_by_role("button", name="Saved on this device").wait_for()
    state.now = "gone"
    bytes_of = (
        "fetch('../pdf/book-a4.pdf').then((answer) => answer.arrayBuffer()).then((content) => content.byteLength)"
    )
    assert view.evaluate(bytes_of) == 3_300_000
    view.reload()
    view.get_by_role("button", name="Saved on this device").wait_for()


def test_what_is_not_the_file_of_this_build_is_not_saved(
    folder: Path, state: State, host: str, context: BrowserContext
) -> None:
    """A host that is being updated: the worker is new, a page is still the old one."""
    view = visit(context, host)
    old = (folder / COMPLICATION / "index.html").read_bytes()
    correct(folder, COMPLICATION)
    release(folder, "3.3.0")
    new = (folder / COMPLICATION / "index.html").read_bytes()
    (folder / COMPLICATION / "index.html").write_bytes(old)
    newer_worker(view)
    note(view).get_by_text("Version 3.3.0 is ready.").wait_for(timeout=20_000)
    with view.expect_navigation():
        note(view).get_by_role("button", name="Reload").click()
    state.now = "gone"
    view.goto(host + TABLES)
    assert "This is version 3.3.0, as saved" in note(view).inner_text()
    view.goto(host + COMPLICATION)
    assert COPY in note(view).inner_text(), "the copy of the old version answers, and says that it is old"

    # Its turn comes when the host has it.
    (folder / COMPLICATION / "index.html").write_bytes(new)
    state.now = ""
    view.goto(host)
    only_one_copy(view)
    state.now = "gone"
    view.goto(host + COMPLICATION)
    assert view.inner_text("h1").startswith("Corrected: ")
    assert "This is version 3.3.0, as saved" in note(view).inner_text()


def test_a_save_that_fails_leaves_nothing(host: str, context: BrowserContext) -> None:
    view = context.new_page()
    view.goto(f"{host}robots.txt")
    quota = {"origin": host.removesuffix(FOLDER), "quotaSize": 20_000}
    context.new_cdp_session(view).send("Storage.overrideQuotaForOrigin", quota)
    view.goto(host)
    view.evaluate(
        """async () => {
          const { installing } = await navigator.serviceWorker.register("sw.js");
          await new Promise((done) => {
            installing.addEventListener("statechange", () => installing.state === "redundant" && done());
          });
        }"""
    )
    assert view.evaluate("caches.keys()") == []


def test_nothing_is_saved_for_a_reader_who_spares_data(state: State, host: str, context: BrowserContext) -> None:
    context.add_init_script("Object.defineProperty(navigator.connection, 'saveData', { value: true })")
    view = context.new_page()
    view.goto(host, wait_until="networkidle")
    assert f"{FOLDER}sw.js" not in state.asked
    assert view.evaluate("caches.keys()") == []


# --- who answers --------------------------------------------------------------------------------


def test_online_a_page_is_never_taken_from_the_saved_copy(folder: Path, host: str, context: BrowserContext) -> None:
    view = visit(context, host)
    correct(folder, "")
    view.goto(host)
    assert view.inner_text("h1").startswith("Corrected: ")
    assert note(view).is_hidden()


@pytest.mark.parametrize("answer", ["sign-in", "sent on", "404", "403", "511"])
def test_what_is_not_ours_does_not_hide_a_page(
    answer: str, folder: Path, state: State, host: str, context: BrowserContext, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "index.html").write_bytes(SIGN_IN)
    view = visit(context, host)
    with serving(other) as elsewhere:
        state.now, state.elsewhere = answer, elsewhere
        view.goto(host + COMPLICATION)
        words = "This site has a fault." if answer == "511" else "Something else answered for this site"
        assert words in note(view).inner_text()
        assert COPY in note(view).inner_text()
        assert view.evaluate("fetch('../../pdf/card-a4.pdf').then((sheet) => sheet.text())").startswith("%PDF")
        # A reader can reach the sign-in page, and a file that is not saved is never kept from them.
        if answer == "sent on":
            note(view).get_by_role("button", name="Show what answers").click()
            view.get_by_text("Welcome to the network").wait_for()
            view.goto(host + "downloads/regions.csv", wait_until="commit")
            assert "Welcome to the network" in view.inner_text("h1")


def test_a_page_that_the_site_has_withdrawn_is_not_shown(folder: Path, host: str, context: BrowserContext) -> None:
    view = visit(context, host)
    (folder / TABLES / "index.html").unlink()
    view.goto(host + TABLES)
    assert "no page at this address" in view.inner_text("h1")
    assert note(view).is_hidden()


def test_an_address_without_its_slash_leads_to_the_copy(state: State, host: str, context: BrowserContext) -> None:
    view = visit(context, host)
    state.now = "silent"
    view.goto(host + COMPLICATION.removesuffix("/") + "?v=1.0.0#signs", timeout=15_000)
    assert view.url == f"{host}{COMPLICATION}?v=1.0.0#signs"
    assert COPY in note(view).inner_text()


# --- what a page says ---------------------------------------------------------------------------


def test_a_page_that_may_be_old_says_so_until_it_is_loaded_anew(
    folder: Path, state: State, host: str, context: BrowserContext
) -> None:
    # Loaded from the host, then offline, then online again.
    view = visit(context, host)
    context.set_offline(True)
    note(view).get_by_text("You are offline. This page is version 3.2.1, as it was loaded").wait_for()
    correct(folder, "")
    context.set_offline(False)
    note(view).get_by_text("You are online again. This page is version 3.2.1, as it was loaded").wait_for()
    with view.expect_navigation():
        note(view).get_by_role("button", name="Reload").click()
    assert view.inner_text("h1").startswith("Corrected: ")
    assert note(view).is_hidden()

    # The same with a saved copy, which cannot lose its line.
    state.now = "gone"
    view.reload()
    context.set_offline(True)
    context.set_offline(False)
    note(view).get_by_text(f"You are online again. {COPY}").wait_for()
    assert note(view).get_by_role("button").all_inner_texts() == ["Reload"]
    view.emulate_media(media="print")
    assert note(view).is_visible(), "on paper too"
    assert note(view).get_by_role("button").is_hidden()


def test_a_saved_copy_says_so_without_scripts(state: State, host: str, context: BrowserContext) -> None:
    visit(context, host)
    state.now = "gone"
    view = context.new_page()
    context.new_cdp_session(view).send("Emulation.setScriptExecutionDisabled", {"value": True})
    view.goto(host + COMPLICATION)
    assert f"You are offline. {COPY}" in note(view).inner_text()


def test_a_tab_that_was_left_behind_reloads_even_when_its_worker_has_gone(
    folder: Path, host: str, context: BrowserContext
) -> None:
    """A version that was offered, and overtaken by the next before the reader agreed."""
    view = visit(context, host)
    for version in ("3.3.0", "3.4.0"):
        correct(folder, "", f"{version}: ")
        release(folder, version)
        newer_worker(view)
        note(view).get_by_text(f"Version {version} is ready.").wait_for(timeout=20_000)
    with view.expect_navigation():
        note(view).get_by_role("button", name="Reload").click()
    assert view.inner_text("h1").startswith("3.4.0: ")
    assert note(view).is_hidden()
    only_one_copy(view)


def test_every_tab_reloads_while_the_old_worker_is_still_busy(
    folder: Path, state: State, host: str, context: BrowserContext
) -> None:
    """A browser lets a newer worker in only when the older one has nothing left to do, such as a file that never comes."""
    tabs = [visit(context, host), opened(context, host)]
    state.now = "silent"
    tabs[1].evaluate("void fetch('never.csv')")
    while f"{FOLDER}never.csv" not in state.asked:
        tabs[1].wait_for_timeout(100)
    state.now = ""
    correct(folder, "")
    release(folder, "3.3.0")
    newer_worker(tabs[0])
    for tab in tabs:
        note(tab).get_by_text("Version 3.3.0 is ready.").wait_for()
    for tab in tabs:
        note(tab).get_by_role("button", name="Reload").click(no_wait_after=True)
        tab.get_by_role("heading", name="Corrected: ").wait_for()


def test_a_fault_of_another_script_does_not_stop_it(
    folder: Path, state: State, host: str, context: BrowserContext
) -> None:
    context.add_init_script(
        "Object.defineProperty(document, 'activeElement', { get() { throw new Error('a fault'); } })"
    )
    view = visit(context, host)
    state.now = "gone"
    view.goto(host + COMPLICATION)
    assert note(view).get_by_role("button", name="Reload").is_visible()
