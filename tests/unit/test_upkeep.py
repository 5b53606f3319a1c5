"""python -m macros sources: what the registers say is compared, told and, where that is wanted, written; against a server here."""

import json
import re
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest

from macros.__main__ import main
from macros.content.csl import Reference
from macros.content.load import load
from macros.content.settings import read_site
from macros.upkeep import ask, sources
from macros.upkeep.compare import compare, same
from macros.upkeep.entry import Entry, said, title_and_state, words

from ..projects import FIXTURE, edit
from .registers import Registers, Said, article, dates, efetch, esearch, openfda, served, trial, update, work

TODAY = "2030-03-05"
SOURCES = "docs/data/references.json"
# Beside those of the fixture: one whose authors the register names in another script, one of which only a part was seen.
MORE = """ {
  "id": "script01",
  "type": "article-journal",
  "author": [
   {
    "family": "Yutskovskaya",
    "given": "Y"
   }
  ],
  "title": "A study from far away",
  "DOI": "10.99999/Script.1",
  "custom": {
   "kind": "cohort",
   "read": "abstract",
   "note": ""
  }
 },
 {
  "id": "unseen01",
  "type": "article-journal",
  "author": [
   {
    "family": "Müller",
    "given": "KH"
   }
  ],
  "container-title": "Journal of Made-up Results",
  "PMID": "77",
  "custom": {
   "kind": "case-series",
   "read": "excerpt",
   "about": "NCT99000001 told by others",
   "more_authors": true,
   "note": ""
  }
 }
]
"""


@pytest.fixture(scope="module")
def server() -> Iterator[Registers]:
    with served() as registers:
        yield registers


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds that were waited; nobody waits, and no time passes but that."""
    waited: list[float] = []
    monkeypatch.setattr(ask, "sleep", waited.append)
    monkeypatch.setattr(ask, "monotonic", lambda: sum(waited))
    return waited


@pytest.fixture
def registers(server: Registers, waits: list[float]) -> Registers:
    """The registers with what they hold of the sources: all agree but for what a test is about."""
    server.asked.clear()
    server.answers = {
        "crossref/works/10.99999/example.1": work(
            "10.99999/example.1", "An invented RCT source", author=[{"family": "Example", "given": "Ann", "sequence": "first"}],
            container_title=["Journal of Made-up Results"], volume="7", issue="2", page="11-19", issued=dates(2029, 4),
        ),
        "crossref/works/10.99999/cohort.1": work(
            "10.99999/cohort.1", "An invented cohort source", author=[{"family": "Example", "given": "A"}],
            container_title=["Journal of Made-up Results"], short_container_title=["J Made-up Res"], volume="3", issue="1",
            page="101-109", published_print=dates(2029), published_online=dates(2028, 12, 30), issued=dates(2028, 12, 30),
        ),
        "crossref/works/10.99999/script.1": work(
            "10.99999/script.1", "A study from far away", author=[{"family": "Юцковская", "given": "Яна"}],
            original_title=["Исследование издалека"], container_title=["Журнал"], volume="1", issued=dates(2027),
        ),
        "pubmed/efetch.fcgi?1,77": efetch(
            article("1", "An invented cohort source.", year=2029, volume="3", issue="1", pages="101-9", doi="10.99999/cohort.1"),
            article("77", "Effects of TGF-&#946; on <i>in vitro</i> skin, p&lt;0.05.", year="2026", volume="9", pages="e77",
                    authors=[("Müller", "Karl Heinz"), ("Example", "Bo")]),
        ),
        "pubmed/efetch.fcgi?1": efetch(article("1", "An invented cohort source", year=2029, doi="10.99999/cohort.1")),
        "pubmed/esearch.fcgi": esearch(),
        "pubmed/efetch.fcgi": efetch(),
    }  # fmt: skip
    return server


@pytest.fixture
def project(fixture_root: Path, tmp_path: Path) -> Path:
    """A copy of what the command reads of the fixture, with more sources."""
    project = tmp_path / "project"
    shutil.copytree(fixture_root, project, ignore=shutil.ignore_patterns("assets", "schema"))
    text = (project / SOURCES).read_text(encoding="utf-8")
    (project / SOURCES).write_text(text.rstrip().removesuffix("]").rstrip() + ",\n" + MORE, encoding="utf-8")
    edit(
        project / SOURCES,
        '"container-title": "Journal of Made-up Results",\n  "PMID": "1"',
        '"container-title": "J. made-up res.",\n  "PMID": "1"',
    )
    return project


class Run:
    """Runs the command, and keeps what it said."""

    def __init__(self, root: Path, registers: Registers, capsys: pytest.CaptureFixture[str]):
        self.root, self.registers, self.capsys = root, registers, capsys
        self.status = 0
        self.more: list[str] = []

    def __call__(self, *options: str, today: str = TODAY) -> str:
        given = ["--root", str(self.root), "sources", *options, "--today", today, *self.registers.options(), *self.more]
        self.status = main(given)
        told = self.capsys.readouterr()
        return told.out + told.err

    def sources(self) -> dict[str, Any]:
        return {source["id"]: source for source in json.loads((self.root / SOURCES).read_text(encoding="utf-8"))}


@pytest.fixture(autouse=True)
def read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is the same in the next test is not read again."""
    monkeypatch.setattr(sources, "load", lambda root: _read(load, root, root / "docs/data"))
    monkeypatch.setattr(sources, "read_site", lambda root: _read(read_site, root, root / "mkdocs.yml"))


