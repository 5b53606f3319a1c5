"""Label status is that of the indications: what covers a use, for each jurisdiction, and where nothing does."""

import csv
import json
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from macros.content.changes import record
from macros.content.label_status import (
    UNDILUTED,
    Preparation,
    in_words,
    jurisdictions,
    labeled_dilutions,
    outcome_statuses,
    protocol_statuses,
    status,
    statuses,
    studies,
    studies_at,
    taught,
)
from macros.content.load import Data
from macros.content.project import Project, load_project
from macros.content.published import Published, publish
from macros.downloads.records import records as made
from macros.rendering.approved_uses import approved_uses
from macros.rendering.dry_run import dry_run_faults
from macros.rendering.figures.figure import draw
from macros.rendering.label_marks import diluted_use, ratio_words
from macros.rendering.page_context import PageContext

from ..figures.geometry import changed, said
from ..labels import and_labels, label, with_labels
from ..projects import build_without_prints, copy_tree, edit

LARGE, SMALL, ANY = "syringe-large", "syringe-small", None
SALINE, PRESERVED, OPEN = "test-saline", "test-saline-preserved", "test-saline-open"
COVERING = ("on-label", "reported")


def diluted(low: int | None, high: int | None, *diluents: str) -> Preparation:
    """Diluted 1 to `low`, or to `high` at most."""
    ends = [None if end is None else Decimal(end) for end in (low, high)]
    return Preparation(False, *ends, frozenset(diluents))


UNKNOWN = Preparation(undiluted=None)


# --- the truth table ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("where", "region", "presentation", "preparation", "answer"),
    [
        # A label for one ratio in one diluent, for the larger syringe.
        ("eu", "decolletage", LARGE, diluted(3, 3, SALINE), "on-label"),
        ("eu", "decolletage", ANY, diluted(3, 3, SALINE), "on-label"),
        ("eu", "decolletage", SMALL, diluted(3, 3, SALINE), "off-label"),
        ("eu", "decolletage", LARGE, diluted(4, 4, SALINE), "off-label"),
        ("eu", "decolletage", LARGE, diluted(2, 3, SALINE), "off-label"),
        ("eu", "decolletage", LARGE, diluted(3, 4, SALINE), "off-label"),
        ("eu", "decolletage", LARGE, diluted(3, 3, PRESERVED), "off-label"),
        ("eu", "decolletage", LARGE, diluted(3, 3, SALINE, PRESERVED), "off-label"),
        ("eu", "decolletage", LARGE, diluted(3, 3, OPEN), "not-stated"),
        ("eu", "decolletage", LARGE, diluted(3, 3), "not-stated"),
        ("eu", "decolletage", LARGE, diluted(None, None, SALINE), "not-stated"),
        ("eu", "decolletage", LARGE, diluted(None, None), "not-stated"),
        ("eu", "decolletage", SMALL, diluted(None, None), "off-label"),
        # What is stated decides, where that is enough.
        ("eu", "decolletage", LARGE, diluted(4, 4), "off-label"),
        ("eu", "decolletage", LARGE, diluted(4, 4, OPEN), "off-label"),
        ("eu", "decolletage", LARGE, diluted(None, None, PRESERVED), "off-label"),
        ("eu", "decolletage", LARGE, UNDILUTED, "off-label"),
        ("eu", "decolletage", LARGE, UNKNOWN, "not-stated"),
        # A label that was reported, and that leaves the strength open: each saline of these words is covered.
        ("us", "decolletage", LARGE, diluted(3, 3, SALINE), "reported"),
        ("us", "decolletage", LARGE, diluted(3, 3, OPEN), "reported"),
        ("us", "decolletage", LARGE, diluted(3, 3, PRESERVED), "off-label"),
        ("us", "decolletage", SMALL, diluted(3, 3, SALINE), "off-label"),
        # Undiluted, for one syringe or for both.
        ("us", "jawline", ANY, UNDILUTED, "on-label"),
        ("us", "jawline", LARGE, UNDILUTED, "on-label"),
        ("us", "jawline", SMALL, UNDILUTED, "off-label"),
        ("us", "jawline", LARGE, diluted(3, 3, SALINE), "off-label"),
        ("us", "jawline", LARGE, diluted(None, None), "off-label"),
        ("us", "jawline", LARGE, UNKNOWN, "not-stated"),
        ("eu", "jawline", ANY, UNDILUTED, "off-label"),
        ("us", "nasolabial-folds", SMALL, UNDILUTED, "on-label"),
        # No label speaks of the region: whatever is not stated, none could cover it.
        ("eu", "neck", ANY, diluted(None, None), "off-label"),
        ("eu", "neck", ANY, UNKNOWN, "off-label"),
        ("eu", "full-face", ANY, diluted(3, 3, SALINE), "off-label"),
        # What stands above every label.
        ("eu", "glabella", ANY, UNDILUTED, "avoid"),
        ("us", "glabella", LARGE, diluted(None, None), "avoid"),
        ("us", "laboratory", ANY, diluted(3, 3, SALINE), "not-a-treatment"),
        ("eu", "decolletage", LARGE, Preparation(False, Decimal(3), Decimal(3), frozenset({SALINE}), True), "another-product"),
        ("eu", "glabella", ANY, Preparation(other_product=True), "another-product"),
    ],
)  # fmt: skip
def test_the_status_of_a_use(
    invented: Project, where: str, region: str, presentation: str | None, preparation: Preparation, answer: str
) -> None:
    data = invented.published
    place = next(row for row in jurisdictions(data) if row.id == where)
    found = status(data, place, data.region(region), presentation, preparation)
    assert found.kind == answer
    for row in found.by:
        assert row.jurisdiction == where and region in row.regions and presentation in (None, *row.presentations)
    assert bool(found.by) == (answer in ("on-label", "reported", "not-stated"))


