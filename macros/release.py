"""A release: one version everywhere, the changes as notes, an archive of the site with its checksum, and a tag.

Two steps with a look at the difference between them: ``prepare`` writes the version where it stands, ``release`` proves
that all agree, builds, packs and tags. Nothing is sent anywhere.
"""

import hashlib
import re
import subprocess
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

from . import changes
from .archive import write_archive
from .build import build
from .data import FOLDER, Data, load
from .settings import FILE, read_settings
from .source import ContentError, Fault

_HEADING = r"^## {}(?: [^\n]*)?\n"
# What holds the version, and the pattern of its line.
_PLACES = {
    FILE: re.compile(r"^(  version: )(\S+)", re.MULTILINE),
    "pyproject.toml": re.compile(r'^(version = ")([^"]+)', re.MULTILINE),
}


def prepare(root: Path, version: str) -> list[str]:
    """Write `version` into mkdocs.yml, pyproject.toml and CHANGELOG.md and take the numbers as recorded.

    Returns the files written. Raises ContentError when changes.yml does not begin with an entry of that version.
    """
    data = load(root)
    faults = list(_not_next(data, version))
    if faults:
        raise ContentError(faults)
    for name, pattern in _PLACES.items():
        text = (root / name).read_text(encoding="utf-8")
        (root / name).write_text(pattern.sub(rf"\g<1>{version}", text, count=1), encoding="utf-8")
    log = root / "CHANGELOG.md"
    text = log.read_text(encoding="utf-8")
    if not re.search(_HEADING.format(re.escape(version)), text, re.MULTILINE):
        heading = f"## {version} ({data.changes.changes[0].date})\n"
        log.write_text(
            re.sub(_HEADING.format("Unreleased"), heading, text, count=1, flags=re.MULTILINE), encoding="utf-8"
        )
    changes.record(data, root)
    return [*_PLACES, log.name, changes.RECORD]


def release(root: Path, version: str, out: Path, say: Callable[[str], None] = print) -> list[Path]:
    """Build the site, write its archive, notes and checksums into `out` and set the tag; returns the files.

    Raises ContentError with all that does not agree; then nothing is built and no tag set.
    """
    data = load(root)
    faults = [*_not_next(data, version), *_elsewhere(root, data, version), *_in_git(root, version)]
    if faults:
        raise ContentError(faults)
    build(root, root / "site", say)
    out.mkdir(parents=True, exist_ok=True)
    name = f"{tomllib.loads((root / 'pyproject.toml').read_text(encoding='utf-8'))['project']['name']}-{version}"
    archive, told, sums = out / f"{name}-site.zip", out / f"{name}-notes.md", out / f"{name}-sha256.txt"
    pack(root / "site", archive, name, data.changes.changes[0].date)
    told.write_text(notes(root, data, version), encoding="utf-8")
    files = [archive, told]
    # As `sha256sum --check` reads it.
    lines = [f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n" for file in files]
    sums.write_text("".join(lines), encoding="utf-8")
    _git(root, "tag", "--annotate", f"v{version}", "--file", str(told.resolve()), "--cleanup=verbatim")
    say(f"tag: v{version} is set; send it with: git push origin v{version}")
    return [*files, sums]


def notes(root: Path, data: Data, version: str) -> str:
    """What changed in the content, from changes.yml, and in the code, from CHANGELOG.md."""
    lines = [f"# {version}", "", "Content:", ""]
    lines += [f"- {entry.type}: {entry.summary}" for entry in data.changes.changes if entry.version == version]
    log = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    found = re.search(rf"{_HEADING.format(re.escape(version))}(.*?)(?=^## |\Z)", log, re.MULTILINE | re.DOTALL)
    if found and found[1].strip():
        lines += ["", "Code and format:", "", found[1].strip()]
    return "\n".join(lines) + "\n"


def pack(site: Path, archive: Path, top: str, day: str) -> None:
    """Write the whole site as an archive that unpacks into the folder `top`; the same site gives the same bytes."""
    files = sorted(path for path in site.rglob("*") if path.is_file())
    write_archive(archive, ((f"{top}/{path.relative_to(site).as_posix()}", path.read_bytes(), day) for path in files))


def _not_next(data: Data, version: str) -> Iterator[Fault]:
    if not re.fullmatch(r"\d+\.\d+\.\d+", version):
        yield Fault(
            "python -m macros release", 1, "", "version", f"expected three numbers such as 1.1.0, got '{version}'"
        )
    first = data.changes.changes[0]
    if first.version != version:
        yield Fault(
            f"{FOLDER}/changes.yml", 1, first.id, "version",
            f"the newest entry is of {first.version}, not of {version}; add one that says what changed",
        )  # fmt: skip


def _elsewhere(root: Path, data: Data, version: str) -> Iterator[Fault]:
    cure = f"python -m macros release {version} --prepare writes it"
    for name, pattern in _PLACES.items():
        found = pattern.search((root / name).read_text(encoding="utf-8"))
        if not found or found[2] != version:
            yield Fault(name, 1, "", "version", f"expected {version}, got {found[2] if found else 'none'}; {cure}")
    log = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    if not re.search(_HEADING.format(re.escape(version)), log, re.MULTILINE):
        yield Fault("CHANGELOG.md", 1, "", "", f"no heading '## {version}'; {cure}")
    if not changes.is_recorded(data, root):
        yield Fault(changes.RECORD, 1, "", "", f"does not hold the numbers of {version}; {cure}")
    yield from changes.unrecorded(data, root, read_settings(root)[0].version)


def _in_git(root: Path, version: str) -> Iterator[Fault]:
    if _git(root, "status", "--porcelain"):
        yield Fault("git", 1, "", "", "there are changes that are not committed; commit them or put them away")
    if _git(root, "tag", "--list", f"v{version}"):
        yield Fault(
            "git", 1, "", "", f"the tag v{version} is set already; a release is never changed, take a new version"
        )


def _git(root: Path, *arguments: str) -> str:
    run = subprocess.run(["git", *arguments], cwd=root, capture_output=True, text=True, check=False)
    if run.returncode:
        raise ContentError([Fault("git", 1, "", "", " ".join(run.stderr.split()) or "git failed")])
    return run.stdout.strip()
