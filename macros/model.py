"""The rows of the data files, typed, and the arithmetic of dilution. No reading, no writing.

One class for each kind of row, one class for each file. A person types numbers only in
``docs/data/``; whatever can be computed is a method here. Keys carry their unit (``total_ml``,
``interval_weeks``). All arithmetic is in Decimal.
"""

import datetime
import re
import reprlib
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal, Self, TypeVar, get_args

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

# ---------------------------------------------------------------------------
# Checked values: each says what it expected and what it got
# ---------------------------------------------------------------------------


def fault(message: str) -> PydanticCustomError:
    """A fault that a checked value raises; the message says what was expected and what was given."""
    # PydanticCustomError treats braces as a template.
    return PydanticCustomError("content", "{message}", {"message": message})


_SHORT = reprlib.Repr()
_SHORT.maxlevel, _SHORT.maxlist, _SHORT.maxdict = 3, 4, 4


def shown(value: Any) -> str:
    """A value as a message shows it: short, and recognizable in the file."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return str(value).lower()
    text = " ".join((_SHORT.repr(value) if isinstance(value, (list, dict)) else str(value)).split())
    text = text if len(text) <= 60 else text[:57] + "..."
    return f"'{text}'" if isinstance(value, str) else text


def _number(low: str, high: str, whole: bool = False, places: int = 0, above: bool = False) -> BeforeValidator:
    """A number from `low` to `high`, with `above` not `low` itself; `places` is how many decimals are printed."""
    kind = "a whole number" if whole else "a number"

    def check(value: Any) -> Any:
        expected = f"expected {kind} from {low} to {high}, got {shown(value)}"
        if isinstance(value, str) and re.fullmatch(r"\s*\d+(\.\d+)?\s*:\s*\d+(\.\d+)?\s*", value[:40]):
            raise fault(f"{expected} (write the two parts as numbers)")
        if isinstance(value, str) and re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", value[:40]):
            raise fault(f"{expected} (remove the quotes)")
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            raise fault(expected)
        if whole and not isinstance(value, int):
            raise fault(expected)
        if not Decimal(value).is_finite() or not Decimal(low) <= value <= Decimal(high):
            raise fault(expected)
        if above and value == Decimal(low):
            raise fault(f"expected {kind} above {low}, got {shown(value)}")
        if round(Decimal(value), places) != value:
            raise fault(f"expected at most {places} decimals, which is what the pages print, got {shown(value)}")
        return value if whole else Decimal(value)

    return BeforeValidator(check)


def _number_schema(low: str, high: str, whole: bool = False, above: bool = False) -> WithJsonSchema:
    least = "exclusiveMinimum" if above else "minimum"
    return WithJsonSchema({"type": "integer" if whole else "number", least: float(low), "maximum": float(high)})


Parts = Annotated[Decimal, _number("0", "20", places=3), _number_schema("0", "20")]
ProductParts = Annotated[Decimal, _number("0", "20", places=3, above=True), _number_schema("0", "20", above=True)]
Millilitres = Annotated[Decimal, _number("0", "100", places=2), _number_schema("0", "100")]
SyringeMillilitres = Annotated[
    Decimal, _number("0", "100", places=2, above=True), _number_schema("0", "100", above=True)
]
Millimetres = Annotated[Decimal, _number("0", "200", places=4), _number_schema("0", "200")]
Percent = Annotated[Decimal, _number("0", "100", places=5), _number_schema("0", "100")]
Weeks = Annotated[Decimal, _number("0", "520", places=3), _number_schema("0", "520")]
Years = Annotated[Decimal, _number("0", "120", places=3), _number_schema("0", "120")]
Count = Annotated[int, _number("0", "10000000", whole=True), _number_schema("0", "10000000", whole=True)]
AtLeastOne = Annotated[int, _number("1", "10000000", whole=True), _number_schema("1", "10000000", whole=True)]
Syringes = Annotated[int, _number("1", "12", whole=True), _number_schema("1", "12", whole=True)]
Sessions = Annotated[int, _number("1", "12", whole=True), _number_schema("1", "12", whole=True)]
AnyNumber = Annotated[
    Decimal, _number("-1000000000", "1000000000", places=6), _number_schema("-1000000000", "1000000000")
]


def _text(longest: int, pattern: str = "", wanted: str = "text") -> BeforeValidator:
    def check(value: Any) -> Any:
        if not isinstance(value, str):
            hint = " (put it in quotes)" if isinstance(value, int | Decimal | bool) else ""
            raise fault(f"expected {wanted}, got {shown(value)}{hint}")
        if not value.strip():
            raise fault(f"expected {wanted}, got an empty one")
        if pattern and not re.fullmatch(pattern, value[: longest + 1]):
            raise fault(f"expected {wanted}, got {shown(value)}")
        if len(value) > longest:
            raise fault(f"expected at most {longest} characters, got {len(value)}")
        return value

    return BeforeValidator(check)


Text = Annotated[str, _text(3000)]
Id = Annotated[
    str, _text(80, r"[A-Za-z0-9]+([.-][a-z0-9]+)*", "an id of small letters, digits and hyphens, such as 'neck-1'")
]
Key = Annotated[str, _text(40, r"[a-z][a-z0-9]*", "a citation key such as 'trindade2023'")]


def _in_calendar(value: str) -> str:
    year, month, day = (*map(int, value.split("-")), 1, 1)[:3]
    try:
        datetime.date(year, month, day)
    except ValueError:
        raise fault(f"expected a day of the calendar, got {shown(value)}") from None
    return value


DateText = Annotated[
    str,
    _text(10, r"(19|20)[0-9]{2}(-[0-9]{2}(-[0-9]{2})?)?", "a date such as '2026-03-31' or '2024'"),
    AfterValidator(_in_calendar),
]
Day = Annotated[
    str, _text(10, r"20[0-9]{2}-[0-9]{2}-[0-9]{2}", "a day such as '2026-11-22'"), AfterValidator(_in_calendar)
]
_PAGE = r"[a-z0-9-]+(/[a-z0-9-]+)*\.md"
PagePath = Annotated[str, _text(120, _PAGE, "a page such as 'technique/by-region.md'")]
Section = Annotated[
    str, _text(160, rf"{_PAGE}(#[a-z0-9-]+)?", "a page and a heading such as 'aging/dermis.md#collagen'")
]
Paper = Literal["a4", "letter"]
VERSION = r"[0-9]+\.[0-9]+\.[0-9]+"
Version = Annotated[str, _text(20, VERSION, "a version such as '1.0.0'")]
ValueName = Annotated[str, _text(60, r"[a-z0-9]+(_[a-z0-9]+)*", "a name such as 'interval_weeks'")]

Evidence = Literal[
    "label", "regulator", "consensus", "guideline", "rct", "cohort", "case-series", "histology",
    "review", "in-vitro", "animal", "expert", "terminology", "news",
]  # fmt: skip
EVIDENCE_NAMES: dict[str, str] = {
    "label": "Label",
    "regulator": "Regulator",
    "consensus": "Consensus",
    "guideline": "Guideline",
    "rct": "Randomized trial",
    "cohort": "Cohort or controlled study",
    "case-series": "Case series",
    "histology": "Histology or anatomy",
    "review": "Review",
    "in-vitro": "Laboratory",
    "animal": "Laboratory (animal)",
    "expert": "Expert",
    "terminology": "Definition of terms",
    "news": "News or trade text",
}
# Where a line must hold many sources; the others are short as they are.
EVIDENCE_SHORT: dict[str, str] = {
    "cohort": "cohort",
    "histology": "histology",
    "animal": "animal",
    "terminology": "terms",
    "news": "trade text",
}
Caution = Literal["routine-label", "off-label", "off-label-specialist", "avoid"]
LabelMark = Literal["on-label", "off-label", "avoid"]
Verdict = Literal["supported", "supported-with-nuance", "corrected", "contested", "off-label", "unsupported"]
VERDICT_NAMES: dict[str, str] = {
    "supported": "Supported",
    "supported-with-nuance": "Supported, with nuance",
    "corrected": "Corrected",
    "contested": "Contested",
    "off-label": "Off-label",
    "unsupported": "Unsupported",
}
Standing = Literal["label", "studied", "article-only"]
Audience = Literal["practitioner", "trainee", "patient", "maintainer"]
Export = Literal[
    "preparations", "protocols", "regions", "approvals", "timeline", "layers", "series", "adverse-events", "safety",
    "steps", "facts",
]  # fmt: skip


_Item = TypeVar("_Item")
Some = Annotated[list[_Item], Field(min_length=1)]


# ---------------------------------------------------------------------------
# Rows
# ---------------------------------------------------------------------------


class Strict(BaseModel):
    """A mapping with exactly the fields that are named."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Row(Strict):
    """A row with an id, its sources, and whether it may be printed."""

    # (lower bound, upper bound) pairs of fields whose order is checked.
    ordered: ClassVar[tuple[tuple[str, str], ...]] = ()

    id: Id
    refs: list[Key] = Field(default=[], description="citation keys of references.json")
    verified: bool = Field(default=True, description="true when the statement was found in a source")
    publish: bool = Field(default=True, description="false keeps the row off every page")
    note: Text | None = Field(default=None, description="printed beside the row")
    editor_note: Text | None = Field(default=None, description="for editors; never printed")

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if self.publish and not self.verified:
            raise fault("publish: expected false while verified is false, got true (verify it first)")
        for low, high in self.ordered:
            least, most = getattr(self, low), getattr(self, high)
            if least is not None and most is not None and least > most:
                raise fault(f"{low}: expected at most {high} ({most}), got {least}")
        return self


