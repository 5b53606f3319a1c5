"""The steps from built pages to a site: each on a page or two, and what each says when the theme has changed."""

import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import get_args

import lxml.html
import pytest

from macros.content.addresses import page_url
from macros.content.project import Project
from macros.content.rows.editorial import Change
from macros.content.settings import Site
from macros.publishing import (
    offline,
    offline_archive,
    page_notes,
    plain_text,
    search_index,
    security_policy,
    structured_data,
    styles_and_scripts,
)
from macros.publishing.built_pages import BuiltPages, PublishError
from macros.publishing.internal_links import broken_links
from macros.publishing.publish import robots_txt
from macros.rendering.page_context import Used

from ..projects import ROOT
from .pages import FILES, built, html, page

SITE = Site("Name", "https://example.org/docs/", "1.2.3")


def text_of(site: Path, name: str = "index.html") -> str:
    return (site / name).read_text(encoding="utf-8")


# --- pages as trees -----------------------------------------------------------------------------


def test_a_page_read_and_written_shows_the_same(tmp_path: Path) -> None:
    """Scripts and styles to the letter: the policy names them by their hashes."""
    script = 'if (1 < 2 && "é </b>" !== \'&amp;\') { run("<br/>") }\n'
    style = ".a > .b::before { content: '<é>' }"
    words = (
        f'<p title="1 &lt; 2 &quot;é&quot;" hidden>a&nbsp;b<br>c &amp; d</p><script>{script}</script>'
        f'<svg viewBox="0 0 1 1"><style>{style}</style><path d="M0 0"/></svg><pre>x\n\n  y</pre>'
    )
    pages = built(tmp_path, index=html(words=words))
    pages.write()
    written = text_of(tmp_path)
    assert written.startswith("<!doctype html>\n<html")
    assert f"<script>{script}</script>" in written
    assert f"<style>{style}</style>" in written
    assert "<pre>x\n\n  y</pre>" in written
    assert "<br>" in written
    again = lxml.html.document_fromstring(written)
    assert lxml.html.tostring(again) == lxml.html.tostring(next(iter(pages)).tree)


def test_a_page_that_mkdocs_did_not_make_is_named(tmp_path: Path) -> None:
    with pytest.raises(PublishError, match=r"docs/product/a.md: MkDocs made no page product/a/index.html of it"):
        built(tmp_path).of("product/a.md")
    with pytest.raises(PublishError, match="holds no built page; run make site first"):
        BuiltPages(tmp_path / "empty")


def described(pages: BuiltPages) -> None:
    next(iter(pages)).into_head("meta", {"name": "x"})


@pytest.mark.parametrize(
    ("step", "gone", "said"),
    [
        (styles_and_scripts.one_stylesheet, "stylesheet", "the stylesheets of the theme and of extra_css"),
        (styles_and_scripts.scripts_inside, "data-inline", "a script marked data-inline"),
        (styles_and_scripts.one_script, "bundle.", "the theme's script assets/javascripts/bundle"),
        (styles_and_scripts.logo_inside, "site-name", "the logo"),
        (security_policy.protect, "charset", "its character set in the head"),
        (search_index.check_program, "__config", "the settings of the theme's script"),
    ],
)
def test_what_a_new_theme_renamed_is_named(
    step: Callable[[BuiltPages], None], gone: str, said: str, tmp_path: Path
) -> None:
    """A step that finds nothing to do where it must find something says on which page, and what."""
    assert html().count(gone)
    pages = built(tmp_path, index=html(), technique=html("..").replace(gone, "renamed"))
    with pytest.raises(PublishError, match=rf"^technique/index.html: expected {said}.*, found none"):
        step(pages)


def test_a_page_that_calls_the_search_program_of_the_theme_is_named(tmp_path: Path) -> None:
    search_index.check_program(built(tmp_path))
    pages = built(tmp_path, index=html().replace("search-worker.js#", "javascripts/workers/search."))
    with pytest.raises(PublishError, match=r"^index.html: its search program is not assets/search-worker.js; docs/"):
        search_index.check_program(pages)


# --- notes --------------------------------------------------------------------------------------


def test_a_place_for_its_sheets_that_is_missing_is_named(invented: Project, tmp_path: Path) -> None:
    used = {row.path: Used() for row in invented.pages}
    for row in invented.pages:
        (tmp_path / row.path.removesuffix(".md").removesuffix("index")).mkdir(parents=True, exist_ok=True)
        words = "" if row.path == "aging/skin.md" else "<div data-print-status></div>"
        name = f"{row.path.removesuffix('.md').removesuffix('index')}/index.html".lstrip("/")
        (tmp_path / name).write_text(html(words=words), encoding="utf-8")
    with pytest.raises(PublishError, match=r"aging/skin/index.html: expected a place for its sheets"):
        page_notes.note_sheets(BuiltPages(tmp_path), invented, [], used)


