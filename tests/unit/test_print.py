"""The frame of a print, what is kept of it between builds, and what stands beside it."""

import hashlib
import io
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import segno
from PIL import Image

from macros.content.faults import ContentError
from macros.content.project import Project
from macros.content.rows.editorial import Handout
from macros.content.settings import Clinic, Site
from macros.printing import print_cache
from macros.printing.attached_data import Attached
from macros.printing.manifest import page_count, with_older, write_manifest
from macros.printing.pictures import WIDTH, write_pictures
from macros.printing.print_cache import PrintCache
from macros.printing.print_sheets import Printed, cache_name, print_sheets, render_all, told
from macros.printing.print_template import check_address, css_string, print_document, qr_code, style
from macros.printing.render import Job, Part, RenderError, render
from macros.printing.typeface import font_faces

from ..projects import ROOT
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
    assert "<title>Fat &amp; &#34;skin&#34; &lt;b&gt; $css \\</title>" in made
    assert 'content: "Fat & \\"skin\\" \\3c b> $css \\\\"' in made


def test_the_clinic_stands_in_the_head_as_words() -> None:
    clinic = Clinic("A & <b>", "1 < 2", "911", 'data:image/png;base64,x"')
    made = print_document(sheet("", contact="A & <b> · 1 < 2 · Emergency: 911"), "a4", replace(SITE, clinic=clinic))
    assert "<p>A &amp; &lt;b&gt; · 1 &lt; 2 · Emergency: 911</p>" in made
    assert '<img class="clinic-logo" alt="A &amp; &lt;b&gt;: logo" src="data:image/png;base64,x&#34;">' in made
    assert "clinic-logo" not in print_document(sheet(""), "a4", SITE).partition("<body")[2]


def test_the_style_names_paper_version_fingerprint_review_and_address() -> None:
    card = sheet("", orientation="landscape")
    made = style(card, "letter", SITE)
    assert "size: Letter landscape;" in made
    assert f"Version 1.2.3 · Fingerprint {card.fingerprint} · Reviewed 24\u00a0November\u00a02026" in made
    assert 'Is this print current? docs.example.org/handouts/"' in made
    assert "size: A4;" in style(sheet(""), "a4", SITE)


def test_the_address_in_letters_is_the_page_with_the_form() -> None:
    assert check_address(SITE) == "docs.example.org/handouts/"
    assert check_address(Site("Site", "", "1.2.3")) == "Site: handouts"


def test_the_qr_code_leads_to_the_page_with_version_and_fingerprint_or_names_the_print() -> None:
    known = sheet("").fingerprint
    address = f"https://docs.example.org/handouts/example/?v=1.2.3&s=example&p={known}"
    wanted = segno.make(address, error="m", micro=False)
    size = 18 / wanted.symbol_size(border=0)[0]
    assert qr_code(sheet(""), SITE) == wanted.svg_data_uri(scale=size, unit="mm", border=0)
    nowhere = segno.make(
        f"Site: example, version 1.2.3, fingerprint {known}, reviewed 2026-11-24", error="m", micro=False
    )
    size = 18 / nowhere.symbol_size(border=0)[0]
    assert qr_code(sheet(""), Site("Site", "", "1.2.3")) == nowhere.svg_data_uri(scale=size, unit="mm", border=0)


@pytest.fixture
def one_core(monkeypatch: pytest.MonkeyPatch) -> None:
    """Prints are made in this process, which is quicker where there are few."""
    monkeypatch.setattr("os.cpu_count", lambda: 1)


# --- cache -----------------------------------------------------------------------------------------

FILE = Attached("a.csv", "x,y\r\n", "A table")
JOB = Job("example", "a4", "<p>1</p>", (FILE,), "2026-11-24")


def test_the_name_in_the_cache_changes_with_all_that_decides_the_bytes(tmp_path: Path) -> None:
    cache = PrintCache(tmp_path)
    first = cache_name(JOB, cache)
    assert cache_name(JOB, cache) == cache_name(replace(JOB, slug="other", paper="letter"), cache) == first
    names = {first} | {
        cache_name(replace(JOB, **other), cache)
        for other in (
            {"document": "<p>2</p>"},
            {"attached": ()},
            {"attached": (FILE, FILE)},
            {"attached": (FILE._replace(name="b.csv"),)},
            {"attached": (FILE._replace(content="x,z\r\n"),)},
            {"attached": (FILE._replace(description="Another"),)},
            {"day": "2026-11-25"},
            {"parts": (Part("", 1, "body", ""),)},
            {"parts": (Part("", 1, "body", "p { margin: 0 }"),)},
        )
    }
    assert len(names) == 10


