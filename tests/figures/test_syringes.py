"""Ratios and mixing: lengths of fillings follow the volumes, words follow the rows."""

from decimal import Decimal

import pytest
from lxml.etree import _Element
from lxml.html import fromstring

from macros.content.load import Data
from macros.content.project import Project
from macros.content.rows.preparations import RatioChoice
from macros.content.rows.technique import Step
from macros.rendering import typeset
from macros.rendering.figures.needed import UndrawableError
from macros.rendering.figures.svg import Drawing
from macros.rendering.label_marks import ratio_mark, ratio_words
from tests.figures.geometry import (
    changed,
    changed_values,
    draw,
    measure,
    part,
    parts,
    published,
    said,
    texts,
    tree,
    with_rows,
    without,
)
from tests.labels import label, with_labels

MIXING = ("mixing-strip", "mixing-steps")


def labeled(data: Data, diluent_parts: int = 2) -> tuple[Data, RatioChoice]:
    """The data with the one label for diluted product at a ratio, and its row."""
    row = data.ratios()[1]
    after = changed(data, row.id, diluent_parts=Decimal(diluent_parts), product_parts=Decimal(1))
    after = with_labels(after, label("decolletage", parts=diluent_parts))
    return after, next(other for other in after.ratios() if other.id == row.id)


def lengths(drawing: Drawing, within: _Element | None = None) -> dict[str, float]:
    """The length of each kind of filling, in px."""
    root = tree(drawing) if within is None else within
    groups = root.xpath(".//*[starts-with(@data-part, 'filled-')]")
    return {group.get("data-part").removeprefix("filled-"): float(group[0].get("width")) for group in groups}


@pytest.mark.parametrize("ratio", [1, 2, 3, 6, 20])
def test_example_is_drawn_to_volume_at_the_labeled_ratio(data: Data, ratio: int) -> None:
    after, row = labeled(data, ratio)
    drawing = draw(after, "ratio-example")
    drawn = lengths(drawing)
    assert drawn["diluent"] / drawn["product"] == pytest.approx(ratio, rel=0.01)
    assert drawn["mixture"] == pytest.approx(drawn["product"] + drawn["diluent"], abs=0.05)
    made = after.prepare(after.preparations.presentations[-1], 1, row)
    volumes = {typeset.millilitres(volume) for volume in (made.product_ml, made.diluent_ml, made.total_ml)}
    assert {"1", str(ratio), f"1:{ratio}", *volumes} <= set(texts(drawing))


def test_example_says_product_first(data: Data) -> None:
    kinds = [part.get("data-part") for part in draw(data, "ratio-example").parts if part.get("data-part")]
    assert kinds == ["product", "diluent", "mixture"]


@pytest.mark.parametrize("figure_id", ["ratio-example", *MIXING])
def test_the_first_ratio_is_the_example_where_no_label_covers_any_for_the_syringe(data: Data, figure_id: str) -> None:
    first, *_, last = data.ratios()
    ratio = f"1:{typeset.number(first.diluent_parts)}"
    for labels in ([], [label("decolletage", parts=int(last.diluent_parts), presentations=["syringe-small"])]):
        drawing = draw(with_labels(data, *labels), figure_id)
        assert ratio in texts(drawing) and f"1:{last.diluent_parts}" not in texts(drawing)


@pytest.mark.parametrize("figure_id", MIXING)
def test_mixing_says_the_tested_number_of_passes(data: Data, figure_id: str) -> None:
    words = said(draw(changed_values(data, "mix-001", passes=Decimal(14)), figure_id))
    assert "At least 14 passes" in words
    assert "small lidocaine additions only" in words


@pytest.mark.parametrize("figure_id", MIXING)
def test_mixing_bears_the_titles_of_the_steps(either: Project, figure_id: str) -> None:
    words = said(draw(either.data, figure_id)).lower()
    for row in published(either.data.technique.steps):
        if row.phase == "mixing":
            assert all(half.lower() in words for half in row.title.split(" and ")), row.id


