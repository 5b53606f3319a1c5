"""The map of regions and the outlines: marks, fills and words follow the rows; links lead to places that exist."""

import re
from itertools import pairwise
from typing import Any, get_args

import pytest
from lxml.etree import _Element

from macros.content.label_status import StatusKind, region_statuses
from macros.content.load import Data
from macros.content.project import Project
from macros.content.published import publish
from macros.content.rows.indications import Indication
from macros.content.rows.label import Region
from macros.rendering.figures.fit import box_of, check_room, outside
from macros.rendering.figures.needed import UndrawableError
from macros.rendering.figures.region_map import SPOTS, stripes
from macros.rendering.figures.svg import Drawing
from tests.figures.geometry import (
    around,
    changed,
    corners,
    draw,
    part,
    parts,
    published,
    said,
    texts,
    tree,
    with_rows,
    without,
)
from tests.labels import and_labels, label, without_labels

FILLS = {
    "routine": "f-green-light f-green-edge",
    "extra-care": "f-amber-light f-region",
    "specialist": "f-amber-light f-region",
    "avoid": "f-warn-light f-warn-edge",
}


def shown(data: Data) -> dict[str, Region]:
    """The regions that have an area on the map."""
    treated = [row for row in published(data.regions.regions) if row.kind == "treatment"]
    return {row.id: row for row in treated if row.id in SPOTS or row.id == "acne-scars"}


def with_region(data: Data, region: str, *labels: Indication, **update: Any) -> Drawing:
    """The map with a region that has these labels only, changed."""
    off = changed(without_labels(data, region), region, **({"caution": "extra-care"} | update))
    return draw(and_labels(off, *labels), "region-map")


def marks(drawing: Drawing, region: str) -> list[str]:
    """The marks of a region's label, from left to right."""
    found = part(drawing, f"label-{region}").xpath(".//*[@data-part='marks']/*/@data-part")
    return [name.removeprefix("mark-") for name in found]


def shapes(drawing: Drawing, region: str) -> list[_Element]:
    return [shape for shape in part(drawing, f"area-{region}") if shape.get("class") != "f-stripe"]


def test_every_region_of_face_neck_chest_and_hands_is_drawn_and_the_others_are_named(either: Project) -> None:
    data, drawing = either.data, draw(either.data, "region-map")
    for name in shown(data):
        assert {f"area-{name}", f"label-{name}"} <= parts(drawing)
    key = said(part(drawing, "key"))
    for row in published(data.regions.regions):
        if row.id not in shown(data):
            assert f"area-{row.id}" not in parts(drawing)
            assert (row.name.partition(" (")[0] in key) == (row.kind == "treatment")


def test_the_map_grows_with_the_list_of_regions_that_it_does_not_draw(data: Data) -> None:
    one = next(row for row in published(data.regions.regions) if row.kind == "treatment" and row.id not in shown(data))
    more = [one.model_copy(update={"id": f"made-{n}", "name": f"A made-up region {n}"}) for n in range(20)]
    drawing = draw(with_rows(data, "regions", "regions", [*data.regions.regions, *more]), "region-map")
    assert "A made-up region 19" in said(part(drawing, "key")) and outside(drawing) == []


@pytest.mark.parametrize("region", [*SPOTS, "acne-scars"])
def test_a_region_without_its_row_is_refused_and_one_that_is_withheld_is_left_out(data: Data, region: str) -> None:
    with pytest.raises(UndrawableError, match=rf"docs/data/regions.yml: {region}: id: .*restore the id"):
        draw(without(data, region), "region-map")
    assert f"area-{region}" not in parts(draw(changed(data, region, publish=False), "region-map"))


