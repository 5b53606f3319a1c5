"""What mkdocs.yml says about this site, checked as strictly as the data."""

import base64
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .checked_values import VERSION
from .faults import ContentError, did_you_mean, shown
from .pages import page_paths
from .strict_reader import DataFile, Place, read_data_text, read_text

FILE = "mkdocs.yml"


_CLINIC = ("name", "phone", "emergency", "logo")


_LOGOS = {".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}


@dataclass(frozen=True)
class Clinic:
    """The clinic whose sheets these are; what is empty is not printed. `logo` is a data address."""

    name: str = ""
    phone: str = ""
    emergency: str = ""
    logo: str = ""


@dataclass(frozen=True)
class Section:
    """A section of the page tree: its name, and the paths of its pages below docs/."""

    name: str
    paths: tuple[str, ...]


@dataclass(frozen=True)
class Site:
    """What the site is called, where it stands, its version, whose it is, and its page tree.

    `address` is the public one with its final slash, or empty.
    """

    name: str
    address: str
    version: str
    clinic: Clinic = Clinic()
    training_address: str = ""
    feedback_address: str = ""
    contact_address: str = ""
    sections: tuple[Section, ...] = ()


def read_site(root: Path) -> Site:
    """The site as mkdocs.yml describes it, read as MkDocs does, `!ENV` included.

    Raises ContentError when it cannot be read or an entry is not right.
    """
    file = DataFile(FILE, of_mkdocs=True)
    text = read_text(root / FILE, file)
    if text is not None:
        read_data_text(text, file)
    config = None if file.faults else _as_mkdocs_reads_it(root, file)
    if config is None:
        raise ContentError(file.faults)
    if re.search(r"""[<>&"{}]""", config["site_name"]):
        _fault(file, ("site_name",), f"expected plain words, got {shown(config['site_name'])}")
    if "macros" not in config["plugins"]:
        _fault(file, ("plugins",), "expected macros among the plugins, which fill the pages; add `- macros`")
    extra = config["extra"]
    site = Site(
        config["site_name"],
        config["site_url"] or "",
        _version(file, extra),
        # Nothing behind the colon is nothing to print.
        _clinic(root, file, {} if extra.get("clinic") is None else extra["clinic"]),
        _address(file, extra, "training_address"),
        _address(file, extra, "feedback_address"),
        _address(file, extra, "contact_address"),
        _page_tree(root, file, config["nav"]),
    )
    if file.faults:
        raise ContentError(file.faults)
    return site


def _as_mkdocs_reads_it(root: Path, file: DataFile) -> Any:
    """The configuration of MkDocs; nothing, and faults in `file`, when it complains."""
    import logging

    from mkdocs.config import load_config
    from mkdocs.exceptions import MkDocsException

    said: list[str] = []

    class Collect(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said.append(" ".join(record.getMessage().split()))

    handler, logger = Collect(logging.WARNING), logging.getLogger("mkdocs")
    passes_on, logger.propagate = logger.propagate, False
    logger.addHandler(handler)
    try:
        return load_config(str(root / FILE))
    except (MkDocsException, ValueError) as error:
        for problem in said or [" ".join(str(error).split()) or "not readable"]:
            # MkDocs names the entry, not its line; PyYAML names a line.
            entry, line = re.match(r"Config value '(\w+)'", problem), re.search(r"line (\d+)", problem)
            file.add_fault(file.line((entry[1],)) if entry else int(line[1]) if line else 1, problem)
        return None
    finally:
        logger.removeHandler(handler)
        logger.propagate = passes_on


def _fault(file: DataFile, place: Place, problem: str) -> None:
    entry = ": ".join(part for part in place if isinstance(part, str))
    file.add_fault(file.line(place), problem, entry)


def _version(file: DataFile, extra: Any) -> str:
    version = extra.get("version")
    if version is None:
        _fault(file, ("extra", "version"), "missing; every page prints it")
    elif not isinstance(version, str) or not re.fullmatch(VERSION, version):
        _fault(file, ("extra", "version"), f"expected a version such as 1.0.0, got {shown(version)}")
    return str(version)


def _address(file: DataFile, extra: Any, name: str) -> str:
    address = extra.get(name)
    if address is None:
        return ""
    if not isinstance(address, str) or not re.fullmatch(r"""|https?://[^\s<>"]+|[^\s<>":/@]+@[^\s<>":/@]+""", address):
        problem = f"expected an e-mail address or one that begins with https://, got {shown(address)}"
        _fault(file, ("extra", name), problem)
        return ""
    return address


def _page_tree(root: Path, file: DataFile, nav: Any) -> tuple[Section, ...]:
    """The sections of the page tree with the paths of their pages; pages outside a section are left out."""
    if not isinstance(nav, list):
        _fault(file, ("nav",), "missing; it lists the pages")
        return ()
    tree: list[Section] = []
    named: list[tuple[str, Place]] = []
    for number, item in enumerate(nav):
        for name, entry in item.items() if isinstance(item, dict) else [(None, item)]:
            place: Place = ("nav", number) if name is None else ("nav", number, str(name))
            if isinstance(entry, str):
                named.append((entry, place))
                continue
            if not isinstance(entry, list):
                _fault(file, place, f"expected the path of a page, or a list of them, got {shown(entry)}")
                continue
            paths = [(path, (*place, index)) for index, path in enumerate(entry)]
            for path, where in paths:
                if not isinstance(path, str):
                    _fault(file, where, f"expected the path of a page, got {shown(path)}")
            named += [(path, where) for path, where in paths if isinstance(path, str)]
            tree.append(Section(str(name), tuple(path for path, _ in paths if isinstance(path, str))))
    _listed_pages(root, file, named)
    return tuple(tree)


def _listed_pages(root: Path, file: DataFile, named: list[tuple[str, Place]]) -> None:
    """The page tree names every page once, and no other."""
    known = page_paths(root)
    first: dict[str, Place] = {}
    for path, place in named:
        if path not in known:
            _fault(file, place, f"no page docs/{path}{did_you_mean(path, known)}")
        elif path in first:
            _fault(file, place, f"docs/{path} stands twice, first in line {file.line(first[path])}; keep one")
        first.setdefault(path, place)
    for path in known:
        if path not in first:
            _fault(file, ("nav",), f"docs/{path} stands nowhere in it; add it to a section")


def _clinic(root: Path, file: DataFile, given: Any) -> Clinic:
    """The clinic's entries; the logo as a data address, so that a print needs no file beside it."""
    entry = ("extra", "clinic")
    if not isinstance(given, dict):
        _fault(file, entry, f"expected {', '.join(_CLINIC)}, got {shown(given)}")
        return Clinic()
    clinic = {}
    for name, value in given.items():
        if name not in _CLINIC:
            hint = did_you_mean(str(name), _CLINIC)
            _fault(file, (*entry, str(name)), f"unknown{hint}; there are: {', '.join(_CLINIC)}")
        elif value is not None and not isinstance(value, str):
            _fault(file, (*entry, name), f"expected text, got {shown(value)} (put it in quotes)")
        elif value and value.strip():
            clinic[name] = value.strip()
    if "logo" in clinic:
        clinic["logo"] = _logo(root, file, clinic["logo"])
    return Clinic(**clinic)


def _logo(root: Path, file: DataFile, name: str) -> str:
    """The picture docs/`name` as a data address."""
    path = root / "docs" / name
    kind = _LOGOS.get(path.suffix.lower())
    if kind is None:
        problem = f"expected a file that ends in {', '.join(_LOGOS)}, got {shown(name)}"
    elif not path.is_file():
        problem = f"no file {shown(f'docs/{name}')}"
    elif path.stat().st_size > 100_000:
        problem = f"docs/{name} is larger than 100 kB; every sheet carries it, so make it smaller"
    else:
        return f"data:{kind};base64,{base64.b64encode(path.read_bytes()).decode()}"
    _fault(file, ("extra", "clinic", "logo"), problem)
    return ""
