"""The project's own files agree: locks with pyproject.toml, papers with the tree; nothing names a host or a machine."""

import re
import subprocess
import tomllib
from importlib.metadata import distribution

import pytest

from macros.__main__ import main

from ..projects import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
BUILD, DEV, ENGINES = PROJECT["project"]["dependencies"], *map(PROJECT["dependency-groups"].get, ("dev", "engines"))
LOCKS = {
    "requirements.txt": BUILD,
    "requirements-dev.txt": BUILD + DEV,
    "requirements-engines.txt": BUILD + DEV + ENGINES,
}
LISTED = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\n")[
    :-1
]


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def names(entries: list[str]) -> set[str]:
    return {re.split(r"[<>=]", entry)[0].lower() for entry in entries}


def pins(lock: str) -> set[str]:
    """Each package with its version and the systems and Pythons that it is for."""
    return {line.rstrip(" \\") for line in read(lock).splitlines() if re.match(r"[a-z0-9-]+(\[\w+\])?==", line)}


def name_of(pin: str) -> str:
    """The package that a line of a lock pins, without its extras."""
    return re.split(r"[\[=]", pin)[0]


@pytest.mark.parametrize("name", LOCKS)
def test_the_lock_holds_every_dependency_with_hashes_and_names_no_host(name: str) -> None:
    text = read(name)
    locked = {name_of(pin) for pin in pins(name)}
    assert names(LOCKS[name]) <= locked, f"run make lock: {names(LOCKS[name]) - locked}"
    blocks = re.split(r"^(?=[a-z0-9-]+(?:\[\w+\])?==)", text, flags=re.MULTILINE)[1:]
    assert all("--hash=sha256:" in block for block in blocks)
    assert not re.search(r"https?://|--index|--find-links|file:", text)


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_what_a_package_asks_for_with_extras_is_locked_with_them(name: str) -> None:
    """Else pip looks for the newest release of it, whose hash no lock has: an installation fails from that day on."""
    locked = {pin.split("==")[0] for pin in pins(name)}
    for pin in pins(name):
        if " ;" in pin:
            continue  # for another system
        for wanted in distribution(name_of(pin)).requires or ():
            if "extra ==" not in wanted and (with_extras := re.match(r"[\w.-]+\[\w+\]", wanted)):
                assert with_extras[0].lower() in locked, f"{pin} asks for {wanted}: run make lock"


def test_a_larger_lock_holds_the_smaller_ones_with_the_same_versions() -> None:
    assert pins("requirements.txt") < pins("requirements-dev.txt") < pins("requirements-engines.txt")


def test_a_dependency_that_is_gone_is_not_locked() -> None:
    gone = ("lxml-stubs", "matplotlib", "numpy")
    assert not {name_of(pin) for lock in LOCKS for pin in pins(lock)} & set(gone)


def test_no_newer_python_is_refused() -> None:
    assert PROJECT["project"]["requires-python"] == ">=3.11"


@pytest.mark.parametrize("name", sorted(names(BUILD)))
def test_what_a_build_installs_is_used(name: str) -> None:
    # By a module's name, or that of a plugin or theme in mkdocs.yml; pypdfium2 hands its pictures to Pillow.
    installed = distribution(name)
    used_as = {file.parts[0].removesuffix(".py") for file in installed.files or () if ".dist-info" not in file.parts[0]}
    used_as |= {entry.name for entry in installed.entry_points if entry.group.startswith("mkdocs.")}
    used_as |= {"to_pil"} if name == "pillow" else set()
    text = read("mkdocs.yml") + "".join(read(path) for path in LISTED if re.fullmatch(r"macros/.*\.py", path))
    assert any(re.search(rf"\b{re.escape(word)}\b", text) for word in used_as), f"{name} is declared and unused"


def test_every_dependency_has_its_reason_beside_it() -> None:
    reasons = dict(re.findall(r'^  "([\w-]+)[<>=]?[^"]*",(.*)$', read("pyproject.toml"), re.MULTILINE))
    assert {name for name in names(BUILD + DEV + ENGINES) if not reasons[name].startswith(" # ")} == set()


PAPERS = (
    "README.md",
    "pyproject.toml",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "Makefile",
    "Containerfile",
    ".pre-commit-config.yaml",
    ".ci/run",
)


@pytest.mark.parametrize("paper", PAPERS)
def test_every_file_that_a_paper_names_is_there(paper: str) -> None:
    paths = set(re.findall(r"(?<![\w./-])(?:docs|macros|tests)/[\w./-]*\w", read(paper)))
    assert sorted(path for path in paths if not (ROOT / path).exists()) == []
    # CONTRIBUTING names the modules of a room without its folder.
    modules = set(re.findall(r"`(?:\w+/)?(\w+\.py)`", read(paper)))
    assert sorted(modules - {path.rsplit("/", 1)[-1] for path in LISTED}) == []


@pytest.mark.parametrize("paper", PAPERS)
def test_every_command_that_a_paper_names_is_there(paper: str) -> None:
    targets = set(re.findall(r"^([a-z-]+):", read("Makefile"), re.MULTILINE))
    assert set(re.findall(r"`make ([a-z-]+)", read(paper))) <= targets
    for name in set(re.findall(r"python -m macros ([a-z]+)", read(paper))):
        with pytest.raises(SystemExit, match=r"^0$"):
            main([name, "--help"])


def test_the_container_copies_what_is_let_in_and_nothing_else() -> None:
    let_in = set(re.findall(r"^!(.+)$", read(".dockerignore"), re.MULTILINE))
    copied = re.findall(r"^COPY (?!--from|<<)(\S+) ", read("Containerfile"), re.MULTILINE)
    assert {path.split("/")[0] for path in copied} == let_in


def test_no_path_of_a_machine_is_committed() -> None:
    for name in LISTED:
        path = ROOT / name
        if path.suffix in (".md", ".py", ".yml", ".toml", ".txt", ".json", ".css", ".html") and path.is_file():
            text = path.read_text(encoding="utf-8", errors="replace")
            assert not re.search(r"(?<![\w./-])/(?:home|root|Users)/\w", text), name
