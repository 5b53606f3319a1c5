"""Reading offline and on the home screen: the service worker with its list of files, and the manifest."""

import hashlib
import json
from collections.abc import Container, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath

from ..content.addresses import slug_of_print
from ..content.project import Project
from ..content.settings import Site
from . import moved_pages
from .built_pages import MISSING, BuiltPages

BRAND = "#0B5563"
WORKER = "sw.js"
MANIFEST = "manifest.webmanifest"


# The pictures of an installed app, in docs/assets/, and their width in pixels; the circle that a maskable one is cut to
# leaves its logo whole.
ICONS = {"icon-192.png": 192, "icon-512.png": 512, "icon-maskable.png": 512}
_SAVED_KINDS = {".html", ".css", ".js", ".svg", ".png", ".webmanifest"}
# The worker itself, and what only the addresses need that pages had.
_NOT_SAVED = {WORKER, moved_pages.SCRIPT}

# What a host may send for the first save, for which no reader is asked; in bytes. Text is sent packed, to less than a
# quarter of its length; that is counted here and not measured, so that every machine makes the same list.
FIRST_SAVE = 3_000_000
_PACKED = {".html", ".css", ".js", ".svg", ".json"}


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


def files_to_save(pages: BuiltPages, sheets: Sequence[str], asked: Container[str] = ()) -> tuple[list[str], list[str]]:
    """What a reader's device keeps, as paths below the site: without being asked, and when the reader asks.

    Without being asked: every page with what it shows, and the search; then the pictures of sheets and the PDFs of
    `sheets` (slugs) in their order, as far as FIRST_SAVE leaves room. When asked: the PDFs of the other sheets, and
    those of `asked` (slugs).
    """
    site = pages.site
    sizes = {page.path: len(page.text().encode()) for page in pages if page.path != MISSING}
    sizes |= {name: (site / name).stat().st_size for name in _files(site) if not name.endswith(".html")}
    sent = {name: size // 4 if PurePosixPath(name).suffix in _PACKED else size for name, size in sizes.items()}
    first = [name for name in sent if not name.startswith("pdf/")]
    rest = [name for name in sent if is_print_of(name, asked)]
    taken = sum(sent[name] for name in first)
    places = {slug: place for place, slug in enumerate(sheets)}
    for name in sorted(
        sent.keys() - {*first, *rest}, key=lambda name: (name.endswith(".pdf"), _place(name, places), name)
    ):
        if name.endswith(".pdf") and not is_print_of(name, places):
            continue
        if taken + sent[name] > FIRST_SAVE:
            rest.append(name)
            continue
        taken += sent[name]
        first.append(name)
    return sorted(first), sorted(name for name in rest if name.endswith(".pdf"))


def _place(name: str, places: Mapping[str, int]) -> int:
    """Where the sheet of a print stands among the sheets; behind them when it is none."""
    return places.get(slug_of_print(PurePosixPath(name).name), len(places))


def _files(site: Path) -> Iterator[str]:
    """The files of a site that a device can keep."""
    for path in site.rglob("*"):
        name = path.relative_to(site).as_posix()
        folder, kind = name.partition("/")[0], path.suffix
        if name not in _NOT_SAVED and (
            kind in _SAVED_KINDS or (folder, kind) in {("search", ".json"), ("pdf", ".pdf")}
        ):
            yield name


def is_print_of(name: str, sheets: Container[str]) -> bool:
    """Whether a PDF of that name is the print of a sheet among `sheets` (slugs), on either paper."""
    return slug_of_print(PurePosixPath(name).name) in sheets


def write_pages_and_worker(pages: BuiltPages, sheets: Sequence[str], version: str, asked: Container[str] = ()) -> None:
    """Write the pages, each with the name of this build, and the worker that saves them and the PDFs of `sheets`
    (slugs), and those of `asked` for a reader who asks.

    The name is a hash of all that is saved, taken before it stands in the pages; with it a page that is open knows
    whether the worker has a newer one.
    """
    for page in pages:
        for older in page.tree.xpath("/html/head/meta[@name='build']"):
            older.getparent().remove(older)  # with the end of its line
    saved, later = files_to_save(pages, sheets, asked)
    files = {name: _hash((pages.site / name).read_bytes()) for name in saved if not name.endswith(".html")}
    nameless = {page.path: _hash(page.text().encode()) for page in pages}
    rest = {name: [_hash((pages.site / name).read_bytes()), (pages.site / name).stat().st_size] for name in later}
    build = _hash(json.dumps([sorted(files.items()), sorted(nameless.items()), sorted(rest.items())]).encode())
    for page in pages:
        page.into_head("meta", {"name": "build", "content": build})
    written = {name: _hash(text) for name, text in pages.write().items()}
    filled = {
        "BUILD": build,
        "VERSION": version,
        "FILES": json.dumps({name: written.get(name) or files[name] for name in saved}),
        "ASKED": json.dumps(rest, sort_keys=True),
    }
    worker = Path(__file__).with_name("worker.js").read_bytes().decode()
    for name, value in filled.items():
        worker = worker.replace("{{" + name + "}}", value)
    (pages.site / WORKER).write_bytes(worker.encode())


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:12]
