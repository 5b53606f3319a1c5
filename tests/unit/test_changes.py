"""The record of changes: an unrecorded change is found, entries are proposed, the feed tells them."""

import re
import subprocess
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest

from macros.__main__ import main
from macros.content import changes
from macros.content.faults import ContentError
from macros.content.load import load
from macros.content.project import Project
from macros.content.settings import Site, read_site
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


def unrecorded(root: Path) -> str:
    """The same of the record alone: the rest of the check has nothing to do with it, and takes longer."""
    return "\n".join(map(str, changes.unrecorded(load(root), root, read_site(root).version)))


def line_of(path: Path, words: str) -> int:
    text = path.read_text(encoding="utf-8")
    return text.count("\n", 0, text.index(words)) + 1


def test_a_changed_number_needs_an_entry_of_a_newer_version(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    record = project / "docs/data/changes.yml"
    edit(project / "docs/data/preparations.yml", "diluent_parts: 9", "diluent_parts: 8")
    problem = "ratio-1-9: has changed (diluent_parts) since version 3.2.1, and no entry of a newer version names it"
    assert f"docs/data/changes.yml:{line_of(record, 'id: chg-5')}: {problem}; add one above this line" in unrecorded(
        project
    )
    edit(record, "\nchanges:\n", f"\nchanges:\n{ENTRY}\n")
    edit(project / "mkdocs.yml", "version: 3.2.1", "version: 3.3.0")
    assert check(project, capsys) == ""
    assert main(["--root", str(project), "record"]) == 0
    capsys.readouterr()
    edit(project / "docs/data/preparations.yml", "diluent_parts: 8", "diluent_parts: 7")
    assert "has changed (diluent_parts) since version 3.3.0" in unrecorded(project)


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("regions.yml", "caution: extra-care", "caution: specialist", "cheeks: has changed (caution)"),
        # An entry of an older version names this row; that does not tell the new change.
        ("regions.yml", "caution: specialist", "caution: extra-care", "neck: has changed (caution)"),
        ("product.yml", "id: tim-1", "id: tim-9", "tim-9: is new since version 3.2.1"),
        ("product.yml", "id: tim-1", "id: tim-9", "tim-1: is gone since version 3.2.1"),
    ],
)  # fmt: skip
def test_a_changed_status_and_a_row_that_comes_or_goes_need_one_too(
    project: Path, file: str, old: str, new: str, said: str
) -> None:
    edit(project / "docs/data" / file, old, new)
    assert said in unrecorded(project)


