"""What holds of label status whatever the rows are: of the real project and of the invented one.

The statuses that pages and downloads print are worked out here once more, by simpler means, from the records that
readers get.
"""

import ast
import re
from collections import defaultdict
from decimal import Decimal
from typing import Any

import pytest
from lxml import html

from macros.content.project import Project
from macros.downloads.records import Record, records
from macros.rendering import region_summary
from macros.rendering.page_context import Contexts, PageContext
from macros.rendering.tables import preparation, regions

from ..projects import ROOT

STUDIES = {"rct", "cohort", "case-series", "histology"}


@pytest.fixture(scope="session")
def tables(either: Project) -> dict[str, list[Record]]:
    return records(either.published)


@pytest.fixture
def page(either: Project) -> PageContext:
    return Contexts(either).of("index.md", "")


def used(row: Record) -> tuple[Any, ...]:
    """How a protocol or an outcome used the product, as far as its record says."""
    if "undiluted" in row:
        ends, undiluted = (row["diluent_parts_min"], row["diluent_parts_max"]), row["undiluted"]
    else:
        ends, undiluted = (row["diluent_parts"],) * 2, {False: True, True: False}.get(row["diluted"])
    if undiluted or undiluted is None:
        return (undiluted,)
    parts = tuple(None if end is None else end / (row["product_parts"] or 1) for end in ends)
    return (False, *parts, frozenset(row["diluents"]))


def stated(label_status: str) -> dict[str, str]:
    """The status by jurisdiction: 'on label (EU); off-label (US)'."""
    found = re.findall(r"([^;(]+) \(([^)]*)\)", label_status)
    return {place: kind.strip() for kind, places in found for place in places.split(", ")}


def rows_of(tables: dict[str, list[Record]]) -> list[Record]:
    return [*tables["protocols"], *tables["outcomes"]]


def test_a_study_bears_one_status_wherever_it_stands(tables: dict[str, list[Record]]) -> None:
    found = defaultdict(set)
    for row in rows_of(tables):
        if not row.get("other_product"):
            for key in row["citation_keys"]:
                found[key, row["region"], used(row)].add(row["label_status"])
    assert {study: told for study, told in found.items() if len(told) > 1} == {}


def test_no_study_is_on_label_in_one_list_and_off_label_for_the_same_ratio_in_another(
    tables: dict[str, list[Record]],
) -> None:
    """One list may say more than the other, such as the diluent; what both say does not contradict."""
    protocols = defaultdict(list)
    for row in tables["protocols"]:
        for key in row["citation_keys"]:
            protocols[key, row["region"]].append(row)
    for row in tables["outcomes"]:
        for key in row["citation_keys"]:
            # A source with several rows of one region had several uses.
            others = protocols[key, row["region"]]
            if len(others) == 1 and used(row)[:3] == used(others[0])[:3] and not row["other_product"]:
                one, other = stated(row["label_status"]), stated(others[0]["label_status"])
                for place in one:
                    kinds = {one[place], other[place]}
                    assert "off-label" not in kinds or not kinds & {"on label", "reported on label"}, row["id"]


def covered(either: Project, tables: dict[str, list[Record]], region: str, use: tuple[Any, ...]) -> dict[str, set[str]]:
    """How the indications that cover a use were seen, by jurisdiction."""
    places = {row.id: row.short for row in either.data.indications.jurisdictions}
    found: dict[str, set[str]] = defaultdict(set)
    for row in tables["indications"]:
        if region in row["regions"] and same(either, row, use):
            found[places[row["jurisdiction"]]].add(row["seen"])
    return found


def same(either: Project, label: Record, use: tuple[Any, ...]) -> bool:
    if label["undiluted"] or use[0] is not False:
        return bool(label["undiluted"] and use[0])
    _, low, high, diluents = use
    meant = {row.id: {row.id, *row.may_be} for row in either.data.indications.diluents}
    allowed = set().union(*(meant[name] for name in label["diluents"]))
    ratio = label["diluent_parts"] / label["product_parts"]
    return low == high == ratio and 0 < len(diluents) == len(label["diluents"]) and diluents <= allowed


def test_a_row_is_on_label_where_an_indication_covers_it_and_nowhere_else(
    either: Project, tables: dict[str, list[Record]]
) -> None:
    avoided = {row.id for row in either.data.regions.regions if row.caution == "avoid" or row.kind == "laboratory"}
    for row in rows_of(tables):
        seen = covered(either, tables, row["region"], used(row))
        if row["region"] in avoided or row.get("other_product"):
            assert "label" not in row["label_status"], row["id"]
            continue
        told = stated(row["label_status"])
        assert told.keys() == {place.short for place in either.published.indications.jurisdictions}
        for place, kind in told.items():
            expected = "on label" if "read" in seen[place] else "reported on label" if seen[place] else None
            assert (kind if kind in ("on label", "reported on label") else None) == expected, (row["id"], place)


@pytest.mark.parametrize("undiluted", [True, False])
def test_a_region_is_on_label_where_an_indication_names_it_and_nowhere_else(
    either: Project, tables: dict[str, list[Record]], undiluted: bool
) -> None:
    places = {row.id: row.short for row in either.data.indications.jurisdictions}
    for region in tables["regions"]:
        told = stated(region["label_status_undiluted" if undiluted else "label_status_diluted"])
        for jurisdiction, place in places.items():
            seen = {
                row["seen"] for row in tables["indications"]
                if row["jurisdiction"] == jurisdiction and region["id"] in row["regions"]
                and row["undiluted"] == undiluted and region["caution"] != "avoid" and region["kind"] != "laboratory"
            }  # fmt: skip
            expected = "on label" if "read" in seen else "reported on label" if seen else "off-label"
            assert told.get(place, "off-label") == expected, region["id"]


