"""The PDFs: there, listed, valid PDF/UA-1, and holding every number and warning of their page."""

import hashlib
import json
import re
import subprocess
from pathlib import Path
from typing import Any

import lxml.html
import page as pdf_validator
import pypdf
import pytest

from macros.pages import Page, page_url


@pytest.fixture(scope="session")
def manifest(site: Path) -> list[dict[str, Any]]:
    return json.loads((site / "pdf" / "manifest.json").read_text(encoding="utf-8"))


def text_of(path: Path) -> str:
    run = subprocess.run(["pdftotext", "-layout", "-enc", "UTF-8", str(path), "-"], capture_output=True, check=True)
    return run.stdout.decode("utf-8")


def squeezed(text: str) -> str:
    """Text without any white space or hyphenation, so that line breaks do not matter."""
    return re.sub(r"[\s\u00ad\u200b]+", "", text)


def test_every_page_has_its_pdf_in_both_papers_and_links_to_it(site: Path, pages: list[Page], manifest) -> None:
    files = {entry["file"] for entry in manifest}
    for page in pages:
        tree = lxml.html.parse(str(site / page_url(page.path) / "index.html"))
        links = [link.rsplit("/", 1)[-1] for link in tree.xpath("//a/@href") if "pdf/" in link]
        for paper in ("a4", "letter"):
            assert f"{page.slug}-{paper}.pdf" in files
            assert f"{page.slug}-{paper}.pdf" in links
    assert len(files) == 2 * len(pages)


def test_the_manifest_tells_the_truth(site: Path, manifest) -> None:
    for entry in manifest:
        content = (site / "pdf" / entry["file"]).read_bytes()
        assert entry["bytes"] == len(content)
        assert entry["sha256"] == hashlib.sha256(content).hexdigest()
        assert entry["pages"] == len(pypdf.PdfReader(site / "pdf" / entry["file"]).pages)
        assert entry["version"] == "1.0.0"
        assert set(entry) == {"slug", "title", "audience", "paper", "file", "pages", "bytes", "sha256", "version",
                              "reviewed", "source"}  # fmt: skip
        assert (site / entry["source"] / "index.html").is_file()


def test_papers_have_their_size(site: Path, manifest) -> None:
    sizes = {"a4": (595, 842), "letter": (612, 792)}
    for entry in manifest:
        box = pypdf.PdfReader(site / "pdf" / entry["file"]).pages[0].mediabox
        assert (round(box.width), round(box.height)) == sizes[entry["paper"]]


def test_every_pdf_is_valid_pdf_ua_1(site: Path, manifest) -> None:
    failures = []
    for entry in manifest:
        report = pdf_validator.validate_pdf(
            str(site / "pdf" / entry["file"]), profile=pdf_validator.ValidationProfile.PDF_UA_1
        )
        assert report.rules.total > 90
        failures += [f"{entry['file']}: {failure.message}" for failure in report.failures]
    assert failures == []


def test_the_validator_sees_a_fault(site: Path, tmp_path: Path, manifest) -> None:
    """The check above must be able to fail."""
    reader = pypdf.PdfReader(site / "pdf" / manifest[0]["file"])
    writer = pypdf.PdfWriter(clone_from=reader)
    del writer.root_object["/MarkInfo"]
    writer.write(tmp_path / "spoilt.pdf")
    report = pdf_validator.validate_pdf(str(tmp_path / "spoilt.pdf"), profile=pdf_validator.ValidationProfile.PDF_UA_1)
    assert not report.is_compliant


def test_title_language_and_tags_are_set(site: Path, manifest) -> None:
    for entry in manifest:
        reader = pypdf.PdfReader(site / "pdf" / entry["file"])
        assert reader.metadata is not None
        assert reader.metadata.title == entry["title"]
        root = reader.trailer["/Root"]
        assert root["/Lang"] == "en-US"
        assert root["/MarkInfo"]["/Marked"]
        assert "/StructTreeRoot" in root
        assert reader.outline, f"{entry['file']} has no bookmarks"


