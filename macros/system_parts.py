"""See to the system parts that Python packages cannot bring: Pango, Chromium, Poppler, Java.

Runs before anything is installed, so it uses the standard library only:
``python3 macros/system_parts.py pango chromium``. A part that is missing is installed where that is
possible without a question; else one message gives the exact command.
"""

import ctypes.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

OLDEST = (3, 11)


# What each part is for, how to see that it is there, and its packages.
PARTS = {
    "pango": ("the PDFs", ["libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"], "pango"),
    "chromium": ("the browser tests", ["chromium"], "--cask chromium"),
    "poppler": ("the tests of the PDFs", ["poppler-utils"], "poppler"),
    "java": ("the check of the HTML", ["default-jre-headless"], "openjdk"),
    "driver": ("the browser tests", [], ""),  # its packages depend on what its own program asks for
}


# The libraries that a wheel's own program may ask for, and the Debian package of each.
LIBRARIES = {
    "libatomic.so.1": "libatomic1",
    "libstdc++.so.6": "libstdc++6",
    "libgcc_s.so.1": "libgcc-s1",
}


def present(part: str) -> bool:
    """Whether a part is on this machine."""
    if part == "pango":
        # harfbuzz-subset too: a machine can have Pango without it, and WeasyPrint then warns on every sheet.
        return all(ctypes.util.find_library(name) for name in ("pango-1.0", "pangoft2-1.0", "harfbuzz-subset"))
    if part == "chromium":
        return chromium() is not None
    if part == "driver":
        return not missing_libraries()
    if part == "java":
        # macOS has a /usr/bin/java that only says where to get one.
        return (
            shutil.which("java") is not None
            and not subprocess.run(["java", "-version"], capture_output=True).returncode
        )
    return shutil.which("pdftotext") is not None


def chromium() -> str | None:
    """The path of the system's Chromium or Chrome, or nothing."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    found = [shutil.which(name) for name in names]
    mac = "/Applications/Chromium.app/Contents/MacOS/Chromium"
    return next((path for path in found if path), mac if os.path.exists(mac) else None)  # noqa: PTH110


def missing_libraries() -> list[str]:
    """The shared libraries that the program inside the browser driver's wheel asks for and this machine lacks."""
    programs = sorted(Path(".venv").glob("lib/python3*/site-packages/playwright/driver/node"))
    if not programs or shutil.which("ldd") is None:
        return []
    said = subprocess.run(["ldd", str(programs[0])], capture_output=True, text=True).stdout
    return [line.split()[0] for line in said.splitlines() if line.endswith("not found")]


def install(parts: list[str]) -> bool:
    """Install parts with apt-get when that needs no question; returns whether it was tried and went well."""
    if shutil.which("apt-get") is None:
        return False
    root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if root and (shutil.which("sudo") is None or subprocess.run([*root, "true"], capture_output=True).returncode):
        return False
    packages = [package for part in parts for package in packages_of(part)]
    print(f"Installing {', '.join(packages)} ...", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update", "-qq"], ["apt-get", "install", "-qq", "-y", "--no-install-recommends"]):
        wanted = [*root, *command, *(packages if "install" in command else [])]
        run = subprocess.run(wanted, env=environment, capture_output=True, text=True)
        if run.returncode:
            print(run.stderr.strip(), file=sys.stderr)
            return False
    return True


def packages_of(part: str) -> list[str]:
    """The Debian packages that bring a part."""
    if part == "driver":
        return [LIBRARIES.get(library, library) for library in missing_libraries()]
    return PARTS[part][1]


def main(wanted: list[str]) -> int:
    """See to the wanted parts; returns 0 when all are there."""
    if "python" in wanted:
        if sys.version_info[:2] < OLDEST:
            found = ".".join(str(part) for part in sys.version_info[:2])
            print(f"Python {found} is too old; this project needs 3.11 or newer: make PYTHON=python3.12 site")
            return 1
        wanted = [part for part in wanted if part != "python"]
    missing = [part for part in wanted if not present(part)]
    if missing and install(missing):
        missing = [part for part in missing if not present(part)]
    for part in missing:
        purpose, _, brew = PARTS[part]
        print(
            f"{part} is missing; {purpose} need it. Install it and run the command again:\n"
            f"  Debian, Ubuntu: sudo apt-get install {' '.join(packages_of(part))}\n  macOS: brew install {brew}",
            file=sys.stderr,
        )
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
