"""The fields of sheets: each with a label and a name of its own, the same on every sheet, in HTML and on paper."""

import re
from collections import Counter
from pathlib import Path

import lxml.html
import pytest
from lxml.html import HtmlElement, fragment_fromstring

from macros.content.project import Project, load_project
from macros.printing.fingerprint import fingerprint
from macros.printing.form_fields import as_lines, called_after, name_fields
from macros.printing.sheet_rules import faults
from macros.publishing.plain_text import _say_fields
from macros.rendering import sheet_fields
from macros.rendering.dry_run import dry_run_faults, rendered
from macros.rendering.page_context import PageContext

from ..projects import ROOT, edit
from .sheets import sheet

FIELDS = ".//*[@data-field]"


def parts(*blocks: str) -> HtmlElement:
    return fragment_fromstring(f"<div>{''.join(blocks)}</div>")


def every_kind(page: PageContext) -> HtmlElement:
    return parts(
        sheet_fields.fields(page, "Clinic phone", "Date", "Reactions", columns=2, long=["Reactions"]),
        sheet_fields.ticks(page, "Radiesse", "Radiesse (+)"),
        sheet_fields.tick_list(page, "mixing"),
        sheet_fields.writing_box(page, "Lot label"),
    )


@pytest.mark.parametrize(
    "label, name",
    [("Clinic phone", "clinic_phone"), ("Product, mL", "product_ml"), ("Syringes × volume", "syringes_volume"),
     ("Radiesse (+)", "radiesse_plus"), ("Ratio, product : diluent", "ratio_product_diluent"), ("Größe", "größe")],
)  # fmt: skip
def test_the_name_of_a_field_is_made_of_its_label(label: str, name: str) -> None:
    assert sheet_fields.field_name(label) == name


def test_each_kind_is_a_control_with_a_label_and_a_name(invented_page: PageContext) -> None:
    made = every_kind(invented_page)
    found = [(one.get("data-field"), one.tag, one.get("type")) for one in made.xpath(FIELDS)]
    assert found[:6] == [
        ("clinic_phone", "input", "text"),
        ("date", "input", "text"),
        ("reactions", "textarea", None),
        ("radiesse", "input", "checkbox"),
        ("radiesse_plus", "input", "checkbox"),
        ("step_mix_read_1", "input", "checkbox"),
    ]
    assert found[-1] == ("lot_label", "textarea", None)
    labels = Counter(made.xpath(".//label/@for"))
    for one in made.xpath(FIELDS):
        assert labels[one.get("id")] == 1, one.get("data-field")
        if one.get("type") != "checkbox":
            assert one.get("autocomplete") == "off" and one.get("spellcheck") == "false", one.get("data-field")
    # Nothing can be sent: no form, no name.
    assert not made.xpath(".//form | .//*[@name] | .//button")


def test_a_line_of_the_clinic_may_stand_twice_on_a_page_with_two_ids(invented_page: PageContext) -> None:
    made = parts(*(sheet_fields.fields(invented_page, "Clinic phone") for _ in range(2)))
    assert made.xpath(f"{FIELDS}/@data-field") == ["clinic_phone"] * 2
    assert len(set(made.xpath(".//@id"))) == 2
    # What remembers the lines stands there once.
    assert len(made.xpath(".//*[@data-remember]")) == 1


def test_two_fields_of_one_name_are_refused_where_they_are_written(project: Path) -> None:
    page = project / "docs/handouts/card.md"
    line = edit(page, '{{ ticks("Needle"', '{{ ticks("date!", "Needle"')
    (fault,) = list(dry_run_faults(load_project(project)))
    assert (fault.file, fault.line) == ("docs/handouts/card.md", line)
    assert "would be called 'date'" in fault.problem and "write another label for one of them" in fault.problem


def test_two_fields_of_one_name_on_a_sheet_of_two_pages_are_refused_too(invented: Project) -> None:
    twice = '<p><input class="field-line" data-field="date" name="date" title="Date"></p>'
    clinic = twice.replace("date", "clinic_phone")
    found = [
        fault for fault in faults(sheet(twice * 2 + clinic * 2, kind="page"), invented) if "'date'" in fault.problem
    ]
    assert len(found) == 1 and "word one otherwise" in found[0].problem
    assert not any("clinic_phone" in fault.problem for fault in faults(sheet(clinic * 2, kind="page"), invented))


