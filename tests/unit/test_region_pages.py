"""The page of a region: its parts in one order, rows without gaps, its sheet; and addresses that lead on."""

from pathlib import Path

import lxml.html
import pytest

from macros.content.addresses import page_url
from macros.content.faults import ContentError
from macros.content.moved_pages import moved_pages
from macros.content.project import Project, load_project
from macros.publishing.built_pages import BuiltPages, PublishError
from macros.publishing.moved_pages import SCRIPT, write_moved_pages
from macros.rendering import handouts_page, region_page
from macros.rendering.page_context import Contexts, PageContext
from macros.rendering.tables.region_studies import done_table, events_table

from ..projects import edit


@pytest.fixture
def page(invented: Project) -> PageContext:
    return Contexts(invented).of("index.md", "")


def test_a_part_without_rows_is_absent(page: PageContext) -> None:
    assert region_page.region_questions(page, "glabella") == ""
    assert region_page.region_measured(page, "glabella") == ""
    assert region_page.region_done(page, "nasolabial-folds") != "", "its page is that of regions with rows"


def test_what_a_source_does_not_state_is_in_no_cell(page: PageContext) -> None:
    done = str(region_page.region_done(page, "elbows"))
    assert "not stated" not in done
    assert "does not state" in done


def test_what_is_not_confirmed_of_a_study_is_told_behind_its_row(project: Path) -> None:
    assert "Randomized trial" in str(region_page.region_measured(_page_of(project), "elbows"))
    edit(
        project / "docs/data/outcomes.yml",
        "    n: 80\n",
        "    n: 80\n    unverified_parts: [design]\n",
        "id: outc-11\n",
    )
    told = str(region_page.region_measured(_page_of(project), "elbows"))
    assert "Randomized trial" not in told and "Not confirmed: design" in told


def _page_of(project: Path) -> PageContext:
    return Contexts(load_project(project)).of("index.md", "")


def test_the_groups_of_one_study_stand_in_one_row(page: PageContext) -> None:
    row = next(row for row in page.data.protocols.protocols if row.id == "decolletage-range")
    others = [
        row.model_copy(update={"id": f"group-{parts}", "detail": f"skin {parts}", "diluent_parts_min": parts, "diluent_parts_max": parts})
        for parts in (1, 4)
    ]  # fmt: skip
    tree = lxml.html.fromstring(done_table(page, others, "Décolleté"))
    (line,) = tree.xpath(".//tbody/tr")
    assert line.get("data-row") == "group-1 group-4"
    words = " ".join(line.text_content().split())
    for told in ("skin 1: 1:1", "skin 4: 1:4", "3 sessions"):
        assert words.count(told) == 1, told


def test_rows_of_one_source_that_name_no_group_stay_apart(page: PageContext) -> None:
    rows = [row for row in page.data.protocols.protocols if row.region == "jawline"]
    same = [row.model_copy(update={"refs": ["cohort01"], "detail": None}) for row in rows]
    assert len(lxml.html.fromstring(done_table(page, same, "Jawline")).xpath(".//tbody/tr")) == len(rows)


