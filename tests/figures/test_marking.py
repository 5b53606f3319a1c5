"""The drawings of marking show what the sources say and no more."""

import pytest

from macros.content.load import Data
from macros.rendering.figures.needed import UndrawableError
from tests.figures.geometry import changed, draw, part, said, texts
from tests.labels import and_labels, label, without_labels

NECK = "neck-faria2022thyroid"


def test_the_lines_cross_at_right_angles_on_the_face_and_nowhere_else(data: Data) -> None:
    drawing = draw(data, "marking-lines")
    crossing = part(drawing, "crossing")
    directions = {(element.get("class"), element.get("x1") == element.get("x2")) for element in crossing.iter("line")}
    assert directions == {("f-brand-line f-dash", False), ("f-collagen-line", True)}
    assert texts(drawing).count("?") == 2


@pytest.mark.parametrize(("words", "count"), [("five seven-point", 35), ("two three-point", 6), ("one nine-point", 9)])
def test_vector_figures_are_as_many_as_the_study_says(data: Data, words: str, count: int) -> None:
    drawing = draw(changed(data, NECK, technique=f"threads in {words} vector figures"), "marking-patterns")
    assert len(list(part(drawing, "vector-figures-art").iter("circle"))) == count


@pytest.mark.parametrize("words", ["six seven-point vector figures", "some vector figures", None])
def test_vector_figures_that_cannot_be_counted_are_refused(data: Data, words: str | None) -> None:
    with pytest.raises(UndrawableError, match=rf"docs/data/protocols.yml: {NECK}: technique: .* mend the words"):
        draw(changed(data, NECK, technique=words), "marking-patterns")


def test_regions_of_a_pattern_follow_the_rows_and_bear_their_mark(data: Data) -> None:
    rows = [row for row in data.protocols.protocols if row.id != NECK]
    for row in rows:
        data = changed(data, row.id, technique=None)
    row = next(row for row in rows if row.publish)
    data = without_labels(data, row.region)
    name = data.region(row.region).name
    for technique, pattern, other in (("fanning", "fan", "threads"), ("linear threads", "threads", "fan")):
        used = changed(data, row.id, technique=technique)
        drawing = draw(used, "marking-patterns")
        assert name.lower() in said(part(drawing, pattern)).lower() and "off-label (US, EU): " in said(
            part(drawing, pattern)
        )
        assert (
            name.lower()
            not in said(part(draw(changed(used, row.id, technique=None), "marking-patterns"), pattern)).lower()
        )
        assert name.lower() not in said(part(drawing, other)).lower()
        on = and_labels(used, label(row.region, "eu", 4))
        labeled = said(part(draw(on, "marking-patterns"), pattern))
        assert f"on label only: {name.lower()} at 1:4 (EU)" in labeled


def test_threads_of_a_fan_keep_off_their_entry_point_and_end_before_the_closed_border(data: Data) -> None:
    lines = list(part(draw(data, "marking-patterns"), "fan-art").iter("line"))
    (border,) = [float(line.get("x1")) for line in lines if "f-warn-line" in line.get("class")]
    threads = [line for line in lines if line.get("class") == "f-thread"]
    assert len(threads) == 7
    for thread in threads:
        assert float(thread.get("x1")) > 60
        assert float(thread.get("x2")) < border - 8
