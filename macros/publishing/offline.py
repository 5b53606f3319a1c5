"""Reading offline and on the home screen: the service worker with its list of files, and the manifest."""

import hashlib
import json
from collections.abc import Container
from pathlib import Path, PurePosixPath

from ..content.addresses import slug_of_print
from ..content.project import Project
from ..content.settings import Site
from .built_pages import MISSING, BuiltPages

BRAND = "#0B5563"
WORKER = "sw.js"
MANIFEST = "manifest.webmanifest"


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


def write_manifest(pages: BuiltPages, project: Project) -> None:
    """Write the manifest, and name it in the head of every page except the one for a missing address."""
    (pages.site / MANIFEST).write_bytes(manifest(project.site, project.description).encode())
    for page in pages:
        if page.path != MISSING:
            page.into_head("link", {"rel": "manifest", "href": page.root + MANIFEST})


def files_to_save(site: Path, sheets: Container[str]) -> list[str]:
    """What a reader's device keeps, as paths below the site: every page with what it shows, the search, and the PDFs of
    `sheets` (slugs).
    """
    found = [path for path in site.rglob("*") if path.suffix in _SAVED_KINDS and path.name not in (MISSING, WORKER)]
    found += site.glob("search/*.json")
    found += [path for path in site.glob("pdf/*.pdf") if is_print_of(path.name, sheets)]
    return sorted(path.relative_to(site).as_posix() for path in found)


def is_print_of(name: str, sheets: Container[str]) -> bool:
    """Whether a PDF of that name is the print of a sheet among `sheets` (slugs), on either paper."""
    return slug_of_print(PurePosixPath(name).name) in sheets


def write_pages_and_worker(pages: BuiltPages, sheets: Container[str], version: str) -> None:
    """Write the pages, each with the name of this build, and the service worker that saves them.

    The name is a hash of all that is saved, taken before it stands in the pages; with it a page that is open knows
    whether the worker has a newer one.
    """
    for page in pages:
        for older in page.tree.xpath("/html/head/meta[@name='build']"):
            older.getparent().remove(older)  # with the end of its line
    saved = files_to_save(pages.site, sheets)
    files = {name: _hash((pages.site / name).read_bytes()) for name in saved if not name.endswith(".html")}
    nameless = {page.path: _hash(page.text().encode()) for page in pages}
    build = _hash(json.dumps([sorted(files.items()), sorted(nameless.items())]).encode())
    for page in pages:
        page.into_head("meta", {"name": "build", "content": build})
    written = {name: _hash(text) for name, text in pages.write().items()}
    filled = {
        "BUILD": build,
        "VERSION": version,
        "FILES": json.dumps({name: written.get(name) or files[name] for name in saved}, indent=1),
    }
    worker = Path(__file__).with_name("worker.js").read_bytes().decode()
    for name, value in filled.items():
        worker = worker.replace("{{" + name + "}}", value)
    (pages.site / WORKER).write_bytes(worker.encode())


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:12]
