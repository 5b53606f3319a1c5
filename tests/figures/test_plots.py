"""The plots follow the data, hold nothing of the library's look, and are the same on every machine."""

import os
import re
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from macros.content.load import Data
from macros.rendering.figures.figure import draw
from macros.rendering.figures.svg import Drawing
from tests.conftest import ROOT
from tests.figures.geometry import outside, overlapping, part, texts, tree

FIGURES = [
    "dermis-against-age",
    "caha-timeline",
    "ratios-by-region",
    "adverse-events-rates",
    "approvals-timeline",
]
Box = tuple[float, float, float, float]


def changed(data: Data, row_id: str, **update: object) -> Data:
    """The data with one row changed."""
    for name in ("aging", "product", "protocols", "safety", "approvals"):
        file = getattr(data, name)
        for section in type(file).model_fields:
            rows = getattr(file, section)
            if any(row.id == row_id for row in rows):
                rows = [row.model_copy(update=update) if row.id == row_id else row for row in rows]
                file = file.model_copy(update={section: rows})
                return replace(data, **{name: file}, rows=data.rows | {row.id: row for row in rows})
    raise AssertionError(row_id)


def box(drawing: Drawing, name: str) -> Box:
    """Left, top, right and bottom of the marks of a part."""
    xs, ys = [], []
    for path in part(drawing, name).iter("path"):
        moved = re.match(r"translate\((\S+) (\S+)\)", path.get("transform", "translate(0 0)"))
        assert moved
        numbers = [float(number) for number in re.findall(r"-?[\d.]+", path.get("d"))]
        xs += [x + float(moved[1]) for x in numbers[::2]]
        ys += [y + float(moved[2]) for y in numbers[1::2]]
    return min(xs), min(ys), max(xs), max(ys)


def middle(drawing: Drawing, name: str) -> tuple[float, float]:
    left, top, right, bottom = box(drawing, name)
    return (left + right) / 2, (top + bottom) / 2


def parts(drawing: Drawing) -> set[str]:
    return set(tree(drawing).xpath("//@data-part"))


@pytest.mark.parametrize("figure", FIGURES)
def test_words_stand_inside_and_apart(data: Data, figure: str) -> None:
    drawing = draw(data, figure)
    assert outside(drawing) == []
    assert overlapping(drawing) == []


@pytest.mark.parametrize("figure", FIGURES)
def test_a_plot_carries_our_classes_and_no_style_of_the_library(data: Data, figure: str) -> None:
    drawing = draw(data, figure)
    inner = drawing.inner()
    assert len(inner) < 60_000
    assert not re.search(r" id=| style=|#[0-9a-f]{6}|<use|<defs|clip-path", inner)
    assert not re.search(r' (?:d|x|y|transform)="[^"]*\.\d{3}', inner)
    known = set(re.findall(r"^\.(f-[\w-]+)", (ROOT / "docs/assets/figures.css").read_text(encoding="utf-8"), re.M))
    assert {name for names in tree(drawing).xpath("//@class") for name in names.split()} <= known
    assert all(shape.get("class") for shape in tree(drawing).iter("path", "text", "circle", "rect"))


def test_settings_of_the_machine_do_not_reach_a_plot(data: Data, tmp_path: Path) -> None:
    settings = tmp_path / "matplotlibrc"
    settings.write_text("lines.markersize: 30\nfont.family: monospace\nfigure.dpi: 200\nerrorbar.capsize: 9\n")
    code = (
        "from pathlib import Path; from macros.content.load import load; from macros.rendering.figures.figure import draw;"
        f"print(draw(load(Path('.')), {FIGURES[0]!r}).inner())"
    )
    there = {**os.environ, "MATPLOTLIBRC": str(settings), "TZ": "Asia/Tokyo", "PYTHONHASHSEED": "7"}
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=there, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == draw(data, FIGURES[0]).inner()


# ---------------------------------------------------------------------------
# Dermis against age
# ---------------------------------------------------------------------------


