"""The site as one archive that opens from a folder: links name their files, and the search needs no host."""

import json
import re
from pathlib import Path
from urllib.parse import urldefrag, urlsplit

from ..downloads import archive
from .search_index import INDEX, THEME_INDEX

ARCHIVE = "downloads/site.zip"


TOP = "caha-and-skin"


# What only a host needs.
_LEFT_OUT = {"sw.js", "_headers", "manifest.webmanifest", "robots.txt", "404.html", "sitemap.xml", "sitemap.xml.gz"}


_HOST_TAGS = re.compile(
    r'<(?:meta (?:http-equiv="Content-Security-Policy"|name="build")|link rel="(?:manifest|canonical)")[^>]*>\n?'
)


_ADDRESS = re.compile(r'(<(?:a|link|option)\b[^<>]*? (?:href|value)=")([^"]*)(")')


def named(target: str) -> str:
    """An address with the file that a host would answer with: "../mixing/#why" gives "../mixing/index.html#why"."""
    address, anchor = urldefrag(target)
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or not parts.path:
        return target
    last = parts.path.rpartition("/")[2]
    if last not in ("", ".", ".."):
        return target
    path = parts.path if not last else f"{parts.path}/"
    query = f"?{parts.query}" if parts.query else ""
    return f"{path}index.html{query}{f'#{anchor}' if anchor else ''}"


def page_for_folder(text: str) -> str:
    """A page as it opens from a folder: without what only a host understands."""
    text = _HOST_TAGS.sub("", text)
    # The search of a folder reads its index from a script, not through our worker.
    text = text.replace("assets/search-worker.js#search.", "assets/javascripts/workers/search.")
    text = _ADDRESS.sub(lambda found: f"{found[1]}{named(found[2])}{found[3]}", text)
    return re.sub(
        r'<script src="([^"]*assets/)script\.', r'<script src="\1folder.js" defer></script>\n\g<0>', text, count=1
    )


def search_for_folder(index: str) -> str:
    """The search index as a script, its locations with file names."""
    content = json.loads(index)
    for entry in content["docs"]:
        # The home page has an address without a path.
        location = entry["location"]
        entry["location"] = f"index.html{location}" if location[:1] in ("", "#", "?") else named(location)
    return f"var __index = {json.dumps(content, ensure_ascii=False, separators=(',', ':'))}\n"


def write_archive(site: Path, day: str) -> None:
    """Write the archive of the built site; `day` is the date that its files bear."""
    files: dict[str, bytes] = {}
    for path in sorted(site.rglob("*")):
        name = path.relative_to(site).as_posix()
        if not path.is_file() or name in _LEFT_OUT or (path.suffix == ".zip" and name.startswith("downloads/")):
            continue
        if path.suffix == ".html":
            files[name] = page_for_folder(path.read_text(encoding="utf-8")).encode()
        elif name == THEME_INDEX:
            continue
        elif name == INDEX:
            files["search/search_index.js"] = search_for_folder(path.read_text(encoding="utf-8")).encode()
        else:
            files[name] = path.read_bytes()
    files["assets/folder.js"] = Path(__file__).with_name("folder.js").read_bytes()
    archive.write_archive(site / ARCHIVE, ((f"{TOP}/{name}", files[name], day) for name in sorted(files)))
