"""The plots: a mark stands where the numbers of its scale say that the value of its row lies."""

import re
from decimal import Decimal
from typing import Any

import pytest

from macros.content.load import Data
from macros.content.rows.aging import SeriesPoint
from macros.content.rows.technique import Protocol
from macros.content.vocabulary import Evidence
from macros.rendering.figures.needed import UndrawableError
from macros.rendering.figures.plot import Scale, step
from macros.rendering.figures.svg import Drawing
from tests.figures.geometry import Axis, box, changed, draw, middle, numbers, part, parts, published, said, texts, tree
from tests.labels import and_labels, label, without_labels


def test_a_scale_is_straight_and_its_ticks_are_round() -> None:
    scale = Scale(10, 20, 100, 0)
    assert [scale.at(value) for value in (10, Decimal("12.5"), 20, 25)] == [100, 75, 0, -50]
    assert [step(span, 5) for span in (3, 5, 6, 11, 26, 51, 260)] == [1, 1, 2, 5, 10, 20, 100]


# ---------------------------------------------------------------------------
# Dermis against age
# ---------------------------------------------------------------------------


def panels(drawing: Drawing) -> list[tuple[Axis, Axis]]:
    """The scales of each panel, ages across and values up, by the numbers beside them."""
    found = []
    for title in (element for element in tree(drawing).iter("text") if element.get("class") == "f-title"):
        top = float(title.get("y"))
        here = [number for number in numbers(drawing, r"(?:age )?[\d,]+") if top < number[1] < top + 300]
        foot = max(y for _, y, _ in here)
        ages = Axis((x, value) for x, y, value in here if y == foot)
        # Numbers stand with their baseline 5 px below the height that they name.
        values = Axis((y - 5, value) for x, y, value in here if y != foot)
        found.append((ages, values))
    return found


def series(data: Data, name: str) -> list[SeriesPoint]:
    return [row for row in data.aging.series if row.series == name]


def test_measured_points_stand_at_their_age_and_value_with_their_spread(data: Data) -> None:
    drawing = draw(data, "dermis-against-age")
    score, _, cells = panels(drawing)
    for (ages, values), name in (
        (score, "percent-collagen-score"),
        (cells, "type-i-procollagen-by-cultured-fibroblasts"),
    ):
        for row in series(data, name):
            assert row.x is not None and row.sd is not None
            assert middle(drawing, row.id) == pytest.approx(
                (ages.at(float(row.x)), values.at(float(row.value))), abs=0.02
            )
            _, top, _, bottom = box(drawing, f"{row.id}-sd")
            assert (values.value(bottom), values.value(top)) == pytest.approx(
                (float(row.value - row.sd), float(row.value + row.sd)), abs=0.02
            )
            span = re.fullmatch(r"(\d+)\N{EN DASH}(\d+)", row.x_label)
            if span:
                left, _, right, _ = box(drawing, f"{row.id}-group")
                assert (ages.value(left), ages.value(right)) == pytest.approx((int(span[1]), int(span[2])), abs=0.02)


def test_lines_that_are_computed_run_through_their_points_and_the_claim_looks_unconfirmed(data: Data) -> None:
    drawing = draw(data, "dermis-against-age")
    _, (ages, values), _ = panels(drawing)
    for name, of in (
        ("dermis", "dermal-thickness-index-inner-arm"),
        ("claim", "collagen-index-under-the-popular-1-a-year-rule"),
    ):
        drawn = re.findall(r"(\S+),(\S+)", part(drawing, name)[0].get("points"))
        assert [(ages.value(float(x)), values.value(float(y))) for x, y in drawn] == [
            pytest.approx((float(row.x or 0), float(row.value)), abs=0.05) for row in series(data, of)
        ]
    assert "f-dash" in part(drawing, "claim")[0].get("class")
    assert "f-dash" not in part(drawing, "dermis")[0].get("class")
    assert "not confirmed" in said(drawing)


def test_a_value_above_a_hundred_widens_its_scale_and_a_missing_spread_is_not_drawn(data: Data) -> None:
    row = series(data, "percent-collagen-score")[0]
    drawing = draw(changed(data, row.id, value=Decimal(120), sd=None), "dermis-against-age")
    _, values = panels(drawing)[0]
    assert values.value(middle(drawing, row.id)[1]) == pytest.approx(120, abs=0.1)
    assert f"{row.id}-sd" not in parts(drawing)


# ---------------------------------------------------------------------------
# What CaHA does over time
# ---------------------------------------------------------------------------


def weeks(drawing: Drawing) -> Axis:
    """The scale of weeks: the numbers above the tracks."""
    found = [(x, y, value) for x, y, value in numbers(drawing) if x < 405]
    top = min(y for _, y, _ in found)
    return Axis((x, value) for x, y, value in found if y == top)


