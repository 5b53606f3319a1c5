"""What a source did, as its row tells it: times as given, every liquid counted, a consensus as opinion."""

from decimal import Decimal
from pathlib import Path

import pytest
from lxml import html

from macros.content.faults import ContentError
from macros.content.label_status import in_words, opinions, protocol_statuses, studies_at
from macros.content.project import load_project
from macros.downloads.csv_and_json import to_csv
from macros.downloads.records import records
from macros.rendering import prose, region_summary
from macros.rendering.page_context import Contexts, PageContext
from macros.rendering.tables import protocols

from ..projects import edit

NECK, RANGE, PLAIN = "id: neck-faria2022thyroid\n", "id: decolletage-range\n", "id: jawline-plain,"


def told(root: Path) -> PageContext:
    """A page of a project that was changed."""
    return Contexts(load_project(root)).of("technique/by-region.md", "technique/by-region/")


def row_of(table: str, name: str) -> str:
    """The words of one row of a table."""
    (row,) = html.fromstring(table).xpath(".//tr[@data-row=$name]", name=name)
    return " ".join(" ".join(row.itertext()).replace("\N{NO-BREAK SPACE}", " ").split())


def refused(root: Path) -> str:
    with pytest.raises(ContentError) as stopped:
        load_project(root)
    return str(stopped.value)


# --- times --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "printed"),
    [
        ("{value: 45, unit: days}", "45 days"),
        ("{value: 1, unit: months}", "1 month"),
        ("{value: 1.5, unit: years}", "1.5 years"),
    ],
)
def test_an_interval_is_printed_as_its_source_gives_it(project: Path, given: str, printed: str) -> None:
    edit(project / "docs/data/protocols.yml", "{value: 6, unit: weeks}", given, NECK)
    page = told(project)
    told_row = row_of(protocols.protocol_table(page, region="neck"), "neck-faria2022thyroid")
    assert f"{printed} apart" in told_row and "weeks" not in told_row
    assert printed in row_of(protocols.spread_table(page), "neck")


def test_a_download_carries_the_interval_as_given_and_in_weeks(project: Path) -> None:
    edit(project / "docs/data/protocols.yml", "{value: 6, unit: weeks}", "{value: 45, unit: days}", NECK)
    (row,) = [row for row in records(told(project).data)["protocols"] if row["id"] == "neck-faria2022thyroid"]
    assert (row["interval_value"], row["interval_unit"]) == (45, "days")
    assert Decimal("6.4") == row["interval_weeks"]


# --- liquids ------------------------------------------------------------------------------------


def test_every_liquid_of_a_mixture_counts(project: Path) -> None:
    path = project / "docs/data/protocols.yml"
    edit(path, "diluents: [test-saline]", "diluents: [test-saline, test-saline-preserved]", NECK)
    edit(
        path,
        "    plane: second",
        "    diluent_ml: {test-saline: 5.5, test-saline-preserved: 0.5}\n    plane: second",
        NECK,
    )
    said = prose.counted_ratio(told(project), "neck-faria2022thyroid").replace("\N{NO-BREAK SPACE}", " ")
    assert said.startswith("1.2 mL product + 5.5 mL ") and said.endswith(" is 1:5")
    # Without its own volume the product is what the diluents leave of the whole.
    edit(path, "    product_ml: 1.2\n", "", NECK)
    assert prose.counted_ratio(told(project), "neck-faria2022thyroid").startswith("1.2")
    edit(path, "test-saline: 5.5", "test-saline: 4.5", NECK)
    assert "diluent_parts_min: expected 2.27 to one part of product" in refused(project)


def test_a_mixture_without_all_its_volumes_is_not_counted(invented_page: PageContext) -> None:
    with pytest.raises(ValueError, match="does not state the volume of the product and of each diluent"):
        prose.counted_ratio(invented_page, "neck-faria2022thyroid")


def test_what_a_source_does_not_say_of_dilution_is_not_guessed(project: Path) -> None:
    path = project / "docs/data/protocols.yml"
    edit(path, "undiluted: true", "undiluted: null", PLAIN)
    assert "jawline-plain: undiluted: expected true or false on a row that states a ratio" in refused(project)
    edit(path, "diluent_parts_min: 0, diluent_parts_max: 0", "diluent_parts_min: null, diluent_parts_max: null", PLAIN)
    page = told(project)
    said = row_of(protocols.protocol_table(page, region="jawline"), "jawline-plain")
    assert "dilution not stated" in said and "undiluted" not in said
    row = next(row for row in page.data.protocols.protocols if row.id == "jawline-plain")
    assert "on label" not in in_words(protocol_statuses(row, page.data)) and not row.diluted


# --- opinion ------------------------------------------------------------------------------------


def test_a_consensus_is_printed_as_opinion_with_agreement_and_funding(invented_page: PageContext) -> None:
    said = row_of(protocols.protocol_table(invented_page, region="decolletage"), "decolletage-range")
    for words in ("Consensus", "opinion of experts, not a study", "agreement: 7 of 9 who invent", "funding: nobody"):
        assert words in said
    box = html.fromstring(region_summary.region_summary(invented_page, "decolletage"))
    (line,) = [text for text in (part.text_content() for part in box) if "consensus (opinion" in text]
    assert "1:2 to 1:3" in line


def test_the_opinion_of_a_consensus_is_no_study(invented_page: PageContext) -> None:
    data = invented_page.data
    (row,) = opinions(data.protocols.protocols)
    assert row.id == "decolletage-range"
    assert all(row not in studies_at(ratio, data) for ratio in data.ratios())


@pytest.mark.parametrize("field", ["agreement", "funding"])
def test_a_consensus_without_agreement_or_funding_is_refused(project: Path, field: str) -> None:
    path = project / "docs/data/protocols.yml"
    line = next(text for text in path.read_text(encoding="utf-8").splitlines(True) if text.startswith(f"    {field}:"))
    edit(path, line, "", RANGE)
    assert f"decolletage-range: {field}: missing; say it with the opinion of a consensus" in refused(project)


def test_only_a_consensus_tells_agreement(project: Path) -> None:
    edit(project / "docs/data/protocols.yml", "n: 1200,", "n: 1200, agreement: all,", PLAIN)
    assert "jawline-plain: agreement: expected none with evidence 'cohort'" in refused(project)


def test_a_download_carries_agreement_and_funding(invented_page: PageContext) -> None:
    rows = {row["id"]: row for row in records(invented_page.data)["protocols"]}
    assert (rows["decolletage-range"]["agreement"], rows["decolletage-range"]["funding"]) == (
        "7 of 9 who invent",
        "nobody",
    )
    assert "agreement,funding" in to_csv(list(rows.values())).splitlines()[0]
