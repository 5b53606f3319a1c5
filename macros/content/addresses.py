"""Addresses of pages: below the root of the site, from one to another, and as the names of their prints."""

import posixpath

# The page that offers all sheets, with print_check().
HANDOUTS_PAGE = "handouts/index.md"

# The page to which every line on the stop signs leads.
SAFETY_PAGE = "safety/recognizing-a-complication.md"


def slug_of(path: str) -> str:
    """The name that a page's PDF files bear."""
    stem = path.removesuffix(".md")
    if stem.endswith("/index"):
        stem = stem.removesuffix("/index")
    return "home" if stem == "index" else stem.replace("/", "-")


def print_name(slug: str, paper: str) -> str:
    """The file of a print: dilution-card on a4 gives dilution-card-a4.pdf."""
    return f"{slug}-{paper}.pdf"


def large_slug(slug: str) -> str:
    """The name of a sheet in large print: leaflet gives leaflet-large."""
    return f"{slug}-large"


def slug_of_print(name: str) -> str:
    """The slug in the file name of a print: dilution-card-a4.pdf gives dilution-card."""
    return name.rpartition("-")[0]


def page_url(path: str, directory_urls: bool = True) -> str:
    """The address of a page below the site's root: technique/mixing.md gives technique/mixing/."""
    stem = path.removesuffix(".md")
    if not directory_urls:
        return f"{stem}.html"
    if stem == "index" or stem.endswith("/index"):
        return stem.removesuffix("index")
    return f"{stem}/"


def relative_url(target: str, current: str) -> str:
    """The way from one address of the site to another."""
    start = posixpath.dirname(current)
    relative = posixpath.relpath(target or ".", start or ".")
    return relative + "/" if target.endswith("/") or not target else relative


def resolve(target: str, address: str) -> str:
    """The address below the site's root that a relative link of the page at `address` leads to."""
    path, _, anchor = target.partition("#")
    steps = [] if not address else address.strip("/").split("/")
    for step in path.split("/"):
        if step == "..":
            steps = steps[:-1]
        elif step not in (".", ""):
            steps.append(step)
    resolved = "/".join(steps) + ("/" if path.endswith(("/", "..", ".")) or not path else "")
    return resolved.lstrip("/") + (f"#{anchor}" if anchor else "")
