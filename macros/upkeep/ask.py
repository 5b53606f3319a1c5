"""Ask a service over the network: at its pace, again after a passing fault, and for each thing once a day."""

import hashlib
import json
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from email.utils import parsedate_to_datetime
from pathlib import Path
from time import monotonic, sleep, time

import requests

from ..content.faults import did_you_mean, in_short


@dataclass(frozen=True)
class Service:
    """A service: its name, its address, and the seconds between two questions that it asks for."""

    name: str
    address: str
    pause: float


# By what an option calls them. What they ask for, as of November 2026: Crossref tells it with each answer and is asked
# more slowly where it tells less; E-utilities three questions a second; openFDA 240 and ClinicalTrials.gov 50 a minute.
SERVICES = {
    "crossref": Service("Crossref", "https://api.crossref.org", 0.2),
    "pubmed": Service("PubMed", "https://eutils.ncbi.nlm.nih.gov/entrez/eutils", 0.34),
    "openfda": Service("openFDA", "https://api.fda.gov", 0.25),
    "trials": Service("ClinicalTrials.gov", "https://clinicaltrials.gov/api/v2", 1.2),
}
TOOL = "caha-and-skin"
# The waits, in seconds, before a question is asked again; a service that wants a longer one is left alone.
WAITS = (1.0, 4.0, 15.0)
LONGEST = 120.0
_SECONDS = 30  # for an answer
_PASSING = frozenset({429, 500, 502, 503, 504})


class RefusedError(Exception):
    """A question has no answer that can be used; the message says which, and why."""


@dataclass(frozen=True)
class Answer:
    """What a service said; not `found` is its word that it has no such thing."""

    text: str
    found: bool = True


class Asker:
    """Asks the services; what they answered on a day is kept in a folder, and not asked again on that day."""

    def __init__(self, contact: str, cache: Path, day: str, addresses: Mapping[str, str] | None = None):
        """`contact` is an e-mail address, `day` today's, `addresses` other ones than those of SERVICES."""
        self.services = {
            key: replace(service, address=(addresses or {}).get(key, service.address).rstrip("/"))
            for key, service in SERVICES.items()
        }
        self._contact = contact
        self._cache = cache / day
        for other in cache.glob("*-*-*"):
            if other != self._cache:
                shutil.rmtree(other)
        self._cache.mkdir(parents=True, exist_ok=True)
        self._session = requests.Session()
        self._session.headers["User-Agent"] = f"{TOOL} (mailto:{contact})"
        self._pauses = {key: service.pause for key, service in self.services.items()}
        self._ready: dict[str, float] = {}  # when a service may be asked again
        self._silent: dict[str, str] = {}  # services that did not answer, and what is told of them

    def get(self, key: str, path: str, parameters: Mapping[str, str] | None = None) -> Answer:
        """What the service `key` answers at a path.

        Raises RefusedError when it does not answer, or with a fault that does not pass; from then on without asking.
        """
        service = self.services[key]
        asked = json.dumps([service.address, path, dict(parameters or {})], ensure_ascii=False)
        kept = self._cache / f"{hashlib.sha256(asked.encode()).hexdigest()[:24]}.json"
        if (answer := _kept(kept)) is not None:
            return answer
        if key in self._silent:
            raise RefusedError(self._silent[key])
        try:
            answer = self._answer(key, f"{service.address}/{path}", self._with_contact(key, parameters))
        except _SilentError as error:
            self._silent[key] = f"{service.name} {error}; ask again later"
            raise RefusedError(self._silent[key]) from None
        _keep(kept, answer)
        return answer

    def _with_contact(self, key: str, parameters: Mapping[str, str] | None) -> dict[str, str]:
        """The parameters with who asks, in the form in which the service wants to be told."""
        told = {"crossref": {"mailto": self._contact}, "pubmed": {"tool": TOOL, "email": self._contact}}
        return {**(parameters or {}), **told.get(key, {})}

    def _answer(self, key: str, address: str, parameters: dict[str, str]) -> Answer:
        problem = ""
        for wait in (*WAITS, None):
            longer = 0.0
            self._pause(key)
            try:
                response = self._session.get(address, params=parameters, timeout=_SECONDS)
            except requests.RequestException as error:
                problem = f"could not be reached ({_why(error)})"
            else:
                self._slower(key, response)
                if response.status_code not in _PASSING:
                    return self._read(key, response)
                problem = f"answered {response.status_code} {response.reason}"
                longer = _retry_after(response)
            if longer > LONGEST:
                raise _SilentError(f"{problem} and wants to be left alone for {longer:.0f} seconds")
            if wait is not None:
                sleep(max(wait, longer))
        raise _SilentError(f"{problem}, {len(WAITS) + 1} times")

    def _read(self, key: str, response: requests.Response) -> Answer:
        name = self.services[key].name
        try:
            text = response.content.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise RefusedError(f"{name} gave an answer that is no text in UTF-8") from None
        if response.status_code not in (200, 404):
            said = in_short(re.sub(r"<[^>]*>", " ", text), 120)
            raise RefusedError(f"{name} answered {response.status_code} {response.reason}: {said or 'without a word'}")
        return Answer(text, found=response.status_code == 200)

    def _pause(self, key: str) -> None:
        if (left := self._ready.get(key, 0.0) - monotonic()) > 0:
            sleep(left)
        self._ready[key] = monotonic() + self._pauses[key]

    def _slower(self, key: str, response: requests.Response) -> None:
        """Take the pace that Crossref tells with an answer, where it is slower than ours: 5 questions in 1s."""
        limit, interval = (response.headers.get(f"x-rate-limit-{name}", "") for name in ("limit", "interval"))
        if limit.isdecimal() and int(limit) and (seconds := re.fullmatch(r"(\d+)s", interval)):
            self._pauses[key] = max(self.services[key].pause, int(seconds[1]) / int(limit))