_KNOWN: dict[Any, Any] = {}


def _read(read: Callable[[Path], Any], root: Path, what: Path) -> Any:
    files = sorted(what.glob("*.*")) if what.is_dir() else [what]
    key = (read, *(file.read_bytes() for file in files))
    if key not in _KNOWN:
        _KNOWN[key] = read(root)
    return _KNOWN[key]


@pytest.fixture
def run(project: Path, registers: Registers, capsys: pytest.CaptureFixture[str]) -> Run:
    return Run(project, registers, capsys)


def section(report: str, title: str) -> list[str]:
    """The lines of a section of a report; how many there are is told in its title."""
    found = re.search(rf"^## {re.escape(title)}: (\S+)\n((?:\n?- .*\n)*)", report, re.MULTILINE)
    assert found, f"no section {title} in:\n{report}"
    lines = [line.removeprefix("- ") for line in found[2].split("\n") if line]
    assert found[1] == (str(len(lines)) if lines else "none")
    return lines


def kept_lines(text: str) -> list[str]:
    """The lines of a file without their commas, but for what a title that was found makes superfluous."""
    return [line.rstrip(",") for line in text.splitlines() if '"about"' not in line]


def line_of(root: Path, words: str, after: str) -> int:
    text = (root / SOURCES).read_text(encoding="utf-8")
    return text.count("\n", 0, text.index(words, text.index(after))) + 1


# --- comparing -----------------------------------------------------------------------------------


def test_what_agrees_is_no_difference_and_nothing_is_written(run: Run) -> None:
    before = (run.root / SOURCES).read_bytes()
    report = run("--verify")
    assert "4 of 4 were found at Crossref or PubMed." in report
    assert section(report, "Retracted, corrected or doubted") == []
    # Of unseen01 it is known that there are more authors: the register names them.
    assert [line.split(": ")[1:3] for line in section(report, "Differences")] == [["unseen01", "author"]]
    assert (run.root / SOURCES).read_bytes() == before
    assert run.status == 0


def test_a_difference_is_told_with_file_line_field_and_both_values(run: Run) -> None:
    edit(run.root / SOURCES, '"volume": "7"', '"volume": "17"')
    line = line_of(run.root, '"volume": "17"', "rct01")
    assert f"{SOURCES}:{line}: rct01: volume: here '17', Crossref '7'" in section(run("--verify"), "Differences")


def test_where_the_registers_differ_a_source_agrees_with_one_and_what_it_lacks_is_not_guessed(run: Run) -> None:
    edit(run.root / SOURCES, '"PMID": "1",', '"PMID": "1",\n  "volume": "4",')
    run.registers.answers["pubmed/efetch.fcgi?1,77"] = efetch(
        article(
            "1", "An invented cohort source", year=2029, volume="4", issue="6", pages="101-9", doi="10.99999/cohort.1"
        )
    )
    report = run("--complete")
    assert not any("cohort01: volume" in line for line in section(report, "Differences"))
    (told,) = [line for line in section(report, "Missing here") if "cohort01" in line]
    assert told.endswith("issue: missing; Crossref '1', PubMed '6'; they do not agree, so nobody wrote it")
    assert "issue" not in run.sources()["cohort01"]


PIKE = {"authors": [("Other", "Zoe")], "year": 1999, "volume": "99", "issue": "4", "doi": "10.99999/pike.1"}


def test_of_another_publication_under_a_mistyped_number_nothing_is_written(run: Run) -> None:
    edit(run.root / SOURCES, '"issue": "2",', '"PMID": "88",', after="rct01")
    edit(run.root / SOURCES, ' "10.99999/Script.1"', ' "10.99999/pike.1"')
    answers = run.registers.answers
    del answers["crossref/works/10.99999/example.1"]
    answers["pubmed/efetch.fcgi?88"] = efetch(article("88", "Teeth of the river pike", **PIKE))
    answers["crossref/works/10.99999/pike.1"] = work(
        "10.99999/pike.1", "Teeth of the river pike", author=[{"family": "Other", "given": "Z"}], issued=dates(1999),
        volume="99", updated_by=[update("10.99999/notice.9", "retraction", (2030, 1, 7))],
    )  # fmt: skip
    before = (run.root / SOURCES).read_bytes()
    report = run("rct01", "script01", "--complete", "--replace", "rct01")
    pmid, doi = (line_of(run.root, words, after="rct01") for words in ('"PMID": "88"', '"DOI": "10.99999/pike.1"'))
    assert section(report, "Differences") == [
        f"{SOURCES}:{pmid}: rct01: PMID: here '88', PubMed 'another publication: Teeth of the river pike, Other Zoe, 1999'",
        f"{SOURCES}:{doi}: script01: DOI: here '10.99999/pike.1',"
        " Crossref 'another publication: Teeth of the river pike, Other Z, 1999'",
    ]
    # Its retraction is not theirs; and neither is taken for one that was compared and agrees.
    assert section(report, "Retracted, corrected or doubted") == []
    assert (run.root / SOURCES).read_bytes() == before


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("An invented RCT source: the whole story", {}),  # a subtitle
        ("Истории", {"authors": []}),  # another script
        ("Something else entirely", {"authors": [("Example", "Ann")]}),  # a new title, the same people
        ("Invented sources: an RCT", {"authors": []}),
    ],
)
def test_a_title_in_other_words_is_told_as_a_difference_and_no_more(title: str, told: dict[str, Any], run: Run) -> None:
    edit(run.root / SOURCES, '"issue": "2",', '"PMID": "88",', after="rct01")
    run.registers.answers["pubmed/efetch.fcgi?88"] = efetch(article("88", title, year=2029, issue="2", **told))
    run("rct01", "--complete")
    assert run.sources()["rct01"]["issue"] == "2"


