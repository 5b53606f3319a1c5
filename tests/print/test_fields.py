"""The fields of the real sheets: named for programs that fill them, in the order of reading."""

from collections import Counter
from pathlib import Path

import pytest

from macros.content.load import Data
from macros.rendering.sheet_fields import CLINIC_NAMES

from .prints import opened

GOLDEN = Path(__file__).with_name("fields.txt")


def names_of(path: Path) -> list[str]:
    """The names of the fields of a PDF, in the order in which a program goes through them."""
    form = opened(path).Root.get("/AcroForm")
    return [str(field.T) for field in form.Fields] if form is not None else []


@pytest.fixture(scope="module")
def found(site: Path, data: Data) -> dict[str, list[str]]:
    """The names of the fields of each sheet, those of regions aside, which all have the same."""
    rows = [row for row in data.handouts.handouts if not row.region]
    return {row.id: names for row in rows if (names := names_of(site / "pdf" / f"{row.id}-{row.papers[0]}.pdf"))}


def test_a_list_of_values_that_a_clinic_keeps_still_fills_each_sheet(
    found: dict[str, list[str]], request: pytest.FixtureRequest
) -> None:
    """New fields may come; one that goes or has another name, or stands in another place, is told here."""
    if request.config.getoption("--golden"):
        GOLDEN.write_text("".join(f"{slug}: {' '.join(names)}\n" for slug, names in found.items()), encoding="utf-8")
    for line in GOLDEN.read_text(encoding="utf-8").splitlines():
        slug, _, known = line.partition(": ")
        kept = [name for name in found.get(slug, []) if name in known.split()]
        assert kept == known.split(), f"{slug}: fields have gone, or moved; if they should, renew with: pytest --golden"


def test_each_paper_has_the_same_fields(site: Path, manifest) -> None:
    by_slug: dict[str, list[list[str]]] = {}
    for entry in manifest:
        by_slug.setdefault(entry["slug"], []).append(names_of(site / "pdf" / entry["file"]))
    assert sum(1 for lists in by_slug.values() if lists[0]) > 3
    for slug, lists in by_slug.items():
        assert all(names == lists[0] for names in lists), slug


def test_every_field_is_named_once_said_tagged_and_on_its_page(site: Path, manifest) -> None:
    for entry in manifest:
        pdf = opened(site / "pdf" / entry["file"])
        form = pdf.Root.get("/AcroForm")
        if form is None:
            continue
        names = Counter(str(field.T) for field in form.Fields)
        assert max(names.values()) == 1, entry["file"]
        shown = {place.objgen for page in pdf.pages for place in page.get("/Annots", [])}
        for field in form.Fields:
            assert str(field.TU), f"{entry['file']}: {field.T}"
            for place in field.get("/Kids", [field]):
                assert place.objgen in shown and "/StructParent" in place, f"{entry['file']}: {field.T}"
            if field.FT == "/Tx" and str(field.T) not in CLINIC_NAMES:
                assert str(field.V) == "", f"{entry['file']}: {field.T}"


def test_the_book_has_no_form(site: Path, data: Data) -> None:
    """In a book two lines of one name would be one field: they are lines for a pen."""
    for row in data.handouts.handouts:
        if row.book:
            assert "/AcroForm" not in opened(site / "pdf" / f"{row.id}-{row.papers[0]}.pdf").Root
