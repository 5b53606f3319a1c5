"""The drawings of skin follow the data."""

import re
from decimal import Decimal

import pytest

from macros.content.load import Data
from macros.rendering.figures.needed import UndrawableError
from macros.rendering.figures.skin_to_scale import LENS, SCALE
from tests.figures.geometry import changed, changed_values, draw, measure, part, said, texts

INDEX = "dermal-thickness-index-inner-arm"
CHEEK = ["lay-40", "lay-41", "lay-42", "lay-43"]


def test_patients_see_the_measured_thinning_and_no_numbers(data: Data) -> None:
    by_age = {int(row.x): row for row in data.aging.series if row.series == INDEX and row.x is not None}
    drawing = draw(data, "skin-for-patients")
    young, older = (measure(drawing, f"{age}-dermis", "height") for age in ("young", "older"))
    assert older / young == pytest.approx(float(by_age[70].value / by_age[20].value))
    thicker = changed(data, by_age[70].id, value=by_age[20].value * Decimal("0.85"))
    assert measure(draw(thicker, "skin-for-patients"), "older-dermis", "height") / young == pytest.approx(0.85)
    assert not any(character.isdigit() for words in texts(drawing) for character in words)


def test_patients_see_no_thinning_of_which_an_age_is_missing(data: Data) -> None:
    row = next(row for row in data.aging.series if row.series == INDEX and row.x == 70)
    with pytest.raises(UndrawableError, match=r"docs/data/aging.yml: series: .*at 70 years; restore it"):
        draw(changed(data, row.id, x=Decimal(71)), "skin-for-patients")


def test_bundles_and_words_of_the_dermis_follow_the_data(data: Data) -> None:
    def shaded_collagen(rows: Data) -> int:
        window = part(draw(rows, "dermis-young-aged"), "shaded")
        return len(window.xpath(".//*[@data-part='collagen']/*"))

    full = changed_values(data, "age-018", start_percent=Decimal(70), end_percent=Decimal(70))
    assert shaded_collagen(changed_values(full, "age-018", end_percent=Decimal(35))) < shaded_collagen(full)
    other = changed_values(data, "age-021", old_percent=Decimal(41))
    assert any(words.startswith("41") for words in texts(draw(other, "dermis-young-aged")))


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


def test_the_ruler_is_in_the_same_millimeters(data: Data) -> None:
    marks = {float(one.get("y1")) for one in part(draw(data, "skin-to-scale"), "ruler").iter("line")}
    surface = measure(draw(data, "skin-to-scale"), "lay-40", "y")
    assert {surface + mm * SCALE for mm in range(6)} <= marks


def test_layers_below_move_when_a_layer_grows(data: Data) -> None:
    thin, thick = (changed(data, "lay-41", mean_mm=Decimal(mm)) for mm in ("0.2", "0.3"))
    before, after = draw(thin, "skin-to-scale"), draw(thick, "skin-to-scale")
    for row_id in ("lay-42", "lay-43"):
        assert measure(after, row_id, "y") - measure(before, row_id, "y") == pytest.approx(0.1 * SCALE, abs=0.01)


def test_layers_that_run_out_of_the_drawing_are_refused(data: Data) -> None:
    with pytest.raises(UndrawableError, match=r"docs/data/aging.yml: lay-43: mean_mm: .*check the number"):
        draw(changed(data, "lay-43", mean_mm=Decimal(5)), "skin-to-scale")


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
    for row_id, field in (("prd-017", "outer_gauge"), ("tec-012", "cannula_gauge"), ("tec-012", "neck_cannula_gauge")):
        gauge = data.rows[row_id].values[field]
        # The outline starts at the upper left corner and ends at the lower right or left one.
        outline = next(part(drawing, f"{row_id}-{field}").iter("path")).get("d")
        heights = [float(number) for number in re.findall(r"[ML]\S+ (\S+?)(?=[A-Z])", outline)]
        falls = re.search(r"0 0 1 0 (\S+?)H", outline)
        thick = float(falls[1]) if falls else max(heights) - min(heights)
        assert thick == pytest.approx(float(data.rows["prd-036"].values[f"gauge_{gauge}_mm"]) * SCALE, abs=0.01)


def test_drawing_values_of_the_cheek_are_never_printed(data: Data) -> None:
    odd = data
    for row_id, mm in zip(CHEEK, ("0.0613", "0.2617", "1.3319", "2.4721"), strict=True):
        odd = changed(odd, row_id, mean_mm=Decimal(mm))
    printed = said(draw(odd, "skin-to-scale"))
    assert not re.search(r"0\.061|0\.26|1\.33|2\.47", printed)


def test_a_row_that_is_not_confirmed_is_not_drawn_as_if_it_were(data: Data) -> None:
    with pytest.raises(UndrawableError, match=r"docs/data/aging.yml: lay-32: publish: .*not to be published"):
        draw(changed(data, "lay-32", publish=False), "skin-to-scale")


def test_the_loop_tells_the_data_and_keeps_the_hypothesis_apart(data: Data) -> None:
    other = changed_values(data, "age-021", old_percent=Decimal(41), young_percent=Decimal(83))
    told = said(part(draw(other, "aging-loop"), "tension"))
    assert "41 %" in told and "83 %" in told
    drawing = draw(data, "aging-loop")
    frame = part(drawing, "hypothesis")
    assert any("f-dash" in shape.get("class") for shape in frame.iter("rect"))
    assert [words for words in texts(drawing) if "CaHA" in words] == ["Hypothesis: where CaHA may act"]
