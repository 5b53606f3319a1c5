"""Placeholders in the words of figures and questions: filled from the data, as plain words."""

import re

import pytest

from macros.content.load import Data
from macros.rendering import prose

NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("words", "filled"),
    [
        ("No placeholder.", "No placeholder."),
        ("{caha-microspheres.share_percent} by volume", f"30{NBSP}% by volume"),
        ("a syringe of {radiesse-0.8-ml.volume_ml}", f"a syringe of 0.8{NBSP}mL"),
        ("{aev-01.numerator} of {aev-01.denominator}", "81 of 117"),
        ("at {ratio:neck-trindade2023}", "at 1:4"),
        ("{ratio:band-gel}", "1:1 to 1:2"),
        (
            "{ratio:ratio-1-2@radiesse-1.5-ml}",
            f"1:2 (1.5{NBSP}mL product + 3{NBSP}mL diluent = 4.5{NBSP}mL)",
        ),
        ("p < 0.05 & {ratio:ratio-1-1}", "p < 0.05 & 1:1"),
    ],
)
def test_fill(data: Data, words: str, filled: str) -> None:
    assert prose.fill(data, words) == filled


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        ("{age-16.percent}", "no row 'age-16' in docs/data/ (did you mean 'age-016'?)"),
        ("{age-016.percents}", "no number 'percents' in row 'age-016'"),
        ("{prd-004.min_percent}", "'prd-004' is not to be published"),
        ("{ratio:ratio-1-5}", "no row 'ratio-1-5'"),
        ("{ratio:neck-massidda2023}", "states no ratio"),
        ("{ratio:ratio-1-2@radiesse-1.6-ml}", "no presentation 'radiesse-1.6-ml'"),
        ("{volume:ratio-1-2}", "no placeholder '{volume:ratio-1-2}'"),
    ],
)
def test_a_wrong_placeholder_is_an_error(data: Data, words: str, fault: str) -> None:
    with pytest.raises(ValueError) as error:
        prose.fill(data, words)
    assert fault in str(error.value)


def test_every_question_can_be_filled(data: Data) -> None:
    for row in data.questions.questions:
        for words in (row.question, *row.choices, row.answer, row.reason):
            assert "{" not in prose.fill(data, words), row.id
        choices = [prose.fill(data, words) for words in row.choices]
        assert len(set(choices)) == len(choices), f"{row.id}: two choices read the same"


def test_a_volume_typed_as_an_answer_is_the_one_of_the_tables(data: Data) -> None:
    typed = [row for row in data.questions.questions if re.fullmatch(r"[\d.]+ mL", row.answer)]
    for row in typed:
        reason = prose.fill(data, row.reason).replace(NBSP, " ")
        assert f" + {row.answer} diluent = " in reason, row.id