def test_a_doi_is_right_when_both_registers_know_it(run: Run) -> None:
    edit(run.root / SOURCES, '"PMID": "1",', '"PMID": "1",\n  "DOI": "10.99999/cohort.2",')
    run.registers.answers["crossref/works/10.99999/cohort.2"] = work("10.99999/cohort.2", "An invented cohort source")
    (told,) = section(run("cohort01", "--verify"), "Differences")
    assert told.endswith("DOI: here '10.99999/cohort.2', Crossref '10.99999/cohort.2', PubMed '10.99999/cohort.1'")


def test_only_the_sources_that_are_named_are_compared(run: Run) -> None:
    assert "1 of 1 were found" in run("rct01", "--verify")
    assert [asked.path for asked in run.registers.of("crossref")] == ["crossref/works/10.99999/example.1"]


@pytest.mark.parametrize(
    ("field", "here", "there", "alike"),
    [
        ("title", "TGF-β and skin: a trial", "TGF-beta and Skin — A Trial", True),
        ("title", "10<sup>6</sup> cells", "10⁶ cells", True),
        ("title", "Skin of the neck", "Skin of the hands", False),
        ("container-title", "Dermatologic Surgery", "Dermatologic surgery : official publication for a society [et al.]", True),
        ("container-title", "Journal of Skin & Aging", "The journal of skin and aging", True),
        ("container-title", "Dermatologic Surgery", "Dermatologic Therapy", False),
        ("issue", "Suppl 1", "1S", True),
        ("issue", "suppl 3", "Supplement 3", True),
        ("issue", "3-4", "3/4", True),
        ("issue", "3", "4", False),
        ("volume", "07", "7", True),
        ("page", "1063-1090", "1063–90", True),
        ("page", "S389-S396", "S389-96", True),
        ("page", "e70564", "E70564", True),
        ("page", "12", "12-19", True),
        ("page", "12-19", "12-18", False),
        ("DOI", "10.1016/S0378-5122(99)00077-8", "10.1016/s0378-5122(99)00077-8", True),
        ("author", [{"family": "Fisher", "given": "GJ"}], [{"family": "Fisher", "given": "Gary J."}], True),
        ("author", [{"family": "Fisher", "given": "GJ"}], [{"family": "Fisher", "given": "Paul"}], False),
        ("author", [{"family": "Loghem", "given": "J", "non-dropping-particle": "van"}], [{"family": "van Loghem", "given": "Jani"}], True),
        ("author", [{"family": "Hernández", "given": "Luis Parra"}], [{"family": "Parra Hernandez", "given": "Luis"}], True),
        ("author", [{"family": "Yutskovskaya", "given": "Y"}], [{"family": "Юцковская", "given": "Яна"}], True),
        ("author", [{"family": "Юцковская", "given": "Я"}], [{"family": "Иванова", "given": "А"}], False),
        ("author", [{"family": "王", "given": "伟"}], [{"family": "李", "given": "伟"}], False),
        ("author", [{"family": "Ng", "given": "A"}], [{"family": "Ng", "given": "A"}, {"literal": "A Study Group"}], True),
        ("author", [{"family": "Ng", "given": "A"}], [{"family": "Ng", "given": "A"}, {"family": "Li", "given": "B"}], False),
        ("author", [{"literal": "A Body"}], [{"literal": "a body."}], True),
    ],
)  # fmt: skip
def test_other_letters_and_short_forms_are_no_difference(field: str, here: Any, there: Any, alike: bool) -> None:
    assert same(field, here, there) is alike
    assert same(field, there, here) is alike


def test_a_title_in_capitals_gives_way_to_one_in_small_letters() -> None:
    source = Reference.model_validate(
        {
            "id": "a1",
            "type": "article-journal",
            "DOI": "10.99999/a",
            "custom": {"kind": "rct", "read": "full", "about": "it"},
        }
    )
    entries = [Entry("Crossref", said(title=["SKIN OF THE NECK"])), Entry("PubMed", said(title=["Skin of the neck"]))]
    (found,) = compare(source, entries)
    assert found.value == "Skin of the neck"


@pytest.mark.parametrize(
    ("given", "made"),
    [
        ("A <jats:italic>in vitro</jats:italic> <scp>l</scp>-test &amp;amp; more", "A <i>in vitro</i> l-test & more"),
        ("p &lt; 0.05 and <0.1 and >3", "p < 0.05 and <0.1 and >3"),
        ("10&lt;sup&gt;6&lt;/sup&gt; cells", "10<sup>6</sup> cells"),
        ("an <i>open mark", "an open mark"),
        ("soft\N{SOFT HYPHEN}hyphen\n and\u200b  space", "softhyphen and space"),
    ],
)
def test_titles_of_registers_are_brought_into_the_form_of_this_project(given: str, made: str) -> None:
    assert words(given) == made


