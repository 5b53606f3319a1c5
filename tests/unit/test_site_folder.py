"""Nothing half-published: a new site takes the place of the old one only when it is whole, one build at a time."""

import os
from pathlib import Path

import pytest

from macros.publishing.built_pages import PublishError
from macros.publishing.site_folder import new_site


def build(site: Path, word: str) -> None:
    with new_site(site) as new:
        assert list(new.iterdir()) == []
        (new / "index.html").write_text(word, encoding="utf-8")


def shown(site: Path) -> str:
    return (site / "index.html").read_text(encoding="utf-8")


def folders_beside(site: Path) -> list[str]:
    return [path.name for path in site.parent.iterdir() if path.is_dir() and path != site]


def test_a_new_site_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    site = tmp_path / "sites" / "site"
    build(site, "first")
    (site / "old.html").touch()
    build(site, "second")
    assert shown(site) == "second"
    assert not (site / "old.html").exists()
    assert folders_beside(site) == []


@pytest.mark.parametrize("stop", [RuntimeError, KeyboardInterrupt])
def test_a_build_that_fails_leaves_the_old_site(stop: type[BaseException], tmp_path: Path) -> None:
    site = tmp_path / "site"
    build(site, "first")
    with pytest.raises(stop), new_site(site) as new:
        (new / "index.html").write_text("half", encoding="utf-8")
        raise stop
    assert shown(site) == "first"
    assert folders_beside(site) == []
    build(site, "second")
    assert shown(site) == "second"


def test_what_a_killed_build_left_is_cleared_away_and_the_old_site_put_back(tmp_path: Path) -> None:
    site = tmp_path / "site"
    build(site, "first")
    # Killed between its two renames.
    site.rename(tmp_path / ".old-site")
    (tmp_path / ".build-site" / "pdf").mkdir(parents=True)
    (tmp_path / ".build-site" / "index.html").write_text("half", encoding="utf-8")
    with pytest.raises(RuntimeError), new_site(site):
        assert shown(site) == "first"
        raise RuntimeError
    assert shown(site) == "first"
    assert folders_beside(site) == []
    # Killed after them.
    (tmp_path / ".old-site").mkdir()
    build(site, "second")
    assert shown(site) == "second"
    assert folders_beside(site) == []


def test_a_web_server_can_read_the_site_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        build(tmp_path / "site", "first")
    finally:
        os.umask(before)
    assert (tmp_path / "site").stat().st_mode & 0o777 == 0o755


def test_a_second_build_waits_and_stops_when_the_first_goes_on(tmp_path: Path) -> None:
    site = tmp_path / "site"
    with new_site(site) as new:
        (new / "index.html").write_text("first", encoding="utf-8")
        with (
            pytest.raises(PublishError, match=r"site: another build is making this site; run the command again when"),
            new_site(site, patience=0.1),
        ):
            pytest.fail("two builds at once")
        # Another site may be built beside it.
        build(tmp_path / "other", "other")
        assert (new / "index.html").exists()
    assert shown(site) == "first"
    build(site, "second")
    assert shown(site) == "second"
