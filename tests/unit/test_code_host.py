"""What the code host reads: workflows with pinned actions and no more rights than they need, forms that ask for a row's fields."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from macros.content.vocabulary import EVIDENCE_NAMES

from ..projects import ROOT, edit

WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
FORMS = sorted((ROOT / ".github/ISSUE_TEMPLATE").glob("*.yml"))


def read(path: Path) -> dict[str, Any]:
    # BaseLoader: YAML takes the key `on` for a truth.
    return yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)


def steps(name: str) -> list[dict[str, Any]]:
    jobs = read(ROOT / f".github/workflows/{name}.yml")["jobs"]
    return [step for job in jobs.values() for step in job["steps"]]


def run_of(name: str, words: str) -> str:
    return next(step["run"] for step in steps(name) if words in step.get("run", ""))


@pytest.fixture
def code_host(tmp_path: Path) -> Path:
    """A folder with what the code host reads, free to be spoilt, and the command that judges it."""
    shutil.copytree(ROOT / ".github", tmp_path / ".github")
    shutil.copy(ROOT / "Makefile", tmp_path)
    return tmp_path


def judged(root: Path) -> "subprocess.CompletedProcess[str]":
    tools = Path(sys.executable).parent
    return subprocess.run(
        ["make", "code-host", f"BIN={tools}", "DEV_READY="], cwd=root, capture_output=True, text=True, check=False
    )


@pytest.mark.site
def test_all_of_it_is_sound_and_make_check_asks(code_host: Path) -> None:
    run = judged(code_host)
    assert run.returncode == 0, run.stdout + run.stderr
    assert re.search(r"^check: .*\bcode-host\b", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.site
@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("workflows/check.yml", "timeout-minutes: 20", "timeout-minuets: 20", "timeout-minuets"),
        ("workflows/check.yml", "3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1", "v7", "unpinned-uses"),
        ("workflows/watch.yml", "permissions: {}", "permissions: write-all", "excessive-permissions"),
        ("ISSUE_TEMPLATE/a-new-study.yml", "- type: input", "- type: inputs", "a-new-study.yml"),
        ("dependabot.yml", "interval: monthly", "interval: often", "often"),
    ],
)  # fmt: skip
def test_what_is_not_sound_is_named(code_host: Path, file: str, old: str, new: str, said: str) -> None:
    edit(code_host / ".github" / file, old, new)
    run = judged(code_host)
    assert run.returncode and said in run.stdout + run.stderr


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_starts_without_rights_and_uses_what_is_pinned(path: Path) -> None:
    workflow = read(path)
    assert workflow["permissions"] == {}
    assert all(job["permissions"] and job["timeout-minutes"] for job in workflow["jobs"].values())
    pins = re.findall(r"uses: (\S+)(.*)", path.read_text(encoding="utf-8"))
    assert all(
        re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40}", uses) and re.fullmatch(r" # v[\d.]+", note) for uses, note in pins
    )


def test_an_action_has_one_pin_in_all_workflows() -> None:
    pins = {tuple(step["uses"].split("@")) for path in WORKFLOWS for step in steps(path.stem) if "uses" in step}
    assert len({name for name, _ in pins}) == len(pins)


def test_the_workflows_call_the_commands_of_the_project() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    called = {
        path.stem: re.findall(r"\bmake ([a-z-]+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
        for path in WORKFLOWS
    }
    assert {"check", "test"} <= set(called["check"])
    assert "site" in called["publish"] and "for target in links engines" in run_of("watch", 'make "$target"')
    assert {target for names in called.values() for target in names} <= targets
    assert "python -m macros sources --verify --news --since" in run_of("watch", "links engines")


def test_every_python_that_the_project_allows_is_tried() -> None:
    oldest = re.search(r'requires-python = ">=(3\.\d+)"', (ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    tried = read(ROOT / ".github/workflows/check.yml")["jobs"]["test"]["strategy"]["matrix"]["python"]
    assert oldest is not None and tried[0] == oldest[1] and tried[-1] == "3.x", "the newest there is"
    minors = [int(version.removeprefix("3.")) for version in tried[:-1]]
    assert minors == list(range(minors[0], minors[-1] + 1))


# --- the weekly report --------------------------------------------------------------------------


def bash(script: str, folder: Path, **programs: str) -> "subprocess.CompletedProcess[str]":
    """A step of a workflow as its host runs it, with programs of our own before those of the system."""
    tools = folder / "tools"
    tools.mkdir(exist_ok=True)
    for name, text in programs.items():
        (tools / name).write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
        (tools / name).chmod(0o755)
    path = f"{tools}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        ["bash", "-e", "-c", script], cwd=folder, capture_output=True, text=True, check=False,
        env={**os.environ, "PATH": path, "RUN": "https://code.example.org/run", "SINCE": "2030-01-02", "GITHUB_OUTPUT": "output"},
    )  # fmt: skip


def test_the_report_tells_what_each_command_said_and_how_it_ended(tmp_path: Path) -> None:
    python = tmp_path / ".venv/bin/python"
    python.parent.mkdir(parents=True)
    python.write_text("#!/bin/sh\necho \"$@\"; echo '- A retraction, says @somebody'; yes é | head -n 90000; exit 1\n")
    python.chmod(0o755)
    run = bash(run_of("watch", "links engines"), tmp_path, make='echo "made $1"; yes "line é of $1" | head -n 90000')
    assert run.returncode == 0, run.stderr
    report = (tmp_path / "report.md").read_text(encoding="utf-8")
    assert len(report) <= 65_536, "what an issue holds"
    asked = "-m macros sources --verify --news --since 2030-01-02"
    assert re.findall(r"^## (.*)$", report, re.MULTILINE) == [f".venv/bin/python {asked}", "make links", "make engines"]
    assert f"Status 1.\n\n{asked}\n- A retraction, says @\u200bsomebody\n" in report, "nobody is called"
    assert "Status 0.\n\n~~~~~~text\n" in report and report.endswith("line é of engines\n\n~~~~~~\n\n")
    assert "since 2030-01-02 ([run](https://code.example.org/run))" in report
    assert (tmp_path / "links.txt").stat().st_size > 1_000_000, "the run keeps all"


@pytest.mark.parametrize(("opened", "day"), [("2030-01-10T05:20:11Z", "2030-01-02"), ("", None)])
def test_an_open_issue_is_renewed_with_all_since_the_week_before_it(
    tmp_path: Path, opened: str, day: str | None
) -> None:
    run = bash(run_of("watch", "createdAt"), tmp_path, gh=f'echo "{opened}"')
    assert run.returncode == 0, run.stderr
    told = (tmp_path / "output").read_text(encoding="utf-8")
    assert re.fullmatch(f"day={day}\n" if day else r"day=20\d\d-\d\d-\d\d\n", told)


@pytest.mark.parametrize(("open_issue", "done"), [("", "issue create "), ("41", "issue edit 41 ")])
def test_one_issue_holds_the_report(tmp_path: Path, open_issue: str, done: str) -> None:
    listed = f'[ "$2" = list ] && [ -n "{open_issue}" ] && echo {open_issue}'
    run = bash(run_of("watch", "gh issue create"), tmp_path, gh=f'echo "$@" >> called.txt\n{listed}\nexit 0')
    assert run.returncode == 0, run.stderr
    last = (tmp_path / "called.txt").read_text(encoding="utf-8").splitlines()[-1]
    assert last.startswith(done) and "--body-file report.md" in last


# --- the forms ----------------------------------------------------------------------------------


def test_the_forms_ask_for_what_a_row_needs() -> None:
    asked = {form.stem: {field["id"] for field in read(form)["body"] if "id" in field} for form in FORMS}
    assert asked["a-number-is-wrong"] >= {"page", "says", "should", "source", "read", "harm"}
    assert asked["a-new-study"] >= {
        "source",
        "kind",
        "read",
        "region",
        "people",
        "mixture",
        "technique",
        "result",
        "funding",
    }
    assert asked["a-status-changed"] >= {"jurisdiction", "date", "record", "seen", "product", "region", "preparation"}


def test_the_kinds_of_a_source_are_those_of_the_data() -> None:
    fields = read(ROOT / ".github/ISSUE_TEMPLATE/a-new-study.yml")["body"]
    kinds = next(field for field in fields if field.get("id") == "kind")
    assert kinds["attributes"]["options"] == list(EVIDENCE_NAMES.values())