def test_a_bar_covers_its_weeks_and_a_dot_stands_for_each_person(data: Data) -> None:
    drawing = draw(data, "caha-timeline")
    for row in published(data.product.timeline):
        left, _, right, _ = box(drawing, row.id)
        first, last = (weeks(drawing).value(x) for x in (left, right))
        if row.from_week == row.to_week:
            assert (first + last) / 2 == pytest.approx(float(row.from_week), abs=0.02)
        else:
            assert (first, last) == pytest.approx((float(row.from_week), float(row.to_week)), abs=0.02)
        assert (f"{row.id}-people" in parts(drawing)) == bool(row.n)
        if row.n:
            assert len(part(drawing, f"{row.id}-people")) == row.n


@pytest.mark.parametrize("last", [131, 150, 260, 520])
def test_weeks_beyond_the_usual_scale_widen_it(data: Data, last: int) -> None:
    row = published(data.product.timeline)[0]
    drawing = draw(changed(data, row.id, to_week=Decimal(last)), "caha-timeline")
    scale = weeks(drawing)
    right = box(drawing, row.id)[2]
    assert scale.value(right) == pytest.approx(last, abs=0.2)
    assert scale.ticks[-1][1] >= last - 3


def test_more_people_than_there_is_room_for_are_a_number(data: Data) -> None:
    row = published(data.product.timeline)[0]
    drawing = draw(changed(data, row.id, n=5081, human=True), "caha-timeline")
    assert "5,081" in texts(drawing) and f"{row.id}-people" not in parts(drawing)
    assert "up to" in said(drawing)


def test_findings_that_contradict_others_bear_a_mark(data: Data) -> None:
    first, *rest = published(data.product.timeline)
    quiet = data
    for row in (first, *rest):
        quiet = changed(quiet, row.id, phase="early", note=None)
    drawing = draw(changed(quiet, first.id, note=f"Conflicts with {first.id}."), "caha-timeline")
    assert part(drawing, first.id)[0].get("class") == "f-amber" and "conflict" in parts(drawing)
    assert "conflict" not in parts(draw(quiet, "caha-timeline"))


def test_rows_that_are_not_to_be_published_are_not_drawn(data: Data) -> None:
    for figure, rows in (
        ("caha-timeline", data.product.timeline),
        ("adverse-events-rates", data.safety.adverse_events),
        ("approvals-timeline", data.approvals.approvals),
        ("ratios-by-region", data.protocols.protocols),
    ):
        row = next(row for row in rows if row.id in parts(draw(data, figure)))
        assert row.id not in parts(draw(changed(data, row.id, publish=False), figure))


# ---------------------------------------------------------------------------
# Ratios by region
# ---------------------------------------------------------------------------


def diluent(drawing: Drawing) -> Axis:
    """The scale of parts of diluent."""
    found = numbers(drawing)
    foot = min(y for _, y, _ in found)
    return Axis((x, value) for x, y, value in found if y == foot)


def ratio_row(data: Data) -> Protocol:
    """A row with a single ratio."""
    return next(
        row
        for row in published(data.protocols.protocols)
        if row.diluent_parts_min == row.diluent_parts_max != None  # noqa: E711 (both are stated)
        and data.region(row.region).caution != "avoid"
        and not row.undiluted
    )


def test_a_mark_stands_at_its_parts_of_diluent_and_a_range_covers_them(data: Data) -> None:
    drawing = draw(data, "ratios-by-region")
    scale = diluent(drawing)
    for row in (*published(data.protocols.protocols), *published(data.technique.bands)):
        if row.id not in parts(drawing) or row.diluent_parts_min is None or row.diluent_parts_max is None:
            continue
        ends = [float(end / row.product_parts) for end in (row.diluent_parts_min, row.diluent_parts_max)]
        left, _, right, _ = box(drawing, row.id)
        if ends[0] == ends[1] and isinstance(row, Protocol):
            assert scale.value((left + right) / 2) == pytest.approx(ends[0], abs=0.02)
        else:
            assert (scale.value(left), scale.value(right)) == pytest.approx(tuple(ends), abs=0.02)


@pytest.mark.parametrize("ratio", [8, 9, 10, 16, 20])
def test_a_thinner_ratio_is_drawn_beyond_eight_and_not_beside_not_stated(data: Data, ratio: int) -> None:
    row = ratio_row(data)
    thin = {"diluent_parts_min": Decimal(ratio), "diluent_parts_max": Decimal(ratio)}
    drawing = draw(changed(data, row.id, **thin), "ratios-by-region")
    at = middle(drawing, row.id)[0]
    assert diluent(drawing).value(at) == pytest.approx(ratio, abs=0.02)
    unknown = {"diluent_parts_min": None, "diluent_parts_max": None}
    aside = draw(changed(data, row.id, **unknown), "ratios-by-region")
    assert middle(aside, row.id)[0] > at + 30


