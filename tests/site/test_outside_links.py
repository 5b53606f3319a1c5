"""make links: an address of another host that is gone is named with its page; one that refuses programs is not."""

import subprocess
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread

import pytest

from ..conftest import ROOT

ANSWERS = {"/there": 200, "/gone": 404, "/refuses-programs": 403}


class Host(BaseHTTPRequestHandler):
    """Answers with the status that stands in ANSWERS, and has no robots.txt."""

    def do_GET(self) -> None:
        self.send_response(ANSWERS.get(self.path, 404))
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_HEAD = do_GET  # noqa: N815

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def host() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Host) as server:
        Thread(target=server.serve_forever).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture
def page() -> Iterator[Path]:
    # Not in pytest's folder, which nobody else may read: called by root, linkchecker reads as another user.
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder) / "page.html"


def asked(page: Path, addresses: list[str]) -> subprocess.CompletedProcess[str]:
    """What the command of the Makefile says about a page with these links."""
    page.write_text("".join(f'<a href="{address}">x</a>' for address in addresses), encoding="utf-8")
    command = [str(ROOT / ".venv/bin/linkchecker"), "--config", str(ROOT / ".linkcheckerrc"), str(page)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_only_what_is_gone_is_named(page: Path, host: str) -> None:
    run = asked(page, [*(host + path for path in ANSWERS), "inside.html", "mailto:nobody@example.org"])
    assert run.returncode == 1, run.stderr
    assert "404 Not Found" in run.stdout
    assert "page.html, line 1" in run.stdout
    assert {path for path in ANSWERS if path in run.stdout} == {"/gone"}
    assert "inside.html" not in run.stdout


def test_nothing_is_gone(page: Path, host: str) -> None:
    run = asked(page, [host + "/there"])
    assert run.returncode == 0, run.stdout + run.stderr


def test_the_makefile_asks_with_this_configuration() -> None:
    assert "linkchecker --config .linkcheckerrc" in (ROOT / "Makefile").read_text(encoding="utf-8")