@pytest.mark.parametrize(
    ("file", "row", "old", "new", "said"),
    [
        ("safety.yml", "stop_signs:", "statement: ", "statement: Not ", "stp-01: has changed (statement)"),
        ("safety.yml", "warnings:", "statement: ", "statement: Not ", "has changed (statement)"),
        ("safety.yml", "contraindications:", "statement: ", "statement: Not ", "has changed (statement)"),
        ("technique.yml", "steps:", "warning: ", "warning: Not ", "has changed (warning)"),
        ("preparations.yml", "", "syringes: [1, 2, 3]", "syringes: [1, 2]", "preparations.syringes: has changed (syringes)"),
        ("preparations.yml", "", "[syringe-small, syringe-large]", "[syringe-large]", "preparations.presentations: has changed ("),
        ("protocols.yml", "", "undiluted: true", "undiluted: false", "has changed (undiluted)"),
        ("protocols.yml", "", "diluents: [", "diluents: [test-saline-preserved, ", "has changed (diluents)"),
        ("indications.yml", "", "people: adults", "people: grown-ups", "ind-us-jawline: has changed (people)"),
        ("indications.yml", "", "seen: reported, reported_by: an invented register", "seen: read", "ind-us-decolletage: has changed ("),
        ("indications.yml", "", "short: EU", "short: Union", "eu: has changed (short)"),
        ("indications.yml", "", "name: preserved", "name: kept", "test-saline-preserved: has changed (name)"),
        ("claims.yml", "", "source_article: ", "source_article: rct01 # ", "claims.source_article: has changed ("),
        ("outcomes.yml", "id: outc-1\n", "diluted: true", "diluted: false", "outc-1: has changed (diluted)"),
        ("outcomes.yml", "id: outc-2\n", "unverified_parts: [funding]", "unverified_parts: []", "outc-2: has changed (unverified_parts, funding)"),
        ("claims.yml", "", "off_label: true", "off_label: false", "has changed (off_label)"),
        ("approvals.yml", "", "date: '2028-05-06'", "date: '2028-05-07'", "has changed (date)"),
        ("product.yml", "", "Something was seen.", "Something was seen again.", "tim-1: has changed (what)"),
        ("indications.yml", "ind-us-decolletage", "seen: reported, reported_by: an invented register", "seen: read", "ind-us-decolletage: has changed (reported_by, seen)"),
        ("indications.yml", "ind-us-folds", "syringe-small, ", "", "ind-us-folds: has changed (presentations)"),
        ("aging.yml", "id: lay-40", "mean_mm: 0.07", "mean_mm: 0.08", "lay-40: has changed (mean_mm)"),
        ("regions.yml", "id: neck\n", "note: ", "note: Not ", "neck: has changed (note)"),
    ],
)  # fmt: skip
def test_whatever_is_printed_of_a_row_is_recorded(
    project: Path, file: str, row: str, old: str, new: str, said: str
) -> None:
    edit(project / "docs/data" / file, old, new, row)
    assert said in unrecorded(project)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("product.yml", "refs: [label01]", "refs: [label01, review01]"),
        ("preparations.yml", "reviewed: '2030-03-01'", "reviewed: '2030-03-02'"),
        ("preparations.yml", "review_by: '2031-03-01'", "review_by: '2031-03-02'"),
        ("preparations.yml", "diluent_parts: 9", "diluent_parts: 9.0"),
        ("glossary.yml", "searched_as: [tesstgel]", "searched_as: [testgell]"),
        ("aging.yml", "layer: fat, mean_mm: 2.4, method: for the drawing", "layer: fat, mean_mm: 2.4, method: drawn"),
        ("questions.yml", "reason: ", "reason: Again, "),
    ],
)  # fmt: skip
def test_what_readers_do_not_act_on_needs_no_entry(project: Path, file: str, old: str, new: str) -> None:
    edit(project / "docs/data" / file, old, new)
    assert unrecorded(project) == ""


def test_a_field_that_the_models_get_or_lose_without_a_value_changes_nothing(invented: Project) -> None:
    row = invented.published.region("neck")
    as_left = {name for name, field in type(row).model_fields.items() if getattr(row, name) == field.default}
    assert as_left and not as_left & changes.told(row).keys()
    assert not {"id", "refs", "reviewed", "review_by", "page"} & changes.told(row).keys()


def test_the_record_holds_a_line_for_each_row(project: Path) -> None:
    changes.record(load(project), project)
    lines = (project / "docs/data/recorded.json").read_text(encoding="utf-8").splitlines()
    assert len([line for line in lines if line.startswith("  ")]) == len(changes.recorded(load(project)))


