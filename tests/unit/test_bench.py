"""make bench: what it measures is there, and its larger copies are sound projects."""

from pathlib import Path

import pytest

from macros.content.project import Project, load_project

from ..bench import growth, lighthouse


@pytest.mark.site
def test_a_larger_copy_is_a_sound_project(invented: Project, tmp_path: Path) -> None:
    larger = load_project(growth.enlarged(invented.root, tmp_path / "larger", 3))
    telling = [
        page for page in invented.pages if page.path.split("/")[0] in growth.COPIED and page.path not in growth.LISTS
    ]
    assert len(larger.pages) == len(invented.pages) + 2 * len(telling) > len(invented.pages)
    assert len(larger.data.rows) > len(invented.data.rows)
    assert larger.data.references.keys() == invented.data.references.keys()


@pytest.mark.parametrize(("values", "slope"), [([2, 2, 2], 0), ([1, 3, 9], 1), ([1, 9, 81], 2)])
def test_growth_is_told_by_an_exponent(values: list[float], slope: float) -> None:
    assert growth.exponent([1, 3, 9], values) == pytest.approx(slope)


def report(score: float | None, paint: float) -> dict[str, object]:
    scores = {name: {"score": 1} for name in lighthouse.SCORES} | {"seo": {"score": score}}
    return {"categories": scores, "audits": {"largest-contentful-paint": {"numericValue": paint}}}


def test_a_page_reaches_the_goals_only_with_all_four_scores_and_an_early_paint() -> None:
    assert lighthouse.reaches(report(1, lighthouse.LARGEST_PAINT))
    assert not lighthouse.reaches(report(0.99, 1000))
    assert not lighthouse.reaches(report(None, 1000)), "what was not measured"
    assert not lighthouse.reaches(report(1, lighthouse.LARGEST_PAINT + 1))


@pytest.mark.parametrize(
    ("paints", "runs", "told"),
    [
        ([1100, 1300], 1, 1100),
        ([1300, 1100, 1150, 1000], 4, 1150),
        ([1300, 1250, 1100, 1210], 4, 1250),
        ([1300, 1100, 1210, 1150, 900], 5, 1150),
    ],
)
def test_a_page_that_misses_once_is_measured_until_three_runs_agree(
    paints: list[float], runs: int, told: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting = iter(paints)
    monkeypatch.setattr(lighthouse, "measured", lambda address: report(1, next(waiting)))
    judged, counted = lighthouse.judged("")
    assert (lighthouse.largest_paint(judged), counted) == (told, runs)