def test_patients_are_told_of_a_change_without_the_words_for_practitioners(invented: Project, tmp_path: Path) -> None:
    for row in invented.pages:
        (tmp_path / page_url(row.path)).mkdir(parents=True, exist_ok=True)
        (tmp_path / page_url(row.path) / "index.html").write_text(html(words="<div data-print-status></div>"), "utf-8")
    used = {row.path: Used(rows={"neck"}) for row in invented.pages}
    told = {"patients/what-the-treatment-is.md": "What we say about approved uses was changed.",
            "technique/by-region.md": "The status of the neck changed.",
            # A pack for patients, on a page for all.
            "handouts/index.md": "What we say about approved uses was changed."}  # fmt: skip
    sheets = [
        SimpleNamespace(
            slug="sheet", address=page_url(path), pages=(path,), fingerprint="1234abcd",
            for_patients=path != "technique/by-region.md",
        )
        for path in told
    ]  # fmt: skip
    pages = BuiltPages(tmp_path)
    page_notes.note_sheets(pages, invented, sheets, used)
    for path, words in told.items():
        (item,) = pages.of(path).tree.xpath("//*[@data-print-status]//li")
        assert item.text_content() == f"4\u00a0March\u00a02030, version 3.1.0: {words}"
    types = get_args(Change.model_fields["type"].annotation)
    assert types and set(types) == set(page_notes._TOLD_TO_PATIENTS)


def test_a_printed_file_has_pages_and_size_beside_it(tmp_path: Path) -> None:
    files = '<span data-file="card-a4.pdf"></span><span data-file="none.pdf"></span>'
    pages = built(tmp_path, index=html(words=files))
    (tmp_path / "pdf").mkdir()
    entry = {"file": "card-a4.pdf", "pages": 2, "bytes": 61_700, "version": "1.2.3"}
    (tmp_path / "pdf/manifest.json").write_text(json.dumps([entry]), encoding="utf-8")
    page_notes.note_files(pages)
    notes = [place.text for place in next(iter(pages)).tree.xpath("//span[@data-file]")]
    assert notes == ["2 pages, 62\u00a0KB, version 1.2.3", None]


# --- few files ----------------------------------------------------------------------------------


def test_one_stylesheet_stands_for_all_of_a_page(tmp_path: Path) -> None:
    pages = built(tmp_path, index=html(words='<p class="a">A</p>'), technique=html("..", '<p class="b">B</p>'))
    styles_and_scripts.one_stylesheet(pages)
    (made,) = tmp_path.glob("assets/style.*.css")
    assert made.read_text() == ".a{top:0}.b{top:0}"
    assert not (tmp_path / "assets/theme/main.css").exists()
    for built_page, root in zip(pages, ("./", "../"), strict=True):
        (link,) = built_page.tree.xpath("//link[@rel='stylesheet']")
        assert link.get("href") == f"{root}assets/{made.name}"


def test_one_script_stands_for_all_of_a_page(tmp_path: Path) -> None:
    pages = built(tmp_path)
    styles_and_scripts.one_script(pages)
    (made,) = tmp_path.glob("assets/script.*.js")
    # Each by itself: the fault of one is told, and stops no other.
    names = ("start", "page", "tables")
    parts = [f"try {{\n{name}();\n}} catch (fault) {{\n  reportError(fault);\n}}\n" for name in names]
    assert made.read_text() == "".join(parts)
    for built_page, root in zip(pages, ("./", "../"), strict=True):
        (script,) = built_page.tree.xpath("//script[@defer]")
        assert dict(script.attrib) == {
            "src": f"{root}assets/{made.name}",
            "data-theme-script": "javascripts/bundle.1.min.js",
            "defer": "",
        }


def test_no_script_starts_twice() -> None:
    """The event is sent again for the theme's script, which comes late (start.js)."""
    for path in (ROOT / "docs/assets").glob("*.js"):
        for call in re.findall(r'addEventListener\("DOMContentLoaded".*', path.read_text(encoding="utf-8")):
            assert call.endswith("{ once: true });"), path.name


