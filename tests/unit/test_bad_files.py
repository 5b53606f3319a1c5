"""Every kind of fault stops the build with file, line, row, field and cure, and leaves site/ alone.

Each folder in tests/bad/ holds data files that replace the real ones, and expected.txt: the words
that must appear, a line each.
"""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from macros import build
from macros.content.faults import ContentError
from macros.content.load import load
from macros.content.project import load_project

from ..conftest import ROOT

BAD = Path(__file__).parent.parent / "bad"
CASES = sorted(path.name for path in BAD.iterdir() if path.is_dir())


def spoil(project: Path, case: str) -> None:
    for path in (BAD / case).iterdir():
        if path.name != "expected.txt":
            shutil.copy(path, project / "docs" / "data" / path.name)


@pytest.fixture
def data_only(tmp_path: Path) -> Path:
    """The data files, and the pages that they name."""
    shutil.copytree(ROOT / "docs", tmp_path / "docs", ignore=shutil.ignore_patterns("assets", ".theme"))
    return tmp_path


@pytest.mark.parametrize("case", CASES)
def test_the_fault_is_named_with_its_address_and_cure(case: str, data_only: Path) -> None:
    spoil(data_only, case)
    with pytest.raises(ContentError) as stopped:
        load_project(data_only)
    for words in (BAD / case / "expected.txt").read_text(encoding="utf-8").splitlines():
        assert words in str(stopped.value)


@pytest.mark.parametrize("case", CASES)
def test_the_build_stops_and_the_old_site_stays(case: str, data_only: Path) -> None:
    spoil(data_only, case)
    site = data_only / "site"
    site.mkdir()
    (site / "index.html").write_text("the old site", encoding="utf-8")
    with pytest.raises(ContentError, match=r"docs/data/"):
        build.build(data_only, site, say=lambda line: None)
    assert [path.name for path in data_only.iterdir() if "build" in path.name or "old" in path.name] == []
    assert (site / "index.html").read_text(encoding="utf-8") == "the old site"


def test_the_command_prints_the_faults_and_no_traceback(project: Path) -> None:
    spoil(project, "ratio-plain")
    for command in ("check", "build"):
        run = subprocess.run(
            [sys.executable, "-m", "macros", command], cwd=project, capture_output=True, text=True, check=False
        )
        assert run.returncode == 1
        assert "got '1:4' (write the two parts as numbers)" in run.stderr
        assert "Traceback" not in run.stdout + run.stderr


def test_mkdocs_alone_stops_too(project: Path) -> None:
    """The site build runs the check first, even when it is started by MkDocs itself."""
    spoil(project, "ratio-plain")
    run = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", "site"],
        cwd=project, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 1
    assert "got '1:4' (write the two parts as numbers)" in run.stderr
    assert "Traceback" not in run.stderr
    assert not (project / "site").exists()


def test_a_step_that_names_a_region_without_its_mark_is_found(data_only: Path) -> None:
    path = data_only / "docs/data/technique.yml"
    text = path.read_text(encoding="utf-8")
    assert text.count("    regions: [neck]\n") == 1
    path.write_text(text.replace("    regions: [neck]\n", ""), encoding="utf-8")
    with pytest.raises(ContentError) as stopped:
        load(data_only)
    assert "step-mark-plan: regions: the row names 'neck'; add neck, so that its label mark is printed" in str(
        stopped.value
    )


@pytest.mark.parametrize(
    ("name", "old", "new", "words"),
    [
        (
            "data/preparations.yml", "presentations: [radiesse-0.8-ml, radiesse-1.5-ml]",
            "presentations: [radiesse-0.8-ml, radiesse-1.5ml]",
            "preparations.yml:1: presentations: no 'radiesse-1.5ml' in product.yml (did you mean 'radiesse-1.5-ml'?)",
        ),
        (
            "data/preparations.yml", "syringes: [1, 2, 3, 4]", "syringes: [1, 2, 2, 4]",
            "preparations.yml:1: syringes: a value stands twice; keep one",
        ),
        (
            "data/preparations.yml", "\n    standing: ", "\n    publish: false\n    standing: ",
            "preparations.yml:1: ratios: expected at least one ratio that is published, got none",
        ),
        (
            "data/product.yml", "    share_percent: 30\n", "",
            "product.yml:1: caha-microspheres: share_percent: missing; the tables need it",
        ),
        (
            "data/product.yml", "\n  - id: radiesse-1.5-ml\n", "\n  - id: radiesse-1.5-ml\n    publish: false\n",
            "preparations.yml:1: presentations: 'radiesse-1.5-ml' is not to be published; take it out",
        ),
        (
            "data/regions.yml", "  - id: neck\n", "  - id: neck\n    publish: false\n",
            "regions: 'neck' is not to be published (publish: false); nor is this row, then",
        ),
        (
            "technique/mixing.md", '{{ claim("T09") }}', "",
            'docs/technique/mixing.md:1: T09: the page is to deal with this claim; add {{ claim("T09") }}',
        ),
        (
            "technique/mixing.md", "---\n", "",
            "docs/technique/mixing.md:1: no front matter; begin the page with ---, title, description",
        ),
    ],
)  # fmt: skip
def test_a_spoilt_line_is_named_with_its_cure(data_only: Path, name: str, old: str, new: str, words: str) -> None:
    path = data_only / "docs" / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(ContentError) as stopped:
        load_project(data_only)
    assert words in str(stopped.value)


def test_a_file_that_cannot_be_read_to_its_end_has_no_other_fault(data_only: Path) -> None:
    """Were its beginning judged, everything below the fault would be called missing."""
    path = data_only / "docs/data/preparations.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(f"    syringes: [1]\n{text}", encoding="utf-8")
    with pytest.raises(ContentError) as stopped:
        load(data_only)
    (line,) = str(stopped.value).splitlines()
    assert line.startswith("docs/data/preparations.yml:") and ": not readable as YAML: " in line