def more_steps(data: Data, count: int) -> Data:
    """The data with further steps behind the first of mixing."""
    steps = data.technique.steps
    first = next(index for index, row in enumerate(steps) if row.phase == "mixing")
    new = [
        Step(id=f"step-new-{n}", phase="mixing", title=f"New step {n}", warning=f"Warning {n}.", do="x", checks=["y"])
        for n in range(count)
    ]
    return with_rows(data, "technique", "steps", [*steps[: first + 1], *new, *steps[first + 1 :]])


@pytest.mark.parametrize("figure_id", MIXING)
@pytest.mark.parametrize("count", [1, 2, 5])
def test_a_further_step_of_mixing_has_a_cell_in_its_order(data: Data, figure_id: str, count: int) -> None:
    before, drawing = draw(data, figure_id), draw(more_steps(data, count), figure_id)
    cells = [name for name in parts(before) if name.startswith("title-")]
    assert len([name for name in parts(drawing) if name.startswith("title-")]) == len(cells) + count
    for n in range(count):
        assert said(part(drawing, f"title-{2 + n}")) == f"{2 + n} New step {n}"
        assert f"Warning {n}." in said(part(drawing, f"words-{2 + n}"))
    assert drawing.width == before.width


@pytest.mark.parametrize("figure_id", MIXING)
def test_a_step_that_is_renamed_is_named_and_one_that_is_withheld_is_left_out(data: Data, figure_id: str) -> None:
    for row in [row for row in data.technique.steps if row.phase == "mixing"]:
        with pytest.raises(UndrawableError, match=rf"docs/data/technique.yml: {row.id}: id: .*restore the id"):
            draw(without(data, row.id), figure_id)
        assert row.title not in texts(draw(changed(data, row.id, publish=False), figure_id))


@pytest.mark.parametrize("figure_id", MIXING)
def test_a_step_of_one_half_has_one_cell(data: Data, figure_id: str) -> None:
    drawing = draw(changed(data, "step-mix-passes", title="Mix well"), figure_id)
    assert "Mix well" in texts(drawing) and "pass" in parts(drawing) and "join" not in parts(drawing)


@pytest.mark.parametrize("figure_id", MIXING)
@pytest.mark.parametrize("ratio", [1, 2, 4, 20])
def test_mixing_is_drawn_to_volume(data: Data, figure_id: str, ratio: int) -> None:
    after, row = labeled(data, ratio)
    drawing = draw(after, figure_id)
    drawn = lengths(drawing, part(drawing, "join"))
    assert drawn["diluent"] / drawn["product"] == pytest.approx(ratio, rel=0.01)
    made = after.prepare(after.preparations.presentations[-1], 1, row)
    volumes = {f"+\u00a0{typeset.millilitres(made.diluent_ml)}", f"=\u00a0{typeset.millilitres(made.total_ml)}"}
    assert {f"1:{ratio}", *volumes} <= set(texts(part(drawing, "read")))


@pytest.mark.parametrize("figure_id", MIXING)
def test_a_ratio_too_long_for_its_line_is_refused(data: Data, figure_id: str) -> None:
    row = data.ratios()[0]
    long = {"product_parts": Decimal("1.125"), "diluent_parts": Decimal("2.125")}
    after = with_labels(changed(data, row.id, **long), label("decolletage", parts=1, **long))
    problem = rf"docs/data/preparations.yml: {row.id}: diluent_parts: .*round the ratio"
    with pytest.raises(UndrawableError, match=problem):
        draw(after, figure_id)


def test_spheres_sink_in_a_syringe_at_rest(data: Data) -> None:
    drawing = draw(data, "mixing-steps")
    rest = [float(dot.get("cx")) for dot in part(drawing, "filled-at-tip").iter("circle")]
    length = measure(drawing, "filled-at-tip", "width")
    # The tip, which points down, is at 0.
    low = [at for at in rest if at > -length / 2]
    assert len(low) > 0.7 * len(rest)


