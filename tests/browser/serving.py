"""A host for the built site on the loopback: gzip, the headers of its `_headers` file, any folder of the host; in any
state that a host or a network can be in.
"""

import gzip
import http.server
import mimetypes
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

_KINDS = {".webmanifest": "application/manifest+json", ".md": "text/markdown; charset=utf-8", ".atom": "text/xml"}
_PACKED = ("text/", "application/json", "application/manifest", "image/svg", "application/javascript")


def headers_for(rules: str, path: str) -> dict[str, str]:
    """The headers that a `_headers` file gives to a path; a later rule replaces an earlier one's header."""
    found: dict[str, str] = {}
    applies = False
    for line in rules.splitlines():
        if line.startswith("/"):
            applies = fnmatchcase(path, line.strip())
        elif line.startswith("  ") and applies:
            name, _, value = line.strip().partition(": ")
            found[name] = value
    return found


@lru_cache(maxsize=512)
def _packed(path: Path, changed: int) -> bytes:
    return gzip.compress(path.read_bytes(), 9, mtime=0)


SIGN_IN = b"<!doctype html><title>Sign in</title><h1>Welcome to the network of the clinic</h1>"


@dataclass
class State:
    """What is wrong with a host: its test sets `now`, and reads what it was asked for and what it sent in bytes.

    "": nothing. "gone": it hangs up. "silent": it accepts and says nothing. "stalls": half a file. "sign-in": a sign-in page at every
    address. "sent on": to the sign-in page of `elsewhere`. A number: that status.
    """

    now: str = ""
    elsewhere: str = ""
    asked: list[str] = field(default_factory=list)
    sent: int = 0


@contextmanager
def serving(site: Path, folder: str = "/", given: State | None = None) -> Iterator[str]:
    """Serve `site` below `folder` of a host; yields its address, and stops the host at the end."""
    state = given or State()
    over = threading.Event()

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True  # or an answer waits 40 ms for word that its headers arrived

        def do_GET(self) -> None:
            path = unquote(urlsplit(self.path).path)
            now = state.now
            state.asked.append(path)
            if now in ("", "stalls"):
                self._well(path)
            elif now == "gone":
                self.connection.shutdown(socket.SHUT_RDWR)
            elif now == "silent":
                over.wait()
            elif now == "sent on":
                self._short(302, Location=state.elsewhere)
            else:
                self._short(200 if now == "sign-in" else int(now), SIGN_IN)

        def _short(self, status: int, body: bytes = b"", **headers: str) -> None:
            self.send_response(status)
            for name, value in {"Content-Type": "text/html", "Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def _well(self, path: str) -> None:
            inside = path.removeprefix(folder) if path.startswith(folder) else None
            file = site / (inside or "index.html") if inside is not None else site / "404.html"
            if file.is_dir() and path.endswith("/"):
                file = file / "index.html"
            status = 200 if inside is not None and file.is_file() else 404
            if file.is_dir():
                self._short(301, Location=f"{path}/")
                return
            self._answer(status, file if status == 200 else site / "404.html", path)

        def _answer(self, status: int, file: Path, path: str) -> None:
            kind = _KINDS.get(file.suffix) or mimetypes.guess_type(file.name)[0] or "application/octet-stream"
            packed = kind.startswith(_PACKED) and "gzip" in self.headers.get("Accept-Encoding", "")
            body = _packed(file, file.stat().st_mtime_ns) if packed else file.read_bytes()
            self.send_response(status)
            self.send_header("Content-Type", "text/html; charset=utf-8" if kind == "text/html" else kind)
            self.send_header("Content-Length", str(len(body)))
            if packed:
                self.send_header("Content-Encoding", "gzip")
            rules = site / "_headers"
            if rules.is_file():
                for name, value in headers_for(rules.read_text(encoding="utf-8"), path).items():
                    self.send_header(name, value)
            self.end_headers()
            if state.now == "stalls":
                self.wfile.write(body[: len(body) // 2])
                over.wait()
            self.wfile.write(body)
            state.sent += len(body)

        def log_message(self, *_: object) -> None:
            pass

    class Host(http.server.ThreadingHTTPServer):
        daemon_threads = True
        lines: set[socket.socket] = set()

        def process_request(self, request: socket.socket, client_address: object) -> None:  # type: ignore[override]
            self.lines.add(request)
            super().process_request(request, client_address)

        def handle_error(self, *_: object) -> None:
            """A browser that hangs up is no fault."""

        def hang_up(self) -> None:
            """A browser keeps its connections; without this the host would answer on them after its end."""
            for line in self.lines:
                with suppress(OSError):
                    line.shutdown(socket.SHUT_RDWR)

    server = Host(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}{folder}"
    finally:
        over.set()
        server.shutdown()
        server.server_close()
        server.hang_up()
