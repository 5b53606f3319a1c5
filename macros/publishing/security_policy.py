"""What a browser may do with a page: the Content-Security-Policy and its sister headers, in three forms."""

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

from .head_and_assets import PublishError, html_files

# None of these powers of a browser is needed to read.
_POWERS = (
    "accelerometer", "browsing-topics", "camera", "display-capture", "encrypted-media", "geolocation", "gyroscope",
    "magnetometer", "microphone", "midi", "payment", "screen-wake-lock", "usb", "xr-spatial-tracking",
)  # fmt: skip


# Sent by the host with everything. A policy in the page itself covers hosts that send none of these.
PLAIN_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": ", ".join(f"{name}=()" for name in _POWERS),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=31536000",
}


KEEP = "public, max-age=31536000, immutable"


_SCRIPT = re.compile(r"<script(?P<attributes>[^>]*)>(?P<text>.*?)</script>", re.DOTALL)


_STYLE = re.compile(r"<style[^>]*>(?P<text>.*?)</style>", re.DOTALL)


_DATA_KINDS = ("application/json", "application/ld+json")


def inline_scripts(text: str) -> Iterator[str]:
    """The scripts that stand in a page itself; blocks of data are none, the browser does not run them."""
    for found in _SCRIPT.finditer(text):
        attributes = found["attributes"]
        if " src=" not in attributes and not any(f'"{kind}"' in attributes for kind in _DATA_KINDS):
            yield found["text"]


def content_hash(text: str) -> str:
    """The name of an inline script or style in a policy."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def policy(pages: Iterable[str], in_page: bool = False) -> str:
    """The strictest Content-Security-Policy under which all `pages` work.

    A policy that stands in a page cannot say who may frame it: `in_page` leaves that out.
    """
    texts = list(pages)
    scripts = sorted({content_hash(script) for text in texts for script in inline_scripts(text)})
    styles = sorted({content_hash(found["text"]) for text in texts for found in _STYLE.finditer(text)})
    directives = {
        "default-src": "'none'",
        "script-src": " ".join(["'self'", *scripts]),
        "style-src": " ".join(["'self'", *styles]),
        "img-src": "'self' data:",  # icons in the stylesheet, the clinic's logo
        "font-src": "'self'",
        "connect-src": "'self'",  # the search index
        "worker-src": "'self'",  # search, and reading offline
        "manifest-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'self'",
        **({} if in_page else {"frame-ancestors": "'none'"}),
    }
    return "; ".join(f"{name} {value}" for name, value in directives.items())


# What a strict policy would silently block: styles and handlers in attributes, and addresses that are scripts.
_BLOCKED = re.compile(r"<[a-zA-Z][^<>]*?\s(style=\"|on[a-z]+=\"|href=\"javascript:)[^<>]*>")


def blocked(text: str) -> list[str]:
    """Tags in a page that the policy would block."""
    return [found[0][:120] for found in _BLOCKED.finditer(text)]


def protect(text: str) -> str:
    """The page with its own policy first in its head, and with links to other hosts cut off from it."""
    meta = (
        f'<meta http-equiv="Content-Security-Policy" content="{policy([text], in_page=True)}">\n'
        '<meta name="referrer" content="no-referrer">'
    )
    text = re.sub(r'(<meta charset="utf-8">)', rf"\1\n{meta}", text, count=1)
    return re.sub(r'<a(?P<rest>(?: [^<>]*?)? href="https?://[^<>]*)>', _cut_off, text)


def _cut_off(found: re.Match[str]) -> str:
    return found[0] if " rel=" in found["rest"] else f'<a rel="noopener"{found["rest"]}>'


def protect_pages(site: Path) -> None:
    """Put the policy into every page below `site`.

    Raises PublishError with every tag that the policy would block.
    """
    faults = []
    for path in html_files(site):
        text = path.read_text(encoding="utf-8")
        faults += [f"{path.relative_to(site).as_posix()}: {tag}" for tag in blocked(text)]
        path.write_text(protect(text), encoding="utf-8")
    if faults:
        raise PublishError(
            "the site's security policy would block these; use a class or a script file instead:\n" + "\n".join(faults)
        )


def site_headers(site: Path) -> dict[str, str]:
    """Every header that a host should send with each file of the built site."""
    pages = [path.read_text(encoding="utf-8") for path in html_files(site)]
    return {"Content-Security-Policy": policy(pages), **PLAIN_HEADERS}


def hosts_file(headers: dict[str, str], site_url: str = "") -> str:
    """The file `_headers`, which Netlify, Cloudflare Pages and others read; how long to keep a page is left to them."""
    lines = ["/*", *(f"  {name}: {value}" for name, value in headers.items())]
    for kept in ("style", "script"):
        lines += [f"{_folder(site_url)}assets/{kept}.*", f"  Cache-Control: {KEEP}"]
    return "\n".join(lines) + "\n"


def nginx(headers: dict[str, str], site_url: str = "") -> str:
    """The same for nginx, to include in the server block that has the site's `root`.

    No location below adds a header: one that does would lose all of these.
    """
    folder = _folder(site_url)
    lines = [
        *(f'add_header {name} "{value}" always;' for name, value in headers.items()),
        "charset utf-8;",
        "gzip on;",
        "gzip_vary on;",
        "gzip_types text/css text/javascript application/javascript application/json application/manifest+json"
        " application/atom+xml text/markdown text/plain image/svg+xml;",
        "expires -1; # pages are asked for again each time; an unchanged one is not sent again",
        f"error_page 404 {folder}404.html;",
        f"location {folder}assets/style. {{ expires 1y; }}",
        f"location {folder}assets/script. {{ expires 1y; }}",
        f"location = {folder}manifest.webmanifest {{ default_type application/manifest+json; }}",
        f'location ~ "^{folder}.*\\.md$" {{ default_type "text/markdown; charset=utf-8"; }}',
    ]
    return "\n".join(lines) + "\n"


def _folder(site_url: str) -> str:
    """The folder of the host in which the site lies, with a slash at both ends."""
    return urlsplit(site_url).path or "/"