def test_what_runs_before_the_first_paint_stands_in_the_page(tmp_path: Path) -> None:
    pages = built(tmp_path)
    styles_and_scripts.scripts_inside(pages)
    pages.write()
    assert f"<script>{FILES['assets/first.js'].strip()}</script>" in text_of(tmp_path)


def test_the_logo_stands_in_the_page_unless_it_is_a_picture(tmp_path: Path) -> None:
    pages = built(tmp_path, index=html(), technique=html("..").replace("logo.svg", "logo.png"))
    styles_and_scripts.logo_inside(pages)
    drawing, picture = (built_page.tree.xpath("//img")[0].get("src") for built_page in pages)
    assert drawing == "data:image/svg+xml,%3Csvg%20fill=%22%23fff%22%3E%20%3C/svg%3E"
    assert picture == "../assets/logo.png"


def test_pages_with_different_files_are_reported(tmp_path: Path) -> None:
    other = html("..").replace("assets/page.js", "assets/tables.js")
    with pytest.raises(PublishError, match=r"^technique/index.html: has the scripts .* list them in extra_javascript"):
        styles_and_scripts.one_script(built(tmp_path, index=html(), technique=other))
    other = html("..").replace("assets/site.css", "assets/theme/main.css")
    with pytest.raises(PublishError, match=r"^technique/index.html: has the stylesheets .* list them in extra_css"):
        styles_and_scripts.one_stylesheet(built(tmp_path, index=html(), technique=other))


def test_a_file_of_another_host_is_reported(tmp_path: Path) -> None:
    pages = built(tmp_path, index=html().replace("./assets/site.css", "//elsewhere.test/look"))
    with pytest.raises(
        PublishError,
        match=r"^index.html: asks for //elsewhere.test/look; put that file into docs/assets/",
    ):
        styles_and_scripts.one_stylesheet(pages)


def test_the_page_for_a_missing_address_leads_from_the_root_of_its_host(tmp_path: Path) -> None:
    pages = built(tmp_path)
    (tmp_path / "404.html").write_text(html("/docs"), encoding="utf-8")
    pages = BuiltPages(tmp_path)
    styles_and_scripts.one_stylesheet(pages)
    styles_and_scripts.one_script(pages)
    pages.write()
    assert 'href="/docs/assets/style.' in text_of(tmp_path, "404.html")
    assert 'src="/docs/assets/script.' in text_of(tmp_path, "404.html")


# --- policy -------------------------------------------------------------------------------------


def test_the_policy_names_every_inline_script_and_style_and_nothing_unsafe(tmp_path: Path) -> None:
    words = '<script>one()</script><script type="application/ld+json">{}</script><svg><style>.a{}</style></svg>'
    pages = built(tmp_path, index=html(words=words))
    made = security_policy.policy(pages)
    assert made.count("'sha256-") == 2
    assert security_policy.content_hash("one()") in made
    assert security_policy.content_hash(".a{}") in made
    assert "unsafe" not in made
    assert "frame-ancestors 'none'" in made
    assert "frame-ancestors" not in security_policy.policy(pages, in_page=True)
    # The known value of the empty text, so that the hash is the one that browsers make.
    assert security_policy.content_hash("") == "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"


@pytest.mark.parametrize(
    ("tag", "named"),
    [
        ('<p style="top:0">', '<p style="top:0">'),
        ("<p style='top:0'>", '<p style="top:0">'),
        ("<p class=x STYLE=top:0>", '<p style="top:0">'),
        ("<p style>", '<p style="">'),
        ('<a class="x" onClick="run()">', '<a onclick="run()">'),
        ("<p ONLOAD=run()>", '<p onload="run()">'),
        ('<a href="javascript:run()">', '<a href="javascript:run()">'),
        ("<a href=JavaScript:run()>", '<a href="JavaScript:run()">'),
        ('<a href=" java\nscript:run()">', '<a href=" java\nscript:run()">'),
        ('<svg><a xlink:href="javascript:run()"></a></svg>', '<a xlink:href="javascript:run()">'),
        ('<form action="javascript:run()"></form>', '<form action="javascript:run()">'),
    ],
)
def test_what_the_policy_would_block_stops_the_build(tag: str, named: str, tmp_path: Path) -> None:
    pages = built(tmp_path, index=html(words=tag))
    with pytest.raises(PublishError, match="use a class or a script file instead") as stopped:
        security_policy.protect(pages)
    assert f"index.html: {named}" in str(stopped.value)