def test_a_measured_point_and_its_spread_follow_the_data(data: Data) -> None:
    before = draw(data, "dermis-against-age")
    after = draw(changed(data, "ser-02", value=Decimal("35.3"), sd=Decimal("26.2")), "dermis-against-age")
    # 190 units for 100 percent.
    assert middle(after, "ser-02")[1] - middle(before, "ser-02")[1] == pytest.approx(20 * 1.9, abs=0.1)
    spreads = [sum((group[3] - group[1]) for group in [_spread(drawing)]) for drawing in (before, after)]
    assert spreads == [pytest.approx(2 * 13.1 * 1.9, abs=0.1), pytest.approx(2 * 26.2 * 1.9, abs=0.1)]
    assert "35.3 ± 26.2\N{NO-BREAK SPACE}%" in texts(after)


def _spread(drawing: Drawing) -> Box:
    """The upright line of an error bar; its caps are further groups of the same part."""
    first = tree(drawing).xpath("//*[@data-part='ser-02-sd']/path[not(@transform)]")[0]
    numbers = [float(number) for number in re.findall(r"[\d.]+", first.get("d"))]
    return numbers[0], min(numbers[1::2]), numbers[0], max(numbers[1::2])


def test_the_popular_claim_is_drawn_as_unconfirmed(data: Data) -> None:
    drawing = draw(data, "dermis-against-age")
    assert "f-dash" in part(drawing, "claim")[0].get("class")
    assert any("not confirmed" in line for line in texts(drawing))
    steeper, line = box(drawing, "claim"), box(drawing, "dermis")
    assert (steeper[3] - steeper[1]) / (line[3] - line[1]) == pytest.approx(60 / 36, abs=0.01)


# ---------------------------------------------------------------------------
# What CaHA does over time
# ---------------------------------------------------------------------------


def test_a_bar_has_the_length_of_its_weeks_and_a_dot_for_each_person(data: Data) -> None:
    row = data.rows["tim-15"]
    before = draw(data, "caha-timeline")
    after = draw(changed(data, "tim-15", to_week=Decimal(29), n=7), "caha-timeline")
    left, _, right, _ = box(before, "tim-15")
    assert (right - left) / 46 == pytest.approx(405 / 135, abs=0.01)
    assert box(after, "tim-15")[2] - box(after, "tim-15")[0] == pytest.approx((right - left) / 2, abs=0.1)
    assert len(part(before, "tim-15-people")) == row.n  # type: ignore[attr-defined]
    assert len(part(after, "tim-15-people")) == 7


def test_contrary_findings_are_drawn_and_unpublished_rows_are_not(data: Data) -> None:
    drawing = draw(data, "caha-timeline")
    drawn = {name for name in parts(drawing) if re.fullmatch(r"tim-\d+", name)}
    assert drawn == {row.id for row in data.product.timeline if row.publish}
    marked = [name for name in drawn if part(drawing, name)[0].get("class") == "f-amber"]
    assert sorted(marked) == ["tim-06", "tim-16"]
    assert any("off-label (US, EU)" in line for line in texts(drawing))


# ---------------------------------------------------------------------------
# Ratios by region
# ---------------------------------------------------------------------------


def test_a_mark_stands_at_its_parts_of_diluent(data: Data) -> None:
    more = {"diluent_parts_min": Decimal(7), "diluent_parts_max": Decimal(7)}
    before, after = draw(data, "ratios-by-region"), draw(changed(data, "neck-trindade2023", **more), "ratios-by-region")
    assert middle(after, "neck-trindade2023")[0] - middle(before, "neck-trindade2023")[0] == pytest.approx(84, abs=0.1)
    unknown = {"diluent_parts_min": None, "diluent_parts_max": None}
    aside = draw(changed(data, "neck-trindade2023", **unknown), "ratios-by-region")
    assert middle(aside, "neck-trindade2023")[0] > box(before, "band-sol")[2] + 30


