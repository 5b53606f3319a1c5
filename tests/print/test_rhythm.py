"""A status mark in a line of a print: the lines keep their distance, as without it."""

import re
from collections import defaultdict
from itertools import pairwise
from typing import Any

import lxml.html
import pypdfium2
import pytest
from markupsafe import Markup

from macros.printing.print_template import print_document
from macros.printing.render import Job, render
from macros.printing.sheets import html_of, keep_numbers
from macros.rendering.markup import joined, mark

from ..unit.sheets import SITE, sheet

# Where marks stand, each with the letter that its words bear.
PLACES = {
    "P": "<p>{}</p>",
    "L": "<ul><li><span>{}</span></li></ul>",
    "B": '<div class="box"><div>{}</div></div>',
    "S": "<p><strong>{}</strong></p>",
    "T": "<table><tbody><tr><td>{}</td></tr></tbody></table>",
    "W": '<div class="step-warnings"><p>{}</p></div>',
    "N": '<ul><li>It. <span class="row-note">{}</span></li></ul>',
}
KINDS: dict[str, dict[str, Any]] = {
    "handout": {},
    "page": {"kind": "page", "classes": "print-example"},
    "for patients": {"audience": ("patient",), "classes": "sheet for-patients"},
    "region": {"classes": "sheet region-sheet"},
}


def baselines(pdf: bytes) -> dict[str, list[float]]:
    """The heights of the lines of each place, in pt, from the top."""
    found: dict[str, set[float]] = defaultdict(set)
    with pypdfium2.PdfDocument(pdf) as document:
        (page,) = document
        text = page.get_textpage()
        for piece in page.get_objects([pypdfium2.raw.FPDF_PAGEOBJ_TEXT], textpage=text):
            if named := re.search(r"([A-Z])words", piece.extract()):
                found[named[1]].add(round(piece.get_matrix().f, 2))
    return {place: sorted(heights, reverse=True) for place, heights in found.items()}


@pytest.mark.parametrize("kind", KINDS)
def test_a_mark_leaves_the_lines_their_distance(kind: str) -> None:
    def distances(within: str) -> dict[str, list[float]]:
        blocks = [
            Markup(html).format(joined([f"{place}words of a line ", Markup(within), ", "]) * 12)
            for place, html in PLACES.items()
        ]
        html = print_document(sheet(str(joined(blocks)), **KINDS[kind]), "a4", SITE)
        made = baselines(render(Job("example", "a4", html, (), "2026-11-24")))
        return {place: [high - low for high, low in pairwise(heights)] for place, heights in made.items()}

    without, marked = distances("and-on"), distances(mark("off-label", "off-label in the US"))
    assert set(without) == set(marked) == set(PLACES)
    for place, gaps in marked.items():
        assert len(gaps) >= 2, place
        assert gaps == pytest.approx([without[place][0]] * len(gaps), abs=0.12), place


def test_numbers_of_sources_stay_together_and_with_their_word() -> None:
    cite = '<sup class="cite"><a href="#a">11</a>, <a href="#b">12</a>, <a href="#c">13</a></sup>'
    lines = [
        f"<p>{'And more of it, ' * 7}{'x' * more} words{end}{cite} Then more; and what is last.</p>"
        for end in (",", ".")
        for more in range(60)
    ]
    cited = lxml.html.fragment_fromstring(f"<section>{''.join(lines)}</section>")
    keep_numbers([cited])
    sources = Markup("").join(Markup('<p id="{}">S.</p>').format(name) for name in "abc")
    html = print_document(sheet(html_of([cited]) + sources, classes="sheet region-sheet"), "a4", SITE)
    with pypdfium2.PdfDocument(render(Job("example", "a4", html, (), "2026-11-24"))) as document:
        printed = [line for page in document for line in page.get_textpage().get_text_bounded().splitlines()]
    second = [then for line, then in pairwise(printed) if line.startswith("And") and not line.endswith("last.")]
    assert len(second) > 40
    assert [line for line in second if re.match(r"[\d,. ]*1[123]", line)] == []
