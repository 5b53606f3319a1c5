"""What the steps of publishing share: the built pages and their head."""

import hashlib
import posixpath
from pathlib import Path


class PublishError(Exception):
    """The built pages cannot be published as they are; the message says which page and what to mend."""


def html_files(site: Path) -> list[Path]:
    """Every page below `site`, in a fixed order."""
    return sorted(site.rglob("*.html"))


def base_of(page: Path, site: Path) -> str:
    """The way from a page to the root of the site: "../../" for technique/mixing/index.html, "" at the root."""
    return "../" * (len(page.relative_to(site).parts) - 1)


def into_head(text: str, markup: str) -> str:
    """The page with `markup` at the end of its head."""
    return text.replace("</head>", f"{markup}\n</head>", 1)


def below_root(site: Path, page: Path, href: str) -> str:
    """The path of a linked file below the site; links of the page for a missing address start at the host's root."""
    if page.name == "404.html":
        return href[href.index("assets/") :]
    return posixpath.normpath(posixpath.join(page.parent.relative_to(site).as_posix(), href))


def the_same_everywhere(lists: dict[str, list[str]], what: str, setting: str) -> list[str]:
    """The files of that kind that every page calls; raises PublishError when the pages differ."""
    first = next(iter(lists.values()))
    for name, found in lists.items():
        if found != first:
            raise PublishError(f"{name}: has the {what} {found}, other pages {first}; list them in {setting}")
    return first


def write_asset(site: Path, name: str, ending: str, content: str) -> str:
    """Write a file named after its content, which a host may let browsers keep for ever; returns its path."""
    path = f"assets/{name}.{hashlib.sha256(content.encode()).hexdigest()[:12]}.{ending}"
    (site / path).write_text(content, encoding="utf-8")
    return path
