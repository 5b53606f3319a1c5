"""What a drawing cannot show is a fault of a row, with file, real line, id, field and cure."""

import re
from pathlib import Path

import pytest

from macros.content.faults import ContentError
from macros.content.load import load
from macros.content.project import load_project
from macros.content.published import publish
from macros.rendering.figures import fit
from macros.rendering.figures.figure import figure, figure_faults
from macros.rendering.figures.needed import UndrawableError, amount, held, needed, points
from macros.rendering.figures.svg import Drawing, words
from macros.rendering.figures.watched import watched
from macros.rendering.page_context import Contexts
from tests.figures.geometry import changed, draw
from tests.projects import edit


def test_every_fault_of_every_figure_is_told_with_the_line_of_its_row(project: Path) -> None:
    folder = project / "docs" / "data"
    too_thin = edit(folder / "protocols.yml", "product_parts: 1\n", "product_parts: 0.01\n") + 2
    too_deep = edit(folder / "aging.yml", "mean_mm: 4.5", "mean_mm: 150, max_mm: 160")
    edit(folder / "aging.yml", "min_mm: 2.5, max_mm: 6.5, ", "")
    unknown = edit(folder / "figures.yml", "id: record-outlines", "id: no-such-drawing")
    faults = {(fault.file, fault.line, fault.field): fault.problem for fault in figure_faults(load(project))}
    assert set(faults) == {
        ("docs/data/protocols.yml", too_thin, "diluent_parts_max"),
        ("docs/data/aging.yml", too_deep, "mean_mm"),
        ("docs/data/figures.yml", unknown, "id"),
    }
    for problem in faults.values():
        assert re.search(r"macros/rendering/figures/.*\.py|no_such_drawing\.py", problem)


def test_a_row_that_a_drawing_names_and_nobody_bears_is_told_with_the_line_of_its_section(project: Path) -> None:
    safety = project / "docs" / "data" / "safety.yml"
    edit(safety, "id: vasc-02", "id: vasc-200")
    section = next(
        n for n, line in enumerate(safety.read_text(encoding="utf-8").splitlines(), 1) if line == "vascular:"
    )
    (fault,) = figure_faults(load(project))
    assert (fault.file, fault.row, fault.field) == ("docs/data/safety.yml", "vasc-02", "id")
    assert fault.line in (section, section + 1)
    assert "the drawing 'white-skin' names this row, which 'vascular' does not hold" in fault.problem
    assert "restore the id, or redraw it in macros/rendering/figures/white_skin.py" in fault.problem


def test_a_page_with_such_a_figure_stops_with_the_same_fault(project: Path) -> None:
    edit(project / "docs" / "data" / "safety.yml", "id: vasc-02", "id: vasc-200")
    page = Contexts(load_project(project)).of("index.md", "")
    with pytest.raises(ContentError, match=r"^docs/data/safety.yml:\d+: vasc-02: id: the drawing 'white-skin'"):
        figure(page, "white-skin")


def test_what_a_drawing_asks_for_is_there_or_named(project: Path) -> None:
    whole = load(project)
    data = publish(whole)
    row = data.aging.layers[0]
    assert needed(data, "aging.layers", row.id, type(row)) == held(data, "aging.layers", row.id, type(row)) == row
    hidden = publish(changed(whole, row.id, publish=False))
    assert held(hidden, "aging.layers", row.id, type(row)) is None
    with pytest.raises(UndrawableError, match="publish: shows this row, which is not to be published"):
        needed(hidden, "aging.layers", row.id, type(row))
    with pytest.raises(
        UndrawableError, match=r"names this row, which 'regions' does not hold \(did you mean 'jawline'\?\)"
    ):
        held(data, "regions.regions", "jawlines", type(data.region("jawline")))
    with pytest.raises(UndrawableError, match="needs at least 2 published points of 'percent-colagen-score', got 0 "):
        points(data, "percent-colagen-score", least=2)


@pytest.mark.parametrize(
    ("name", "least", "most", "problem"),
    [
        ("min_mm", 1, None, "has room for numbers from 1, got 0.05; check the number"),
        ("min_mm", 0, 0.01, "has room for numbers from 0 to 0.01, got 0.05; check the number"),
        ("mean_mm", None, None, "needs this number, and the row has none; give it"),
        ("drawing_only", None, None, "needs this number, and the row has none; give it"),
    ],
)
def test_a_number_is_there_and_within_the_room(
    project: Path, name: str, least: float | None, most: float | None, problem: str
) -> None:
    row = next(row for row in load(project).aging.layers if row.id == "lay-06")
    with pytest.raises(UndrawableError, match=re.escape(f"lay-06: {name}: {problem}")):
        amount(row, name, least, most)


def test_words_without_room_lead_to_the_row_that_holds_them(project: Path) -> None:
    data = load(project)
    row = data.safety.stop_signs[0]
    long = changed(data, row.id, statement="A long line of words that nobody else has written")
    for drawing in (
        Drawing(200, 50, [words(0, 20, "A long line of words that nobody else has written")]),
        Drawing(520, 50, [words(0, 20, "words that nobody else"), words(10, 26, "has written")]),
    ):
        for seen in (publish(long), watched(publish(long), lambda row: row)):
            with pytest.raises(UndrawableError, match=f"{row.id}: statement: has no room for the words") as caught:
                fit.check_room(drawing, seen)
            assert caught.value.row == row.id
    fit.check_room(
        Drawing(520, 50, [words(0, 20, "words that nobody else"), words(10, 40, "has written")]), publish(long)
    )


@pytest.mark.parametrize(
    ("x", "y", "classes"), [(-1, 20, ""), (20, 8, ""), (99, 20, ""), (20, 49, ""), (9, 20, " f-end")]
)
def test_words_out_of_any_side_are_found(x: float, y: float, classes: str) -> None:
    assert fit.outside(Drawing(100, 50, [words(x, y, "abc", f"f-text{classes}")])) == ["abc"]
    assert fit.outside(Drawing(100, 50, [words(50, 25, "abc", f"f-text{classes}")])) == []


def test_a_drawing_is_checked_for_its_room(project: Path) -> None:
    data = load(project)
    row = data.technique.bands[0]
    with pytest.raises(UndrawableError, match=rf"docs/data/technique.yml: {row.id}: article_name: .*make them shorter"):
        draw(changed(data, row.id, article_name="a name that no band of a drawing has room for"), "ratios-by-region")
