"""The macros of every page without MkDocs: each wrong call has its page and line, and nothing goes unused unseen."""

import re
from dataclasses import replace

import pytest

from macros.content.project import Project
from macros.rendering.block_places import NESTING
from macros.rendering.dry_run import call_faults, dry_run_faults

from ..projects import ROOT


def with_words(project: Project, path: str, words: str) -> Project:
    """The project with other words on one page."""
    pages = tuple(replace(page, text=words) if page.path == path else page for page in project.pages)
    return replace(project, pages=pages)


def alone(project: Project, words: str) -> Project:
    """The project with these words on its first page, and no other page: what a call or a place does shows there."""
    return replace(project, pages=(replace(project.page("index.md"), text=words),))


@pytest.mark.site
def test_the_pages_have_no_fault(either: Project) -> None:
    assert list(dry_run_faults(either)) == []


@pytest.mark.parametrize(
    ("call", "problem"),
    [
        ('{{ value("nobody.x") }}', "no row 'nobody' in docs/data/"),
        ("{{ cite( }}", "unexpected '}', expected ')'"),
        ("{{ 1 / 0 }}", "division by zero"),
        ("{{ cyte() }}", "'cyte' is undefined"),
        ('{{ value("a", "b", "c", "d") }}', "takes from 2 to 3 positional arguments"),
        ('{{ cite("nobody2099") }}', "cite: no source 'nobody2099' in docs/data/references.json"),
        ('{{ figure("nothing") }}', "no figure 'nothing' in docs/data/"),
    ],
)
def test_a_wrong_call_has_its_line(invented: Project, call: str, problem: str) -> None:
    spoilt = alone(invented, f"First.\n\n{call}\n")
    (fault,) = dry_run_faults(spoilt)
    assert (fault.file, fault.line) == ("docs/index.md", invented.page("index.md").first_line + 2)
    assert problem in fault.problem


@pytest.mark.parametrize(
    "text",
    [
        "1. one\n\n   {}\n\n2. two",
        "- one\n  {}\n- two",
        "- one\n\n    - within\n\n      {}",
        '=== "T"\n\n  {}',
        "- one\n\n        {}",
        "Words.\n\n    {}",
        "```\n    {}\n```",
        "```\n{}\n```",
        "<!-- for later\n{}\n-->",
        "<!-- for later\n    {}\n-->",
        "<!-- {} -->",
        "Words {} more.",
        "Words and\n**{}**",
        "## {}",
        "[{}](x)",
        "- one {}",
        "??? note\n\n    Words {}",
    ],
)
@pytest.mark.parametrize("call", ["{{ stop_signs() }}", '{{ safety_list("stop_signs") }}'])
def test_a_block_that_falls_out_of_its_place_has_its_line(invented: Project, text: str, call: str) -> None:
    spoilt = alone(invented, text.format(call))
    line = text[: text.index("{")].count("\n")
    assert [(fault.file, fault.line) for fault in call_faults(spoilt)] == [
        ("docs/index.md", invented.page("index.md").first_line + line)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "1. one\n\n    {{ stop_signs() }}\n\n2. two",
        '- one\n\n    ??? note "N"\n\n        {{ stop_signs() }}',
        '=== "T"\n\t{{ stop_signs() }}',
        "- one\n  {{ value('syringe-large.volume_ml') }}",
        "> {{ stop_signs() }}",
        "- {{ stop_signs() }}",
        "| A | B |\n| --- | --- |\n| x | {{ stop_signs() }} |",
        "<div>{{ stop_signs() }}</div>",
        "<!-- a comment -->\n\n{{ stop_signs() }}\n\n```\ncode\n```",
        "{% for kind in ['stop_signs'] %}\n\n  {{ safety_list(kind) }}\n\n{% endfor %}",
    ],
)
def test_what_stands_in_its_place_is_no_fault(invented: Project, text: str) -> None:
    assert call_faults(alone(invented, text)) == []


def test_headings_are_not_made_inside_a_list(invented: Project) -> None:
    (fault,) = call_faults(with_words(invented, "index.md", "- one\n\n    {{ questions_list() }}"))
    assert "call it at the beginning of a line" in fault.problem


def test_the_check_of_places_knows_the_markdown_of_the_site() -> None:
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").partition("markdown_extensions:\n")[2]
    used = set(re.findall(r"^  - ([\w.]+)", settings.partition("\n\n")[0], re.MULTILINE))
    # These say nothing of where a line stands.
    assert used - {"abbr", "toc"} == set(NESTING)


def test_a_wrong_call_on_each_page_is_told_in_one_go(invented: Project) -> None:
    spoilt = replace(invented, pages=tuple(replace(page, text="{{ cyte() }}") for page in invented.pages))
    assert len(list(dry_run_faults(spoilt))) == len(invented.pages)


def test_a_claim_that_its_page_does_not_deal_with_is_named(invented: Project) -> None:
    claim = next(row for row in invented.data.claims.claims if row.publish and row.pages)
    faults = [
        fault for fault in dry_run_faults(with_words(invented, claim.pages[0], "Nothing.")) if fault.row == claim.id
    ]
    assert [fault.file for fault in faults] == ["docs/data/claims.yml"]
    assert f'add {{{{ claim("{claim.id}") }}}} there' in faults[0].problem


def test_a_source_that_nobody_cites_is_named(invented: Project) -> None:
    some = next(iter(invented.data.references.values()))
    unused = some.model_copy(update={"id": "nobody2099"})
    data = replace(invented.data, references={**invented.data.references, "nobody2099": unused})
    faults = list(dry_run_faults(replace(invented, data=data)))
    assert [fault.row for fault in faults] == ["nobody2099"]
    assert "cited by no row and no page" in faults[0].problem
