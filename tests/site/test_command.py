"""The command line, on the fixture with some of its sheets printed."""

import os
import re
from pathlib import Path

import pytest

from macros import __main__
from macros.content.project import Project

from ..projects import ROOT, SHEETS, command


@pytest.fixture
def run(printed: Path, capsys: pytest.CaptureFixture[str]):
    """Call a command on the fixture; returns its status, what it said and what it complained of."""

    def call(*arguments: str) -> tuple[int, str, str]:
        status = __main__.main(["--root", str(printed), *arguments])
        said = capsys.readouterr()
        return status, said.out, said.err

    return call


# --- handouts -----------------------------------------------------------------------------------


def test_some_handouts_on_one_paper(run, printed: Path, tmp_path: Path) -> None:
    out = tmp_path / "new" / "folder"
    status, said, _ = run("handouts", "card", "leaflet", "--paper", "letter", "--out", str(out))
    assert status == 0
    assert sorted(path.name for path in out.glob("*.pdf")) == ["card-letter.pdf", "leaflet-letter.pdf"]
    for path in out.glob("*.pdf"):
        assert path.read_bytes() == (printed / "site/pdf" / path.name).read_bytes(), "the same as in the whole build"
    assert "[2/2]" in said


def test_nothing_is_rendered_again_when_nothing_changed(run, printed: Path, tmp_path: Path) -> None:
    status, said, _ = run("handouts", *SHEETS, "--out", str(tmp_path / "out"))
    assert status == 0
    assert said.count("unchanged") == 2 * len(SHEETS)


def test_the_handouts_of_an_audience(run, invented: Project, tmp_path: Path) -> None:
    status, _, _ = run("handouts", "--audience", "patient", "--paper", "a4", "--out", str(tmp_path / "out"))
    assert status == 0
    made = {path.name for path in (tmp_path / "out").glob("*.pdf")}
    own = {f"handouts/{row.id}.md" for row in invented.data.handouts.handouts}
    assert made == {
        *(
            f"{slug}-a4.pdf"
            for row in invented.data.handouts.handouts
            if "patient" in row.audience
            for slug in row.slugs
        ),
        *(f"{page.slug}-a4.pdf" for page in invented.pages if "patient" in page.meta.audience and page.path not in own),
    }


def test_an_unknown_name_is_answered_with_the_right_one(run, tmp_path: Path) -> None:
    status, _, complaint = run("handouts", "leaflit", "nothing", "--out", str(tmp_path / "out"))
    assert status == 1
    assert "no handout 'leaflit' (did you mean 'leaflet'?)" in complaint
    assert "no handout 'nothing'" in complaint
    assert "there are: " in complaint and "technique-by-region" in complaint
    assert not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be_written_is_named(run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    status, _, complaint = run("handouts", "leaflet", "--out", str(tmp_path / "file" / "out"))
    assert status == 1
    assert f"{tmp_path / 'file'}" in complaint
    assert "Not a directory" in complaint


def test_no_built_site_is_said(run, tmp_path: Path) -> None:
    for name in ("handouts", "links"):
        status, _, complaint = run(name, "--site", str(tmp_path / "none"))
        assert status == 1
        assert "build the pages first" in complaint or "run make site first" in complaint


def test_a_wrong_paper_is_answered_with_the_papers(run, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        run("handouts", "--paper", "a5")
    assert stopped.value.code == 2
    assert "a4" in (said := capsys.readouterr().err) and "letter" in said


def test_without_pango_one_clear_message(printed: Path, tmp_path: Path) -> None:
    """A stand-in for the renderer that fails on import as the real one does without Pango."""
    stand_in = tmp_path / "stand-in" / "weasyprint"
    stand_in.mkdir(parents=True)
    (stand_in / "__init__.py").write_text(
        "raise OSError(\"cannot load library 'libpango-1.0-0': error 0x7e\")\n", encoding="utf-8"
    )
    made = command(
        printed, "macros", "handouts", "reference-about", "reference-claims", "--out", str(tmp_path / "out"),
        PYTHONPATH=os.pathsep.join((str(stand_in.parent), str(ROOT))),
    )  # fmt: skip
    assert made.returncode == 1
    assert made.stderr.count("Pango is missing") == 1
    assert "apt-get install libpango-1.0-0" in made.stderr
    assert "Traceback" not in made.stdout + made.stderr


# --- the other commands -------------------------------------------------------------------------


def test_check_counts_what_is_sound(run, invented: Project) -> None:
    status, said, _ = run("check")
    assert status == 0
    rows, sources = len(invented.data.rows), len(invented.data.references)
    heading, *levels, counts = said.splitlines()
    assert heading == "Reading level of the pages for patients, by Flesch and Kincaid (at most 6):"
    assert [re.sub(r"^  \d+\.\d  ", "", level) for level in levels] == [
        f"docs/{page.path}" for page in invented.pages if page.meta.audience == ["patient"]
    ]
    assert counts == f"{rows} rows, {sources} sources and {len(invented.pages)} pages are sound."


def test_links_are_checked(run, printed: Path, tmp_path: Path) -> None:
    status, said, _ = run("links")
    assert status == 1
    # Of the fixture only some sheets are printed.
    assert all("pdf/" in line and "which does not exist" in line for line in said.splitlines()), said
    (tmp_path / "index.html").write_text("<p>x</p>", encoding="utf-8")
    assert run("links", "--site", str(tmp_path)) == (0, "All internal links lead somewhere.\n", "")


def test_headers_for_nginx_are_those_of_the_built_site(run, printed: Path) -> None:
    status, said, _ = run("headers")
    assert status == 0
    for line in (printed / "site/_headers").read_text(encoding="utf-8").splitlines():
        name, colon, value = line.strip().partition(": ")
        if colon and name in ("Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy"):
            assert f'add_header {name} "{value}" always;' in said


def test_mkdocs_alone_builds_the_same_pages(fixture_root: Path, invented: Project, tmp_path: Path) -> None:
    made = command(fixture_root, "mkdocs", "build", "--strict", "--site-dir", str(tmp_path))
    assert made.returncode == 0, made.stderr
    assert "WARNING" not in made.stderr
    built = [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("index.html")]
    assert len(built) == len(invented.pages)