@pytest.fixture(scope="session")
def data(invented: Project) -> Data:
    return invented.data


def kinds(data: Data, region: str, preparation: Preparation) -> list[str]:
    shown = publish(data)
    return [one.kind for one in statuses(shown, shown.region(region), preparation)]


def test_what_was_read_beats_what_was_reported(data: Data) -> None:
    reported = label("neck", "eu", 4, id="ind-told", seen="reported", reported_by="others")
    use = diluted(4, 4, SALINE)
    assert kinds(and_labels(data, reported), "neck", use) == ["off-label", "reported"]
    both = publish(and_labels(data, reported, label("neck", "eu", 4, id="ind-seen")))
    found = statuses(both, both.region("neck"), use)[1]
    assert (found.kind, [row.id for row in found.by]) == ("on-label", ["ind-seen"])


def test_a_label_in_other_parts_is_the_same_ratio(data: Data) -> None:
    use = diluted(3, 3, SALINE)
    parts = {"product_parts": Decimal(2), "diluent_parts": Decimal(6)}
    assert kinds(with_labels(data, label("neck", "eu", 1, **parts)), "neck", use) == ["off-label", "on-label"]
    row = next(row for row in data.protocols.protocols if row.id == "decolletage-label")
    doubled = {"product_parts": Decimal(2), "diluent_parts_min": Decimal(6), "diluent_parts_max": Decimal(6)}
    assert told(changed(data, row.id, **doubled), row.id) == told(data, row.id)


def test_a_label_of_two_diluents_is_for_both_together(data: Data) -> None:
    two = with_labels(data, label("neck", "eu", 3, diluents=[SALINE, PRESERVED]))
    assert kinds(two, "neck", diluted(3, 3, SALINE, PRESERVED))[1] == "on-label"
    assert kinds(two, "neck", diluted(3, 3, OPEN, PRESERVED))[1] == "not-stated"
    assert kinds(two, "neck", diluted(3, 3, SALINE))[1] == "off-label"


def test_a_region_to_avoid_is_to_be_avoided_whatever_a_label_says(data: Data) -> None:
    labeled = publish(with_labels(data, label("glabella", "eu", 3), label("glabella", "us")))
    for use in (diluted(3, 3, SALINE), UNDILUTED):
        assert {one.kind for one in statuses(labeled, labeled.region("glabella"), use)} == {"avoid"}
    assert labeled_dilutions(labeled) == []
    assert diluted_use(labeled) == "off-label (US, EU)"
    both = publish(with_labels(data, label("glabella", "eu", 3, regions=["glabella", "neck"])))
    assert diluted_use(both) == "off-label (US, EU), except neck at 1:3 (EU)"


# --- rows ---------------------------------------------------------------------------------------


def told(data: Data, row_id: str) -> str:
    """The status of a protocol or outcome row, as a download has it."""
    shown = publish(data)
    row = shown.rows[row_id]
    return in_words((protocol_statuses if hasattr(row, "evidence") else outcome_statuses)(row, shown))


