"""Placeholders in the words of figures and questions: filled from the data, as plain words."""

import re

import pytest

from macros.content.project import Project
from macros.rendering import prose

NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("words", "filled"),
    [
        ("No placeholder.", "No placeholder."),
        ("{caha-microspheres.share_percent} by volume", f"24{NBSP}% by volume"),
        ("a syringe of {syringe-small.volume_ml}", f"a syringe of 0.5{NBSP}mL"),
        ("{aev-1.numerator} of {aev-1.denominator}", "12 of 48"),
        ("at {ratio:neck-faria2022thyroid}", "at 1:5"),
        ("{ratio:band-thick}", "1:1 to 1:3"),
        (
            "{ratio:ratio-1-3@syringe-large}",
            f"1:3 (2{NBSP}mL product + 6{NBSP}mL diluent = 8{NBSP}mL)",
        ),
        ("p < 0.05 & {ratio:ratio-1-9}", "p < 0.05 & 1:9"),
    ],
)
def test_fill(invented: Project, words: str, filled: str) -> None:
    assert prose.fill(invented.published, words) == filled


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        ("{age-16.percent}", "no row 'age-16' in docs/data/ (did you mean 'age-016'?)"),
        ("{age-016.percents}", "no number 'percents' in row 'age-016'"),
        ("{fct-2.sold_percent}", "'fct-2' is not to be published"),
        ("{ratio:ratio-1-4}", "no row 'ratio-1-4'"),
        ("{ratio:neck-unstated}", "states no ratio"),
        ("{ratio:ratio-1-3@syringe-larg}", "no presentation 'syringe-larg'"),
        ("{volume:ratio-1-3}", "no placeholder '{volume:ratio-1-3}'"),
    ],
)
def test_a_wrong_placeholder_is_an_error(invented: Project, words: str, fault: str) -> None:
    with pytest.raises(ValueError) as error:
        prose.fill(invented.published, words)
    assert fault in str(error.value)


def test_every_question_can_be_filled(either: Project) -> None:
    for row in either.data.questions.questions:
        for words in (row.question, *row.choices, row.answer, row.reason):
            assert "{" not in prose.fill(either.published, words), row.id
        choices = [prose.fill(either.published, words) for words in row.choices]
        assert len(set(choices)) == len(choices), f"{row.id}: two choices read the same"


def test_a_volume_typed_as_an_answer_is_the_one_of_the_tables(either: Project) -> None:
    typed = [row for row in either.data.questions.questions if re.fullmatch(r"[\d.]+ mL", row.answer)]
    for row in typed:
        reason = prose.fill(either.published, row.reason).replace(NBSP, " ")
        assert f" + {row.answer} diluent = " in reason, row.id
