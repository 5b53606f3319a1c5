"""What a browser may do with a page: the Content-Security-Policy and its sister headers, in three forms."""

import base64
import hashlib
from collections.abc import Iterable
from urllib.parse import urlsplit

from .built_pages import BuiltPage, BuiltPages, PublishError, element

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


# Of a page that runs one script of the site and shows nothing else.
PLAIN_POLICY = "default-src 'none'; script-src 'self'; base-uri 'none'; form-action 'none'"


_DATA_KINDS = ("application/json", "application/ld+json")
# Styles and handlers, which a page must not have, and addresses. Names are lower case in a tree.
_RISKY = (
    "//@style | //@*[starts-with(name(), 'on') or name()='xlink:href'] | //@href | //@src | //@action | //@formaction"
)
# What a browser passes over in an address: white space and control characters.
_UNSEEN = dict.fromkeys(range(0x21))


def content_hash(text: str) -> str:
    """The name of an inline script or style in a policy."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def policy(pages: Iterable[BuiltPage], in_page: bool = False) -> str:
    """The strictest Content-Security-Policy under which all `pages` work.

    A policy that stands in a page cannot say who may frame it: `in_page` leaves that out.
    """
    scripts, styles = set(), set()
    for page in pages:
        # The browser does not run blocks of data.
        for script in page.tree.iter("script"):
            if script.get("src") is None and script.get("type") not in _DATA_KINDS:
                scripts.add(content_hash(script.text or ""))
        styles |= {content_hash(style.text or "") for style in page.tree.iter("style")}
    directives = {
        "default-src": "'none'",
        "script-src": " ".join(["'self'", *sorted(scripts)]),
        "style-src": " ".join(["'self'", *sorted(styles)]),
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


def blocked(page: BuiltPage) -> list[str]:
    """What a strict policy would silently block: styles and handlers in attributes, and addresses that are scripts."""
    return [
        f'{page.path}: <{value.getparent().tag} {value.attrname}="{value}">'[:160]
        for value in page.tree.xpath(_RISKY)
        if value.attrname.startswith(("style", "on")) or value.translate(_UNSEEN).lower().startswith("javascript:")
    ]


def protect(pages: BuiltPages) -> None:
    """Put its policy into every page, first in its head, and cut links to other hosts off from it.

    Raises PublishError with everything that the policy would block, and for a page without its character set.
    """
    faults = [fault for page in pages for fault in blocked(page)]
    if faults:
        raise PublishError(
            "the site's security policy would block these; use a class or a script file instead:\n" + "\n".join(faults)
        )
    for page in pages:
        kept = {"http-equiv": "Content-Security-Policy", "content": policy([page], in_page=True)}
        referrer = {"name": "referrer", "content": "no-referrer"}
        charset = page.one("/html/head/meta[@charset]", "its character set in the head, which the theme writes")
        charset.addnext(element("meta", referrer))
        charset.addnext(element("meta", kept))
        for link in page.tree.xpath("//a[starts-with(@href, 'http:') or starts-with(@href, 'https:')][not(@rel)]"):
            link.set("rel", "noopener")


def site_headers(pages: BuiltPages) -> dict[str, str]:
    """Every header that a host should send with each file of the built site."""
    return {"Content-Security-Policy": policy(pages), **PLAIN_HEADERS}


def write_headers(pages: BuiltPages, address: str) -> None:
    """Write `_headers` for hosts that read it; `address` is the public one."""
    (pages.site / "_headers").write_bytes(hosts_file(site_headers(pages), address).encode())


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
        " application/atom+xml text/markdown text/csv text/plain image/svg+xml;",
        "expires -1; # pages are asked for again each time; an unchanged one is not sent again",
        f"error_page 404 {folder}404.html;",
        f"location {folder}assets/style. {{ expires 1y; }}",
        f"location {folder}assets/script. {{ expires 1y; }}",
        f"location = {folder}manifest.webmanifest {{ default_type application/manifest+json; }}",
        f'location ~ "^{folder}.*\\.md$" {{ default_type "text/markdown; charset=utf-8"; }}',
        f'location ~ "^{folder}downloads/.*\\.csv$" {{ default_type "text/csv; charset=utf-8"; }}',
    ]
    return "\n".join(lines) + "\n"


def _folder(site_url: str) -> str:
    """The folder of the host in which the site lies, with a slash at both ends."""
    return urlsplit(site_url).path or "/"
