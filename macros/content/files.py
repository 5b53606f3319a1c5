"""The data files: the sections of each in docs/data/, and the downloads made from them."""

from .checked_values import Id, Some, Syringes
from .rows.aging import Layer, SeriesPoint
from .rows.base import Fact, Strict
from .rows.editions import Change, Handout
from .rows.label import Approval, Region
from .rows.preparations import RatioBand, RatioChoice
from .rows.product import Comparison, Component, Direction, Presentation, TimelineBand
from .rows.safety import AdverseEvent, SafetyItem
from .rows.studies import Claim, Outcome, UseSummary
from .rows.technique import Disagreement, Protocol, Step
from .rows.words import Figure, OpenQuestion, Question, Term


class ProductFile(Strict):
    """product.yml"""

    presentations: Some[Presentation]
    composition: Some[Component]
    handling: Some[Fact]
    timeline: Some[TimelineBand]
    facts: Some[Fact]


class PreparationsFile(Strict):
    """preparations.yml"""

    presentations: Some[Id]
    syringes: Some[Syringes]
    ratios: Some[RatioChoice]


class ProtocolsFile(Strict):
    """protocols.yml"""

    protocols: Some[Protocol]


class RegionsFile(Strict):
    """regions.yml"""

    regions: Some[Region]


class ApprovalsFile(Strict):
    """approvals.yml"""

    approvals: Some[Approval]
    facts: Some[Fact]


class SafetyFile(Strict):
    """safety.yml"""

    contraindications: Some[SafetyItem]
    do_not_treat: Some[SafetyItem]
    warnings: Some[SafetyItem]
    stop_signs: Some[SafetyItem]
    adverse_events: Some[AdverseEvent]
    vascular: Some[SafetyItem]
    nodules: Some[SafetyItem]
    imaging: Some[SafetyItem]
    unknown: Some[SafetyItem]
    facts: Some[Fact]


class TechniqueFile(Strict):
    """technique.yml"""

    bands: Some[RatioBand]
    steps: Some[Step]
    disagreements: Some[Disagreement]
    rheology: Some[Direction]
    facts: Some[Fact]


class AgingFile(Strict):
    """aging.yml"""

    layers: Some[Layer]
    series: Some[SeriesPoint]
    facts: Some[Fact]


class OutcomesFile(Strict):
    """outcomes.yml"""

    summaries: Some[UseSummary]
    outcomes: Some[Outcome]
    measures: Some[Fact]
    facts: Some[Fact]


class ClaimsFile(Strict):
    """claims.yml"""

    claims: Some[Claim]


class ComparisonFile(Strict):
    """comparison.yml"""

    comparison: Some[Comparison]
    facts: Some[Fact]


class GlossaryFile(Strict):
    """glossary.yml"""

    terms: Some[Term]


class OpenQuestionsFile(Strict):
    """open_questions.yml"""

    open_questions: Some[OpenQuestion]


class FiguresFile(Strict):
    """figures.yml"""

    figures: Some[Figure]


class HandoutsFile(Strict):
    """handouts.yml"""

    handouts: Some[Handout]


class QuestionsFile(Strict):
    """questions.yml"""

    questions: Some[Question]


class ChangesFile(Strict):
    """changes.yml"""

    changes: Some[Change]


FILES: dict[str, type[Strict]] = {
    "product.yml": ProductFile,
    "preparations.yml": PreparationsFile,
    "protocols.yml": ProtocolsFile,
    "regions.yml": RegionsFile,
    "approvals.yml": ApprovalsFile,
    "safety.yml": SafetyFile,
    "technique.yml": TechniqueFile,
    "aging.yml": AgingFile,
    "outcomes.yml": OutcomesFile,
    "claims.yml": ClaimsFile,
    "comparison.yml": ComparisonFile,
    "glossary.yml": GlossaryFile,
    "open_questions.yml": OpenQuestionsFile,
    "figures.yml": FiguresFile,
    "handouts.yml": HandoutsFile,
    "questions.yml": QuestionsFile,
    "changes.yml": ChangesFile,
}


REFERENCES_FILE = "references.json"


# Written by `python -m macros record`; see changes.py.
RECORD_FILE = "recorded.json"


# What an editor needs to complete and check the data files; made from the classes above.
SCHEMA_FOLDER = "schema"


FOLDER = "docs/data"


DOWNLOADS: list[tuple[str, str]] = [
    ("downloads/preparations.csv", "every worked example: presentation, syringes, ratio and volumes"),
    ("downloads/preparations.json", "the same as JSON"),
    ("downloads/protocols.csv", "what each source did, by region, with citation key, evidence and label status"),
    ("downloads/protocols.json", "the same as JSON"),
    ("downloads/claims.csv", "every claim of the source article with verdict, correction and sources"),
    ("downloads/claims.json", "the same as JSON"),
    ("downloads/outcomes.csv", "what each study found, with design, people, funding, weight and label status"),
    ("downloads/outcomes.json", "the same as JSON"),
    *(
        (f"downloads/{name}.{kind}", what if kind == "csv" else "the same as JSON")
        for name, what in (
            ("regions", "every region with label status, caution and reason"),
            ("approvals", "every approval, panel and label wording with jurisdiction and date"),
            ("timeline", "what was found after CaHA, by week"),
            ("layers", "measured thickness of the layers of the skin, in mm"),
            ("series", "values of skin and collagen at several ages"),
            ("adverse-events", "rates of adverse events with their denominators"),
            ("safety", "stop signs, warnings and other statements on safety"),
            ("steps", "the steps of the procedure with their warnings"),
            ("facts", "all other published statements with their numbers"),
        )
        for kind in ("csv", "json")
    ),
    ("downloads/references.json", "the sources as CSL-JSON, for Zotero and other reference managers"),
    ("downloads/references.ris", "the sources as RIS, for EndNote and others"),
    ("downloads/changes.atom", "the changes as an Atom feed"),
    ("downloads/site.zip", "the whole site with search and PDFs, to read without network: unpack, open index.html"),
    ("llms.txt", "the list of all pages as plain text (Markdown), for programs"),
    *(
        (f"downloads/schema/{name.removesuffix('.yml')}.schema.json", f"JSON Schema of docs/data/{name}")
        for name in FILES
    ),
    ("downloads/schema/references.schema.json", f"JSON Schema of docs/data/{REFERENCES_FILE}"),
]