def test_words_about_styles_are_no_styles(tmp_path: Path) -> None:
    words = '<p title="style=\'x\' onclick=y">style="x" onclick="y" javascript:z</p><a href="../javascript:/">x</a>'
    assert security_policy.blocked(page(tmp_path, words)) == []


def test_the_policy_comes_first_and_links_to_other_hosts_are_cut_off(tmp_path: Path) -> None:
    words = (
        '<a href="https://x.org/">x</a><a class="y" href="http://y.org">y</a><a href="../">z</a>'
        '<a rel="license" href="https://z.org/">z</a>'
    )
    pages = built(tmp_path, index=html(words=words))
    security_policy.protect(pages)
    (made,) = pages
    assert [dict(tag.attrib).get("http-equiv", tag.tag) for tag in made.tree.xpath("/html/head/*")[:4]] == [
        "meta", "Content-Security-Policy", "meta", "title",
    ]  # fmt: skip
    assert [link.get("rel") for link in made.article.iter("a")] == ["noopener", "noopener", None, "license"]


def test_the_headers_in_both_forms(tmp_path: Path) -> None:
    sent = security_policy.site_headers(built(tmp_path))
    hosts, nginx = security_policy.hosts_file(sent, SITE.address), security_policy.nginx(sent, SITE.address)
    for name, value in sent.items():
        assert f"  {name}: {value}" in hosts
        assert f'add_header {name} "{value}" always;' in nginx
    assert "/docs/assets/style.*" in hosts
    assert "error_page 404 /docs/404.html;" in nginx
    assert not any("add_header" in line for line in nginx.splitlines() if line.startswith("location"))


# --- machines -----------------------------------------------------------------------------------


def test_a_page_is_described_with_audience_and_review(invented: Project) -> None:
    row = next(row for row in invented.pages if row.meta.audience == ["practitioner", "trainee"])
    made = structured_data.medical_page(row, SITE)
    assert made["@type"] == "MedicalWebPage"
    assert made["lastReviewed"] == row.meta.reviewed
    assert [entry["audienceType"] for entry in made["audience"]] == ["practitioners trained in fillers", "trainees"]
    assert made["url"].startswith("https://example.org/docs/")
    assert "url" not in structured_data.medical_page(row, Site("Name", "", "1.0.0"))


def test_robots_find_the_list_of_pages_only_when_there_is_an_address() -> None:
    assert robots_txt("https://example.org/docs/").endswith("Sitemap: https://example.org/docs/sitemap.xml\n")
    assert "Sitemap" not in robots_txt("")


WORDS = """<div hidden><p>no</p></div><p data-print="off">no</p><form>no</form>
<div class="admonition warning"><p class="admonition-title">Stop</p><p>At <strong>once</strong><sup><a href="#ref-x">1</a></sup>.</p></div>
<details><summary>More</summary><p>Answer * 2.</p></details>
<h2>Table<a class="headerlink" href="#t">¶</a></h2>
<table><caption>Ratios</caption><thead><tr><th>Ratio</th><th>mL<small>each</small></th></tr></thead>
<tbody><tr><th>1:2</th><td>a|b<br>c<span class="row-note">d</span></td></tr><tr><td colspan="2">all</td></tr></tbody></table>
<ol start="3"><li>First <a href="../marking/#x">marking</a><p>More</p></li><li>Second<ul><li>within</li></ul></li></ol>
<figure><svg><title>Syringe</title><desc>Two parts.</desc><text>no</text></svg><figcaption>Seen.</figcaption></figure>
<p>A <span class="mark"><svg aria-hidden="true"><title>no</title></svg>mark</span> <a href="https://x.org/a_b">a_b</a>.</p>
<dl><dt>Term</dt><dd>Meaning.</dd></dl>"""


def test_a_page_as_markdown(tmp_path: Path) -> None:
    pages = built(tmp_path, technique=html("..", WORDS))
    assert plain_text.to_markdown(pages.of("technique.md"), "technique.md", {}).split("\n\n") == [
        "# Page",
        "> **Stop**\n>\n> At **once**[1].",
        "> **More**\n>\n> Answer \\* 2.",
        "## Table",
        "Table: Ratios",
        "| Ratio | mL each |\n| --- | --- |\n| 1:2 | a\\|b c d |\n| all | |",
        "3. First [marking](marking/#x)",
        "   More\n4. Second\n   - within",
        "Drawing: Syringe Two parts.",
        "Seen.",
        "A mark [a_b](https://x.org/a_b).",
        "Term\n: Meaning.\n",
    ]


# --- the page for a missing address -------------------------------------------------------------


