"""The invented site as a host serves it, below a folder of the host: guarded, light, to be installed, and from a folder."""

import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import lxml.html
import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, expect

from macros.content.addresses import page_url
from macros.content.project import Project, load_project

from ..projects import build_without_prints
from .conftest import new_context, new_page, start_theme
from .serving import serving

FOLDER = "/docs/"
PUBLIC = "https://example.org/docs/"
TABLES = page_url("technique/preparation-tables.md")


@pytest.fixture(scope="module")
def public_site(fixture_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site with a public address, and one for mistakes."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SITE_URL", PUBLIC)
        patch.setenv("FEEDBACK_ADDRESS", "mistakes@example.org")
        return build_without_prints(load_project(fixture_root), tmp_path_factory.mktemp("public") / "site")


@pytest.fixture(scope="module")
def public(public_site: Path) -> Iterator[str]:
    with serving(public_site, FOLDER) as found:
        yield found


def is_fault(message: ConsoleMessage) -> bool:
    """An error of a page; the prints and their pictures are not built here."""
    return message.type == "error" and "/pdf/" not in message.location["url"]


# --- guarded ------------------------------------------------------------------------------------


def test_a_script_from_elsewhere_is_blocked(public: str, context: BrowserContext) -> None:
    """The policy works at all: what a page would be tricked into does not run."""
    view = context.new_page()
    view.goto(public)
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


def test_a_page_stands_before_the_theme_starts_and_works_after(public: str, context: BrowserContext) -> None:
    view = context.new_page()
    asked: list[str] = []
    view.on("request", lambda request: asked.append(request.url))
    view.goto(public + TABLES, wait_until="networkidle")
    assert not any("bundle" in url or "search" in url for url in asked)
    start_theme(view)
    view.click(".md-search__input")
    view.keyboard.type("preparation tables", delay=20)
    view.wait_for_selector(".md-search-result__item", timeout=15_000)
    assert "Preparation tables" in view.inner_text(".md-search-result__list")


def test_the_site_can_be_installed(public: str, context: BrowserContext) -> None:
    view = context.new_page()
    view.goto(public)
    session = context.new_cdp_session(view)
    session.send("Page.enable")
    assert session.send("Page.getAppManifest")["errors"] == []
    errors = {error["errorId"] for error in session.send("Page.getInstallabilityErrors")["installabilityErrors"]}
    assert errors <= {"in-incognito"}, "the test's own window is a private one"


# --- a public address, below a folder of the host -----------------------------------------------


def test_a_missing_address_is_answered_with_a_page_that_works(public: str, context: BrowserContext) -> None:
    faults: list[str] = []
    context.on("console", lambda message: faults.append(f"{message.text} {message.location['url']}"))
    view = context.new_page()
    assert view.goto(public + "deep/down/nowhere/").status == 404
    assert "no page at this address" in view.inner_text("h1")
    start_theme(view)
    with view.expect_navigation():
        view.locator(".md-tabs__link", has_text="Technique").click()
    assert view.url.startswith(public + "technique/")
    assert [fault for fault in faults if "nowhere" not in fault] == []


@pytest.mark.parametrize("folder", ["/", "/some/folder/"])
def test_a_missing_address_of_a_site_without_a_public_one_is_answered_too(
    invented_site: Path, browser: Browser, folder: str
) -> None:
    with serving(invented_site, folder) as address:
        view = new_page(browser)
        view.goto(f"{address}deep/down/nowhere/")
        link = view.locator("article a", has_text="Home")
        expect(link).to_have_attribute("href", f"{folder}.")
        expect(view.locator(".md-header")).to_have_css("position", "sticky")
        start_theme(view)
        link.click()
        expect(view.locator(".page-head")).to_be_visible()
        assert view.url == address
        view.close()


def test_pages_bear_their_public_address_only_when_there_is_one(
    public_site: Path, invented_site: Path, invented: Project
) -> None:
    listed = (public_site / "sitemap.xml").read_text(encoding="utf-8")
    for page in invented.pages:
        name = f"{page_url(page.path)}index.html"
        link = f'<link rel="canonical" href="{PUBLIC}{page_url(page.path)}">'
        assert link in (public_site / name).read_text(encoding="utf-8")
        assert 'rel="canonical"' not in (invented_site / name).read_text(encoding="utf-8")
        assert f"<loc>{PUBLIC}{page_url(page.path)}</loc>" in listed
    assert f"Sitemap: {PUBLIC}sitemap.xml" in (public_site / "robots.txt").read_text(encoding="utf-8")
    assert f"]({PUBLIC}technique/by-region.md)" in (public_site / "llms.txt").read_text(encoding="utf-8")


def test_a_mistake_can_be_reported_from_every_page_only_when_an_address_is_set(
    public_site: Path, invented_site: Path, invented: Project
) -> None:
    for page in invented.pages:
        name = f"{page_url(page.path)}index.html"
        tree = lxml.html.parse(str(public_site / name))
        address = urlsplit(tree.xpath("string(//p[@class='page-feedback']/a/@href)"))
        assert (address.scheme, address.path) == ("mailto", "mistakes@example.org")
        asked = parse_qs(address.query)
        assert page.meta.title in asked["subject"][0]
        assert "version 3.2.1" in asked["subject"][0]
        assert f"Page: {PUBLIC}{page_url(page.path)}\nVersion: 3.2.1\n" in asked["body"][0]
        assert "page-feedback" not in (invented_site / name).read_text(encoding="utf-8")


def test_a_web_address_for_mistakes_is_filled_in(
    fixture_root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FEEDBACK_ADDRESS", "https://example.org/new?labels=mistake")
    site = build_without_prints(load_project(fixture_root), tmp_path / "site")
    tree = lxml.html.parse(str(site / TABLES / "index.html"))
    address = urlsplit(tree.xpath("string(//p[@class='page-feedback']/a/@href)"))
    asked = parse_qs(address.query)
    assert (address.netloc, asked["labels"]) == ("example.org", ["mistake"])
    assert "Preparation tables" in asked["title"][0]
    assert TABLES in asked["body"][0]


# --- the archive --------------------------------------------------------------------------------


def test_the_archive_opens_from_a_folder_with_search(
    invented_site: Path, browser: Browser, invented: Project, tmp_path: Path
) -> None:
    with zipfile.ZipFile(invented_site / "downloads/site.zip") as archive:
        archive.extractall(tmp_path)
    (unpacked,) = tmp_path.iterdir()
    context = new_context(browser, viewport={"width": 1280, "height": 900})
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
    for page in invented.pages:
        view.goto((unpacked / page_url(page.path) / "index.html").as_uri())
        assert page.meta.title in view.inner_text("h1")
    context.close()
    assert faults == []
