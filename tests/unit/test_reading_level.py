"""How hard the pages for patients are to read."""

from dataclasses import replace
from pathlib import Path

import pytest

from macros.__main__ import main
from macros.content.project import Project
from macros.rendering.reading_level import MOST, reading_faults, reading_levels

from ..projects import edit

PAGE = "patients/what-the-treatment-is.md"
HARD = "Extraordinarily complicated administrative considerations necessitate interdisciplinary deliberation."


def with_words(project: Project, words: str) -> Project:
    """The project with other words on its page for patients."""
    pages = tuple(replace(page, text=words) if page.path == PAGE else page for page in project.pages)
    return replace(project, pages=pages)


def grade(project: Project, words: str) -> float:
    (level,) = reading_levels(with_words(project, words))
    return level.grade


def test_every_page_for_patients_is_measured_and_easy_enough(either: Project) -> None:
    levels = reading_levels(either)
    patients = [page.path for page in either.pages if page.meta.audience == ["patient"]]
    assert [level.page.path for level in levels] == patients != []
    assert list(reading_faults(levels)) == []
    assert all(0 < level.grade <= MOST for level in levels)


def test_the_grade_is_that_of_flesch_and_kincaid(invented: Project) -> None:
    # 5 words and 6 syllables; the number is a word of one.
    assert grade(invented, "The doctor has 3 cats.") == pytest.approx(0.39 * 5 + 11.8 * 6 / 5 - 15.59)
    # HIV is spelled; a heading, an item and a line of a box are sentences of their own.
    assert grade(invented, "HIV") == pytest.approx(0.39 + 11.8 * 3 - 15.59)
    apart = '## The cat\n\n- a cat\n- a dog\n\n!!! note "The end"\n\n    One cat. Two dogs.'
    (level,) = reading_levels(with_words(invented, apart))
    assert [one.text for one in level.sentences] == ["The cat", "a cat", "a dog", "The end", "One cat.", "Two dogs."]


def test_names_that_are_explained_and_what_is_no_sentence_are_left_out(invented: Project) -> None:
    term = next(row for row in invented.published.glossary.terms if row.patient)
    assert grade(invented, f"The cat sat on the {term.term}.") == grade(invented, "The cat sat on the.")
    plain = grade(invented, "The cat sat.")
    assert grade(invented, 'The cat sat{{ cite("label01") }}.\n\n{{ references() }}') == plain
    assert grade(invented, f"The cat sat.\n\n{HARD[:-1]}\n{{: hidden }}") == plain
    assert grade(invented, f"The cat sat.\n\n| {HARD} | b |\n| --- | --- |\n| {HARD} | d |") == plain
    assert grade(invented, "") == 0


def test_a_page_that_is_too_hard_is_named_with_its_hardest_sentence(invented: Project) -> None:
    hard = with_words(invented, f"The cat sat.\n\nA dog ran.\n\n**{HARD}**\n")
    (fault,) = reading_faults(reading_levels(hard))
    assert (fault.file, fault.line) == (f"docs/{PAGE}", invented.page(PAGE).first_line + 4)
    assert f"expected grade {MOST} or below" in fault.problem
    assert fault.problem.index(HARD) < fault.problem.index("The cat sat.")


@pytest.mark.site
def test_the_check_prints_the_grades_and_refuses_a_hard_page(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--root", str(project), "check"]) == 0
    assert f"docs/{PAGE}" in capsys.readouterr().out
    edit(project / "docs" / PAGE, "## What is it?", f"## What is it?\n\n{' '.join([HARD] * 4)}")
    assert main(["--root", str(project), "check"]) == 1
    assert "reading level: expected grade" in capsys.readouterr().err
