"""Both groups of a trial as a hundred figures each: what is drawn, what is said of it, and what is refused."""

import re
from decimal import Decimal
from pathlib import Path

import pytest
from lxml.html import HtmlElement, fromstring

from macros.content.faults import ContentError
from macros.content.named_values import number
from macros.content.project import Project, load_project
from macros.content.published import publish
from macros.content.rows.studies import Outcome, in_100
from macros.downloads.columns import columns
from macros.downloads.records import records
from macros.printing.figures_on_paper import figures_as_images
from macros.rendering import trial_pictures as made
from macros.rendering.dry_run import call_faults
from macros.rendering.figures.icon_array import icon_array
from macros.rendering.page_context import Contexts, PageContext
from macros.rendering.trial_pictures import has_picture, trial_picture, trial_pictures
from tests.conftest import ROOT
from tests.figures.geometry import changed, marks_outside
from tests.projects import edit

STYLES = (ROOT / "docs/assets/figures.css").read_text(encoding="utf-8")


def page(project: Project) -> PageContext:
    return Contexts(project).of("index.md", "")


def picture(project: Project, row_id: str, audience: str = "practitioner") -> HtmlElement:
    return fromstring(trial_picture(page(project), row_id, audience))


def words(element: HtmlElement) -> str:
    """What is seen: the titles of drawings are only heard."""
    seen = " ".join(element.xpath(".//text()[not(ancestor::svg)]"))
    return re.sub(r" (?=[.,)])", "", " ".join(seen.split()))


def figures(drawing: HtmlElement) -> tuple[int, int]:
    """How many figures of a drawing are filled, and how many hollow."""
    filled, hollow = ("".join(drawing.xpath(f".//*[@class='{name}']/@d")).count("M") for name in ("f-had", "f-had-not"))
    return filled, hollow


@pytest.mark.parametrize(
    ("percent", "count", "said"),
    [("0", 0, "0 in 100"), ("0.2", 0, "fewer than 1 in 100"), ("0.5", 1, "about 1 in 100"), ("6.25", 6, "about 6 in 100"),
     ("71", 71, "71 in 100"), ("71.5", 72, "about 72 in 100"), ("99.4", 99, "about 99 in 100"),
     ("99.7", 99, "more than 99 in 100"), ("100", 100, "100 in 100")],
)  # fmt: skip
def test_a_share_is_rounded_honestly(percent: str, count: int, said: str) -> None:
    assert in_100(Decimal(percent)) == count
    assert made._about(Decimal(percent)) == said


@pytest.mark.parametrize("people", [True, False])
@pytest.mark.parametrize("filled", [0, 1, 71, 100])
def test_of_a_hundred_figures_so_many_are_filled(filled: int, people: bool) -> None:
    drawing = icon_array(filled, people)
    assert figures(fromstring(f"<svg>{drawing.inner()}</svg>")) == (filled, 100 - filled)
    assert marks_outside(drawing) == []
    # No words that a phone could make small.
    assert "<text" not in drawing.inner()


def test_filled_and_hollow_differ_without_color() -> None:
    rules = dict(re.findall(r"^\.(f-had|f-had-not) \{([^}]*)\}", STYLES, re.M))
    assert "fill: var(" in rules["f-had"] and "fill: none; stroke: var(" in rules["f-had-not"]


def test_a_picture_says_what_was_counted_in_whom_and_what_it_means(invented: Project) -> None:
    shown = picture(invented, "outc-11")
    said = words(shown).replace("\u00a0", " ")
    for wanted in (
        "A made-up score rose", "At 9 weeks, 80 people, randomized trial, diluted, 1:3",
        "Testgel about 71 in 100 57 of 80, 95 % interval 60–80.5 %", "Nothing at all about 6 in 100 Difference",
        "Difference: 65 in 100 (95 % interval 50.5–79 %). Of 100 elbows about 65 more rose.",
        "Nobody has 41 % of an elbow. Funding: an invented company. Abstract, seen as quoted.",
    ):  # fmt: skip
        assert wanted in said, wanted
    assert len(shown.xpath(".//sup")) >= 1 and shown.xpath(".//span[contains(@class, 'mark-')]")
    assert [figures(drawing) for drawing in shown.xpath(".//svg")] == [(71, 29), (6, 94)]


def test_patients_get_their_words_and_no_others(invented: Project) -> None:
    said = words(picture(invented, "outc-11", "patient"))
    assert "Whose elbow rose?" in said and "About 65 more of 100 rose. One study of 80 people, all invented." in said
    assert "With the gel about 71 in 100 Without it about 6 in 100" in said
    # The status is the same, in their words.
    assert "Off-label, not an approved use (US, EU" in said
    assert not re.search(r"interval|randomized|1:3|Difference|score", said)


def test_what_is_no_person_is_no_person_and_a_loss_is_said(invented: Project) -> None:
    shown = picture(invented, "outc-12")
    said = words(shown)
    assert "Othergel fewer than 1 in 100 sides" in said and "Testgel more than 99 in 100 sides" in said
    assert "Difference: more than 99 in 100 fewer." in said and "Another product: Othergel" in said
    assert shown.xpath(".//path/@d")[0] != picture(invented, "outc-11").xpath(".//path/@d")[1]