def test_marks_and_fills_are_those_of_the_rows(either: Project) -> None:
    drawing = draw(either.data, "region-map")
    for row in shown(either.data).values():
        assert {shape.get("class") for shape in shapes(drawing, row.id)} == {FILLS[str(row.caution)]}
        kinds = [{one.kind for one in region_statuses(either.published, row, diluted)} for diluted in (False, True)]
        careful = (
            ({"on-label"}, "on-label"),
            ({"on-label", "reported"}, "reported"),
            (set(get_args(StatusKind)), "off-label"),
        )
        expected = [next(mark for among, mark in careful if kind <= among) for kind in kinds]
        assert marks(drawing, row.id) == (["avoid"] if row.caution == "avoid" else expected)
        # Acne scars are dots, too small for stripes.
        if row.id != "acne-scars":
            striped = bool(part(drawing, f"area-{row.id}").xpath("./*[@class='f-stripe']"))
            assert striped == (row.caution == "specialist")


def test_a_region_that_is_to_be_avoided_bears_crosses(data: Data) -> None:
    before, after = with_region(data, "cheeks"), with_region(data, "cheeks", label("cheeks"), caution="avoid")
    assert marks(before, "cheeks") == ["off-label", "off-label"] and marks(after, "cheeks") == ["avoid"]
    assert {shape.get("class") for shape in shapes(after, "cheeks")} == {FILLS["avoid"]}
    assert f"{data.region('cheeks').name.partition(' (')[0]}: avoid" in texts(after)
    # A cross on each cheek, and one beside the name.
    crosses = [len(tree(drawn).xpath("//*[@data-part='mark-avoid']")) for drawn in (before, after)]
    assert crosses[1] == crosses[0] + 3


def test_where_the_jurisdictions_differ_the_careful_mark_stands_with_the_exception_in_words(data: Data) -> None:
    sold = ["syringe-small", "syringe-large"]
    after = with_region(data, "jawline", label("jawline", "us", presentations=sold))
    assert marks(after, "jawline") == ["off-label", "off-label"]
    assert "undiluted: US only" in said(part(after, "label-jawline"))
    assert "only" not in said(part(with_region(data, "jawline"), "label-jawline"))


def test_limits_of_a_label_stand_beside_its_mark(data: Data) -> None:
    read, reported = label("decolletage", "eu", 4), label("decolletage", "us", 4, seen="reported", reported_by="others")
    both = with_region(data, "decolletage", read, label("decolletage", "us", 4))
    assert "diluted: 1:4: Testgel 2 mL only" in said(part(both, "label-decolletage"))
    one = said(part(with_region(data, "decolletage", read, reported), "label-decolletage"))
    assert "diluted: 1:4: Testgel 2 mL (US reported, EU) only" in one
    assert marks(both, "decolletage") == ["off-label", "on-label"]
    assert marks(with_region(data, "decolletage", read, reported), "decolletage") == ["off-label", "reported"]
    assert marks(with_region(data, "decolletage", reported), "decolletage") == ["off-label", "off-label"]


def test_words_beside_a_column_of_regions_stand_closer_and_then_are_refused(data: Data) -> None:
    word = "a name of some length that takes several lines beside its region"
    drawing = with_region(data, "jawline", name=" ".join([word] * 2))
    assert said(part(drawing, "label-jawline")).count("several") == 2
    with pytest.raises(UndrawableError, match=r"docs/data/regions.yml: jawline: name: .*make its name shorter"):
        with_region(data, "jawline", name=" ".join([word] * 12))


def test_limits_of_a_label_without_room_stand_below_the_map(data: Data) -> None:
    data = changed(data, "syringe-large", product=" ".join(["Testgel of a long name"] * 40))
    drawing = with_region(data, "jawline", label("jawline", "us"))
    number = said(part(drawing, "label-jawline")).removeprefix("Jawline note ")
    assert f"Note {number}. Jawline: undiluted: Testgel of a long name" in said(part(drawing, "key"))
    assert outside(drawing) == []