def test_only_our_typeface_is_embedded(site: Path, manifest) -> None:
    for entry in manifest:
        run = subprocess.run(
            ["pdffonts", str(site / "pdf" / entry["file"])], capture_output=True, text=True, check=True
        )
        rows = run.stdout.splitlines()[2:]
        assert rows
        for row in rows:
            # Columns from the right: object ID (2), uni, sub, emb.
            assert re.match(r"([A-Z]{6}\+)?(Source-?Sans|Sheet-?Sans)", row), f"{entry['file']}: {row}"
            assert row.split()[-5] == "yes", f"{entry['file']}: {row}"


def test_running_text_stands_on_every_page(site: Path, manifest) -> None:
    for entry in manifest:
        pages = text_of(site / "pdf" / entry["file"]).split("\f")[:-1]
        assert len(pages) == entry["pages"]
        for number, text in enumerate(pages, 1):
            flat = " ".join(text.split())
            assert f"Page {number} of {entry['pages']}" in flat, entry["file"]
            assert f"Version {entry['version']}" in flat
            assert squeezed(entry["title"])[:30] in squeezed(text)


def article_of(site: Path, entry: dict[str, Any]) -> lxml.html.HtmlElement:
    tree = lxml.html.parse(str(site / entry["source"] / "index.html")).xpath("//article")[0]
    for element in tree.xpath(".//*[@data-print='off'] | .//a[contains(@class,'headerlink')] | .//script | .//style"):
        element.drop_tree()
    return tree


def cells_of(tree: lxml.html.HtmlElement) -> list[str]:
    return ["".join(cell.itertext()) for cell in tree.xpath(".//td | .//th")]


def test_every_number_of_a_page_is_in_its_pdf(site: Path, manifest) -> None:
    for entry in manifest:
        numbers = re.findall(r"\d+(?:[.,:]\d+)*", "".join(article_of(site, entry).itertext()))
        printed = re.findall(r"\d+(?:[.,:]\d+)*", text_of(site / "pdf" / entry["file"]))
        missing = sorted(set(numbers) - set(printed))
        # A number broken at a line's end reads as two; look for it without the break.
        flat = squeezed(raw_text(site / "pdf" / entry["file"]))
        assert [number for number in missing if number not in flat] == [], entry["file"]


def raw_text(path: Path) -> str:
    """Text in reading order, as a screen reader gets it, without running headers and footers."""
    run = subprocess.run(["pdftotext", "-raw", "-enc", "UTF-8", str(path), "-"], capture_output=True, check=True)
    return run.stdout.decode("utf-8")


def test_every_warning_of_a_page_is_in_its_pdf_word_for_word(site: Path, manifest) -> None:
    count = 0
    for entry in manifest:
        flat = squeezed(raw_text(site / "pdf" / entry["file"]))
        tree = article_of(site, entry)
        for box in tree.xpath(
            ".//*[contains(@class,'box-stop')]//li | .//*[contains(@class,'admonition') and "
            "(contains(@class,'warning') or contains(@class,'danger'))]//p | .//*[@class='step-warning']"
            " | .//*[contains(@class,'safety')]//li | .//*[contains(concat(' ',@class,' '),' mark ')]"
        ):
            # Between the numbers of citations, which stand in the print as well.
            for line in box.xpath(".//text()[not(ancestor::sup)]"):
                if not line.strip():
                    continue
                count += 1
                assert squeezed(line) in flat, f"{entry['file']}: {line}"
    assert count > 500


def test_the_preparation_table_reads_row_by_row(site: Path) -> None:
    for paper in ("a4", "letter"):
        flat = " ".join(raw_text(site / "pdf" / f"technique-preparation-tables-{paper}.pdf").split())
        assert re.search(
            r"1:2 Décolleté only \+.3 ?=.4\.5.mL \+.6 ?=.9.mL \+.9 ?=.13\.5.mL \+.12 ?=.18.mL 33\.3 10", flat
        )


def test_table_headers_are_repeated_on_the_next_page(site: Path, manifest) -> None:
    """The claims ledger runs over many pages; each of them repeats the header row."""
    pages = text_of(site / "pdf" / "reference-claims-a4.pdf").split("\f")[:-1]
    with_rows = [text for text in pages if re.search(r"^\s*[ACPT]\d\d\b", text, re.MULTILINE)]
    assert len(with_rows) > 3
    assert all("The article says" in text for text in with_rows)
