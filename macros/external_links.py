"""Ask every external address of the built site whether it still answers. The only part of the project that uses a
network, and only when it is called by name: python -m macros links --external.

An address that refuses programs, or is known to be gone, stands in `macros/external_links.yml` with the reason and
the day on which a person looked. It is asked for all the same; its answer then only stands in the report.
"""

import datetime
import re
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from http.client import HTTPException
from pathlib import Path

import lxml.html

from . import model
from .source import ContentError, Source, read_source

ALLOWED = "macros/external_links.yml"
AGENT = "caha-and-skin link check"
# Answers that say "not for programs", "ask later" or "not this way": the address itself may be good.
_ASK_AGAIN = {408, 425, 429, 500, 502, 503, 504}
_LONGEST_WAIT_SECONDS = 30.0
# Not urlsplit: it raises on an address that is not well formed, which is to stand in the report.
_HOST = re.compile(r"https?://([^/?#]*)")


@dataclass(frozen=True)
class Manners:
    """How to ask: bounded in number, time and size."""

    timeout_seconds: float = 20
    tries: int = 3
    pause_seconds: float = 1  # between two questions to one host, and before the second try; doubled for each more
    hosts_at_once: int = 8
    most: int = 2000  # addresses in one run


@dataclass(frozen=True)
class Answer:
    """What came of one address: `status` is that of HTTP, or 0 when there was no answer."""

    address: str
    status: int
    words: str
    pages: tuple[str, ...] = ()
    allowed: str = ""

    @property
    def good(self) -> bool:
        """Whether the address leads somewhere."""
        return 200 <= self.status < 300


@dataclass(frozen=True)
class Report:
    """The answers, and entries of the list of exceptions that are no longer needed."""

    answers: list[Answer] = field(default_factory=list)
    idle: list[str] = field(default_factory=list)

    @property
    def broken(self) -> list[Answer]:
        """Addresses that lead nowhere and have no entry in the list."""
        return [answer for answer in self.answers if not answer.good and not answer.allowed]

    def __str__(self) -> str:
        allowed = [answer for answer in self.answers if not answer.good and answer.allowed]
        lines = [f"BROKEN: {one.address}: {one.words} (on {', '.join(one.pages)})" for one in self.broken]
        lines += [f"Allowed: {one.address}: {one.words} ({one.allowed})" for one in allowed]
        lines += [f"Not needed: {ALLOWED}: {address}; remove the entry" for address in self.idle]
        good = len(self.answers) - len(self.broken) - len(allowed)
        lines.append(f"{len(self.answers)} external links: {good} answer, {len(allowed)} are allowed not to, "
                     f"{len(self.broken)} are broken.")  # fmt: skip
        return "\n".join(lines)


def external_links(site: Path) -> dict[str, tuple[str, ...]]:
    """Every address of another host that a page below `site` links to, with the pages, without what follows a #."""
    found: dict[str, list[str]] = {}
    for page in sorted(site.rglob("*.html")):
        for target in lxml.html.parse(str(page)).xpath("//a/@href"):
            address = str(target).partition("#")[0]
            name = page.relative_to(site).as_posix()
            if _HOST.match(address) and name not in found.setdefault(address, []):
                found[address].append(name)
    return {address: tuple(pages) for address, pages in sorted(found.items())}


def read_allowed(root: Path) -> dict[str, str]:
    """The exceptions, by address: day and reason.

    Raises ContentError with every entry that lacks something.
    """
    source = read_source(root / ALLOWED, ALLOWED)
    content = source.content if isinstance(source.content, dict) else {}
    entries = content.get("allowed")
    if not source.faults and (set(content) != {"allowed"} or not isinstance(entries, list)):
        source.add_fault(1, "expected one list under the name 'allowed'; [] when there is none")
    found: dict[str, str] = {}
    for number, entry in enumerate(entries if isinstance(entries, list) else []):
        problem = _problem(entry)
        if problem:
            source.add_fault(source.line(("allowed", number)), problem)
        elif entry["address"] in found:
            source.add_fault(source.line(("allowed", number)), f"{entry['address']} stands twice; keep one")
        else:
            found[entry["address"]] = f"{entry['looked']}: {entry['reason']}"
    if source.faults:
        raise ContentError(source.faults)
    return found