@pytest.mark.parametrize(
    ("given", "title", "kind"),
    [
        ("RETRACTED: Skin of the neck", "Skin of the neck", "retraction"),
        ("[Retracted] Skin of the neck", "Skin of the neck", "retraction"),
        ("RETRACTED ARTICLE: Skin", "Skin", "retraction"),
        ("WITHDRAWN: Skin", "Skin", "withdrawal"),
        ("Expression of Concern: Skin", "Skin", "expression of concern"),
        ("Removed sutures and skin", "Removed sutures and skin", ""),
    ],
)
def test_the_state_before_a_title_is_a_notice(given: str, title: str, kind: str) -> None:
    assert title_and_state(given) == (title, kind)


# --- retractions, corrections, concerns ----------------------------------------------------------


def retracted(registers: Registers) -> None:
    registers.answers["crossref/works/10.99999/example.1"] = work(
        "10.99999/example.1", "RETRACTED: An invented rct source", author=[{"family": "Example", "given": "A"}],
        container_title=["Journal of Made-up Results"], volume="7", issue="2", page="11-19", issued=dates(2029),
        updated_by=[update("10.99999/notice.1", "retraction", (2030, 1, 7)),
                    update("10.99999/notice.1", "retraction", (2030, 1, 7), "retraction-watch")],
    )  # fmt: skip


def test_a_retraction_is_told_with_who_says_so_when_where_and_which_rows_cite_it(run: Run) -> None:
    retracted(run.registers)
    (told,) = section(run("--complete"), "Retracted, corrected or doubted")
    assert re.match(rf"{SOURCES}:\d+: rct01: \*\*retraction\*\* of 2030-01-07", told)
    assert (
        "says Crossref (in the title), Crossref, Retraction Watch by Crossref (https://doi.org/10.99999/notice.1)"
        in told
    )
    cited = [row.id for row in load(run.root).rows.values() if "rct01" in row.refs]
    assert f"cited by {', '.join(cited)}" in told and cited
    # It says nothing against the fields, but nobody may take it for one that was found in order.
    assert "verified" not in run.sources()["rct01"]["custom"]


def test_notices_of_pubmed_are_told_by_kind_and_those_of_others_are_not(run: Run) -> None:
    links = [
        ("ErratumIn", "J Made-up Res. 2030 Jan;4(1):9. doi: 10.99999/erratum.1", "901"),
        ("ExpressionOfConcernIn", "J Made-up Res. 2030 Feb;4(2):1", "902"),
        ("RetractionOf", "J Made-up Res. 2020;1:1", "903"),
        ("CommentIn", "J Made-up Res. 2020;1:2", "904"),
    ]
    run.registers.answers["pubmed/efetch.fcgi?1,77"] = efetch(
        article("1", "An invented cohort source", year=2029, doi="10.99999/cohort.1", links=links),
        article("77", "A paper", year=2026, types=["Retracted Publication"]),
    )
    concerns, retraction = section(run("--verify"), "Retracted, corrected or doubted")
    assert (
        "cohort01: **expression of concern** of 2030, says PubMed (https://pubmed.ncbi.nlm.nih.gov/902/); **correction**"
        in concerns
    )
    assert "903" not in concerns and "904" not in concerns
    assert "unseen01: **retraction**, says PubMed; cited by no row" in retraction


def test_a_source_that_is_itself_a_notice_is_told(run: Run) -> None:
    run.registers.answers["crossref/works/10.99999/script.1"] = work(
        "10.99999/script.1", "A study from far away", update_to=[update("10.99999/other.1", "erratum", (2028,))]
    )
    (told,) = section(run("--verify"), "Retracted, corrected or doubted")
    assert (
        "script01: **is itself the correction of another work** of 2028, says Crossref (https://doi.org/10.99999/other.1)"
        in told
    )


def test_a_source_with_a_doi_alone_is_looked_for_in_pubmed(run: Run) -> None:
    run.registers.answers['pubmed/esearch.fcgi?"10.99999/example.1"[aid] OR "10.99999/script.1"[aid]'] = esearch("55")
    run.registers.answers["pubmed/efetch.fcgi?55"] = efetch(
        article("55", "A study from far away", year=2027, doi="10.99999/SCRIPT.1", types=["Retracted Publication"])
    )
    report = run("--verify")
    assert ["script01" in told for told in section(report, "Retracted, corrected or doubted")] == [True]
    assert any(line.endswith("script01: PMID: missing; PubMed '55'") for line in section(report, "Missing here"))


def test_what_was_decided_is_told_beside_a_difference_and_a_notice(run: Run) -> None:
    retracted(run.registers)
    edit(run.root / SOURCES, '"volume": "7"', '"volume": "17"')
    decision = "  - {id: dec-rct01-2, source: rct01, rows: [rct01], decision: kept, why: The printed volume says 17.}\n"
    with (run.root / "docs/data/decisions.yml").open("a", encoding="utf-8") as file:
        file.write(decision)
    report = run("--complete")
    assert all(
        line.endswith("; decided before: dec-rct01-2") for line in section(report, "Retracted, corrected or doubted")
    )
    assert section(report, "Differences")[0].endswith("Crossref '7'; decided before: dec-rct01-2")
    assert run.sources()["rct01"]["custom"]["verified"] == TODAY


# --- writing -------------------------------------------------------------------------------------


