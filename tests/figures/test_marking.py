"""The drawings of marking show what the sources say and no more."""

from dataclasses import replace

import pytest

from macros.content.load import Data
from macros.rendering.figures.figure import draw
from tests.figures.geometry import outside, overlapping, part, texts


@pytest.mark.parametrize("figure", ["marking-lines", "marking-patterns"])
def test_words_stand_inside_and_apart(data: Data, figure: str) -> None:
    assert outside(draw(data, figure)) == []
    assert overlapping(draw(data, figure)) == []


def test_the_lines_cross_at_right_angles_on_the_face_and_nowhere_else(data: Data) -> None:
    drawing = draw(data, "marking-lines")
    crossing = part(drawing, "crossing")
    directions = {(element.get("class"), element.get("x1") == element.get("x2")) for element in crossing.iter("line")}
    assert directions == {("f-brand-line f-dash", False), ("f-collagen-line", True)}
    assert texts(drawing).count("?") == 2


def test_vector_figures_are_as_many_as_the_study_says(data: Data) -> None:
    row = data.rows["neck-faria2022thyroid"]
    assert "five seven-point vector figures" in row.technique  # type: ignore[attr-defined]
    points = list(part(draw(data, "marking-patterns"), "vector-figures-art").iter("circle"))
    assert len(points) == 5 * 7


def test_regions_of_a_pattern_follow_the_rows_and_bear_their_mark(data: Data) -> None:
    def words(changed: Data, name: str) -> str:
        return " ".join(element.text or "" for element in part(draw(changed, "marking-patterns"), name).iter("text"))

    assert "off-label (US, EU): temples, midface, jawline" in words(data, "fan")
    assert "on label at 1:2 only" in words(data, "threads")
    rows = [
        row.model_copy(update={"technique": "fanning"}) if row.id == "abdomen-lapatina2017" else row
        for row in data.protocols.protocols
    ]
    moved = replace(data, protocols=data.protocols.model_copy(update={"protocols": rows}))
    assert "abdomen" in words(moved, "fan")
    assert "abdomen" not in words(moved, "threads")


def test_threads_of_a_fan_keep_off_their_entry_point_and_end_before_the_closed_border(data: Data) -> None:
    lines = list(part(draw(data, "marking-patterns"), "fan-art").iter("line"))
    (border,) = [float(line.get("x1")) for line in lines if "f-warn-line" in line.get("class")]
    threads = [line for line in lines if line.get("class") == "f-thread"]
    assert len(threads) == 7
    for thread in threads:
        assert float(thread.get("x1")) > 60
        assert float(thread.get("x2")) < border - 8
