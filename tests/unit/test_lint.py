"""What a sheet must not hold for its readers, and what it must."""

import html
from pathlib import Path

import pytest

from macros.content.load import Data
from macros.content.project import Project
from macros.printing.print_sheets import print_sheets
from macros.printing.sheet_rules import LintError, lint
from macros.printing.sheets import Sheet

from .sheets import sheet


def faults(made: Sheet, data: Data) -> list[str]:
    return list(lint(made, data))


@pytest.mark.parametrize(
    ("words", "what"),
    [
        ("Mixed at 1:2 with saline.", "a ratio"),
        ("Mixed at 1 : 2 with saline.", "a ratio"),
        ("Mixed at 1:1.5 with saline.", "a ratio"),
        ("With a fine 27 G needle.", "a needle gauge"),
        ("With a 27G needle.", "a needle gauge"),
        ("A needle of fine gauges.", "a needle gauge"),
        ("One syringe holds 1.5 mL.", "a volume"),
        ("One syringe holds 1.5\u00a0mL.", "a volume"),
        ("One syringe holds 0,8 ml.", "a volume"),
        ("It holds 3 cc.", "a volume"),
        ("It is placed in the subdermal layer.", "a plane"),
        ("It is placed in this plane.", "a plane"),
        ("Not in a supraperiosteal place.", "a plane"),
    ],
)
def test_a_patient_sheet_names_no_ratio_gauge_volume_or_plane(data: Data, words: str, what: str) -> None:
    found = faults(sheet(f"<p>{words}</p>", audience=("patient",)), data)
    # A gauge and a plane are terms of the glossary as well.
    named = [fault for fault in found if "the term “" not in fault]
    assert len(named) == 1, found
    assert named[0].startswith(f"example: {what} on a patient sheet: “…")
    assert named[0].endswith("say it in plain words or leave it out")


@pytest.mark.parametrize(
    "words",
    [
        "We open at 9:30 am and close at 5:00 p.m.",
        "Call at 9:30 a.m. or later.",
        "It is plainly explained.",
        "Wait 24 hours, then 2 weeks.",
        "About 3 in 10 people bruise.",
    ],
)
def test_what_a_patient_sheet_may_say(data: Data, words: str) -> None:
    assert faults(sheet(f"<p>{words}</p>", audience=("patient",)), data) == []


def test_words_cut_by_marks_are_found_too(data: Data) -> None:
    assert faults(sheet("<p>At <b>1:2</b> in <i>saline</i></p>", audience=("patient",)), data)


def test_sources_and_foot_are_beside_what_a_patient_sheet_tells(data: Data) -> None:
    body = '<ol class="references"><li>2018;44:32. 1:2</li></ol><footer class="page-foot"><p>1:2</p></footer>'
    assert faults(sheet(body, audience=("patient",)), data) == []


def test_a_term_without_its_meaning_for_patients_is_named(data: Data) -> None:
    row = next(row for row in data.glossary.terms if row.publish and row.patient is None and " / " not in row.term)
    found = faults(sheet(f"<p>It is called {row.term} here.</p>", audience=("patient",)), data)
    assert any(
        f"the term “{row.term}” ({row.id} in glossary.yml) on a patient sheet has no plain-language definition; "
        "add `patient:` to the row or use other words" in fault
        for fault in found
    )


def test_a_term_with_a_meaning_must_be_explained_on_the_sheet(data: Data) -> None:
    row = next(row for row in data.glossary.terms if row.publish and row.patient and " / " not in row.term)
    text = f"<p>It is called {row.term} here.</p>"

    def about_it(body: str) -> list[str]:
        return [fault for fault in faults(sheet(body, audience=("patient",)), data) if f"“{row.term}”" in fault]

    assert about_it(text) == [
        f"example: the term “{row.term}” is not explained on the sheet; its list of words is incomplete"
    ]
    assert about_it(f"{text}<dl><dt>{row.term}</dt><dd>Plain words.</dd></dl>") == []
    assert about_it(f"{text}<p>{html.escape(row.patient)}</p>") == [], "or by its meaning in the text"


SIGNS = (
    '<span data-row="vas-02">Cannot be dissolved.</span>{signs}<span class="mark mark-off-label">Off-label (US)</span>'
)


@pytest.fixture
def whole(data: Data) -> str:
    return SIGNS.format(signs="".join(f'<b data-row="{row.id}">x</b>' for row in data.safety.stop_signs if row.publish))


def test_a_whole_practitioner_sheet_passes(data: Data, whole: str) -> None:
    assert faults(sheet(f"<p>{whole}</p>", audience=("practitioner",)), data) == []


def test_a_practitioner_sheet_without_one_of_the_stop_signs_is_refused(data: Data, whole: str) -> None:
    for row in data.safety.stop_signs:
        if row.publish:
            lacking = whole.replace(f'<b data-row="{row.id}">x</b>', "")
            assert lacking != whole
            assert faults(sheet(lacking, audience=("practitioner",)), data) == [
                f"example: a practitioner sheet without its stop signs ({row.id}); "
                "call safety_strip() or stop_signs() on its page"
            ]


def test_a_practitioner_sheet_without_the_line_on_reversal_is_refused(data: Data, whole: str) -> None:
    assert faults(sheet(whole.replace("vas-02", "vas-01"), audience=("practitioner",)), data) == [
        "example: the line that there is no reversal agent is missing; call safety_strip() on its page"
    ]


def test_a_practitioner_sheet_without_an_off_label_mark_is_refused(data: Data, whole: str) -> None:
    assert faults(sheet(whole.replace("mark-off-label", "mark-on-label"), audience=("practitioner",)), data) == [
        "example: no off-label mark with its jurisdiction; call safety_strip() or label_mark() on its page"
    ]


def test_an_off_label_mark_that_names_no_jurisdiction_is_not_enough(data: Data, whole: str) -> None:
    assert faults(sheet(whole.replace("Off-label (US)", "Off-label"), audience=("practitioner",)), data) == [
        "example: no off-label mark with its jurisdiction; call safety_strip() or label_mark() on its page"
    ]


def test_whole_pages_are_not_linted_as_practitioner_sheets(data: Data) -> None:
    assert faults(sheet("<p>No sign.</p>", audience=("practitioner",), kind="page"), data) == []


def test_a_fault_stops_the_print_before_anything_is_written(real: Project, tmp_path: Path) -> None:
    bad = [sheet("<p>1:2</p>", audience=("patient",)), sheet("<p>x</p>", audience=("practitioner",), slug="second")]
    with pytest.raises(LintError) as stopped:
        print_sheets(bad, real, tmp_path / "out", tmp_path / "cache")
    assert "example: a ratio" in str(stopped.value)
    assert "second: a practitioner sheet without its stop signs" in str(stopped.value), "every fault at once"
    assert not (tmp_path / "out").exists()
