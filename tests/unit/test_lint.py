"""What a sheet must not hold for its readers, and what it must."""

import html
from dataclasses import replace
from pathlib import Path

import pytest

from macros.content.faults import ContentError
from macros.content.project import Project
from macros.content.rows.indications import Jurisdiction
from macros.printing.print_cache import PrintCache
from macros.printing.print_sheets import print_sheets
from macros.printing.sheet_rules import faults
from macros.printing.sheets import Sheet

from ..figures.geometry import with_rows
from ..labels import with_labels
from .sheets import sheet


def problems(made: Sheet, project: Project) -> list[str]:
    return [fault.problem for fault in faults(made, project)]


@pytest.mark.parametrize(
    ("words", "what"),
    [
        ("Mixed at 1:2 with saline.", "a ratio"),
        ("Mixed at 1 : 2 with saline.", "a ratio"),
        ("Mixed at 1:1.5 with saline.", "a ratio"),
        ("Mixed at 1:2 to 1:6.", "a ratio"),
        ("Mixed at 1:10, from 9:00 to 17:30.", "a ratio"),
        ("Mixed at 2:3 at 8:30 a.m.", "a ratio"),
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
def test_a_patient_sheet_names_no_ratio_gauge_volume_or_plane(invented: Project, words: str, what: str) -> None:
    found = problems(sheet(f"<p>{words}</p>", audience=("patient",)), invented)
    # A gauge and a plane are terms of the glossary as well.
    named = [fault for fault in found if "the term “" not in fault]
    assert len(named) == (2 if " to 1:6" in words else 1), found
    assert named[0].startswith(f"{what} on a patient sheet: “…")
    assert named[0].endswith("or leave it out")


@pytest.mark.parametrize(
    "words",
    [
        "We open at 9:30 am and close at 5:00 p.m.",
        "Call at 9:30 a.m. or later.",
        "Open 8:30 to 18:30.",
        "Open 8.30 to 18.30, on Friday until 1.30 p.m.",
        "Open Mon–Fri 8:30–12:00 and 1:30–5:00 PM.",
        "Call before 20:00.",
        "From 9:15 until 1:15, or at 1:05.",
        "At 1:10 p.m. or 1:30 o’clock.",
        "At 00:15:30 precisely, and from 7:45-16:15.",
        "It is plainly explained.",
        "Wait 24 hours, then 2 weeks.",
        "About 3 in 10 people bruise.",
    ],
)
def test_what_a_patient_sheet_may_say(invented: Project, words: str) -> None:
    assert problems(sheet(f"<p>{words}</p>", audience=("patient",)), invented) == []


def test_a_time_that_could_be_a_ratio_is_answered_with_how_it_is_written(invented: Project) -> None:
    (found,) = problems(sheet("<p>Open until 1:30.</p>", audience=("patient",)), invented)
    assert found.endswith("write a time of day as 13:30 or 1:30 p.m. or leave it out")


def test_what_a_clinic_writes_is_beside_what_a_patient_sheet_tells(invented: Project) -> None:
    line = '<p class="field"><span class="field-label">Clinic:</span> <input class="field-line" value="Plane 1:2, Sphere"></p>'
    assert not any(
        "Plane" in found or "1:2" in found for found in problems(sheet(line, audience=("patient",)), invented)
    )


def test_words_cut_by_marks_are_found_too(invented: Project) -> None:
    assert problems(sheet("<p>At <b>1:2</b> in <i>saline</i></p>", audience=("patient",)), invented)


def test_sources_and_foot_are_beside_what_a_patient_sheet_tells(invented: Project) -> None:
    body = '<ol class="references"><li>2018;44:32. 1:2</li></ol><footer class="page-foot"><p>1:2</p></footer>'
    assert problems(sheet(body, audience=("patient",)), invented) == []


def test_a_term_without_its_meaning_for_patients_is_named(invented: Project) -> None:
    row = next(row for row in invented.data.glossary.terms if row.publish and row.patient is None)
    word = row.wordings[0]
    found = problems(sheet(f"<p>It is called {word} here.</p>", audience=("patient",)), invented)
    assert any(
        f"the term “{word}” ({row.id} in glossary.yml) on a patient sheet has no plain-language definition; "
        "add `patient:` to the row or use other words" in fault
        for fault in found
    )


def test_a_term_with_a_meaning_must_be_explained_on_the_sheet(invented: Project) -> None:
    row = next(row for row in invented.data.glossary.terms if row.publish and row.patient and " / " not in row.term)
    text = f"<p>It is called {row.term} here.</p>"

    def about_it(body: str) -> list[str]:
        return [fault for fault in problems(sheet(body, audience=("patient",)), invented) if f"“{row.term}”" in fault]

    assert about_it(text) == [f"the term “{row.term}” is not explained on the sheet; its list of words is incomplete"]
    assert about_it(f"{text}<dl><dt>{row.term}</dt><dd>Plain words.</dd></dl>") == []
    assert about_it(f"{text}<p>{html.escape(row.patient)}</p>") == [], "or by its meaning in the text"


SIGNS = (
    '<span data-row="vasc-02">Cannot be dissolved.</span>{signs}<span class="mark mark-off-label">Off-label (US)</span>'
)


@pytest.fixture
def whole(invented: Project) -> str:
    return SIGNS.format(
        signs="".join(f'<b data-row="{row.id}">x</b>' for row in invented.data.safety.stop_signs if row.publish)
    )


def test_a_whole_practitioner_sheet_passes(invented: Project, whole: str) -> None:
    assert problems(sheet(f"<p>{whole}</p>", audience=("practitioner",)), invented) == []


def test_a_practitioner_sheet_without_one_of_the_stop_signs_is_refused(invented: Project, whole: str) -> None:
    for row in invented.data.safety.stop_signs:
        if row.publish:
            lacking = whole.replace(f'<b data-row="{row.id}">x</b>', "")
            assert lacking != whole
            assert problems(sheet(lacking, audience=("practitioner",)), invented) == [
                f"a practitioner sheet without its stop signs ({row.id}); "
                "call safety_strip() or stop_signs() in docs/patients/what-the-treatment-is.md"
            ]


def test_a_practitioner_sheet_without_the_line_on_reversal_is_refused(invented: Project, whole: str) -> None:
    assert problems(sheet(whole.replace("vasc-02", "vasc-01"), audience=("practitioner",)), invented) == [
        "the line that there is no reversal agent is missing; call safety_strip() in docs/patients/what-the-treatment-is.md"
    ]


def test_a_practitioner_sheet_without_an_off_label_mark_is_refused(invented: Project, whole: str) -> None:
    assert problems(sheet(whole.replace("mark-off-label", "mark-on-label"), audience=("practitioner",)), invented) == [
        "no off-label mark with its jurisdiction; call safety_strip() or label_mark() in docs/patients/what-the-treatment-is.md"
    ]


def test_an_off_label_mark_that_names_no_jurisdiction_is_not_enough(invented: Project, whole: str) -> None:
    assert problems(sheet(whole.replace("Off-label (US)", "Off-label"), audience=("practitioner",)), invented) == [
        "no off-label mark with its jurisdiction; call safety_strip() or label_mark() in docs/patients/what-the-treatment-is.md"
    ]


def test_the_jurisdictions_that_a_mark_may_name_are_those_of_the_rows(invented: Project, whole: str) -> None:
    places = [Jurisdiction(id="ml", name="Made-up Land", short="ML")]
    data = with_rows(with_labels(invented.data), "indications", "jurisdictions", places)
    elsewhere = replace(invented, data=data)
    there = whole.replace("Off-label (US)", "Off-label (ML)")
    assert problems(sheet(there, audience=("practitioner",)), elsewhere) == []
    (problem,) = problems(sheet(whole, audience=("practitioner",)), elsewhere)
    assert problem.startswith("no off-label mark with its jurisdiction")


def test_whole_pages_are_not_linted_as_practitioner_sheets(invented: Project) -> None:
    assert problems(sheet("<p>No sign.</p>", audience=("practitioner",), kind="page"), invented) == []


# --- the address of a fault ----------------------------------------------------------------------


def line_of(path: Path, words: str, after: str = "") -> int:
    """The line of a file on which `words` stand, below the line with `after`."""
    text = path.read_text(encoding="utf-8")
    return text.count("\n", 0, text.index(words, text.index(after))) + 1


def test_words_that_a_page_holds_are_named_with_their_line(invented: Project) -> None:
    page = "patients/what-the-treatment-is.md"
    (fault,) = faults(sheet("<p>A gel with tiny balls, Testgel.</p>", audience=("patient",)), invented)
    assert (fault.file, fault.row) == (f"docs/{page}", "example")
    assert fault.line == line_of(invented.root / "docs" / page, "Testgel,")


def test_words_of_the_data_are_named_with_the_row_of_the_sheet_that_prints_them(invented: Project) -> None:
    made = sheet("<p>One syringe of 7.75 mL.</p>", audience=("patient",), slug="leaflet")
    (fault,) = faults(made, invented)
    path = invented.root / "docs/data/handouts.yml"
    address = f"docs/data/handouts.yml:{line_of(path, 'sections:', 'id: leaflet')}: leaflet: sections: "
    assert str(fault).startswith(f"{address}a volume on a patient sheet: “")


def test_what_a_sheet_lacks_is_named_with_its_row(invented: Project) -> None:
    made = sheet("<p>No sign.</p>", slug="card", pages=("handouts/card.md",))
    path = invented.root / "docs/data/handouts.yml"
    found = list(faults(made, invented))
    assert len(found) == 3
    for fault in found:
        assert str(fault).startswith(f"docs/data/handouts.yml:{line_of(path, 'page:', 'id: card')}: card: page: ")
        assert "docs/handouts/card.md" in fault.problem


def test_a_page_printed_whole_is_named_where_its_text_begins(invented: Project) -> None:
    made = sheet("<p>One syringe of 7.75 mL.</p>", audience=("patient",), kind="page")
    (fault,) = faults(made, invented)
    text = (invented.root / "docs/patients/what-the-treatment-is.md").read_text(encoding="utf-8")
    assert text.split("\n")[fault.line - 1].startswith('!!! abstract "In short"')


@pytest.mark.print
def test_a_fault_stops_the_print_before_anything_is_written(invented: Project, tmp_path: Path) -> None:
    bad = [sheet("<p>1:2</p>", audience=("patient",)), sheet("<p>x</p>", audience=("practitioner",), slug="second")]
    with pytest.raises(ContentError) as stopped:
        print_sheets(bad, invented, tmp_path / "out", PrintCache(tmp_path / "cache"))
    assert "example: a ratio" in str(stopped.value)
    assert "second: a practitioner sheet without its stop signs" in str(stopped.value), "every fault at once"
    assert not (tmp_path / "out").exists()