@pytest.mark.parametrize("folder", ["/", "/docs/"])
def test_the_links_of_the_page_for_a_missing_address_are_checked(tmp_path: Path, folder: str) -> None:
    pages = built(tmp_path)
    links = f'<a href="{folder}technique/">t</a><a href="{folder}">h</a><a href="{folder}gone/">g</a>'
    page = html(folder.rstrip("/"), links)
    (tmp_path / "404.html").write_text(page, encoding="utf-8")
    assert [line for line in broken_links(pages.site) if line.startswith("404")] == [
        f"404.html: link to {folder}gone/, which does not exist"
    ]


# --- offline ------------------------------------------------------------------------------------


def listed(site: Path, name: str) -> dict[str, str]:
    """A list of the service worker."""
    return json.loads(re.search(rf"^const {name} = (.*);$", text_of(site, "sw.js"), re.MULTILINE)[1])


def build_name(site: Path) -> str:
    return re.search(r'^const BUILD = "(.*)";$', text_of(site, "sw.js"), re.MULTILINE)[1]


def with_prints(site: Path, **sizes: int) -> BuiltPages:
    pages = built(site)
    (site / "pdf").mkdir()
    for name, size in sizes.items():
        (site / f"pdf/{name.replace('_', '-')}.pdf").write_bytes(b"%" * size)
    return pages


def test_a_device_saves_pages_and_sheets_by_their_hashes(tmp_path: Path) -> None:
    pages = with_prints(tmp_path, card_a4=10, card_letter=20, technique_mixing_a4=30, book_a4=40)
    offline.write_pages_and_worker(pages, ["card"], "1.2.3", asked={"book"})
    first, files = build_name(tmp_path), listed(tmp_path, "FILES")
    assert {name for name in files if name.startswith("pdf/")} == {"pdf/card-a4.pdf", "pdf/card-letter.pdf"}
    assert files["index.html"] == offline._hash((tmp_path / "index.html").read_bytes())
    assert listed(tmp_path, "ASKED") == {"pdf/book-a4.pdf": [offline._hash(b"%" * 40), 40]}
    assert f'<meta name="build" content="{first}">' in text_of(tmp_path)
    # The same pages bear the same name, also when they were published before; another word gives another name.
    offline.write_pages_and_worker(BuiltPages(tmp_path), ["card"], "1.2.3", asked={"book"})
    assert text_of(tmp_path).count('name="build"') == 1
    assert build_name(tmp_path) == first
    changed = BuiltPages(tmp_path)
    changed.of("index.md").article.text = "Other words."
    offline.write_pages_and_worker(changed, ["card"], "1.2.3", asked={"book"})
    assert build_name(tmp_path) != first


def test_what_a_first_save_has_no_room_for_waits_to_be_asked_for(tmp_path: Path) -> None:
    """Pages come first, then sheets in their order, as far as there is room."""
    pages = with_prints(tmp_path, a_a4=1_000_000, b_a4=1_900_000, c_a4=900_000, d_a4=1_100_000)
    (tmp_path / "pdf/d-a4.png").write_bytes(b"%" * 3_000_000)
    first, rest = offline.files_to_save(pages, ["c", "d", "a", "b"])
    assert [name for name in first if name.startswith("pdf/")] == ["pdf/c-a4.pdf", "pdf/d-a4.pdf"]
    assert rest == ["pdf/a-a4.pdf", "pdf/b-a4.pdf"], "a picture is not offered alone"
    # More pages leave less room; a sheet that finds none does not stop a smaller one behind it.
    (tmp_path / "assets/large.svg").write_bytes(b" " * 8_000_000)
    first, rest = offline.files_to_save(pages, ["b", "c", "d", "a"])
    assert [name for name in first if name.startswith("pdf/")] == ["pdf/c-a4.pdf"]
    assert "pdf/a-a4.pdf" in rest


def test_the_worker_stays_short_enough_to_be_read() -> None:
    worker = Path(offline.__file__).with_name("worker.js").read_text(encoding="utf-8")
    assert worker.count("\n") <= 150


@pytest.mark.parametrize(
    ("link", "file"),
    [
        ("../mixing/", "../mixing/index.html"),
        ("../..", "../../index.html"),
        (".", "./index.html"),
        ("../mixing/?v=1.0.0#why", "../mixing/index.html?v=1.0.0#why"),
        ("#why", "#why"),
        ("../downloads/claims.csv", "../downloads/claims.csv"),
        ("https://example.org/", "https://example.org/"),
        ("mailto:a@example.org", "mailto:a@example.org"),
        ("", ""),
    ],
)
def test_links_name_their_files_in_the_archive(link: str, file: str) -> None:
    assert offline_archive.named(link) == file


