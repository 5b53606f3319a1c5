"""What the search index is made of: lines of a page, other wordings, names of regions, ratios that have a row."""

import re
from dataclasses import replace
from pathlib import Path

import lxml.html
import pytest

from macros.content.project import Project, load_project
from macros.publishing import search_index
from macros.publishing.built_pages import BuiltPages, PublishError

from ..projects import edit
from .pages import built, html

PAGE = """<article><header class="page-head"><h1>Title</h1></header>
<div class="admonition"><p>First <b>line</b><sup class="cite"><a>1</a></sup>.</p></div>
<div data-block="stop-signs"><ul><li>Stop.</li></ul></div>
<h2 id="part">Part<span class="mark">Off-label</span><a class="headerlink">&para;</a></h2>
<ul><li>One<ul><li>within</li></ul></li></ul>
<table><thead><tr><th>Ratio</th></tr></thead><tbody><tr><th>1:4<small>note</small></th><td>x<sup class="cite">2</sup></td></tr></tbody></table>
<h2 id="sources">Sources</h2><div data-block="references"><ol><li>Book</li></ol></div>
<p hidden>No</p><footer>Foot</footer></article>"""


def test_a_page_in_lines() -> None:
    article = lxml.html.fromstring(PAGE)
    assert search_index._sections(article, stop_signs=False) == [
        ("", "", ["First line."]),
        ("#part", "Part Off-label", ["One", "within", "Ratio", "1:4 note · x"]),
    ]
    assert search_index._sections(article, stop_signs=True)[0][2] == ["First line.", "Stop."]


def test_other_wordings(invented: Project) -> None:
    synonyms = search_index._synonyms(invented.published)
    assert search_index._other_wordings("Diluted Testgel", synonyms) == {"Testgel": ["test gel", "tesstgel"]}
    assert search_index._other_wordings("A test gel", synonyms) == {"test gel": ["Testgel", "tesstgel"]}
    assert search_index._other_wordings("Nothing of this", synonyms) == {}


def test_a_power_stays_a_power() -> None:
    article = lxml.html.fromstring(
        "<article><p>10<sup>6</sup> cells, 10<sup>-3</sup> M, the 1<sup>st</sup> day</p></article>"
    )
    assert search_index._sections(article, stop_signs=False) == [("", "", ["10⁶ cells, 10⁻³ M, the 1st day"])]


def test_the_names_of_a_region_belong_to_the_page_that_treats_it(project: Path) -> None:
    """The page that its row names, else the one below regions/; with the other wordings of a term of the glossary."""
    edit(
        project / "docs/data/regions.yml",
        "name: Elbows",
        "name: Elbows (all of them)\n    searched_as: [test gel]",
    )
    loaded = load_project(project)
    (page,) = (page for page in loaded.pages if page.path == "technique/by-region.md")
    paths = [page.path, *(f"regions/{name}.md" for name in ("elbows", "neck", "elsewhere"))]
    names = {path: search_index.region_names(replace(page, path=path), loaded.published) for path in paths}
    assert {path: found for path, found in names.items() if found} == {
        "technique/by-region.md": [
            "Neck",
            "collar lines",
            "Décolleté",
            "Jawline",
            "Cheeks (all of them)",
            "Cheeks",
            "Nasolabial folds",
            "Full face",
        ],
        "regions/elbows.md": ["Elbows (all of them)", "Elbows", "test gel", "Testgel", "tesstgel"],
    }


def test_which_ratios_have_a_row_and_how_far_they_were_studied(project: Path) -> None:
    ratios = project / "docs/data/preparations.yml"
    rows = ["1:3", "1:5", "1:9"]  # the fourth is withheld
    assert search_index._ratios(load_project(project).published) == {"rows": rows}
    for name in ("ratio-1-5", "ratio-1-3", "ratio-withheld"):
        edit(ratios, f"id: {name}\n", f"id: {name}\n    studied: in nobody\n")
    assert search_index._ratios(load_project(project).published) == {"rows": rows, "studied": "1:5"}


def test_words_of_a_section_lead_there_and_an_unknown_heading_is_named(project: Path, tmp_path: Path) -> None:
    file = project / "docs/technique/preparation-tables.md"
    edit(file, "  words: [how much saline]", "  sections: {part: [overnight]}")
    loaded = load_project(project)
    (page,) = (page for page in loaded.pages if page.path == "technique/preparation-tables.md")
    page = replace(page, path="tables.md")
    parts = "<h2 id='part'>Part</h2><p>Words.</p><h2 id='other'>Other</h2><p>Words.</p>"
    pages = built(tmp_path, tables=html("..", parts))
    docs = list(search_index._page_docs(pages.of(page.path), page, [], loaded.published))
    assert [(doc["location"].partition("#")[2], doc.get("names")) for doc in docs] == [
        ("", None), ("part", "overnight"), ("other", None)
    ]  # fmt: skip
    pages = built(tmp_path, tables=html("..", parts.replace("part", "place")))
    told = "docs/tables.md: search.sections: no heading 'part' on the page; write the id of one that is"
    with pytest.raises(PublishError, match=re.escape(told)):
        list(search_index._page_docs(BuiltPages(pages.site).of(page.path), page, [], loaded.published))
