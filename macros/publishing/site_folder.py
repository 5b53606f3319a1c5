"""A new site is made beside the old one and takes its place when it is whole; one build at a time.

A build that fails or is killed leaves the old site; the next build clears away what it left. Putting the new folder in
the place of the old takes two renames, since no folder can be renamed onto another on Windows: killed between them, the
old site lies in .old-*, and the next build puts it back.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from .built_pages import PublishError

# Seconds that a build waits for another one to end.
PATIENCE = 5.0


@contextmanager
def new_site(site: Path, patience: float = PATIENCE) -> Iterator[Path]:
    """An empty folder beside `site`, which takes its place at the end; when the block raises, `site` stays as it was.

    Raises PublishError when another build of the same site has not ended after `patience` seconds.
    """
    new, old = site.with_name(f".build-{site.name}"), site.with_name(f".old-{site.name}")
    site.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(site.with_name(f".build-{site.name}.lock"))
    try:
        held = lock.acquire(timeout=patience)
    except Timeout:
        raise PublishError(
            f"{site}: another build is making this site; run the command again when that one has ended"
        ) from None
    with held:
        _put_back(site, old)
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir()
        new.chmod(0o755)  # a web server reads it, whatever the user's umask
        try:
            yield new
            if site.exists():
                site.rename(old)
            new.rename(site)
        finally:
            _put_back(site, old)
            shutil.rmtree(new, ignore_errors=True)


def _put_back(site: Path, old: Path) -> None:
    """Put the old site back where there is none; remove it where there is."""
    if old.exists() and not site.exists():
        old.rename(site)
    shutil.rmtree(old, ignore_errors=True)
