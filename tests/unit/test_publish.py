"""The steps from built pages to a site: pure functions over the text of a page or a stylesheet."""

import json
from pathlib import Path

import pytest

from macros.content.pages import Page
from macros.content.settings import Site
from macros.publishing import offline_archive, plain_text, scripts, security_policy, structured_data, stylesheet
from macros.publishing.head_and_assets import PublishError
from macros.publishing.publish import robots_txt
from macros.rendering.tidy import tidy

SITE = Site("Name", "https://example.org/docs/", "1.2.3")

# --- stylesheet ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("css", "kept"),
    [
        (".a { color: red } .b { color: blue }", ".a{color:red}"),
        (".a, .b > p { margin: 0 }", ".a{margin:0}"),
        (".a:not(.b) p::before { content: '.b' }", '.a:not(.b) p::before{content:".b"}'),
        ("[data-x=on] { top: 0 } [data-x=off] { top: 0 } [data-x^=of] { top: 0 }", "[data-x=on]{top:0}[data-x^=of]{top:0}"),
        ("#a { top: 0 } table { top: 0 } * { top: 0 }", "#a{top:0}*{top:0}"),
        ("/* x */ @media print { .b { top: 0 } .a { top: 0 } } @media screen { .b { top: 0 } }", "@media print{.a{top:0}}"),
        ("@charset 'utf-8'; @keyframes k { from { top: 0 } }", "@keyframes k{from { top: 0 }}"),
        (":root { --read: 1px; --unread: 2px } .a { top: var(--read) !important }", ":root{--read:1px;}.a{top:var(--read)!important}"),
        (":root { --one: var(--two); --two: url('data:x;y}z') }", ":root{}"),
    ],
)  # fmt: skip
def test_only_rules_that_can_apply_stay(css: str, kept: str) -> None:
    assert stylesheet.lean(css, {"a", "p", "data-x", "on"}) == kept


def test_names_are_found_in_pages_and_scripts() -> None:
    page = '<html><body class="one two" data-x="on"><svg><path id="p"/></svg></body></html>'
    assert {"body", "one", "two", "data-x", "on", "path", "p", "class"} <= stylesheet.names_in_page(page)
    assert {"md-tip", "--x", "filter"} <= stylesheet.names_in_script('a="md-tip "+b;c("--x");d.className="filter"')
    assert "plain" not in stylesheet.names_in_script("var plain = 1")


def test_white_space_goes_but_not_where_it_counts() -> None:
    page = "<p>a  b\n\n  c\u00a0 d</p><!-- no --><pre>x\n\n  y</pre><script>1  +  1</script>"
    assert tidy(page) == "<p>a b\nc\u00a0 d</p><pre>x\n\n  y</pre><script>1  +  1</script>"


def test_a_theme_without_its_script_is_reported(tmp_path: Path) -> None:
    with pytest.raises(PublishError, match=r"index.html: the theme's script was not found"):
        scripts.write_script(tmp_path, {tmp_path / "index.html": "<html></html>"})


def test_one_script_stands_for_all_of_a_page(tmp_path: Path) -> None:
    (tmp_path / "assets").mkdir()
    for name in ("start", "page", "tables"):
        (tmp_path / f"assets/{name}.js").write_text(f"{name}();\n")
    theme = '<script src="../assets/javascripts/bundle.1.min.js"></script>\n'
    page = (
        f'{theme}<script src="../assets/page.js" defer></script>\n<script src="../assets/tables.js" defer></script>\n'
    )
    made = scripts.write_script(tmp_path, {tmp_path / "a/index.html": page})
    assert [path.read_text() for path in (tmp_path / "assets").iterdir()] == ["start();\npage();\ntables();\n"]
    assert scripts.with_script(page, made) == (
        f'<script src="../{made}" data-theme-script="javascripts/bundle.1.min.js" defer></script>\n'
    )


def test_the_logo_stands_in_the_page() -> None:
    page = '<img src="../assets/logo.svg" alt=""><link rel="icon" href="../assets/logo.svg">'
    made = stylesheet.with_logo(page, '<svg fill="#fff">\n</svg>')
    assert made == (
        '<img src="data:image/svg+xml,%3Csvg%20fill=%22%23fff%22%3E%20%3C/svg%3E" alt="">'
        '<link rel="icon" href="../assets/logo.svg">'
    )


def test_pages_with_different_scripts_are_reported(tmp_path: Path) -> None:
    theme = '<script src="assets/javascripts/bundle.1.min.js"></script>'
    pages = {
        tmp_path / "index.html": theme,
        tmp_path / "b.html": f'{theme}<script src="assets/x.js" defer></script>',
    }
    with pytest.raises(PublishError, match=r"b.html: has the scripts .* list them in extra_javascript"):
        scripts.write_script(tmp_path, pages)


# --- policy -------------------------------------------------------------------------------------


def test_the_policy_names_every_inline_script_and_nothing_unsafe() -> None:
    page = '<script>one()</script><script src="x.js"></script><script type="application/ld+json">{}</script>'
    made = security_policy.policy([page])
    assert made.count("'sha256-") == 1
    assert security_policy.content_hash("one()") in made
    assert "unsafe" not in made
    assert "frame-ancestors 'none'" in made
    assert "frame-ancestors" not in security_policy.policy([page], in_page=True)
    # The known value of the empty text, so that the hash is the one that browsers make.
    assert security_policy.content_hash("") == "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"


