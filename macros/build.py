"""The whole build: data, pages, downloads, PDFs, links; site/ is replaced only at the end."""

import base64
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml

from . import exports
from .data import load
from .finish import write_file_notes, write_print_status, write_used_on
from .handouts.collect import all_sheets
from .handouts.extract import ExtractionError
from .handouts.frame import Imprint
from .handouts.lint import LintError
from .handouts.manifest import print_sheets, write_manifest
from .handouts.pictures import write_archives, write_pictures
from .handouts.render import Printed, RenderError
from .links import broken_links
from .pages import load_pages
from .publish import PublishError, publish
from .source import ContentError, did_you_mean


class BuildError(Exception):
    """The build stopped; the message says where and what to mend."""


def read_settings(root: Path) -> tuple[Imprint, list[tuple[str, list[str]]]]:
    """What every print bears, and the page tree, from mkdocs.yml, read as MkDocs does, `!ENV` included.

    Raises BuildError when it cannot be read, or when an entry of the clinic is not right.
    """
    from mkdocs.config import load_config
    from mkdocs.exceptions import ConfigurationError

    try:
        config: Any = load_config(str(root / "mkdocs.yml"))
    except (ConfigurationError, yaml.YAMLError) as error:
        raise BuildError(f"mkdocs.yml: {error}") from None
    version = str(config["extra"].get("version") or "")
    if not version:
        raise BuildError("mkdocs.yml: extra: version: missing; every page prints it")
    clinic = _clinic(root, config["extra"].get("clinic") or {})
    feedback = str(config["extra"].get("feedback_address") or "")
    if feedback and not re.fullmatch(r"https://\S+|[^@\s/:]+@[^@\s/:]+", feedback):
        raise BuildError(
            "mkdocs.yml: extra: feedback_address: expected an e-mail address or a web address with https://, "
            f"got '{feedback}'"
        )
    return Imprint(config["site_name"], config["site_url"] or "", version, clinic), _page_tree(config["nav"])


def _page_tree(nav: list[Any]) -> list[tuple[str, list[str]]]:
    """The sections of the page tree with the paths of their pages; pages outside a section are left out."""
    return [
        (name, entries)
        for item in nav
        if isinstance(item, dict)
        for name, entries in item.items()
        if isinstance(entries, list)
    ]