def test_the_version_of_the_site_is_that_of_the_newest_change(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(project / "mkdocs.yml", "version: 3.2.1", "version: 3.3.0")
    line = line_of(project / "docs/data/changes.yml", "version: 3.2.1")
    problem = "chg-5: version: is 3.2.1, but mkdocs.yml says 3.3.0; make them equal"
    assert f"docs/data/changes.yml:{line}: {problem}" in check(project, capsys)


@pytest.mark.parametrize(
    ("old", "new"), [("version: 3.1.0", "version: 3.4.0"), ("3.2.1, date: '2030-04-05'", "3.2.1, date: '2030-04-04'")]
)
def test_an_entry_that_is_newer_than_the_one_above_is_named(project: Path, old: str, new: str) -> None:
    """Whatever is built bears the day of the first entry."""
    path = project / "docs/data/changes.yml"
    edit(path, old, new)
    line = line_of(path, "id: chg-3" if "3.4.0" in new else "id: chg-4")
    with pytest.raises(ContentError, match=rf"^docs/data/changes.yml:{line}: chg-.: version: .* stands below 3.2.1 of"):
        load(project)


def test_entries_of_one_version_and_day_are_legal(invented: Project) -> None:
    first, second, *_ = invented.data.changes.changes
    assert (first.version, first.date) == (second.version, second.date)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[]", "1: expected named fields, got []"),
        ('{\n "version": "3.2.1",\n "rows": {\n  "A01": 7\n }\n}', "4: rows.A01: "),
        ('{\n "version": "3.2",\n "rows": {}\n}', "2: version: expected a version such as '1.0.0'"),
        ('{\n "rows": {}}\n}', "3: not readable as JSON: "),
        ("", "1: the file is empty"),
        (None, "1: cannot be read: "),
    ],
)
def test_a_record_that_cannot_be_read_is_named(
    project: Path, capsys: pytest.CaptureFixture[str], text: str | None, said: str
) -> None:
    path = project / "docs/data/recorded.json"
    if text is None:
        path.unlink()
    else:
        path.write_text(text, encoding="utf-8")
    found = check(project, capsys) if text is None else unrecorded(project)
    assert f"docs/data/recorded.json:{said}" in found
    assert "restore the file (python -m macros record writes it anew)" in found


def test_entries_are_proposed(project: Path, invented: Project) -> None:
    edit(project / "docs/data/preparations.yml", "diluent_parts: 9", "diluent_parts: 8")
    edit(project / "docs/data/regions.yml", "caution: routine", "caution: extra-care")
    proposed = changes.propose(invented.data, load(project))
    assert "type: ratio changed" in proposed
    assert "ratio-1-9: diluent_parts was 9, is 8." in proposed
    assert "type: status changed" in proposed
    edit(project / "docs/data/preparations.yml", "syringes: [1, 2, 3]", "syringes: [1, 2]")
    edit(project / "docs/data/safety.yml", "statement: ", "statement: Not ", "stop_signs:")
    proposed = changes.propose(invented.data, load(project))
    assert "preparations.syringes: syringes was 1; 2; 3, is 1; 2." in proposed
    assert "rows: [preparations.syringes]" in proposed and "id: chg-preparations.syringes\n" in proposed
    said = invented.data.safety.stop_signs[0].statement
    assert f"statement was {said}, is Not {said}" in proposed
    assert changes.propose(invented.data, invented.data) == "Nothing that is recorded differs.\n"


