"""Ratios and mixing: lengths of fillings follow the volumes, words follow the rows."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from lxml.etree import _Element

from macros.data import Data
from macros.figures import draw
from macros.figures.svg import Drawing
from tests.figures import geometry


def with_ratio(data: Data, ratio_id: str, **changes: Any) -> Data:
    """The data with one ratio changed."""
    rows = [row.model_copy(update=changes) if row.id == ratio_id else row for row in data.preparations.ratios]
    return replace(data, preparations=data.preparations.model_copy(update={"ratios": rows}))


def lengths(drawing: Drawing, part: _Element | None = None) -> dict[str, float]:
    """The length of each kind of filling, in px."""
    root = geometry.tree(drawing) if part is None else part
    groups = root.xpath(".//*[starts-with(@data-part, 'filled-')]")
    return {group.get("data-part").removeprefix("filled-"): float(group[0].get("width")) for group in groups}


def test_example_is_drawn_to_volume(data: Data) -> None:
    choice = next(row for row in data.preparations.ratios if row.standing == "label")
    drawn = lengths(draw(data, "ratio-example"))
    assert drawn["diluent"] / drawn["product"] == pytest.approx(float(choice.diluent_parts), rel=0.01)
    assert drawn["mixture"] == pytest.approx(drawn["product"] + drawn["diluent"], abs=0.05)


def test_example_follows_the_labeled_ratio(data: Data) -> None:
    choice = next(row for row in data.preparations.ratios if row.standing == "label")
    thinner = with_ratio(data, choice.id, diluent_parts=Decimal(3))
    drawn, drawing = lengths(draw(thinner, "ratio-example")), draw(thinner, "ratio-example")
    assert drawn["diluent"] / drawn["product"] == pytest.approx(3, rel=0.01)
    assert {"1", "3", "1:3", "4.5\u00a0mL", "6\u00a0mL"} <= set(geometry.texts(drawing))


def test_example_says_product_first(data: Data) -> None:
    kinds = [part.get("data-part") for part in draw(data, "ratio-example").parts if part.get("data-part")]
    assert kinds == ["product", "diluent", "mixture"]


@pytest.mark.parametrize("figure_id", ["ratio-example"])
def test_words_stay_inside_and_apart(data: Data, figure_id: str) -> None:
    drawing = draw(data, figure_id)
    assert geometry.outside(drawing) == []
    assert geometry.overlapping(drawing) == []
