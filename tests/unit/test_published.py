"""What may be printed: without unpublished rows and unconfirmed parts, and with a word to whoever names one of them."""

import pytest

from macros.content.load import Data
from macros.content.named_values import number, ratio_parts
from macros.content.project import Project
from macros.content.published import Published, public_fields, publish
from macros.content.rows.label import Region
from tests.figures.geometry import changed, sections


@pytest.fixture
def data(invented: Project) -> Data:
    return invented.data


def test_a_row_that_is_not_to_be_published_is_in_no_section(either: Project) -> None:
    shown = either.published
    for file, section, rows in sections(either.data):
        ids = [row.id for row in getattr(getattr(shown, file), section) if hasattr(row, "id")]
        assert ids == [row.id for row in rows if getattr(row, "publish", False)], (file, section)
        assert all(shown.rows[row_id].editor_note is None for row_id in ids)
    assert shown.rows.keys() | shown.withheld == either.data.rows.keys()
    assert not shown.rows.keys() & shown.withheld


def test_who_names_a_row_that_is_withheld_is_told_so(data: Data) -> None:
    shown = publish(changed(data, "neck", publish=False))
    for ask in (lambda: shown.region("neck"), lambda: shown.one("neck", Region, "region")):
        with pytest.raises(
            ValueError, match=r"^'neck' is not to be published \(it is not verified\); do not print it$"
        ):
            ask()
    with pytest.raises(ValueError, match=r"^no region 'jawlin' in docs/data/ \(did you mean 'jawline'"):
        shown.region("jawlin")


def test_a_danger_is_there_only_when_it_is_confirmed(data: Data) -> None:
    for confirmed, said in ((True, ["a test vessel"]), (False, [])):
        shown = publish(changed(data, "neck", danger=["a test vessel"], danger_verified=confirmed))
        assert shown.region("neck").danger == said
        assert public_fields(shown.region("neck"))["danger"] == said


def open_outcome(data: Data, *parts: str) -> Published:
    return publish(changed(data, "outc-1", unverified_parts=list(parts)))


@pytest.mark.parametrize(
    ("part", "empty"),
    [
        ("n", {"n"}),
        ("ratio", {"product_parts", "diluent_parts"}),
        ("diluent_parts", {"product_parts", "diluent_parts"}),
        ("design", {"design"}),
        ("diluted", {"diluted"}),
        ("values", {"values"}),
    ],
)
def test_what_is_not_confirmed_of_an_outcome_is_empty(data: Data, part: str, empty: set[str]) -> None:
    row, whole = open_outcome(data, part).rows["outc-1"], data.rows["outc-1"]
    gone = {name for name in type(row).model_fields if getattr(row, name) != getattr(whole, name)}
    assert gone == empty | {"unverified_parts"}
    assert not any(public_fields(row)[name] for name in empty)


def test_a_number_or_a_ratio_that_is_not_confirmed_is_refused(data: Data) -> None:
    shown = open_outcome(data, "n", "ratio")
    with pytest.raises(ValueError, match=r"^'outc-1.n' is not confirmed; do not print it$"):
        number(shown, "outc-1.n")
    with pytest.raises(ValueError, match=r"^the ratio of 'outc-1' is not confirmed; do not print it$"):
        ratio_parts(shown, "outc-1")
    assert ratio_parts(publish(data), "outc-1")


def test_names_of_rows_that_are_withheld_go_with_them(data: Data) -> None:
    first, other, *_ = data.glossary.terms
    named = changed(data, first.id, see_also=[other.id])
    assert publish(named).term(first.id).see_also == [other.id]
    assert publish(changed(named, other.id, publish=False)).term(first.id).see_also == []


def test_rows_for_drawings_only_are_there_for_drawings_only(either: Project) -> None:
    wanted = {row.id for row in (*either.data.aging.layers, *either.data.aging.series) if row.drawing_only}
    assert wanted == {row.id for rows in either.published.drawings.values() for row in rows}
    assert not wanted & either.published.rows.keys()


def test_decisions_on_sources_are_for_editors_alone(either: Project) -> None:
    assert either.published.decisions.decisions == []
    assert {row.id for row in either.data.decisions.decisions} <= either.published.withheld


def test_only_the_whole_data_know_the_lines_of_their_rows(data: Data) -> None:
    with pytest.raises(NotImplementedError):
        publish(data).fault(data.region("neck"), "name", "is wrong")
