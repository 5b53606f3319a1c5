"""What a study row prints: how the product was used as far as its source says, and times as the source gives them."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from macros.content import named_values
from macros.content.project import Project
from macros.content.published import public_fields
from macros.content.rows.base import Span
from macros.downloads.records import records
from macros.rendering import prose, typeset
from macros.rendering.page_context import Contexts, PageContext
from macros.rendering.tables.outcomes import NOT_DILUTED, outcomes_table

NBSP = "\u00a0"


def table(project: Project, **wanted: Any) -> str:
    return str(outcomes_table(Contexts(project).of("index.md", ""), **wanted))


def printed_rows(project: Project) -> dict[str, str]:
    """Each row as a table prints it, without its tags, by id."""
    everywhere = sorted({row.region for row in project.published.outcomes.outcomes})
    found = re.findall(r'<tr data-row="(outc-\d+)".*?</tr>', html := table(project, region=everywhere))
    rows = re.findall(r'<tr data-row="outc-\d+".*?</tr>', html)
    return {row_id: " ".join(re.sub("<[^>]+>", " ", row).split()) for row_id, row in zip(found, rows, strict=True)}


def test_silence_on_dilution_is_said_and_never_undiluted(either: Project) -> None:
    rows = [row for row in either.published.outcomes.outcomes if row.diluted is None]
    printed = printed_rows(either)
    assert rows
    for row in rows:
        words = printed[row.id]
        assert re.search(r"dilution not (stated|confirmed)", words), row.id
        assert "undiluted" not in words.lower(), f"{row.id}: calls undiluted what its source does not"


@pytest.mark.parametrize(
    ("row_id", "words"),
    [("outc-1", "diluted, 1:5"), ("outc-2", "diluted and undiluted"), ("outc-3", "undiluted"), ("outc-4", "dilution not stated"),
     ("outc-10", "with a small addition of lidocaine, 1:0.2")],
)  # fmt: skip
def test_each_use_has_its_words(invented: Project, row_id: str, words: str) -> None:
    assert f" {words}" in printed_rows(invented)[row_id]


def test_a_row_that_does_not_say_stays_with_the_undiluted_ones(invented: Project) -> None:
    shown = table(invented, region=["jawline", "cheeks", "neck"], diluted=False)
    assert re.findall(r'data-row="(outc-\d+)', shown) == ["outc-3", "outc-4", "outc-10"]
    assert f", {NOT_DILUTED}." in shown


def test_a_follow_up_is_printed_as_its_source_gives_it(invented: Project, some_page: PageContext) -> None:
    assert f"follow-up: 6{NBSP}months" in re.sub("<[^>]+>", "", table(invented, region="neck")).replace("&nbsp;", NBSP)
    assert named_values.number(invented.published, "outc-1.follow_up") == (6, "follow_up_months")
    assert prose.value(some_page, "outc-1.follow_up").replace("&nbsp;", NBSP) == f"6{NBSP}months"


def test_a_download_holds_the_time_as_given_and_in_weeks(invented: Project) -> None:
    made = {row["id"]: row for row in records(invented.published)["outcomes"]}
    names = ("follow_up_value", "follow_up_unit", "follow_up_weeks")
    assert [made["outc-1"][name] for name in names] == [6, "months", Decimal("26.1")]
    assert [made["outc-2"][name] for name in names] == [None, None, None]


@pytest.mark.parametrize(
    ("value", "unit", "shown", "weeks"),
    [("45", "days", "45 days", "6.4"), ("1", "months", "1 month", "4.3"), ("18", "months", "18 months", "78.3"),
     ("2.5", "years", "2.5 years", "130.4"), ("1", "weeks", "1 week", "1")],
)  # fmt: skip
def test_a_span_is_never_converted_for_print(value: str, unit: Any, shown: str, weeks: str) -> None:
    span = Span(value=Decimal(value), unit=unit)
    assert typeset.span(span) == shown.replace(" ", NBSP)
    assert span.weeks == Decimal(weeks)


TIMES = {"days": r"\bdays?\b", "weeks": r"\bweek(?:s|ly)?\b", "months": r"\bmonths?\b"}


def test_a_time_among_the_values_of_a_row_has_the_unit_of_its_words(either: Project) -> None:
    """A page prints it with its unit: six months must not become 26 weeks."""
    found = []
    for row in either.published.rows.values():
        for name in getattr(row, "values", {}):
            unit = TIMES.get(name.rpartition("_")[2])
            words = " ".join(
                text for field, value in public_fields(row).items() if field != "values" for text in texts(value)
            )
            if unit and not re.search(unit, words, re.I):
                found.append(f"{row.id}.{name}")
    assert found == []


# --- absence is a search result -----------------------------------------------------------------

_STUDY = r"(?:trials?|stud(?:y|ies)|series|comparisons?|(?:clinical )?rates?)"
ABSENCE = re.compile(
    rf"\bno (?:[\w-]+ ){{0,5}}?{_STUDY}(?: [\w-]+){{0,3}}? "
    r"(?:exists?|compares?|tests?|tested|shows?|sets|is controlled|are controlled)\b"
    r"|\b(?:nobody|no one) has (?:ever )?(?:studied|measured|tested|compared)\b"
    rf"|\bthere (?:is|are) no (?:[\w-]+ ){{0,3}}?{_STUDY}\b|\bno {_STUDY} exists?\b",
    re.I,
)
# What a source itself says, or what is no statement on the literature: a piece of the sentence, and the reason.
EXCEPTIONS: dict[str, str] = {}


def sentences(project: Project) -> Iterator[tuple[str, str]]:
    """What readers get, by place: the text of the pages and all words of the published rows."""
    for page in project.pages:
        for line in page.text.splitlines():
            yield page.path, line
    for row in project.published.rows.values():
        for name, value in public_fields(row).items():
            for words in texts(value):
                yield f"{row.id}.{name}", words


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield " ".join(value.split())
    elif isinstance(value, dict):
        for item in value.values():
            yield from texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from texts(item)


def unfounded(words: str) -> list[str]:
    """What words state to be absent from the literature without saying that it was looked for."""
    told = [clause for clause in re.split(r"(?<=[.;])\s", words) if ABSENCE.search(clause)]
    return [clause for clause in told if "found" not in clause and not any(known in clause for known in EXCEPTIONS)]


def test_absence_is_told_as_what_was_found(real: Project) -> None:
    told = [f"{place}: {said}" for place, words in sentences(real) for said in unfounded(words)]
    assert told == [], (
        "write “was found”: a search can only say that; or list the sentence in EXCEPTIONS with its reason"
    )


@pytest.mark.parametrize(
    "words",
    ["Satisfaction was the headline, and no diluted trial exists.", "No randomized trial compares it with no treatment.",
     "No study has tested massage.", "The needling may explain it; no series is controlled.", "There is no clinical rate.",
     "Nobody has studied it."],
)  # fmt: skip
def test_absence_told_as_fact_is_seen(words: str) -> None:
    assert unfounded(words)


@pytest.mark.parametrize(
    "words",
    ["No diluted trial was found.", "No study was found that tested massage.", "No trial that compares ratios was found.",
     "Reviews found no randomized trial of it.", "It has no label."],
)  # fmt: skip
def test_a_search_result_passes(words: str) -> None:
    assert not unfounded(words)


def test_every_exception_still_stands_somewhere(real: Project) -> None:
    all_words = [words for _, words in sentences(real)]
    assert not [known for known in EXCEPTIONS if not any(known in words for words in all_words)]
