"""The sheets on paper: their pages and sizes, headings with their text, letters that can be read, nothing nearly empty."""

import math
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import lxml.html
import pikepdf
import pypdfium2
import pytest

from macros.content.addresses import page_url
from macros.content.load import Data
from macros.content.pages import Page

from .prints import handout_of, is_large, opened, packed, pages_of, raw_text, read_aloud, sections_of, shown, squeezed

MM = 72 / 25.4


@pytest.fixture(scope="session")
def sheets(manifest, data: Data):
    """The entries of the curated sheets, those in large print among them, without the book."""
    slugs = {slug for row in data.handouts.handouts if not row.book for slug in row.slugs}
    return [entry for entry in manifest if entry["slug"] in slugs]


def test_every_sheet_keeps_to_its_pages_on_each_paper(site: Path, sheets, data: Data) -> None:
    rows = {slug: row for row in data.handouts.handouts if not row.book for slug in row.slugs}
    assert sorted((entry["slug"], entry["paper"]) for entry in sheets) == sorted(
        (slug, paper) for slug, row in rows.items() for paper in row.papers
    )
    for entry in sheets:
        row, count = rows[entry["slug"]], len(opened(site / "pdf" / entry["file"]).pages)
        if not is_large(entry, data):
            assert row.least_pages <= count <= row.most_pages, entry["file"]


def test_no_file_is_heavy(sheets, manifest) -> None:
    assert [entry["file"] for entry in sheets if entry["bytes"] > 250_000] == []
    assert [entry["file"] for entry in manifest if entry["bytes"] > 5_000_000] == []


def bottom_margin(entry, data: Data) -> float:
    """Height of the page's foot in pt, as the style sheets set it."""
    handout = handout_of(entry, data)
    if handout is None:
        # Of a pack, the shallowest of its sheets.
        return (24 if packed(entry, data) else 28) * MM
    if is_large(entry, data):
        return 50 * MM
    if handout.book:
        return 20 * MM
    return (24 if handout.orientation == "landscape" else 29) * MM


def bookmarks(entries: list[pikepdf.OutlineItem]) -> Iterator[tuple[str, float]]:
    """The title of each entry, and how high on its page it leads to, in pt."""
    for entry in entries:
        _page, _kind, _left, top, _zoom = entry.destination
        yield entry.title, float(top)
        yield from bookmarks(entry.children)


def test_no_heading_stands_alone_at_the_foot_of_a_page(site: Path, data: Data, manifest) -> None:
    """Below the top of each heading there is room for it and at least one line more."""
    count = 0
    for entry in manifest:
        margin = bottom_margin(entry, data)
        with opened(site / "pdf" / entry["file"]).open_outline() as outline:
            marks = list(bookmarks(outline.root))
        count += len(marks)
        for title, top in marks:
            assert top - margin >= 30, f"{entry['file']}: {title}"
    assert count > 0


def test_no_last_page_of_a_sheet_is_nearly_empty(site: Path, data: Data, sheets) -> None:
    for entry in sheets:
        document = pypdfium2.PdfDocument(site / "pdf" / entry["file"])
        picture = document[len(document) - 1].render(scale=1).to_pil().convert("L")
        document.close()
        top = (10 if entry["pages"] == 1 else 20) * MM
        end = picture.height - bottom_margin(entry, data)
        text = picture.crop((0, round(top), picture.width, round(end) - 2)).point(lambda gray: 255 if gray < 200 else 0)
        box = text.getbbox()
        assert box, f"{entry['file']}: the last page is empty"
        reach = box[3] / text.height
        assert reach >= 0.25, f"{entry['file']}: the last page is filled to {reach:.0%} only"


def test_a_sheet_takes_as_many_pages_in_a_pack_as_alone(site: Path, data: Data, manifest) -> None:
    """In the order of the pack, behind the list of its sheets: each has its entry among the bookmarks, and its pages."""
    alone = {(entry["slug"], entry["paper"]): entry["pages"] for entry in manifest}
    titles = {row.id: row.title for row in data.handouts.handouts}
    packs = [entry for entry in manifest if packed(entry, data)]
    assert len(packs) == 2 * len(data.handouts.packs)
    for entry in packs:
        with opened(site / "pdf" / entry["file"]).open_outline() as outline:
            first = {one.title: page_of(entry, site, one) for one in outline.root}
        sheets = packed(entry, data)
        assert list(first) == [entry["title"], *(titles[name] for name in sheets)], entry["file"]
        starts = [*first.values(), entry["pages"] + 1]
        counts = [after - before for before, after in pairwise(starts)]
        assert counts == [1, *(alone[name, entry["paper"]] for name in sheets)], entry["file"]


