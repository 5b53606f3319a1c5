"""python -m macros: each command explains itself, a wrong word is answered with the right one, and every console can show it."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from macros.__main__ import main

from ..projects import ROOT, edit

COMMANDS = (
    "check", "list", "changes", "record", "cite", "sources", "rows", "build", "exports", "handouts", "headers", "links",
)  # fmt: skip


def said_by(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[object, str]:
    """The status of a command that ends at its arguments, and all that it said."""
    with pytest.raises(SystemExit) as stopped:
        main(list(arguments))
    said = capsys.readouterr()
    return stopped.value.code, said.out + said.err


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(capsys: pytest.CaptureFixture[str], name: str) -> None:
    status, said = said_by(capsys, name, "--help")
    assert status == 0
    assert f"usage: python -m macros {name}" in said
    told = said.split("options:")[0].splitlines()
    assert any(line and not line.startswith(("usage:", " ")) for line in told), "what it does, in words"


def test_the_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    status, said = said_by(capsys, "--help")
    assert status == 0
    # What a command does may take a second line, which stands further in.
    assert re.findall(r"^ {4}(\S+)", said, re.MULTILINE) == list(COMMANDS)


@pytest.mark.parametrize(
    ("arguments", "answer"),
    [
        (("chekc",), "(did you mean 'check'?)"),
        (("hanouts",), "(did you mean 'handouts'?)"),
        (("handouts", "--paper", "leter"), "(did you mean 'letter'?)"),
        (("handouts", "--audience", "pateint"), "(did you mean 'patient'?)"),
        (("check", "--today", "2030-02-30"), "expected a day such as 2026-11-22, got '2030-02-30'"),
        (("changes",), "--since"),
        ((), "COMMAND"),
    ],
)
def test_a_wrong_word_is_answered(capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], answer: str) -> None:
    status, said = said_by(capsys, *arguments)
    assert status == 2
    assert answer in said


def test_a_folder_that_is_no_project_is_answered(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    for name in ("check", "record", "build", "exports", "links"):
        assert main(["--root", str(tmp_path), name]) == 1
        assert capsys.readouterr().err == f"{tmp_path}: no mkdocs.yml; name the project's folder with --root\n"


def test_a_sound_project_is_counted(fixture_root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--root", str(fixture_root), "check"]) == 0
    said = capsys.readouterr()
    numbers = [int(word) for word in said.out.split() if word.isdigit()]
    assert said.out.endswith("pages are sound.\n") and len(numbers) == 3 and min(numbers) > 5
    assert said.err == ""


@pytest.mark.site
@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "cp437"])
def test_a_console_of_another_encoding_shows_every_word(project: Path, encoding: str) -> None:
    """As on Windows, where a pipe or a file has the code page of the country."""
    line = edit(project / "docs/data/regions.yml", "kind: treatment", "kind: décolleté–漢字")
    run = subprocess.run(
        [sys.executable, "-m", "macros", "check"], cwd=project, capture_output=True, check=False,
        env={"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": encoding, "PATH": ""},
    )  # fmt: skip
    assert run.returncode == 1
    said = run.stderr.decode("utf-8")
    assert f"docs/data/regions.yml:{line}: glabella: kind: expected one of" in said
    assert "got 'décolleté–漢字'" in said and "Traceback" not in said


def test_what_does_not_belong_together_is_told_without_a_traceback(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for arguments, said in (
        (("handouts", "card"), "build the pages first"),
        (("links",), "there is no built site"),
        (("headers",), ""),
    ):
        assert main(["--root", str(project), *arguments]) == 1
        told = capsys.readouterr().err
        assert said in told and told.strip() and "Traceback" not in told, arguments


def test_a_newcomer_is_told_a_command_that_serves_the_site() -> None:
    """From the disk a browser shows folders as lists of files."""
    words = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "make open" in words and "open site/index.html" not in words
    assert "http.server" in (ROOT / "Makefile").read_text(encoding="utf-8").partition("\nopen:")[2].partition("\n\n")[0]
