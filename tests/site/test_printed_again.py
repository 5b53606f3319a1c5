"""Sheets printed again: what stands beside the PDFs follows, another folder has a list of its own, the cache is kept."""

import hashlib
import json
import re
from pathlib import Path

import lxml.html
import pytest
from PIL import Image, ImageChops

from macros import build
from macros.__main__ import main
from macros.content.faults import ContentError
from macros.printing.print_cache import PrintCache

from ..projects import SHEETS, copy_tree, edit


@pytest.fixture
def root(printed: Path, tmp_path: Path) -> Path:
    """The invented project with its built site, free to be changed."""
    return copy_tree(printed, tmp_path / "project")


def hashes(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def manifest_of(folder: Path) -> list[dict]:
    return json.loads((folder / "manifest.json").read_text(encoding="utf-8"))


def test_where_nothing_changed_the_site_stays_the_same(root: Path) -> None:
    before = hashes(root / "site")
    assert main(["--root", str(root), "handouts", *SHEETS]) == 0
    assert hashes(root / "site") == before


def test_manifest_pictures_and_sizes_follow(root: Path) -> None:
    site = root / "site"
    before, cached = hashes(site), set((root / ".cache/handouts").iterdir())
    picture = Image.open(site / "pdf/card-a4.png").copy()
    edit(root / "mkdocs.yml", '    name: ""', '    name: "A clinic with a name"', "  clinic:\n")
    (site / "pdf/leaflet-letter.pdf").unlink()
    assert main(["--root", str(root), "handouts", "card"]) == 0
    after = hashes(site)
    cards = {"pdf/card-a4.pdf", "pdf/card-letter.pdf"}
    lists = {"pdf/manifest.json", "sw.js", "downloads/site.zip"}
    changed = {name for name in after if after[name] != before[name]}
    assert cards | lists | {"pdf/card-a4.png"} <= changed
    # Pages bear the name of the build, and one of them the sizes.
    assert all(
        name.startswith("handouts/") or name.endswith(".html") for name in changed - cards - lists - {"pdf/card-a4.png"}
    )
    entries = manifest_of(site / "pdf")
    assert [entry["file"] for entry in entries] == sorted(path.name for path in (site / "pdf").glob("*.pdf"))
    assert len(entries) == 2 * len(SHEETS) - 1
    for entry in entries:
        content = (site / "pdf" / entry["file"]).read_bytes()
        assert (entry["bytes"], entry["sha256"]) == (len(content), hashlib.sha256(content).hexdigest())
    with Image.open(site / "pdf/card-a4.png") as now:
        assert ImageChops.difference(now.convert("RGB"), picture.convert("RGB")).getbbox()
    # The page of the sheet knows what it prints now.
    (card,) = {entry["fingerprint"] for entry in entries if entry["slug"] == "card"}
    there = lxml.html.parse(str(site / "handouts/card/index.html"))
    assert there.xpath("//data[@data-sheet='card']/@value") == [card]
    page = lxml.html.parse(str(site / "handouts/index.html"))
    twin = " ".join((site / "handouts/index.md").read_text(encoding="utf-8").split())
    for entry in entries:
        for note in page.xpath(f"//*[@data-file='{entry['file']}']/text()"):
            kilobytes = int(re.search(r", (\d+)\sKB", note)[1])
            assert kilobytes == max(1, round(entry["bytes"] / 1000)), entry["file"]
            assert note.startswith(f"{entry['pages']} page")
            assert " ".join(note.split()) in twin
    assert page.xpath("//*[@data-file='leaflet-letter.pdf']/text()") == []
    # What a reader's device saves has the name of its content.
    worker = (site / "sw.js").read_text(encoding="utf-8")
    for name in cards | {"handouts/index.html"}:
        assert f'"{name}": "{after[name][:12]}"' in worker
    assert cached <= set((root / ".cache/handouts").iterdir()), "only a whole build clears the cache"


def test_another_folder_has_a_list_of_its_own(root: Path, tmp_path: Path) -> None:
    before = hashes(root / "site")
    for paper, files in (("letter", ["leaflet-letter.pdf"]), ("a4", ["leaflet-a4.pdf", "leaflet-letter.pdf"])):
        assert main(["--root", str(root), "handouts", "leaflet", "--paper", paper, "--out", str(tmp_path / "out")]) == 0
        assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [*files, "manifest.json"]
        assert [entry["file"] for entry in manifest_of(tmp_path / "out")] == files
    assert hashes(root / "site") == before


def test_a_sheet_for_one_paper_is_offered_and_printed_on_it(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(root / "docs/data/handouts.yml", "    orientation: landscape\n", "    orientation: landscape\n    papers: [letter]\n",
         "id: card")  # fmt: skip
    build.make(root, root / "new", lambda line: None, lambda sheet: sheet.slug == "card")
    made = {path.name for path in (root / "new/pdf").iterdir()}
    assert made == {"card-letter.pdf", "card-letter.png", "manifest.json"}
    for name, wanted in (("handouts/card", ["card-letter.pdf"]), ("handouts", ["card-letter.pdf", "card-letter.png"])):
        page = lxml.html.parse(str(root / "new" / name / "index.html"))
        links = [str(link).rpartition("/")[2] for link in page.xpath("//article//@href | //article//@src")]
        assert sorted({link for link in links if link.startswith("card-")}) == wanted
    assert main(["--root", str(root), "handouts", "card", "--paper", "a4", "--site", str(root / "new")]) == 1
    assert "nothing to print" in capsys.readouterr().err


def test_only_a_whole_build_without_a_fault_clears_the_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def make(root: Path, new: Path, say: object) -> PrintCache:
        cache = PrintCache(root / build.CACHE)
        cache.keep("used.pdf", b"x")
        (new / "index.html").write_text(page, encoding="utf-8")
        return cache

    monkeypatch.setattr(build, "make", make)
    folder = tmp_path / build.CACHE
    folder.mkdir(parents=True)
    (folder / "of-no-use.pdf").touch()
    page = '<a href="gone/">x</a>'
    with pytest.raises((build.BuildError, ContentError)):
        build.build(tmp_path, tmp_path / "site", lambda line: None)
    assert len(list(folder.iterdir())) == 2
    page = "<p>x</p>"
    build.build(tmp_path, tmp_path / "site", lambda line: None)
    assert [path.name for path in folder.iterdir()] == ["used.pdf"]