@pytest.mark.parametrize(
    ("update", "answer"),
    [
        ({}, "reported on label (US); on label (EU)"),
        ({"diluents": []}, "label status not stated (US, EU)"),
        ({"diluent_parts_min": None, "diluent_parts_max": None}, "label status not stated (US, EU)"),
        ({"diluents": [OPEN]}, "reported on label (US); label status not stated (EU)"),
        ({"diluents": [PRESERVED]}, "off-label (US, EU)"),
        ({"diluent_parts_min": Decimal(2)}, "off-label (US, EU)"),
        ({"region": "neck"}, "off-label (US, EU)"),
        ({"region": "glabella"}, "avoid"),
        ({"region": "laboratory"}, "not a treatment"),
    ],
)
def test_the_status_of_a_protocol_row(data: Data, update: dict[str, Any], answer: str) -> None:
    assert told(changed(data, "decolletage-label", **update), "decolletage-label") == answer


THREE = {"product_parts": Decimal(1), "diluent_parts": Decimal(3), "diluents": [SALINE]}


@pytest.mark.parametrize(
    ("update", "answer"),
    [
        ({}, "reported on label (US); on label (EU)"),
        ({"product_parts": None}, "reported on label (US); on label (EU)"),
        # What is not confirmed is not stated.
        ({"unverified_parts": ["ratio"]}, "label status not stated (US, EU)"),
        ({"unverified_parts": ["diluent_parts"]}, "label status not stated (US, EU)"),
        ({"unverified_parts": ["diluents"]}, "label status not stated (US, EU)"),
        ({"unverified_parts": ["diluted"]}, "label status not stated (US, EU)"),
        ({"unverified_parts": ["funding"]}, "reported on label (US); on label (EU)"),
        ({"diluted": "mixed"}, "label status not stated (US, EU)"),
        ({"diluted": "with-lidocaine"}, "label status not stated (US, EU)"),
        ({"diluted": None}, "label status not stated (US, EU)"),
        ({"diluted": None, "region": "elbows"}, "off-label (US, EU)"),
        ({"diluted": False}, "off-label (US, EU)"),
        ({"diluents": []}, "label status not stated (US, EU)"),
        ({"other_product": "Othergel"}, "another product"),
        ({"region": "laboratory"}, "not a treatment"),
        ({"region": "glabella", "unverified_parts": ["ratio"]}, "avoid"),
    ],
)
def test_the_status_of_an_outcome_row(data: Data, update: dict[str, Any], answer: str) -> None:
    assert told(changed(data, "outc-9", **(THREE | update)), "outc-9") == answer


def test_a_row_without_ratio_or_diluent_is_never_on_label(data: Data) -> None:
    """Whatever the labels are, in any region."""
    places, regions = ("us", "eu"), [row.id for row in data.regions.regions if row.publish]
    labels = [
        label(region, place, parts, id=f"ind-{region}-{place}-{parts or 0}", presentations=[LARGE, SMALL])
        for region in regions for place in places for parts in (None, 1, 3)
    ]  # fmt: skip
    shown = publish(with_labels(data, *labels))
    for region in shown.regions.regions:
        for use in (diluted(None, None), diluted(3, 3), diluted(None, None, SALINE), UNKNOWN):
            assert not {one.kind for one in statuses(shown, region, use)} & set(COVERING), region.id


# --- what was studied, and what is taught -------------------------------------------------------


def test_neither_the_article_nor_a_newsletter_nor_a_label_is_a_study(invented: Project) -> None:
    data = invented.published
    rows = data.protocols.protocols
    done = {row.evidence for row in studies(rows, data)}
    assert done == {"rct", "cohort", "case-series", "histology"}
    article = data.claims.source_article
    study = next(row for row in rows if row.evidence == "rct")
    of_article = publish(changed(invented.data, study.id, refs=[article, "rct01"]))
    assert study.id not in {row.id for row in studies(of_article.protocols.protocols, of_article)}
    assert study.id in {row.id for row in taught(of_article.protocols.protocols, of_article)}
    ratio = next(row for row in data.ratios() if row.diluent_parts == study.diluent_parts_min)
    assert [row.id for row in studies_at(ratio, data)] == [study.id], "the row of an expert with the same ratio is none"
    assert studies_at(ratio, of_article) == []


