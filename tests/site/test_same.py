"""The same everywhere: folder, time zone, language, hash seed and rights of the machine leave no trace in a site."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from ..projects import ROOT, SHEETS, copy_tree

MAKE = f"""
import os
from pathlib import Path
os.umask(0o077)
from macros.build import make
make(Path.cwd(), Path("site").absolute(), lambda line: None, lambda sheet: sheet.slug in {SHEETS})
"""


def fingerprints(site: Path) -> dict[str, str]:
    return {
        path.relative_to(site).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in site.rglob("*")
        if path.is_file()
    }


def test_another_machine_makes_the_same_bytes(printed: Path, fixture_root: Path, tmp_path: Path) -> None:
    root = copy_tree(fixture_root, tmp_path / "a much longer name of a folder")
    # The order in which a folder lists its files differs between machines too.
    for path in sorted(root.glob("docs/*/*.md"), reverse=True):
        shutil.copy(path, path.with_suffix(".new"))
        path.with_suffix(".new").replace(path)
    there = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "LANG": "C", "PYTHONHASHSEED": "2", "PYTHONPATH": str(ROOT)}
    run = subprocess.run(
        [sys.executable, "-c", MAKE], cwd=root, env={**os.environ, **there}, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    one, other = fingerprints(printed / "site"), fingerprints(root / "site")
    assert {Path(name).suffix for name in one} >= {
        ".html",
        ".csv",
        ".xlsx",
        ".json",
        ".pdf",
        ".png",
        ".zip",
        ".gz",
        ".xml",
    }
    assert sorted(one) == sorted(other)
    assert [name for name in one if one[name] != other[name]] == []