def test_a_ratio_that_no_scale_holds_is_refused_with_its_row(data: Data) -> None:
    row = ratio_row(data)
    with pytest.raises(UndrawableError, match=rf"docs/data/protocols.yml: {row.id}: diluent_parts_max: .*20 parts"):
        draw(changed(data, row.id, product_parts=Decimal("0.01")), "ratios-by-region")


@pytest.mark.parametrize("evidence", Evidence.__args__)  # type: ignore[attr-defined]
def test_every_kind_of_evidence_has_a_mark_that_the_key_names(data: Data, evidence: str) -> None:
    row = ratio_row(data)
    drawing = draw(changed(data, row.id, evidence=evidence), "ratios-by-region")
    mark = part(drawing, row.id)[0]
    keys = [group[0] for group in tree(drawing).xpath("//*[@data-part='key']")]
    assert (mark.tag, mark.get("class")) in {(key.tag, key.get("class")) for key in keys}


def test_a_range_of_a_study_bears_its_shape_and_one_of_the_article_the_articles(data: Data) -> None:
    row = ratio_row(data)
    for band in data.technique.bands:
        data = changed(data, band.id, refs=["article", band.id])
    wide = {"diluent_parts_min": Decimal(1), "diluent_parts_max": Decimal(4)}
    for evidence, refs, shapes in (
        ("news", ["article"], ["path"]),
        ("news", ["other"], ["path", "polygon"]),
        ("cohort", ["article"], ["path", "circle"]),
    ):
        drawing = draw(changed(data, row.id, evidence=evidence, refs=refs, **wide), "ratios-by-region")
        assert [shape.tag for shape in part(drawing, row.id)] == shapes
        assert ("f-amber-line" in part(drawing, row.id)[0].get("class")) == (shapes == ["path"])


def test_the_bands_of_the_article_lie_behind_the_marks(data: Data) -> None:
    order = tree(draw(data, "ratios-by-region")).xpath("//@data-part")
    bands = [order.index(band.id) for band in published(data.technique.bands)]
    assert max(bands) < order.index(ratio_row(data).id)


def test_all_published_rows_are_drawn_but_no_region_to_avoid(data: Data) -> None:
    drawing = draw(data, "ratios-by-region")
    rows = published(data.protocols.protocols)
    drawn = {row.id for row in rows if data.region(row.region).publish and data.region(row.region).caution != "avoid"}
    assert parts(drawing) & {row.id for row in rows} == drawn
    avoided = [row for row in rows if data.region(row.region).caution == "avoid"]
    assert avoided and not parts(drawing) & {row.id for row in avoided}


def test_regions_with_a_labeled_use_stand_above_the_others(data: Data) -> None:
    row = ratio_row(data)
    off = without_labels(data, row.region)
    words = texts(draw(off, "ratios-by-region"))
    assert words.index("Off-label (US, EU) when") < words.index(data.region(row.region).name)
    # A label for undiluted product counts where a row used it so.
    on = and_labels(changed(off, row.id, undiluted=True, diluents=[]), label(row.region, "us"))
    words = texts(draw(on, "ratios-by-region"))
    assert words.index(data.region(row.region).name) < words.index("Off-label (US, EU) when")


# ---------------------------------------------------------------------------
# Adverse events
# ---------------------------------------------------------------------------


def test_a_bar_has_the_length_of_its_rate(data: Data) -> None:
    drawing = draw(data, "adverse-events-rates")
    left, _, right, _ = box_of_first(drawing, "track")
    for row in published(data.safety.adverse_events):
        if row.id in parts(drawing):
            start, _, end, _ = box(drawing, row.id)
            assert start == left
            assert (end - start) / (right - left) * 100 == pytest.approx(float(row.percent or 0), abs=0.02)


def box_of_first(drawing: Drawing, name: str) -> tuple[float, float, float, float]:
    first = Drawing(drawing.width, drawing.height, [one for one in drawing.parts if one.get("data-part") == name][:1])
    return box(first, name)


def test_counts_stand_beside_their_bar_long_ones_below(data: Data) -> None:
    row = next(row for row in published(data.safety.adverse_events) if row.denominator and row.percent is not None)
    for count, of, said_so in ((40, 117, "40 of 117"), (123456, 7654321, "123,456 of 7,654,321"), (None, 30, "of 30")):
        drawing = draw(changed(data, row.id, numerator=count, denominator=of), "adverse-events-rates")
        assert said_so in texts(drawing)