def _problem(entry: object) -> str:
    """What is wrong with an entry of the list, or nothing."""
    names = ("address", "reason", "looked")
    if not isinstance(entry, dict) or set(entry) != set(names):
        return f"expected the fields {', '.join(names)}, got {model.shown(entry)}"
    for name in names:
        if not isinstance(entry[name], str) or not entry[name].strip():
            return f"{name}: expected text in quotes, got {model.shown(entry[name])}"
    if not re.fullmatch(r"https?://\S+", entry["address"]):
        return f"address: expected one that begins with https://, got {model.shown(entry['address'])}"
    try:
        datetime.date.fromisoformat(entry["looked"])
    except ValueError:
        return f"looked: expected a day such as '2026-11-24', got {model.shown(entry['looked'])}"
    return ""


def check(
    links: dict[str, tuple[str, ...]],
    allowed: dict[str, str],
    manners: Manners = Manners(),
    say: Callable[[str], None] = lambda line: None,
) -> Report:
    """Ask for every address; hosts side by side, the addresses of one host one after another with a pause.

    Raises ContentError when there are more addresses than one run may ask for.
    """
    if len(links) > manners.most:
        too_many = Source(ALLOWED)
        too_many.add_fault(1, f"{len(links)} external links, but a run asks for at most {manners.most}")
        raise ContentError(too_many.faults)
    by_host: dict[str, list[str]] = {}
    for address in links:
        host = _HOST.match(address)
        by_host.setdefault(host[1].lower() if host else "", []).append(address)
    with ThreadPoolExecutor(manners.hosts_at_once) as pool:
        asked = pool.map(partial(_ask_host, manners=manners, say=say), by_host.values())
        found = {answer.address: answer for answers in asked for answer in answers}
    answers = [
        Answer(address, found[address].status, found[address].words, pages, allowed.get(address, ""))
        for address, pages in links.items()
    ]
    good = {answer.address for answer in answers if answer.good}
    return Report(answers, [address for address in allowed if address in good or address not in links])


def _ask_host(addresses: Iterable[str], manners: Manners, say: Callable[[str], None]) -> list[Answer]:
    answers = []
    for place, address in enumerate(addresses):
        if place:
            time.sleep(manners.pause_seconds)
        answers.append(ask(address, manners))
        say(f"{answers[-1].words}: {address}")
    return answers


def ask(address: str, manners: Manners) -> Answer:
    """Ask for one address: its head first, the whole when the host does not answer to that; again when it is busy."""
    pause = manners.pause_seconds
    answer = Answer(address, 0, "not asked")
    for number in range(manners.tries):
        if number:
            time.sleep(min(pause, _LONGEST_WAIT_SECONDS))
            pause *= 2
        for method in ("HEAD", "GET"):
            answer = _once(address, method, manners.timeout_seconds)
            if answer.good:
                return answer
        if answer.status and answer.status not in _ASK_AGAIN:
            return answer
    return answer


def _once(address: str, method: str, timeout_seconds: float) -> Answer:
    try:
        request = urllib.request.Request(address, method=method, headers={"User-Agent": AGENT, "Accept": "*/*"})
        # Nothing of the body is read.
        with urllib.request.urlopen(request, timeout=timeout_seconds) as reply:
            return Answer(address, reply.status, f"answers {reply.status}")
    except urllib.error.HTTPError as error:
        error.close()
        return Answer(address, error.code, f"answers {error.code} {error.reason}".strip())
    except (OSError, HTTPException, ValueError) as error:
        return Answer(address, 0, f"no answer: {getattr(error, 'reason', None) or error or type(error).__name__}")
