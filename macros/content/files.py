"""The data files: the sections of each in docs/data/, and the downloads made from them."""

from dataclasses import dataclass
from typing import get_type_hints

from .checked_values import Id, Key, Some, Syringes
from .rows.aging import Layer, SeriesPoint
from .rows.base import Fact, Strict
from .rows.editorial import Change, Decision, Figure, Handout, OpenQuestion, Pack, Question, Term
from .rows.indications import Diluent, Indication, Jurisdiction
from .rows.label import Approval, Region
from .rows.preparations import RatioBand, RatioChoice
from .rows.product import Comparison, Component, Direction, Presentation, TimelineBand
from .rows.safety import AdverseEvent, SafetyItem
from .rows.studies import Claim, Outcome, UseSummary
from .rows.technique import Disagreement, Protocol, Step
from .rows.watch import Product, Search


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


class IndicationsFile(Strict):
    """indications.yml"""

    jurisdictions: Some[Jurisdiction]
    diluents: Some[Diluent]
    indications: list[Indication]


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

    source_article: Key
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
    packs: list[Pack] = []


class QuestionsFile(Strict):
    """questions.yml"""

    questions: Some[Question]


class ChangesFile(Strict):
    """changes.yml"""

    changes: Some[Change]


class DecisionsFile(Strict):
    """decisions.yml"""

    decisions: list[Decision]


class WatchFile(Strict):
    """watch.yml"""

    products: Some[Product]
    searches: Some[Search]


@dataclass(frozen=True)
class Files:
    """The content of each data file, by its name without the ending."""

    product: ProductFile
    preparations: PreparationsFile
    protocols: ProtocolsFile
    regions: RegionsFile
    indications: IndicationsFile
    approvals: ApprovalsFile
    safety: SafetyFile
    technique: TechniqueFile
    aging: AgingFile
    outcomes: OutcomesFile
    claims: ClaimsFile
    comparison: ComparisonFile
    glossary: GlossaryFile
    open_questions: OpenQuestionsFile
    figures: FiguresFile
    handouts: HandoutsFile
    questions: QuestionsFile
    changes: ChangesFile
    decisions: DecisionsFile
    watch: WatchFile


FILES: dict[str, type[Strict]] = {f"{name}.yml": kind for name, kind in get_type_hints(Files).items()}


REFERENCES_FILE = "references.json"


# Written by `python -m macros record`; see changes.py.
RECORD_FILE = "recorded.json"


# What an editor needs to complete and check the data files; made from the classes above.
SCHEMA_FOLDER = "schema"


FOLDER = "docs/data"


# The records to download, each in every kind of KINDS, and what they hold.
RECORDS = {
    "preparations": "every worked example: presentation, syringes, ratio and volumes",
    "protocols": "what each source did, by region, with citation key, evidence and label status",
    "claims": "every claim of the source article with verdict, correction and sources",
    "outcomes": "what each study found, with design, people, funding, weight and label status",
    "regions": "every region with label status, caution and reason",
    "indications": "every indication of a label: jurisdiction, syringes, regions, preparation, people, how seen",
    "approvals": "every approval, panel and label wording with jurisdiction and date",
    "timeline": "what was found after CaHA, by week",
    "layers": "measured thickness of the layers of the skin, in mm",
    "series": "values of skin and collagen at several ages",
    "adverse-events": "rates of adverse events with their denominators",
    "safety": "stop signs, warnings and other statements on safety",
    "steps": "the steps of the procedure with their warnings",
    "facts": "all other published statements with their numbers",
}


# The kinds of file in which each of them is offered: for people, for programs, for programs that want types.
KINDS = ("xlsx", "csv", "json")


# The spreadsheet that has a sheet for each of them.
ALL_TABLES = "all-tables"


# What the page of downloads offers: paths below the site of files that say the same, and what they hold.
DOWNLOADS: list[tuple[tuple[str, ...], str]] = [
    ((f"downloads/{ALL_TABLES}.xlsx",), "all tables below in one spreadsheet, a sheet for each"),
    *((tuple(f"downloads/{name}.{kind}" for kind in KINDS), what) for name, what in RECORDS.items()),
    (("downloads/references.json",), "the sources as CSL-JSON, for Zotero and other reference managers"),
    (("downloads/references.ris",), "the sources as RIS, for EndNote and others"),
    (("downloads/changes.atom",), "the changes as an Atom feed"),
    (("downloads/reviews.ics",), "the days of the next reviews as a calendar (iCalendar)"),
    (
        ("downloads/site.zip",),
        "the whole site with search, the sheets and the workbook, to read without network: unpack, open index.html",
    ),
    (("llms.txt",), "the list of all pages as plain text (Markdown), for programs"),
    *(
        ((f"downloads/{SCHEMA_FOLDER}/{name.removesuffix('.yml')}.schema.json",), f"JSON Schema of docs/data/{name}")
        for name in FILES
    ),
    ((f"downloads/{SCHEMA_FOLDER}/references.schema.json",), f"JSON Schema of docs/data/{REFERENCES_FILE}"),
]
