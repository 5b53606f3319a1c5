"""What the search index is made of: lines of a page, other wordings."""

import lxml.html

from macros.content.project import Project
from macros.publishing import search_index

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