def test_only_rates_with_a_denominator_are_drawn_by_dilution(data: Data) -> None:
    row = next(row for row in published(data.safety.adverse_events) if row.denominator and row.percent is not None)
    assert row.id not in parts(draw(changed(data, row.id, denominator=None, numerator=None), "adverse-events-rates"))
    assert row.id not in parts(draw(changed(data, row.id, percent=None), "adverse-events-rates"))
    titles = ("Undiluted, or dilution not stated", "Diluted product", "Several dilutions or products together")
    for diluted, section in ((False, 0), (None, 0), (True, 1), ("mixed", 2)):
        drawing = draw(changed(data, row.id, diluted=diluted), "adverse-events-rates")
        heads = [float(tree(drawing).xpath("//text[.=$title]/@y", title=title)[0]) for title in titles]
        assert [head < middle(drawing, row.id)[1] for head in heads] == [True] * (section + 1) + [False] * (2 - section)


def test_people_treated_in_a_region_to_avoid_are_warned_of(data: Data) -> None:
    region = next(row for row in published(data.regions.regions) if row.caution == "avoid")
    row = next(row for row in published(data.safety.adverse_events) if row.denominator and row.percent is not None)
    people = f"12 treatments of the {region.name.lower()}"
    drawing = draw(changed(data, row.id, population=people), "adverse-events-rates")
    assert f"{people}: a region to avoid" in texts(drawing)
    assert part(drawing, row.id)[0].get("class") == "f-warn"
    calm = draw(changed(data, row.id, population="12 treatments elsewhere"), "adverse-events-rates")
    assert part(calm, row.id)[0].get("class") != "f-warn"


# ---------------------------------------------------------------------------
# Approvals
# ---------------------------------------------------------------------------


def years(drawing: Drawing) -> Axis:
    """The scale of years, from top to bottom."""
    return Axis((y - 5, value) for x, y, value in numbers(drawing, r"(?:19|20)\d\d") if x == 0)


def dated(data: Data, **update: Any) -> tuple[str, Drawing]:
    """The id of a dated row, and the drawing with some of its fields changed."""
    row = next(row for row in published(data.approvals.approvals) if row.date and row.product.startswith("Radiesse"))
    return row.id, draw(changed(data, row.id, **update), "approvals-timeline")


@pytest.mark.parametrize(
    ("date", "precision", "first", "last"),
    [
        ("2012-07-02", "day", 2012.5, 2012.5),
        ("2012-07", "month", 2012.5, 2012 + 7 / 12),
        ("2012", "year", 2012, 2013),
        ("2012", "uncertain", 2012, 2013),
        ("1900", "year", 1900, 1901),
        ("2099-12-31", "day", 2099.997, 2099.997),
    ],
)
def test_an_event_stands_at_its_date_as_exactly_as_it_is_known(
    data: Data, date: str, precision: str, first: float, last: float
) -> None:
    row_id, drawing = dated(data, date=date, date_precision=precision)
    scale = years(drawing)
    _, top, _, bottom = box(drawing, f"{row_id}-span")
    assert (scale.value(top), scale.value(bottom)) == pytest.approx((first, last), abs=0.01)
    assert scale.value(middle(drawing, row_id)[1]) == pytest.approx((first + last) / 2, abs=0.2)
    assert ("f-dash" in part(drawing, f"{row_id}-span")[0].get("class")) == (precision == "uncertain")


def test_each_jurisdiction_has_a_lane_and_each_event_a_shape(data: Data) -> None:
    rows = [row for row in published(data.approvals.approvals) if row.product.startswith(("Radiesse", "all fillers"))]
    for row, place in zip(rows, ("Elsewhere", "US", "Anywhere", "EU"), strict=True):
        data = changed(data, row.id, jurisdiction=place)
    drawing = draw(data, "approvals-timeline")
    # Those whose labels count come first, by their names.
    places = [middle(drawing, rows[index].id)[0] for index in (1, 3, 0, 2)]
    assert places == sorted(set(places))
    assert {"United States", "European Union", "Elsewhere", "Anywhere"} <= set(texts(drawing))
    kinds = {
        event: part(drawing, row_id)[0].tag
        for event in ("approval", "clearance", "advisory vote", "advisory meeting", "label change", "label wording")
        for row_id, drawing in [dated(data, event=event)]
    }
    assert list(kinds.values()) == ["circle", "circle", "polygon", "polygon", "rect", "rect"]


def test_records_that_are_not_sure_look_so_and_undated_ones_stand_below(data: Data) -> None:
    assert part(*reversed(dated(data, confidence="high")))[0].get("class") == "f-brand"
    assert "f-paper" in part(*reversed(dated(data, confidence="low")))[0].get("class")
    row_id, drawing = dated(data, date=None, date_precision="undated")
    assert middle(drawing, row_id)[1] > max(place for place, _ in years(drawing).ticks)
