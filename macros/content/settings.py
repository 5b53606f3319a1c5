"""What mkdocs.yml says about this site, checked as strictly as the data."""

import base64
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import yaml

from .checked_values import VERSION
from .faults import ContentError, Fault, did_you_mean, shown

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
    sections: tuple[Section, ...] = ()

    def print_address(self, page: str) -> str:
        """Where a print of the page at the address `page` is looked up, with this version; without a public address
        of the site the name of the page.
        """
        if self.address:
            return f"{self.address}{page}?v={quote(self.version)}"
        return f"{self.name}: {page.strip('/') or 'home page'}"


def read_site(root: Path) -> Site:
    """The site as mkdocs.yml describes it, read as MkDocs does, `!ENV` included.

    Raises ContentError when it cannot be read or an entry is not right.
    """
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
        config: Any = load_config(str(root / FILE))
    except (MkDocsException, yaml.YAMLError, ValueError, TypeError) as error:
        problem = "; ".join(said) or " ".join(str(error).split()) or "not readable"
        raise ContentError([Fault(FILE, _line_named_in(error), "", "", problem)]) from None
    finally:
        logger.removeHandler(handler)
        logger.propagate = passes_on
    faults: list[Fault] = []
    if re.search(r"""[<>&"{}]""", config["site_name"]):
        faults.append(_fault("site_name", f"expected plain words, got {shown(config['site_name'])}"))
    extra = config["extra"]
    site = Site(
        config["site_name"],
        config["site_url"] or "",
        _version(extra, faults),
        # Nothing behind the colon is nothing to print.
        _clinic(root, {} if extra.get("clinic") is None else extra["clinic"], faults),
        _address(extra, "training_address", faults),
        _address(extra, "feedback_address", faults),
        _page_tree(config["nav"], faults),
    )
    if faults:
        raise ContentError(faults)
    return site


def _version(extra: Any, faults: list[Fault]) -> str:
    version = extra.get("version")
    if version is None:
        faults.append(_fault("extra: version", "missing; every page prints it"))
    elif not isinstance(version, str) or not re.fullmatch(VERSION, version):
        faults.append(_fault("extra: version", f"expected a version such as 1.0.0, got {shown(version)}"))
    return str(version)


def _address(extra: Any, name: str, faults: list[Fault]) -> str:
    address = extra.get(name)
    if address is None:
        return ""
    if not isinstance(address, str) or not re.fullmatch(r"""|https?://[^\s<>"]+|[^\s<>":/@]+@[^\s<>":/@]+""", address):
        problem = f"expected an e-mail address or one that begins with https://, got {shown(address)}"
        faults.append(_fault(f"extra: {name}", problem))
        return ""
    return address


def _fault(entry: str, problem: str) -> Fault:
    return Fault(FILE, 1, "", entry, problem)


def _line_named_in(error: Exception) -> int:
    found = re.search(r"line (\d+)", str(error))
    return int(found[1]) if found else 1


def _page_tree(nav: Any, faults: list[Fault]) -> tuple[Section, ...]:
    """The sections of the page tree with the paths of their pages; pages outside a section are left out."""
    if not isinstance(nav, list):
        faults.append(_fault("nav", "missing; it lists the pages"))
        return ()
    tree = []
    for item in nav:
        for name, entries in item.items() if isinstance(item, dict) else ():
            if not isinstance(entries, list):
                continue
            tree.append(Section(str(name), tuple(path for path in entries if isinstance(path, str))))
            for entry in entries:
                if not isinstance(entry, str):
                    faults.append(_fault(f"nav: {name}", f"expected the path of a page, got {shown(entry)}"))
    return tuple(tree)


def _clinic(root: Path, given: Any, faults: list[Fault]) -> Clinic:
    """The clinic's entries; the logo as a data address, so that a print needs no file beside it."""
    entry = "extra: clinic"
    if not isinstance(given, dict):
        faults.append(_fault(entry, f"expected {', '.join(_CLINIC)}, got {shown(given)}"))
        return Clinic()
    for name, value in given.items():
        if name not in _CLINIC:
            hint = did_you_mean(str(name), _CLINIC)
            faults.append(_fault(entry, f"{name}: unknown{hint}; there are: {', '.join(_CLINIC)}"))
        elif value is not None and not isinstance(value, str):
            faults.append(_fault(entry, f"{name}: expected text, got {shown(value)} (put it in quotes)"))
    clinic = {
        name: value.strip()
        for name, value in given.items()
        if name in _CLINIC and isinstance(value, str) and value.strip()
    }
    if clinic.get("logo"):
        path = root / "docs" / clinic["logo"]
        kind = _LOGOS.get(path.suffix.lower())
        if kind is None:
            expected = f"expected a file that ends in {', '.join(_LOGOS)}, got {shown(clinic['logo'])}"
            faults.append(_fault(entry, f"logo: {expected}"))
        elif not path.is_file():
            faults.append(_fault(entry, f"logo: no file {shown('docs/' + clinic['logo'])}"))
        elif path.stat().st_size > 100_000:
            problem = f"docs/{clinic['logo']} is larger than 100 kB; every sheet carries it, so make it smaller"
            faults.append(_fault(entry, f"logo: {problem}"))
        else:
            clinic["logo"] = f"data:{kind};base64,{base64.b64encode(path.read_bytes()).decode()}"
    return Clinic(**clinic)