class Fact(Row):
    """One statement with its sources; `values` holds the numbers that prose may quote."""

    topic: Text
    statement: Text
    values: dict[ValueName, AnyNumber] = Field(
        default={}, description="numbers by name, the unit at the end of the name"
    )
    n: AtLeastOne | None = None
    conflicts_with: list[Id] = []


class Presentation(Row):
    """A syringe as supplied."""

    product: Text
    volume_ml: SyringeMillilitres
    status: Literal["current", "historical", "trade"]


class Component(Row):
    """One part of what is in the syringe."""

    component: Text
    share_percent: Percent | None = Field(default=None, description="percent of the volume, where published")
    detail: Text
    values: dict[ValueName, AnyNumber] = Field(
        default={}, description="size or strength, the unit at the end of the name"
    )
    role: Text


class TimelineBand(Row):
    """What was seen in tissue in a span of weeks after CaHA."""

    ordered = (("from_week", "to_week"),)
    phase: Text
    from_week: Weeks
    to_week: Weeks
    what: Text
    short: Text | None = Field(default=None, description="the finding in a few words, for the figure")
    human: bool
    n: AtLeastOne | None = None


class Preparation(Strict):
    """One worked example: `syringes` syringes of `presentation_ml` mL at a ratio of 1 to `diluent_parts`.

    Volumes are in mL. A ratio is product : diluent. For n syringes of V mL at 1:r the product is
    nV, the diluent nVr and the total nV(1+r) (facts dil-004, prd-003; design contract).
    """

    presentation_ml: SyringeMillilitres
    syringes: Syringes
    product_parts: ProductParts
    diluent_parts: Parts
    caha_share_percent: Percent = Field(default=Decimal(30), exclude=True)

    @property
    def product_ml(self) -> Decimal:
        """Product in mL."""
        return self.presentation_ml * self.syringes

    @property
    def diluent_ml(self) -> Decimal:
        """Diluent to add, in mL."""
        return self.product_ml * self.diluent_parts / self.product_parts

    @property
    def total_ml(self) -> Decimal:
        """Mixture that results, in mL."""
        return self.product_ml + self.diluent_ml

    @property
    def product_percent(self) -> Decimal:
        """Share of product in the mixture, percent by volume."""
        return 100 * self.product_parts / (self.product_parts + self.diluent_parts)

    @property
    def caha_percent_v_v(self) -> Decimal:
        """Share of CaHA microspheres in the mixture, percent by volume, volumes taken as additive."""
        return self.caha_share_percent * self.product_parts / (self.product_parts + self.diluent_parts)