@pytest.mark.parametrize(
    "tag",
    ['<p style="top:0">', '<a class="x" onclick="run()">', '<a href="javascript:run()">', '<svg id="a" style="">'],
)
def test_what_the_policy_would_block_stops_the_build(tag: str, tmp_path: Path) -> None:
    assert security_policy.blocked(f"<main>{tag}</main>") == [tag]
    (tmp_path / "index.html").write_text(f"<head></head>{tag}")
    with pytest.raises(PublishError, match=r"index.html: <"):
        security_policy.protect_pages(tmp_path)


def test_words_about_styles_are_no_styles() -> None:
    assert security_policy.blocked('<p title="style">style="x" and onclick="y"</p>') == []


def test_links_to_other_hosts_are_cut_off() -> None:
    page = (
        '<meta charset="utf-8"><a href="https://x.org/">x</a><a class="y" href="http://y.org">y</a><a href="../">z</a>'
    )
    made = security_policy.protect(page)
    assert '<a rel="noopener" href="https://x.org/">' in made
    assert '<a rel="noopener" class="y" href="http://y.org">' in made
    assert '<a href="../">' in made
    assert made.index("Content-Security-Policy") < made.index("<a ")


def test_the_headers_in_both_forms() -> None:
    sent = {"Content-Security-Policy": security_policy.policy([]), **security_policy.PLAIN_HEADERS}
    hosts, nginx = security_policy.hosts_file(sent, SITE.address), security_policy.nginx(sent, SITE.address)
    for name, value in sent.items():
        assert f"  {name}: {value}" in hosts
        assert f'add_header {name} "{value}" always;' in nginx
    assert "/docs/assets/style.*" in hosts
    assert "error_page 404 /docs/404.html;" in nginx
    assert not any("add_header" in line for line in nginx.splitlines() if line.startswith("location"))


# --- machines -----------------------------------------------------------------------------------


def test_a_page_is_described_with_audience_and_review(pages: list[Page]) -> None:
    page = next(page for page in pages if page.path == "technique/mixing.md")
    made = structured_data.medical_page(page, SITE)
    assert made["@type"] == "MedicalWebPage"
    assert made["lastReviewed"] == page.meta.reviewed
    assert [entry["audienceType"] for entry in made["audience"]] == ["practitioners trained in fillers", "trainees"]
    assert made["url"] == "https://example.org/docs/technique/mixing/"
    assert "url" not in structured_data.medical_page(page, Site("Name", "", "1.0.0"))
    assert "</script>" not in structured_data.as_script({"name": "</script>"}).removesuffix("</script>")
    block = structured_data.as_script({"name": "<b>"})
    assert json.loads(block[block.index(">") + 1 : block.rindex("</")]) == {"name": "<b>"}


def test_robots_find_the_list_of_pages_only_when_there_is_an_address() -> None:
    assert robots_txt("https://example.org/docs/").endswith("Sitemap: https://example.org/docs/sitemap.xml\n")
    assert "Sitemap" not in robots_txt("")


HTML = """<html><body><nav>no</nav><article><h1>Mixing</h1>
<div hidden><p>no</p></div><p data-print="off">no</p><form>no</form>
<div class="admonition warning"><p class="admonition-title">Stop</p><p>At <strong>once</strong><sup><a href="#ref-x">1</a></sup>.</p></div>
<h2>Table<a class="headerlink" href="#t">¶</a></h2>
<table><caption>Ratios</caption><thead><tr><th>Ratio</th><th>mL</th></tr></thead>
<tbody><tr><th>1:2</th><td>a|b<br>c</td></tr><tr><td colspan="2">all</td></tr></tbody></table>
<ol><li>First <a href="../marking/#x">marking</a><p>More</p></li><li>Second</li></ol>
<figure><svg><title>Syringe</title><desc>Two parts.</desc><text>no</text></svg><figcaption>Seen.</figcaption></figure>
</article></body></html>"""


def test_a_page_as_markdown() -> None:
    assert plain_text.to_markdown(HTML, "technique/mixing/", "technique/mixing.md") == (
        "# Mixing\n\n> Stop\n>\n> At **once**[1].\n\n## Table\n\nTable: Ratios\n\n"
        "| Ratio | mL |\n| --- | --- |\n| 1:2 | a\\|b c |\n| all |  |\n\n"
        "1. First [marking](marking/#x)\n   \n   More\n2. Second\n\nDrawing: Syringe Two parts.\n\nSeen.\n"
    )


# --- folder -------------------------------------------------------------------------------------


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


def test_the_search_index_names_files_in_the_archive() -> None:
    made = offline_archive.search_for_folder('{"docs": [{"location": ""}, {"location": "a/b/#c"}]}')
    locations = [entry["location"] for entry in json.loads(made.removeprefix("var __index = "))["docs"]]
    assert locations == ["index.html", "a/b/index.html#c"]