def git(root: Path, *arguments: str) -> None:
    who = ["-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "core.autocrlf=false"]
    subprocess.run(["git", *who, *arguments], cwd=root, check=True)


@pytest.fixture
def checkout(project: Path) -> Path:
    """The fixture as a git checkout with one commit and a tag."""
    for arguments in (["init", "-q"], ["add", "."], ["commit", "-qm", "x"], ["tag", "v3.2.1"]):
        git(project, *arguments)
    return project


def test_entries_are_proposed_since_a_revision_of_git(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(checkout / "docs/data/preparations.yml", "diluent_parts: 9", "diluent_parts: 8")
    for revision in ("HEAD", "v3.2.1"):
        assert main(["--root", str(checkout), "changes", "--since", revision]) == 0
        assert "ratio-1-9: diluent_parts was 9, is 8." in capsys.readouterr().out


def since(root: Path, revision: str, capsys: pytest.CaptureFixture[str]) -> str:
    assert main(["--root", str(root), "changes", "--since", revision]) == 1
    said = capsys.readouterr()
    assert said.out == "" and "Traceback" not in said.err
    return said.err


def test_a_revision_that_git_does_not_know_is_answered(checkout: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "no revision 'v3.2.2' in git (did you mean 'v3.2.1'?)" in since(checkout, "v3.2.2", capsys)
    said = since(checkout, "nowhere", capsys)
    assert "no revision 'nowhere' in git (git tag and git log --oneline list them)" in said


def test_a_revision_without_data_or_with_other_data_is_answered(
    checkout: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(checkout / "docs/data/product.yml", "volume_ml: ", "volume: ")
    git(checkout, "commit", "-qam", "other fields")
    edit(checkout / "docs/data/product.yml", "volume: ", "volume_ml: ")
    said = since(checkout, "HEAD", capsys)
    assert "HEAD: its data are not as today's models want them:\ndocs/data/product.yml:" in said
    git(checkout, "rm", "-rq", "--cached", "docs/data")
    git(checkout, "commit", "-qm", "no data")
    assert "revision 'HEAD' has no docs/data/" in since(checkout, "HEAD", capsys)


def test_a_folder_that_is_no_checkout_is_answered(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert f"{project}: not a git checkout" in since(project, "HEAD", capsys)


def test_a_machine_without_git_is_answered(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    assert "git is not installed" in since(project, "HEAD", capsys)


@pytest.mark.parametrize("address", ["", "https://example.org/"])
def test_the_feed_is_atom(invented: Project, address: str) -> None:
    feed = ElementTree.fromstring(atom_feed(invented.published, Site("Name & Co", address, "3.2.1")))
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
    root = address or "../"
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{atom}link")}
    assert links == {"self": f"{root}downloads/changes.atom", "alternate": f"{root}reference/changes/"}


ATOM = "{http://www.w3.org/2005/Atom}"


def feed_faults(feed: ElementTree.Element) -> Iterator[str]:
    """What a feed breaks of RFC 4287, by the rules that the validator of W3C reports."""
    authors = feed.findall(f"{ATOM}author")
    for part in (feed, *feed.findall(f"{ATOM}entry")):
        kind = part.tag.removeprefix(ATOM)
        for name in ("id", "title", "updated"):
            if len(part.findall(f"{ATOM}{name}")) != 1 or not part.findtext(f"{ATOM}{name}", "").strip():
                yield f"{kind}: expected one {name} with words in it"
        if not urlsplit(part.findtext(f"{ATOM}id", "")).scheme:
            yield f"{kind}: its id is no whole address"
        if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", part.findtext(f"{ATOM}updated", "")):
            yield f"{kind}: its day has no form of RFC 3339"
        if not authors and not part.findall(f"{ATOM}author"):
            yield f"{kind}: no author"
        links = part.findall(f"{ATOM}link")
        if not all(link.get("href") for link in links):
            yield f"{kind}: a link without an address"
        same = [
            (link.get("type"), link.get("hreflang")) for link in links if link.get("rel", "alternate") == "alternate"
        ]
        if len(same) != len(set(same)):
            yield f"{kind}: two alternates of one type"
        if not same and (part is feed or part.find(f"{ATOM}content") is None):
            yield f"{kind}: neither content nor an alternate link"
    if not any(link.get("rel") == "self" for link in feed.findall(f"{ATOM}link")):
        yield "feed: no link to itself"
    ids = [found.text for found in feed.iter(f"{ATOM}id")]
    if len(ids) != len(set(ids)):
        yield "feed: an id that stands twice"
    days = [found.text or "" for found in feed.iter(f"{ATOM}updated")]
    if days[0] < max(days):
        yield "feed: older than its newest entry"


@pytest.mark.parametrize("address", ["", "https://example.org/", "https://example.org/a/b&c/"])
def test_feed_readers_take_the_feed(either: Project, address: str) -> None:
    feed = ElementTree.fromstring(atom_feed(either.published, replace(either.site, address=address)))
    assert list(feed_faults(feed)) == []
    for link in feed.iter(f"{ATOM}link"):
        # Where it leads from the place of the feed.
        here = f"{address or 'https://example.org/'}downloads/changes.atom"
        path = urljoin(here, str(link.get("href"))).removeprefix(here.removesuffix("downloads/changes.atom"))
        assert path in ("downloads/changes.atom", "reference/changes/")


def test_a_feed_that_readers_refuse_is_seen(invented: Project) -> None:
    feed = ElementTree.fromstring(atom_feed(invented.published, invented.site))
    for entry in feed.findall(f"{ATOM}entry"):
        entry.remove(entry.findall(f"{ATOM}link")[0])
    assert set(feed_faults(feed)) == {"entry: neither content nor an alternate link"}