class RatioChoice(Row):
    """A ratio that the preparation tables show, and on what ground it stands."""

    product_parts: ProductParts
    diluent_parts: Parts
    standing: Standing
    where: Text = Field(description="where it stands so, in a few words")
    reviewed: Day
    review_by: Day


class Protocol(Row):
    """What one source did in one region. A report, not a recommendation."""

    ordered = (
        ("diluent_parts_min", "diluent_parts_max"),
        ("total_ml_min", "total_ml_max"),
        ("deposit_ml_min", "deposit_ml_max"),
    )
    region: Id
    detail: Text | None = Field(default=None, description="which people or part of the region, where it matters")
    product_parts: ProductParts = Decimal(1)
    diluent_parts_min: Parts | None
    diluent_parts_max: Parts | None
    undiluted: bool = False
    product_ml: Millilitres | None = None
    total_ml: Millilitres | None = None
    total_ml_min: Millilitres | None = None
    total_ml_max: Millilitres | None = None
    deposit_ml_min: Millilitres | None = None
    deposit_ml_max: Millilitres | None = None
    diluents: list[Text] = []
    plane: Text | None = None
    needle: Text | None = None
    cannula: Text | None = None
    technique: Text | None = None
    sessions: Sessions | None = None
    interval_weeks: Weeks | None = None
    n: AtLeastOne | None = None
    evidence: Evidence

    @property
    def diluted(self) -> bool:
        """True when something was added to the product."""
        return not self.undiluted


