"""One run of `python -m macros sources`: asks, compares, writes where that was wanted, and reports."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tqdm import tqdm

from ..content.faults import ContentError, Fault, did_you_mean
from ..content.load import Data, load
from ..content.settings import FILE, Site, read_site
from . import report
from .ask import Asker, other_addresses
from .news import ask_for_news
from .verify import complete, verify

CACHE = ".cache/sources"


class WantedError(Exception):
    """What is asked for cannot be; the message says why, with its cure."""


@dataclass(frozen=True)
class Wanted:
    """What is asked for: comparing, of all sources or of some; writing; replacing of some; news since a day."""

    today: str
    verify: bool = False
    complete: bool = False
    keys: Sequence[str] = ()
    replace: Collection[str] = ()
    since: str | None = None
    at: Sequence[str] = ()


def run(root: Path, wanted: Wanted, say: Callable[[str], None]) -> bool:
    """Do what is wanted for the project in the folder `root`; returns whether everybody could be asked.

    Raises WantedError and, for content that is not sound, ContentError.
    """
    data, site = load(root), read_site(root)
    try:
        addresses = other_addresses(list(wanted.at))
    except ValueError as error:
        raise WantedError(f"--at: {error}") from None
    asker = Asker(_contact(site), root / CACHE, wanted.today, addresses)
    whole = True
    if wanted.verify or wanted.complete:
        keys = _known(data, wanted.keys or list(data.references))
        replace = _known(data, wanted.replace)
        made = verify(asker, [data.references[key] for key in keys], _bar)
        if wanted.complete:
            complete(root, data, made, replace, wanted.today)
        say(report.of_sources(made, data, wanted.today, wanted.complete))
        whole = not any(compared.troubles for compared in made)
    if wanted.since is not None:
        news = ask_for_news(asker, data, wanted.since, wanted.today, _bar)
        say(report.of_news(news))
        whole = whole and not news.troubles
    return whole


def _contact(site: Site) -> str:
    if "@" in site.contact_address and "://" not in site.contact_address:
        return site.contact_address
    problem = (
        "expected an e-mail address: the registers ask for one, to write to before they shut somebody out"
        " (or set CONTACT_ADDRESS in the environment; it is sent to them and printed nowhere)"
    )
    raise ContentError([Fault(FILE, 1, "", "extra: contact_address", problem)])


def _known(data: Data, keys: Iterable[str]) -> list[str]:
    unknown = [key for key in keys if key not in data.references]
    if unknown:
        raise WantedError("\n".join(f"no source '{key}'{did_you_mean(key, data.references)}" for key in unknown))
    return list(keys)


def _bar(things: Iterable[Any], word: str) -> Iterable[Any]:
    """The same things, and on a terminal a bar that tells how far they are."""

    class Bar(tqdm):  # type: ignore[misc]
        monitor_interval = 0  # no thread that watches it

    return Bar(things, word, disable=None, leave=False)
