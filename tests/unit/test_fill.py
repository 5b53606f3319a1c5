"""Placeholders in the words of figures and questions: filled from the data, as plain words."""

import re

import pytest

from macros.content.project import Project
from macros.rendering import prose
from macros.rendering.page_context import PageContext

from ..projects import ROOT

NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("words", "filled"),
    [
        ("No placeholder.", "No placeholder."),
        ("{caha-microspheres.share_percent} by volume", f"24{NBSP}% by volume"),
        ("a syringe of {syringe-small.volume_ml}", f"a syringe of 0.5{NBSP}mL"),
        ("{aev-1.numerator} of {aev-1.denominator}", "12 of 48"),
        ("at {ratio:neck-faria2022thyroid}", "at 1:5"),
        ("{ratio:band-thick}", "1:1 to 1:3"),
        (
            "{ratio:ratio-1-3@syringe-large}",
            f"1:3 (2{NBSP}mL product + 6{NBSP}mL diluent = 8{NBSP}mL)",
        ),
        ("p < 0.05 & {ratio:ratio-1-9}", "p < 0.05 & 1:9"),
        ("a neck ({off-label})", "a neck (off-label (US, EU))"),
        ("a neck ({status:neck})", "a neck (off-label (US, EU))"),
        (
            "{status:decolletage}",
            f"reported on label (US) at 1:3: Testgel 2{NBSP}mL only, record not seen; on label (EU) at 1:3:"
            f" Testgel 2{NBSP}mL only",
        ),
        ("cheeks: {status:cheeks@undiluted}", "cheeks: off-label (US); on label (EU)"),
    ],
)
def test_fill(invented: Project, words: str, filled: str) -> None:
    assert prose.fill(invented.published, words) == filled


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        ("{age-16.percent}", "no row 'age-16' in docs/data/ (did you mean 'age-016'?)"),
        ("{age-016.percents}", "no number 'percents' in row 'age-016'"),
        ("{fct-2.sold_percent}", "'fct-2' is not to be published"),
        ("{ratio:ratio-1-4}", "no row 'ratio-1-4'"),
        ("{ratio:neck-unstated}", "states no ratio"),
        ("{ratio:ratio-1-3@syringe-larg}", "no presentation 'syringe-larg'"),
        ("{volume:ratio-1-3}", "no placeholder '{volume:ratio-1-3}'"),
        ("{status:nek}", "no region 'nek'"),
        ("{status:neck@thick}", "no placeholder '{status:neck@thick}'"),
    ],
)
def test_a_wrong_placeholder_is_an_error(invented: Project, words: str, fault: str) -> None:
    with pytest.raises(ValueError) as error:
        prose.fill(invented.published, words)
    assert fault in str(error.value)


def test_a_status_in_words_notes_all_that_it_may_hang_on(invented_page: PageContext) -> None:
    prose.fill_in(invented_page, "{off-label}")
    assert {row.id for row in invented_page.data.indications.indications} <= invented_page.used.rows
    assert "neck" not in invented_page.used.rows
    prose.fill_in(invented_page, "{status:neck}")
    assert "neck" in invented_page.used.rows


# "(off-label, US and EU)" and the like: a third jurisdiction, or a new label, would make each of them wrong.
TYPED = re.compile(r"\b(?:off|on)[- ]label(?: there)?,?\s\(?(?:US|EU)\b", re.IGNORECASE)


def test_no_label_status_with_its_jurisdictions_is_typed() -> None:
    """In words of data and of pages it comes by {status:region}, {off-label} or a macro."""
    for path in sorted((ROOT / "docs").rglob("*")):
        if path.suffix in (".yml", ".md") and path.name != "changes.yml":
            words = path.read_text(encoding="utf-8")
            assert [found[0] for found in TYPED.finditer(words)] == [], path.relative_to(ROOT)


def test_every_question_can_be_filled(either: Project) -> None:
    for row in either.data.questions.questions:
        for words in (row.question, *row.choices, row.answer, row.reason):
            assert "{" not in prose.fill(either.published, words), row.id
        choices = [prose.fill(either.published, words) for words in row.choices]
        assert len(set(choices)) == len(choices), f"{row.id}: two choices read the same"


def test_a_volume_typed_as_an_answer_is_the_one_of_the_tables(either: Project) -> None:
    typed = [row for row in either.data.questions.questions if re.fullmatch(r"[\d.]+ mL", row.answer)]
    for row in typed:
        reason = prose.fill(either.published, row.reason).replace(NBSP, " ")
        assert f" + {row.answer} diluent = " in reason, row.id