def test_the_bands_of_the_article_lie_behind_the_marks(data: Data) -> None:
    order = tree(draw(data, "ratios-by-region")).xpath("//@data-part")
    assert max(map(order.index, ("band-gel", "band-gel-sol", "band-sol"))) < order.index("neck-trindade2023")


def test_all_published_rows_are_drawn_but_no_region_to_avoid(data: Data) -> None:
    drawing = draw(data, "ratios-by-region")
    expected = {
        row.id for row in data.protocols.protocols if row.publish and data.region(row.region).caution != "avoid"
    }
    assert parts(drawing) & set(data.rows) == expected | {band.id for band in data.technique.bands}
    words = texts(drawing)
    # The regions above the off-label line are those with a labeled use.
    above = words[: words.index("Off-label (US, EU) when")]
    assert "Décolleté" in above and "Back of the hand" in above and "Neck" not in above
    assert any("US record to be" in line for line in above)


# ---------------------------------------------------------------------------
# Adverse events
# ---------------------------------------------------------------------------


def test_a_bar_has_the_length_of_its_rate(data: Data) -> None:
    before = draw(data, "adverse-events-rates")
    after = draw(changed(data, "aev-01", percent=Decimal("34.6"), numerator=40), "adverse-events-rates")
    lengths = [box(drawing, "aev-01")[2] - box(drawing, "aev-01")[0] for drawing in (before, after)]
    assert lengths == [pytest.approx(166 * 0.692, abs=0.1), pytest.approx(166 * 0.346, abs=0.1)]
    assert "40 of 117" in texts(after)


def test_only_rates_with_a_denominator_are_drawn_diluted_ones_apart(data: Data) -> None:
    drawing = draw(data, "adverse-events-rates")
    rows = data.safety.adverse_events
    assert {name for name in parts(drawing) if name.startswith("aev-")} == {
        row.id for row in rows if row.publish and row.denominator and row.percent is not None
    }
    heights = {row.id: box(drawing, row.id)[1] for row in rows if row.id in parts(drawing)}
    undiluted = [heights[row.id] for row in rows if row.diluted is False and row.id in heights]
    mixed = [heights[row.id] for row in rows if row.diluted is None and row.id in heights]
    assert max(undiluted) < heights["aev-10"] < min(mixed)
    assert [line for line in texts(drawing) if line.endswith("a region to avoid")] == [
        "338 lip-mucosa treatments: a region to avoid",
        "295\N{NO-BREAK SPACE}people followed of 385 treated, nose: a region to avoid",
    ]


# ---------------------------------------------------------------------------
# Approvals
# ---------------------------------------------------------------------------


def test_an_approval_stands_at_its_date_in_the_lane_of_its_jurisdiction(data: Data) -> None:
    before = draw(data, "approvals-timeline")
    after = draw(changed(data, "apr-15", date="2011-09", jurisdiction="EU"), "approvals-timeline")
    year = (middle(before, "apr-19")[1] - middle(before, "apr-15")[1]) / (2026 + 89 / 365.25 - 2021 - 8.5 / 12)
    moved = middle(before, "apr-15")[1] - middle(after, "apr-15")[1]
    assert moved == pytest.approx(10 * year, rel=0.02)
    assert middle(after, "apr-15")[0] == pytest.approx(middle(before, "apr-21")[0], abs=0.1)


def test_dates_and_records_that_are_not_sure_look_so(data: Data) -> None:
    drawing = draw(data, "approvals-timeline")
    assert "f-dash" in part(drawing, "apr-20-span")[0].get("class")
    assert "EU, 2004 (sources disagree)" in texts(drawing)
    assert "f-paper" in part(drawing, "apr-19")[0].get("class")
    assert any("to be" in line for line in texts(drawing))
    # The undated row stands below the scale of years.
    assert middle(drawing, "apr-24")[1] > middle(drawing, "apr-19")[1] + 10
    surer = draw(changed(data, "apr-19", confidence="high"), "approvals-timeline")
    assert part(surer, "apr-19")[0].get("class") == "f-brand"
