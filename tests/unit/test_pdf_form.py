"""The form of a PDF: filled by a program and read back, in our typeface, one field for one name."""

import io
import subprocess
from pathlib import Path

import pikepdf
import pytest
from pikepdf.form import Form

from macros.printing.print_template import print_document
from macros.printing.render import Job, render

from .sheets import SITE, sheet

LINE = '<p class="field"><span>{1}:</span> <input class="field-line" data-field="{0}" name="{0}" title="{1}" type="text" {2}></p>'
LONG = '<p class="field"><textarea class="field-line" data-field="story" name="story" title="Story"></textarea></p>'
BOX = '<ul class="ticks"><li><input class="tick-box" data-field="read" name="read" title="Read" type="checkbox"> Read</li></ul>'


def made(*parts: str) -> bytes:
    document = print_document(sheet(f'<div class="fields fields-1">{"".join(parts)}</div>'), "a4", SITE)
    return render(Job("example", "a4", document, (), "2026-11-24"))


@pytest.fixture(scope="module")
def content() -> bytes:
    phone = LINE.format("clinic_phone", "Clinic phone", 'value="555 0100"')
    return made(phone, LINE.format("date", "Date", ""), LONG, BOX, phone)


def text(content: bytes) -> str:
    run = subprocess.run(
        ["pdftotext", "-layout", "-enc", "UTF-8", "-", "-"], input=content, capture_output=True, check=True
    )
    return run.stdout.decode()


@pytest.mark.print
def test_what_a_program_fills_in_is_read_back_and_seen(content: bytes, tmp_path: Path) -> None:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        form = Form(pdf)
        form["date"].value = "12 March"
        form["story"].value = "Zoë came"
        form["clinic_phone"].value = "555 0199"
        form["read"].checked = True
        pdf.generate_appearance_streams()
        pdf.save(tmp_path / "filled.pdf")
    with pikepdf.open(tmp_path / "filled.pdf") as pdf:
        form = Form(pdf)
        assert [form[name].value for name in ("date", "story", "clinic_phone")] == ["12 March", "Zoë came", "555 0199"]
        assert form["read"].checked and form["story"].is_multiline and not form["date"].is_multiline
    words = text((tmp_path / "filled.pdf").read_bytes())
    assert "12 March" in words and "Zoë came" in words
    # In each of its places.
    assert words.count("555 0199") == 2 and "555 0100" not in words


def test_fields_stand_in_their_order_each_with_its_words(content: bytes) -> None:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        found = [(str(field.T), str(field.TU)) for field in pdf.Root.AcroForm.Fields]
        assert found == [("clinic_phone", "Clinic phone"), ("date", "Date"), ("story", "Story"), ("read", "Read")]
        assert pdf.pages[0].Tabs == "/S"


def test_fields_of_one_name_are_one_field_in_two_places(content: bytes) -> None:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        phone = pdf.Root.AcroForm.Fields[0]
        assert str(phone.V) == "555 0100" and len(phone.Kids) == 2
        for place in phone.Kids:
            assert place.Parent == phone and "/T" not in place and "/StructParent" in place


def test_a_form_looks_finished_and_has_our_typeface(content: bytes) -> None:
    """A viewer need not work out how it looks, and asks nothing when it is closed."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        form = pdf.Root.AcroForm
        assert "/NeedAppearances" not in form
        assert list(form.DR.Font.keys()) and str(form.DA).startswith("/Fields 0 Tf")
        assert "Sheet-Sans-Fields" in str(form.DR.Font.Fields.BaseFont)
        assert "/FontFile2" in form.DR.Font.Fields.FontDescriptor
        for field in form.Fields:
            for place in field.get("/Kids", [field]):
                assert "/AP" in place, field.T
    assert text(content).count("555 0100") == 2
    assert len(content) < 60_000


@pytest.mark.print
def test_what_is_filled_in_is_drawn_to_fit_its_line_in_any_latin_letters() -> None:
    long = "Łódź Skin Clinic and Institute of a Very Long Name, " * 4
    # So small, spaces are not seen as such.
    words = "".join(text(made(LINE.format("clinic", "Clinic", f'value="{long}"'))).split())
    assert "".join(long.split()) in words


@pytest.mark.print
def test_a_print_without_fields_has_no_form_and_not_their_typeface() -> None:
    content = made("<p>Words.</p>")
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert "/AcroForm" not in pdf.Root
    assert b"Sheet-Sans-Fields" not in content


@pytest.mark.print
def test_the_bytes_are_the_same_each_time(content: bytes) -> None:
    phone = LINE.format("clinic_phone", "Clinic phone", 'value="555 0100"')
    assert made(phone, LINE.format("date", "Date", ""), LONG, BOX, phone) == content
