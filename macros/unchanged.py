"""Whether a site stands as built from the present tree, so that a build with nothing to do is over in a moment."""

import hashlib
import os
import re
import sys
from collections.abc import Iterable
from importlib.metadata import distributions
from pathlib import Path

from .handouts.cache import keep
from .settings import FILE

# The files that a build reads.
_READ = ("docs", "macros", FILE, "requirements.txt")


def is_current(root: Path, site: Path) -> bool:
    """Whether `site` holds every byte that the last build wrote, and that build read the same tree and packages."""
    record = _record(root, site)
    return record.is_file() and site.is_dir() and record.read_text(encoding="ascii") == _state(root, site)


def remember(root: Path, site: Path, read: str) -> None:
    """Note that `site` was built from inputs with the hash `read`, as they were when the build began."""
    keep(_record(root, site), f"{read} {_hash(_files(site), site)}".encode("ascii"))


def inputs(root: Path) -> str:
    """A hash of everything that decides the bytes of a site; whether it is sound is for the build to say."""
    paths = [path for name in _READ for path in (_files(root / name) if (root / name).is_dir() else [root / name])]
    installed = sorted(f"{found.name} {found.version}" for found in distributions())
    words = "\n".join([sys.version, *installed, *_from_environment(root)])
    return hashlib.sha256(f"{_hash((path for path in paths if path.is_file()), root)}\n{words}".encode()).hexdigest()


def _from_environment(root: Path) -> list[str]:
    """Every variable that mkdocs.yml names after !ENV, with its value."""
    settings = root / FILE
    text = settings.read_text(encoding="utf-8", errors="replace") if settings.is_file() else ""
    named = re.findall(r"!ENV\s+(\[[^\]]*\]|\S+)", text)
    names = sorted({name for words in named for name in re.findall(r"\b[A-Za-z_]\w*", words)})
    return [f"{name}={os.environ.get(name)}" for name in names]


def _state(root: Path, site: Path) -> str:
    return f"{inputs(root)} {_hash(_files(site), site)}"


def _record(root: Path, site: Path) -> Path:
    return root / ".cache" / f"built-{hashlib.sha256(str(site).encode()).hexdigest()[:12]}.txt"


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)


def _hash(files: Iterable[Path], root: Path) -> str:
    whole = hashlib.sha256()
    for path in files:
        content = path.read_bytes()
        whole.update(f"{path.relative_to(root).as_posix()}\0{len(content)}\0".encode())
        whole.update(content)
    return whole.hexdigest()