def page_of(entry, site: Path, bookmark: pikepdf.OutlineItem) -> int:
    """The number of the page to which a bookmark leads."""
    pages = [page.obj.objgen for page in opened(site / "pdf" / entry["file"]).pages]
    return pages.index(bookmark.destination[0].objgen) + 1


def sizes_of(path: Path) -> list[tuple[float, str]]:
    """Each piece of text with its size on paper, in pt, figures included."""
    found: list[tuple[float, str]] = []
    with pypdfium2.PdfDocument(path) as document:
        for page in document:
            for piece in page.get_objects([pypdfium2.raw.FPDF_PAGEOBJ_TEXT], textpage=page.get_textpage()):
                text = " ".join(piece.extract().split())
                if text:
                    found.append((piece.get_font_size() * scale_of(piece), text))
    assert found
    return found


def scale_of(piece: pypdfium2.PdfObject | None) -> float:
    """How much larger a part of a page stands on it than it was drawn."""
    if piece is None:
        return 1
    a, b, c, d, _e, _f = piece.get_matrix().get()
    return math.sqrt(abs(a * d - b * c)) * scale_of(piece.container)


def test_nothing_in_large_print_is_smaller_than_18_pt(site: Path, data: Data, sheets) -> None:
    """Running lines, tables, sources and drawings included, on both papers."""
    large = [entry for entry in sheets if is_large(entry, data)]
    assert len(large) == sum(len(row.papers) for row in data.handouts.handouts if row.audience[0] == "patient")
    for entry in large:
        small = [(round(size, 1), text) for size, text in sizes_of(site / "pdf" / entry["file"]) if size < 17.95]
        assert small == [], entry["file"]


def test_patients_read_nothing_smaller_than_12_pt(site: Path, sheets) -> None:
    for entry in sheets:
        if entry["audience"] == ["patient"]:
            small = [(round(size, 1), text) for size, text in sizes_of(site / "pdf" / entry["file"]) if size < 11.95]
            assert small == [], entry["file"]


def test_tables_of_practitioners_are_not_smaller_than_9_pt(site: Path, data: Data, pages: list[Page], sheets) -> None:
    """All words of a cell but small notes, marks and numbers of citations."""
    for entry in sheets:
        if entry["audience"] != ["practitioner"]:
            continue
        notes = ""
        cells = []
        for part in shown(site, entry, data, pages):
            # The names in a drawing can be those of a table.
            notes += squeezed(" ".join(part.xpath("descendant-or-self::svg//text()")))
            for cell in part.xpath("descendant-or-self::table//*[self::td or self::th]"):
                for words in cell.xpath(".//text()"):
                    inside = words.getparent() if not words.is_tail else words.getparent().getparent()
                    small = inside.xpath(
                        "ancestor-or-self::*[self::small or self::sup or contains(@class,'mark') or @class='row-note']"
                    )
                    if small:
                        notes += squeezed(words)
                    elif len(squeezed(words)) > 2:
                        cells.append(squeezed(words))
        below = [text for size, text in sizes_of(site / "pdf" / entry["file"]) if size < 8.95]
        found = [
            text for text in below if any(squeezed(text) == cell for cell in cells) and squeezed(text) not in notes
        ]
        assert found == [], entry["file"]


def test_nothing_on_a_sheet_is_too_small_to_read(site: Path, sheets) -> None:
    """Small notes and figures included; only the numbers of citations stand higher and smaller."""
    for entry in sheets:
        small = {
            (round(size, 1), text)
            for size, text in sizes_of(site / "pdf" / entry["file"])
            if size < 6.95 and not re.fullmatch(r"[\d,\s]+", text)
        }
        assert small == set(), entry["file"]


