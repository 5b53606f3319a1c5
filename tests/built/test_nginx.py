"""The settings for nginx, tried in nginx itself: at the root of a host and below a folder."""

import gzip
import http.client
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from macros.publish import headers
from macros.publish.html import html_files
from macros.system_parts import nginx

NGINX = nginx()
pytestmark = pytest.mark.skipif(NGINX is None, reason="nginx is not on this machine; .ci/run installs it")

Answer = tuple[int, dict[str, str], bytes]


@contextmanager
def started(files: Path, sent: dict[str, str], site_url: str, scratch: Path) -> Iterator[int]:
    """nginx with our settings on the loopback; yields its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = scratch / "nginx.conf"
    text = headers.nginx_server(sent, site_url, str(files), f"127.0.0.1:{port}", str(scratch))
    settings.write_text(text, encoding="utf-8")
    rights = "user root; " if os.geteuid() == 0 else ""
    process = subprocess.Popen(
        [NGINX, "-p", str(scratch), "-c", str(settings), "-g", f"{rights}daemon off;"],
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        for _ in range(200):
            assert process.poll() is None, process.stderr.read()
            with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                break
            time.sleep(0.05)
        yield port
    finally:
        process.terminate()
        said = process.communicate(timeout=20)[1]
    assert "[emerg]" not in said and "[warn]" not in said, said


def ask(port: int, path: str, **wanted: str) -> Answer:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    line.request("GET", path, headers={name.replace("_", "-"): value for name, value in wanted.items()})
    reply = line.getresponse()
    found = reply.status, {name.lower(): value for name, value in reply.getheaders()}, reply.read()
    line.close()
    return found


@pytest.fixture(scope="module", params=["", "https://example.org/docs/"], ids=["root", "folder"])
def host(request: pytest.FixtureRequest, pages_site: Path, tmp_path_factory: pytest.TempPathFactory):
    """The port, the folder of the address and the site's files."""
    scratch = tmp_path_factory.mktemp("nginx")
    folder = "/docs/" if request.param else "/"
    files = scratch / "www"
    site = files / folder.strip("/") if request.param else files
    shutil.copytree(pages_site, site)
    # One file is packed beforehand, as in the container; its content tells the two apart.
    (site / "llms.txt.gz").write_bytes(gzip.compress(b"packed before"))
    with started(files, headers.site_headers(pages_site), request.param, scratch) as port:
        yield port, folder, site


def test_a_page_comes_with_every_header_and_is_asked_for_again_each_time(host) -> None:
    port, folder, site = host
    status, sent, body = ask(port, f"{folder}technique/mixing/")
    assert (status, body) == (200, (site / "technique/mixing/index.html").read_bytes())
    for name, value in headers.site_headers(site).items():
        assert sent[name.lower()] == value
    assert sent["content-type"] == "text/html; charset=utf-8"
    assert sent["cache-control"] == "no-cache"
    assert sent["server"] == "nginx", "no version"
    again = ask(port, f"{folder}technique/mixing/", If_None_Match=sent["etag"])
    assert (again[0], again[2]) == (304, b"")


def test_texts_are_packed_also_from_packed_files(host) -> None:
    port, folder, site = host
    _, sent, body = ask(port, folder, Accept_Encoding="gzip")
    assert (sent["content-encoding"], sent["vary"]) == ("gzip", "Accept-Encoding")
    assert gzip.decompress(body) == (site / "index.html").read_bytes()
    assert len(body) < len(gzip.decompress(body)) / 3
    assert gzip.decompress(ask(port, f"{folder}llms.txt", Accept_Encoding="gzip")[2]) == b"packed before"
    assert ask(port, f"{folder}llms.txt")[2] == (site / "llms.txt").read_bytes()


def test_the_stylesheet_is_kept_for_a_year(host) -> None:
    port, folder, site = host
    (style,) = (path for path in (site / "assets").glob("style.*.css"))
    _, sent, _ = ask(port, f"{folder}assets/{style.name}")
    assert sent["cache-control"] == "max-age=31536000"
    assert sent["content-type"].startswith("text/css")
    assert "content-security-policy" in sent, "a location that adds a header would lose the others"


def test_a_missing_address_is_answered_with_our_page_and_the_headers(host) -> None:
    port, folder, site = host
    for path in ("nowhere/", "_headers"):
        status, sent, body = ask(port, folder + path)
        assert (status, body) == (404, (site / "404.html").read_bytes())
        assert "content-security-policy" in sent


def test_a_folder_without_its_slash_leads_to_the_page_on_any_port(host) -> None:
    port, folder, _ = host
    status, sent, _ = ask(port, f"{folder}technique/mixing")
    assert (status, sent["location"]) == (301, f"{folder}technique/mixing/")


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("technique/mixing.md", "text/markdown; charset=utf-8"),
        ("manifest.webmanifest", "application/manifest+json"),
        ("sw.js", "text/javascript; charset=utf-8"),
        ("downloads/preparations.csv", "text/csv; charset=utf-8"),
        ("downloads/preparations.json", "application/json; charset=utf-8"),
        ("downloads/changes.atom", "application/atom+xml"),
        ("downloads/site.zip", "application/zip"),
        ("assets/logo.svg", "image/svg+xml"),
        ("sitemap.xml", "application/xml; charset=utf-8"),
    ],
)
def test_every_kind_of_file_bears_its_type(host, path: str, kind: str) -> None:
    port, folder, _ = host
    status, sent, _ = ask(port, folder + path)
    assert (status, sent["content-type"]) == (200, kind)


def test_every_file_of_the_site_has_a_type_and_every_page_answers(host) -> None:
    port, folder, site = host
    for path in html_files(site):
        assert ask(port, f"{folder}{path.relative_to(site).as_posix()}")[0] == 200
    for ending in {path.suffix for path in site.rglob("*.*")} - {".gz"}:
        path = next(path for path in sorted(site.rglob(f"*{ending}")) if path.is_file())
        kind = ask(port, f"{folder}{path.relative_to(site).as_posix()}")[1]["content-type"]
        assert kind != "application/octet-stream", path
