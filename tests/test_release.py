"""A release on a copy of the tree in a repository of its own; the build itself has its own tests."""

import hashlib
import json
import subprocess
import zipfile
from pathlib import Path

import pytest

from macros import release
from macros.source import ContentError

from .conftest import ROOT


def git(root: Path, *arguments: str) -> str:
    who = ["-c", "user.name=Test", "-c", "user.email=test@example.org"]
    return subprocess.run(["git", *who, *arguments], cwd=root, capture_output=True, text=True, check=True).stdout


@pytest.fixture
def repository(project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("pyproject.toml", "CHANGELOG.md", ".gitignore"):
        (project / name).write_text((ROOT / name).read_text(encoding="utf-8"), encoding="utf-8")
    for variable in ("GIT_AUTHOR", "GIT_COMMITTER"):
        monkeypatch.setenv(f"{variable}_NAME", "Test")
        monkeypatch.setenv(f"{variable}_EMAIL", "test@example.org")
    git(project, "init", "--quiet")
    commit(project)
    return project


def commit(root: Path) -> None:
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "State")


def announce(root: Path, version: str) -> None:
    path = root / "docs/data/changes.yml"
    entry = (
        f"changes:\n  - id: chg-99\n    version: '{version}'\n    date: '2026-12-01'\n    type: correction\n"
        "    summary: A word put right.\n"
    )
    path.write_text(path.read_text(encoding="utf-8").replace("changes:\n  -", f"{entry}  -", 1), encoding="utf-8")


def built(root: Path, site: Path, say) -> None:
    (site / "pdf").mkdir(parents=True)
    (site / "index.html").write_text("<p>1.1.0</p>")
    (site / "pdf/sheet-a4.pdf").write_bytes(b"%PDF")


def test_a_release_from_announcement_to_tag(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(release, "build", built)
    announce(repository, "1.1.0")
    written = release.prepare(repository, "1.1.0")
    assert written == ["mkdocs.yml", "pyproject.toml", "CHANGELOG.md", "docs/data/recorded.json"]
    assert "  version: 1.1.0 #" in (repository / "mkdocs.yml").read_text()
    assert "## 1.1.0 (2026-12-01)" in (repository / "CHANGELOG.md").read_text()
    commit(repository)
    archive, notes, sums = release.release(repository, "1.1.0", repository / "dist", lambda line: None)
    assert git(repository, "tag", "--list").split() == ["v1.1.0"]
    assert "A word put right." in git(repository, "tag", "--list", "--format=%(contents)", "v1.1.0")
    assert "- correction: A word put right." in notes.read_text()
    assert "Code and format:\n\n- Curated handouts" in notes.read_text()
    assert "First edition" not in notes.read_text()
    with zipfile.ZipFile(archive) as packed:
        assert packed.namelist() == ["caha-and-skin-1.1.0/index.html", "caha-and-skin-1.1.0/pdf/sheet-a4.pdf"]
    assert sums.read_text().splitlines()[0] == f"{hashlib.sha256(archive.read_bytes()).hexdigest()}  {archive.name}"
    again = repository / "dist/again.zip"
    release.pack(repository / "site", again, "caha-and-skin-1.1.0", "2026-12-01")
    assert again.read_bytes() == archive.read_bytes()
    with pytest.raises(ContentError, match=r"the tag v1\.1\.0 is set already"):
        release.release(repository, "1.1.0", repository / "dist", lambda line: None)


def test_all_that_does_not_agree_is_named_at_once(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(release, "build", lambda *_: pytest.fail("built in spite of faults"))
    announce(repository, "1.1.0")
    with pytest.raises(ContentError) as caught:
        release.release(repository, "1.1.0", repository / "dist")
    said = str(caught.value)
    for part in ("mkdocs.yml", "pyproject.toml", "CHANGELOG.md", "recorded.json", "not committed"):
        assert part in said
    assert git(repository, "tag", "--list") == ""


@pytest.mark.parametrize("version", ["1.1", "v1.1.0", "2.0.0"])
def test_a_version_that_nothing_announces_is_refused(repository: Path, version: str) -> None:
    before = json.loads((repository / "docs/data/recorded.json").read_text())
    with pytest.raises(ContentError, match=r"changes\.yml"):
        release.prepare(repository, version)
    assert json.loads((repository / "docs/data/recorded.json").read_text()) == before
