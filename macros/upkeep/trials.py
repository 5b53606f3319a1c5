"""The entry of a trial at ClinicalTrials.gov: https://clinicaltrials.gov/data-api/api, whose fields these are."""

from pydantic import Field

from .ask import Asker, RefusedError
from .shape import Told, from_json

NAME = "ClinicalTrials.gov"
_FIELDS = "NCTId|BriefTitle|OverallStatus|LastUpdatePostDate|ResultsFirstPostDate|HasResults"


class _Identification(Told):
    number: str = Field(alias="nctId")
    title: str = Field(default="", alias="briefTitle")


class _Date(Told):
    date: str


class _Status(Told):
    status: str = Field(default="", alias="overallStatus")
    changed: _Date | None = Field(default=None, alias="lastUpdatePostDateStruct")
    results: _Date | None = Field(default=None, alias="resultsFirstPostDateStruct")


class _Protocol(Told):
    identification: _Identification = Field(alias="identificationModule")
    status: _Status = Field(alias="statusModule")


class Trial(Told):
    """The entry of a trial."""

    protocol: _Protocol = Field(alias="protocolSection")

    @property
    def title(self) -> str:
        """Its short title, its state, and since when results stand there."""
        status = self.protocol.status
        state = status.status.replace("_", " ").lower()
        results = f", results since {status.results.date}" if status.results else ", no results"
        return f"{self.protocol.identification.title} ({state}{results})"

    @property
    def changed(self) -> str:
        """The day on which the entry last changed."""
        return self.protocol.status.changed.date if self.protocol.status.changed else ""

    @property
    def address(self) -> str:
        """Its page in the register."""
        return f"https://clinicaltrials.gov/study/{self.protocol.identification.number}"


def entry(asker: Asker, number: str) -> Trial:
    """The entry of a trial.

    Raises RefusedError when the register has none, does not answer, or in another shape than it documents.
    """
    answer = asker.get("trials", f"studies/{number}", {"format": "json", "fields": _FIELDS})
    if not answer.found:
        raise RefusedError(f"{NAME} has no entry {number}, which stands in the data")
    return from_json(answer.text, Trial, NAME, number)
