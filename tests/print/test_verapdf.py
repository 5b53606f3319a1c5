"""Every PDF is PDF/UA-1 in veraPDF, the reference validator; a spoilt one is named with its page, rule and cure."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from ..projects import ROOT
from . import verapdf


def without_tags(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.StructTreeRoot, pdf.Root.MarkInfo


def without_an_alt(pdf: pikepdf.Pdf) -> None:
    figures = (one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Figure")
    # Neither on the first page nor on the last.
    del next(one for one in figures if "drawing mixing-steps " in str(one.Alt)).Alt


def with_an_unnamed_field(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[-1].obj
    field = pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Widget,
            FT=pikepdf.Name.Tx,
            T="phone",
            Rect=[50, 50, 90, 70],
            P=page,
        )
    )
    page.Annots = pikepdf.Array([*page.get("/Annots", []), field])
    pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[field])


SPOILT = {spoil.__name__: spoil for spoil in (without_tags, without_an_alt, with_an_unnamed_field)}


@pytest.fixture(scope="module")
def faults(
    site: Path, printed: Path, manifest: list[dict[str, Any]], tmp_path_factory: pytest.TempPathFactory
) -> list[str]:
    """What veraPDF says of all PDFs, the workbook in one paper, and of spoilt ones: Java starts once."""
    files = [site / "pdf" / entry["file"] for entry in manifest if entry["file"] != "book-letter.pdf"]
    folder = tmp_path_factory.mktemp("spoilt")
    for name, spoil in SPOILT.items():
        with pikepdf.open(printed / "site" / "pdf" / "technique-preparation-tables-a4.pdf") as pdf:
            spoil(pdf)
            pdf.save(folder / f"{name}.pdf")
    (folder / "no_pdf.pdf").write_text("no PDF", encoding="utf-8")
    command = [sys.executable, "-m", "tests.print.verapdf", *map(str, [*files, *sorted(folder.iterdir())])]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 1, run.stderr
    return run.stdout.splitlines()


def test_every_pdf_is_valid_pdf_ua_1(faults: list[str]) -> None:
    assert [fault for fault in faults if not fault.startswith((*SPOILT, "no_pdf"))] == []


def test_a_spoilt_pdf_is_named_with_page_rule_and_cure(faults: list[str]) -> None:
    for wanted in (
        "without_tags.pdf: rule 6.2-1: MarkInfo dictionary is not present",
        "without_tags.pdf: rule 7.1-11: StructTreeRoot entry is not present in the document catalog (print it with "
        "pdf_variant='pdf/ua-1', and change the PDF by no program that drops its tags)",
        "without_tags.pdf: page 1: rule 7.1-3: Content is neither marked as Artifact nor tagged as real content (",
        "without_an_alt.pdf: page 3: rule 7.3-1: Figure structure element neither has an alternate description nor a "
        "replacement text (give the picture its alt, or the SVG its <title>; a decoration has alt='' and role='presentation')",
        "with_an_unnamed_field.pdf: page 4: rule 7.18.1-3: A form field neither has TU key nor its Widget annotations have "
        "alternative descriptions (in the form of an Alt entry in the enclosing structure element) (give the field its <label for>)",
        "no_pdf.pdf: veraPDF cannot read it: ",
    ):
        assert [fault for fault in faults if fault.startswith(wanted)], wanted


def test_only_what_passed_is_not_asked_about_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    class OnlyGood:
        def faults(self, path: Path) -> list[str]:
            asked.append(path.name)
            return [] if path.read_bytes() == b"good" else [f"{path.name}: bad"]

    monkeypatch.setattr(verapdf, "Validator", OnlyGood)
    good, bad, kept = tmp_path / "good.pdf", tmp_path / "bad.pdf", tmp_path / "kept"
    good.write_bytes(b"good")
    bad.write_bytes(b"bad")
    for _ in range(2):
        assert verapdf.faults_of([good, bad], kept) == ["bad.pdf: bad"]
    assert asked == ["good.pdf", "bad.pdf", "bad.pdf"]
    good.write_bytes(b"good no more")
    assert verapdf.faults_of([good], kept) == ["good.pdf: bad"]
