"""Few files to ask for before a page stands: one stylesheet, one script, the logo in the page itself.

Each file asked for costs a reader on a slow line a way there and back, however small it is. The theme's script is
fetched at the reader's first move only.
"""

import hashlib
from pathlib import Path
from urllib.parse import quote

from .built_pages import BuiltPages, PublishError
from .search_index import TRIED
from .unused_rules import lean, names_used

# Source maps and the search: the theme ships them, no reader of this site asks for them.
_SPARE = (
    "assets/javascripts/**/*.map",
    "assets/stylesheets/*.map",
    "assets/javascripts/lunr/**/*",
    "assets/javascripts/workers/*",
    "assets/images/favicon.png",
)
# The print reads the palette of the figures from here (macros/printing/printable_page.py).
_PRINTED = "assets/figures.css"
# Fetches the theme's script; it stands first, since it must hear the reader's first move.
_START = "assets/start.js"

_SHEETS = "/html/head/link[@rel='stylesheet']"
_INLINE = "//script[@data-inline]"
_OWN = "//script[@src and @defer]"
_THEME = "//script[contains(@src, 'assets/javascripts/bundle.')]"
_LOGO = "//a[contains(@class, 'site-name') or contains(@class, 'md-logo')]/img"


def remove_spare_files(site: Path) -> None:
    """Remove what the theme ships and no reader asks for."""
    for pattern in _SPARE:
        for path in sorted(site.glob(pattern)):
            if path.is_file():
                path.unlink()


def one_stylesheet(pages: BuiltPages) -> None:
    """Put one stylesheet in the place of all.

    Raises PublishError when a page has none, or other ones than the rest.
    """
    links = {page: page.every(_SHEETS, "the stylesheets of the theme and of extra_css") for page in pages}
    sheets = _the_same_everywhere(
        {page.path: [page.asset(link.get("href")) for link in found] for page, found in links.items()},
        "stylesheets",
        "extra_css",
    )
    texts = [_text(pages.site, name) for name in sheets]
    programs = [path.read_bytes().decode() for path in sorted(pages.site.glob("assets/**/*.js"))]
    made = _write(
        pages.site, "style", "css", lean("\n".join(texts), names_used((page.tree for page in pages), programs))
    )
    for first, *others in links.values():
        first.set("href", first.get("href").removesuffix(sheets[0]) + made)
        for link in others:
            link.drop_tree()
    for name in sheets:
        if name != _PRINTED:
            (pages.site / name).unlink()


def scripts_inside(pages: BuiltPages) -> None:
    """Put the scripts marked data-inline into the pages: those that must run before the first paint.

    Raises PublishError when a page has none.
    """
    for page in pages:
        for script in page.every(
            _INLINE, "a script marked data-inline (docs/.theme/partials/javascripts/palette.html)"
        ):
            script.text = _text(pages.site, page.asset(script.get("src"))).strip()
            script.attrib.clear()


def one_script(pages: BuiltPages) -> None:
    """Put one script in the place of all: ours, which fetches the theme's at the reader's first move.

    Raises PublishError when a page does not call the theme's script, or calls other ones of ours than the rest.
    """
    theirs = {
        page: page.one(_THEME, f"the theme's script assets/javascripts/bundle.*.js, as in {TRIED}") for page in pages
    }
    ours = {page: page.tree.xpath(_OWN) for page in pages}
    lists = {page.path: [page.asset(script.get("src")) for script in found] for page, found in ours.items()}
    parts = [_START, *_the_same_everywhere(lists, "scripts", "extra_javascript")]
    made = _write(pages.site, "script", "js", "".join(_by_itself(_text(pages.site, part)) for part in parts))
    for page, theme in theirs.items():
        for script in ours[page]:
            script.drop_tree()
        base, _, program = theme.get("src").partition("assets/")
        theme.set("src", base + made)
        theme.set("data-theme-script", program)
        theme.set("defer", "")
    for part in parts:
        (pages.site / part).unlink()


def _by_itself(script: str) -> str:
    """A script whose fault is told and stops none of those behind it."""
    return f"try {{\n{script}}} catch (fault) {{\n  reportError(fault);\n}}\n"


def logo_inside(pages: BuiltPages) -> None:
    """Put the drawing of the logo into the pages, in the place of its file; a logo that is no SVG stays a file.

    Raises PublishError when a page shows none.
    """
    for page in pages:
        for image in page.every(_LOGO, "the logo (docs/.theme/partials/header.html)"):
            name = page.asset(image.get("src"))
            if name.endswith(".svg"):
                drawing = quote(" ".join(_text(pages.site, name).split()), safe="=:/;,()")
                image.set("src", f"data:image/svg+xml,{drawing}")


def _the_same_everywhere(lists: dict[str, list[str]], what: str, setting: str) -> list[str]:
    """The files of that kind that every page calls."""
    first = next(iter(lists.values()))
    for page, found in lists.items():
        if found != first:
            raise PublishError(f"{page}: has the {what} {found}, other pages {first}; list them in {setting}")
    return first


def _text(site: Path, name: str) -> str:
    return (site / name).read_bytes().decode()


def _write(site: Path, name: str, ending: str, content: str) -> str:
    """Write a file named after its content, which a host may let browsers keep for ever; returns its path."""
    path = f"assets/{name}.{hashlib.sha256(content.encode()).hexdigest()[:12]}.{ending}"
    (site / path).write_bytes(content.encode())
    return path
