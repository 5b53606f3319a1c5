"""The site as a host serves it, below a folder of the host: private, light, readable offline and from a folder."""

import json
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import lxml.html
import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Response
from playwright.sync_api import Page as View

from macros.build import build_pages
from macros.content.addresses import page_url
from macros.content.faults import ContentError
from macros.content.load import Data
from macros.content.pages import Page
from macros.content.project import load_project
from macros.content.settings import read_site

from ..conftest import ROOT, build_without_prints
from .serving import serving

FOLDER = "/docs/"
PUBLIC = "https://example.org/docs/"
TRANSFER_LIMIT = 100 * 1024  # bytes of a first view


@pytest.fixture(scope="module")
def address(pages_site: Path) -> Iterator[str]:
    with serving(pages_site, FOLDER) as found:
        yield found


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport={"width": 1280, "height": 900})
    yield made
    made.close()


# --- private and safe ---------------------------------------------------------------------------


def test_no_page_breaks_the_policy_asks_another_host_or_sets_a_cookie(
    address: str, browser: Browser, pages: list[Page]
) -> None:
    """With the headers enforced, and with the theme's script at work."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    faults: list[str] = []
    context.on("console", lambda message: faults.append(message.text) if is_fault(message) else None)
    context.on("weberror", lambda error: faults.append(str(error.error)))
    context.on(
        "request",
        lambda request: (
            faults.append(f"asks {request.url}") if not request.url.startswith((address, "data:", "blob:")) else None
        ),
    )
    context.add_init_script(
        "document.addEventListener('securitypolicyviolation', (event) =>"
        " console.error(`policy: ${event.violatedDirective} blocks ${event.blockedURI} on ${location.pathname}`))"
    )
    view = context.new_page()
    for page in pages:
        answer = view.goto(address + page_url(page.path), wait_until="load")
        assert "default-src 'none'" in answer.headers["content-security-policy"], "the headers are not sent"
        start_theme(view)
    assert context.cookies() == []
    context.close()
    assert faults == []


def is_fault(message: ConsoleMessage) -> bool:
    """An error of a page; the prints and their pictures are not built here."""
    return message.type == "error" and "/pdf/" not in message.location["url"]


def start_theme(view: View) -> None:
    """Move the pointer, as a reader does, and wait until the theme's script is at work."""
    view.mouse.move(300, 300)
    view.mouse.move(310, 310)
    # Not wait_for_function: it evaluates a string, which the policy forbids.
    view.wait_for_selector("html[data-theme=ready]", state="attached")


def test_a_script_from_elsewhere_is_blocked(address: str, context: BrowserContext) -> None:
    """The policy works at all: what a page would be tricked into does not run."""
    view = context.new_page()
    view.goto(address)
    ran = view.evaluate(
        """() => {
            const script = document.createElement("script");
            script.textContent = "window.ran = true";
            document.body.append(script);
            const styled = document.createElement("p");
            styled.innerHTML = '<b style="color: red" onclick="window.ran = true">x</b>';
            document.body.append(styled);
            styled.firstChild.click();
            return [window.ran === true, getComputedStyle(styled.firstChild).color];
        }"""
    )
    assert ran[0] is False
    assert ran[1] != "rgb(255, 0, 0)"


# --- fast ---------------------------------------------------------------------------------------


def test_a_first_view_is_light(address: str, browser: Browser, pages: list[Page]) -> None:
    context = browser.new_context(viewport={"width": 412, "height": 823}, service_workers="block")
    view = context.new_page()
    # Each page as if it were the first.
    context.new_cdp_session(view).send("Network.setCacheDisabled", {"cacheDisabled": True})
    answers: list[Response] = []
    view.on("response", lambda answer: answers.append(answer))
    heavy = {}
    for page in pages:
        answers.clear()
        view.goto(address + page_url(page.path), wait_until="load")
        sizes = {answer.url: int(answer.header_value("content-length") or 0) for answer in answers}
        assert len(sizes) >= 3, "the page, its stylesheet, its script"
        if sum(sizes.values()) > TRANSFER_LIMIT:
            heavy[page.path] = sizes
    context.close()
    assert heavy == {}


def test_a_page_stands_before_the_theme_starts_and_works_after(address: str, context: BrowserContext) -> None:
    view = context.new_page()
    asked: list[str] = []
    view.on("request", lambda request: asked.append(request.url))
    view.goto(address + page_url("technique/mixing.md"), wait_until="networkidle")
    assert not any("bundle" in url or "search" in url for url in asked)
    start_theme(view)
    view.click(".md-search__input")
    view.keyboard.type("preparation tables", delay=20)
    view.wait_for_selector(".md-search-result__item", timeout=15_000)
    assert "Preparation tables" in view.inner_text(".md-search-result__list")


