"""The PDFs: there, listed, tagged, and holding every number and warning of what they print."""

import hashlib
import re
from pathlib import Path

import lxml.html
import pikepdf

from macros.content.addresses import page_url
from macros.content.load import Data
from macros.content.pages import Page
from macros.content.project import Project

from .prints import is_page, opened, packed, raw_text, shown, squeezed, text_of, uncited


def test_every_page_has_its_pdf_in_both_papers_and_links_to_it(
    site: Path, pages: list[Page], data: Data, manifest
) -> None:
    files = {entry["file"] for entry in manifest}
    # A page below handouts/ is printed as the sheet of its name, that of a region as the sheet of the region.
    sheets = {row.page: row.id for row in data.handouts.handouts if row.region or row.page == f"handouts/{row.id}.md"}
    assert all(sheets[row.page] == f"region-{row.region}" for row in data.handouts.handouts if row.region)
    wanted = set()
    for page in pages:
        tree = lxml.html.parse(str(site / page_url(page.path) / "index.html"))
        links = [link.rsplit("/", 1)[-1] for link in tree.xpath("//*[@class='page-tools']//a/@href")]
        slug = sheets.get(page.path, page.slug)
        large = [slug for row in data.handouts.handouts if row.page == page.path for slug in row.slugs[1:]]
        assert links == [f"{name}-{paper}.pdf" for name in (slug, *large) for paper in ("a4", "letter")], page.path
        wanted.update(links)
    assert wanted <= files
    assert files - wanted == {
        *(
            f"{row.id}-{paper}.pdf"
            for row in data.handouts.handouts
            if row.id not in sheets.values()
            for paper in row.papers
        ),
        *(f"{row.id}-{paper}.pdf" for row in data.handouts.packs for paper in ("a4", "letter")),
    }
    assert {path.name for path in (site / "pdf").glob("*.pdf")} == files


def test_the_manifest_tells_the_truth(site: Path, real: Project, manifest) -> None:
    for entry in manifest:
        content = (site / "pdf" / entry["file"]).read_bytes()
        assert entry["bytes"] == len(content)
        assert entry["sha256"] == hashlib.sha256(content).hexdigest()
        assert entry["pages"] == len(opened(site / "pdf" / entry["file"]).pages)
        assert entry["version"] == real.site.version
        assert list(entry) == ["slug", "title", "audience", "paper", "file", "pages", "bytes", "sha256", "version",
                               "fingerprint", "reviewed", "source"]  # fmt: skip
        assert (site / entry["source"] / "index.html").is_file()


def test_papers_have_their_size(site: Path, data: Data, manifest) -> None:
    sizes = {"a4": (595, 842), "letter": (612, 792)}
    landscape = {row.id for row in data.handouts.handouts if row.orientation == "landscape"}
    assert landscape
    for entry in manifest:
        wanted, own = sizes[entry["paper"]], packed(entry, data) or [entry["slug"]]
        allowed = {wanted[::-1] if slug in landscape else wanted for slug in own}
        if packed(entry, data):
            allowed.add(wanted)  # of the list of its sheets
        found = set()
        for page in opened(site / "pdf" / entry["file"]).pages:
            _left, _bottom, width, height = page.mediabox
            found.add((round(width), round(height)))
        assert found == allowed, entry["file"]


def test_title_language_and_tags_are_set(site: Path, manifest) -> None:
    for entry in manifest:
        made = opened(site / "pdf" / entry["file"])
        assert made.docinfo["/Title"] == entry["title"]
        assert made.Root.Lang == "en-US"
        assert made.Root.MarkInfo.Marked
        assert "/StructTreeRoot" in made.Root
        assert made.Root.Outlines.Count > 0, f"{entry['file']} has no bookmarks"