class Region(Row):
    """A region, its label status by jurisdiction, and how much caution it needs."""

    name: Text
    kind: Literal["treatment", "study"] = Field(description="study: a grouping that only studies use")
    us_undiluted: LabelMark | None = None
    us_diluted: LabelMark | None = None
    eu_undiluted: LabelMark | None = None
    eu_diluted: LabelMark | None = None
    label_note: Text | None = Field(default=None, description="what limits the label, printed with the mark")
    us_status: Text | None = None
    eu_status: Text | None = None
    caution: Caution | None = None
    danger: list[Text] = []
    danger_verified: bool = False
    why: Text | None = None
    diluted_evidence: Text | None = None
    page: PagePath | None = Field(default=None, description="the page that treats the region")
    reviewed: Day
    review_by: Day

    @model_validator(mode="after")
    def _marked(self) -> Self:
        if self.kind == "treatment":
            for name in (
                "us_undiluted",
                "us_diluted",
                "eu_undiluted",
                "eu_diluted",
                "us_status",
                "eu_status",
                "caution",
            ):
                if getattr(self, name) is None:
                    raise fault(f"{name}: missing; a treatment region carries its label status everywhere it is named")
            marks = {self.us_undiluted, self.us_diluted, self.eu_undiluted, self.eu_diluted}
            if (self.caution == "avoid") != (marks == {"avoid"}):
                raise fault("caution: expected avoid together with four marks 'avoid', or neither")
        return self


class Approval(Row):
    """One event in the regulatory history of the product or of its neighbors."""

    jurisdiction: Literal["US", "EU", "international", "Middle East"]
    event: Literal["approval", "clearance", "advisory vote", "advisory meeting", "label change", "label wording"]
    date: DateText | None
    date_precision: Literal["day", "month", "year", "before", "uncertain", "undated"]
    number: Text | None = None
    pathway: Text
    product: Text
    scope: Text
    short: Text | None = Field(default=None, description="what it covers in a few words, for the figure")
    diluted_use: bool
    diluent_parts: Parts | None = None
    confidence: Literal["high", "moderate", "low"]
    reviewed: Day
    review_by: Day