def test_the_words_of_a_ratio_count_its_studies_and_name_their_places(data: Data) -> None:
    rows = [row for row in data.protocols.protocols if row.publish]
    ratio = data.ratios()[-1]
    exactly = {"diluent_parts_min": ratio.diluent_parts, "diluent_parts_max": ratio.diluent_parts, "evidence": "cohort"}
    after = with_labels(data)
    assert ratio_words(ratio, publish(after)) == ("no-study", "No study found; off-label (US, EU)")
    for row in [row for row in rows if row.region in ("neck", "elbows")][:2]:
        after = changed(after, row.id, **exactly, refs=[f"{'rct' if row.region == 'neck' else 'cohort'}01"])
    kind, words = ratio_words(ratio, publish(after))
    assert kind == "studied"
    studied = [row for row in publish(after).protocols.protocols if row.diluent_parts_min == ratio.diluent_parts]
    assert f"{len({key for row in studied for key in row.refs})} stud" in words


def test_a_ratio_that_is_only_reported_on_a_label_bears_no_mark_of_one_that_was_read(data: Data) -> None:
    ratio = next(row for row in data.preparations.ratios if row.diluent_parts == 3)
    read, reported = label("neck", "eu", 3), label("neck", "us", 3, seen="reported", reported_by="others")
    both, one = publish(with_labels(data, read, reported)), publish(with_labels(data, reported))
    assert ratio_words(ratio, both)[0] == "on-label" and ratio_words(ratio, both)[1].startswith("On label: neck")
    assert ratio_words(ratio, one)[0] == "reported" and ratio_words(ratio, one)[1].startswith("Reported on label: neck")


# --- a third jurisdiction, by rows alone --------------------------------------------------------

LAND, SHORT = "Made-up Land", "ML"
NEW = [
    "{id: ind-ml-neck, jurisdiction: ml, presentations: [syringe-large], regions: [neck], product_parts: 1,"
    " diluent_parts: 5, diluents: [test-saline], use: made-up necks, people: adults, seen: read, refs: [label01],"
    " reviewed: '2030-03-01', review_by: '2031-03-01'}",
    "{id: ind-ml-elbows, jurisdiction: ml, presentations: [syringe-small, syringe-large], regions: [elbows],"
    " undiluted: true, use: made-up elbows, seen: reported, reported_by: a traveller, refs: [news01, regulator01],"
    " reviewed: '2030-03-01', review_by: '2031-03-01'}",
]


@pytest.fixture(scope="module")
def third(fixture_root: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Published]:
    """The site of the fixture with one jurisdiction more, built."""
    return rebuilt(fixture_root, tmp_path_factory.mktemp("third"), add_jurisdiction)


@pytest.fixture(scope="module")
def undiluted_only(fixture_root: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Published]:
    """The site of the fixture without any label for diluted product, built."""
    return rebuilt(fixture_root, tmp_path_factory.mktemp("undiluted"), drop_dilutions)


def rebuilt(fixture_root: Path, folder: Path, change: Any) -> tuple[Path, Published]:
    root = copy_tree(fixture_root, folder / "project")
    change(root / "docs/data")
    project = load_project(root)
    return build_without_prints(project, folder / "site"), project.published


def add_jurisdiction(folder: Path) -> None:
    edit(folder / "indications.yml", "\n\ndiluents:", f"\n  - {{id: ml, name: {LAND}, short: {SHORT}}}\n\ndiluents:")
    text = (folder / "indications.yml").read_text(encoding="utf-8")
    rows = "".join(f"  - {row}\n" for row in NEW)
    (folder / "indications.yml").write_text(text.rstrip("\n") + f"\n{rows}", encoding="utf-8")
    text = (folder / "product.yml").read_text(encoding="utf-8")
    (folder / "product.yml").write_text(text.replace("sold_in: [us, eu]", "sold_in: [us, eu, ml]"), encoding="utf-8")


def drop_dilutions(folder: Path) -> None:
    path = folder / "indications.yml"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if "diluent_parts" not in line]
    assert len(kept) == len(lines) - 2
    path.write_text("".join(kept), encoding="utf-8")


def words_of(site: Path, page: str, where: str = "//main") -> str:
    tree = html.fromstring((site / page).read_text(encoding="utf-8"))
    return " ".join(squeezed(part) for part in tree.xpath(where))


def squeezed(part: html.HtmlElement) -> str:
    """The words of a part as a reader meets them, drawings and what is said of them too."""
    told = [*part.itertext(), *part.xpath(".//@aria-label")]
    return " ".join(" ".join(told).replace("\N{NO-BREAK SPACE}", " ").split())