def test_every_ratio_is_drawn_to_volume(either: Project) -> None:
    data, drawing = either.data, draw(either.data, "ratio-syringes")
    product = set()
    for row in data.ratios():
        drawn = lengths(drawing, part(drawing, row.id))
        whole = drawn["spheres"] + drawn["gel"]
        product.add(round(whole, 1))
        assert drawn["diluent"] / whole == pytest.approx(float(row.diluent_parts / row.product_parts), rel=0.01)
        assert drawn["spheres"] / whole == pytest.approx(float(data.caha_share_percent()) / 100, abs=0.01)
    assert len(product) == 1, "each row begins with the same product"


def test_shares_follow_the_ratio(data: Data) -> None:
    row = data.ratios()[-1]
    drawing = draw(changed(data, row.id, product_parts=Decimal(1), diluent_parts=Decimal(9)), "ratio-syringes")
    caha = typeset.number(data.caha_share_percent() / 10, 1)
    assert {"1:9", "10\u00a0% product", f"{caha}\u00a0% CaHA"} <= set(texts(part(drawing, row.id)))


def test_a_long_ratio_stands_smaller_and_one_without_room_is_refused(data: Data) -> None:
    row = data.ratios()[-1]
    drawing = draw(changed(data, row.id, product_parts=Decimal(1), diluent_parts=Decimal("12.5")), "ratio-syringes")
    assert part(drawing, row.id).xpath(".//text[.='1:12.5']/@class") == ["f-small f-bold"]
    with pytest.raises(
        UndrawableError, match=rf"docs/data/preparations.yml: {row.id}: diluent_parts: .*one part of product"
    ):
        draw(changed(data, row.id, product_parts=Decimal("1.125"), diluent_parts=Decimal("12.5")), "ratio-syringes")


def test_a_ratio_that_is_not_to_be_published_is_not_drawn(data: Data) -> None:
    row = data.ratios()[-1]
    assert row.id not in parts(draw(changed(data, row.id, publish=False), "ratio-syringes"))


def test_a_ratio_bears_the_mark_and_words_of_the_tables(either: Project) -> None:
    data, drawing = either.published, draw(either.data, "ratio-syringes")
    for row in data.ratios():
        syringe = data.preparations.presentations[-1]
        html = ratio_mark(row, data, syringe)
        kind, words = ratio_words(row, data, syringe)
        words = words.replace("\u00a0", " ")
        assert f"mark-{kind}" in html and fromstring(html).text_content().replace("\u00a0", " ") == words
        found = part(drawing, row.id)
        assert found.xpath(".//*[@data-part=$name]", name=f"mark-{kind}")
        assert words in said(found).replace("\u00a0", " ")


def test_labels_and_studies_of_a_ratio_change_its_mark(data: Data) -> None:
    row = data.ratios()[-1]
    parts_of_diluent = int(row.diluent_parts)
    study = next(other for other in data.protocols.protocols if other.evidence == "rct")
    plain = with_labels(data)
    studied = changed(plain, study.id, diluent_parts_min=row.diluent_parts, diluent_parts_max=row.diluent_parts)
    read = label("decolletage", parts=parts_of_diluent)
    reported = label("decolletage", parts=parts_of_diluent, seen="reported", reported_by="others")
    elsewhere = label("decolletage", parts=parts_of_diluent, presentations=["syringe-small"])
    for after, kind in (
        (plain, "no-study"), (studied, "studied"), (with_labels(studied, read), "on-label"),
        (with_labels(plain, reported), "reported"), (with_labels(plain, elsewhere), "no-study"),
    ):  # fmt: skip
        assert part(draw(after, "ratio-syringes"), row.id).xpath(".//*[@data-part=$name]", name=f"mark-{kind}")
