"""make release: an unrecorded change stops it and leaves nothing behind; a recorded one is written, committed, tagged."""

import json
import os
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

from ..projects import ROOT, edit

VERSION = "9.8.7"
ENTRY = "  - {{id: chg-99, version: {version}, date: '2031-01-01', type: ratio changed, summary: A change., rows: [{row}]}}\n"


def run(project: Path, *command: str) -> "subprocess.CompletedProcess[str]":
    git = {"GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@example.org", "GIT_CONFIG_GLOBAL": os.devnull}
    git |= {"GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@example.org"}
    return subprocess.run(
        command, cwd=project, env={**os.environ, **git, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False
    )  # fmt: skip


def release(project: Path, version: str = VERSION) -> "subprocess.CompletedProcess[str]":
    """The command, with the environment of this project taken as set up."""
    return run(project, "make", "--assume-old", ".venv/.dev-ready", "release", f"VERSION={version}")


@pytest.fixture
def repository(project: Path) -> Path:
    """The fixture with what a release needs, committed, and one number changed that no entry names yet."""
    for name in ("Makefile", "pyproject.toml", "CHANGELOG.md", ".gitignore"):
        shutil.copy(ROOT / name, project)
    (project / ".venv").symlink_to(ROOT / ".venv")
    edit(project / "docs/data/preparations.yml", "diluent_parts: 9", "diluent_parts: 8", after="id: ratio-1-9")
    run(project, "git", "init", "--quiet")
    (project / ".git/info/exclude").write_text(".venv\n", encoding="utf-8")
    commit(project)
    return project


def commit(project: Path) -> None:
    run(project, "git", "add", "--all")
    made = run(project, "git", "commit", "--quiet", "--message", "Edit")
    assert made.returncode == 0, made.stdout + made.stderr


def told(project: Path, row: str) -> None:
    edit(project / "docs/data/changes.yml", "changes:\n", "changes:\n" + ENTRY.format(version=VERSION, row=row))
    commit(project)


def state(project: Path) -> tuple[str, str, str]:
    """Commit, tags, and what is not committed."""
    asked = (("rev-parse", "HEAD"), ("tag", "--list"), ("status", "--porcelain"))
    head, tags, left = (run(project, "git", *words).stdout for words in asked)
    return head, tags, left


def test_an_unrecorded_change_stops_it_and_nothing_is_left(repository: Path) -> None:
    told(repository, "ratio-1-5")
    before = state(repository)
    made = release(repository)
    assert made.returncode != 0
    assert "ratio-1-9: has changed (diluent_parts)" in " ".join((made.stdout + made.stderr).split())
    assert state(repository) == before


def test_a_recorded_change_is_released(repository: Path) -> None:
    told(repository, "ratio-1-9")
    made = release(repository)
    assert made.returncode == 0, made.stdout + made.stderr
    head, tags, left = state(repository)
    assert tags.split() == [f"v{VERSION}"]
    assert left == ""
    assert run(repository, "git", "rev-parse", f"v{VERSION}^{{commit}}").stdout == head
    assert f"  version: {VERSION}" in (repository / "mkdocs.yml").read_text(encoding="utf-8")
    log = (repository / "CHANGELOG.md").read_text(encoding="utf-8")
    assert log.index("## Unreleased\n\n## ") < log.index(f"## {VERSION} (")
    assert tomllib.loads((repository / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"] == VERSION
    assert json.loads((repository / "docs/data/recorded.json").read_text(encoding="utf-8"))["version"] == VERSION

    again = release(repository)
    assert f"v{VERSION} is released" in again.stdout
    assert state(repository) == (head, tags, left)


@pytest.mark.parametrize("version", ["", "1.1", "v1.1.0", "1.1.0-rc1", "next"])
def test_a_version_is_three_numbers(repository: Path, version: str) -> None:
    before = state(repository)
    assert "Which version?" in release(repository, version).stdout
    assert state(repository) == before


def test_work_that_is_not_committed_is_left_alone(repository: Path) -> None:
    (repository / "docs/index.md").write_text("mine", encoding="utf-8")
    before = state(repository)
    assert "Commit your changes first" in release(repository).stdout
    assert state(repository) == before
    assert (repository / "docs/index.md").read_text(encoding="utf-8") == "mine"
