"""Which warning stands on which page: all stop signs where hands are at work, elsewhere one line that leads to them."""

from dataclasses import replace
from pathlib import Path

import pytest
from jinja2 import Environment, StrictUndefined
from lxml import html

from macros.build import build_pages
from macros.content.addresses import SAFETY_PAGE
from macros.content.project import Project
from macros.printing.sheets import page_sheet
from macros.publishing.publish import finish
from macros.rendering import dry_run
from macros.rendering.page_context import Contexts, PageContext
from macros.rendering.warning_rules import warning_faults
from macros.rendering.warnings_and_steps import no_reversal

PAGE = "technique/preparation-tables.md"


def faults(project: Project, text: str, **front_matter: bool) -> list[str]:
    """What is wrong with the warnings of a page with this text."""
    page = project.page(PAGE)
    meta = page.meta.model_copy(update={"procedure": False, "injecting": False, **front_matter})
    other = replace(page, text=text, meta=meta)
    contexts = Contexts(project, dry_run._Unformatted(project.published.references))
    assert list(dry_run._page_faults(other, contexts, Environment(undefined=StrictUndefined))) == []
    told = list(warning_faults(replace(project, pages=(other,)), contexts.used()))
    assert all((fault.file, fault.line) == (f"docs/{PAGE}", page.first_line) for fault in told)
    return [fault.problem for fault in told]


def test_the_check_asks_for_the_warnings(invented: Project) -> None:
    page = invented.page(PAGE)
    meta = page.meta.model_copy(update={"procedure": True, "injecting": False})
    other = replace(page, text="Nothing.", meta=meta)
    whole = replace(invented, pages=tuple(other if row.path == PAGE else row for row in invented.pages))
    (told,) = [fault for fault in dry_run.dry_run_faults(whole) if fault.file == f"docs/{PAGE}"]
    assert told.problem.startswith("procedure: true, but the stop signs are missing") and told.line == page.first_line


@pytest.mark.parametrize(
    ("text", "front_matter", "problem"),
    [
        ("Nothing.", {"procedure": True}, "procedure: true, but the stop signs are missing"),
        ("{{ no_reversal() }}", {"procedure": True}, "procedure: true, but the stop signs are missing"),
        # A strip is for sheets, and that of the finder is hidden until a row is chosen.
        ("{{ safety_strip() }}", {"procedure": True}, "procedure: true, but the stop signs are missing"),
        ("{{ preparation_finder() }}", {"injecting": True}, "injecting: true, but the line that leads to the stop signs"),
        ('{{ stop_signs("patient") }}', {"procedure": True}, "procedure: true, but the stop signs are missing"),
        ("Nothing.", {"injecting": True}, "injecting: true, but the line that leads to the stop signs is missing"),
        ("{{ stop_signs() }}", {"injecting": True}, "the full box of stop signs stands only where hands are at work"),
        ("{{ stop_signs() }}", {}, "the full box of stop signs stands only where hands are at work"),
        ('{{ steps_list("mixing") }}\n\n{{ stop_signs() }}', {"procedure": True}, "steps without a warning before them"),
        (
            '{{ no_reversal() }}\n\n{{ steps_list("mixing") }}\n\n{{ stop_signs() }}',
            {"procedure": True},
            "steps before the stop signs that guard them",
        ),
    ],
)  # fmt: skip
def test_a_page_with_another_warning_than_it_promises_is_named(
    invented: Project, text: str, front_matter: dict[str, bool], problem: str
) -> None:
    (told,) = faults(invented, text, **front_matter)
    assert told.startswith(problem)


@pytest.mark.parametrize(
    ("text", "front_matter"),
    [
        ('{{ stop_signs() }}\n\n{{ steps_list("injecting") }}', {"procedure": True}),
        ('{{ no_reversal() }}\n\n{{ steps_list("marking") }}', {"injecting": True}),
        ("{{ no_reversal() }}", {}),
        ("Nothing.", {}),
    ],
)
def test_a_page_with_its_warning_is_sound(invented: Project, text: str, front_matter: dict[str, bool]) -> None:
    assert faults(invented, text, **front_matter) == []


def test_the_line_says_it_and_leads_to_the_signs(invented_page: PageContext) -> None:
    line = html.fromstring(no_reversal(invented_page))
    assert line.text_content().startswith(invented_page.data.rows["vasc-02"].statement)  # type: ignore[attr-defined]
    assert invented_page.link(SAFETY_PAGE) in line.xpath(".//a/@href")


@pytest.mark.site
def test_line_and_folded_claims_are_whole_on_paper(invented: Project, tmp_path: Path) -> None:
    """The line names the page that it leads to; a claim stands open, with its verdict and what the evidence says."""
    finish(tmp_path, invented, build_pages(invented, tmp_path))
    printed = html.fromstring(page_sheet(tmp_path, invented.page("safety/regions-to-avoid.md"), invented).body)
    (line,) = printed.xpath(".//*[@data-block='no-reversal']")
    assert f"signs to stop for ({SAFETY_PAGE.removesuffix('.md')})" in line.text_content()
    (claim,) = printed.xpath(".//*[@data-block='claim']")
    assert not claim.xpath(".//details")
    for wanted in ("The article says:", "The evidence says:"):
        assert wanted in claim.text_content()
    assert claim.xpath(".//*[contains(@class,'mark')]")
