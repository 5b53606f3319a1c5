"""The drawings of skin follow the data."""

from dataclasses import replace
from decimal import Decimal

import pytest

from macros.data import Data
from macros.figures import draw
from tests.figures.geometry import measure, outside, overlapping, texts

FIGURES = ["skin-for-patients"]


def change_rows(data: Data, part: str, section: str, changes: dict[str, dict[str, object]]) -> Data:
    """The data with some rows of one section changed."""
    file = getattr(data, part)
    rows = [row.model_copy(update=changes.get(row.id, {})) for row in getattr(file, section)]
    changed = file.model_copy(update={section: rows})
    return replace(data, **{part: changed}, rows=data.rows | {row.id: row for row in rows})


@pytest.mark.parametrize("figure", FIGURES)
def test_words_stand_inside_and_apart(data: Data, figure: str) -> None:
    drawing = draw(data, figure)
    assert outside(drawing) == []
    assert overlapping(drawing) == []


def test_patients_see_the_measured_thinning_and_no_numbers(data: Data) -> None:
    drawing = draw(data, "skin-for-patients")
    young, older = (measure(drawing, f"{age}-dermis", "height") for age in ("young", "older"))
    assert older / young == pytest.approx(0.70)
    thicker = change_rows(data, "aging", "series", {"ser-08": {"value": Decimal(85)}})
    assert measure(draw(thicker, "skin-for-patients"), "older-dermis", "height") / young == pytest.approx(0.85)
    assert not any(character.isdigit() for words in texts(drawing) for character in words)
