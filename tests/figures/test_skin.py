"""The drawings of skin follow the data."""

from dataclasses import replace
from decimal import Decimal

import pytest

from macros.data import Data
from macros.figures import draw
from tests.figures.geometry import measure, outside, overlapping, part, texts

FIGURES = ["skin-for-patients", "dermis-young-aged"]


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


def change_values(data: Data, part: str, section: str, row_id: str, **values: Decimal) -> Data:
    row = data.rows[row_id]
    return change_rows(data, part, section, {row_id: {"values": row.values | values}})


def test_bundles_and_words_of_the_dermis_follow_the_data(data: Data) -> None:
    def shaded_collagen(rows: Data) -> int:
        window = part(draw(rows, "dermis-young-aged"), "shaded")
        return len(window.xpath(".//*[@data-part='collagen']/*"))

    scores = data.rows["age-018"].values
    none_lost = change_values(data, "aging", "facts", "age-018", end_percent=scores["start_percent"])
    assert shaded_collagen(data) < shaded_collagen(none_lost)
    assert any(words.startswith("58") for words in texts(draw(data, "dermis-young-aged")))
    other = change_values(data, "aging", "facts", "age-021", old_percent=Decimal(41))
    assert any(words.startswith("41") for words in texts(draw(other, "dermis-young-aged")))