def test_only_our_typeface_is_embedded(site: Path, manifest) -> None:
    for entry in manifest:
        objects = opened(site / "pdf" / entry["file"]).objects
        fonts = [item for item in objects if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/Font"]
        assert fonts
        for font in fonts:
            name = str(font.BaseFont)
            assert re.match(r"/([A-Z]{6}\+)?(Source-?Sans|Sheet-?Sans)", name), f"{entry['file']}: {name}"
            # A composite font leads to the one that holds the shapes.
            holder = font if "/DescendantFonts" not in font else font.DescendantFonts[0]
            assert {"/FontFile2", "/FontFile3"} & set(holder.FontDescriptor.keys()), f"{entry['file']}: {name}"


def test_running_text_stands_on_every_page(site: Path, data: Data, manifest) -> None:
    for entry in manifest:
        pages = raw_text(site / "pdf" / entry["file"]).split("\f")[:-1]
        assert len(pages) == entry["pages"]
        year, _, day = entry["reviewed"].split("-")
        if packed(entry, data):
            # Each of its sheets has lines of its own.
            known = {one["fingerprint"]: one["title"] for one in manifest}
            for number, text in enumerate(pages, 1):
                flat = " ".join(text.split())
                assert f"Page {number} of {entry['pages']}" in flat, entry["file"]
                (mark,) = re.findall(rf"Version {re.escape(entry['version'])} · Fingerprint ([0-9a-f]{{8}}) · ", flat)
                assert squeezed(known[mark]) in squeezed(text), f"{entry['file']}, page {number}"
                assert mark == entry["fingerprint"] if number == 1 else mark != entry["fingerprint"]
            continue
        for number, text in enumerate(pages, 1):
            if entry["slug"] == "book" and number == 1:
                assert f"Version {entry['version']}. Fingerprint {entry['fingerprint']}" in text, "the cover"
                continue
            flat = " ".join(text.split())
            assert f"Page {number} of {entry['pages']}" in flat, entry["file"]
            assert f"Version {entry['version']} · Fingerprint {entry['fingerprint']} · " in flat, entry["file"]
            assert re.search(rf"Reviewed {int(day)} [A-Z][a-z]+ {year}", flat), entry["file"]
            if entry["slug"] != "book":
                assert squeezed(entry["title"])[:30] in squeezed(text)
                assert "Is this print current?" in flat


def test_every_number_of_the_site_is_in_its_print(site: Path, data: Data, pages: list[Page], manifest) -> None:
    for entry in manifest:
        whole = is_page(entry, data)
        path = site / "pdf" / entry["file"]
        words = " ".join(
            " ".join(part.itertext()) if whole else " ".join(uncited(part)) for part in shown(site, entry, data, pages)
        )
        numbers = re.findall(r"\d+(?:[.,:]\d+)*", words)
        printed = re.findall(r"\d+(?:[.,:]\d+)*", raw_text(path))
        missing = sorted(set(numbers) - set(printed))
        # A number broken at a line's end reads as two; look for it without the break.
        flat = squeezed(raw_text(path))
        assert [number for number in missing if number not in flat] == [], entry["file"]


WARNINGS = (
    "descendant-or-self::*[contains(@class,'box-stop')]//li | descendant-or-self::*[contains(@class,'admonition') and "
    "(contains(@class,'warning') or contains(@class,'danger'))]//p | descendant-or-self::*[@class='step-warning']"
    " | descendant-or-self::*[contains(@class,'step-warnings') or contains(@class,'safety-strip')]//p"
    " | descendant-or-self::*[contains(@class,'safety')]//li"
    " | descendant-or-self::*[contains(concat(' ',@class,' '),' mark ')]"
)


def test_every_warning_of_the_site_is_in_its_print_word_for_word(
    site: Path, data: Data, pages: list[Page], manifest
) -> None:
    """Pages, sheets and book."""
    count = dict.fromkeys(("page", "sheet", "book"), 0)
    for entry in manifest:
        path = site / "pdf" / entry["file"]
        flat = squeezed(raw_text(path))
        kind = "page" if is_page(entry, data) else "book" if entry["slug"] == "book" else "sheet"
        for part in shown(site, entry, data, pages):
            for box in part.xpath(WARNINGS):
                for line in uncited(box):
                    count[kind] += 1
                    assert squeezed(line) in flat, f"{entry['file']}: {line}"
    assert min(count.values()) > 0


def test_table_headers_are_repeated_on_the_next_page(site: Path, data: Data) -> None:
    """The claims ledger runs over many pages; each of them repeats the header row."""
    pages = text_of(site / "pdf" / "reference-claims-a4.pdf").split("\f")[:-1]
    claims = "|".join(row.id for row in data.claims.claims)
    with_rows = [text for text in pages if re.search(rf"^\s*({claims})\b", text, re.MULTILINE)]
    assert len(with_rows) > 1
    assert all("The article says" in text for text in with_rows)


def row_pattern(row: lxml.html.HtmlElement) -> str:
    """The text of a table row without white space, with any numbers where it cites."""
    pieces = []
    for words in row.xpath(".//text()"):
        # The text after a mark belongs to what is around it.
        around = words.getparent() if not words.is_tail else words.getparent().getparent()
        cites = around.xpath("ancestor-or-self::sup[@class='cite']")
        piece = r"[\d,]*" if cites else re.escape(squeezed(words))
        # One pattern for all numbers of a mark: several in a row would make the search slow.
        if not cites or pieces[-1:] != [piece]:
            pieces.append(piece)
        if not cites and around.tag == "a":
            # The book says on which of its pages the place is.
            pieces.append(r"(?:\(page\d+\))?")
    return "".join(pieces)


def test_no_row_of_a_table_is_split_and_each_reads_from_left_to_right(
    site: Path, data: Data, pages: list[Page], manifest
) -> None:
    """The whole text of each row stands in one piece on one page."""
    count = 0
    for entry in manifest:
        printed = [squeezed(text) for text in raw_text(site / "pdf" / entry["file"]).split("\f")]
        place = 0
        for part in shown(site, entry, data, pages):
            for row in part.xpath("descendant-or-self::tbody/tr"):
                count += 1
                pattern = re.compile(row_pattern(row))
                # The next row stands on the same page or the next one, rarely elsewhere.
                order = [*range(place, len(printed)), *range(place)]
                found = next((number for number in order if pattern.search(printed[number])), None)
                assert found is not None, f"{entry['file']}: {row.text_content()[:90]}"
                place = found
    assert count > 0


def test_the_choices_of_a_question_bear_the_letters_of_their_answer(site: Path, real: Project) -> None:
    """A key that says B is of no use beside choices that are numbered 1 2 3."""
    asked = [row for row in real.data.questions.questions if row.choices and row.publish]
    # The book asks at the end of each chapter what is asked about it.
    order = [path for section in real.site.sections for path in section.paths]
    chapters = sorted(asked, key=lambda row: order.index(row.page))
    for name, questions in (("reference-self-check-a4.pdf", asked), ("book-a4.pdf", chapters)):
        letters = re.findall(r"^ *([A-Z])\. \S", text_of(site / "pdf" / name), re.MULTILINE)
        assert "".join(letters) == "".join("ABCDEFGH"[: len(row.choices)] for row in questions), name