def test_completing_fills_what_is_missing_and_leaves_every_other_byte(run: Run) -> None:
    before = (run.root / SOURCES).read_text(encoding="utf-8")
    report = run("--complete")
    after = (run.root / SOURCES).read_text(encoding="utf-8")
    assert [line.split(": ", 1)[1] for line in section(report, "Written")] == [
        "cohort01: volume, issue, page, DOI",
        "script01: issued, container-title, volume",
        "unseen01: title, issued, volume, page",
    ]
    made = run.sources()
    assert made["cohort01"]["page"] == "101-109"
    assert made["unseen01"]["title"] == "Effects of TGF-β on <i>in vitro</i> skin, p<0.05"
    assert "about" not in made["unseen01"]["custom"]
    assert made["script01"]["author"] == [{"family": "Yutskovskaya", "given": "Y"}]
    # Lines that were there are there still, in their order.
    lines = iter(line.rstrip(",") for line in after.splitlines())
    assert [line for line in kept_lines(before) if line not in lines] == []
    # The whole is written as the project writes sources: what json would write of it is the same.
    assert after == json.dumps(json.loads(after), ensure_ascii=False, indent=1) + "\n"
    load(run.root)


def test_a_filled_field_is_replaced_only_where_that_is_wanted(run: Run) -> None:
    edit(run.root / SOURCES, '"volume": "7"', '"volume": "17"')
    run("--complete")
    assert run.sources()["rct01"]["volume"] == "17"
    assert "verified" not in run.sources()["rct01"]["custom"]
    before = (run.root / SOURCES).read_text(encoding="utf-8")
    run("--complete", "--replace", "rct01")
    after = (run.root / SOURCES).read_text(encoding="utf-8")
    assert after == before.replace('"volume": "17"', '"volume": "7"').replace(
        '"n": 31\n', f'"n": 31,\n   "verified": "{TODAY}"\n'
    )


def test_authors_that_were_seen_in_part_are_replaced_by_all_of_them(run: Run) -> None:
    run("--complete", "--replace", "unseen01")
    made = run.sources()["unseen01"]
    assert made["author"] == [{"family": "Müller", "given": "Karl Heinz"}, {"family": "Example", "given": "Bo"}]
    assert "more_authors" not in made["custom"]


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("form", ["one line each", "wide", "with a mark of byte order"])
def test_a_file_in_another_form_keeps_it(run: Run, form: str, ends: str) -> None:
    rows = json.loads((run.root / SOURCES).read_text(encoding="utf-8"))
    text = json.dumps(rows, ensure_ascii=False, indent=4 if form == "wide" else None)
    text = text.replace('}, {"id"', '},\n{"id"') if form == "one line each" else text
    text = ("\ufeff" if form.startswith("with") else "") + text.replace("\n", ends)
    (run.root / SOURCES).write_bytes(text.encode())
    run("script01", "--complete")
    after = (run.root / SOURCES).read_bytes().decode()
    start, end = after.index('"id": "script01"'), after.index('"id": "unseen01"')
    assert after[:start] == text[:start] and text.endswith(after[end:])
    assert after.count("\r\n") == (after.count("\n") if ends == "\r\n" else 0)
    row, made = (
        {row["id"]: row for row in json.loads(told.removeprefix("\ufeff"))}["script01"] for told in (text, after)
    )
    new = {"issued": {"date-parts": [[2027]]}, "container-title": "Журнал", "volume": "1"}
    assert made == {**row, **new, "custom": {**row["custom"], "verified": TODAY}}
    assert list(made) == ["id", "type", "author", "title", "issued", "container-title", "volume", "DOI", "custom"]


def test_the_day_is_renewed_and_stands_on_what_was_compared_and_agrees(run: Run) -> None:
    run("--complete")
    assert {key for key, source in run.sources().items() if "verified" in source["custom"]} == {
        "rct01",
        "cohort01",
        "script01",
    }
    run("--complete", today="2030-04-01")
    assert run.sources()["rct01"]["custom"]["verified"] == "2030-04-01"


def test_what_the_models_refuse_is_not_written(run: Run) -> None:
    run.registers.answers["crossref/works/10.99999/script.1"] = work(
        "10.99999/script.1", "A study from far away", volume="x" * 3001
    )
    report = run("--complete")
    assert any("script01: volume could not be written" in line for line in section(report, "Not compared"))
    assert "volume" not in run.sources()["script01"]


# --- faults --------------------------------------------------------------------------------------


def test_without_an_address_nobody_is_asked(run: Run) -> None:
    edit(run.root / "mkdocs.yml", "contact_address: keeper@example.org", 'contact_address: ""')
    told = run("--verify")
    assert (
        "mkdocs.yml:" in told
        and "extra: contact_address: expected an e-mail address: the registers ask for one" in told
    )
    assert run.status == 1 and run.registers.asked == []


def test_the_registers_are_told_who_asks(run: Run) -> None:
    run("--verify")
    assert all("mailto:keeper@example.org" in asked.agent for asked in run.registers.asked)
    assert {asked.parameters["mailto"] for asked in run.registers.of("crossref")} == {"keeper@example.org"}
    assert {(asked.parameters["tool"], asked.parameters["email"]) for asked in run.registers.of("pubmed")} == {
        (ask.TOOL, "keeper@example.org")
    }


def test_a_passing_fault_is_asked_again_after_the_wait_that_the_service_wants(run: Run, waits: list[float]) -> None:
    key = "crossref/works/10.99999/example.1"
    good = run.registers.answers[key]
    assert isinstance(good, Said)
    run.registers.answers[key] = [Said("Too many", 429, {"Retry-After": "7"}), Said("Away", 503), good]
    report = run("rct01", "--verify")
    assert section(report, "Not compared") == [] and run.status == 0
    assert len(run.registers.of(key)) == 3
    assert 7.0 in waits and ask.WAITS[1] in waits


