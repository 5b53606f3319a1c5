"""Fixtures of all tests: the real project and the invented one, each loaded, copied to be spoilt, and built."""

import functools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from macros.build import build
from macros.content.load import Data
from macros.content.pages import Page
from macros.content.project import Project, load_project
from macros.downloads import schemas, write
from macros.rendering.page_context import Contexts, PageContext

from .projects import (
    HARMLESS,
    OUTDATING,
    ROOT,
    SHEETS,
    build_with_sheets,
    build_without_prints,
    copy_tree,
    edit,
    fixture_project,
    once,
    sheets_of,
)
from .read_once import reading_once

# A test's marker says what it needs; its folder gives it, unless the test has another or asks for a built site.
MARKERS = {"unit": "fast", "figures": "fast", "site": "site", "print": "print", "browser": "browser"}
BUILT = {"site", "invented_site", "printed", "sheets"}


@pytest.fixture(scope="session", autouse=True)
def schemas_made_once() -> Iterator[None]:
    """No test changes the models; every check and every build asks for their schemas, which take a quarter of a check."""
    with pytest.MonkeyPatch.context() as patch:
        made = functools.cache(schemas.schemas_by_path)
        for module in (schemas, write):
            patch.setattr(module, "schemas_by_path", made)
        yield


@pytest.fixture(scope="session", autouse=True)
def files_read_once() -> Iterator[None]:
    """Of most tests every file but one holds what it held in the test before."""
    with reading_once():
        yield


# --- the real project ---------------------------------------------------------------------------


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
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole site with downloads and PDFs, built once a run."""
    return once(tmp_path_factory, "site", lambda out: build(ROOT, out, say=lambda line: None))


@pytest.fixture(scope="session")
def manifest(site: Path) -> list[dict[str, Any]]:
    return json.loads((site / "pdf" / "manifest.json").read_text(encoding="utf-8"))


# --- the fixture --------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def fixture_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented project, to be read only."""
    return once(tmp_path_factory, "fixture", fixture_project)


@pytest.fixture(scope="session")
def invented(fixture_root: Path) -> Project:
    """The invented project, loaded."""
    return load_project(fixture_root)


@pytest.fixture(scope="session")
def some_page(invented: Project) -> PageContext:
    """A page for what does not ask how often it was used."""
    return Contexts(invented).of("index.md", "")


@pytest.fixture
def invented_page(invented: Project) -> PageContext:
    """A page of the invented project that has printed nothing yet."""
    return Contexts(invented).of("technique/by-region.md", "technique/by-region/")


@pytest.fixture(scope="session", params=["real", "invented"])
def either(request: pytest.FixtureRequest) -> Project:
    """The real project, then the invented one: for what is true of any content."""
    return request.getfixturevalue(request.param)


@pytest.fixture
def project(fixture_root: Path, tmp_path: Path) -> Path:
    """A copy of the invented project, free to be spoilt."""
    return copy_tree(fixture_root, tmp_path / "project")


@pytest.fixture(scope="session")
def invented_site(tmp_path_factory: pytest.TempPathFactory, invented: Project) -> Path:
    """The site of the invented project without its PDFs."""
    return once(tmp_path_factory, "invented-site", lambda out: build_without_prints(invented, out))


@pytest.fixture(scope="session")
def printed(tmp_path_factory: pytest.TempPathFactory, fixture_root: Path) -> Path:
    """The invented project with its whole site in site/, some sheets printed, and the cache of its prints."""

    def make(root: Path) -> None:
        build_with_sheets(copy_tree(fixture_root, root), root / "site", SHEETS)

    return once(tmp_path_factory, "printed", make)


@pytest.fixture(scope="session")
def sheets(tmp_path_factory: pytest.TempPathFactory, fixture_root: Path) -> dict[str, dict[str, list[str]]]:
    """Address and fingerprint of each sheet of the invented project by slug: as it is ("now"), and before each edit
    of OUTDATING; "elsewhere" after those of HARMLESS, at another address.
    """

    def make(folder: Path) -> None:
        edits = {name: [edited] for name, (edited, _) in OUTDATING.items()}
        found = {}
        for number, (name, wanted) in enumerate({"now": [], **edits, "elsewhere": HARMLESS}.items()):
            root = copy_tree(fixture_root, folder / str(number))
            for file, after, old, new in wanted:
                edit(root / file, old, new, after)
            with pytest.MonkeyPatch.context() as patch:
                patch.setenv("SITE_URL", "https://docs.example.org/skin/" if name == "elsewhere" else "")
                made = sheets_of(root)
            found[name] = {slug: [sheet.address, sheet.fingerprint] for slug, sheet in made.items()}
        (folder / "sheets.json").write_text(json.dumps(found), encoding="utf-8")

    folder = once(tmp_path_factory, "sheets", make)
    return json.loads((folder / "sheets.json").read_text(encoding="utf-8"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--golden", action="store_true", help="write the golden files anew; look at the difference")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        marker = MARKERS.get(item.path.relative_to(ROOT / "tests").parts[0])
        if marker == "fast" and BUILT.intersection(getattr(item, "fixturenames", ())):
            marker = "site"
        if marker and not any(item.get_closest_marker(name) for name in MARKERS.values()):
            item.add_marker(marker)
    # One worker builds the real site at once and opens its pages, while the other runs the files that do not need it;
    # of those that do, the longest comes first, beside the pages: it keeps one core busy. (Two workers take the files
    # in this order: make test.)
    late = {item.path for item in items if _asks_for_the_real_site(item)}
    first = {"test_every_page.py": 0, "test_verapdf.py": 2}
    items.sort(key=lambda item: first.get(item.path.name, 3 if item.path in late else 1))


def _asks_for_the_real_site(item: pytest.Item) -> bool:
    parameters = getattr(getattr(item, "callspec", None), "params", {}).values()
    return bool({"site", "real_address"}.intersection(getattr(item, "fixturenames", ()))) or "site" in parameters
