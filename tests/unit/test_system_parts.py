"""What a bare machine lacks is found, installed or named with the exact command, on each system.

The programs that are asked (ldd, apt-get, sudo, java) are stand-ins in a folder that is the whole PATH.
"""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import playwright
import pytest

from macros import system_parts

from ..conftest import ROOT

ELF = b"\x7fELF"
Program = Callable[[str, str], Path]


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    """Puts a program of a shell script into the only folder of PATH; the present folder is an empty project."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.chdir(tmp_path)

    def add(name: str, script: str) -> Path:
        path = folder / name
        path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        path.chmod(0o755)
        return path

    return add


def machine_code(path: Path, *, runs: bool = False) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(ELF)
    path.chmod(0o755 if runs else 0o644)


def as_user(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: number)


# Shared libraries that wheels' own binaries ask for


def test_programs_and_modules_inside_packages_are_asked_and_nothing_else(tmp_path: Path, program: Program) -> None:
    packages = tmp_path / ".venv/lib/python3.11/site-packages"
    machine_code(packages / "driver/node", runs=True)
    machine_code(packages / "parser/core.abi3.so")
    machine_code(packages / "pictures.libs/libzstd-1a2b.so.1.5")
    machine_code(packages / "fonts/data.bin")
    (packages / "text.so.py").write_text("", encoding="utf-8")
    (tmp_path / ".venv/bin").mkdir()
    (tmp_path / ".venv/bin/python").symlink_to(sys.executable)
    program("ldd", f'for file in "$@"; do echo "$file" >> {tmp_path}/asked; done')
    assert system_parts.missing(["libraries"]) == []
    asked = {Path(line).name for line in (tmp_path / "asked").read_text().splitlines()}
    assert asked == {"node", "core.abi3.so", "libzstd-1a2b.so.1.5"}


def test_a_missing_library_is_named_once_with_its_package_and_who_asks(tmp_path: Path, program: Program) -> None:
    for name in ("a.so", "b.so"):
        machine_code(tmp_path / f".venv/lib/{name}")
    program(
        "ldd",
        'for file in "$@"; do echo "$file:"; printf "\\tlinux-vdso.so.1 (0x00007)\\n\\tlibc.so.6 => /lib/libc.so.6 (0x7)\\n'
        '\\tlibatomic.so.1 => not found\\n"; done',
    )
    assert system_parts.missing(["libraries"]) == [
        system_parts.Part("libatomic.so.1", ".venv/lib/a.so", ("libatomic1",))
    ]


def test_one_binary_has_no_heading(tmp_path: Path, program: Program) -> None:
    machine_code(tmp_path / ".venv/lib/driver/node", runs=True)
    program("ldd", 'printf "\\tlibstdc++.so.6 => not found\\n\\tlibodd.so.3 => not found\\n"')
    assert [(part.name, part.needed_by, part.debian) for part in system_parts.missing(["libraries"])] == [
        ("libodd.so.3", ".venv/lib/driver/node", ()),
        ("libstdc++.so.6", ".venv/lib/driver/node", ("libstdc++6",)),
    ]


def test_where_there_is_no_ldd_no_library_is_missed(tmp_path: Path, program: Program) -> None:
    machine_code(tmp_path / ".venv/lib/a.so")
    assert system_parts.missing(["libraries"]) == []


def test_this_machine_has_what_the_browser_driver_asks_for() -> None:
    # The real ldd over a real binary: what make test has set up is enough.
    driver = Path(playwright.__file__).parent / "driver"
    assert [path.name for path in map(Path, system_parts._binaries(driver))] == ["node"]
    assert system_parts.missing_libraries(driver) == []


# Installing


def test_what_is_missing_is_installed_without_a_question(
    tmp_path: Path, program: Program, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    as_user(monkeypatch, 0)
    program(
        "apt-get",
        f'echo "$DEBIAN_FRONTEND $*" >> {tmp_path}/calls\ncase "$*" in *poppler*) {make(tmp_path, "pdftotext")};; esac',
    )
    assert system_parts.main(["poppler"]) == 0
    assert (tmp_path / "calls").read_text().splitlines() == [
        "noninteractive update -qq",
        "noninteractive install -qq -y --no-install-recommends poppler-utils",
    ]
    assert capsys.readouterr().out == "Installing Poppler ...\n"
    assert system_parts.main(["poppler"]) == 0, "nothing is installed twice"
    assert len((tmp_path / "calls").read_text().splitlines()) == 2


def make(folder: Path, name: str) -> str:
    """The line of a script that brings a program."""
    return f"echo '#!/bin/sh' > {folder}/bin/{name}; /bin/chmod 755 {folder}/bin/{name}"


def test_a_package_that_is_not_to_be_had_does_not_stop_the_others(
    tmp_path: Path, program: Program, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    as_user(monkeypatch, 0)
    monkeypatch.setattr(system_parts, "MAC_BROWSERS", ())
    program(
        "apt-get",
        f'case "$*" in *chromium*) echo "E: no chromium here" >&2; exit 100;; *poppler*) {make(tmp_path, "pdftotext")};; esac',
    )
    assert system_parts.main(["chromium", "poppler"]) == 1
    said = capsys.readouterr().err
    assert "E: no chromium here" in said
    assert "Chromium is missing; needed for testing in a browser. Install it, then run the command again:" in said
    assert "\n  apt-get install chromium-headless-shell\n" in said
    assert "Poppler" not in said


def test_sudo_is_used_only_when_it_asks_nothing(
    tmp_path: Path, program: Program, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    as_user(monkeypatch, 1000)
    program("apt-get", f"echo called >> {tmp_path}/calls")
    assert system_parts.main(["poppler"]) == 1
    program("sudo", 'test "$1" != -n')
    assert system_parts.main(["poppler"]) == 1
    assert not (tmp_path / "calls").exists()
    assert "\n  sudo apt-get install poppler-utils\n" in capsys.readouterr().err
    program("sudo", f'test "$1" = -n || {{ echo "$*" >> {tmp_path}/calls; {make(tmp_path, "pdftotext")}; }}')
    assert system_parts.main(["poppler"]) == 0
    assert (tmp_path / "calls").read_text().startswith("apt-get update")


# One clear message where it cannot be installed


@pytest.mark.parametrize(
    ("platform", "name", "words"),
    [
        ("darwin", "pango", "brew install pango"),
        ("darwin", "chromium", "brew install --cask google-chrome"),
        ("win32", "pango", "install MSYS2; then in its shell: pacman -S mingw-w64-ucrt-x86_64-pango"),
        ("win32", "java", "not to be had on Windows"),
        ("linux", "pango", "Debian's names: libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"),
    ],
)
def test_the_message_gives_the_way_of_the_system(
    program: Program, monkeypatch: pytest.MonkeyPatch, platform: str, name: str, words: str
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    said = system_parts.cure(system_parts.PARTS[name])
    assert said.startswith(f"{system_parts.PARTS[name].name} is missing; needed for ")
    assert words in said


def test_a_library_without_a_known_package_is_named_with_the_way_to_find_it(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    as_user(monkeypatch, 1000)
    program("apt-get", "")
    said = system_parts.cure(system_parts.Part("libodd.so.3", ".venv/lib/driver/node", ()))
    assert "libodd.so.3 is missing; needed for .venv/lib/driver/node." in said
    assert "sudo apt-get install apt-file && sudo apt-file update && apt-file search libodd.so.3" in said


# What is there


def test_a_java_that_only_says_where_to_get_one_is_none(program: Program) -> None:
    program("java", "exit 1")
    assert not system_parts.present("java")
    program("java", "exit 0")
    assert system_parts.present("java")


def test_browsers_of_linux_and_of_macos_are_found(
    tmp_path: Path, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    applications = [tmp_path / Path(path).relative_to("/") for path in system_parts.MAC_BROWSERS]
    assert [path.name for path in applications] == ["Google Chrome", "Chromium"]
    monkeypatch.setattr(system_parts, "MAC_BROWSERS", tuple(map(str, applications)))
    assert system_parts.chromium() is None
    for path in reversed(applications):
        machine_code(path, runs=True)
        assert system_parts.chromium() == str(path)
    in_path = program("google-chrome", "")
    assert system_parts.chromium() == str(in_path), "what stands in PATH comes first"


def test_homebrew_is_looked_into_on_macos_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name = "DYLD_FALLBACK_LIBRARY_PATH"
    monkeypatch.setenv(name, "")
    monkeypatch.delenv(name)
    monkeypatch.setattr(system_parts, "HOMEBREW", (str(tmp_path / "silicon"), str(tmp_path / "intel")))
    system_parts.look_into_homebrew()
    assert name not in os.environ
    monkeypatch.setattr(sys, "platform", "darwin")
    system_parts.look_into_homebrew()
    # Python's own search, as macOS has it.
    for folder in ("intel", "silicon"):
        library = tmp_path / folder / "libpango-1.0.dylib"
        library.parent.mkdir()
        library.touch()
        # Where macOS looks for a library that is named alone, in this order.
        places = [Path(place, library.name) for place in os.environ[name].split(":")]
        assert next(place for place in places if place.exists()) == library
    monkeypatch.setenv(name, "/chosen")
    system_parts.look_into_homebrew()
    assert os.environ[name] == "/chosen", "what a person set stands"


# Python itself


@pytest.mark.parametrize(("version", "refused"), [((2, 7), True), ((3, 10), True), ((3, 11), False), ((4, 0), False)])
def test_an_old_python_is_refused_and_no_new_one(version: tuple[int, int], refused: bool) -> None:
    (line,) = [line for line in (ROOT / "Makefile").read_text(encoding="utf-8").splitlines() if "version_info" in line]
    code = line.split("-c '")[1].rstrip("'")
    run = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.version_info = {version}; exec({code!r})"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert bool(run.returncode) is refused
    said = f"Python {version[0]}.{version[1]} is too old; 3.11 or newer is needed: make PYTHON=python3.12 site\n"
    assert run.stderr == (said if refused else "")