def test_a_wait_told_as_a_time_is_kept_and_a_long_one_ends_the_asking(run: Run, waits: list[float]) -> None:
    key = "crossref/works/10.99999/example.1"
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=60), usegmt=True)
    run.registers.answers[key] = [Said("", 429, {"Retry-After": soon}), Said("", 429, {"Retry-After": "3600"})]
    (told,) = section(run("rct01", "--verify"), "Not compared")
    assert any(50 < wait <= 60 for wait in waits)
    assert told.endswith(
        "Crossref answered 429 Too Many Requests and wants to be left alone for 3600 seconds; ask again later"
    )
    assert run.status == 1


def test_a_service_that_is_away_is_asked_no_more_and_the_others_are_compared(run: Run) -> None:
    for key in list(run.registers.answers):
        if key.startswith("crossref"):
            run.registers.answers[key] = Said("<html>Away</html>", 500)
    report = run("--complete")
    assert len(run.registers.of("crossref")) == len(ask.WAITS) + 1
    assert len(section(report, "Not compared")) == 3
    assert "unseen01: title, issued, volume, page" in report
    assert "verified" not in run.sources()["cohort01"]["custom"]


def test_a_fault_that_does_not_pass_is_told_once_and_not_asked_again(run: Run) -> None:
    key = "crossref/works/10.99999/example.1"
    run.registers.answers[key] = Said("<html><b>Bad</b> question</html>", 400)
    (told,) = section(run("rct01", "--verify"), "Not compared")
    assert told.endswith("rct01: Crossref answered 400 Bad Request: Bad question")
    assert len(run.registers.of(key)) == 1


def test_nobody_answers_at_an_address(run: Run) -> None:
    run.more = ["--at=crossref=http://127.0.0.1:9"]  # the last that is given holds; nobody listens there
    (told,) = section(run("rct01", "--verify"), "Not compared")
    assert told.endswith(
        "rct01: Crossref could not be reached (no connection: is there a network?), 4 times; ask again later"
    )


def test_what_a_register_does_not_have_is_told(run: Run) -> None:
    del run.registers.answers["crossref/works/10.99999/example.1"]
    run.registers.answers["pubmed/efetch.fcgi?1,77"] = efetch(article("1", "An invented cohort source", year=2029))
    told = section(run("--verify"), "Not compared")
    assert [line.split(": ", 1)[1] for line in told] == [
        "rct01: Crossref has no entry of DOI 10.99999/example.1",
        "unseen01: PubMed has no entry of PMID 77",
    ]


SHAPES = [
    ("crossref/works/10.99999/example.1", Said("<html>hello</html>"), "expected JSON, got '<html>hello</html>'"),
    ("crossref/works/10.99999/example.1", Said(""), "expected JSON, got nothing"),
    ("crossref/works/10.99999/example.1", Said('{"status": "ok", "message": {"title": ["T"]}}'), "message.DOI is missing"),
    ("crossref/works/10.99999/example.1", Said('{"status": "failed"}'), "status: Input should be 'ok', got 'failed'"),
    ("crossref/works/10.99999/example.1", Said('{"status": "ok", "message": {"DOI": "10.9/a", "title": "T"}}'), "message.title: Input should be a valid list, got 'T'"),
    ("pubmed/efetch.fcgi?1,77", Said("<eFetchResult><ERROR>Empty result</ERROR></eFetchResult>"), "expected PubmedArticleSet, got eFetchResult: 'Empty result'"),
    ("pubmed/efetch.fcgi?1,77", Said('{"error": "API rate limit exceeded"}'), "expected XML, got '{\"error\": \"API rate limit exceeded\"}'"),
    ("pubmed/efetch.fcgi?1,77", Said("<PubmedArticleSet><PubmedArticle/></PubmedArticleSet>"), "a PubmedArticle without MedlineCitation, PMID, Article or ArticleTitle"),
    ("pubmed/esearch.fcgi", Said('{"esearchresult": {"ERROR": "Database is not supported"}}'), "Database is not supported"),
    ("pubmed/esearch.fcgi", Said('{"esearchresult": {"count": "1"}}'), "count or idlist is missing"),
    ("pubmed/esearch.fcgi", Said('{"header": {}}'), "esearchresult is missing"),
]  # fmt: skip


@pytest.mark.parametrize(("key", "answer", "problem"), SHAPES, ids=range(len(SHAPES)))
def test_an_answer_of_another_shape_is_refused_in_a_sentence(run: Run, key: str, answer: Said, problem: str) -> None:
    run.registers.answers[key] = answer
    report = run("--complete")
    told = section(report, "Not compared")
    name = "Crossref" if key.startswith("crossref") else "PubMed"
    assert any(f"{name} answered on " in line for line in told)
    assert all("in another shape than it documents: " in line for line in told)
    assert all(line.endswith(f"{problem}; nothing was taken of it") for line in told)
    assert run.status == 1 and "Traceback" not in report


def test_an_answer_that_is_no_text_is_refused(run: Run) -> None:
    run.registers.answers["crossref/works/10.99999/example.1"] = Said(b"\xff\xfe{}")
    (told,) = section(run("rct01", "--verify"), "Not compared")
    assert told.endswith("Crossref gave an answer that is no text in UTF-8")


