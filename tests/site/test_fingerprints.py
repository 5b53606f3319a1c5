"""Which change outdates which sheet, and where the fingerprint of a sheet stands."""

import json
from pathlib import Path

import lxml.html
import pytest

from ..print.prints import raw_text, squeezed
from ..projects import OUTDATING, SHEETS


@pytest.mark.parametrize("change", OUTDATING)
def test_a_change_outdates_the_sheets_that_print_it_and_no_other(sheets, change: str) -> None:
    now = sheets["now"]
    assert {slug for slug in now if sheets[change][slug] != now[slug]} == OUTDATING[change][1]


def test_another_version_review_or_address_outdates_none(sheets) -> None:
    assert sheets["elsewhere"] == sheets["now"]


def test_no_two_sheets_share_a_fingerprint(sheets) -> None:
    prints = [fingerprint for _, fingerprint in sheets["now"].values()]
    assert len(set(prints)) == len(prints)


def test_both_papers_the_manifest_and_the_page_have_the_same(printed: Path, sheets) -> None:
    entries = json.loads((printed / "site/pdf/manifest.json").read_text(encoding="utf-8"))
    assert {(entry["slug"], entry["paper"]) for entry in entries} == {
        (slug, paper) for slug in SHEETS for paper in ("a4", "letter")
    }
    for entry in entries:
        assert [entry["source"], entry["fingerprint"]] == sheets["now"][entry["slug"]]
    for slug, (address, fingerprint) in sheets["now"].items():
        page = lxml.html.parse(str(printed / "site" / address / "index.html"))
        assert page.xpath("//*[@data-print-status]/data[@data-sheet=$slug]/@value", slug=slug) == [fingerprint]


def test_it_stands_at_the_foot_of_every_page_beside_the_version(printed: Path, sheets) -> None:
    for slug in SHEETS:
        for paper in ("a4", "letter"):
            for text in raw_text(printed / f"site/pdf/{slug}-{paper}.pdf").split("\f")[:-1]:
                assert squeezed(f"Version 3.2.1 · Fingerprint {sheets['now'][slug][1]} · Reviewed") in squeezed(text), (
                    slug
                )
