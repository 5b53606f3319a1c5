"""Unused sources, unrecorded changes and overdue reviews are found, each with clear words."""

import datetime
import json
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from macros.content import changes, reviews
from macros.content.faults import ContentError
from macros.content.load import Data, load
from macros.content.project import load_project
from macros.content.settings import Site
from macros.downloads.atom import atom_feed
from macros.rendering.evidence_strength import strength

from ..conftest import ROOT


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def run(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "macros", *arguments], cwd=project, capture_output=True, text=True, check=False
    )


def test_an_unused_source_is_found(project: Path) -> None:
    path = project / "docs/data/references.json"
    rows = json.loads(path.read_text(encoding="utf-8"))
    rows.append({**rows[0], "id": "nobody2026"})
    path.write_text(json.dumps(rows), encoding="utf-8")
    with pytest.raises(ContentError) as stopped:
        load_project(project)
    assert (
        str(stopped.value)
        == "docs/data/references.json:1: nobody2026: cited by no row and no page; cite it or remove it"
    )


def test_a_removed_source_is_found(project: Path) -> None:
    path = project / "docs/data/references.json"
    rows = [row for row in json.loads(path.read_text(encoding="utf-8")) if row["id"] != "trindade2023"]
    path.write_text(json.dumps(rows), encoding="utf-8")
    with pytest.raises(ContentError) as stopped:
        load(project)
    assert "neck-trindade2023: refs: no source 'trindade2023' in references.json" in str(stopped.value)


def test_the_real_data_are_recorded(data: Data) -> None:
    assert [str(fault) for fault in changes.unrecorded(data, ROOT, data.changes.changes[0].version)] == []


def test_a_changed_number_without_an_entry_is_found(project: Path) -> None:
    replace(project / "docs/data/preparations.yml", "diluent_parts: 8", "diluent_parts: 7")
    found = run(project, "check")
    assert found.returncode == 1
    assert "ratio-1-8: has other numbers or another status since version 1.0.0" in found.stderr
    replace(
        project / "docs/data/changes.yml",
        "\nchanges:\n",
        "\nchanges:\n  - id: chg-99\n    version: 1.0.1\n    date: '2026-12-01'\n    type: ratio changed\n"
        "    summary: The thinnest ratio changed.\n    rows: [ratio-1-8]\n\n",
    )
    replace(project / "mkdocs.yml", "version: 1.0.0", "version: 1.0.1")
    assert run(project, "check").returncode == 0, "named in an entry of the new version, it passes"


def test_the_version_of_the_site_is_that_of_the_newest_change(project: Path) -> None:
    replace(project / "mkdocs.yml", "version: 1.0.0", "version: 1.0.1")
    assert "is 1.0.0, but mkdocs.yml says 1.0.1; make them equal" in run(project, "check").stderr


def test_entries_are_proposed(project: Path, data: Data) -> None:
    replace(project / "docs/data/preparations.yml", "diluent_parts: 8", "diluent_parts: 7")
    replace(project / "docs/data/regions.yml", "us_undiluted: on-label", "us_undiluted: off-label")
    proposed = changes.propose(data, load(project))
    assert "type: ratio changed" in proposed
    assert "ratio-1-8: diluent_parts was 8, is 7." in proposed
    assert "type: status changed" in proposed
    assert changes.propose(data, data) == "No number and no status differs.\n"


def test_reviews_warn_before_and_fail_after(project: Path) -> None:
    assert run(project, "check", "--today", "2026-11-23").returncode == 0
    soon = run(project, "check", "--today", "2027-02-01")
    assert soon.returncode == 0
    assert "Due soon: ratio-1-2: review is due on 2027-02-22, in 21 days" in soon.stdout
    late = run(project, "check", "--today", "2027-02-23")
    assert late.returncode == 1
    assert "OVERDUE: ratio-1-2: review was due on 2027-02-22, 1 days ago" in late.stdout


def test_every_page_and_status_row_has_a_review_date(data: Data, pages) -> None:
    day = datetime.date(2100, 1, 1)
    assert len(list(reviews.due(data, pages, day))) >= len(pages) + len(data.regions.regions) + len(
        data.approvals.approvals
    )


def test_the_feed_is_atom(data: Data) -> None:
    feed = ElementTree.fromstring(atom_feed(data, Site("Name & Co", "https://example.org/", "1.0.0")))
    atom = "{http://www.w3.org/2005/Atom}"
    assert feed.tag == f"{atom}feed"
    for tag in ("id", "title", "updated"):
        assert feed.findtext(f"{atom}{tag}")
    entries = feed.findall(f"{atom}entry")
    assert len(entries) == len(data.changes.changes)
    assert all(entry.findtext(f"{atom}id", "").startswith("urn:uuid:") for entry in entries)


@pytest.mark.parametrize(
    ("kinds", "people", "sure"),
    [
        (["rct", "rct"], None, "strong"),
        (["rct", "cohort"], None, "moderate"),
        (["label"], None, "moderate"),
        (["review", "review"], None, "moderate"),
        (["review"], None, "emerging"),
        (["cohort"], 22, "emerging"),
        (["case-series"], 7, "limited"),
        (["rct"], 5, "limited"),
        (["rct"], 20, "emerging"),
        (["rct"], 117, "moderate"),
        (["expert", "news", "in-vitro"], None, "limited"),
    ],
)
def test_strength(kinds: list[str], people: int | None, sure: str) -> None:
    assert strength(kinds, people) == sure
