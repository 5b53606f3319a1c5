"""A new site is made beside the old one and takes its place in one step.

Killed at any moment, a build leaves the old site whole; the next build clears away what it left. (MkDocs is a process
of its own: it may go on writing into that folder for some seconds, and the build after that clears it.)
Several builds may run at once: each has its own folder, and the last one to end stands.
"""

import ctypes
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path


@contextmanager
def staging(site: Path) -> Iterator[Path]:
    """A new folder beside `site`, so that taking its place is a rename on the same disk; gone at the end.

    What builds that were killed left beside `site` is cleared away first.
    """
    site.parent.mkdir(parents=True, exist_ok=True)
    with ExitStack() as in_use:
        with _locked(site.parent):
            _clear(site)
            new = Path(tempfile.mkdtemp(prefix=f".build-{site.name}-", dir=site.parent))
            in_use.enter_context(_locked(new))
        new.chmod(0o755)  # a web server reads it; mkdtemp makes it for its owner only
        try:
            yield new
        finally:
            shutil.rmtree(new, ignore_errors=True)


def replace(new: Path, site: Path) -> None:
    """Put the folder `new` in the place of `site`; afterwards the old site is gone.

    The two are exchanged in one step where the system can (Linux, and macOS on APFS): there is never no site.
    Elsewhere it takes two renames; killed between them, the old site lies in .old-*, and the next build
    puts it back.
    """
    with _locked(site.parent):
        if not site.exists():
            new.rename(site)
        elif _exchange(new, site):
            shutil.rmtree(new, ignore_errors=True)
        else:
            old = site.with_name(f".old-{new.name.removeprefix('.build-')}")
            site.rename(old)
            new.rename(site)
            shutil.rmtree(old, ignore_errors=True)


def _clear(site: Path) -> None:
    """Put back an old site that was moved away by a killed build, and remove folders that no build uses."""
    for old in sorted(site.parent.glob(f".old-{site.name}-*")):
        if site.exists():
            shutil.rmtree(old, ignore_errors=True)
        else:
            old.rename(site)
    for left in site.parent.glob(f".build-{site.name}-*"):
        with suppress(BlockingIOError), _locked(left, fcntl.LOCK_EX | fcntl.LOCK_NB):
            shutil.rmtree(left, ignore_errors=True)


@contextmanager
def _locked(folder: Path, how: int = fcntl.LOCK_EX) -> Iterator[None]:
    """Hold a lock on a folder. The system lets it go when the process dies, however it dies."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, how)
        yield
    finally:
        os.close(handle)


_HERE = -100  # AT_FDCWD of Linux: paths are as given


_SWAP = 2  # RENAME_EXCHANGE of Linux and RENAME_SWAP of macOS


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; False when the system or the disk cannot."""
    system = ctypes.CDLL(None, use_errno=True)
    if hasattr(system, "renameat2"):
        return bool(system.renameat2(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _SWAP) == 0)
    if hasattr(system, "renamex_np"):
        return bool(system.renamex_np(os.fsencode(one), os.fsencode(other), _SWAP) == 0)
    return False
