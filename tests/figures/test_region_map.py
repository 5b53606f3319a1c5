"""The map of regions and the outlines: marks, fills and words follow the rows; links lead to places that exist."""

from dataclasses import replace

import pytest
from lxml.etree import _Element

from macros.content.load import Data
from macros.content.published import published
from macros.rendering.figures.figure import draw
from macros.rendering.figures.region_map import stripes
from macros.rendering.figures.svg import Drawing
from tests.figures.geometry import outside, overlapping, part, texts, tree

BODY = {"upper-arms", "abdomen", "thighs-knees", "buttocks", "elbows", "striae"}
FILLS = {
    "routine-label": "f-green-light f-green-edge",
    "off-label": "f-amber-light f-region",
    "off-label-specialist": "f-amber-light f-region",
    "avoid": "f-warn-light f-warn-edge",
}


def with_region(data: Data, region: str, **update: object) -> Data:
    """The data with one region changed."""
    rows = [row.model_copy(update=update) if row.id == region else row for row in data.regions.regions]
    return replace(
        data,
        regions=data.regions.model_copy(update={"regions": rows}),
        rows=data.rows | {row.id: row for row in rows},
    )


def marks(drawing: Drawing, region: str) -> list[str]:
    """The marks of a region's label, from left to right."""
    found = part(drawing, f"label-{region}").xpath(".//*[@data-part='marks']/*/@data-part")
    return [name.removeprefix("mark-") for name in found]


def shapes(drawing: Drawing, region: str) -> list[_Element]:
    return [shape for shape in part(drawing, f"area-{region}") if shape.get("class") != "f-stripe"]


@pytest.fixture(scope="module")
def drawing(data: Data) -> Drawing:
    return draw(data, "region-map")


@pytest.mark.parametrize("figure", ["region-map", "record-outlines"])
def test_words_stand_inside_and_apart(data: Data, figure: str) -> None:
    assert outside(draw(data, figure)) == []
    assert overlapping(draw(data, figure)) == []


def test_every_region_of_face_neck_chest_and_hands_is_drawn_and_the_others_are_named(
    data: Data, drawing: Drawing
) -> None:
    regions = {row.id: row for row in published(data.regions.regions) if row.kind == "treatment"}
    parts = set(tree(drawing).xpath("//@data-part"))
    for name in set(regions) - BODY:
        assert {f"area-{name}", f"label-{name}"} <= parts
    key = " ".join(element.text or "" for element in part(drawing, "key").iter("text"))
    for name in BODY:
        assert f"area-{name}" not in parts
        assert regions[name].name.partition(" (")[0] in key


def test_marks_fills_and_crosses_are_those_of_the_rows(data: Data, drawing: Drawing) -> None:
    for row in published(data.regions.regions):
        if row.kind != "treatment" or row.id in BODY:
            continue
        assert {shape.get("class") for shape in shapes(drawing, row.id)} == {FILLS[str(row.caution)]}
        expected = ["avoid"] if row.caution == "avoid" else [row.us_undiluted, row.us_diluted]
        assert marks(drawing, row.id) == expected
        # Acne scars are dots, too small for stripes.
        if row.id != "acne-scars":
            striped = bool(part(drawing, f"area-{row.id}").xpath("./*[@class='f-stripe']"))
            assert striped == (row.caution == "off-label-specialist")


def test_a_region_that_changes_in_the_data_changes_on_the_map(data: Data) -> None:
    avoid = dict.fromkeys(("us_undiluted", "us_diluted", "eu_undiluted", "eu_diluted"), "avoid")
    after = draw(with_region(data, "cheeks", caution="avoid", **avoid), "region-map")
    assert marks(after, "cheeks") == ["avoid"]
    assert {shape.get("class") for shape in shapes(after, "cheeks")} == {FILLS["avoid"]}
    assert "Cheeks: avoid" in texts(after)
    # A cross on each cheek, and one beside the name.
    crosses = [len(tree(drawn).xpath("//*[@data-part='mark-avoid']")) for drawn in (draw(data, "region-map"), after)]
    assert crosses[1] == crosses[0] + 3


def test_where_the_jurisdictions_differ_the_careful_mark_stands_with_the_exception_in_words(data: Data) -> None:
    after = draw(with_region(data, "jawline", eu_undiluted="off-label"), "region-map")
    assert marks(after, "jawline") == ["off-label", "off-label"]
    said = " ".join(element.text or "" for element in part(after, "label-jawline").iter("text"))
    assert "undiluted: US only" in said


def test_limits_of_a_label_stand_beside_its_mark(data: Data, drawing: Drawing) -> None:
    chest = [element.text for element in part(drawing, "label-decolletage").iter("text")]
    assert "diluted: 1:2 only" in chest
    assert data.region("decolletage").label_note in chest


def test_each_name_is_a_link_that_says_the_status_and_the_area_is_one_for_the_pointer(drawing: Drawing) -> None:
    for link in tree(drawing).iter("a"):
        if link.get("aria-hidden") == "true":
            assert link.get("tabindex") == "-1"
        else:
            assert "undiluted" in link.get("aria-label")
    (label,) = [link for link in tree(drawing).iter("a") if (link.get("aria-label") or "").startswith("Neck:")]
    assert label.get("href") == "technique/by-region.md#neck"
    assert "off-label (US, EU)" in label.get("aria-label")
    assert "specialists only" in label.get("aria-label")


def test_stripes_end_at_the_outline() -> None:
    steps = stripes([(0, 0), (20, 0), (20, 20), (0, 20)]).get("d").split("M")[1:]
    assert len(steps) > 3
    for step in steps:
        for point in step.split("L"):
            x, y = (float(number) for number in point.split())
            assert min(abs(x), abs(x - 20), abs(y), abs(y - 20)) < 0.1


def test_the_record_has_the_outlines_with_right_and_left_and_nothing_filled_in(data: Data) -> None:
    outlines = draw(data, "record-outlines")
    parts = tree(outlines).xpath("//@data-part")
    assert {"face", "neck-and-chest", "right-hand", "left-hand"} <= set(parts)
    assert texts(outlines).count("Right") == texts(outlines).count("Left") == 3
    # The patient's right is at the left, as in every front view.
    for name in ("face-outline", "neck-and-decolletage", "hands"):
        right, left = (float(part(outlines, name).xpath(f".//text[.='{side}']/@x")[0]) for side in ("Right", "Left"))
        assert right < left
    assert not tree(outlines).xpath("//*[contains(@class, 'light')]")