def records(site: Path, name: str) -> dict[str, dict[str, str]]:
    with (site / "downloads" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as lines:
        return {row["id"]: row for row in csv.DictReader(lines)}


@pytest.mark.site
def test_a_third_jurisdiction_has_its_part_in_chips_and_tables(third: tuple[Path, Published]) -> None:
    site, _ = third
    neck = squeezed(cells(site, "product/regions/index.html", "//tr[@data-row='neck']")[0])
    assert f"Off-label (US, EU) On label ({SHORT}) at 1:5" in neck
    by_region = words_of(site, "technique/by-region/index.html")
    assert f"Off-label (US, EU) On label ({SHORT}) at 1:5: Testgel 2 mL only" in by_region, "chip of a row, of a region"
    assert f"{LAND}:" in words_of(site, "technique/by-region/index.html", "//*[@data-region='neck']")
    assert f"Off-label (US, EU) Reported ({SHORT})" in words_of(site, "product/label-status/index.html")
    assert f"Off-label (US, EU, {SHORT})" in words_of(site, "index.html")
    assert f"{SHORT}: made-up necks" in words_of(site, "product/label-status/index.html")
    assert f"Sold today (US, EU, {SHORT})" in words_of(site, "product/label-status/index.html")


def cells(site: Path, page: str, where: str) -> list[html.HtmlElement]:
    return list(html.fromstring((site / page).read_text(encoding="utf-8")).xpath(where))


@pytest.mark.site
def test_a_third_jurisdiction_stands_in_strips_and_preparation_tables(third: tuple[Path, Published]) -> None:
    site, _ = third
    uses = f"off-label (US, EU, {SHORT}), except décolleté at 1:3 (EU; US reported) and neck at 1:5 ({SHORT})"
    for page in ("handouts/card/index.html", "safety/recognizing-a-complication/index.html"):
        assert f"Diluted use: {uses}" in words_of(site, page, "//*[@data-block='safety-strip']")
    assert uses.removeprefix("o") in words_of(site, "safety/recognizing-a-complication/index.html", "//caption")
    card = words_of(site, "handouts/card/index.html", "//tr[@data-row='ratio-1-5']")
    assert f"On label: neck, Testgel 2 mL only ({SHORT}) Elsewhere off-label (US, EU, {SHORT})" in card
    large, *small = (
        squeezed(row)
        for row in cells(site, "technique/preparation-tables/index.html", "//table//tr[@data-row='ratio-1-5']")
    )
    assert f"Only neck ({SHORT})" in large
    assert small and all(f"ff-label (US, EU, {SHORT})" in row and "neck (" not in row for row in small)


@pytest.mark.site
def test_a_third_jurisdiction_stands_in_words_for_patients(third: tuple[Path, Published]) -> None:
    words = re.sub(r" [\d ,]+(?=\.)", "", words_of(third[0], "patients/what-the-treatment-is/index.html"))
    assert f"In {LAND}, thinned. Testgel: made-up necks." in words
    assert f"In {LAND}, as it comes. Testgel: made-up elbows. This is reported; we have not seen" in words
    assert f"made-up necks (in {LAND})" in words, "and in the sentence on the exceptions"


def test_patients_read_what_labels_cover_and_how_it_was_seen(invented_page: PageContext) -> None:
    block = html.fromstring(approved_uses(invented_page))
    for note in block.xpath(".//sup"):
        note.drop_tree()
    assert [squeezed(part) for part in block.xpath(".//li | .//p")] == [
        "In the United States, as it comes. Testgel: a made-up line; made-up folds.",
        "In European Union, as it comes. Testgel: made-up folds and cheeks.",
        "In the United States, thinned. Testgel: the made-up chest. This is reported; we have not seen the official"
        " record.",
        "In European Union, thinned. Testgel: the made-up chest.",
        "We last checked this on 1 March 2030.",
    ]


@pytest.mark.site
def test_a_third_jurisdiction_stands_in_downloads(third: tuple[Path, Published]) -> None:
    site, _ = third
    rows = json.loads((site / "downloads/indications.json").read_text(encoding="utf-8"))
    assert [row["id"] for row in rows if row["jurisdiction"] == "ml"] == ["ind-ml-neck", "ind-ml-elbows"]
    assert {"ind-ml-neck", "ind-ml-elbows"} <= records(site, "indications").keys()
    protocols, outcomes, regions = (records(site, name) for name in ("protocols", "outcomes", "regions"))
    assert protocols["neck-faria2022thyroid"]["label_status"] == f"off-label (US, EU); on label ({SHORT})"
    assert protocols["neck-unstated"]["label_status"] == f"off-label (US, EU); label status not stated ({SHORT})"
    assert protocols["elbows-expert"]["label_status"] == f"off-label (US, EU, {SHORT})"
    assert outcomes["outc-1"]["label_status"] == f"off-label (US, EU); label status not stated ({SHORT})"
    assert regions["neck"]["label_status_diluted"] == f"off-label (US, EU); on label ({SHORT})"
    assert regions["elbows"]["label_status_undiluted"] == f"off-label (US, EU); reported on label ({SHORT})"


@pytest.mark.site
@pytest.mark.parametrize(
    ("figure", "words"),
    [
        ("region-map", f"in US, EU, {SHORT}, unless a note says more"),
        ("region-map", f"diluted: 1:5: Testgel 2 mL ({SHORT}) only"),
        ("ratios-by-region", f"diluted: on label ({SHORT}) at 1:5"),
        ("ratios-by-region", f"Off-label (US, EU, {SHORT}) when"),
        ("ratio-syringes", f"On label: neck, Testgel 2 mL only ({SHORT})"),
        ("caha-timeline", f"neck at 1:5 ({SHORT})"),
        ("adverse-events-rates", f"neck at 1:5 ({SHORT})"),
        ("marking-patterns", f"off-label (US, EU, {SHORT})"),
    ],
)
def test_a_third_jurisdiction_stands_in_drawings(third: tuple[Path, Published], figure: str, words: str) -> None:

    assert words in said(draw(third[1], figure))


# --- no label at all, and none for diluted product ---------------------------------------------------------------


def test_without_any_label_all_is_off_label_and_every_page_can_be_made(project: Path) -> None:
    path = project / "docs/data/indications.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text[: text.index("\nindications:")] + "\nindications: []\n", encoding="utf-8")
    without = load_project(project)
    assert [fault for fault in dry_run_faults(without) if fault.field != "id"] == [], "but sources that none cites now"
    record(without.data, project)
    told = {row["label_status"] for name in ("protocols", "outcomes") for row in made(without.published)[name]}
    assert told == {"off-label (US, EU)", "avoid", "not a treatment", "another product"}


# What is said of a labeled dilution, wherever it is said.
OF_A_DILUTION = re.compile(
    r"on label \([^)]*\) at|reported \([^)]*\) at|reported on label|label \w*stated|, except |on label: |on label only"
    r"|, thinned\.|(?-i:Only décolleté)|label of décolleté|\bdiluted: (?:on label|reported|EU|US)|1:3: Testgel|elsewhere off-label",
    re.IGNORECASE,
)


def sayings(site: Path) -> Iterator[tuple[str, str]]:
    """Page and words, wherever a page of a site speaks of a labeled dilution."""
    for path in sorted(site.rglob("*.html")):
        tree = html.fromstring(path.read_text(encoding="utf-8"))
        for script in tree.xpath("//script | //style"):
            script.drop_tree()
        for found in OF_A_DILUTION.findall(squeezed(tree)):
            yield path.relative_to(site).as_posix(), found.lower()


@pytest.mark.site
def test_without_a_label_for_diluted_product_nothing_speaks_of_one(
    undiluted_only: tuple[Path, Published], invented_site: Path
) -> None:
    site, data = undiluted_only
    assert list(sayings(site)) == []
    for name in ("protocols", "outcomes"):
        for row in records(site, name).values():
            if row.get("undiluted", "") != "true" and row.get("diluted") not in (
                "false",
                "",
                "mixed",
                "with-lidocaine",
            ):
                assert "on label" not in row["label_status"], row["id"]
                assert "not stated" not in row["label_status"], row["id"]
    assert all("on label" not in row["label_status_diluted"] for row in records(site, "regions").values())
    texts = "\n".join(path.read_text(encoding="utf-8") for path in site.rglob("*.md"))
    assert not OF_A_DILUTION.search(" ".join(texts.split()))
    assert diluted_use(data) == "off-label (US, EU)"
    # The same words are found where there is one: in strips, tables, boxes, drawings.
    found = {page for page, _ in sayings(invented_site)}
    assert {
        "handouts/card/index.html", "patients/what-the-treatment-is/index.html", "product/label-status/index.html",
        "product/regions/index.html", "safety/recognizing-a-complication/index.html", "technique/by-region/index.html",
        "technique/preparation-tables/index.html",
    } <= found  # fmt: skip
