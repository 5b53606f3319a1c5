"""Decisions on approvals, and recalls, by openFDA: https://open.fda.gov/apis/device/, whose fields these are."""

import re
from collections.abc import Sequence
from typing import TypeVar
from urllib.parse import quote

from .ask import SERVICES, Asker, RefusedError
from .entry import words
from .shape import Told, from_json, refused

NAME = "openFDA"
_MOST = "1000"  # of one answer


class Supplement(Told):
    """A decision on an approval, or on a supplement of it."""

    pma_number: str
    supplement_number: str = ""
    decision_date: str
    decision_code: str = ""
    supplement_type: str = ""
    supplement_reason: str = ""
    trade_name: str = ""
    ao_statement: str = ""

    @property
    def number(self) -> str:
        """As labels and letters write it: P050052/S162."""
        return "/".join(part for part in (self.pma_number, self.supplement_number) if part)

    @property
    def address(self) -> str:
        """Its page at the FDA."""
        page = "https://www.accessdata.fda.gov/scripts/cdrh/cfdocs/cfpma/pma.cfm?ID="
        return f"{page}{self.pma_number}{self.supplement_number}"

    @property
    def title(self) -> str:
        """What was decided, in the words of the record."""
        what = self.ao_statement or self.supplement_reason or self.supplement_type
        return words(": ".join(part for part in (self.trade_name, what) if part))


class Recall(Told):
    """A recall: of the two kinds of record, each has one of the two numbers and dates."""

    product_description: str
    reason_for_recall: str = ""
    product_res_number: str = ""
    cfres_id: str = ""
    event_date_posted: str = ""
    recall_number: str = ""
    report_date: str = ""
    classification: str = ""

    @property
    def number(self) -> str:
        """The number of the recall, which both kinds of record bear."""
        return self.product_res_number or self.recall_number

    @property
    def day(self) -> str:
        """The day on which it was made known."""
        return _day(self.event_date_posted or self.report_date)

    @property
    def address(self) -> str:
        """Its page at the FDA; of a record without one, the record."""
        if self.cfres_id:
            return f"https://www.accessdata.fda.gov/scripts/cdrh/cfdocs/cfres/res.cfm?id={self.cfres_id}"
        wanted = quote(f'recall_number:"{self.recall_number}"')
        return f"{SERVICES['openfda'].address}/device/enforcement.json?search={wanted}"

    @property
    def title(self) -> str:
        """What is recalled and why, in the words of the record."""
        parts = (self.classification, self.product_description, self.reason_for_recall)
        return words(": ".join(part for part in parts if part))


class _Error(Told):
    code: str


class _Nothing(Told):
    error: _Error


class _Total(Told):
    total: int


class _Meta(Told):
    results: _Total


class _Supplements(Told):
    meta: _Meta
    results: list[Supplement]


class _Recalls(Told):
    meta: _Meta
    results: list[Recall]


A = TypeVar("A", _Supplements, _Recalls)


def supplements(asker: Asker, number: str, since: str, until: str) -> list[Supplement]:
    """The decisions on an approval and its supplements from one day to another.

    Raises RefusedError when openFDA does not answer, or in another shape than it documents.
    """
    wanted = f'pma_number:"{number}" AND decision_date:[{since} TO {until}]'
    text = _asked(asker, "device/pma.json", wanted)
    found = _all(from_json(text, _Supplements, NAME, number), number).results if text else []
    return [row.model_copy(update={"decision_date": _day(row.decision_date)}) for row in found]


def recalls(asker: Asker, numbers: Sequence[str], names: Sequence[str], since: str, until: str) -> list[Recall]:
    """The recalls of a product, by its approvals and by what it is called, made known from one day to another.

    Raises RefusedError as `supplements` does.
    """
    called = [f'product_description:"{name}"' for name in names]
    approved = [f'pma_numbers:"{number}"' for number in numbers]
    found: dict[str, Recall] = {}
    for path, terms, date in (
        ("device/recall.json", [*approved, *called], "event_date_posted"),
        ("device/enforcement.json", called, "report_date"),
    ):
        text = _asked(asker, path, f"({' OR '.join(terms)}) AND {date}:[{since} TO {until}]")
        of = f"recalls of {names[0]}"
        for recall in _all(from_json(text, _Recalls, NAME, of), of).results if text else []:
            found.setdefault(recall.number or recall.address, recall)
    return list(found.values())


def _all(answer: A, about: str) -> A:
    """The answer, when it holds all that there is. Raises RefusedError when more was found than one answer holds."""
    total = answer.meta.results.total
    if total > len(answer.results):
        sent = len(answer.results)
        raise RefusedError(
            f"{NAME} found {total} of {about} and sent {sent}: ask from a later day; nothing was taken of it"
        )
    return answer


def _asked(asker: Asker, path: str, wanted: str) -> str:
    """The answer to a search; nothing when the service says that nothing matches."""
    answer = asker.get("openfda", path, {"search": wanted, "limit": _MOST})
    if answer.found:
        return answer.text
    code = from_json(answer.text, _Nothing, NAME, path).error.code
    if code != "NOT_FOUND":
        raise refused(NAME, path, f"expected the error NOT_FOUND, got {code}")
    return ""


def _day(told: str) -> str:
    """A day as this project writes it: 20261122 is 2026-11-22."""
    digits = re.sub(r"\D", "", told)
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:8]}" if len(digits) == 8 else told
