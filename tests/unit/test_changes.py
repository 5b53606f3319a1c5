"""The record of changes: an unrecorded change is found, entries are proposed, the feed tells them."""

import subprocess
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from macros.__main__ import main
from macros.content import changes
from macros.content.load import load
from macros.content.project import Project
from macros.content.settings import Site
from macros.downloads.atom import atom_feed

from ..conftest import ROOT
from ..projects import edit

ENTRY = """
  - id: chg-99
    version: 3.3.0
    date: '2030-12-01'
    type: ratio changed
    summary: The thinnest ratio changed.
    rows: [ratio-1-9]
"""


def test_the_real_data_are_recorded(real: Project) -> None:
    assert [str(fault) for fault in changes.unrecorded(real.data, ROOT, real.site.version)] == []


def check(root: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """What the check complains of; nothing when it passes."""
    status = main(["--root", str(root), "check"])
    said = capsys.readouterr().err
    assert bool(status) == bool(said)
    return said


def test_a_changed_number_needs_an_entry_of_a_newer_version(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(project / "docs/data/preparations.yml", "diluent_parts: 9", "diluent_parts: 8")
    assert "ratio-1-9: has other numbers or another status since version 3.2.1" in check(project, capsys)
    edit(project / "docs/data/changes.yml", "\nchanges:\n", f"\nchanges:\n{ENTRY}\n")
    edit(project / "mkdocs.yml", "version: 3.2.1", "version: 3.3.0")
    assert check(project, capsys) == ""
    assert main(["--root", str(project), "record"]) == 0
    assert changes.is_recorded(load(project), project)


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("regions.yml", "caution: off-label\n", "caution: off-label-specialist\n", "cheeks: has other numbers or another status"),
        ("product.yml", "id: tim-1", "id: tim-9", "tim-9: is new since version 3.2.1"),
        ("product.yml", "id: tim-1", "id: tim-9", "tim-1: is gone since version 3.2.1"),
    ],
)  # fmt: skip
def test_a_changed_status_and_a_row_that_comes_or_goes_need_one_too(
    project: Path, capsys: pytest.CaptureFixture[str], file: str, old: str, new: str, said: str
) -> None:
    edit(project / "docs/data" / file, old, new)
    assert said in check(project, capsys)


def test_a_changed_sentence_needs_none(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(project / "docs/data/product.yml", "Something was seen.", "Something was seen again.")
    assert check(project, capsys) == ""


def test_the_version_of_the_site_is_that_of_the_newest_change(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(project / "mkdocs.yml", "version: 3.2.1", "version: 3.3.0")
    assert "is 3.2.1, but mkdocs.yml says 3.3.0; make them equal" in check(project, capsys)


def test_a_record_that_cannot_be_read_is_named(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "docs/data/recorded.json").write_text("[]", encoding="utf-8")
    assert "docs/data/recorded.json:1: not readable; restore the file" in check(project, capsys)


def test_entries_are_proposed(project: Path, invented: Project) -> None:
    edit(project / "docs/data/preparations.yml", "diluent_parts: 9", "diluent_parts: 8")
    edit(project / "docs/data/regions.yml", "us_undiluted: on-label", "us_undiluted: off-label")
    proposed = changes.propose(invented.data, load(project))
    assert "type: ratio changed" in proposed
    assert "ratio-1-9: diluent_parts was 9, is 8." in proposed
    assert "type: status changed" in proposed
    assert changes.propose(invented.data, invented.data) == "No number and no status differs.\n"


def test_entries_are_proposed_since_a_revision_of_git(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    git = ["git", "-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "core.autocrlf=false"]
    for arguments in (["init", "-q"], ["add", "."], ["commit", "-qm", "x"]):
        subprocess.run([*git, *arguments], cwd=project, check=True)
    edit(project / "docs/data/preparations.yml", "diluent_parts: 9", "diluent_parts: 8")
    assert main(["--root", str(project), "changes", "--since", "HEAD"]) == 0
    assert "ratio-1-9: diluent_parts was 9, is 8." in capsys.readouterr().out
    assert main(["--root", str(project), "changes", "--since", "nowhere"]) == 1
    assert "nowhere" in capsys.readouterr().err


@pytest.mark.parametrize("address", ["", "https://example.org/"])
def test_the_feed_is_atom(invented: Project, address: str) -> None:
    feed = ElementTree.fromstring(atom_feed(invented.data, Site("Name & Co", address, "3.2.1")))
    atom = "{http://www.w3.org/2005/Atom}"
    assert feed.tag == f"{atom}feed"
    assert feed.findtext(f"{atom}title") == "Name & Co: changes"
    assert feed.findtext(f"{atom}updated") == "2030-04-05T00:00:00Z"
    entries = feed.findall(f"{atom}entry")
    assert [entry.findtext(f"{atom}summary") for entry in entries] == [
        row.summary for row in invented.data.changes.changes
    ]
    ids = [feed.findtext(f"{atom}id", ""), *(entry.findtext(f"{atom}id", "") for entry in entries)]
    assert len(set(ids)) == len(ids) and all(name.startswith("urn:uuid:") for name in ids)
    links = [link.get("href") for link in feed.findall(f"{atom}link")]
    assert links == ([f"{address}downloads/changes.atom", f"{address}reference/changes/"] if address else [])
