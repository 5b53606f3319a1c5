"""Windows: nothing that it lacks is imported or called. `make lint` asks the types of Windows the same for every line."""

import subprocess
import sys

import pytest

from ..conftest import ROOT

# First everything is imported, so that other packages have what they need of this system; then our own modules are
# imported anew and a command runs, while the modules are hidden and the names taken away that Windows lacks.
PROGRAM = """
import importlib, os, pkgutil, signal, sys, warnings
import macros, macros.__main__

def ours():
    return ["macros", *(found.name for found in pkgutil.walk_packages(macros.__path__, "macros."))]

def import_all():
    for name in ours():
        importlib.import_module(name)

import_all()
count = len(ours())
for name in ours():
    del sys.modules[name]
for name in ("fcntl", "grp", "posix", "pty", "pwd", "readline", "resource", "syslog", "termios", "tty"):
    sys.modules[name] = None
for name in ("chown", "fork", "forkpty", "getegid", "geteuid", "getgid", "getpgid", "getuid", "killpg", "nice",
             "sched_getaffinity", "setsid", "sync", "uname"):
    delattr(os, name)
for name in ("SIGALRM", "SIGHUP", "SIGKILL", "SIGUSR1", "setitimer"):
    delattr(signal, name)
# A text file read or written without an encoding has another one there.
warnings.filterwarnings("error", category=EncodingWarning, module=r"macros(\\.|$)")
import_all()
print(count, "modules")
sys.exit(sys.modules["macros.__main__"].main(sys.argv[1:]))
"""


@pytest.mark.site
def test_every_module_is_imported_and_check_runs_without_what_windows_lacks() -> None:
    run = subprocess.run(
        [sys.executable, "-X", "warn_default_encoding", "-c", PROGRAM, "check"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    modules, said = run.stdout.split(" modules\n")
    assert int(modules) > 50
    assert said.endswith("are sound.\n")
