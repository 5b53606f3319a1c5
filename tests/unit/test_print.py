"""The frame of a print, the name under which a PDF is kept, and the archives."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import segno

from macros.content.project import Project
from macros.content.settings import Site
from macros.printing import render
from macros.printing.attached_data import Attached
from macros.printing.pictures import write_archives
from macros.printing.print_sheets import print_sheets
from macros.printing.print_template import css_string, print_document, qr_code, style
from macros.printing.render import Job, RenderError, cache_name, render_all

from .sheets import SITE, sheet


@pytest.mark.parametrize(
    ("words", "made"),
    [
        ("Plain", '"Plain"'),
        ('A "quote"', '"A \\"quote\\""'),
        ("A \\ slash", '"A \\\\ slash"'),
        ("Two\nlines", '"Two\\A lines"'),
        ("\\n\"\n", '"\\\\n\\"\\A "'),
    ],
)  # fmt: skip
def test_words_in_css(words: str, made: str) -> None:
    assert css_string(words) == made


def test_words_in_css_read_back() -> None:
    import tinycss2

    for words in ('A "b" \\ c\nd', "2 < 3 & 4 > 1 'x' é —", "\\A", "\n1 or A"):
        (token,) = tinycss2.parse_component_value_list(css_string(words))
        assert token.value == words


def test_a_title_cannot_break_the_document() -> None:
    made = print_document(sheet("<p>x</p>", title='Fat & "skin" <b> $css \\'), "a4", SITE)
    assert "<title>Fat &amp; &quot;skin&quot; &lt;b&gt; $css \\</title>" in made
    assert 'content: "Fat & \\"skin\\" \\3c b> $css \\\\"' in made


def test_the_style_names_paper_version_review_and_address() -> None:
    made = style(sheet("", orientation="landscape"), "letter", SITE)
    assert "size: Letter landscape;" in made
    assert "Version 1.2.3 · Reviewed 24\u00a0November\u00a02026" in made
    assert "Is this print current? docs.example.org/handouts/example/?v=1.2.3" in made
    assert "size: A4;" in style(sheet(""), "a4", SITE)


def test_the_address_of_a_print() -> None:
    assert SITE.print_address("handouts/example/") == "https://docs.example.org/handouts/example/?v=1.2.3"
    assert Site("Site", "", "1.2.3").print_address("handouts/example/") == "Site: handouts/example"


def test_the_qr_code_leads_to_the_page_with_its_version_or_names_the_print() -> None:
    wanted = segno.make("https://docs.example.org/handouts/example/?v=1.2.3", error="m", micro=False)
    size = 18 / wanted.symbol_size(border=0)[0]
    assert qr_code(sheet(""), SITE) == wanted.svg_data_uri(scale=size, unit="mm", border=0)
    nowhere = segno.make("Site: example, version 1.2.3, reviewed 2026-11-24", error="m", micro=False)
    size = 18 / nowhere.symbol_size(border=0)[0]
    assert qr_code(sheet(""), Site("Site", "", "1.2.3")) == nowhere.svg_data_uri(scale=size, unit="mm", border=0)


# --- cache -----------------------------------------------------------------------------------------

FILE = Attached("a.csv", "x,y\r\n", "A table")


def test_the_name_in_the_cache_changes_with_any_input(monkeypatch: pytest.MonkeyPatch) -> None:
    first = cache_name("<p>1</p>", (FILE,), "2026-11-24")
    assert cache_name("<p>1</p>", (FILE,), "2026-11-24") == first
    names = {
        first,
        cache_name("<p>2</p>", (FILE,), "2026-11-24"),
        cache_name("<p>1</p>", (), "2026-11-24"),
        cache_name("<p>1</p>", (FILE, FILE), "2026-11-24"),
        cache_name("<p>1</p>", (FILE._replace(name="b.csv"),), "2026-11-24"),
        cache_name("<p>1</p>", (FILE._replace(content="x,z\r\n"),), "2026-11-24"),
        cache_name("<p>1</p>", (FILE._replace(description="Another"),), "2026-11-24"),
        cache_name("<p>1</p>", (FILE,), "2026-11-25"),
    }
    assert len(names) == 8
    real = render.package_version
    for package in ("weasyprint", "font-source-sans-pro"):
        with monkeypatch.context() as patch:
            patch.setattr(render, "package_version", lambda name, other=package: "0" if name == other else real(name))
            names.add(cache_name("<p>1</p>", (FILE,), "2026-11-24"))
    assert len(names) == 10


def test_the_name_does_not_depend_on_the_hash_seed() -> None:
    code = (
        "from macros.printing.attached_data import Attached; from macros.printing.render import cache_name;"
        "print(cache_name('<p>1</p>', (Attached('a.csv', 'x,y', 'A table'),), '2026-11-24'))"
    )
    names = {
        subprocess.run([sys.executable, "-c", code], env={"PYTHONHASHSEED": seed, "PYTHONPATH": "."},
                       capture_output=True, text=True, check=True).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(names) == 1


def job(document: str, folder: Path, slug: str = "one") -> Job:
    return Job(
        slug, "a4", document, (), "2026-11-24", folder / f"{slug}.pdf", folder / "cache" / cache_name(document, (), "x")
    )


HEAD = '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>T</title></head><body>'


def test_what_is_in_the_cache_is_not_rendered_again(tmp_path: Path) -> None:
    made = job(f"{HEAD}<h1>T</h1><p>x</p>", tmp_path)
    (first,) = render_all([made], processes=1)
    content = made.target.read_bytes()
    made.target.unlink()
    (second,) = render_all([made], processes=1)
    assert (first.rendered, second.rendered) == (True, False)
    assert (first.pages, second.pages) == (1, 1)
    assert made.target.read_bytes() == content


def test_a_warning_of_the_renderer_stops_the_print_and_names_each_sheet(tmp_path: Path) -> None:
    bad = f'{HEAD}<h1>T</h1><p style="no-such-property: 1">x</p>'
    with pytest.raises(RenderError) as stopped:
        list(render_all([job(bad, tmp_path, "one"), job(bad, tmp_path, "two")], processes=1))
    assert str(stopped.value).startswith("one (a4), two (a4): Ignored `no-such-property: 1`")
    assert list(tmp_path.rglob("*.pdf")) == []


def test_nothing_is_fetched_from_elsewhere(tmp_path: Path) -> None:
    with pytest.raises(RenderError, match=r"one \(a4\): .*only fonts of the package are allowed"):
        list(render_all([job(f'{HEAD}<img alt="x" src="https://example.org/x.png">', tmp_path)], processes=1))


def test_a_sheet_that_needs_more_pages_than_it_may_is_named(real: Project, tmp_path: Path) -> None:
    made = sheet("<p>x</p><p style='break-before: page'>y</p>", most_pages=1, kind="page")
    with pytest.raises(RenderError) as stopped:
        print_sheets([made], real, tmp_path / "out", tmp_path / "cache", ["a4"])
    assert str(stopped.value) == "example (a4): 2 pages, expected at most 1; shorten what it prints"
    made = sheet("<p>x</p>", least_pages=4, most_pages=4, kind="page")
    with pytest.raises(RenderError) as stopped:
        print_sheets([made], real, tmp_path / "out", tmp_path / "cache", ["a4"])
    assert str(stopped.value) == "example (a4): 1 pages, expected 4 to 4; shorten what it prints"


# --- archives --------------------------------------------------------------------------------------


def entry(slug: str, *audience: str, paper: str = "a4") -> dict[str, object]:
    return {"slug": slug, "audience": list(audience), "file": f"{slug}-{paper}.pdf", "reviewed": "2026-11-24"}


def test_an_archive_holds_the_handouts_of_its_readers_and_is_the_same_each_time(tmp_path: Path) -> None:
    entries = [entry("card", "practitioner"), entry("card", "practitioner", paper="letter"), entry("leaf", "patient"),
               entry("book", "trainee", "practitioner"), entry("some-page", "practitioner")]  # fmt: skip
    made = []
    for name in ("one", "two"):
        folder = tmp_path / name
        folder.mkdir()
        for row in entries:
            (folder / str(row["file"])).write_bytes(str(row["file"]).encode())
        made.append(write_archives(entries, {"card", "leaf", "book"}, folder))
    assert set(made[0]) == {"practitioner", "patient", "trainee"}
    for audience, names in (("practitioner", ["card-a4.pdf", "card-letter.pdf"]), ("patient", ["leaf-a4.pdf"]),
                            ("trainee", ["book-a4.pdf"])):  # fmt: skip
        one, two = (paths[audience].read_bytes() for paths in made)
        assert one == two
        with zipfile.ZipFile(made[0][audience]) as archive:
            assert archive.namelist() == names
            assert all(archive.read(name) == name.encode() for name in names)
            assert {info.date_time for info in archive.infolist()} == {(2026, 11, 24, 0, 0, 0)}
