"""A repository that is named is led to from each page, table and source, on the screen only; unnamed, nothing is shown."""

import re
from pathlib import Path

import lxml.html
import pytest
from lxml.html import HtmlElement

from macros import build
from macros.content.addresses import page_url
from macros.content.project import load_project
from macros.printing.printable_page import extract

REPOSITORY = "https://code.example.org/owner/name"
LEADS = f"//a[contains(@href, '{REPOSITORY}')]"


def article(site: Path, path: str) -> HtmlElement:
    return lxml.html.parse(str(site / page_url(path) / "index.html")).getroot().xpath("//article")[0]


@pytest.fixture(scope="module")
def named(fixture_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages of the invented project, built with a repository."""
    out = tmp_path_factory.mktemp("named") / "site"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("REPO_URL", REPOSITORY)
        patch.setenv("EDIT_URI", "edit/main/docs/")
        build.build_pages(load_project(fixture_root), out)
    return out


def line_of(root: Path, link: HtmlElement) -> str:
    """The line of the file to which a link leads, with the next: in JSON a row begins with its bracket."""
    found = re.fullmatch(rf"{REPOSITORY}/blob/main/(docs/data/[\w.]+)#L(\d+)", link.get("href"))
    assert found is not None
    return " ".join((root / found[1]).read_text(encoding="utf-8").splitlines()[int(found[2]) - 1 :][:2])


def test_each_page_leads_to_its_own_file(named: Path, fixture_root: Path) -> None:
    for page in load_project(fixture_root).pages:
        (edit,) = article(named, page.path).xpath(".//a[@rel='edit']")
        assert edit.get("href") == f"{REPOSITORY}/edit/main/docs/{page.path}"
        assert edit.text_content().strip() == "Edit this page"


def test_each_table_leads_to_the_line_of_its_first_row(named: Path, fixture_root: Path) -> None:
    tables = article(named, "technique/preparation-tables.md").xpath(".//*[@data-block][./table]")
    assert tables
    for table in tables:
        (link,) = table.xpath(f".{LEADS}")
        first = table.xpath(".//tr[@data-row]")[0].get("data-row").split()[0]
        assert f"id: {first}" in line_of(fixture_root, link)


def test_each_source_leads_to_its_line(named: Path, fixture_root: Path) -> None:
    items = article(named, "reference/sources.md").xpath(".//*[@data-block='sources']//li[@id]")
    assert items
    for item in items:
        (link,) = item.xpath(f".{LEADS}")
        assert f'"id": "{item.get("id").removeprefix("source-")}"' in line_of(fixture_root, link)


def test_the_menu_names_it_without_asking_it_for_anything(named: Path) -> None:
    page = lxml.html.parse(str(named / "index.html")).getroot()
    assert page.xpath(f"//nav{LEADS}") and not page.xpath("//*[@data-md-component='source']")


def test_none_of_it_is_printed(named: Path, fixture_root: Path) -> None:
    for path in ("technique/preparation-tables.md", "reference/sources.md"):
        made = extract(named, path)
        assert not [link for part in (*made.parts(), made.foot) for link in part.xpath(f".{LEADS}")]


def test_unnamed_nothing_is_shown(invented_site: Path) -> None:
    for path in ("index.md", "technique/preparation-tables.md", "reference/sources.md"):
        shown = article(invented_site, path)
        assert not shown.xpath(".//a[@rel='edit']") and "data file" not in shown.text_content()
        assert not shown.xpath(".//*[@data-block]/a[@data-print] | .//li/a[@data-print]")