def test_an_entity_of_an_answer_is_not_followed(run: Run, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    entity = f'<!DOCTYPE PubmedArticleSet [<!ENTITY x SYSTEM "{(tmp_path / "secret.txt").as_uri()}">]>'
    body = article("77", "A &x; paper", year=2026)
    run.registers.answers["pubmed/efetch.fcgi?77"] = Said(f"{entity}<PubmedArticleSet>{body}</PubmedArticleSet>")
    assert "secret" not in run("unseen01", "--verify")


# --- pace and cache ------------------------------------------------------------------------------


def test_what_was_answered_today_is_not_asked_again_and_tomorrow_it_is(run: Run) -> None:
    first = run("--verify")
    count = len(run.registers.asked)
    assert run("--verify") == first
    assert len(run.registers.asked) == count
    run("--verify", today="2030-03-06")
    assert len(run.registers.asked) == 2 * count
    assert [path.name for path in (run.root / ".cache/sources").iterdir()] == ["2030-03-06"]


def test_an_answer_that_was_not_kept_whole_is_asked_again(run: Run) -> None:
    first = run("--verify")
    for path in (run.root / ".cache/sources" / TODAY).iterdir():
        path.write_text('{"text": "<Pub', encoding="utf-8")
    assert run("--verify") == first


def test_questions_keep_the_pace_of_each_service(registers: Registers, waits: list[float], tmp_path: Path) -> None:
    slow = Said("{}", headers={"x-rate-limit-limit": "1", "x-rate-limit-interval": "2s"})
    registers.answers = {
        "crossref/works/a": slow,
        "crossref/works/b": slow,
        "pubmed/x": Said("{}"),
        "pubmed/y": Said("{}"),
    }
    asker = ask.Asker(
        "a@example.org", tmp_path, TODAY, ask.other_addresses([o.removeprefix("--at=") for o in registers.options()])
    )
    for key, path in (
        ("crossref", "works/a"),
        ("crossref", "works/b"),
        ("crossref", "works/c"),
        ("pubmed", "x"),
        ("pubmed", "y"),
    ):
        asker.get(key, path)
    # Crossref told its pace only with its first answer.
    assert waits == pytest.approx([0.2, 2.0, 0.34])


def test_many_numbers_are_asked_at_once(run: Run) -> None:
    run("--verify")
    assert [asked.parameters["id"] for asked in run.registers.of("pubmed/efetch.fcgi")] == ["1,77"]


# --- news ----------------------------------------------------------------------------------------


SUPPLEMENT = {
    "pma_number": "P990001", "supplement_number": "S012", "decision_date": "2030-02-20", "decision_code": "APPR",
    "trade_name": "EXAMPLEGEL", "supplement_type": "Panel Track", "supplement_reason": "Labeling Change - Indications",
    "ao_statement": "Approval for the neck of people who are 22 years and older.", "applicant": "EXAMPLE CO", "openfda": {},
}  # fmt: skip
RECALL = {
    "product_description": "Examplegel 1.5 mL", "reason_for_recall": "Wrong needle.", "product_res_number": "Z-0001-2030",
    "cfres_id": "1234", "event_date_posted": "2030-02-11", "recall_status": "Open, Classified", "pma_numbers": ["P990001"],
}  # fmt: skip
REPORT = {
    "product_description": "Examplegel 0.5 mL", "reason_for_recall": "Torn pouch.", "recall_number": "Z-0002-2030",
    "report_date": "20300212", "classification": "Class II", "event_id": "99",
}  # fmt: skip


def news(registers: Registers) -> None:
    registers.answers |= {
        "pubmed/esearch.fcgi?Examplegel[tiab]": esearch("1", "501", "502"),
        "pubmed/esearch.fcgi?(Examplegel[tiab]) AND (neck[tiab])": esearch("501"),
        "pubmed/efetch.fcgi?1,501,502": efetch(
            article("1", "An invented cohort source", year=2029, entrez="2030-02-03"),
            article(
                "501",
                "Examplegel in the neck: ünïcode &amp; 王伟.",
                year=2030,
                doi="10.99999/new.501",
                entrez="2030-02-28",
            ),
            article(
                "502", "Examplegel elsewhere.", year=2030, entrez="2030-02-02", types=["Retraction of Publication"]
            ),
        ),
        "openfda/device/pma.json": openfda(SUPPLEMENT),
        "openfda/device/recall.json": openfda(RECALL),
        "openfda/device/enforcement.json": openfda(REPORT, {**REPORT, "recall_number": "Z-0001-2030"}),
        "trials/studies/NCT99000001": trial("NCT99000001", "A trial of Examplegel", "2030-02-15", results="2030-02-15"),
    }


SINCE = ("--news", "--since", "2030-02-01")


def test_new_publications_come_once_without_those_that_are_sources_and_with_what_they_touch(run: Run) -> None:
    news(run.registers)
    newest, older = section(run(*SINCE), "Publications in PubMed that are no source yet")
    assert newest.startswith(
        "2030-02-28 Examplegel in the neck: ünïcode & 王伟. Journal of Made-up Results. https://pubmed.ncbi.nlm.nih.gov/501/"
    )
    assert "may touch region neck: " in newest and newest.endswith("; opq-1")
    assert "is itself the retraction of another work" in older and "may touch" not in older
    asked = run.registers.of("pubmed/esearch.fcgi")[0].parameters
    assert (asked["datetype"], asked["mindate"], asked["maxdate"]) == ("edat", "2030/02/01", "2030/03/05")


def test_decisions_of_the_fda_are_told_with_the_rows_that_name_them(run: Run) -> None:
    news(run.registers)
    edit(run.root / "docs/data/open_questions.yml", "Who invented it?", "Who invented P990001/S012?")
    (told,) = section(run(*SINCE), "Decisions of the FDA")
    assert told.startswith(
        "2030-02-20 P990001/S012 (APPR): EXAMPLEGEL: Approval for the neck of people who are 22 years"
    )
    assert "pma.cfm?ID=P990001S012, named by opq-1, may touch opq-2" in told
    (asked,) = run.registers.of("openfda/device/pma.json")
    assert asked.parameters["search"] == 'pma_number:"P990001" AND decision_date:[2030-02-01 TO 2030-03-05]'


def test_recalls_of_both_records_are_told_once_each(run: Run) -> None:
    news(run.registers)
    told = section(run(*SINCE), "Recalls")
    assert [line[:23] for line in told] == ["2030-02-12 Z-0002-2030:", "2030-02-11 Z-0001-2030:"]
    assert "res.cfm?id=1234" in told[1]


def test_trials_that_the_data_name_are_told_when_their_entry_changed(run: Run) -> None:
    news(run.registers)
    (told,) = section(run(*SINCE), "Trials whose entry changed")
    assert told == (
        "2030-02-15 NCT99000001: A trial of Examplegel (completed, results since 2030-02-15)."
        " https://clinicaltrials.gov/study/NCT99000001, named by unseen01"
    )
    assert section(run("--news", "--since", "2030-02-16"), "Trials whose entry changed") == []


def test_no_news_is_told_as_none(run: Run) -> None:
    run.registers.answers["trials/studies/NCT99000001"] = trial("NCT99000001", "A trial", "2020-01-01", "RECRUITING")
    report = run(*SINCE)
    for title in (
        "Publications in PubMed that are no source yet",
        "Decisions of the FDA",
        "Recalls",
        "Trials whose entry changed",
    ):
        assert section(report, title) == []
    assert run.status == 0


def test_a_search_that_pubmed_does_not_understand_is_told(run: Run) -> None:
    run.registers.answers["pubmed/esearch.fcgi"] = esearch(
        errorlist={"phrasesnotfound": ["Examplgel"], "fieldsnotfound": []},
        warninglist={"phrasesignored": [], "quotedphrasesnotfound": [], "outputmessages": ["No items found."]},
    )
    told = section(run(*SINCE), "Not asked, or asked in vain")
    assert "docs/data/watch.yml: wat-all: PubMed does not know Examplgel" in told


def test_more_than_are_told_is_told(run: Run) -> None:
    run.registers.answers["pubmed/esearch.fcgi"] = esearch(count="1200")
    assert "finds 1200; only 500 are told: ask for a shorter time" in run(*SINCE)


@pytest.mark.parametrize(
    ("key", "answer", "problem"),
    [
        ("openfda/device/pma.json", Said("gone", 404), "expected JSON, got 'gone'"),
        ("openfda/device/pma.json", Said('{"error": {"code": "MOVED"}}', 404), "expected the error NOT_FOUND, got MOVED"),
        ("openfda/device/recall.json", Said('{"meta": {"results": {"total": 1}}, "results": [{}]}'), "results.0.product_description is missing"),
        ("openfda/device/pma.json", Said('{"meta": {"results": {"total": 1001}}, "results": []}'), "and sent 0: ask from a later day"),
        ("trials/studies/NCT99000001", Said('{"protocolSection": {}}'), "protocolSection.identificationModule is missing"),
    ],
)  # fmt: skip
def test_news_of_another_shape_are_refused_and_never_taken_for_none(
    run: Run, key: str, answer: Said, problem: str
) -> None:
    news(run.registers)
    run.registers.answers[key] = answer
    (told,) = section(run(*SINCE), "Not asked, or asked in vain")
    assert told.endswith(f"{problem}; nothing was taken of it")
    assert run.status == 1


# --- the report, and the command -----------------------------------------------------------------


def test_the_report_reads_as_the_golden_file(run: Run, request: pytest.FixtureRequest) -> None:
    retracted(run.registers)
    news(run.registers)
    edit(run.root / SOURCES, '"title": "An invented cohort source"', '"title": "An invented cohort"')
    report = run("--verify", *SINCE)
    path = FIXTURE / "golden" / "sources-report.md"
    if request.config.getoption("--golden"):
        path.write_text(report, encoding="utf-8")
    assert report == path.read_text(encoding="utf-8"), f"{path.name} differs; look, and renew with: pytest --golden"


@pytest.mark.parametrize(
    ("options", "answer"),
    [
        ([], "what to ask? give --verify, --complete or --news"),
        (["--news"], "--news and --since DAY belong together"),
        (["--verify", "--since", "2030-01-01"], "--news and --since DAY belong together"),
        (["--verify", "--replace", "rct01"], "--replace writes; it belongs to --complete"),
        (["rct1", "--verify"], "no source 'rct1' (did you mean 'rct01'?)"),
        (["--complete", "--replace", "rct02x"], "no source 'rct02x' (did you mean 'rct02'?)"),
        (["--verify", "--at=crosref=http://x"], "got 'crosref=http://x' (did you mean 'crossref'?)"),
    ],
)
def test_a_wrong_word_is_answered_before_anybody_is_asked(run: Run, options: list[str], answer: str) -> None:
    assert answer in run(*options)
    assert run.status == 2 and run.registers.asked == []
