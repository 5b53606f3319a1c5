"""Other engines build the same tree: Zensical from its own settings, ProperDocs in the place of MkDocs.

Page by page, what MkDocs made stands beside what the other engine made: headings with their anchors, tables, warnings,
marks, citations, figures and every word. What may differ stands in DIFFERENCES, with its reason.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import urljoin

import lxml.html
import pytest

from macros.build import build_pages
from macros.content.addresses import page_url
from macros.content.pages import Page, page_paths
from macros.content.project import Project
from macros.printing.print_cache import PrintCache
from macros.printing.print_sheets import all_sheets, print_sheets

from ..print.prints import raw_text
from ..projects import copy_project

HERE = Path(__file__).parent
COMMANDS = {
    "zensical": ["-m", "zensical", "build", "--strict", "-f", "zensical.yml"],
    "properdocs": ["-m", "properdocs", "build", "--strict", "-f", "mkdocs.yml"],
}
# What an engine adds to every page, and why it may: it is taken out before the pages are compared and printed.
DIFFERENCES = {
    "zensical": {'<a id="__skip" tabindex="-1"></a>': "the aim of its skip link; our theme has its own in the frame"},
    "properdocs": {},
}
# What the sheets to compare hold; so many of them are printed.
HELD, SHEETS = ("<table", "<figure", "<sup"), 3


@pytest.fixture(scope="module")
def mkdocs(tmp_path_factory: pytest.TempPathFactory, real: Project) -> Path:
    out = tmp_path_factory.mktemp("mkdocs") / "site"
    build_pages(real, out)
    return out


@pytest.fixture(scope="module", params=list(COMMANDS))
def other(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """The name of the engine and the site that it built from a copy of the tree."""
    project = copy_project(tmp_path_factory.mktemp(request.param) / "project")
    shutil.copy(HERE / "zensical.yml", project)
    environment = {**os.environ, "PYTHONPATH": str(project), "NO_COLOR": "1"}
    run = subprocess.run(
        [sys.executable, *COMMANDS[request.param]], cwd=project, env=environment, capture_output=True, text=True
    )
    assert run.returncode == 0, run.stdout + run.stderr
    for page in page_paths(project):
        file = project / "site" / page_url(page) / "index.html"
        text = file.read_text(encoding="utf-8")
        for added in DIFFERENCES[request.param]:
            assert text.count(added) == 1, f"{page}: {added}"
            text = text.replace(added, "")
        file.write_text(text, encoding="utf-8")
    return request.param, project / "site"


def article(site: Path, page: Page) -> lxml.html.HtmlElement:
    (found,) = lxml.html.parse(str(site / page_url(page.path) / "index.html")).xpath("//article")
    return found


def squeezed(text: str | None) -> str:
    return " ".join((text or "").split())


def parts(element: lxml.html.HtmlElement, page: Page) -> list[tuple[str, str, tuple[tuple[str, str], ...]]]:
    """Every element in order: name, text before its first child and after it, attributes with whole addresses."""
    base = f"https://site.example/{page_url(page.path)}"
    made = []
    for item in element.iter(lxml.html.etree.Element):
        attributes = {name: squeezed(value) for name, value in item.attrib.items()}
        for name in attributes.keys() & {"href", "src"}:
            attributes[name] = urljoin(base, attributes[name])
        made.append((item.tag, squeezed(f"{item.text or ''} | {item.tail or ''}"), tuple(sorted(attributes.items()))))
    return made


def test_every_page_has_the_same_article(mkdocs: Path, other: tuple[str, Path], pages: list[Page]) -> None:
    site = other[1]
    different = {}
    for page in pages:
        ours, theirs = (parts(article(where, page), page) for where in (mkdocs, site))
        if ours != theirs:
            pairs = (pair for pair in zip(ours, theirs, strict=False) if pair[0] != pair[1])
            different[page.path] = next(pairs, f"{len(ours)} and {len(theirs)} elements")
    assert different == {}


def test_tables_numbers_and_warnings_are_there_to_compare(mkdocs: Path, pages: list[Page]) -> None:
    # The comparison above would pass on two empty sites.
    count = dict.fromkeys(
        ("table", "*[contains(@class,'admonition')]", "sup", "figure", "*[contains(@class,'mark-off-label')]"), 0
    )
    for page in pages:
        for selector in count:
            count[selector] += len(article(mkdocs, page).xpath(f".//{selector}"))
    assert min(count.values()) > 0, count


def test_sheets_are_printed_from_its_pages(
    mkdocs: Path, other: tuple[str, Path], real: Project, tmp_path: Path
) -> None:
    texts = []
    for name, site in (("ours", mkdocs), ("theirs", other[1])):
        sheets = [sheet for sheet in all_sheets(site, real) if all(part in sheet.body for part in HELD)]
        sheets = [sheet for sheet in sheets if sheet.slug != "book"][:SHEETS]
        assert len(sheets) == SHEETS
        entries = print_sheets(sheets, real, tmp_path / name, PrintCache(tmp_path / f"{name}-cache"), ["a4"])
        texts.append({entry["slug"]: raw_text(tmp_path / name / entry["file"]) for entry in entries})
    assert texts[0] == texts[1]
