"""Prints and pictures that are kept between builds, so that only what changed is made anew."""

import hashlib
import os
import re
import zlib
from contextlib import suppress
from importlib.metadata import requires
from importlib.metadata import version as package_version
from pathlib import Path

from .render import load_weasyprint


class PrintCache:
    """The files in a folder, each under a name that is a hash of all that decides its bytes.

    Builds may share the folder: a file is written whole or not at all, and one that another build has cleared away
    is made again. Raises RenderError when Pango is missing.
    """

    def __init__(self, folder: Path):
        self.folder = folder
        self._libraries = library_versions()
        self._used: set[str] = set()

    def name(self, *parts: str, ending: str) -> str:
        """The name of what is made from these parts with the libraries of this machine."""
        return hashlib.sha256("\n".join((*self._libraries, *parts)).encode()).hexdigest()[:32] + ending

    def take(self, name: str) -> bytes | None:
        """What is kept under this name, or nothing."""
        try:
            content = (self.folder / name).read_bytes()
        except FileNotFoundError:
            return None
        self._used.add(name)
        return content

    def keep(self, name: str, content: bytes) -> None:
        """Write a file whole or not at all, whoever else writes it and whenever the build is killed."""
        self.folder.mkdir(parents=True, exist_ok=True)
        partial = self.folder / f"{name}.{os.getpid()}"
        partial.write_bytes(content)
        with suppress(FileNotFoundError):  # cleared away by another build, which ended this moment
            partial.replace(self.folder / name)
        self._used.add(name)

    def empty(self) -> None:
        """Take out every file that was neither taken nor kept; for the end of a whole build."""
        for path in self.folder.iterdir() if self.folder.is_dir() else ():
            if path.name not in self._used:
                path.unlink(missing_ok=True)


def library_versions() -> tuple[str, ...]:
    """All libraries that set, draw, pack and picture a print, with their versions.

    Raises RenderError when Pango is missing.
    """
    load_weasyprint()
    from weasyprint.text import ffi as loaded

    declared = "const char *pango_version_string(void); const char *hb_version_string(void); int FcGetVersion(void);"
    loaded.ffi.cdef(declared, override=True)
    system = {
        "pango": loaded.ffi.string(loaded.pango.pango_version_string()).decode(),
        "harfbuzz": loaded.ffi.string(loaded.harfbuzz.hb_version_string()).decode(),
        "fontconfig": str(loaded.fontconfig.FcGetVersion()),
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
    }
    needed = (re.split(r"[^\w.-]", line)[0] for line in requires("weasyprint") or () if "extra ==" not in line)
    packages = ("weasyprint", *needed, "font-source-sans-pro", "pypdfium2")
    return tuple(f"{name} {number}" for name, number in (system | {p: package_version(p) for p in packages}).items())