def test_every_picture_of_a_row_has_its_count_in_the_drawing_and_in_its_alternative(either: Project) -> None:
    rows = [row for row in either.published.outcomes.outcomes if has_picture(row)]
    assert rows
    for row in rows:
        assert row.comparison
        arms = picture(either, row.id).xpath(".//svg")
        for arm, drawing in zip((row.comparison.treated, row.comparison.control), arms, strict=True):
            count = in_100(row.values[arm.percent])
            assert figures(drawing) == (count, 100 - count), row.id
            share = made._about(row.values[arm.percent])
            assert drawing.get("role") == "img" and f": {arm.name}: {share} " in drawing.get("aria-label")


def test_on_paper_each_group_is_an_image_with_its_words(invented: Project) -> None:
    shown = picture(invented, "outc-11")
    figures_as_images(shown, STYLES)
    assert [image.get("alt") for image in shown.xpath(".//img")] == [
        "Testgel: about 71 in 100 are filled.",
        "Nothing at all: about 6 in 100 are filled.",
    ]


def test_a_region_has_the_pictures_of_its_rows_or_nothing(invented: Project) -> None:
    context = page(invented)
    shown = trial_pictures(context, region="elbows")
    assert re.findall(r'id="trial-([\w-]+)"', shown) == ["outc-11", "outc-12"]
    assert {"outc-11", "outc-12"} <= context.used.rows
    assert re.findall(r'id="trial-([\w-]+)"', trial_pictures(context, "elbows", "patient")) == ["outc-11"]
    assert trial_pictures(context, region="neck") == ""
    with pytest.raises(ValueError, match=r"no region 'elbow' .*did you mean 'elbows'"):
        trial_pictures(context, region="elbow")


def test_a_row_without_two_groups_is_refused_with_its_address(project: Path) -> None:
    rows = (project / "docs/data/outcomes.yml").read_text(encoding="utf-8").splitlines()
    line = rows.index("  - id: outc-1") + 1
    with pytest.raises(ContentError) as stopped:
        trial_picture(page(load_project(project)), "outc-1")
    assert str(stopped.value).startswith(f"docs/data/outcomes.yml:{line}: outc-1: comparison: ")
    assert "name them under `comparison`" in str(stopped.value)
    line = next(n for n, row in enumerate(rows, 1) if row.startswith("    comparison: {counted: Sides"))
    with pytest.raises(
        ContentError, match=rf"outcomes.yml:{line}: outc-12: comparison: has no `plain`; give the words"
    ):
        trial_picture(page(load_project(project)), "outc-12", audience="patient")
    with pytest.raises(ValueError, match=r"got 'patients' \(did you mean 'patient'"):
        trial_picture(page(load_project(project)), "outc-11", audience="patients")


def test_a_call_for_such_a_row_stops_the_check(project: Path) -> None:
    edit(
        project / "docs/technique/preparation-tables.md",
        '{{ trial_pictures(region="elbows") }}',
        '{{ trial_picture("outc-3") }}',
    )
    (fault,) = call_faults(load_project(project))
    assert (fault.file, fault.row, fault.field) == ("docs/data/outcomes.yml", "outc-3", "comparison")


@pytest.mark.parametrize("part", ["values", "comparison"])
def test_shares_that_are_not_confirmed_are_not_drawn(invented: Project, part: str) -> None:
    row = publish(changed(invented.data, "outc-11", unverified_parts=[part])).rows["outc-11"]
    assert not has_picture(row)  # type: ignore[arg-type]


def test_words_that_are_not_printed_may_quote_what_is_not(project: Path) -> None:
    outcomes = project / "docs/data/outcomes.yml"
    edit(outcomes, "    n: 80\n", "    n: 80\n    unverified_parts: [n]\n", "id: outc-11\n")
    with pytest.raises(ContentError, match=r"outc-11: comparison: 'outc-11.n' is not confirmed; do not print it"):
        load_project(project)
    edit(outcomes, "unverified_parts: [n]", "unverified_parts: [n, comparison]", "id: outc-11\n")
    assert load_project(project).published.one("outc-11", Outcome).comparison is None


def test_words_may_quote_the_shares(invented: Project) -> None:
    shown = invented.published
    assert [number(shown, f"outc-11.{name}_in_100")[0] for name in ("treated", "control", "difference")] == [71, 6, 65]
    with pytest.raises(ValueError, match="no number 'treated_in_100' in row 'outc-1'"):
        number(shown, "outc-1.treated_in_100")


def test_a_download_holds_both_groups(invented: Project) -> None:
    rows = records(invented.published)["outcomes"]
    names = (
        "counted", "counted_after_value", "counted_after_unit", "treated", "treated_percent", "control",
        "control_percent", "difference_percent",
    )  # fmt: skip
    found = {row["id"]: [row[name] for name in names] for row in rows}
    assert found["outc-11"] == [
        "A made-up score rose", 9, "weeks", "Testgel", Decimal("71.25"), "Nothing at all", Decimal("6.25"), 65,
    ]  # fmt: skip
    assert found["outc-12"][-1] == Decimal("-99.5")
    assert found["outc-1"] == [None] * 8
    told = {column.name: column for column in columns("outcomes", rows)}
    assert all(told[name].what for name in names) and told["control_percent"].unit == "%"