def test_a_dark_device_gets_a_dark_page_before_any_script_file(browser: Browser, address: str) -> None:
    context = browser.new_context(color_scheme="dark", service_workers="block")
    context.route("**/*.js", lambda route: route.abort())
    view = context.new_page()
    view.goto(address)
    assert view.get_attribute("body", "data-md-color-scheme") == "slate"
    view.locator("[data-md-component=palette] label:visible").click()
    assert view.get_attribute("body", "data-md-color-scheme") == "default"
    view.goto(address + page_url("technique/mixing.md"))
    assert view.get_attribute("body", "data-md-color-scheme") == "default", "the choice is kept from page to page"
    context.close()


# --- offline ------------------------------------------------------------------------------------


def saved_context(browser: Browser, address: str) -> BrowserContext:
    """A reader after the first visit: the worker has saved the site."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    view = context.new_page()
    view.goto(address)
    view.evaluate(
        """() => new Promise((done, fail) => {
          setTimeout(() => fail(new Error("the page is not saved after 30 s")), 30_000);
          const workers = navigator.serviceWorker;
          workers.ready.then(() => workers.controller ? done() : workers.addEventListener("controllerchange", done));
        })"""
    )
    view.close()
    return context


def test_every_page_opens_offline_and_says_so(pages_site: Path, browser: Browser, pages: list[Page]) -> None:
    with serving(pages_site, FOLDER) as address:
        context = saved_context(browser, address)
    # The host is gone now.
    view = context.new_page()
    for page in pages:
        view.goto(address + page_url(page.path))
        assert page.meta.title in view.inner_text("h1")
        note = view.locator(".site-note")
        assert note.is_visible()
        assert "You are offline. This is version 1.0.0, as saved on this device." in note.inner_text()
    view.goto(address + page_url("technique/mixing.md") + "?v=0.9.0")
    assert view.locator("[data-print-status]").is_visible(), "a print can be compared offline too"
    start_theme(view)
    view.click(".md-search__input")
    view.keyboard.type("preparation tables", delay=20)
    view.wait_for_selector(".md-search-result__item", timeout=15_000)
    answer = view.goto(address + "pdf/none-a4.pdf")
    assert answer.status == 503
    assert "not saved on this device" in view.inner_text("body")
    context.close()


def test_online_a_page_is_never_taken_from_the_saved_copy(pages_site: Path, browser: Browser, tmp_path: Path) -> None:
    site = shutil.copytree(pages_site, tmp_path / "site")
    with serving(site, FOLDER) as address:
        context = saved_context(browser, address)
        page = site / "index.html"
        page.write_text(page.read_text(encoding="utf-8").replace("<h1>", "<h1>Corrected: ", 1), encoding="utf-8")
        view = context.new_page()
        view.goto(address)
        assert view.inner_text("h1").startswith("Corrected: ")
        assert view.locator(".site-note").is_hidden()
        context.close()


def test_a_newer_version_is_offered_on_a_page_that_stands_open(
    pages_site: Path, browser: Browser, tmp_path: Path
) -> None:
    site = shutil.copytree(pages_site, tmp_path / "site")
    with serving(site, FOLDER) as address:
        context = saved_context(browser, address)
        view = context.new_page()
        view.goto(address)
        # The host gets version 1.0.1.
        old = json.loads(f'"{view.get_attribute("meta[name=build]", "content")}"')
        for path in [*site.rglob("*.html"), site / "sw.js"]:
            text = path.read_text(encoding="utf-8").replace(old, "000000000001")
            path.write_text(text.replace('VERSION = "1.0.0"', 'VERSION = "1.0.1"'), encoding="utf-8")
        view.evaluate("navigator.serviceWorker.getRegistration().then((found) => found.update())")
        note = view.locator(".site-note")
        note.wait_for(state="visible", timeout=20_000)
        assert "Version 1.0.1 is ready." in note.inner_text()
        with view.expect_navigation():
            note.get_by_role("button", name="Reload").click()
        assert view.get_attribute("meta[name=build]", "content") == "000000000001"
        view.wait_for_timeout(500)
        assert view.locator(".site-note").is_hidden()
        names = view.evaluate("caches.keys()")
        assert [name.split("#")[1] for name in names] == ["000000000001"], "the old copy is gone"
        context.close()


def test_the_site_can_be_installed(address: str, context: BrowserContext) -> None:
    view = context.new_page()
    view.goto(address)
    session = context.new_cdp_session(view)
    session.send("Page.enable")
    assert session.send("Page.getAppManifest")["errors"] == []
    errors = {error["errorId"] for error in session.send("Page.getInstallabilityErrors")["installabilityErrors"]}
    assert errors <= {"in-incognito"}, "the test's own window is a private one"


# --- a public address, below a folder of the host -----------------------------------------------


@pytest.fixture(scope="module")
def public_site(tmp_path_factory: pytest.TempPathFactory, data: Data, pages: list[Page]) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SITE_URL", PUBLIC)
        patch.setenv("FEEDBACK_ADDRESS", "mistakes@example.org")
        return build_without_prints(tmp_path_factory.mktemp("public") / "site", data, pages)


def test_a_missing_address_is_answered_with_a_page_that_works(public_site: Path, context: BrowserContext) -> None:
    faults: list[str] = []
    context.on("console", lambda message: faults.append(f"{message.text} {message.location['url']}"))
    with serving(public_site, FOLDER) as address:
        view = context.new_page()
        assert view.goto(address + "deep/down/nowhere/").status == 404
        assert "no page at this address" in view.inner_text("h1")
        start_theme(view)
        with view.expect_navigation():
            view.locator(".md-tabs__link", has_text="Technique").click()
        assert view.url.startswith(address + "technique/")
    assert [fault for fault in faults if "nowhere" not in fault] == []


def test_pages_bear_their_public_address_only_when_there_is_one(
    public_site: Path, pages_site: Path, pages: list[Page]
) -> None:
    listed = (public_site / "sitemap.xml").read_text(encoding="utf-8")
    for page in pages:
        name = f"{page_url(page.path)}index.html"
        link = f'<link rel="canonical" href="{PUBLIC}{page_url(page.path)}">'
        assert link in (public_site / name).read_text(encoding="utf-8")
        assert 'rel="canonical"' not in (pages_site / name).read_text(encoding="utf-8")
        assert f"<loc>{PUBLIC}{page_url(page.path)}</loc>" in listed
    assert f"Sitemap: {PUBLIC}sitemap.xml" in (public_site / "robots.txt").read_text(encoding="utf-8")
    assert f"]({PUBLIC}technique/mixing.md)" in (public_site / "llms.txt").read_text(encoding="utf-8")


def test_a_mistake_can_be_reported_from_every_page_only_when_an_address_is_set(
    public_site: Path, pages_site: Path, pages: list[Page]
) -> None:
    for page in pages:
        name = f"{page_url(page.path)}index.html"
        tree = lxml.html.parse(str(public_site / name))
        address = urlsplit(tree.xpath("string(//p[@class='page-feedback']/a/@href)"))
        assert (address.scheme, address.path) == ("mailto", "mistakes@example.org")
        asked = parse_qs(address.query)
        assert page.meta.title in asked["subject"][0]
        assert "version 1.0.0" in asked["subject"][0]
        assert f"Page: {PUBLIC}{page_url(page.path)}\nVersion: 1.0.0\n" in asked["body"][0]
        assert "page-feedback" not in (pages_site / name).read_text(encoding="utf-8")


def test_a_web_address_for_mistakes_is_filled_in_and_a_wrong_one_stops_the_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FEEDBACK_ADDRESS", "https://example.org/new?labels=mistake")
    build_pages(load_project(ROOT), tmp_path)
    tree = lxml.html.parse(str(tmp_path / "technique/mixing/index.html"))
    address = urlsplit(tree.xpath("string(//p[@class='page-feedback']/a/@href)"))
    asked = parse_qs(address.query)
    assert (address.netloc, asked["labels"]) == ("example.org", ["mistake"])
    assert "Mixing" in asked["title"][0]
    assert "technique/mixing/" in asked["body"][0]
    monkeypatch.setenv("FEEDBACK_ADDRESS", "javascript:alert(1)")
    with pytest.raises(
        ContentError, match=r"feedback_address: expected an e-mail address or one that begins with https"
    ):
        read_site(ROOT)


# --- sameness ----------------------------------------------------------------------------------


def test_the_same_pages_make_the_same_site(pages_site: Path, data: Data, pages: list[Page], tmp_path: Path) -> None:
    again = build_without_prints(tmp_path / "site", data, pages)
    names = sorted(path.relative_to(again) for path in again.rglob("*") if path.is_file())
    assert names == sorted(path.relative_to(pages_site) for path in pages_site.rglob("*") if path.is_file())
    assert [str(name) for name in names if (again / name).read_bytes() != (pages_site / name).read_bytes()] == []


# --- the archive --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def unpacked(pages_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("archive")
    with zipfile.ZipFile(pages_site / "downloads/site.zip") as archive:
        archive.extractall(out)
    return out / "caha-and-skin"


def test_the_archive_opens_from_a_folder_with_search(unpacked: Path, browser: Browser, pages: list[Page]) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    faults: list[str] = []
    context.on("console", lambda message: faults.append(message.text) if is_fault(message) else None)
    context.on("weberror", lambda error: faults.append(str(error.error)))
    context.on(
        "request", lambda request: faults.append(request.url) if request.url.startswith(("http:", "https:")) else None
    )
    view = context.new_page()
    view.goto((unpacked / "index.html").as_uri())
    start_theme(view)
    view.click(".md-search__input")
    view.keyboard.type("preparation tables", delay=20)
    result = view.locator(".md-search-result__link", has_text="Preparation tables").first
    result.wait_for(timeout=15_000)
    result.click()
    view.wait_for_url("**/technique/preparation-tables/index.html**")
    assert view.inner_text("h1") == "Preparation tables"
    for page in pages:
        view.goto((unpacked / page_url(page.path) / "index.html").as_uri())
        assert page.meta.title in view.inner_text("h1")
    context.close()
    assert faults == []
