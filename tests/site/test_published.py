"""What publishing makes beside the pages of the real site: their texts, and the archive that opens from a folder."""

import re
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
import tinyhtml5

from macros.build import build_pages
from macros.content.project import Project
from macros.publishing.built_pages import BuiltPages
from macros.publishing.internal_links import broken_links
from macros.publishing.plain_text import article


def seen(html: str) -> list[object]:
    """What a browser makes of a page: elements, attributes, words, in their order."""
    tree = tinyhtml5.parse(html.strip(), namespace_html_elements=False)
    # checked="checked" is checked, and an address may be escaped.
    return [
        (
            part.tag,
            {name: "" if value == name else unquote(value) for name, value in part.items()},
            part.text,
            part.tail,
        )
        for part in tree.iter()
    ]


def test_a_browser_makes_the_same_of_a_page_read_and_written(invented: Project, tmp_path: Path) -> None:
    """Pages are read with a parser for older HTML, and written by it: names in drawings, scripts, empty elements."""
    build_pages(invented, tmp_path)
    for page in BuiltPages(tmp_path):
        assert seen((tmp_path / page.path).read_text(encoding="utf-8")) == seen(page.text()), page.path


def words_of(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text)


def test_every_word_and_number_of_a_page_is_in_its_text(site: Path, real: Project) -> None:
    """All but what is left out on purpose: tools, forms, and the letters within a drawing."""
    pages = BuiltPages(site)
    for page in real.pages:
        built = article(pages.of(page.path))
        for drawing in built.xpath(".//svg"):
            drawing.drop_tree()
        written = (site / page.path).read_text(encoding="utf-8")
        missing = Counter(words_of(" ".join(built.itertext()))) - Counter(words_of(written))
        assert not missing, f"{page.path}: {missing.most_common(5)}"
        assert not re.search(r"\{\{|</?(?:div|span|p|td)\b", written), page.path
        if page.meta.procedure:
            assert "Stop at once" in written
            assert "no reversal agent" in written
        if page.meta.injecting:
            assert "no reversal agent" in written
            assert "signs to stop for" in written


def test_every_table_of_a_page_is_a_table_of_its_text(site: Path, real: Project) -> None:
    """Caption, heads and as many cells in each row; what is folded on the page is a quote, and so is its table."""
    pages = BuiltPages(site)
    for page in real.pages:
        written = re.sub(r"^> ?", "", (site / page.path).read_text(encoding="utf-8"), flags=re.MULTILINE)
        tables = re.findall(r"^Table: .+\n\n((?:\|.*\n)+)", written, re.MULTILINE)
        assert len(tables) == len(pages.of(page.path).article.xpath(".//table")), page.path
        for table in tables:
            rows = [len(re.findall(r"(?<!\\)\|", row)) for row in table.splitlines()]
            assert len(set(rows)) == 1, f"{page.path}: {table[:200]}"
            assert re.fullmatch(r"\|(?: --- \|)+", table.splitlines()[1])


def test_every_text_is_listed(site: Path, real: Project) -> None:
    listed = (site / "llms.txt").read_text(encoding="utf-8")
    assert [page.path for page in real.pages if listed.count(f"]({real.site.address}{page.path}): ") != 1] == []


@pytest.fixture(scope="module")
def unpacked(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("archive")
    with zipfile.ZipFile(site / "downloads/site.zip") as archive:
        archive.extractall(out)
    return out / "caha-and-skin"


def test_no_link_of_the_archive_leads_nowhere(unpacked: Path) -> None:
    assert broken_links(unpacked) == []


def test_the_archive_holds_every_sheet_and_no_print_of_a_page(
    unpacked: Path, real: Project, manifest: list[dict[str, Any]]
) -> None:
    sheets = {slug for row in real.data.handouts.handouts for slug in row.slugs}
    sheets |= {row.id for row in real.data.handouts.packs}
    wanted = {entry["file"] for entry in manifest if entry["slug"] in sheets}
    assert {path.name for path in unpacked.glob("pdf/*.pdf")} == wanted
    assert len(list(unpacked.rglob("index.html"))) == len(real.pages)
