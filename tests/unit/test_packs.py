"""Packs: several sheets in one document, each as it stands alone."""

import io
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import lxml.html
import pikepdf
import pytest

from macros.content.cross_checks import cross_check
from macros.content.faults import ContentError
from macros.content.project import Project, load_project
from macros.content.rows.editorial import Pack
from macros.printing.packs import pack_sheet
from macros.printing.print_cache import PrintCache
from macros.printing.print_sheets import print_sheets
from macros.printing.print_template import print_document
from macros.printing.sheets import Sheet

from ..projects import edit
from .sheets import SITE, sheet

PAGE = "<p style='height: 120mm'>x</p>"
# On one page only when it is set tighter.
FULL = '<h2 id="why">Why</h2><p><a href="#why">See</a></p>' + "<p>A line of text.</p>" * 38


def some_sheet(body: str, **other: object) -> Sheet:
    # No rule asks what a sheet for trainees must hold.
    return sheet(body, audience=("trainee",), **other)


def packed(*sheets: Sheet, **other: object) -> Sheet:
    row = Pack.model_validate({
        "id": "some-pack", "title": "Some pack", "description": "For a test.", "audience": ["trainee"],
        "sheets": [one.slug for one in sheets], **other,
    })  # fmt: skip
    return pack_sheet(row, sheets, SITE)


def several() -> tuple[Sheet, ...]:
    return (
        some_sheet(PAGE * 2, slug="first", title="First", orientation="landscape", address="a/", most_pages=2),
        some_sheet(FULL, slug="full", title="Full", address="b/", most_pages=1),
        # Its second page is nearly empty until it is set tighter; another sheet follows.
        some_sheet(FULL, slug="room", title="Room", address="c/", most_pages=9),
        some_sheet(PAGE + FULL, slug="last", title="Last", address="d/", most_pages=9),
    )


def printed(sheets: list[Sheet], project: Project, out: Path) -> dict[str, int]:
    return {
        entry["slug"]: entry["pages"] for entry in print_sheets(sheets, project, out, PrintCache(out / "c"), ["a4"])
    }


@pytest.mark.print
def test_each_sheet_keeps_its_pages_paper_head_foot_and_tightness(
    invented: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 1)
    sheets = several()
    alone = printed(list(sheets), invented, tmp_path / "alone")
    printed([packed(*sheets)], invented, tmp_path / "out")
    content = (tmp_path / "out/some-pack-a4.pdf").read_bytes()
    with pikepdf.open(io.BytesIO(content)) as pdf, pdf.open_outline() as outline:
        pages = [page.obj.objgen for page in pdf.pages]
        starts = [(one.title, pages.index(one.destination[0].objgen)) for one in outline.root]
        wide = [page.mediabox[2] > page.mediabox[3] for page in pdf.pages]
    assert [title for title, _ in starts] == ["Some pack", "First", "Full", "Room", "Last"]
    counts = [after - before for before, after in pairwise([*(start for _, start in starts), len(pages)])]
    assert counts == [1, *(alone[one.slug] for one in sheets)]
    assert alone["full"] == alone["room"] == 1, "set tighter"
    assert wide == [False, *[True] * alone["first"], *[False] * (len(pages) - 1 - alone["first"])]
    # The same once more, to the byte.
    printed([packed(*sheets)], invented, tmp_path / "again")
    assert (tmp_path / "again/some-pack-a4.pdf").read_bytes() == content


def test_ids_are_those_of_their_sheets_and_links_lead_to_them() -> None:
    made = packed(sheet(FULL, slug="one"), sheet(FULL, slug="two"))
    body = lxml.html.fragment_fromstring(made.body, create_parent="div")
    ids = body.xpath(".//@id")
    assert ids == ["one", "one--why", "two", "two--why"]
    assert body.xpath(".//a/@href") == ["#one", "#two", "#one--why", "#two--why"]


def test_each_sheet_has_its_own_foot_and_code() -> None:
    sheets = several()
    made = print_document(packed(*sheets), "a4", SITE)
    for one in sheets:
        assert f"@page pages-{one.slug} {{" in made and f"@page pages-{one.slug}:nth(1 of pages-{one.slug}) {{" in made
        assert f"Fingerprint {one.fingerprint} · " in made
    assert f"Fingerprint {packed(*sheets).fingerprint} · " in made


def test_the_fingerprint_is_that_of_its_sheets_and_their_order() -> None:
    one, two, third, _ = several()
    pack = packed(one, two)
    others = [packed(two, one), packed(one, two, third), packed(one, replace(two, body=one.body)),
              packed(one, two, title="Another")]  # fmt: skip
    assert packed(one, two).fingerprint == pack.fingerprint
    assert len({pack.fingerprint, *(other.fingerprint for other in others)}) == 5


def test_a_pack_is_printed_on_the_papers_of_all_its_sheets() -> None:
    assert packed(sheet(""), sheet("", slug="two", papers=("letter",))).papers == ("letter",)


def test_the_sheet_of_a_region_to_avoid_is_refused_in_a_pack(project: Path) -> None:
    path = project / "docs/data/handouts.yml"
    line = edit(path, "[card, short-sheet, leaflet]", "[card, region-elbows]", "id: test-pack\n")
    load_project(project)
    data = load_project(project).data
    regions = data.regions.model_copy(
        update={"regions": [row.model_copy(update={"caution": "avoid"}) for row in data.regions.regions]}
    )
    found = list(cross_check(list(data.located()), replace(data, regions=regions), data.files))
    (fault,) = [one for one in found if one.row == "test-pack"]
    assert (fault.line, fault.field) == (line, "sheets")
    assert "'region-elbows' is the sheet of a region to avoid (elbows in regions.yml); take it out" in str(fault)


def test_a_pack_whose_sheets_share_no_paper_is_refused(project: Path) -> None:
    path = project / "docs/data/handouts.yml"
    edit(path, "orientation: landscape", "papers: [a4]", "id: card\n")
    edit(path, "columns: 2", "papers: [letter]", "id: leaflet\n")
    with pytest.raises(ContentError, match="test-pack: sheets: no paper is common to all of them"):
        load_project(project)