def test_a_long_field_that_is_none_is_answered_with_what_was_meant(invented_page: PageContext) -> None:
    with pytest.raises(ValueError, match=r"no field 'Reaction' here.*Reactions"):
        sheet_fields.fields(invented_page, "Reactions", long=["Reaction"])


def test_a_label_without_letters_is_refused(invented_page: PageContext) -> None:
    with pytest.raises(ValueError, match="letters and digits"):
        sheet_fields.fields(invented_page, "…")


def test_an_indented_field_stands_where_it_is_meant_to(project: Path) -> None:
    """Whether it does is asked of the call alone, which must not be taken for a second field of its name."""
    page = project / "docs/handouts/card.md"
    edit(page, '{{ fields("Reactions', '  {{ fields("Reactions')
    assert any("falls out of its place" in fault.problem for fault in dry_run_faults(load_project(project)))


# --- on paper -------------------------------------------------------------------------------------------


def on_paper(page: PageContext, value: str = "") -> HtmlElement:
    """Every kind, as a print has it."""
    made = every_kind(page)
    if value:
        made.xpath(FIELDS)[0].set("value", value)
    for left_out in made.xpath(".//*[@data-print='off']"):
        left_out.drop_tree()
    name_fields(made)
    return made


def test_on_paper_a_field_has_its_name_and_the_words_of_its_label(invented_page: PageContext) -> None:
    made = on_paper(invented_page)
    assert not made.xpath(".//label | .//@for | .//*[@data-field]/@id")
    named = {one.get("name"): one.get("title") for one in made.xpath(FIELDS)}
    assert named["clinic_phone"] == "Clinic phone" and named["radiesse_plus"] == "Radiesse (+)"
    assert named["step_mix_read_1"] == "Ratio read" and named["lot_label"] == "Lot label"


def test_in_a_document_of_several_sheets_only_the_clinic_keeps_its_names(invented_page: PageContext) -> None:
    made = on_paper(invented_page)
    called_after("treatment-record", [made])
    names = made.xpath(f"{FIELDS}/@name")
    assert names[0] == "clinic_phone"
    assert all(name.startswith("treatment_record__") for name in names[1:])


def test_in_the_book_fields_are_lines_and_boxes_for_a_pen(invented_page: PageContext) -> None:
    made = on_paper(invented_page, "555 & 0100")
    as_lines([made])
    assert not made.xpath(".//input | .//textarea | .//label")
    assert [line.text for line in made.xpath(".//span[@class='field-line']")] == ["555 & 0100", None, None]
    assert len(made.xpath(".//span[@class='tick-box']")) > 2


def test_what_is_filled_in_counts_in_the_fingerprint_as_words_do() -> None:
    line = '<p class="field"><span>Clinic:</span> {}</p>'
    as_words = line.format('<span class="field-line">North Lake</span>')
    filled = line.format('<input class="field-line" value="North Lake">')
    empty = line.format('<input class="field-line">')
    assert fingerprint([], as_words) == fingerprint([], filled) != fingerprint([], empty)
    box = "<li>{} Ratio read</li>"
    assert fingerprint([], box.format('<span class="tick-box"></span>')) == fingerprint(
        [], box.format('<input class="tick-box" type="checkbox">')
    )


# --- elsewhere ------------------------------------------------------------------------------------------


def test_as_markdown_a_box_is_an_open_task_and_a_line_its_label(invented_page: PageContext) -> None:
    made = every_kind(invented_page)
    made.xpath(FIELDS)[0].set("value", "555 0100")
    _say_fields(made)
    lines = [" ".join(one.text_content().split()) for one in made.xpath(".//li | .//p[@class='field']")]
    assert {"Clinic phone: 555 0100", "Date:", "[ ] Radiesse", "[ ] Ratio read"} <= set(lines)


def test_the_script_keeps_the_lines_of_the_clinic_and_no_others() -> None:
    script = (ROOT / "docs/assets/fields.js").read_text(encoding="utf-8")
    (kept,) = re.findall(r"const CLINIC = \{(.*?)\};", script)
    assert set(re.findall(r"\b([a-z_]+): \"", kept)) == sheet_fields.CLINIC_NAMES


@pytest.mark.site
def test_every_field_of_a_page_has_a_name_of_its_own(either: Project) -> None:
    for page in either.pages:
        tree = lxml.html.fragment_fromstring(rendered(either, page), create_parent="div")
        names = Counter(name for name in tree.xpath(f"{FIELDS}/@data-field") if name not in sheet_fields.CLINIC_NAMES)
        assert not [name for name, count in names.items() if count > 1], page.path
