"""The finished site, whatever its content: nothing unfilled, nothing broken, every number equal to the data."""

import itertools
import json
import re
from fractions import Fraction
from pathlib import Path

import lxml.html
import pytest

from macros.content.addresses import SAFETY_PAGE, page_url, resolve
from macros.content.load import Data
from macros.content.pages import Page
from macros.content.project import Project
from macros.publishing.internal_links import broken_links

NBSP = "\u00a0"


@pytest.fixture(scope="session")
def trees(site: Path, pages: list[Page]) -> dict[str, lxml.html.HtmlElement]:
    """The article of every page, by the page's path."""
    found = {}
    for page in pages:
        tree = lxml.html.parse(str(site / page_url(page.path) / "index.html"))
        found[page.path] = tree.xpath("//article")[0]
        for script in found[page.path].xpath(".//script"):
            script.drop_tree()
    return found


def words(element: lxml.html.HtmlElement) -> str:
    return " ".join("".join(element.itertext()).replace(NBSP, " ").split())


# --- whole pages ------------------------------------------------------------------------------


def test_every_page_of_the_tree_is_built(trees, pages) -> None:
    assert len(trees) == len(pages) > 0


def test_no_macro_is_left_unfilled(site: Path) -> None:
    for path in site.rglob("*.html"):
        text = words(lxml.html.parse(str(path)).xpath("//main")[0])
        assert not re.search(r"\{\{|\}\}|\{%|%\}", text), path


def test_no_gap_in_a_sentence(trees) -> None:
    """An empty value would leave a doubled space, a lonely unit or an empty pair of brackets."""
    for path, tree in trees.items():
        text = words(tree)
        assert not re.search(r"\(\s*\)|Decimal\(|Undefined| ,|\bnan\b", text), path


def test_every_link_and_anchor_leads_somewhere(site: Path) -> None:
    assert broken_links(site) == []


