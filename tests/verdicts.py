"""What passed a check is noted by all that decides its verdict: the same bytes are not asked about again.

The notes lie in .cache/, which `make clean` takes away: the next run then asks about everything.
"""

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TypeVar

KEPT = Path(__file__).resolve().parent.parent / ".cache" / "verdicts"
Thing = TypeVar("Thing")


def note(kept: Path, *decisive: str | bytes) -> Path:
    """The file that says, when it exists, that these parts passed: what was looked at, by which version of what."""
    parts = (part.encode() if isinstance(part, str) else part for part in decisive)
    # Each part by its own hash, so that the end of one is not read as the start of the next.
    hashes = b"".join(hashlib.sha256(part).digest() for part in parts)
    return kept / hashlib.sha256(hashes).hexdigest()


def unknown(notes: Mapping[Thing, Path]) -> list[Thing]:
    """Of the things, each with its note, those that did not pass yet."""
    return [thing for thing, path in notes.items() if not path.exists()]


def keep(notes: Iterable[Path]) -> None:
    """Write down that what these notes stand for passed."""
    for path in notes:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