# --- what was studied ---------------------------------------------------------------------------


def studied(either: Project, tables: dict[str, list[Record]]) -> list[Record]:
    """The records of protocols that report a study of diluted product at a stated ratio."""
    article = either.data.claims.source_article
    return [
        row for row in tables["protocols"]
        if row["evidence"] in STUDIES and article not in row["citation_keys"] and not row["undiluted"]
        and row["diluent_parts_min"] is not None
    ]  # fmt: skip


def keys(rows: list[Record]) -> set[str]:
    return {key for row in rows for key in row["citation_keys"]}


def words(part: html.HtmlElement) -> str:
    for note in part.xpath(".//sup"):
        note.drop_tree()
    return " ".join(part.text_content().replace("\N{NO-BREAK SPACE}", " ").split())


def ratios(text: str) -> set[Decimal]:
    """The ratios of a text, as parts of diluent to one of product."""
    return {Decimal(diluent) / Decimal(product) for product, diluent in re.findall(r"\b([\d.]+):([\d.]*\d)", text)}


def ends(rows: list[Record]) -> set[Decimal]:
    return {row[end] / row["product_parts"] for row in rows for end in ("diluent_parts_min", "diluent_parts_max")}


def test_each_ratio_that_the_box_of_a_region_calls_studied_is_in_a_row_of_a_study(
    either: Project, tables: dict[str, list[Record]], page: PageContext
) -> None:
    article = either.data.claims.source_article
    for region in either.published.regions.regions:
        if region.kind != "treatment":
            continue
        box = html.fromstring(region_summary.region_summary(page, region.id))
        lines = [words(line) for line in box.xpath(".//div[strong]")]
        here = [row for row in studied(either, tables) if row["region"] == region.id]
        by_article = [
            row for row in tables["protocols"]
            if row["region"] == region.id and article in row["citation_keys"] and not row["undiluted"]
            and row["diluent_parts_min"] is not None
        ]  # fmt: skip
        for name, rows in (("Diluted, studied: ", here), ("Diluted, taught by the article: ", by_article)):
            told = [line.removeprefix(name) for line in lines if line.startswith(name)]
            assert len(told) == bool(rows) and ratios(" ".join(told)) == ends(rows), (region.id, name)


def test_the_card_of_regions_counts_the_studies_of_each(
    either: Project, tables: dict[str, list[Record]], page: PageContext
) -> None:
    table = html.fromstring(regions.regions_card_table(page))
    for region in either.published.regions.regions:
        if region.kind != "treatment" or region.caution == "avoid":
            continue
        (line,) = table.xpath(".//tr[@data-row=$name]", name=region.id)
        cell = words(line[3])
        rows = [row for row in studied(either, tables) if row["region"] == region.id]
        if not rows:
            assert cell == "none found", region.id
            continue
        assert cell.endswith(f"({len(keys(rows))})"), region.id
        assert ratios(cell) == {min(ends(rows)), max(ends(rows))}, region.id


def test_the_mark_of_a_ratio_counts_the_studies_at_that_ratio_and_its_label_is_that_of_the_syringe(
    either: Project, tables: dict[str, list[Record]], page: PageContext
) -> None:
    data = either.published
    for name in data.preparations.presentations:
        table = html.fromstring(preparation.preparation_table(page, name))
        for ratio in data.ratios():
            (line,) = table.xpath(".//tr[@data-row=$name]", name=ratio.id)
            parts = ratio.diluent_parts / ratio.product_parts
            labels = [
                row for row in tables["indications"]
                if name in row["presentations"] and not row["undiluted"]
                and row["diluent_parts"] / row["product_parts"] == parts
            ]  # fmt: skip
            marked = line.xpath(".//*[contains(@class, 'mark-on-label') or contains(@class, 'mark-reported')]")
            assert bool(marked) == bool(labels), (name, ratio.id)
            text = words(line)
            assert ("nly " in text or "On label" in text) == bool(labels), (name, ratio.id)
            rows = [row for row in studied(either, tables) if ends([row]) == {parts}]
            found = re.search(r"Studied: (\d+) stud", text)
            assert labels or (int(found[1]) if found else 0) == len(keys(rows)), (name, ratio.id)


# --- code ---------------------------------------------------------------------------------------


# What stood in code before indications had their file, whatever the rows say today.
NAMED = re.compile(r"(?<![\w-])(?:US|EU)\b(?! Letter)|(?i:décolleté|United States|European Union)")


def test_no_jurisdiction_and_no_labeled_place_is_named_in_code() -> None:
    """In no string but those that explain the code."""
    found = []
    for path in sorted((ROOT / "macros").rglob("*.py")):
        for node in strings(ast.parse(path.read_text(encoding="utf-8"))):
            if NAMED.search(str(node.value)):
                found.append(f"{path.relative_to(ROOT)}:{node.lineno}: {node.value!r}")
    assert found == []


def strings(tree: ast.Module) -> list[ast.Constant]:
    """The strings of a module without its docstrings."""
    told = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told
    ]
