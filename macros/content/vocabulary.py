"""The closed lists of words that rows use, and how each is printed."""

from typing import Literal, get_args

Paper = Literal["a4", "letter"]


Evidence = Literal[
    "label", "regulator", "consensus", "guideline", "rct", "cohort", "case-series", "histology",
    "review", "in-vitro", "animal", "expert", "terminology", "news", "monograph", "training", "clinic", "wiki",
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
    "monograph": "Drug monograph",
    "training": "Training page",
    "clinic": "Clinic page",
    "wiki": "Wiki",
}


# Where a line must hold many sources; the others are short as they are.
EVIDENCE_SHORT: dict[str, str] = {
    "cohort": "cohort",
    "histology": "histology",
    "animal": "animal",
    "terminology": "terms",
    "news": "trade text",
}


# What carries a statement of safety or of a label by itself; studies and reviews do when they are printed as a paper.
CARRYING: frozenset[Evidence] = frozenset({"label", "regulator", "guideline", "consensus"})


RESEARCH: frozenset[Evidence] = frozenset({"rct", "cohort", "case-series", "histology", "review", "in-vitro", "animal"})


# The words by which a statement that nothing better carries says what it rests on, by the kind of that.
LESSER_SOURCES: dict[Evidence, tuple[str, ...]] = {
    "expert": ("expert", "textbook"),
    "terminology": ("definition",),
    "news": ("trade text", "news report", "newsletter", "notice", "register"),
    "monograph": ("monograph",),
    "training": ("training sources",),
    "clinic": ("clinic",),
    "wiki": ("wiki",),
}


# The evidence of a row that reports what was done to people or tissue, not what somebody says.
STUDIES: frozenset[Evidence] = frozenset({"rct", "cohort", "case-series", "histology"})


Caution = Literal["routine", "extra-care", "specialist", "avoid"]


Verdict = Literal["supported", "supported-with-nuance", "corrected", "contested", "off-label", "unsupported"]


VERDICT_NAMES: dict[str, str] = {
    "supported": "Supported",
    "supported-with-nuance": "Supported, with nuance",
    "corrected": "Corrected",
    "contested": "Contested",
    "off-label": "Off-label",
    "unsupported": "Unsupported",
}


Audience = Literal["practitioner", "trainee", "patient", "maintainer"]


Export = Literal[
    "preparations", "protocols", "regions", "approvals", "timeline", "layers", "series", "adverse-events", "safety",
    "steps", "facts",
]  # fmt: skip


AUDIENCES: tuple[str, ...] = get_args(Audience)


PAPERS: tuple[str, ...] = get_args(Paper)
