"""See to the system parts that Python packages cannot bring: Pango, Chromium, Poppler, Java, shared libraries.

Runs before anything is installed, so it uses the standard library only: ``python3 macros/system_parts.py pango java``.
A part that is missing is installed where that is possible without a question; else one message gives the exact command.
"""

import ctypes.util
import importlib.util
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

# Homebrew's folders, on Apple silicon and on Intel; of all Pythons only Homebrew's own looks into the first.
HOMEBREW = ("/opt/homebrew/lib", "/usr/local/lib")
# The shell is the same engine without its windows: it costs the tests half the time of the whole browser.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC_BROWSERS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)


@dataclass(frozen=True)
class Part:
    """A part of the system: what needs it, its Debian packages, its name for Homebrew, and the way on Windows."""

    name: str
    needed_by: str
    debian: tuple[str, ...]
    brew: str = ""
    windows: str = ""


PARTS = {
    "pango": Part(
        "Pango",
        "printing",
        # harfbuzz-subset too: a machine can have Pango without it, and WeasyPrint then warns on every sheet.
        ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"),
        brew="pango",
        windows="install MSYS2; then in its shell: pacman -S mingw-w64-ucrt-x86_64-pango",
    ),
    "venv": Part("ensurepip", "making .venv", ("python{}.{}-venv".format(*sys.version_info),), brew="python"),
    "chromium": Part("Chromium", "testing in a browser", ("chromium-headless-shell",), brew="--cask google-chrome"),
    "poppler": Part("Poppler", "testing the PDFs", ("poppler-utils",), brew="poppler"),
    "java": Part("Java", "checking the HTML and the PDFs", ("default-jre-headless",), brew="--cask temurin"),
}

# What a wheel may leave to the system (the list of manylinux, and what Node asks for), with its Debian package.
LIBRARIES = {
    "libatomic.so.1": "libatomic1",
    "libexpat.so.1": "libexpat1",
    "libgcc_s.so.1": "libgcc-s1",
    "libGL.so.1": "libgl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgobject-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libICE.so.6": "libice6",
    "libSM.so.6": "libsm6",
    "libstdc++.so.6": "libstdc++6",
    "libX11.so.6": "libx11-6",
    "libXext.so.6": "libxext6",
    "libXrender.so.1": "libxrender1",
    "libz.so.1": "zlib1g",
}


def main(wanted: list[str]) -> int:
    """See to the wanted parts; returns 0 when all are there."""
    lacking = missing(wanted)
    if lacking and install(lacking):
        lacking = missing(wanted)
    for part in lacking:
        print(cure(part), file=sys.stderr)
    return 1 if lacking else 0


def missing(wanted: list[str]) -> list[Part]:
    """The wanted parts that this machine lacks; "libraries" asks the programs and modules inside .venv."""
    lacking = [PARTS[name] for name in wanted if name in PARTS and not present(name)]
    return lacking + (missing_libraries(Path(".venv")) if "libraries" in wanted else [])


def present(name: str) -> bool:
    """Whether a part is on this machine."""
    if name == "venv":
        return importlib.util.find_spec("ensurepip") is not None
    if name == "pango":
        look_into_homebrew()
        return all(ctypes.util.find_library(library) for library in ("pango-1.0", "pangoft2-1.0", "harfbuzz-subset"))
    if name == "chromium":
        return chromium() is not None
    if name == "java":
        # macOS has a /usr/bin/java that only says where to get one.
        return bool(shutil.which("java")) and not subprocess.run(["java", "-version"], capture_output=True).returncode
    return shutil.which("pdftotext") is not None


def look_into_homebrew() -> None:
    """Let ctypes, and WeasyPrint through it, find Homebrew's libraries whichever Python runs."""
    if sys.platform == "darwin":
        os.environ.setdefault("DYLD_FALLBACK_LIBRARY_PATH", ":".join([*HOMEBREW, "/usr/lib"]))


def chromium() -> str | None:
    """The path of the system's Chromium or Chrome, or nothing."""
    found = [shutil.which(name) for name in BROWSERS] + [path for path in MAC_BROWSERS if Path(path).exists()]
    return next((path for path in found if path), None)


def missing_libraries(environment: Path) -> list[Part]:
    """The shared libraries that programs and modules of installed packages ask for and this machine lacks."""
    files = sorted(_binaries(environment))
    if not files or shutil.which("ldd") is None:
        return []
    said = subprocess.run(["ldd", *files], capture_output=True, text=True).stdout
    asked_by: dict[str, str] = {}
    file = files[0]  # asked for one file, ldd prints no heading
    for line in said.splitlines():
        if not line.startswith("\t"):
            file = line.rstrip(":")
        elif line.endswith("=> not found"):
            asked_by.setdefault(line.split()[0], file)
    return [
        Part(library, file, (LIBRARIES[library],) if library in LIBRARIES else ())
        for library, file in sorted(asked_by.items())
    ]


def _binaries(environment: Path) -> list[str]:
    """Every program and module in machine code; links, such as `python`, belong to the system."""
    paths = (Path(folder, name) for folder, _, names in os.walk(environment) for name in names)
    return [
        str(path)
        for path in paths
        if not path.is_symlink() and (".so" in path.suffixes or os.access(path, os.X_OK)) and _is_elf(path)
    ]


def _is_elf(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"\x7fELF"


def install(parts: list[Part]) -> bool:
    """Install parts with apt-get when that needs no question; returns whether it was tried."""
    if shutil.which("apt-get") is None:
        return False
    root = _as_root()
    if root and (shutil.which("sudo") is None or subprocess.run([*root, "-n", "true"], capture_output=True).returncode):
        return False
    print(f"Installing {', '.join(part.name for part in parts)} ...", flush=True)
    _run([*root, "apt-get", "update", "-qq"])
    # One by one: a package that this release does not have must not stop the others.
    for part in parts:
        if part.debian:
            _run([*root, "apt-get", "install", "-qq", "-y", "--no-install-recommends", *part.debian])
    return True


def _as_root() -> list[str]:
    return [] if sys.platform != "win32" and os.geteuid() == 0 else ["sudo"]


def _run(command: list[str]) -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    run = subprocess.run(command, env=environment, capture_output=True, text=True)
    if run.returncode:
        print(run.stderr.strip(), file=sys.stderr)


def cure(part: Part) -> str:
    """What is missing and the exact command for it on this system."""
    if sys.platform == "darwin":
        command = f"brew install {part.brew}"
    elif sys.platform == "win32":
        command = part.windows or "not to be had on Windows; run it on Linux or macOS"
    elif shutil.which("apt-get") is None:
        command = f"with the package manager of this system; Debian's names: {' '.join(part.debian) or part.name}"
    elif part.debian:
        command = " ".join([*_as_root(), "apt-get install", *part.debian])
    else:
        sudo = "sudo " if _as_root() else ""
        command = (
            f"{sudo}apt-get install apt-file && {sudo}apt-file update && apt-file search {part.name}"
            f"\n  names the package; install it, and add it to LIBRARIES in macros/system_parts.py"
        )
    return f"{part.name} is missing; needed for {part.needed_by}. Install it, then run the command again:\n  {command}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
