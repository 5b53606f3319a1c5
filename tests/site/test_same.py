"""The same everywhere: folder, time zone, language, hash seed and rights of the machine leave no trace in a site.

Everything is built twice, with a few sheets for all the PDFs: pages with tables and figures, and a handout.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from ..projects import copy_project

SHEETS = ("technique-mixing", "patients-how-skin-ages", "procedure-checklist")
MAKE = f"""
import os, sys
from pathlib import Path
os.umask(int(sys.argv[1], 8))
from macros.build import make
make(Path.cwd(), Path("site").absolute(), lambda line: None, lambda sheet: sheet.slug in {SHEETS})
"""
MACHINES = {
    "a": ({"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "1"}, "022"),
    "a much longer name": ({"TZ": "America/Los_Angeles", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "2"}, "077"),
}


def made_on(project: Path, settings: dict[str, str], umask: str) -> "subprocess.Popen[str]":
    environment = {**os.environ, "LANG": settings["LC_ALL"], **settings}
    return subprocess.Popen(
        [sys.executable, "-c", MAKE, umask], cwd=project, env=environment, stderr=subprocess.PIPE, text=True
    )


def fingerprints(site: Path) -> dict[str, str]:
    return {
        path.relative_to(site).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in site.rglob("*")
        if path.is_file()
    }


def test_two_machines_make_the_same_bytes(tmp_path: Path) -> None:
    runs = {}
    for name, (settings, umask) in MACHINES.items():
        project = copy_project(tmp_path / name)
        # The order in which a folder lists its files differs between machines too.
        for path in sorted(project.glob("docs/*/*.md"), reverse=name == "a"):
            shutil.copy(path, path.with_suffix(".new"))
            path.with_suffix(".new").replace(path)
        runs[name] = made_on(project, settings, umask)
    for run in runs.values():
        _, errors = run.communicate()
        assert run.returncode == 0, errors
    one, other = (fingerprints(tmp_path / name / "site") for name in MACHINES)
    assert {Path(name).suffix for name in one} >= {".html", ".csv", ".json", ".pdf", ".png", ".zip", ".gz", ".xml"}
    assert sorted(one) == sorted(other)
    assert [name for name in one if one[name] != other[name]] == []
