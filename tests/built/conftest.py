"""For the tests in a browser: one Chromium, one small server, and the pages without the PDFs, which are built in seconds."""

import contextlib
import functools
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from macros.build import build_pages, finish_pages, read_settings
from macros.data import Data
from macros.pages import Page
from macros.system_parts import chromium

from ..conftest import ROOT


@pytest.fixture(scope="session")
def pages_site(tmp_path_factory: pytest.TempPathFactory, data: Data, pages: list[Page]) -> Path:
    """The site as it is before downloads and PDFs are added: links to those lead nowhere."""
    out = tmp_path_factory.mktemp("pages") / "site"
    build_pages(ROOT, out, data.changes.changes[0].date)
    finish_pages(out, ROOT, pages, data, read_settings(ROOT)[0])
    return out


@contextlib.contextmanager
def serve(folder: Path) -> Iterator[str]:
    """The address at which a folder is served."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()


@pytest.fixture(scope="session")
def pages_address(pages_site: Path) -> Iterator[str]:
    with serve(pages_site) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = chromium()
    assert path, "no Chromium; run make test, which installs it"
    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=flags)
        yield started
        started.close()
