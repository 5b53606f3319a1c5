"""How sure a statement is: one short scale, from the kind of evidence and the number of sources.

The scale is this project's own. Its words follow the grades of docs/data/outcomes.yml, where a
person graded each study; here they are worked out from kinds and counts. It is not a GRADE
assessment.
"""

from collections.abc import Sequence

from ..content.csl import Reference

STRENGTHS = {
    "strong": "At least two randomized trials; for a single study, randomized and blinded for its own claim.",
    "moderate": "One randomized trial with at least 30 people, an official record or label, or at least two reviews.",
    "emerging": "A smaller randomized trial, cohorts, case series, histology, a consensus, or a single review.",
    "limited": "Fewer than ten people, laboratory or animal work, expert opinion, or news only.",
}


def strength(kinds: Sequence[str], people: int | None = None) -> str:
    """The strength of a statement that rests on sources of these kinds, one entry for each source.

    `people` is the number of people studied, where a single study speaks: below ten it is limited,
    and a randomized trial of fewer than 30 is no more than emerging.
    """
    if people is not None and people < 10:
        return "limited"
    trials = kinds.count("rct")
    if people is not None and people < 30 and trials:
        return "emerging"
    if trials >= 2:
        return "strong"
    if trials or "label" in kinds or "regulator" in kinds or kinds.count("review") >= 2:
        return "moderate"
    if set(kinds) & {"cohort", "case-series", "histology", "consensus", "guideline", "review"}:
        return "emerging"
    return "limited"


def strength_of_refs(references: dict[str, Reference], keys: Sequence[str]) -> str:
    """The strength of a statement with these sources; each source counts once."""
    return strength([references[key].custom.kind for key in dict.fromkeys(keys)])
