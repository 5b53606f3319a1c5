"""The drawings of skin follow the data."""

import re
from dataclasses import replace
from decimal import Decimal

import pytest

from macros.content.load import Data
from macros.rendering.figures.figure import draw
from macros.rendering.figures.skin_to_scale import LENS, SCALE
from tests.figures.geometry import measure, outside, overlapping, part, texts

FIGURES = ["skin-for-patients", "dermis-young-aged", "skin-to-scale", "aging-loop"]


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


CHEEK = ["lay-40", "lay-41", "lay-42", "lay-43"]


def test_every_drawn_thickness_is_its_millimeters_to_scale(data: Data) -> None:
    drawing = draw(data, "skin-to-scale")
    for row_id in CHEEK:
        assert measure(drawing, row_id, "height") == pytest.approx(float(data.rows[row_id].mean_mm) * SCALE, abs=0.01)
    for name, row_id, field in (
        ("hand-dermis", "lay-32", "mean_mm"),
        ("hand-plane-least", "lay-33", "min_mm"),
        ("hand-plane-most", "lay-33", "max_mm"),
        ("neck-depth", "lay-26", "mean_mm"),
    ):
        expected = float(getattr(data.rows[row_id], field)) * SCALE
        assert measure(drawing, name, "height") == pytest.approx(expected, abs=0.01)
    fascia = measure(drawing, "fascia", "y") - measure(drawing, "lay-40", "y")
    assert fascia == pytest.approx(float(data.rows["lay-24"].mean_mm) * SCALE, abs=0.01)
    band = data.rows["age-014"].values
    assert measure(drawing, "plane-range", "height") == pytest.approx(
        float(band["max_mm"] - band["min_mm"]) * SCALE, abs=0.01
    )


def test_layers_below_move_when_a_layer_grows(data: Data) -> None:
    thicker = change_rows(data, "aging", "layers", {"lay-41": {"mean_mm": Decimal("0.3")}})
    before, after = draw(data, "skin-to-scale"), draw(thicker, "skin-to-scale")
    for row_id in ("lay-42", "lay-43"):
        assert measure(after, row_id, "y") - measure(before, row_id, "y") == pytest.approx(0.1 * SCALE, abs=0.01)


def test_instruments_and_spheres_have_their_true_diameters(data: Data) -> None:
    drawing = draw(data, "skin-to-scale")
    sizes = data.rows["caha-microspheres"].values
    for field in ("min_um", "max_um"):
        diameter = 2 * measure(drawing, f"sphere-{field}", "r", "circle")
        assert diameter == pytest.approx(float(sizes[field]) / 1000 * SCALE * LENS, abs=0.02)
        smallest = [2 * float(dot.get("r")) for dot in part(drawing, "true-spheres").iter("circle")]
        assert float(sizes[field]) / 1000 * SCALE == pytest.approx(
            (min if field == "min_um" else max)(smallest), abs=0.02
        )
    for name, gauge in (("prd-017-outer_gauge", 25), ("tec-012-cannula_gauge", 25), ("tec-012-neck_cannula_gauge", 22)):
        # The outline starts at the upper left corner and ends at the lower right or left one.
        outline = next(part(drawing, name).iter("path")).get("d")
        heights = [float(number) for number in re.findall(r"[ML]\S+ (\S+?)(?=[A-Z])", outline)]
        falls = re.search(r"0 0 1 0 (\S+?)H", outline)
        thick = float(falls[1]) if falls else max(heights) - min(heights)
        assert thick == pytest.approx(float(data.rows["prd-036"].values[f"gauge_{gauge}_mm"]) * SCALE, abs=0.01)


def test_drawing_values_of_the_cheek_are_never_printed(data: Data) -> None:
    printed = " ".join(texts(draw(data, "skin-to-scale")))
    assert not any(f"{data.rows[row_id].mean_mm}\u00a0mm" in printed for row_id in CHEEK)


def test_the_loop_tells_the_data_and_keeps_the_hypothesis_apart(data: Data) -> None:
    other = change_values(data, "aging", "facts", "age-021", old_percent=Decimal(41), young_percent=Decimal(83))
    told = [words.text for words in part(draw(other, "aging-loop"), "tension").iter("text")]
    assert any("41" in words for words in told) and any("83" in words for words in told)
    drawing = draw(data, "aging-loop")
    frame = part(drawing, "hypothesis")
    assert any("f-dash" in shape.get("class") for shape in frame.iter("rect"))
    assert [words for words in texts(drawing) if "CaHA" in words] == ["Hypothesis: where CaHA may act"]