def test_a_broken_link_is_found(site: Path, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text('<a href="gone/">x</a><a href="#nowhere">y</a><p id="here"></p>')
    found = broken_links(tmp_path)
    assert "index.html: link to gone/, which does not exist" in found
    assert "index.html: link to #nowhere, but there is no place with the id 'nowhere'" in found


def test_every_page_says_for_whom_when_and_which_version(trees, real: Project) -> None:
    for page in real.pages:
        text = words(trees[page.path])
        assert "For " in text
        assert f"Version {real.site.version}" in text
        assert "Reviewed" in text
        patients = page.meta.audience == ["patient"]
        replaced = "your doctor’s advice or the maker’s leaflet" if patients else "the product’s instructions for use"
        assert f"does not replace {replaced}" in text
        assert "No outside medical review has taken place yet" in text
        assert "their owners’ trademarks" in text


def test_every_page_has_a_language_a_title_and_a_description(site: Path, pages) -> None:
    for page in pages:
        tree = lxml.html.parse(str(site / page_url(page.path) / "index.html"))
        assert tree.xpath("string(/html/@lang)") == "en"
        assert page.meta.title in tree.xpath("string(//title)")
        assert tree.xpath("string(//meta[@name='description']/@content)") == page.meta.description
        assert len(tree.xpath("//h1")) == 1


def test_headings_skip_no_level(trees) -> None:
    for path, tree in trees.items():
        levels = [int(heading.tag[1]) for heading in tree.iter("h1", "h2", "h3", "h4", "h5", "h6")]
        assert all(after - before <= 1 for before, after in itertools.pairwise(levels)), path


# --- tables ------------------------------------------------------------------------------------


def test_every_table_has_caption_header_and_row_headers(trees) -> None:
    count = 0
    for path, tree in trees.items():
        for table in tree.xpath(".//table"):
            count += 1
            assert table.find("caption") is not None, f"{path}: {words(table)[:60]}"
            assert words(table.find("caption")), path
            assert all(cell.get("scope") == "col" and words(cell) for cell in table.xpath("./thead/tr/*")), path
            for row in table.xpath("./tbody/tr"):
                assert row[0].tag == "th", path
                assert row[0].get("scope") == "row", path
                assert len(row) == len(table.xpath("./thead/tr/*")), path
    assert count > 0


def test_blocks_are_never_inside_a_paragraph(trees) -> None:
    for path, tree in trees.items():
        assert not tree.xpath(".//p//div | .//p//table"), path


def test_the_preparation_tables_hold_the_right_volumes(trees, data: Data) -> None:
    """The page's numbers against arithmetic in fractions, written here a second time on purpose."""
    tables = trees["technique/preparation-tables.md"].xpath(".//table[contains(@class,'preparation')]")
    share = Fraction(data.caha_share_percent())
    counts, ratios = data.preparations.syringes, [row for row in data.preparations.ratios if row.publish]
    seen = []
    for table in tables:
        volume = Fraction(re.match(r"One syringe of [^.]*? holds ([\d.]+) mL", words(table.find("caption")))[1])
        seen.append(volume)
        rows = table.xpath("./tbody/tr")
        assert [row.get("data-row") for row in rows] == [ratio.id for ratio in ratios]
        for row, ratio in zip(rows, ratios, strict=True):
            assert re.match(r"([\d.]+:[\d.]+) ", words(row[0]))[1] == f"{ratio.product_parts:g}:{ratio.diluent_parts:g}"
            parts = Fraction(ratio.diluent_parts) / Fraction(ratio.product_parts)
            for cell, count in zip(row[1:], counts, strict=False):
                add, total = re.fullmatch(r"\+ ([\d.,]+) ?= ([\d.,]+) mL", words(cell)).groups()
                assert half_up(volume * count * parts) == Fraction(add.replace(",", ""))
                assert half_up(volume * count * (1 + parts)) == Fraction(total.replace(",", ""))
            product, caha = row[len(counts) + 1], row[len(counts) + 2]
            assert abs(Fraction(words(product)) - 100 / (1 + parts)) <= Fraction(1, 20)
            assert abs(Fraction(words(caha)) - share / (1 + parts)) <= Fraction(1, 20)
    wanted = {row.id: Fraction(row.volume_ml) for row in data.product.presentations}
    assert sorted(seen) == sorted(wanted[name] for name in data.preparations.presentations)


def half_up(value: Fraction) -> Fraction:
    """Rounded half up to a hundredth, as it is printed."""
    return Fraction((value * 100 + Fraction(1, 2)).__floor__(), 100)


def test_every_protocol_row_of_a_region_stands_in_its_tables_with_the_ratio_of_the_data(trees, data: Data) -> None:
    shown: dict[str, str] = {}
    for tree in trees.values():
        for row in tree.xpath(".//div[@data-block='protocol-table']//tr[@data-row]"):
            # The groups of one study stand in one row of a region's table.
            shown |= dict.fromkeys(row.get("data-row").split(), words(row))
    regions = {row.region for row in data.protocols.protocols if row.id in shown}
    assert regions
    for row in data.protocols.protocols:
        if row.publish and row.region in regions and data.region(row.region).caution != "avoid":
            assert row.id in shown, f"{row.id} is on no page"
            if row.diluent_parts_min is not None and not row.undiluted:
                assert f"{row.product_parts:g}:{row.diluent_parts_min:g}" in shown[row.id]
            if row.n:
                assert f"{row.n:,} p" in shown[row.id]


# --- claims, warnings, marks --------------------------------------------------------------------


def test_every_claim_is_dealt_with_and_linked_from_the_ledger(trees, data: Data) -> None:
    ledger = trees["reference/claims.md"]
    for claim in data.claims.claims:
        row = ledger.xpath(f".//tr[@data-row='{claim.id}']")[0]
        links = row.xpath(".//a/@href")
        for page in claim.pages:
            note = trees[page].xpath(f".//*[@id='claim-{claim.id.lower()}']")
            assert len(note) == 1, f"{claim.id} on {page}"
            assert "The evidence says:" in words(note[0])
            assert any(link.endswith(f"{page_url(page)}#claim-{claim.id.lower()}") for link in links)


def test_every_stop_sign_stands_where_hands_are_at_work(trees, real: Project, data: Data) -> None:
    procedures = [page for page in real.pages if page.meta.procedure]
    assert procedures
    signs = [row for row in data.safety.stop_signs if row.publish]
    sheets = {row.page for row in data.handouts.handouts}
    for page in procedures:
        tree = trees[page.path]
        box = " ".join(words(box) for box in tree.xpath(".//*[@data-block='stop-signs']"))
        # A sheet has them in a few words, in its strip.
        strips = tree.xpath(".//*[@data-block='safety-strip' and not(ancestor-or-self::*[@hidden])]")
        strip = " ".join(words(strip) for strip in strips) if page.path in sheets else ""
        for sign in signs:
            assert " ".join(sign.statement.split()) in box or (sign.short and sign.short in strip), (
                f"{page.path}: {sign.id}"
            )


def test_elsewhere_one_line_leads_to_the_stop_signs(trees, real: Project) -> None:
    others = [page for page in real.pages if page.meta.injecting and not page.meta.procedure]
    assert others
    for page in others:
        lines = trees[page.path].xpath(".//*[@data-block='no-reversal']")
        assert len(lines) == 1, page.path
        led = [resolve(link, page_url(page.path)) for link in lines[0].xpath(".//a/@href")]
        assert page_url(SAFETY_PAGE).strip("/") in [address.strip("/") for address in led], page.path
    for page in real.pages:
        full = trees[page.path].xpath(".//*[@data-block='stop-signs']")
        patients = page.meta.audience == ["patient"]
        assert not full or page.meta.procedure or patients, f"{page.path}: the full box is read where hands are at work"
    for page in real.pages:
        if page.path.startswith(("technique/", "safety/")) and page.meta.audience != ["patient"]:
            assert page.meta.procedure or page.meta.injecting, page.path


def test_the_finder_comes_first_and_sizes_have_one_order(trees, data: Data) -> None:
    for path, tree in trees.items():
        for finder in tree.xpath(".//*[@data-block='preparation-finder']"):
            before = finder.xpath("preceding-sibling::*[not(self::header or @data-print-status)]")
            assert [part.tag for part in before] == ["p"], f"{path}: a short warning and nothing else stands above"
            assert before[0].xpath(".//*[contains(@class,'mark-off-label')]")
            sizes = [float(size) for size in finder.xpath(".//input[@name='ml']/@value")]
            tables = tree.xpath(".//table[contains(@class,'preparation')]")
            shown = [float(table.xpath("string(.//td//@data-ml)")) for table in tables]
            assert shown == sizes, path


def test_every_technique_page_says_that_caha_cannot_be_reversed(trees, data: Data) -> None:
    (line,) = [row.statement for row in data.safety.vascular if row.id == "vasc-02"]
    for path, tree in trees.items():
        if path.startswith(("technique/", "safety/")) or path == "index.md":
            assert words(tree).count(" ".join(line.split())) > 0, path


def test_a_warning_stands_before_the_first_step(trees) -> None:
    for path, tree in trees.items():
        kinds = [block.get("data-block") for block in tree.xpath(".//*[@data-block]")]
        if "steps" in kinds:
            first = min(kinds.index(kind) for kind in ("stop-signs", "no-reversal") if kind in kinds)
            assert first < kinds.index("steps"), path


def test_rows_of_regions_carry_their_mark(trees, data: Data) -> None:
    avoid = {row.name for row in data.regions.regions if row.caution == "avoid"}
    for path, tree in trees.items():
        for kind in ("protocol", "outcomes", "regions"):
            for row in tree.xpath(f".//div[@data-block='{kind}-table']//tbody/tr"):
                assert row.xpath(".//*[contains(@class,'mark-')]"), f"{path}: {words(row)[:60]}"
                if any(words(row[0]).startswith(name) for name in avoid):
                    assert row.xpath(".//*[contains(@class,'mark-avoid')]"), f"{path}: {words(row)[:60]}"


def test_steps_that_name_a_region_carry_its_mark(trees, data: Data) -> None:
    for step in data.technique.steps:
        for region in step.regions:
            for tree in trees.values():
                steps = tree.xpath(f".//*[@data-block='steps']//li[@data-row='{step.id}']")
                # The warnings of a checklist say of a region to avoid that it is not treated.
                if data.region(region).caution != "avoid":
                    steps += tree.xpath(f".//*[@data-block='step-warnings']//p[@data-row='{step.id}']")
                for item in steps:
                    marks = [words(mark) for mark in item.xpath(".//*[@class='step-region']")]
                    assert any(mark.startswith(data.region(region).name) for mark in marks), step.id


def test_patient_pages_hold_no_ratio_gauge_plane_or_volume(trees) -> None:
    told = []
    for path, tree in trees.items():
        if path.startswith("patients/"):
            for source in tree.xpath(".//*[@data-block='references']"):
                source.drop_tree()
            text = words(tree)
            found = re.findall(r"\b\d+:\d+|\b\d[\d.]* ?(?:mL|G\b|gauge)|subdermal|dermis–fat|gauge", text)
            assert not found, f"{path}: {found}"
            told.append("Call us at once" in text)
    assert any(told), "no page tells patients when to call"


# --- sources of the pages -----------------------------------------------------------------------


def test_no_ratio_is_typed_by_hand(pages) -> None:
    for page in pages:
        for number, line in enumerate(page.text.splitlines(), 1):
            prose = re.sub(r"\{\{.*?\}\}|\]\([^)]*\)", "", line)
            assert not re.search(r"(?<![\w:])\d+ ?: ?\d+(?![\w:])", prose), f"{page.path}, line {number}: {line}"


def test_typography_of_pages(trees) -> None:
    for path, tree in trees.items():
        copy = lxml.html.fromstring(lxml.html.tostring(tree))
        for source in copy.xpath(".//*[@class='references']"):
            source.drop_tree()
        text = " ".join(" ".join(copy.itertext()).replace(NBSP, " ").split())
        assert not re.findall(r"\d%", text), f"{path}: a space before the percent sign"
        assert not re.findall(r"(?<![\d.,])\.\d+ ?(?:mL|mm|%)", text), f"{path}: a leading zero"
        assert not re.findall(r"\b\d+\.0 ?(?:mL|mm|%|weeks)", text), f"{path}: no trailing zero"
        assert not re.findall(r"\b\d+ ?(?:ml|ML|cc|mcg)\b", text), path


def test_every_page_is_quoted_in_plain_american_english(trees) -> None:
    british = re.compile(
        r"\b(ageing|colour|fibre|fibres|oedema|haemo\w+|tumour|grey|centre|stabilised|anaesthe\w+)\b", re.I
    )
    for path, tree in trees.items():
        copy = lxml.html.fromstring(lxml.html.tostring(tree))
        for source in copy.xpath(".//*[@class='references']"):
            source.drop_tree()
        assert not british.findall(words(copy)), f"{path}: {british.findall(words(copy))}"


# --- downloads ------------------------------------------------------------------------------------


def test_preparations_hold_every_size_number_and_ratio(site: Path, data: Data) -> None:
    rows = json.loads((site / "downloads" / "preparations.json").read_text(encoding="utf-8"))
    volumes = {row.id: row.volume_ml for row in data.product.presentations}
    found = [(row["presentation_ml"], row["syringes"], row["product_parts"], row["diluent_parts"]) for row in rows]
    assert sorted(found) == sorted(
        (float(volumes[name]), count, float(ratio.product_parts), float(ratio.diluent_parts))
        for name in data.preparations.presentations
        for count in data.preparations.syringes
        for ratio in data.preparations.ratios
        if ratio.publish
    )
    share = float(data.caha_share_percent())
    for row in rows:
        volume, count, product, diluent = (
            Fraction(str(row[key])) for key in ("presentation_ml", "syringes", "product_parts", "diluent_parts")
        )
        parts = diluent / product
        for key, wanted in (
            ("product_ml", volume * count),
            ("diluent_ml", volume * count * parts),
            ("total_ml", volume * count * (1 + parts)),
            ("product_percent", 100 / (1 + parts)),
            ("caha_percent_v_v", share / float(1 + parts)),
        ):
            assert row[key] == pytest.approx(float(wanted), abs=1e-11), key


def test_protocol_and_claim_downloads(site: Path, data: Data) -> None:
    protocols = json.loads((site / "downloads" / "protocols.json").read_text(encoding="utf-8"))
    assert [row["id"] for row in protocols] == [row.id for row in data.protocols.protocols if row.publish]
    assert all(row["citation_keys"] and row["evidence"] and row["label_status"] for row in protocols)
    claims = json.loads((site / "downloads" / "claims.json").read_text(encoding="utf-8"))
    assert [row["id"] for row in claims] == [row.id for row in data.claims.claims if row.publish]
    assert all(row["verdict"] and row["sources"] and row["pages"] for row in claims)


def test_schemas_accept_the_data(site: Path) -> None:
    for name in ("protocols", "preparations", "references"):
        schema = json.loads((site / "downloads" / "schema" / f"{name}.schema.json").read_text(encoding="utf-8"))
        assert schema["$schema"].endswith("2020-12/schema")
    schema = json.loads((site / "downloads" / "schema" / "protocols.schema.json").read_text(encoding="utf-8"))
    parts = schema["$defs"]["Protocol"]["properties"]["product_parts"]
    assert (parts["exclusiveMinimum"], parts["maximum"]) == (0, 20)
