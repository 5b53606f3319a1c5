"""The two projects that tests use: the real one, and the fixture, a small invented site. Copies to spoil, and builds.

Tests of the mechanics stand on the fixture (tests/fixture/), so that a legal edit of the real content cannot break
them; of the real content they hold only what is true of any content.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Collection
from pathlib import Path

import pytest
from filelock import FileLock

from macros import build
from macros.content import changes
from macros.content.load import load
from macros.content.project import Project, load_project
from macros.downloads.write import write_downloads
from macros.printing.print_sheets import all_sheets
from macros.printing.sheets import Sheet
from macros.publishing.publish import finish, publish

# File, what stands before the place, old words, new words.
Edit = tuple[str, str, str, str]

ROOT = Path(__file__).resolve().parent.parent
FIXTURE = ROOT / "tests" / "fixture"
# The sheets of the fixture that tests print: landscape with fields and boxes, made of sections, for patients, a page.
SHEETS = ("card", "short-sheet", "leaflet", "leaflet-large", "technique-preparation-tables")


def fixture_project(target: Path) -> Path:
    """Put the fixture together in the folder `target`, with the theme, assets, schemas and settings of the project."""
    shutil.copytree(FIXTURE / "docs", target / "docs")
    for name in (".theme", "assets", "data/schema"):
        shutil.copytree(ROOT / "docs" / name, target / "docs" / name)
    # The macros plugin asks for the folder; the code is imported already.
    (target / "macros").mkdir()
    settings = _blocks(ROOT / "mkdocs.yml") | _blocks(FIXTURE / "mkdocs.yml")
    (target / "mkdocs.yml").write_text("".join(settings.values()), encoding="utf-8")
    changes.record(load(target), target)
    return target


def _blocks(path: Path) -> dict[str, str]:
    """The entries of a settings file by name, as they are written."""
    _, *blocks = re.split(r"^(?=[a-z_]+:)", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {block.partition(":")[0]: block for block in blocks}


def copy_project(target: Path) -> Path:
    """A copy of what a build of the real project reads."""
    target.mkdir()
    shutil.copy(ROOT / "mkdocs.yml", target)
    for folder in ("docs", "macros"):
        shutil.copytree(ROOT / folder, target / folder, ignore=shutil.ignore_patterns("__pycache__"))
    return target


def copy_tree(root: Path, target: Path) -> Path:
    """A copy of the fixture with all that was made in it: bytes only, a third of the time of shutil.copytree."""
    for folder, _, names in os.walk(root):
        copied = target / Path(folder).relative_to(root)
        copied.mkdir(parents=True)
        for name in names:
            (copied / name).write_bytes(Path(folder, name).read_bytes())
    return target


def edit(path: Path, old: str, new: str, after: str = "") -> int:
    """Replace `old`, where it first stands behind `after`, in a file; returns the line that was changed."""
    text = path.read_text(encoding="utf-8")
    start = text.index(after) + len(after)
    place = text.index(old, start)
    path.write_text(text[:place] + new + text[place + len(old) :], encoding="utf-8")
    # A line feed that `old` begins with belongs to the line above.
    return text.count("\n", 0, place + len(old) - len(old.lstrip("\n"))) + 1


def command(root: Path, *arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Run `python -m` with these arguments in the folder `root`, on the code of this project."""
    return subprocess.run(
        [sys.executable, "-m", *arguments], cwd=root, capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT), "NO_MKDOCS_2_WARNING": "1", **environment},
    )  # fmt: skip


def build_without_prints(project: Project, out: Path) -> Path:
    """The site as a host serves it, but without its PDFs."""
    used = build.build_pages(project, out)
    finish(out, project, used)
    write_downloads(project, out / "downloads")
    publish(out, project, all_sheets(out, project), used)
    return out


# Edits of the fixture after which some prints are old, each with the sheets that print what it changes.
OUTDATING: dict[str, tuple[Edit, set[str]]] = {
    "the volume of a presentation": (
        ("docs/data/product.yml", "id: syringe-small", "volume_ml: 0.5", "volume_ml: 0.6"),
        # On the page of a region a ratio is told in milliliters once.
        {"book", "card", "product-label-status", "region-elbows", "technique-preparation-tables", "test-pack"},
    ),
    "the words of a stop sign": (
        ("docs/data/safety.yml", "stop_signs:", "short: pain that grows", "short: pain that goes on"),
        {"book", "card", "short-sheet", "safety-recognizing-a-complication", "technique-by-region", "test-pack"},
    ),
    "a point of a drawing": (
        ("docs/data/aging.yml", "id: ser-20", "value: 80", "value: 81"),
        {"book", "aging-skin"},
    ),
    "a sentence of a page": (
        ("docs/patients/what-the-treatment-is.md", "", "which nobody sells", "which no one sells"),
        {"book", "leaflet", "leaflet-large", "patients-what-the-treatment-is", "test-pack"},
    ),
}
# Edits after which every print is as it was: another version with its entry, another day of review.
ENTRY = "  - {id: chg-9, version: 4.0.0, date: '2032-01-01', type: new, summary: 'Nothing, really.'}"
HARMLESS: tuple[Edit, ...] = (
    ("mkdocs.yml", "", "version: 3.2.1", "version: 4.0.0"),
    ("docs/data/changes.yml", "", "\nchanges:\n", f"\nchanges:\n{ENTRY}\n"),
    ("docs/handouts/card.md", "", "reviewed: 2030-03-05", "reviewed: 2030-03-06"),
)


def sheets_of(root: Path) -> dict[str, Sheet]:
    """The sheets of the project in the folder `root`, by slug; its pages are built into a folder there."""
    project, out = load_project(root), root / "pages"
    finish(out, project, build.build_pages(project, out))
    return {sheet.slug: sheet for sheet in all_sheets(out, project)}


def build_with_sheets(root: Path, out: Path, slugs: Collection[str]) -> Path:
    """The whole site, but with these sheets only; a few are printed sooner here than in processes that start anew."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("os.cpu_count", lambda: 1)
        build.make(root, out, lambda line: None, lambda sheet: sheet.slug in slugs)
    return out


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """The folder that `make` writes, made once for all workers of a run; a failure is noted and not tried again."""
    base = factory.getbasetemp()
    # The folder of a worker lies in that of the run.
    base = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder, note = base / name, base / f"{name}.note"
    with FileLock(base / f"{name}.lock"):
        if not note.exists():
            note.write_text(f"{name} could not be made; the first test that asked for it says why")
            make(folder)
            note.write_text("")
    if problem := note.read_text():
        pytest.fail(problem)
    return folder
