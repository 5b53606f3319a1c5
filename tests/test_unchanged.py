"""A site is current only while nothing that decides its bytes has changed, and no byte of it."""

from pathlib import Path

import pytest

from macros import build as building
from macros import unchanged


@pytest.fixture
def site(project: Path, tmp_path: Path) -> Path:
    site = tmp_path / "site"
    (site / "pdf").mkdir(parents=True)
    (site / "index.html").write_text("<p>home</p>")
    unchanged.remember(project, site, unchanged.inputs(project))
    return site


def test_a_site_as_built_is_current(project: Path, site: Path) -> None:
    assert unchanged.is_current(project, site)
    assert not unchanged.is_current(project, site.with_name("other"))


@pytest.mark.parametrize("name", ["docs/data/preparations.yml", "docs/index.md", "mkdocs.yml", "macros/markup.py"])
def test_any_change_of_the_tree_asks_for_a_build(project: Path, site: Path, name: str) -> None:
    (project / name).write_text((project / name).read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert not unchanged.is_current(project, site)


def test_a_file_more_or_less_asks_for_a_build(project: Path, site: Path) -> None:
    (project / "docs/assets/more.txt").write_text("")
    assert not unchanged.is_current(project, site)
    (project / "docs/assets/more.txt").unlink()
    assert unchanged.is_current(project, site)


@pytest.mark.parametrize("name", ["SITE_URL", "FEEDBACK_ADDRESS"])
def test_what_the_environment_says_counts(
    project: Path, site: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(name, "https://example.org/docs/")
    assert not unchanged.is_current(project, site)


def test_another_package_asks_for_a_build(project: Path, site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unchanged, "distributions", list)
    assert not unchanged.is_current(project, site)


@pytest.mark.parametrize("spoil", ["changed", "gone", "more"])
def test_a_site_that_somebody_touched_is_built_anew(project: Path, site: Path, spoil: str) -> None:
    if spoil == "changed":
        (site / "index.html").write_text("<p>hole</p>")
    elif spoil == "gone":
        (site / "index.html").unlink()
    else:
        (site / "more.html").write_text("")
    assert not unchanged.is_current(project, site)


def test_a_build_with_nothing_to_do_makes_nothing(project: Path, site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(building, "make", lambda *_: pytest.fail("built without need"))
    said: list[str] = []
    building.build(project, site, said.append)
    assert "nothing has changed" in said[0]