class SafetyItem(Row):
    """A contraindication, warning, stop sign or other safety statement."""

    statement: Text
    source: Text | None = Field(default=None, description="who says so")
    short: Text | None = Field(default=None, description="the same in a few words, for the safety strip of a sheet")
    plain: Text | None = Field(default=None, description="the same for patients")


class AdverseEvent(Row):
    """A count or rate of an adverse event, with its denominator where one is printed."""

    ordered = (("numerator", "denominator"),)
    statement: Text
    short: Text | None = Field(default=None, description="the event in a few words, for the figure")
    population: Text
    diluted: bool | None = None
    numerator: Count | None = None
    denominator: AtLeastOne | None = None
    percent: Percent | None = None


class RatioBand(Row):
    """A band of ratios as the source article teaches it, and what the evidence says of it."""

    ordered = (("diluent_parts_min", "diluent_parts_max"),)
    product_parts: ProductParts = Decimal(1)
    diluent_parts_min: Parts
    diluent_parts_max: Parts
    article_name: Text
    published_name: Text
    correction: Text
    standing: Standing


class Step(Row):
    """One step of preparing or of the procedure, with the warning that guards it."""

    phase: Literal["before", "mixing", "marking", "injecting", "after"]
    title: Text
    warning: Text | None = Field(default=None, description="stands before the step")
    do: Text
    checks: list[Text] = Field(min_length=1, description="boxes to tick on the procedure checklist, a few words each")
    claims: list[Id] = Field(default=[], description="claims of the source article that the step corrects")
    regions: list[Id] = Field(default=[], description="regions that the step names; each is printed with its mark")


class Position(Strict):
    """What some sources say on a disputed question."""

    says: Text
    refs: list[Key] = Field(min_length=1)


class Disagreement(Row):
    """A question on which sources differ, side by side; `refs` are the article's."""

    question: Text
    article: Text = Field(description="what the source article says")
    positions: Some[Position]
    take: Text = Field(description="what a reader should take from it")
    regions: list[Id] = Field(default=[], description="regions that the row names; each is printed with its mark")


class Direction(Row):
    """Which way a flow property moves when the product is thinned."""

    condition: Text
    quantity: Text
    value: Text


class Layer(Row):
    """Thickness of a skin layer at a site, in mm."""

    ordered = (("min_mm", "max_mm"),)
    site: Text
    layer: Text
    mean_mm: Millimetres | None = None
    min_mm: Millimetres | None = None
    max_mm: Millimetres | None = None
    sd_mm: Millimetres | None = None
    method: Text
    drawing_only: bool = False
    derived: bool = False


class SeriesPoint(Row):
    """One measured (or, when `derived`, computed) point of a series against age."""

    series: Id
    quantity: Text
    x_label: Text
    x: AnyNumber | None = None
    x_unit: Text | None = None
    value: AnyNumber
    sd: AnyNumber | None = None
    unit: Text
    derived: bool = False