class _SilentError(Exception):
    """A service does not answer, or not now."""


def other_addresses(given: list[str]) -> dict[str, str]:
    """Addresses by service of words such as crossref=http://127.0.0.1:8000.

    Raises ValueError with its cure for words of another form.
    """
    found = {}
    for words in given:
        key, _, address = words.partition("=")
        if key not in SERVICES or not re.fullmatch(r"https?://\S+", address):
            hint = did_you_mean(key, SERVICES)
            raise ValueError(f"expected SERVICE=ADDRESS with one of {', '.join(SERVICES)}, got '{words}'{hint}")
        found[key] = address
    return found


def _why(error: requests.RequestException) -> str:
    """Why a service was not reached, as one says it who looks for the cure."""
    kinds = (
        (requests.exceptions.ProxyError, "the proxy of this network refuses"),
        (requests.exceptions.SSLError, "its certificate is not accepted here"),
        (requests.Timeout, f"no answer within {_SECONDS} s"),
        (requests.ConnectionError, "no connection: is there a network?"),
    )
    return next((words for kind, words in kinds if isinstance(error, kind)), "the connection broke off")


def _retry_after(response: requests.Response) -> float:
    """The seconds that the service asks to wait: told as a number or as a time."""
    told = response.headers.get("Retry-After", "")
    if told.isdecimal():
        return float(told)
    try:
        return max(0.0, parsedate_to_datetime(told).timestamp() - time())
    except ValueError:
        return 0.0


def _kept(path: Path) -> Answer | None:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        return Answer(found["text"], found["found"])
    except (OSError, ValueError, KeyError, TypeError):
        return None  # not asked yet, or what was written is not whole: ask


def _keep(path: Path, answer: Answer) -> None:
    new = path.with_suffix(".new")
    new.write_text(json.dumps({"text": answer.text, "found": answer.found}), encoding="utf-8")
    new.replace(path)
