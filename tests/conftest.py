"""Shared by all tests: the project's folder, its data, a copy to spoil, and the finished site."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from macros.build import build, build_pages, finish_pages
from macros.content.load import Data
from macros.content.pages import Page
from macros.content.project import Project, load_project
from macros.downloads.write import write_downloads
from macros.publishing.publish import publish
from macros.rendering.page_context import Contexts, PageContext

ROOT = Path(__file__).resolve().parent.parent
# A test's marker says what it needs; its folder gives it.
MARKERS = {"unit": "fast", "figures": "fast", "site": "site", "print": "print", "browser": "browser"}


@pytest.fixture(scope="session")
def real() -> Project:
    """The project itself, loaded."""
    return load_project(ROOT)


@pytest.fixture(scope="session")
def data(real: Project) -> Data:
    return real.data


@pytest.fixture(scope="session")
def pages(real: Project) -> tuple[Page, ...]:
    return real.pages


@pytest.fixture(scope="session")
def some_page(real: Project) -> PageContext:
    """A page for what does not ask how often it was used."""
    return Contexts(real).of("index.md", "")


@pytest.fixture
def context(real: Project) -> PageContext:
    """A page that has printed nothing yet."""
    return Contexts(real).of("technique/mixing.md", "technique/mixing/")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of what a build reads, free to be spoilt."""
    return copy_project(tmp_path / "project")


def copy_project(target: Path) -> Path:
    target.mkdir()
    shutil.copy(ROOT / "mkdocs.yml", target)
    for folder in ("docs", "macros"):
        shutil.copytree(ROOT / folder, target / folder, ignore=shutil.ignore_patterns("__pycache__"))
    return target


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole site with downloads and PDFs, built once for all tests."""
    out = tmp_path_factory.mktemp("built") / "site"
    build(ROOT, out, say=lambda line: None)
    return out


@pytest.fixture(scope="session")
def manifest(site: Path) -> list[dict[str, Any]]:
    return json.loads((site / "pdf" / "manifest.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def pages_site(tmp_path_factory: pytest.TempPathFactory, real: Project) -> Path:
    """The site as a host serves it, without its PDFs: built in seconds."""
    return build_without_prints(tmp_path_factory.mktemp("pages") / "site", real)


def build_without_prints(out: Path, project: Project) -> Path:
    build_pages(project, out)
    finish_pages(out, project)
    write_downloads(project, out / "downloads")
    publish(out, project)
    return out


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--golden", action="store_true", help="write the golden files anew; look at the difference")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        marker = MARKERS.get(item.path.relative_to(ROOT / "tests").parts[0])
        if marker:
            item.add_marker(marker)
