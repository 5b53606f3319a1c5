"""One script for every page, which fetches the theme's at the reader's first move; nothing else before the text."""

import re
from pathlib import Path

from .head_and_assets import PublishError, below_root, the_same_everywhere, write_asset

# Fetches the theme's script; it stands first, since it must hear the reader's first move.
START = "assets/start.js"


_INLINE = re.compile(r'<script src="([^"]+)" data-inline></script>')


_OWN = re.compile(r'[ \t]*<script src="([^"]+)" defer></script>\n?')


_THEME = re.compile(r'<script src="([^"]*)assets/(javascripts/bundle\.[^"]+)"></script>')


def inlined(text: str, page: Path, site: Path) -> str:
    """The page with the scripts marked data-inline in it: those that must run before the first paint."""

    def content(found: re.Match[str]) -> str:
        return f"<script>{(site / below_root(site, page, found[1])).read_text(encoding='utf-8').strip()}</script>"

    return _INLINE.sub(content, text)


def write_script(site: Path, pages: dict[Path, str]) -> str:
    """Write the one script of all pages and remove those that it replaces; returns its path below the site.

    Each file asked for costs a reader on a slow line a way there and back, however small it is.

    Raises PublishError when a page does not call the theme's script, or the pages call different ones.
    """
    lists = {}
    for path, text in pages.items():
        name = path.relative_to(site).as_posix()
        if not _THEME.search(text):
            raise PublishError(f"{name}: the theme's script was not found; did the theme rename it?")
        lists[name] = [below_root(site, path, src) for src in _OWN.findall(text)]
    parts = [START, *the_same_everywhere(lists, "scripts", "extra_javascript")]
    made = write_asset(site, "script", "js", "".join((site / part).read_text(encoding="utf-8") for part in parts))
    for part in parts:
        (site / part).unlink()
    return made


def with_script(text: str, script: str) -> str:
    """The page with `script` in the place of the theme's and its own; the script knows where the theme's is."""
    return _THEME.sub(rf'<script src="\1{script}" data-theme-script="\2" defer></script>', _OWN.sub("", text))
