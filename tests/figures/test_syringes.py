"""Ratios and mixing: lengths of fillings follow the volumes, words follow the rows."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from lxml.etree import _Element
from lxml.html import fromstring

from macros.content.load import Data
from macros.rendering.figures.figure import draw
from macros.rendering.figures.svg import Drawing
from macros.rendering.label_marks import standing_mark, standing_words
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


@pytest.mark.parametrize("figure_id", ["ratio-example", "mixing-strip", "mixing-steps", "ratio-syringes"])
def test_words_stay_inside_and_apart(data: Data, figure_id: str) -> None:
    drawing = draw(data, figure_id)
    assert geometry.outside(drawing) == []
    assert geometry.overlapping(drawing) == []


def test_mixing_says_the_tested_number_of_passes(data: Data) -> None:
    fact = data.rows["mix-001"]
    more = replace(data, rows=data.rows | {"mix-001": fact.model_copy(update={"values": {"passes": Decimal(14)}})})
    for figure_id in ("mixing-strip", "mixing-steps"):
        said, after = (" ".join(geometry.texts(draw(source, figure_id))) for source in (data, more))
        assert "At least 10 passes" in said and "At least 14 passes" in after
        assert "small lidocaine additions only" in said


def test_mixing_bears_the_titles_of_the_steps(data: Data) -> None:
    steps = [row.model_copy(update={"title": f"{row.title} now"}) for row in data.technique.steps]
    renamed = replace(data, technique=data.technique.model_copy(update={"steps": steps}))
    for figure_id in ("mixing-strip", "mixing-steps"):
        said = " ".join(geometry.texts(draw(renamed, figure_id)))
        for row in steps:
            if row.phase == "mixing":
                assert all(half.lower() in said.lower() for half in row.title.split(" and ")), row.id


@pytest.mark.parametrize("figure_id", ["mixing-strip", "mixing-steps"])
def test_mixing_is_drawn_to_volume(data: Data, figure_id: str) -> None:
    choice = next(row for row in data.preparations.ratios if row.standing == "label")
    thinner = with_ratio(data, choice.id, diluent_parts=Decimal(4))
    for source, parts in ((data, float(choice.diluent_parts)), (thinner, 4)):
        drawing = draw(source, figure_id)
        drawn = lengths(drawing, geometry.part(drawing, "join"))
        assert drawn["diluent"] / drawn["product"] == pytest.approx(parts, rel=0.01)
    assert {"1:4", "+\u00a06\u00a0mL", "=\u00a07.5\u00a0mL"} <= set(geometry.texts(drawing))


def test_spheres_sink_in_a_syringe_at_rest(data: Data) -> None:
    drawing = draw(data, "mixing-steps")
    rest = [float(dot.get("cx")) for dot in geometry.part(drawing, "filled-at-tip").iter("circle")]
    length = geometry.measure(drawing, "filled-at-tip", "width")
    # The tip, which points down, is at 0.
    low = [at for at in rest if at > -length / 2]
    assert len(low) > 0.7 * len(rest)


def test_every_ratio_is_drawn_to_volume(data: Data) -> None:
    drawing = draw(data, "ratio-syringes")
    product = set()
    for row in data.preparations.ratios:
        drawn = lengths(drawing, geometry.part(drawing, row.id))
        whole = drawn["spheres"] + drawn["gel"]
        product.add(round(whole, 1))
        assert drawn["diluent"] / whole == pytest.approx(float(row.diluent_parts / row.product_parts), rel=0.01)
        assert drawn["spheres"] / whole == pytest.approx(float(data.caha_share_percent()) / 100, abs=0.01)
    assert len(product) == 1, "each row begins with the same product"


def test_shares_follow_the_ratio(data: Data) -> None:
    said = geometry.texts(draw(with_ratio(data, "ratio-1-8", diluent_parts=Decimal(9)), "ratio-syringes"))
    assert {"1:9", "10\u00a0% product", "3\u00a0% CaHA"} <= set(said)
    assert "1:8" not in said


def test_a_ratio_bears_the_mark_and_words_of_the_tables(data: Data) -> None:
    drawing = draw(data, "ratio-syringes")
    for row in data.preparations.ratios:
        html = standing_mark(row)
        kind, said = standing_words(row)
        assert f"mark-{kind}" in html and fromstring(html).text_content().replace("\u00a0", " ") == said
        part = geometry.part(drawing, row.id)
        assert part.xpath(".//*[@data-part=$name]", name=f"mark-{kind}")
        assert said in " ".join(element.text for element in part.iter("text"))


def test_a_changed_standing_changes_the_mark(data: Data) -> None:
    drawing = draw(with_ratio(data, "ratio-1-4", standing="article-only"), "ratio-syringes")
    assert geometry.part(drawing, "ratio-1-4").xpath(".//*[@data-part='mark-no-study']")
