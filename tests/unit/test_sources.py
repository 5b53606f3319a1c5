"""Sources: what is complete is worked out for each kind, what was not seen says so, and safety stands on the ladder."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from macros.content.completeness import missing
from macros.content.csl import Reference
from macros.content.faults import ContentError
from macros.content.ladder import carries, fewest, is_guarded, rung
from macros.content.load import Data, load
from macros.content.project import Project, load_project
from macros.content.rows.base import Fact
from macros.downloads.ris import to_ris
from macros.rendering.bibliography import Bibliography
from macros.rendering.page_context import Contexts, PageContext
from macros.rendering.reference_lists import incomplete_sources, sources_list
from macros.rendering.warnings_and_steps import no_reversal_row, safety_strip

from ..projects import edit

ARTICLE = {
    "id": "a1", "type": "article-journal", "author": [{"family": "Example", "given": "A"}], "title": "An article",
    "issued": {"date-parts": [[2029]]}, "container-title": "A journal", "volume": "7", "DOI": "10.99999/a.1",
}  # fmt: skip
PAGE = {
    "id": "p1", "type": "webpage", "title": "A page", "publisher": "A body", "issued": {"date-parts": [[2029]]},
    "URL": "https://example.org/page",
}  # fmt: skip


def source(fields: dict[str, Any], *, without: Sequence[str] = (), kind: str = "rct", **custom: Any) -> Reference:
    fields = {name: value for name, value in fields.items() if name not in without}
    return Reference.model_validate(fields | {"custom": {"kind": kind, "read": "full", **custom}})


@pytest.mark.parametrize(
    ("fields", "without", "custom", "wanted"),
    [
        (ARTICLE, (), {}, []),
        (ARTICLE, ("author", "issued"), {}, ["authors", "year"]),
        (ARTICLE, ("title",), {"about": "something"}, ["title"]),
        (ARTICLE, ("container-title",), {}, ["where it appeared"]),
        (ARTICLE, ("volume",), {}, ["volume or pages"]),
        (ARTICLE | {"page": "1-2"}, ("volume",), {}, []),
        (ARTICLE | {"URL": "https://example.org/"}, ("DOI",), {}, ["DOI, PMID or PMCID"]),
        (ARTICLE | {"PMID": "1"}, ("DOI",), {}, []),
        (ARTICLE | {"type": "chapter"}, ("volume",), {}, []),
        (ARTICLE | {"type": "book", "publisher": "A press", "ISBN": "9780123456786"}, ("DOI", "container-title"), {}, []),
        (ARTICLE | {"type": "paper-conference", "URL": "https://example.org/"}, ("DOI", "volume"), {}, []),
        (PAGE, (), {}, []),
        (PAGE, ("issued",), {}, ["date"]),
        (PAGE, ("issued",), {"undated": True}, []),
        (PAGE, ("publisher", "URL"), {}, ["publisher", "address"]),
        (PAGE | {"author": [{"literal": "A body"}]}, ("publisher",), {}, []),
    ],
)  # fmt: skip
def test_what_is_missing_is_worked_out_for_each_kind(
    fields: dict[str, Any], without: Sequence[str], custom: dict[str, Any], wanted: list[str]
) -> None:
    assert missing(source(fields, without=without, **custom)) == wanted


@pytest.mark.parametrize(
    ("without", "custom"),
    [(["title"], {}), ([], {"about": "something"}), ([], {"undated": True}), (["author"], {"more_authors": True})],
)
def test_a_title_or_what_it_is_about_and_a_date_or_none(without: list[str], custom: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        source(ARTICLE, without=without, **custom)


def test_a_title_that_was_not_seen_says_so_on_pages_and_in_downloads() -> None:
    unseen = source(ARTICLE, without=["title"], about="what it tells", more_authors=True)
    printed = Bibliography({"a1": unseen}).entry("a1")
    assert printed.startswith("Example A, et al. [Title not seen]: what it tells. <i>")
    assert Bibliography({"a1": unseen}).short("a1").startswith("Example et al 2029")
    assert "TI  - [Title not seen]: what it tells\r\n" in to_ris([unseen])


ABOUT = {"about": "what it tells"}


@pytest.mark.parametrize(
    ("fields", "without", "custom", "words"),
    [
        (ARTICLE, (), {"more_authors": True}, "Example et al 2029"),
        (ARTICLE, ("issued",), {}, "Example, year not seen"),
        (PAGE, ("issued",), {"undated": True}, "A body undated"),
        (PAGE | {"author": [{"literal": "Another body"}]}, (), {}, "Another body 2029"),
        # A paper is found by its title, a page by who publishes it.
        (ARTICLE, ("author",), {}, "An article 2029"),
        (ARTICLE, ("author", "title"), ABOUT, "A journal 2029"),
        (PAGE, ("title",), ABOUT, "A body 2029"),
        (PAGE, ("publisher",), {}, "A page 2029"),
        # Our own words never stand as a title.
        (ARTICLE, ("author", "title", "container-title"), ABOUT, "[Title not seen]: what it tells 2029"),
    ],
)
def test_in_short_a_source_is_named_by_who_and_when(
    fields: dict[str, Any], without: Sequence[str], custom: dict[str, Any], words: str
) -> None:
    key = fields["id"]
    assert Bibliography({key: source(fields, without=without, **custom)}).short(key) == f"{words}, randomized trial"


def test_what_a_body_publishes_in_one_year_is_told_apart_by_its_title() -> None:
    other = PAGE | {"id": "p2", "title": "Another page"}
    named = Bibliography({"p1": source(PAGE), "p2": source(other), "a1": source(ARTICLE)})
    assert [named.short(key).rpartition(",")[0] for key in ("p1", "p2", "a1")] == [
        "A body 2029, A page", "A body 2029, Another page", "Example 2029",
    ]  # fmt: skip


def test_a_copy_is_called_one_where_no_number_leads_to_the_original() -> None:
    copy = source(PAGE, kind="label", copied=True)
    registered = source(ARTICLE | {"URL": "https://example.org/copy"}, copied=True)
    shown = Bibliography({"p1": copy, "a1": registered})
    assert shown.kind("p1") == "Label, copy" and "label, copy" in shown.short("p1")
    assert shown.kind("a1") == "Randomized trial"
    assert registered.link == "https://doi.org/10.99999/a.1"
    by_pmc = source(ARTICLE | {"URL": "https://example.org/copy", "PMCID": "PMC1"}, without=["DOI"], copied=True)
    assert by_pmc.link == "https://pmc.ncbi.nlm.nih.gov/articles/PMC1/"


def test_the_page_of_sources_counts_the_complete_and_names_what_the_others_lack(invented_page: PageContext) -> None:
    made = incomplete_sources(invented_page)
    sources = invented_page.data.references
    lacking = {key: missing(row) for key, row in sources.items()}
    complete = sum(not names for names in lacking.values())
    assert f"{complete} of {len(sources)} sources are complete." in made
    for key, names in lacking.items():
        assert (f'href="#source-{key}"' in made) == bool(names)
        assert all(name in made for name in names)


def test_the_page_of_sources_tells_the_day_of_the_comparison_and_other_pages_do_not(project: Path) -> None:
    edit(project / "docs/data/references.json", '"n": 31', '"n": 31,\n   "verified": "2030-03-01"')
    page = Contexts(load_project(project)).of("reference/sources.md", "reference/sources/")
    assert sources_list(page).count(", compared 2030-03-01</span>") == 1
    assert "compared" not in page.bibliography.entry("rct01")
    assert "complete. 1 was compared with its entry at Crossref or PubMed." in incomplete_sources(page)


def test_where_nothing_was_compared_nothing_is_said_of_it(invented_page: PageContext) -> None:
    assert "compared" not in incomplete_sources(invented_page) + sources_list(invented_page)


def test_the_day_of_a_comparison_is_a_day_of_the_calendar() -> None:
    with pytest.raises(ValidationError):
        source(ARTICLE, verified="2030-02-30")


def test_what_carries_a_statement_of_safety() -> None:
    for kind in ("label", "regulator", "guideline", "consensus"):
        assert carries(source(PAGE, kind=kind)), kind
        assert not carries(source(PAGE, kind=kind, read="not-opened")), kind
    for kind in ("training", "clinic", "wiki", "monograph", "news", "expert", "terminology"):
        assert not carries(source(ARTICLE, kind=kind)), kind
    assert not carries(source(ARTICLE | {"type": "article"}, kind="rct")), "a preprint is no paper yet"
    assert carries(source(ARTICLE, kind="review")) and not carries(source(PAGE, kind="review"))


WARNING = (
    "{id: wrn-1, statement: Too much of the invented gel lies there for years., plain: Tell us what you had before.,"
)


def refused(root: Path) -> list[str]:
    with pytest.raises(ContentError) as caught:
        load(root)
    return [str(fault) for fault in caught.value.faults]


def test_a_warning_that_nothing_carries_is_named_with_its_cure(project: Path) -> None:
    line = edit(project / "docs/data/safety.yml", "refs: [label01]", "refs: [news01]", WARNING)
    (said,) = refused(project)
    assert said.startswith(
        f"docs/data/safety.yml:{line}: wrn-1: refs: a statement of safety or of a label needs a label"
    )
    assert "got news or trade text" in said and "ladder_exception" in said


def test_an_exception_says_in_its_words_what_it_rests_on(project: Path) -> None:
    path = project / "docs/data/safety.yml"
    line = edit(path, "refs: [label01]", "refs: [news01], ladder_exception: Nothing else was found.", WARNING)
    (said,) = refused(project)
    address = f"docs/data/safety.yml:{line}: wrn-1: ladder_exception: "
    assert said.startswith(address) and "trade text" in said
    edit(path, "A note on a warning.", "From a trade text.", WARNING)
    load(project)


def test_an_exception_that_is_none_is_named(project: Path) -> None:
    edit(project / "docs/data/safety.yml", "refs: [label01]", "refs: [label01], ladder_exception: No need.", WARNING)
    (said,) = refused(project)
    assert "wrn-1: ladder_exception: not needed: label01 carries the statement; take it out" in said


def test_what_a_label_directs_on_handling_is_a_statement_of_a_label(data: Data) -> None:
    facts = [row for row in data.rows.values() if isinstance(row, Fact) and row.topic == "handling"]
    assert facts and all(is_guarded(row, "docs/data/product.yml") for row in facts)
    assert not is_guarded(facts[0].model_copy(update={"topic": "rheology"}), "docs/data/product.yml")


def test_no_protocol_is_called_a_record_or_a_consensus_that_none_of_its_sources_is(either: Project) -> None:
    sources = either.data.references
    for row in either.published.protocols.protocols:
        if row.evidence in ("label", "regulator", "guideline", "consensus"):
            assert row.evidence in {sources[key].custom.kind for key in row.refs}, row.id


def test_a_step_without_a_warning_is_no_statement_of_safety(project: Path) -> None:
    rows = load(project).technique.steps
    assert {is_guarded(row, "docs/data/technique.yml") for row in rows} == {row.warning is not None for row in rows}


def test_the_fewest_sources_leave_each_statement_one_of_its_highest_rung() -> None:
    made = {
        "label": source(PAGE, kind="label"), "record": source(PAGE, kind="regulator"),
        "panel": source(PAGE, kind="consensus"), "rules": source(PAGE, kind="guideline"),
        "paper": source(ARTICLE, kind="review"), "part": source(ARTICLE, kind="cohort", read="excerpt"),
        "clinic": source(PAGE, kind="clinic"), "unread": source(PAGE, kind="label", read="not-opened"),
    }  # fmt: skip
    assert [rung(row) for row in made.values()] == [0, 0, 1, 1, 2, 2, 3, 3]
    for statements, kept in (
        ([["paper", "label", "panel"]], ["label"]),
        ([["label", "record"], ["record"]], ["record"]),
        ([["panel", "paper"], ["label"], ["rules", "panel"]], ["panel", "label"]),
        ([["part", "paper"], ["clinic"]], ["paper", "clinic"]),
        ([["unread", "clinic"], []], ["clinic"]),
    ):
        assert fewest(statements, made) == kept, statements


def test_the_strip_cites_the_best_and_no_more(either: Project) -> None:
    context = Contexts(either).of(either.pages[0].path, "")
    safety_strip(context)
    data, cited = either.published, set(context.used.sources)
    statements = [no_reversal_row(data), *data.safety.stop_signs]
    best = [{key for key in row.refs if rung(data.references[key]) == min(rung(data.references[each]) for each in row.refs)}
            for row in statements]  # fmt: skip
    assert all(keys & cited for keys in best)
    for source_id in cited:
        assert not all(keys & (cited - {source_id}) for keys in best), source_id


def test_every_statement_of_safety_is_carried_or_stands_as_an_exception_with_its_reason(data: Data) -> None:
    guarded = 0
    for entry in data.located():
        row = entry.row
        if isinstance(row, Reference) or not row.publish or not is_guarded(row, entry.file.name):
            continue
        guarded += 1
        carried = any(carries(data.references[key]) for key in row.refs)
        assert carried != bool(row.ladder_exception), f"{row.id}: {row.refs}"
    assert guarded > 50


def test_a_page_of_a_clinic_a_trainer_a_seller_or_a_wiki_bears_no_higher_kind(either: Project) -> None:
    lower = (
        "wiki",
        "medspa",
        "medicalspa",
        "dermatologist",
        "clinic.",
        "drtimpearce",
        "mm214",
        "bodypharm",
        "pharm.eu",
    )
    for source in either.data.references.values():
        if source.custom.kind in ("label", "regulator"):
            assert not any(word in (source.URL or "") for word in lower), source.id


def test_the_downloaded_sources_have_a_title_each(invented_site: Path) -> None:
    rows = json.loads((invented_site / "downloads/references.json").read_text(encoding="utf-8"))
    assert rows and all(row["title"] for row in rows)


def test_all_initials_of_an_author_are_printed() -> None:
    authors = [{"family": "Example", "given": "ABC"}, {"family": "Other", "given": "Anna B."}]
    printed = Bibliography({"a1": source(ARTICLE | {"author": authors})}).entry("a1")
    assert printed.startswith("Example ABC, Other AB. An article. <i>")
