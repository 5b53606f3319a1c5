"""How sure a statement is, from the kinds of its sources and the number of people."""

import pytest

from macros.rendering.evidence_strength import strength


@pytest.mark.parametrize(
    ("kinds", "people", "sure"),
    [
        (["rct", "rct"], None, "strong"),
        (["rct", "cohort"], None, "moderate"),
        (["label"], None, "moderate"),
        (["review", "review"], None, "moderate"),
        (["review"], None, "emerging"),
        (["cohort"], 22, "emerging"),
        (["case-series"], 7, "limited"),
        (["rct"], 5, "limited"),
        (["rct"], 20, "emerging"),
        (["rct"], 117, "moderate"),
        (["expert", "news", "in-vitro"], None, "limited"),
    ],
)
def test_strength(kinds: list[str], people: int | None, sure: str) -> None:
    assert strength(kinds, people) == sure
