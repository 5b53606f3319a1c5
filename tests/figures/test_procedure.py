"""White skin and the procedure: signs, steps and warnings are those of the rows, and every doubt ends in stop."""

import re

import pytest

from macros.content.load import Data
from macros.content.project import Project
from macros.content.rows.safety import SafetyItem
from macros.rendering.figures.needed import UndrawableError
from tests.figures.geometry import changed, draw, measure, part, published, said, with_rows, without
from tests.labels import and_labels, label, without_labels

# White skin itself is where the picture begins.
BLANCHING = "stp-03"


def signs(data: Data) -> list[SafetyItem]:
    """The signs that the picture of white skin tells."""
    return [row for row in published(data.safety.stop_signs) if row.id != BLANCHING]


def test_white_skin_names_every_stop_sign(data: Data) -> None:
    words = said(draw(data, "white-skin"))
    for row in signs(data):
        assert (row.short or row.statement) in words, row.id


def test_white_skin_follows_the_stop_signs(data: Data) -> None:
    """As many lines as its signs need, and no less room than the branch beside it."""
    base, new = data, []
    for index in range(9):
        new.append(signs(data)[0].model_copy(update={"id": f"stp-9{index}", "short": f"sign number {index}"}))
        base = with_rows(data, "safety", "stop_signs", [*data.safety.stop_signs, *new])
    more = changed(base, new[0].id, short="unusual pain, itch or cold in the skin that was just treated")
    drawings = [draw(rows, "white-skin") for rows in (changed(base, new[0].id, publish=False), base, more)]
    assert "itch or cold" in said(drawings[-1])
    heights = [measure(drawing, "doubt", "height") for drawing in drawings]
    assert heights == sorted(set(heights))
    assert [drawing.height for drawing in drawings] == sorted({drawing.height for drawing in drawings})
    few = draw(with_rows(data, "safety", "stop_signs", [data.rows[BLANCHING]]), "white-skin")
    foot = max(float(y) for y in part(few, "normal").xpath(".//text/@y"))
    assert foot < measure(few, "normal", "y") + measure(few, "normal", "height")


def test_white_skin_begins_and_ends_with_stop(data: Data) -> None:
    drawing = draw(data, "white-skin")
    words = said(drawing)
    assert words.startswith("White skin: stop first")
    end = measure(drawing, "emergency", "y")
    for branch in ("doubt", "normal"):
        assert measure(drawing, branch, "y") + measure(drawing, branch, "height") < end
    assert "Stop. Emergency pathway." in said(part(drawing, "emergency"))


def test_white_skin_ends_with_what_the_row_says_of_reversal(data: Data) -> None:
    long = "There is no reversal agent for what has been injected here today or on any other day; know that"
    drawing = draw(changed(data, "vasc-02", statement=long), "white-skin")
    assert "note the time. No reversal agent for what has been injected here today or on any other day." in said(
        drawing
    )
    short = draw(changed(data, "vasc-02", statement="There is no reversal agent."), "white-skin")
    assert measure(drawing, "emergency", "height") > measure(short, "emergency", "height")


@pytest.mark.parametrize("row_id", [BLANCHING, "vasc-02"])
def test_white_skin_is_refused_without_the_rows_that_it_names(data: Data, row_id: str) -> None:
    with pytest.raises(UndrawableError, match=rf"docs/data/safety.yml: {row_id}: id: .*restore the id"):
        draw(without(data, row_id), "white-skin")
    with pytest.raises(UndrawableError, match=rf"docs/data/safety.yml: {row_id}: publish: .*confirm it"):
        draw(changed(data, row_id, publish=False), "white-skin")


def test_white_skin_holds_no_treatment(real: Project) -> None:
    row = next(row for row in real.data.figures.figures if row.id == "white-skin")
    words = f"{said(draw(real.data, 'white-skin'))} {row.description}".lower()
    assert not re.search(r"massag|\bwait|aspirin|warm|heat|nitro|hyaluronidase|thiosulfate|\d+ ?(mg|ml|units)", words)


def test_strip_names_every_step_and_warning_in_order(either: Project) -> None:
    words = said(draw(either.data, "procedure-strip"))
    places = []
    for number, step in enumerate(published(either.data.technique.steps), 1):
        assert f"{number} {step.title}" in words, step.id
        places.append(words.index(f"{number} {step.title}"))
        if step.warning:
            assert words.index(step.warning, places[-1]) > places[-1], step.id
    assert places == sorted(places)


def test_strip_follows_the_steps(data: Data) -> None:
    whole = draw(data, "procedure-strip")
    step, below = [step for step in data.technique.steps if step.phase == "mixing"][:2]
    assert step.warning
    shorter = changed(data, step.id, title="Meet the person", warning=None)
    drawing = draw(shorter, "procedure-strip")
    assert "Meet the person" in said(drawing) and step.warning not in said(drawing)
    assert part(whole, step.id).xpath(".//*[@data-part='warning']")
    assert not part(drawing, step.id).xpath(".//*[@data-part='warning']")
    assert drawing.height <= whole.height
    assert measure(drawing, below.id, "cy", "circle") < measure(whole, below.id, "cy", "circle")
    assert draw(without(data, below.id), "procedure-strip").height <= whole.height


def test_strip_names_the_stop_signs_before_the_injecting(data: Data) -> None:
    drawing = draw(data, "procedure-strip")
    box = measure(drawing, "stop-signs", "y") + measure(drawing, "stop-signs", "height")
    first = next(step for step in data.technique.steps if step.phase == "injecting")
    assert box < measure(drawing, first.id, "cy", "circle")
    words = said(part(drawing, "stop-signs")).lower()
    assert all((row.short or row.statement).lower() in words for row in published(data.safety.stop_signs))


def test_strip_marks_a_region_that_is_off_label(data: Data) -> None:
    step = next(step for step in data.technique.steps if step.regions)
    (name, *_) = step.regions
    off = without_labels(data, name)
    drawing = draw(off, "procedure-strip")
    assert part(drawing, step.id).xpath(".//*[@data-part='mark-off-label']")
    assert f"{data.region(name).name}: off-label (US, EU)" in said(drawing)
    assert f"{data.region(name).name}: off-label" not in said(
        draw(and_labels(off, label(name, "us", 3)), "procedure-strip")
    )