def test_more_indications_of_any_region_are_drawn(either: Project) -> None:
    """Rows, not code: whoever adds an indication has no drawing to mend."""
    sold, thinned = either.data.product.presentations[-1].id, either.data.indications.diluents[0].id
    usual: dict[str, Any] = {"presentations": [sold], "refs": [next(iter(either.data.references))]}
    places = enumerate(row.id for row in either.data.indications.jurisdictions)
    ratios = [(place, 9 + number) for number, place in places]
    for region in shown(either.data):
        more = [label(region, place, parts, diluents=[thinned], **usual) for place, parts in ratios]
        data = and_labels(
            changed(either.data, region, caution="extra-care"), *more, label(region, ratios[0][0], **usual)
        )
        drawing = draw(data, "region-map")
        check_room(drawing, publish(data))
        assert "diluted: 1:9" in said(part(drawing, f"label-{region}")) + said(part(drawing, "key"))


def test_no_label_lies_on_the_line_of_the_shoulders(either: Project) -> None:
    drawing = draw(either.data, "region-map")
    lines = part(drawing, "neck-and-chest").xpath("./*[@class='f-contour']")
    shoulders = [
        (x + (other_x - x) * step / 10, y + (other_y - y) * step / 10)
        for line in lines
        for (x, y), (other_x, other_y) in pairwise(corners(line))
        for step in range(10)
    ]
    assert len(shoulders) > 100
    for name in shown(either.data):
        label = part(drawing, f"label-{name}")
        seen = [*map(box_of, label.iter("text")), *(around(found) for one in label.iter() if (found := corners(one)))]
        for left, top, right, bottom in seen:
            on_it = [(x, y) for x, y in shoulders if left < x < right and top < y < bottom]
            assert on_it == [], name


def test_each_name_is_a_link_that_says_the_status_and_the_area_is_one_for_the_pointer(either: Project) -> None:
    drawing = draw(either.data, "region-map")
    for link in tree(drawing).iter("a"):
        if link.get("aria-hidden") == "true":
            assert link.get("tabindex") == "-1"
        else:
            assert "undiluted" in link.get("aria-label")
    name = either.data.region("neck").name
    (label,) = [link for link in tree(drawing).iter("a") if (link.get("aria-label") or "").startswith(f"{name}:")]
    assert label.get("href") == either.published.region("neck").home


def test_a_link_is_called_by_the_words_that_are_seen(either: Project) -> None:
    """Who speaks to the machine says what stands there (label-content-name-mismatch)."""
    for link in tree(draw(either.data, "region-map")).xpath("//a[@aria-label]"):
        seen, name = (
            re.sub(r"[^\w ]", "", words).split() for words in ("".join(link.itertext()), link.get("aria-label"))
        )
        assert name[: len(seen)] == seen


def test_the_status_that_is_said_is_that_of_the_row(data: Data) -> None:
    drawing = with_region(data, "neck", caution="specialist")
    name = data.region("neck").name
    (told,) = [told for told in tree(drawing).xpath("//a/@aria-label") if told.startswith(f"{name}:")]
    assert "undiluted off-label (US, EU)" in told and "specialists only" in told


def test_stripes_end_at_the_outline() -> None:
    steps = stripes([(0, 0), (20, 0), (20, 20), (0, 20)]).get("d").split("M")[1:]
    assert len(steps) > 3
    for step in steps:
        for point in step.split("L"):
            x, y = (float(number) for number in point.split())
            assert min(abs(x), abs(x - 20), abs(y), abs(y - 20)) < 0.1


def test_the_record_has_the_outlines_with_right_and_left_and_nothing_filled_in(data: Data) -> None:
    outlines = draw(data, "record-outlines")
    assert {"face", "neck-and-chest", "right-hand", "left-hand"} <= parts(outlines)
    assert texts(outlines).count("Right") == texts(outlines).count("Left") == 3
    # The patient's right is at the left, as in every front view.
    for name in ("face-outline", "neck-and-decolletage", "hands"):
        right, left = (float(part(outlines, name).xpath(f".//text[.='{side}']/@x")[0]) for side in ("Right", "Left"))
        assert right < left
    assert not tree(outlines).xpath("//*[contains(@class, 'light')]")