def test_what_was_done_folds_after_a_few_studies_and_parts_none(
    page: PageContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = next(row for row in page.data.protocols.protocols if row.id == "decolletage-range")
    names = list(page.bibliography.references)[:8]
    rows = [
        row.model_copy(update={"id": f"{key}-{skin}", "detail": f"skin {skin}", "refs": [key]})
        for key in names
        for skin in (1, 2)
    ]
    monkeypatch.setattr(region_page, "_of", lambda *_: rows)
    tree = lxml.html.fromstring(f"<div>{region_page.region_done(page, 'decolletage')}</div>")
    opened, folded = tree.xpath(".//table")
    assert [len(table.xpath(".//tbody/tr")) for table in (opened, folded)] == [5, len(names) - 5]
    assert tree.xpath("string(.//details[@class='fold']/summary)") == f"{len(names) - 5} more sources"
    assert not folded.xpath("ancestor-or-self::*[@data-sheet='off']"), "the sheet has them all"


def test_a_count_is_said_as_far_as_it_is_printed_and_its_use_once(page: PageContext) -> None:
    row = page.data.safety.adverse_events[0]
    cases = {
        (81, 117, 69): "81 of 117 (69 %)",
        (None, 117, 53): "53 % of 117",
        (None, None, 68): "68 %",
        (1, 117, None): "1 of 117",
    }
    for (numerator, denominator, percent), words in cases.items():
        values = {"numerator": numerator, "denominator": denominator, "percent": percent}
        values |= {"diluted": True, "population": "women, diluted 1:2"}
        told = str(lxml.html.fromstring(events_table(page, [row.model_copy(update=values)], "Neck")).text_content())
        assert words in " ".join(told.split()), told
        assert "Women, diluted 1:2" in told and "diluted 1:2; diluted" not in told


def test_a_danger_that_is_not_confirmed_is_called_open(page: PageContext) -> None:
    assert "Unconfirmedium" not in region_page.region_danger(page, "glabella")
    assert "not a sign that there are none" in region_page.region_danger(page, "glabella")
    assert "Made-up elbow vessel" in region_page.region_danger(page, "elbows")


def test_a_region_without_its_page_is_named(project: Path) -> None:
    (project / "docs/regions/elbows.md").rename(project / "docs/regions/elbow.md")
    for file in ("mkdocs.yml", "docs/data/handouts.yml"):
        edit(project / file, "regions/elbows.md", "regions/elbow.md")
    with pytest.raises(ContentError, match=r"elbows: page: missing; name the page .* or write docs/regions/elbows.md"):
        load_project(project)


# --- its sheet ----------------------------------------------------------------------------------


def test_the_page_of_a_region_is_printed_as_its_sheet_alone(either: Project) -> None:
    sheets = [row for row in either.published.handouts.handouts if row.region]
    assert sheets
    for row in sheets:
        page = either.page(row.page)
        assert either.printed_as(page) == row
        prints = handouts_page.page_prints(Contexts(either).of(page.path, page_url(page.path)))
        assert {name for _, file in prints for name in [file]} == {f"pdf/{row.id}-{paper}.pdf" for paper in row.papers}


def test_every_region_has_a_sheet_that_stands_under_by_region(real: Project) -> None:
    sheets = {row.region for row in real.published.handouts.handouts}
    assert {row.id for row in real.published.regions.regions if row.kind == "treatment"} <= sheets
    listed = str(handouts_page.handouts_list(Contexts(real).of("handouts/index.md", "handouts/")))
    part = listed.partition("### By region")[2].partition("\n## ")[0]
    for row in real.published.handouts.handouts:
        assert (f'data-handout="{row.id}"' in part) == bool(row.region), row.id


# --- addresses that lead on ---------------------------------------------------------------------


def test_an_old_address_leads_on_with_a_link_and_by_itself(tmp_path: Path, either: Project) -> None:
    (tmp_path / SCRIPT).parent.mkdir()
    write_moved_pages(tmp_path, either)
    assert (tmp_path / SCRIPT).is_file()
    with pytest.raises(PublishError, match="holds no built page"):
        BuiltPages(tmp_path)
    for old in moved_pages(either.pages):
        address = page_url(old.path)
        tree = lxml.html.parse(str(tmp_path / address / "index.html"))
        wanted = page_url(old.to.path)
        root = "../" * address.count("/")
        (refresh,) = tree.xpath("//noscript/meta[@http-equiv='refresh']/@content")
        assert refresh == f"0; url={root}{wanted}"
        assert tree.xpath("string(//link[@rel='canonical']/@href)") == root + wanted
        assert tree.xpath("//main//a/@href")[0] == root + wanted, "the script follows the first link"
        for place, page in old.sections.items():
            assert tree.xpath(f"//li[@id='{place}']/a/@href") == [root + page_url(page.path)]
        assert not tree.xpath("//script[not(@src)] | //*[@style]"), "what the policy would block"


def test_the_pages_that_listed_all_regions_lead_on(real: Project) -> None:
    old = {page.path: page for page in moved_pages(real.pages)}
    by_region = old["technique/by-region.md"]
    for anchor, region in (("neck", "neck"), ("decollete", "decolletage"), ("back-of-the-hand", "hands")):
        assert by_region.sections[anchor].path == real.published.region(region).home
    assert "region-nasolabial-folds" in old["product/regions.md"].sections


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ("[old/elbow.md, index.md]", "docs/index.md is a page still; take it out here"),
        ("[old/elbow.md, old/elbow.md]", r"'old/elbow.md' leads to docs/regions/elbows.md already; keep one"),
        ("[old/gone.md#part]", "no page took the place of the whole of 'old/gone.md'"),
    ],
)
def test_an_address_that_cannot_lead_on_is_named(project: Path, given: str, problem: str) -> None:
    edit(project / "docs/regions/elbows.md", "[old/elbow.md, old/regions.md, old/regions.md#elbow]", given)
    with pytest.raises(ContentError, match=problem):
        load_project(project)
