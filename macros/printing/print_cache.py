"""What is kept between builds, so that only what changed is made anew; several builds may share it."""

import os
from pathlib import Path


def keep(path: Path, content: bytes) -> None:
    """Write a file of the cache whole or not at all, whoever else writes it and whenever the build is killed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f"{path.name}.{os.getpid()}")
    partial.write_bytes(content)
    partial.replace(path)