def test_the_name_in_the_cache_knows_every_library(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    versions = print_cache.library_versions()
    known = {line.split()[0].lower() for line in versions}
    assert known >= {"pango", "harfbuzz", "fontconfig", "zlib", "weasyprint", "pydyf", "tinyhtml5", "tinycss2",
                     "fonttools", "pillow", "pypdfium2", "font-source-sans-pro"}  # fmt: skip
    assert all(line.split()[1][0].isdigit() for line in versions), versions
    names = {cache_name(JOB, PrintCache(tmp_path))}
    for place, line in enumerate(versions):
        other = (*versions[:place], f"{line}.1", *versions[place + 1 :])
        monkeypatch.setattr(print_cache, "library_versions", lambda other=other: other)
        names.add(cache_name(JOB, PrintCache(tmp_path)))
    assert len(names) == 1 + len(versions)


@pytest.mark.print
def test_the_name_does_not_depend_on_the_hash_seed(tmp_path: Path) -> None:
    code = (
        "from pathlib import Path; from macros.printing.print_cache import PrintCache;"
        "from macros.printing.print_sheets import cache_name; from tests.unit.test_print import JOB;"
        "print(cache_name(JOB, PrintCache(Path('none'))))"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env={"PYTHONHASHSEED": "7"}, capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == cache_name(JOB, PrintCache(tmp_path))


def test_the_cache_keeps_what_a_build_used_and_nothing_else(tmp_path: Path) -> None:
    before = PrintCache(tmp_path / "cache")
    before.empty()  # where nothing was ever kept
    names = [before.name(word, ending=".pdf") for word in ("one", "two", "three")]
    before.keep(names[0], b"1")
    before.keep(names[1], b"2")
    (tmp_path / "cache" / f"{names[1]}.4242").write_bytes(b"of a build that was killed")
    now = PrintCache(tmp_path / "cache")
    assert [now.take(name) for name in (names[0], names[2])] == [b"1", None]
    now.keep(names[2], b"3")
    now.empty()
    assert sorted(path.name for path in (tmp_path / "cache").iterdir()) == sorted([names[0], names[2]])
    assert [now.take(name) for name in names] == [b"1", None, b"3"]


def job(document: str, slug: str = "one") -> Job:
    return Job(slug, "a4", document, (), "2026-11-24")


STYLE = f"<style>{font_faces()}html {{ font-family: 'Sheet Sans' }}</style>"
HEAD = f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>T</title>{STYLE}</head><body>'


@pytest.mark.print
def test_a_sheet_with_room_is_set_larger_and_a_full_one_is_not() -> None:
    style = "<style>html { --grow: 1; font-size: calc(10pt * var(--grow)); line-height: 1.2 }</style>"
    page = '<!doctype html><html lang="en" class="sheet"><head><meta charset="utf-8"><title>T</title>'
    for lines, larger in ((10, True), (55, False)):
        document = f"{page}{style.replace('</style>', STYLE.removeprefix('<style>'))}</head><body>{'<p>x</p>' * lines}"
        document = document.replace("<p>", '<p style="margin: 0">')
        part = Part("", 1, "html", "", grows=True)
        plain = Job("one", "a4", document, (), "2026-11-24")
        grown = render(replace(plain, parts=(part,)))
        assert (grown != render(plain)) is larger, lines
        assert page_count(grown) == 1


@pytest.mark.print
def test_what_is_in_the_cache_is_not_rendered_again(tmp_path: Path) -> None:
    made = job(f"{HEAD}<h1>T</h1><p>x</p><p style='break-before: page'>y</p>")
    (first,) = render_all([made], PrintCache(tmp_path))
    (second, third) = render_all([made, job(f"{HEAD}<h1>T</h1>")], PrintCache(tmp_path))
    assert [one.rendered for one in (first, second, third)] == [True, False, True]
    assert [one.pages for one in (first, second, third)] == [2, 2, 1]
    assert first.content == second.content
    assert first.content.startswith(b"%PDF-")


@pytest.mark.print
@pytest.mark.parametrize("processes", [1, 2])
def test_a_warning_of_the_renderer_stops_the_print_and_names_each_sheet(tmp_path: Path, processes: int) -> None:
    bad, good = f'{HEAD}<h1>T</h1><p style="no-such-property: 1">x</p>', f"{HEAD}<h1>T</h1>"
    jobs = [job(bad, "one"), job(good, "whole"), job(bad, "two")]
    with pytest.raises(RenderError) as stopped:
        list(render_all(jobs, PrintCache(tmp_path / "cache"), processes=processes))
    assert str(stopped.value).startswith("one (a4), two (a4): Ignored `no-such-property: 1`")
    # The others are kept for the next time, in whichever process they were made.
    (kept,) = (tmp_path / "cache").iterdir()
    (alone,) = render_all([job(good, "whole")], PrintCache(tmp_path / "other"))
    assert kept.read_bytes() == alone.content


def test_nothing_is_fetched_from_elsewhere(tmp_path: Path) -> None:
    outside = job(f'{HEAD}<img alt="x" src="https://example.org/x.png">')
    with pytest.raises(RenderError, match=r"one \(a4\): .*only fonts of the package are allowed"):
        list(render_all([outside], PrintCache(tmp_path)))


# --- printing ----------------------------------------------------------------------------------------

TWO = "<p>x</p><p style='break-before: page'>y</p>"


@pytest.mark.print
@pytest.mark.usefixtures("one_core")
def test_a_sheet_that_cannot_be_rendered_is_named_with_its_row(invented: Project, tmp_path: Path) -> None:
    bad = sheet("<p style='no-such-property: 1'>x</p>", slug="leaflet", kind="page")
    with pytest.raises(RenderError, match=r"^docs/data/handouts\.yml:\d+: leaflet \(a4\): Ignored `no-such-property"):
        print_sheets([bad], invented, tmp_path / "out", PrintCache(tmp_path / "cache"), ["a4"])


@pytest.mark.print
@pytest.mark.usefixtures("one_core")
@pytest.mark.parametrize(
    ("field", "limits", "problem"),
    [
        ("most_pages", (1, 1), "2 pages on a4, expected at most 1; shorten what it prints"),
        ("least_pages", (4, 4), "2 pages on a4, expected at least 4; print more, or lower least_pages"),
    ],
)
def test_a_sheet_of_too_many_or_too_few_pages_is_named_and_nothing_is_written(
    invented: Project, tmp_path: Path, field: str, limits: tuple[int, int], problem: str
) -> None:
    made = sheet(TWO, slug="leaflet", kind="page", least_pages=limits[0], most_pages=limits[1])
    whole = sheet("<p>x</p>", slug="card", kind="page")
    with pytest.raises(ContentError) as stopped:
        print_sheets([whole, made], invented, tmp_path / "out", PrintCache(tmp_path / "cache"), ["a4"])
    row = next(row for row in invented.data.handouts.handouts if row.id == "leaflet")
    assert str(stopped.value) == str(invented.data.fault(row, field, problem))
    assert list((tmp_path / "out").iterdir()) == []


@pytest.mark.print
@pytest.mark.usefixtures("one_core")
def test_a_sheet_is_printed_on_its_own_papers_only(invented: Project, tmp_path: Path) -> None:
    made = [sheet("<p>x</p>", kind="page", papers=("letter",)), sheet("<p>y</p>", kind="page", slug="second")]
    entries = print_sheets(made, invented, tmp_path / "out", PrintCache(tmp_path / "cache"))
    names = ["example-letter.pdf", "second-a4.pdf", "second-letter.pdf"]
    assert [entry["file"] for entry in entries] == names
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == names


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def prints() -> list[Printed]:
    return [Printed(job("x", "card"), b"", 1, rendered=True), Printed(job("y", "leaf"), b"", 2, rendered=False)]


def test_elsewhere_than_on_a_terminal_each_print_is_told_in_a_line() -> None:
    lines: list[str] = []
    assert list(told(prints(), 2, lines.append, io.StringIO())) == prints()
    assert lines == ["pdf: [1/2] card (a4, 1 page)", "pdf: [2/2] leaf (a4, 2 pages, unchanged)"]


def test_on_a_terminal_a_bar_shows_how_far_the_prints_are() -> None:
    lines: list[str] = []
    terminal = Terminal()
    running = told(prints(), 2, lines.append, terminal)
    next(running)
    assert "0/2" in terminal.getvalue(), "from the start: the longest print comes first"
    assert len(list(running)) == 1
    assert "100%" in terminal.getvalue() and "2/2" in terminal.getvalue()
    assert lines == []


@pytest.mark.print
def test_the_bar_starts_no_thread() -> None:
    code = (
        "import io, threading; from tests.unit.test_print import Terminal, prints;"
        "from macros.printing.print_sheets import told; running = told(prints(), 2, print, Terminal());"
        "next(running); print(threading.active_count())"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout == "1\n"


# --- what stands beside the PDFs -----------------------------------------------------------------------


@pytest.mark.print
@pytest.mark.usefixtures("one_core")
def test_the_manifest_lists_what_was_printed_before_as_well(invented: Project, tmp_path: Path) -> None:
    out, cache = tmp_path / "out", PrintCache(tmp_path / "cache")
    card, leaf, late = (sheet(f"<p>{name}</p>", slug=name, kind="page") for name in ("card", "leaf", "late"))
    earlier = replace(invented, site=replace(invented.site, version="0.0.1"))
    write_manifest(print_sheets([card, leaf], earlier, out, cache), out)
    print_sheets([late], invented, out, cache, ["a4"])  # as if this had been stopped before it wrote its manifest
    (out / "leaf-letter.pdf").unlink()
    changed = replace(card, body=sheet(TWO).body)
    printed = print_sheets([changed], invented, out, cache, ["letter"])
    entries = with_older(printed, out, [card, leaf, late], invented.site.version)
    assert [(entry["file"], entry["pages"], entry["version"]) for entry in entries] == [
        ("card-a4.pdf", 1, "0.0.1"),
        ("card-letter.pdf", 2, invented.site.version),
        ("late-a4.pdf", 1, invented.site.version),
        ("leaf-a4.pdf", 1, "0.0.1"),
    ]
    for entry in entries:
        content = (out / entry["file"]).read_bytes()
        assert (entry["bytes"], entry["sha256"]) == (len(content), hashlib.sha256(content).hexdigest())
    write_manifest(entries, out)
    assert json.loads((out / "manifest.json").read_text(encoding="utf-8")) == entries


@pytest.mark.print
@pytest.mark.usefixtures("one_core")
def test_each_handout_has_a_picture_of_its_first_paper(invented: Project, tmp_path: Path) -> None:
    sheets = [sheet("<p>x</p>", slug="card", kind="page", papers=("letter",), orientation="landscape"),
              sheet("<p>x</p>", slug="leaf", kind="page"), sheet("<p>x</p>", slug="some-page", kind="page")]  # fmt: skip
    entries = print_sheets(sheets, invented, tmp_path / "out", PrintCache(tmp_path / "cache"))
    handouts = [row("card", papers=["letter"]), row("leaf")]
    for again in (False, True):
        cache = PrintCache(tmp_path / "cache")
        write_pictures(entries, handouts, tmp_path / "out", cache)
        pictures = sorted((tmp_path / "out").glob("*.png"))
        assert [path.name for path in pictures] == ["card-letter.png", "leaf-a4.png"]
        sizes = []
        for path in pictures:
            with Image.open(path) as picture:
                sizes.append(picture.size)
        assert [(width, width > height) for width, height in sizes] == [(WIDTH, True), (WIDTH, False)]
        kept = {path.name for path in (tmp_path / "cache").glob("*.png")}
        assert len(kept) == 2, "kept between builds" if again else "kept"
        cache.empty()
        assert {path.name for path in (tmp_path / "cache").iterdir()} == kept


def row(slug: str, *audience: str, papers: list[str] | None = None) -> Handout:
    return Handout.model_validate({
        "id": slug, "refs": [], "title": slug, "description": slug, "audience": list(audience) or ["practitioner"],
        "page": "index.md", "most_pages": 9, "papers": papers or ["a4", "letter"],
    })  # fmt: skip
