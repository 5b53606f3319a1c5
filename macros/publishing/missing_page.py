"""The page for a missing address, on a site without a public one: it may be served from any folder of a host."""

from pathlib import Path

from .built_pages import MISSING, BuiltPages, element

# Until the stylesheet is found, and where it never is, the page is plain and no icon is huge; all other rules win.
_PLAIN = ":where(svg) { width: 1.2rem; height: 1.2rem; } :where(img) { max-width: 2rem; } :where(body) { margin: 1rem }"


def works_in_any_folder(pages: BuiltPages, address: str) -> None:
    """Give the page what finds its folder and mends its links; with a public `address` they are right as they are."""
    for page in pages:
        if page.path == MISSING and not address:
            page.into_head("style", {}, _PLAIN)
            script = Path(__file__).with_name("missing.js").read_bytes().decode().strip()
            page.one("/html/body", "a <body>").append(element("script", {}, script))
