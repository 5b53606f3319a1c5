"""External links are asked for politely and within bounds; the hosts here are on the loopback."""

import http.server
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from macros import external_links
from macros.__main__ import main
from macros.external_links import Manners, check, read_allowed
from macros.source import ContentError

QUICK = Manners(timeout_seconds=0.5, tries=3, pause_seconds=0)


class Host(http.server.ThreadingHTTPServer):
    """Answers by the path, and keeps what it was asked."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answering)
        self.asked: list[tuple[str, str]] = []

    def address(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/{path}"


class Answering(http.server.BaseHTTPRequestHandler):
    def do_HEAD(self) -> None:
        self.server.asked.append((self.command, self.path))
        kind = self.path.split("/")[1]
        before = self.server.asked.count((self.command, self.path))
        if kind == "slow":
            time.sleep(1)
        status = {
            "gone": 404,
            "no-head": 405 if self.command == "HEAD" else 200,
            "busy-once": 503 if before == 1 else 200,
            "busy": 429,
            "refuses": 403,
            "moved": 301,
        }.get(kind, 200)
        self.send_response(status)
        if kind == "moved":
            self.send_header("Location", "/good")
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_HEAD  # noqa: N815

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def host() -> Iterator[Host]:
    server = Host()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def words(host: Host, path: str) -> str:
    return external_links.ask(host.address(path), QUICK).words


def test_the_head_is_asked_for_first_and_is_enough(host: Host) -> None:
    assert words(host, "good") == "answers 200"
    assert host.asked == [("HEAD", "/good")]


def test_a_host_that_does_not_know_head_is_asked_for_the_whole(host: Host) -> None:
    assert words(host, "no-head") == "answers 200"
    assert host.asked == [("HEAD", "/no-head"), ("GET", "/no-head")]


def test_a_moved_address_is_followed(host: Host) -> None:
    assert words(host, "moved") == "answers 200"
    assert host.asked[-1][1] == "/good"


def test_a_missing_address_is_not_asked_for_again(host: Host) -> None:
    assert words(host, "gone") == "answers 404 Not Found"
    assert len(host.asked) == 2


def test_a_busy_host_is_asked_again_and_not_forever(host: Host) -> None:
    assert words(host, "busy-once") == "answers 200"
    host.asked.clear()
    assert words(host, "busy") == "answers 429 Too Many Requests"
    assert len(host.asked) == 2 * QUICK.tries


def test_a_host_that_does_not_answer_in_time_is_left(host: Host) -> None:
    answer = external_links.ask(host.address("slow"), Manners(timeout_seconds=0.1, tries=1, pause_seconds=0))
    assert (answer.status, answer.good) == (0, False)
    assert answer.words == "no answer: timed out"


def test_an_address_without_a_host_or_a_form_is_broken_and_no_traceback() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert "refused" in external_links.ask(f"http://127.0.0.1:{port}/", QUICK).words
    assert external_links.ask("http://127.0.0.1:port/", QUICK).words.startswith("no answer: ")
    assert external_links.ask("http://[1/", QUICK).words.startswith("no answer: ")


def test_the_addresses_of_one_host_are_asked_one_after_another_with_a_pause(
    host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses: list[float] = []
    monkeypatch.setattr(external_links.time, "sleep", pauses.append)
    links = {host.address(f"good/{number}"): ("index.html",) for number in range(3)}
    assert check(links, {}, Manners(pause_seconds=5)).broken == []
    assert pauses == [5, 5]
    assert [path for _, path in host.asked] == ["/good/0", "/good/1", "/good/2"]


def test_a_run_is_bounded() -> None:
    links = {f"http://127.0.0.1:1/{number}": ("index.html",) for number in range(3)}
    with pytest.raises(ContentError, match="3 external links, but a run asks for at most 2"):
        check(links, {}, Manners(most=2))


def test_the_report_names_pages_exceptions_and_what_is_no_longer_needed(
    host: Host, project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(external_links.time, "sleep", lambda seconds: None)
    site = project / "site"
    (site / "a").mkdir(parents=True)
    (site / "index.html").write_text(
        f'<a href="{host.address("gone#part")}">1</a> <a href="{host.address("gone")}">2</a> <a href="a/">3</a>'
        f'<a href="{host.address("refuses")}">4</a> <a href="mailto:a@example.org">5</a>'
        '<a href="http://[1/">6</a>',
        encoding="utf-8",
    )
    (site / "a/index.html").write_text(
        f'<a href="{host.address("gone")}">1</a> <a href="{host.address("good")}">2</a>', encoding="utf-8"
    )
    list_of(project, host.address("refuses"), host.address("good"))
    report = project / "report.txt"
    assert main(["--root", str(project), "links", "--external", "--report", str(report)]) == 1
    said = report.read_text(encoding="utf-8")
    assert said.strip() in capsys.readouterr().out
    assert said.splitlines() == [
        f"BROKEN: {host.address('gone')}: answers 404 Not Found (on a/index.html, index.html)",
        "BROKEN: http://[1/: no answer: Invalid IPv6 URL (on index.html)",
        f"Allowed: {host.address('refuses')}: answers 403 Forbidden (2026-11-24: Refuses programs.)",
        f"Not needed: macros/external_links.yml: {host.address('good')}; remove the entry",
        "4 external links: 1 answer, 1 are allowed not to, 2 are broken.",
    ]
    list_of(project, host.address("refuses"), host.address("gone"), "http://[1/")
    assert main(["--root", str(project), "links", "--external"]) == 0


def list_of(project: Path, *addresses: str) -> None:
    entries = "".join(
        f"  - address: {address}\n    reason: Refuses programs.\n    looked: '2026-11-24'\n" for address in addresses
    )
    (project / external_links.ALLOWED).write_text(f"allowed:\n{entries}", encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("allowed:\n  - address: https://example.org/\n", ":2: expected the fields address, reason, looked"),
        (
            "allowed:\n  - address: https://example.org/\n    reason: ''\n    looked: '2026-11-24'\n",
            ":2: reason: expected text in quotes, got ''",
        ),
        (
            "allowed:\n  - address: example.org\n    reason: x\n    looked: '2026-11-24'\n",
            ":2: address: expected one that begins with https://, got 'example.org'",
        ),
        (
            "allowed:\n  - address: https://example.org/\n    reason: x\n    looked: '2026-02-30'\n",
            ":2: looked: expected a day such as '2026-11-24', got '2026-02-30'",
        ),
        ("allowed: x\n", ":1: expected one list under the name 'allowed'"),
        ("others: []\n", ":1: expected one list under the name 'allowed'"),
        ("allowed: [\n", "not readable as YAML"),
    ],
)
def test_an_exception_without_its_reason_is_refused(project: Path, text: str, problem: str) -> None:
    (project / external_links.ALLOWED).write_text(text, encoding="utf-8")
    with pytest.raises(ContentError) as stopped:
        read_allowed(project)
    assert problem in str(stopped.value)


def test_an_address_stands_once_in_the_list(project: Path) -> None:
    list_of(project, "https://example.org/", "https://example.org/")
    with pytest.raises(ContentError, match=r"https://example.org/ stands twice; keep one"):
        read_allowed(project)


def test_without_a_site_one_clear_message(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--root", str(project), "links", "--external"]) == 1
    assert "there is no built site; run make site first" in capsys.readouterr().err