OFFERS = """ <p class="page-tools"><a class="tool" href="../pdf/technique-a4.pdf">PDF</a></p>
<ul><li><a href="../downloads/site.zip">site.zip</a>: everything</li><li> <a href="../pdf/card-a4.pdf">Card</a></li></ul>
<a href="../">Home</a> <a href="#why">Why</a>"""


@pytest.mark.parametrize(
    ("address", "links", "words"),
    [
        ("", ["../pdf/card-a4.pdf", "../index.html", "#why"], "site.zip: everything Card Home Why"),
        (
            SITE.address,
            [
                f"{SITE.address}pdf/technique-a4.pdf",
                f"{SITE.address}downloads/site.zip",
                "../pdf/card-a4.pdf",
                "../index.html",
                "#why",
            ],
            "PDF site.zip: everything Card Home Why",
        ),
    ],
)
def test_what_the_archive_lacks_leads_to_the_public_site_or_is_not_offered(
    address: str, links: list[str], words: str, tmp_path: Path
) -> None:
    pages = built(tmp_path, technique=html("..", OFFERS))
    styles_and_scripts.one_script(pages)
    (made,) = pages
    offline_archive.for_folder(made, {"index.html", "technique/index.html", "pdf/card-a4.pdf"}, address)
    assert [link.get("href") for link in made.article.iter("a")] == links
    assert " ".join(made.article.text_content().split()) == f"Page {words}"


def test_the_archive_holds_sheets_but_no_prints_of_pages_and_opens_from_a_folder(
    invented: Project, tmp_path: Path
) -> None:
    pages = built(tmp_path, index=html(words='<a href="technique/">x</a>'), technique=html(".."))
    for name in ("pdf/card-a4.pdf", "pdf/technique-a4.pdf", "sw.js", "404.html", "_headers"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"")
    for name in ("downloads", "search"):
        (tmp_path / name).mkdir()
    (tmp_path / search_index.INDEX).write_text('{"docs": [{"location": ""}, {"location": "a/b/#c"}]}', encoding="utf-8")
    styles_and_scripts.one_script(pages)
    security_policy.protect(pages)
    offline_archive.write_archive(pages, invented, {"card"})
    with zipfile.ZipFile(tmp_path / offline_archive.ARCHIVE) as archive:
        names = {name.removeprefix("caha-and-skin/") for name in archive.namelist()}
        archive.extractall(tmp_path / "unpacked")
    assert {"pdf/card-a4.pdf", "assets/folder.js", "search/search_index.js", "technique/index.html"} <= names
    assert not names & {"pdf/technique-a4.pdf", "sw.js", "404.html", "_headers"}
    home = text_of(tmp_path / "unpacked/caha-and-skin")
    assert 'href="technique/index.html"' in home
    assert "Content-Security-Policy" not in home
    assert home.index("assets/folder.js") < home.index("assets/script.")
    index = text_of(tmp_path / "unpacked/caha-and-skin", "search/search_index.js")
    locations = [entry["location"] for entry in json.loads(index.removeprefix("var __index = "))["docs"]]
    assert locations == ["index.html", "a/b/index.html#c"]


# --- links --------------------------------------------------------------------------------------


def test_a_broken_link_is_found(tmp_path: Path) -> None:
    words = (
        '<a href="gone/">x</a><a href="#nowhere">y</a><a href="technique/#nor">y</a><img src="no.png" alt="">'
        '<a href="technique">a</a><a href="technique/#here">b</a><a href="technique/index.html">c</a>'
        '<a href="d%C3%A9.txt">d</a><a href="../outside.txt">e</a><a href="/root.txt">f</a><a href="https://x.org">g</a>'
    )
    built(tmp_path / "site", index=html(words=words), technique=html("..", '<p id="here"></p>'))
    for name in ("site/dé.txt", "outside.txt"):
        (tmp_path / name).write_text("", encoding="utf-8")
    assert broken_links(tmp_path / "site") == [
        "index.html: link to #nowhere, but there is no place with the id 'nowhere'",
        "index.html: link to ../outside.txt, which does not exist",
        "index.html: link to /root.txt, which does not exist",
        "index.html: link to gone/, which does not exist",
        "index.html: link to no.png, which does not exist",
        "index.html: link to technique/#nor, but there is no place with the id 'nor'",
    ]
