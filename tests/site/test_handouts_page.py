"""The handouts page: every sheet with its picture, its pages, its size, its version, both papers, and the packs."""

import re
from pathlib import Path

import lxml.html
import pytest
from PIL import Image

from macros.content.addresses import page_url
from macros.content.load import Data
from macros.printing.pictures import WIDTH


@pytest.fixture(scope="module")
def article(site: Path) -> lxml.html.HtmlElement:
    return lxml.html.parse(str(site / "handouts" / "index.html")).xpath("//article")[0]


def words(element: lxml.html.HtmlElement) -> str:
    return " ".join(element.text_content().replace("\u00a0", " ").split())


def size(count: int) -> str:
    return f"{round(count / 1000)} KB" if count < 1_000_000 else f"{count / 1_000_000:.1f} MB"


def test_every_sheet_is_offered_with_its_picture_and_both_papers(site: Path, article, data: Data, manifest) -> None:
    entries = {entry["file"]: entry for entry in manifest}
    cards = {card.get("data-handout"): card for card in article.xpath(".//*[@data-handout]")}
    packs = {row.id for row in data.handouts.packs}
    assert [name for name in cards if name not in packs] == [row.id for row in data.handouts.handouts]
    for row in data.handouts.handouts:
        card = cards[row.id]
        if row.region:
            continue
        assert words(card.xpath(".//h3")[0]) == row.title
        assert row.description in words(card)
        (picture,) = card.xpath(".//img/@src")
        with Image.open(site / "handouts" / picture) as image:
            assert image.width == WIDTH
            assert (image.width > image.height) == (row.orientation == "landscape")
        items = card.xpath(".//ul/li")
        names = {"a4": "A4", "letter": "US Letter"}
        wanted = [(slug, paper) for slug in row.slugs for paper in row.papers]
        assert [words(item).split(":")[0] for item in items] == [
            f"{'' if slug == row.id else 'Large print, '}{names[paper]}" for slug, paper in wanted
        ]
        for item, (slug, paper) in zip(items, wanted, strict=True):
            entry = entries[f"{slug}-{paper}.pdf"]
            assert item.xpath("./a/@href") == [f"../pdf/{slug}-{paper}.pdf"]
            assert (site / "handouts" / item.xpath("./a/@href")[0]).resolve().is_file()
            pages = f"{entry['pages']} page{'s' if entry['pages'] > 1 else ''}"
            assert words(item).endswith(f"{row.title} {pages}, {size(entry['bytes'])}, version {entry['version']}")


def test_a_sheet_of_a_region_is_a_line_with_both_papers_and_no_picture(site: Path, article, data: Data) -> None:
    """Pictures of them would tell little; pages and size of each stand in the manifest."""
    lines = {line.get("data-handout"): line for line in article.xpath(".//ul[@class='region-sheets']/li")}
    rows = [row for row in data.handouts.handouts if row.region]
    assert list(lines) == [row.id for row in rows] != []
    for row in rows:
        line = lines[row.id]
        page, *files = line.xpath("./a")
        assert words(page) == row.title
        assert (site / "handouts" / page.get("href") / "index.html").samefile(site / page_url(row.page) / "index.html")
        names = {"a4": "A4", "letter": "US Letter"}
        assert [words(file) for file in files] == [f"{names[paper]}: {row.title}" for paper in row.papers]
        assert [file.get("href") for file in files] == [f"../pdf/{row.id}-{paper}.pdf" for paper in row.papers]
        assert all((site / "handouts" / file.get("href")).resolve().is_file() for file in files)
        assert not line.xpath(".//img") and not list((site / "pdf").glob(f"{row.id}-*.png"))


def test_sheets_stand_under_their_readers(article, data: Data) -> None:
    """Those of the regions below the others, in a part of their own."""
    readers = part = None
    found: dict[tuple[str | None, str | None], list[str]] = {}
    for element in article.iter("h2", "h3", "div", "li"):
        if element.tag == "h2":
            readers, part = element.get("id"), None
        elif element.tag == "h3" and not element.xpath("ancestor::*[@data-handout]"):
            part = element.get("id")
        elif element.get("data-handout"):
            found.setdefault((readers, part), []).append(element.get("data-handout"))
    wanted: dict[tuple[str | None, str | None], list[str]] = {}
    for row in data.handouts.handouts:
        part = "by-region" if row.region else None
        wanted.setdefault((f"for-{row.audience[0]}s", part), []).append(row.id)
    for pack in data.handouts.packs:
        wanted.setdefault((f"for-{pack.audience[0]}s", "packs"), []).append(pack.id)
    # The second heading of one name has a number behind it.
    assert {(of, (part and part.rpartition("_")[0]) or part): names for (of, part), names in found.items()} == wanted


def test_a_pack_is_a_line_with_its_sheets_and_both_papers(site: Path, article, data: Data, manifest) -> None:
    lines = {line.get("data-handout"): line for line in article.xpath(".//li[@data-handout]")}
    entries = {entry["file"]: entry for entry in manifest}
    titles = {row.id: row.title for row in data.handouts.handouts}
    assert len(data.handouts.packs) >= 3
    for row in data.handouts.packs:
        line = lines[row.id]
        assert row.description in words(line)
        assert f"{len(row.sheets)} sheets: {', '.join(titles[name] for name in row.sheets)}." in words(line)
        assert line.xpath("./a/@href") == [f"../pdf/{row.id}-{paper}.pdf" for paper in ("a4", "letter")]
        for paper in ("a4", "letter"):
            entry = entries[f"{row.id}-{paper}.pdf"]
            assert f"{entry['pages']} pages, {size(entry['bytes'])}, version {entry['version']}" in words(line)
            assert (entry["source"], entry["audience"]) == ("handouts/", row.audience)
    assert not list((site / "pdf").glob("*.zip"))


def test_nothing_is_left_to_fill_in(article, data: Data) -> None:
    notes = article.xpath(".//*[@data-file]")
    rows = data.handouts.handouts
    sized = sum(len(row.slugs) * len(row.papers) for row in rows if not row.region) + 2 * len(data.handouts.packs)
    assert len(notes) == sized
    assert all(re.search(r"\d [KM]B", words(note)) for note in notes)
