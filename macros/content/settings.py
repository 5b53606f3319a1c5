"""What mkdocs.yml says about this site, checked as strictly as the data."""

import base64
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

import yaml

from .checked_values import VERSION
from .faults import ContentError, Fault, did_you_mean, shown


@dataclass(frozen=True)
class Imprint:
    """What every print says of where it comes from; `clinic` holds name, phone, emergency and logo (a data address)."""

    site_name: str
    site_url: str
    version: str
    clinic: dict[str, str] = field(default_factory=dict)

    def address(self, source: str) -> str:
        """The public address of a page for this version, or the page's path when the site has no address."""
        if self.site_url:
            return f"{self.site_url}{source}?v={quote(self.version)}"
        return f"{self.site_name}: {source.strip('/') or 'home page'}"


FILE = "mkdocs.yml"


_CLINIC = ("name", "phone", "emergency", "logo")


_LOGOS = {".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}


@dataclass(frozen=True)
class Settings:
    """The entries of `extra`: what is printed on every page and sheet."""

    version: str
    clinic: dict[str, str] = field(default_factory=dict)
    training_address: str = ""
    feedback_address: str = ""


def read_settings(root: Path) -> tuple[Imprint, list[tuple[str, list[str]]]]:
    """What every print bears, and the page tree, from mkdocs.yml, read as MkDocs does, `!ENV` included.

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
    settings = checked_settings(root, config["extra"])
    faults = []
    if re.search(r"""[<>&"{}]""", config["site_name"]):
        faults.append(_fault("site_name", f"expected plain words, got {shown(config['site_name'])}"))
    tree = _page_tree(config["nav"], faults)
    if faults:
        raise ContentError(faults)
    return Imprint(config["site_name"], config["site_url"] or "", settings.version, settings.clinic), tree


def checked_settings(root: Path, extra: Any) -> Settings:
    """The entries of `extra` in mkdocs.yml, checked.

    Raises ContentError with all that is wrong.
    """
    faults: list[Fault] = []
    version, clinic = extra.get("version"), extra.get("clinic")
    if version is None:
        faults.append(_fault("extra: version", "missing; every page prints it"))
    elif not isinstance(version, str) or not re.fullmatch(VERSION, version):
        faults.append(_fault("extra: version", f"expected a version such as 1.0.0, got {shown(version)}"))
    training = _address(extra, "training_address", faults)
    feedback = _address(extra, "feedback_address", faults)
    # Nothing behind the colon is nothing to print.
    entries = _clinic(root, {} if clinic is None else clinic, faults)
    if faults:
        raise ContentError(faults)
    return Settings(str(version), entries, training, feedback)


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


def _page_tree(nav: Any, faults: list[Fault]) -> list[tuple[str, list[str]]]:
    """The sections of the page tree with the paths of their pages; pages outside a section are left out."""
    if not isinstance(nav, list):
        faults.append(_fault("nav", "missing; it lists the pages"))
        return []
    tree = []
    for item in nav:
        for name, entries in item.items() if isinstance(item, dict) else ():
            if not isinstance(entries, list):
                continue
            tree.append((str(name), [path for path in entries if isinstance(path, str)]))
            for entry in entries:
                if not isinstance(entry, str):
                    faults.append(_fault(f"nav: {name}", f"expected the path of a page, got {shown(entry)}"))
    return tree


def _clinic(root: Path, given: Any, faults: list[Fault]) -> dict[str, str]:
    """The clinic's entries; the logo as a data address, so that a print needs no file beside it."""
    entry = "extra: clinic"
    if not isinstance(given, dict):
        faults.append(_fault(entry, f"expected {', '.join(_CLINIC)}, got {shown(given)}"))
        return {}
    for name, value in given.items():
        if name not in _CLINIC:
            hint = did_you_mean(str(name), _CLINIC)
            faults.append(_fault(entry, f"{name}: unknown{hint}; there are: {', '.join(_CLINIC)}"))
        elif value is not None and not isinstance(value, str):
            faults.append(_fault(entry, f"{name}: expected text, got {shown(value)} (put it in quotes)"))
    clinic = {name: value.strip() for name, value in given.items() if isinstance(value, str) and value.strip()}
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
    return clinic
