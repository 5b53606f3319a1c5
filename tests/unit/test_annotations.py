"""In a workflow each fault stands beside its line, written as the code host reads it; elsewhere none does."""

import re
from pathlib import Path

import pytest

from macros.__main__ import main
from macros.content.annotations import annotation
from macros.content.faults import Fault

from ..projects import edit

# As the host's runner reads a command: places are parted by commas, and each by the first equals sign.
COMMAND = re.compile(r"::(\w+) ([^:]*)::(.*)")
BACK = {"%25": "%", "%0D": "\r", "%0A": "\n", "%3A": ":", "%2C": ","}


def read(line: str) -> tuple[str, dict[str, str], str]:
    """Kind, places and words of a command, as the runner takes them."""
    found = COMMAND.fullmatch(line)
    assert found is not None

    def unescape(words: str) -> str:
        return re.sub("%[0-9A-F]{2}", lambda code: BACK[code[0]], words)

    places = dict(place.split("=", 1) for place in found[2].split(","))
    return found[1], {name: unescape(value) for name, value in places.items()}, unescape(found[3])


def annotations(said: str) -> list[tuple[str, dict[str, str], str]]:
    return [read(line) for line in said.splitlines() if line.startswith("::")]


@pytest.fixture
def in_a_workflow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")


@pytest.mark.usefixtures("in_a_workflow")
def test_a_spoilt_row_is_told_on_its_line(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    line = edit(project / "docs/data/protocols.yml", "min: 3", "min: 100 %", "id: decolletage-label\n")
    assert main(["--root", str(project), "check"]) == 1
    said = capsys.readouterr()
    words = "decolletage-label: diluent_parts_min: expected a number from 0 to 20, got '100 %'"
    assert annotations(said.out) == [("error", {"file": "docs/data/protocols.yml", "line": str(line)}, words)]
    assert f"docs/data/protocols.yml:{line}: {words}" in said.err, "and for people, as everywhere"


@pytest.mark.usefixtures("in_a_workflow")
def test_a_day_of_review_is_told_on_its_line(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    line = edit(project / "docs/index.md", "review_by: 2031-03-04", "review_by: 2031-02-27")
    assert main(["--root", str(project), "check", "--today", "2031-02-28"]) == 1
    found = annotations(capsys.readouterr().out)
    assert ("error", {"file": "docs/index.md", "line": str(line)}) in [told[:2] for told in found]
    assert {kind for kind, places, _ in found if places["file"].endswith(".yml")} == {"warning"}


def test_outside_a_workflow_there_is_none(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    edit(project / "docs/data/protocols.yml", "min: 3", "min: 1:4", "id: decolletage-label\n")
    assert main(["--root", str(project), "check"]) == 1
    assert annotations(capsys.readouterr().out) == []


def test_what_the_host_takes_for_its_own_signs_is_escaped() -> None:
    fault = Fault("docs/a,b:c%.md", 7, "row", "field", "50 % at 1:2,\nor\r::error::more")
    line = annotation(fault, "notice")
    assert (
        line
        == "::notice file=docs/a%2Cb%3Ac%25.md,line=7::row: field: 50 %25 at 1:2,%0Aor\N{REPLACEMENT CHARACTER}::error::more"
    )
    assert read(line)[1] == {"file": "docs/a,b:c%.md", "line": "7"}