class Outcome(Row):
    """What one study measured and found in one region. A report, not a recommendation."""

    region: Id
    other_product: Text | None = Field(default=None, description="name, when the study is not of Radiesse as supplied")
    topic: Literal["efficacy", "comparison", "safety", "review", "imaging", "mechanism", "antidote"]
    diluted: bool | Literal["mixed"] | None = None
    product_parts: ProductParts | None = None
    diluent_parts: Parts | None = None
    design: Literal[
        "rct", "split-face-rct", "controlled", "cohort", "case-series", "biopsy", "retrospective", "review",
        "laboratory",
    ]  # fmt: skip
    n: AtLeastOne | None = None
    comparator: Text | None = None
    measure: Text | None = None
    result: Text
    values: dict[ValueName, AnyNumber] = {}
    follow_up_weeks: Weeks | None = None
    adverse_events: Text | None = None
    funding: Text | None = None
    grade: Literal["strong", "moderate", "emerging", "limited"]
    grade_reason: Text
    basis: Literal["abstract", "quoted-abstract", "abstract-plus-quoted", "registry", "facts", "second-hand"]
    unverified_parts: list[Text] = []

    @model_validator(mode="after")
    def _parts_known(self) -> Self:
        for name in self.unverified_parts:
            if name != "ratio" and name not in type(self).model_fields:
                raise fault(f"unverified_parts: expected names of fields of this row, got {shown(name)}")
        return self


class UseSummary(Row):
    """In two sentences: what the studies of one use show that it can do, and what they do not show."""

    region: Id
    diluted: bool
    can: Text
    cannot: Text
    grade: Literal["strong", "moderate", "emerging", "limited"]


class Claim(Row):
    """A claim of the source article, paraphrased, with its verdict and correction."""

    claim: Text
    verdict: Verdict
    off_label: bool
    correction: Text
    why: Text
    contested_part: Text | None = None
    unsupported_part: Text | None = None
    pages: list[PagePath]


class Figure(Row):
    """The words of a figure; a number of the data is written {row.value} and filled in."""

    title: Text
    description: Text = Field(description="what it shows and teaches, for readers who do not see it")
    caption: Text
    data: list[Export] = Field(default=[], description="the downloads that hold the numbers of the drawing")

    @model_validator(mode="after")
    def _described(self) -> Self:
        if self.description == self.caption:
            raise fault("description: says the same as the caption; say what the figure teaches")
        return self


class Question(Row):
    """A question for self-check, with its answer and the reason."""

    page: PagePath = Field(description="the page that teaches it")
    question: Text
    choices: list[Text] = Field(
        default=[], max_length=8, description="answers to choose from; leave out for an open question"
    )
    answer: Text
    reason: Text

    @model_validator(mode="after")
    def _answered(self) -> Self:
        if self.choices and self.answer not in self.choices:
            raise fault("answer: expected one of the choices, word for word")
        return self


class Comparison(Row):
    """One attribute of Radiesse and of Sculptra, side by side."""

    attribute: Text
    radiesse: Text
    sculptra: Text


class Term(Row):
    """A term of the field; `patient` is its plain-language variant."""

    term: Text
    category: Text
    definition: Text
    patient: Text | None = None
    also: list[Text] = Field(default=[], description="other wordings that are explained in text")
    searched_as: list[Text] = Field(default=[], description="wordings that only the search box knows; never printed")
    see_also: list[Id] = Field(default=[], description="ids of related terms")

    @property
    def wordings(self) -> list[str]:
        """Every wording by which a text may name the term; "Diluted / hyperdiluted" are two of them."""
        # "Collagen I and III" or "PRP and PRF" name one thing and are not taken apart.
        parts = [self.term.replace("(", "").replace(")", ""), *self.term.split(" / "), *self.also]
        return [wording.strip() for wording in parts if wording.strip()]


class OpenQuestion(Row):
    """Something that is not confirmed, and what would settle it."""

    area: Text
    priority: Literal["high", "medium", "low"]
    question: Text
    why_it_matters: Text
    what_would_settle_it: Text


