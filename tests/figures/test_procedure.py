"""White skin and the procedure: signs, steps and warnings are those of the rows, and every doubt ends in stop."""

import re
from dataclasses import replace

import pytest

from macros.content.load import Data
from macros.rendering.figures.figure import draw
from macros.rendering.figures.svg import Drawing
from tests.figures import geometry


def said(drawing: Drawing) -> str:
    """All words of a drawing as one line."""
    return " ".join(geometry.texts(drawing))


def with_signs(data: Data, **changes: object) -> Data:
    """The data with the sign 'unusual pain' changed."""
    signs = [row.model_copy(update=changes) if row.id == "stp-04" else row for row in data.safety.stop_signs]
    return replace(data, safety=data.safety.model_copy(update={"stop_signs": signs}))


def test_white_skin_names_every_stop_sign(data: Data) -> None:
    words = said(draw(data, "white-skin"))
    for row in data.safety.stop_signs:
        # White skin itself is where the picture begins.
        if row.publish and row.id != "stp-03":
            assert row.short and row.short in words, row.id


def test_white_skin_follows_the_stop_signs(data: Data) -> None:
    more = draw(with_signs(data, short="unusual pain, itch or cold in the skin that was just treated"), "white-skin")
    fewer = draw(with_signs(data, publish=False), "white-skin")
    whole = draw(data, "white-skin")
    assert "itch or cold" in said(more)
    heights = [geometry.measure(drawing, "doubt", "height") for drawing in (fewer, whole, more)]
    assert heights == sorted(set(heights))
    assert [drawing.height for drawing in (fewer, whole, more)] == sorted({fewer.height, whole.height, more.height})


def test_white_skin_begins_and_ends_with_stop(data: Data) -> None:
    drawing = draw(data, "white-skin")
    words = said(drawing)
    assert words.startswith("White skin: stop first")
    end = geometry.measure(drawing, "emergency", "y")
    for branch in ("doubt", "normal"):
        assert geometry.measure(drawing, branch, "y") + geometry.measure(drawing, branch, "height") < end
    assert "Stop. Emergency pathway." in words and "No reversal agent" in words


def test_white_skin_holds_no_treatment(data: Data) -> None:
    row = next(row for row in data.figures.figures if row.id == "white-skin")
    words = f"{said(draw(data, 'white-skin'))} {row.description}".lower()
    assert not re.search(r"massag|\bwait|aspirin|warm|heat|nitro|hyaluronidase|thiosulfate|\d+ ?(mg|ml|units)", words)


@pytest.mark.parametrize("figure_id", ["white-skin", "procedure-strip"])
def test_words_stay_inside_and_apart(data: Data, figure_id: str) -> None:
    drawing = draw(data, figure_id)
    assert geometry.outside(drawing) == []
    assert geometry.overlapping(drawing) == []


def test_strip_names_every_step_and_warning_in_order(data: Data) -> None:
    words = said(draw(data, "procedure-strip"))
    places = []
    for number, step in enumerate(data.technique.steps, 1):
        assert f"{number} {step.title}" in words, step.id
        places.append(words.index(f"{number} {step.title}"))
        if step.warning:
            assert words.index(step.warning, places[-1]) > places[-1], step.id
    assert places == sorted(places)


def test_strip_follows_the_steps(data: Data) -> None:
    first, *rest = data.technique.steps
    changed = first.model_copy(update={"title": "Meet the person", "warning": None})
    technique = data.technique.model_copy(update={"steps": [changed, *rest[:-1]]})
    drawing, whole = draw(replace(data, technique=technique), "procedure-strip"), draw(data, "procedure-strip")
    assert "Meet the person" in said(drawing) and first.warning not in said(drawing)
    assert not geometry.part(drawing, first.id).xpath(".//*[@data-part='warning']")
    assert drawing.height < whole.height
    assert geometry.measure(drawing, rest[0].id, "cy", "circle") < geometry.measure(whole, rest[0].id, "cy", "circle")


def test_strip_names_the_stop_signs_before_the_injecting(data: Data) -> None:
    drawing = draw(data, "procedure-strip")
    box = geometry.measure(drawing, "stop-signs", "y") + geometry.measure(drawing, "stop-signs", "height")
    first = next(step for step in data.technique.steps if step.phase == "injecting")
    assert box < geometry.measure(drawing, first.id, "cy", "circle")
    words = said(drawing).lower()
    assert all(row.short.lower() in words for row in data.safety.stop_signs if row.publish and row.short)


def test_strip_marks_a_region_that_is_off_label(data: Data) -> None:
    step = next(step for step in data.technique.steps if step.id == "step-mark-plan")
    drawing = draw(data, "procedure-strip")
    assert geometry.part(drawing, step.id).xpath(".//*[@data-part='mark-off-label']")
    assert "Neck: off-label (US, EU)" in said(drawing)
    regions = [
        row.model_copy(update={"us_diluted": "on-label"}) if row.id == "neck" else row for row in data.regions.regions
    ]
    labeled = replace(data, rows=data.rows | {row.id: row for row in regions})
    assert "Neck: off-label" not in said(draw(labeled, "procedure-strip"))
