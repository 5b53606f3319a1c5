"""A status mark in a line of a print: the lines keep their distance, as without it."""

import re
from collections import defaultdict
from itertools import pairwise
from typing import Any

import pypdfium2
import pytest
from markupsafe import Markup

from macros.printing.print_template import print_document
from macros.printing.render import Job, render
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