_CLINIC = ("name", "phone", "emergency", "logo")
_LOGOS = {".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}


def _clinic(root: Path, given: Any) -> dict[str, str]:
    """The clinic's entries; the logo as a data address, so that a print needs no file beside it."""
    faults = []
    if not isinstance(given, dict):
        raise BuildError(f"mkdocs.yml: extra: clinic: expected {', '.join(_CLINIC)}, got {given!r}")
    for name, value in given.items():
        if name not in _CLINIC:
            faults.append(f"{name}: unknown{did_you_mean(str(name), _CLINIC)}; there are: {', '.join(_CLINIC)}")
        elif value is not None and not isinstance(value, str):
            faults.append(f"{name}: expected text, got {value!r} (put it in quotes)")
    clinic = {name: value.strip() for name, value in given.items() if isinstance(value, str) and value.strip()}
    if clinic.get("logo"):
        path = root / "docs" / clinic["logo"]
        kind = _LOGOS.get(path.suffix.lower())
        if kind is None:
            faults.append(f"logo: expected a file that ends in {', '.join(_LOGOS)}, got '{clinic['logo']}'")
        elif not path.is_file():
            faults.append(f"logo: no file docs/{clinic['logo']}")
        elif path.stat().st_size > 100_000:
            faults.append(
                f"logo: docs/{clinic['logo']} is larger than 100 kB; every sheet carries it, so make it smaller"
            )
        else:
            clinic["logo"] = f"data:{kind};base64,{base64.b64encode(path.read_bytes()).decode()}"
    if faults:
        raise BuildError("\n".join(f"mkdocs.yml: extra: clinic: {fault}" for fault in faults))
    return clinic


def build(root: Path, site: Path, say: Callable[[str], None] = print) -> None:
    """Build everything into `site`. On any fault the old `site` stays as it was.

    Raises BuildError, ContentError, ExtractionError or RenderError with all that is to mend.
    """
    root = root.resolve()
    # Beside the old site, so that the last step is a rename on the same disk.
    cache = root / ".cache" / "handouts"
    new = site.parent / f".build-{site.name}-{os.getpid()}"
    shutil.rmtree(new, ignore_errors=True)
    try:
        data = load(root)
        pages = load_pages(root, data)
        imprint, tree = read_settings(root)
        say(f"data: {len(data.rows)} rows and {len(data.references)} sources are sound")
        build_pages(root, new, data.changes.changes[0].date)
        write_used_on(new, pages)
        write_print_status(new, pages, data)
        say(f"pages: {len(pages)} built")
        files = exports.write_downloads(data, new / "downloads", imprint.site_name, imprint.site_url)
        say(f"downloads: {len(files)} files")
        entries = print_sheets(
            all_sheets(new, pages, tree, data, imprint),
            data,
            imprint,
            new / "pdf",
            cache,
            progress=progress_line(say),
        )
        handouts = {row.id for row in data.handouts.handouts}
        offer(new, entries, handouts, cache)
        publish(new, pages, tree, imprint, sorted(handouts), data.changes.changes[0].date)
        broken = broken_links(new)
        if broken:
            raise BuildError("broken links:\n" + "\n".join(broken))
        say("links: all lead somewhere")
        replace(new, site)
    finally:
        shutil.rmtree(new, ignore_errors=True)
    say(f"ready: open {site / 'index.html'}")


def offer(site: Path, entries: list[dict[str, Any]], handouts: set[str], cache: Path) -> None:
    """Put beside the PDFs what the handouts page shows: manifest, pictures, archives, pages and sizes."""
    out = site / "pdf"
    write_manifest(entries, out)
    write_pictures(entries, handouts, out, cache)
    archives = write_archives(entries, handouts, out)
    write_file_notes(site, entries, archives.values())


def build_pages(root: Path, out: Path, day: str = "2026-01-01") -> None:
    """Run MkDocs strictly into `out`; `day` is the date that the sitemap bears, instead of today's.

    Raises BuildError with what MkDocs reported.
    """
    run = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(out)],
        cwd=root,
        capture_output=True,
        text=True,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "NO_COLOR": "1", "SOURCE_DATE_EPOCH": _epoch(day)},
        check=False,
    )
    if run.returncode != 0:
        raise BuildError("the pages could not be built:\n" + "\n".join(_reported(root, run.stdout + run.stderr)))


def _epoch(day: str) -> str:
    return str(int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp()))


_MACRO_ERROR = re.compile(
    r"_File_: `(?P<page>[^`]+)`.*?_\w+_: (?P<cause>[^\n]*).*?File \"<template>\", line (?P<line>\d+)", re.DOTALL
)


def _reported(root: Path, output: str) -> list[str]:
    """What is wrong, as MkDocs and its plugins report it: without notes on progress and tracebacks."""
    found = _MACRO_ERROR.search(output)
    if found:
        page = root / "docs" / found["page"]
        # The plugin counts lines below the front matter.
        head, body = page.read_text(encoding="utf-8").split("\n---\n", 1)
        above = head.count("\n") + 2 + len(body) - len(body.lstrip("\n"))
        return [f"docs/{found['page']}:{above + int(found['line'])}: {found['cause']}"]
    lines = [line for line in output.splitlines() if line.strip() and not line.startswith("INFO")]
    return lines or ["MkDocs gave no reason; run: mkdocs build --strict"]


def progress_line(say: Callable[[str], None]) -> Callable[[int, int, Printed], None]:
    """A progress callback that says one line for each PDF."""

    def show(done: int, total: int, printed: Printed) -> None:
        how = "" if printed.rendered else ", unchanged"
        pages = f"{printed.pages} page{'s' if printed.pages > 1 else ''}"
        say(f"pdf: [{done}/{total}] {printed.job.slug} ({printed.job.paper}, {pages}{how})")

    return show


def replace(new: Path, site: Path) -> None:
    """Put the new site in the place of the old one; the old one goes only when the new one stands."""
    old = site.parent / f".old-{site.name}-{os.getpid()}"
    if site.exists():
        site.rename(old)
    new.rename(site)
    shutil.rmtree(old, ignore_errors=True)


FAULTS = (BuildError, ContentError, ExtractionError, LintError, PublishError, RenderError)