class Handout(Row):
    """A curated sheet: which parts of which built pages it prints, for whom, and on how many pages."""

    ordered = (("least_pages", "most_pages"),)
    title: Text
    description: Text
    audience: list[Audience] = Field(min_length=1)
    page: PagePath = Field(description="the page that the sheet belongs to; its QR code leads there")
    sections: list[Section] = Field(
        default=[],
        description="what it prints: 'page.md' whole, 'page.md#heading' one section, 'page.md#intro' what stands above"
        " the first heading; nothing given: the whole of `page`",
    )
    papers: list[Paper] = Field(default=["a4", "letter"], min_length=1)
    orientation: Literal["portrait", "landscape"] = "portrait"
    columns: Literal[1, 2] = Field(default=1, description="2: the sections after the first flow in two columns")
    most_pages: AtLeastOne = Field(description="the build stops when the sheet needs more pages than this")
    least_pages: AtLeastOne = 1
    sources: Literal["short", "none"] = Field(default="short", description="short: author and year at the foot")
    book: bool = Field(default=False, description="true: the whole site as one book; `page` is where it is offered")


class Change(Row):
    """One entry of the record of changes."""

    version: Version
    date: Day
    type: Literal["new", "ratio changed", "status changed", "correction", "withdrawn"]
    summary: Text
    rows: list[Id] = []
    pages: list[PagePath] = []


# ---------------------------------------------------------------------------
# Sources, as CSL-JSON (https://citeproc-js.readthedocs.io/en/latest/csl-json/markup.html)
# ---------------------------------------------------------------------------


class Name(Strict):
    """An author: a person with a family name, or a body as `literal`."""

    family: Text | None = None
    given: Text | None = None
    literal: Text | None = None

    @model_validator(mode="after")
    def _named(self) -> Self:
        if not (self.family or self.literal):
            raise fault("expected a family name, or the name of a body as literal")
        return self


class SourceNote(Strict):
    """What this project notes about a source; CSL-JSON keeps such things under `custom`."""

    kind: Evidence
    read: Literal["full", "abstract", "excerpt", "not-opened"]
    complete: bool
    n: AtLeastOne | None = None
    note: str = ""


def _date_parts(value: dict[str, list[list[int]]]) -> dict[str, list[list[int]]]:
    parts = value.get("date-parts", [])
    if set(value) != {"date-parts"} or len(parts) != 1 or not 1 <= len(parts[0]) <= 3:
        raise fault(f"expected {{'date-parts': [[year, month, day]]}}, got {shown(value)}")
    if not 1500 <= parts[0][0] <= 2100:
        raise fault(f"expected a year from 1500 to 2100, got {parts[0][0]}")
    _in_calendar("-".join(map(str, parts[0])))
    return value


DateParts = Annotated[dict[str, list[list[int]]], AfterValidator(_date_parts)]


class Reference(BaseModel):
    """One source in CSL-JSON."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, populate_by_name=True)

    id: Key
    type: Literal[
        "article-journal", "book", "chapter", "dataset", "entry", "paper-conference", "report", "thesis", "webpage"
    ]  # fmt: skip
    title: Text
    author: list[Name] = []
    issued: DateParts | None = None
    accessed: DateParts | None = None
    container_title: Text | None = Field(default=None, alias="container-title")
    volume: Text | None = None
    issue: Text | None = None
    page: Text | None = None
    publisher: Text | None = None
    DOI: Annotated[str, _text(200, r"10\.[0-9]{4,9}/[^\s<>\"]+", "a DOI such as '10.1000/182'")] | None = None
    PMID: Annotated[str, _text(9, r"[0-9]+", "the digits of a PMID in quotes")] | None = None
    PMCID: Annotated[str, _text(12, r"PMC[0-9]+", "a PMCID such as 'PMC1234567'")] | None = None
    URL: Annotated[str, _text(600, r"https?://[^\s<>\"]+", "an address such as 'https://...'")] | None = None
    custom: SourceNote

    @property
    def link(self) -> str:
        """The best address: DOI first, then the printed address, then PubMed."""
        if self.DOI:
            return f"https://doi.org/{self.DOI}"
        return self.URL or (f"https://pubmed.ncbi.nlm.nih.gov/{self.PMID}/" if self.PMID else "")


# ---------------------------------------------------------------------------
# Files: the sections of each file in docs/data/
# ---------------------------------------------------------------------------


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

AUDIENCES: tuple[str, ...] = get_args(Audience)