# --- plain text ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("read", [raw_text, read_aloud])
def test_headings_are_read_in_the_order_of_the_sheet(site: Path, data: Data, pages: list[Page], sheets, read) -> None:
    for entry in sheets:
        if read is read_aloud and entry["paper"] == "letter":
            continue  # the tags are those of the other paper
        flat = squeezed(read(site / "pdf" / entry["file"]))
        place = 0
        for part in shown(site, entry, data, pages):
            for heading in part.xpath("descendant-or-self::*[self::h2 or self::h3]"):
                words = squeezed(heading.text_content())
                found = flat.find(words, place)
                assert found >= 0, f"{entry['file']}: {heading.text_content()}"
                place = found + len(words)


@pytest.mark.parametrize(("paper", "read"), [("a4", raw_text), ("letter", raw_text), ("a4", read_aloud)])
def test_warnings_are_read_before_the_steps_that_they_guard(site: Path, paper: str, read) -> None:
    flat = squeezed(read(site / "pdf" / f"procedure-checklist-{paper}.pdf"))
    parts = sections_of(lxml.html.parse(str(site / "handouts/procedure-checklist/index.html")).xpath("//article")[0])
    pauses = [part for name, part in parts.items() if re.match(r"\d-", name)]
    assert pauses
    for pause in pauses:
        warnings = [line for part in pause for line in part.xpath(
            "descendant-or-self::*[contains(@class,'step-warnings')]//p | descendant-or-self::*[contains(@class,'box-stop')]//li"
        )]  # fmt: skip
        steps = [item for part in pause for item in part.xpath("descendant-or-self::*[@data-block='ticks']//li")]
        assert steps
        first = min(flat.index(squeezed(item.text_content())) for item in steps)
        for line in warnings:
            words = squeezed("".join(line.xpath(".//text()[not(ancestor::sup)]")))
            assert 0 <= flat.find(words[:60]) < first, f"{line.text_content()[:80]}"


@pytest.mark.parametrize("read", [raw_text, read_aloud])
def test_every_practitioner_sheet_names_the_danger_first(site: Path, data: Data, sheets, read) -> None:
    """No reversal agent and the stop signs are read before the first table, field, box or heading."""
    for entry in sheets:
        # The tags are the same on both papers.
        if entry["audience"] != ["practitioner"] or (read is read_aloud and entry["paper"] == "letter"):
            continue
        flat = squeezed(read(site / "pdf" / entry["file"]))
        article = lxml.html.parse(str(site / entry["source"] / "index.html")).xpath("//article")[0]
        headings = [squeezed(item.xpath("string(text())")) for item in article.xpath(".//h2")]
        first = min((flat.index(words) for words in headings[:1]), default=len(flat))
        for row in data.safety.stop_signs:
            if row.publish:
                places = [flat.find(squeezed(words)) for words in (row.short or "", row.statement)]
                assert any(0 <= place < first for place in places), f"{entry['file']}: {row.id}"
        assert 0 <= flat.find("dissolve") < first, entry["file"]


def test_nothing_runs_into_the_foot_of_a_page(site: Path, data: Data, manifest) -> None:
    """In the foot stand the running lines and what every sheet says of itself, and nothing of the text or a figure."""
    faults = []
    for entry in manifest:
        margin = bottom_margin(entry, data)
        own = [
            squeezed(foot.xpath("string(./p[last()])"))
            for address in {page_url(path) for path in pages_of(entry, data)} | {entry["source"]}
            for foot in lxml.html.parse(str(site / address / "index.html")).xpath("//footer[@class='page-foot']")
        ]
        with pypdfium2.PdfDocument(site / "pdf" / entry["file"]) as document:
            feet = [page.get_textpage().get_text_bounded(top=margin - 3) for page in document]
        for number, words in enumerate(feet, 1):
            if entry["slug"] == "book" and number == 1:
                continue
            text = squeezed(words)
            rest = text
            for one in own:
                rest = rest.replace(one, "")
            rest = re.sub(
                rf"Version[\d.]+·Fingerprint[0-9a-f]{{8}}·Reviewed\d+[A-Z][a-z]+\d+(·Page{number}of\d+)?", "", rest
            )
            rest = re.sub(r"Page\d+of\d+|·?Isthisprintcurrent\?.*", "", rest)
            if rest:
                faults.append(f"{entry['file']}, page {number}: {rest[:60]}")
    assert faults == []
