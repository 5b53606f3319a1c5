"""Nothing half-published: killed at any moment, a build leaves the old site whole, and the next one works.

The builds here are small: the same staging and replacing as the real ones, with a few hundred short files
for pages. They run one after the other without a pause, so that a kill at a random moment meets the
writing, the replacing and the clearing alike.
"""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from macros.publishing import site_folder

from ..conftest import ROOT

FILES = 200
# Builds again and again, and says where it is. Arguments: site, how many builds, whether folders can be exchanged, name.
BUILDS = f"""
import sys
from pathlib import Path
import staging
site, count, exchange = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3] == "True"
if not exchange:
    staging._exchange = lambda one, other: False
for number in range(count):
    print("begins", flush=True)
    with staging.staging(site) as new:
        for name in range({FILES}):
            (new / f"{{name}}.html").write_text(f"{{sys.argv[4]}}-{{number}}")
        print("replaces", flush=True)
        staging.replace(new, site)
"""


def start(site: Path, count: int, exchange: bool = True, name: str = "a") -> subprocess.Popen[str]:
    command = [sys.executable, "-c", BUILDS, str(site), str(count), str(exchange), name]
    # From the folder of the module, so that the rest of the package, which is slow to load, is left out.
    return subprocess.Popen(command, cwd=ROOT / "macros", stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def is_whole(site: Path) -> bool:
    """All files stand, and all are of one build."""
    texts = [path.read_text(encoding="utf-8") for path in site.iterdir()]
    return len(texts) == FILES and len(set(texts)) == 1


def left_beside(site: Path) -> list[str]:
    return [path.name for path in site.parent.iterdir() if path != site]


def build_once(site: Path) -> None:
    run = start(site, 1)
    assert run.wait() == 0, run.stderr.read() if run.stderr else ""


@pytest.mark.parametrize("exchange", [True, False])
def test_killed_at_any_moment_the_old_site_is_whole_and_the_next_build_works(tmp_path: Path, exchange: bool) -> None:
    site = tmp_path / "site"
    build_once(site)
    chance = random.Random(7)
    for number in range(20):
        builds = start(site, 1_000_000, exchange)
        assert builds.stdout
        # Replacing is much shorter than writing: every other kill comes just after it has begun.
        begun, most = ("replaces\n", 0.004) if number % 2 else ("begins\n", 0.1)
        while builds.stdout.readline() != begun:
            pass
        time.sleep(chance.uniform(0, most))
        builds.kill()
        builds.wait()
        if exchange:
            assert is_whole(site)
        else:
            # Between the two renames the old site lies beside; a new build puts it back before it begins.
            with site_folder.staging(site):
                assert is_whole(site)
    build_once(site)
    assert is_whole(site)
    assert left_beside(site) == []


def test_an_old_site_that_was_moved_away_is_put_back(tmp_path: Path) -> None:
    site = tmp_path / "site"
    build_once(site)
    site.rename(tmp_path / ".old-site-x")
    with pytest.raises(RuntimeError), site_folder.staging(site):
        raise RuntimeError("the build stops")
    assert is_whole(site)
    assert left_beside(site) == []


@pytest.mark.parametrize("exchange", [True, False])
def test_two_builds_at_once(tmp_path: Path, exchange: bool) -> None:
    site = tmp_path / "site"
    both = [start(site, 30, exchange, name) for name in "ab"]
    for builds in both:
        _, errors = builds.communicate()
        assert builds.returncode == 0, errors
    assert is_whole(site)
    assert left_beside(site) == []


def test_a_folder_that_a_build_is_using_is_not_cleared_away(tmp_path: Path) -> None:
    site = tmp_path / "site"
    with site_folder.staging(site) as one:
        with site_folder.staging(site) as other:
            assert one.is_dir()
            assert one != other
        assert one.is_dir()
    assert left_beside(site) == []


def test_the_new_site_can_be_read_by_a_web_server(tmp_path: Path) -> None:
    build_once(tmp_path / "site")
    assert (tmp_path / "site").stat().st_mode & 0o777 == 0o755


WORKERS = """
import os, time
from concurrent.futures import ProcessPoolExecutor
from macros.handouts.render import end_with_parent
def work(_):
    os.write(1, f"{os.getpid()}\\n".encode())  # in one piece, whatever the other worker writes
    time.sleep(600)
with ProcessPoolExecutor(2, initializer=end_with_parent) as pool:
    list(pool.map(work, range(2)))
"""


def test_the_workers_of_a_killed_build_end(tmp_path: Path) -> None:
    builds = subprocess.Popen([sys.executable, "-c", WORKERS], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert builds.stdout
    workers = [int(builds.stdout.readline()) for _ in range(2)]
    builds.kill()
    builds.wait()
    for _ in range(200):
        alive = [pid for pid in workers if _runs(pid)]
        if not alive:
            return
        time.sleep(0.1)
    for pid in alive:
        os.kill(pid, signal.SIGKILL)
    pytest.fail(f"{len(alive)} workers outlived the build that started them")


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    # Where nobody collects it, a dead process stays listed.
    state = Path(f"/proc/{pid}/stat")
    return not (state.is_file() and state.read_text(encoding="utf-8").rsplit(")", 1)[1].split()[0] == "Z")
