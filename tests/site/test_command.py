"""The command line for handouts, the same bytes each time, and a clinic on every sheet."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pypdf
import pypdfium2
import pytest
import zxingcpp

from macros import __main__
from macros.build import build_pages
from macros.content.faults import ContentError
from macros.content.load import Data
from macros.content.project import Project, load_project
from macros.content.settings import read_site
from macros.printing import print_sheets
from macros.printing.all_sheets import all_sheets
from macros.printing.render import Printed

from ..print.prints import raw_text, squeezed
from ..projects import ROOT, copy_project


@pytest.fixture
def run(site: Path, capsys: pytest.CaptureFixture[str]):
    """Call the command on the built site; returns its status, what it said and what it complained of."""

    def call(*arguments: str) -> tuple[int, str, str]:
        status = __main__.main(["--root", str(ROOT), "handouts", *arguments, "--site", str(site)])
        said = capsys.readouterr()
        return status, said.out, said.err

    return call


def test_some_handouts_on_one_paper(run, site: Path, tmp_path: Path) -> None:
    out = tmp_path / "new" / "folder"
    status, said, _ = run("dilution-card", "how-skin-ages", "--paper", "letter", "--out", str(out))
    assert status == 0
    assert sorted(path.name for path in out.iterdir()) == ["dilution-card-letter.pdf", "how-skin-ages-letter.pdf"]
    for path in out.iterdir():
        assert path.read_bytes() == (site / "pdf" / path.name).read_bytes(), "the same as in the whole build"
    assert "[2/2]" in said
    # Nothing changed since the whole build: neither of them was rendered again.
    assert said.count("unchanged") == 2


def test_the_handouts_of_an_audience(run, data: Data, tmp_path: Path) -> None:
    status, _, _ = run("--audience", "patient", "--paper", "a4", "--out", str(tmp_path / "out"))
    assert status == 0
    made = {path.name for path in (tmp_path / "out").iterdir()}
    assert {f"{row.id}-a4.pdf" for row in data.handouts.handouts if "patient" in row.audience} <= made
    assert not any(name.startswith(("dilution-card", "book", "technique-")) for name in made)


def test_an_unknown_name_is_answered_with_the_right_one(run, tmp_path: Path) -> None:
    status, _, complaint = run("dilution-crad", "nothing", "--out", str(tmp_path / "out"))
    assert status == 1
    assert "no handout 'dilution-crad' (did you mean 'dilution-card'?)" in complaint
    assert "no handout 'nothing'" in complaint
    assert "there are: " in complaint and "treatment-record" in complaint
    assert not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be_written_is_named(run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    status, _, complaint = run("how-skin-ages", "--out", str(tmp_path / "file" / "out"))
    assert status == 1
    assert f"{tmp_path / 'file'}" in complaint
    assert "Not a directory" in complaint


def command_line(project: Path, site: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "macros", "handouts", *arguments, "--site", str(site)],
        cwd=project, capture_output=True, text=True, check=False, env={**os.environ, **environment},
    )  # fmt: skip


def test_without_pango_one_clear_message(site: Path, project: Path, tmp_path: Path) -> None:
    """A stand-in for the renderer that fails on import as the real one does without Pango."""
    stand_in = tmp_path / "stand-in" / "weasyprint"
    stand_in.mkdir(parents=True)
    (stand_in / "__init__.py").write_text(
        "raise OSError(\"cannot load library 'libpango-1.0-0': error 0x7e\")\n", encoding="utf-8"
    )
    made = command_line(
        project,
        site,
        "how-skin-ages",
        "before-and-after",
        "--out",
        str(tmp_path / "out"),
        PYTHONPATH=str(stand_in.parent),
    )
    assert made.returncode == 1
    assert made.stderr.count("Pango is missing") == 1
    assert "apt-get install libpango-1.0-0" in made.stderr
    assert "Traceback" not in made.stdout + made.stderr


def test_no_built_site_is_said(project: Path, tmp_path: Path) -> None:
    made = command_line(project, tmp_path / "none", "how-skin-ages")
    assert made.returncode == 1
    assert "build the pages first" in made.stderr
    assert "Traceback" not in made.stderr


def test_a_wrong_paper_is_answered_with_the_papers(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        __main__.main(["handouts", "--paper", "a5"])
    assert stopped.value.code == 2
    assert "a4" in (said := capsys.readouterr().err) and "letter" in said


# --- the same bytes -------------------------------------------------------------------------------------


def test_two_renders_in_other_folders_time_zones_and_hash_seeds_are_the_same(site: Path, tmp_path: Path) -> None:
    """Without a cache; a sheet with a figure, one with attached tables, one whole page."""
    slugs = ("how-skin-ages", "dilution-card", "technique-marking")
    outs = []
    for name, zone, seed in (("one", "Pacific/Kiritimati", "1"), ("other/deeper", "America/Los_Angeles", "2")):
        (tmp_path / name).mkdir(parents=True)
        project = copy_project(tmp_path / name / "project")
        outs.append(project / "out")
        made = command_line(
            project, site, *slugs, "--paper", "a4", "--out", str(outs[-1]), TZ=zone, PYTHONHASHSEED=seed
        )
        assert made.returncode == 0, made.stderr
        assert "unchanged" not in made.stdout
    for slug in slugs:
        one, other = ((out / f"{slug}-a4.pdf").read_bytes() for out in outs)
        assert one == other, slug
        assert one == (site / "pdf" / f"{slug}-a4.pdf").read_bytes(), f"{slug}: as in the whole build"


def test_a_second_build_renders_nothing_again(site: Path, real: Project, tmp_path: Path) -> None:
    seen: list[Printed] = []
    entries = print_sheets.print_sheets(
        all_sheets(site, real), real, tmp_path, ROOT / ".cache" / "handouts",
        progress=lambda done, total, printed: seen.append(printed),
    )  # fmt: skip
    assert [printed.job.slug for printed in seen if printed.rendered] == []
    assert entries == json.loads((site / "pdf" / "manifest.json").read_text(encoding="utf-8"))


# --- the clinic and the address ---------------------------------------------------------------------------

CLINIC = {"name": "North Lake Skin Clinic & Co", "phone": "+1 555 0100", "emergency": "911 (US) or 112"}
ADDRESS = "https://docs.example.org/skin/"
LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10"><rect width="20" height="10" fill="#0b5563"/></svg>'
CHOSEN = ("before-and-after", "complication-card", "treatment-record", "technique-marking")


def set_clinic(project: Path, **entries: str) -> None:
    path = project / "mkdocs.yml"
    text = path.read_text(encoding="utf-8")
    for name, value in entries.items():
        assert text.count(f'\n    {name}: ""') == 1
        text = text.replace(f'\n    {name}: ""', f"\n    {name}: {json.dumps(value)}")
    path.write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Some prints of a site that has a public address and whose clinic is set."""
    project = copy_project(tmp_path_factory.mktemp("clinic") / "project")
    set_clinic(project, **CLINIC, logo="assets/clinic.svg")
    (project / "docs/assets/clinic.svg").write_text(LOGO, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SITE_URL", ADDRESS)
        changed = load_project(project)
        build_pages(changed, project / "site")
    sheets = all_sheets(project / "site", changed)
    chosen = [sheet for sheet in sheets if sheet.slug in CHOSEN]
    assert len(chosen) == len(CHOSEN)
    print_sheets.print_sheets(chosen, changed, project / "out", project / ".cache")
    return project / "out"


def prints_of(clinic: Path) -> list[Path]:
    made = sorted(clinic.glob("*.pdf"))
    assert len(made) == 2 * len(CHOSEN)
    return made


def test_the_clinic_stands_on_every_sheet(clinic: Path) -> None:
    for path in prints_of(clinic):
        first = " ".join(raw_text(path).split("\f")[0].split())
        for words in (CLINIC["name"], CLINIC["phone"], f"Emergency: {CLINIC['emergency']}"):
            assert squeezed(words) in squeezed(first), f"{path.name}: {words}"


def test_the_logo_stands_on_every_sheet_with_its_words(clinic: Path) -> None:
    for path in prints_of(clinic):
        tags = subprocess.run(["pdfinfo", "-struct", str(path)], capture_output=True, text=True, check=True).stdout
        assert "Figure" in tags
        root = pypdf.PdfReader(path).trailer["/Root"]
        words = [str(item.get_object()["/Alt"]) for item in figures(root["/StructTreeRoot"])]
        assert f"{CLINIC['name']}: logo" in words, path.name


def figures(element):
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        kid = kid.get_object()
        if isinstance(kid, dict) and "/S" in kid:
            if kid["/S"] == "/Figure":
                yield kid
            yield from figures(kid)


def test_fields_for_the_clinic_are_filled_in(clinic: Path) -> None:
    for name, words in (
        ("before-and-after-a4", CLINIC["phone"]),
        ("complication-card-letter", CLINIC["emergency"]),
        ("treatment-record-a4", CLINIC["name"]),
    ):
        # Once in the head, once in its field.
        assert squeezed(raw_text(clinic / f"{name}.pdf")).count(squeezed(words)) >= 2, name


def test_the_clinic_costs_no_page_more(clinic: Path, manifest) -> None:
    pages = {entry["file"]: entry["pages"] for entry in manifest}
    assert {path.name: len(pypdf.PdfReader(path).pages) for path in prints_of(clinic)} == {
        path.name: pages[path.name] for path in prints_of(clinic)
    }


def codes(path: Path, number: int) -> list[str]:
    document = pypdfium2.PdfDocument(path)
    picture = document[number].render(scale=3).to_pil()
    document.close()
    return [code.text for code in zxingcpp.read_barcodes(picture)]


def test_the_qr_code_of_every_page_leads_to_the_page_with_the_version(clinic: Path, manifest) -> None:
    sources = {entry["file"]: entry["source"] for entry in manifest}
    for path in prints_of(clinic):
        wanted = f"{ADDRESS}{sources[path.name]}?v=1.0.0"
        for number, text in enumerate(raw_text(path).split("\f")[:-1]):
            assert codes(path, number) == [wanted], f"{path.name}, page {number + 1}"
            # The same in letters, for those without a camera.
            assert squeezed(wanted.removeprefix("https://")) in squeezed(text), f"{path.name}, page {number + 1}"


def test_without_an_address_the_qr_code_names_the_print(site: Path) -> None:
    assert codes(site / "pdf" / "dilution-card-a4.pdf", 0) == [
        "CaHA and Skin: dilution-card, version 1.0.0, reviewed 2026-11-24"
    ]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('    phone: ""', "    fone: '1'", "fone: unknown (did you mean 'phone'?); there are: name, phone, emergency, logo"),
        ('    phone: ""', "    phone: 5550100", "phone: expected text, got 5550100 (put it in quotes)"),
        ('    logo: ""', "    logo: assets/none.svg #", "logo: no file 'docs/assets/none.svg'"),
        ('    logo: ""', "    logo: assets/logo.tiff #", "logo: expected a file that ends in .svg, .png, .jpg, .jpeg, got"),
        ('    logo: ""', "    logo: assets/large.png #", "logo: docs/assets/large.png is larger than 100 kB"),
    ],
)  # fmt: skip
def test_a_wrong_entry_of_the_clinic_is_explained(project: Path, old: str, new: str, words: str) -> None:
    path = project / "mkdocs.yml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    (project / "docs/assets/large.png").write_bytes(b"x" * 100_001)
    with pytest.raises(ContentError) as stopped:
        read_site(project)
    assert f"mkdocs.yml:1: extra: clinic: {words}" in str(stopped.value)


def test_a_clinic_that_is_no_list_of_entries_is_explained(project: Path) -> None:
    path = project / "mkdocs.yml"
    text = path.read_text(encoding="utf-8")
    start, end = text.index("  clinic:\n"), text.index("  training_address:")
    path.write_text(f"{text[:start]}  clinic: North Lake\n{text[end:]}", encoding="utf-8")
    with pytest.raises(ContentError, match="clinic: expected name, phone, emergency, logo, got 'North Lake'"):
        read_site(project)
