"""A clinic and a public address: they stand on every sheet, and cost no page more."""

import json
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
import zxingcpp

from macros.content.project import Project
from macros.content.settings import Clinic
from macros.printing.print_cache import PrintCache
from macros.printing.print_sheets import all_sheets, print_sheets

from ..print.prints import raw_text, squeezed
from ..projects import SHEETS, build_with_sheets, copy_tree, edit

CLINIC = {
    "name": "North Lake Skin Clinic & Co",
    "phone": "+1 (555)-0100, open 8:30 to 18:30",
    "emergency": "911 (US) or 112",
}
ADDRESS = "https://docs.example.org/skin/"
LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10"><rect width="20" height="10" fill="#0b5563"/></svg>'


@pytest.fixture(scope="module")
def clinic(fixture_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The prints of a site that has a public address and whose clinic is set."""
    root = copy_tree(fixture_root, tmp_path_factory.mktemp("clinic") / "project")
    for name, value in {**CLINIC, "logo": "assets/clinic.svg"}.items():
        edit(root / "mkdocs.yml", f'    {name}: ""', f"    {name}: '{value}'", "  clinic:\n")
    (root / "docs/assets/clinic.svg").write_text(LOGO, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SITE_URL", ADDRESS)
        return build_with_sheets(root, root / "site", SHEETS) / "pdf"


def test_the_clinic_counts_among_what_a_sheet_prints(clinic: Path, sheets) -> None:
    """An old emergency number is an old print."""
    for entry in json.loads((clinic / "manifest.json").read_text()):
        assert entry["fingerprint"] != sheets["now"][entry["slug"]][1], entry["file"]


def prints_of(clinic: Path) -> list[Path]:
    made = sorted(clinic.glob("*.pdf"))
    assert len(made) == 2 * len(SHEETS)
    return made


def test_the_clinic_stands_on_every_sheet(clinic: Path) -> None:
    for path in prints_of(clinic):
        first = squeezed(raw_text(path).split("\f")[0])
        for words in (CLINIC["name"], CLINIC["phone"], f"Emergency: {CLINIC['emergency']}"):
            assert squeezed(words) in first, f"{path.name}: {words}"


def test_the_logo_stands_on_every_sheet_with_its_words(clinic: Path) -> None:
    for path in prints_of(clinic):
        with pikepdf.open(path) as made:
            tags = [item for item in made.objects if isinstance(item, pikepdf.Dictionary)]
            words = [str(item.Alt) for item in tags if item.get("/S") == "/Figure"]
        assert f"{CLINIC['name']}: logo" in words, path.name


def test_fields_for_the_clinic_are_filled_in(clinic: Path) -> None:
    for name, words in (("leaflet-a4", CLINIC["phone"]), ("leaflet-letter", CLINIC["emergency"]), ("card-a4", CLINIC["name"])):  # fmt: skip
        # Once in the head, once in its field.
        assert squeezed(raw_text(clinic / f"{name}.pdf")).count(squeezed(words)) >= 2, name


def codes(path: Path, number: int) -> list[str]:
    document = pypdfium2.PdfDocument(path)
    picture = document[number].render(scale=3).to_pil()
    document.close()
    # Lines of a table can look like the bars of a shop.
    return [code.text for code in zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)]


def test_the_qr_code_of_every_page_leads_to_the_page_with_version_and_fingerprint(clinic: Path) -> None:
    known = {entry["slug"]: entry["fingerprint"] for entry in json.loads((clinic / "manifest.json").read_text())}
    places = {"card": "handouts/card/", "leaflet": "patients/what-the-treatment-is/"}
    for path in prints_of(clinic):
        slug = path.stem.rpartition("-")[0]
        if slug in places:
            wanted = f"{ADDRESS}{places[slug]}?v=3.2.1&s={slug}&p={known[slug]}"
            for number, text in enumerate(raw_text(path).split("\f")[:-1]):
                assert codes(path, number) == [wanted], f"{path.name}, page {number + 1}"
                # In letters, for those without a camera: the page with the form.
                form = squeezed("Is this print current? docs.example.org/skin/handouts/")
                assert form in squeezed(text), f"{path.name}, page {number + 1}"


def test_without_an_address_the_qr_code_names_the_print(site: Path, real: Project, manifest) -> None:
    handouts = {row.id for row in real.data.handouts.handouts if not row.book}
    for entry in manifest:
        known = f"version {real.site.version}, fingerprint {entry['fingerprint']}, reviewed {entry['reviewed']}"
        wanted = f"{real.site.name}: {entry['slug']}, {known}"
        if entry["slug"] in handouts:
            assert codes(site / "pdf" / entry["file"], 0) == [wanted], entry["file"]


def test_the_clinic_costs_no_real_sheet_a_page_more(site: Path, real: Project, manifest, tmp_path: Path) -> None:
    """Of the sheets that have lines for it, which are the fullest."""
    wanted = {row.id for row in real.data.handouts.handouts if not row.book
              and any(f'"{name}"' in real.page(row.page).text for name in ("Clinic", "Emergency number"))}  # fmt: skip
    assert len(wanted) >= 2
    named = replace(real, site=replace(real.site, clinic=Clinic(**CLINIC), address=ADDRESS))
    sheets = [sheet for sheet in all_sheets(site, named) if sheet.slug in wanted]
    made = print_sheets(sheets, named, tmp_path / "out", PrintCache(tmp_path / "cache"))
    pages = {entry["file"]: entry["pages"] for entry in manifest}
    assert {entry["file"]: entry["pages"] for entry in made} == {entry["file"]: pages[entry["file"]] for entry in made}
