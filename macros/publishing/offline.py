"""Reading offline and on the home screen: the service worker with its list of files, and the manifest."""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

from ..content.settings import Site
from .head_and_assets import base_of, html_files, into_head

BRAND = "#0B5563"


# The pictures of an installed app, in docs/assets/, and their width in pixels; the circle that a maskable one is cut to
# leaves its logo whole.
ICONS = {"icon-192.png": 192, "icon-512.png": 512, "icon-maskable.png": 512}


_SAVED_KINDS = {".html", ".css", ".js", ".svg", ".png", ".webmanifest"}


def manifest(site: Site, description: str) -> str:
    """The manifest with which a browser installs the site; its addresses are relative, so any folder will do."""
    icons = [
        {
            "src": f"assets/{name}",
            "sizes": f"{pixels}x{pixels}",
            "type": "image/png",
            "purpose": "maskable" if "maskable" in name else "any",
        }
        for name, pixels in ICONS.items()
    ]
    content = {
        "name": site.name,
        "short_name": site.name,
        "description": description,
        "lang": "en-US",
        "start_url": ".",
        "scope": ".",
        "display": "minimal-ui",
        "theme_color": BRAND,
        "background_color": "#FFFFFF",
        "icons": icons,
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def link_manifest(site: Path) -> None:
    """Name the manifest in the head of every page except the one for a missing address."""
    for path in html_files(site):
        if path.name == "404.html":
            continue
        base = base_of(path, site)
        link = f'<link rel="manifest" href="{base}manifest.webmanifest">'
        path.write_text(into_head(path.read_text(encoding="utf-8"), link), encoding="utf-8")


def files_to_save(site: Path, sheets: Iterable[str]) -> list[Path]:
    """What a reader's device keeps: every page with what it shows, the search, and the PDFs of `sheets` (slugs)."""
    slugs = set(sheets)
    found = [path for path in site.rglob("*") if path.suffix in _SAVED_KINDS and path.name not in ("404.html", "sw.js")]
    found += site.glob("search/*.json")
    found += [path for path in site.glob("pdf/*.pdf") if path.stem.removesuffix("-a4").removesuffix("-letter") in slugs]
    return sorted(found)


def write_worker(site: Path, sheets: Iterable[str], version: str) -> None:
    """Write the service worker, and the name of this build into every page.

    The name is a hash of all that is saved, taken before it stands in the pages; with it a page that is open knows
    whether the worker has a newer one.
    """
    saved = files_to_save(site, sheets)
    build = hashlib.sha256(json.dumps(_hashes(site, saved)).encode()).hexdigest()[:12]
    for path in html_files(site):
        text = into_head(path.read_text(encoding="utf-8"), f'<meta name="build" content="{build}">')
        path.write_text(text, encoding="utf-8")
    filled = {"BUILD": build, "VERSION": version, "FILES": json.dumps(_hashes(site, saved), indent=1)}
    worker = Path(__file__).with_name("worker.js").read_text(encoding="utf-8")
    for name, value in filled.items():
        worker = worker.replace("{{" + name + "}}", value)
    (site / "sw.js").write_text(worker, encoding="utf-8")


def _hashes(site: Path, files: Iterable[Path]) -> dict[str, str]:
    """A short hash of each file, by its path below the site."""
    return {path.relative_to(site).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()[:12] for path in files}
