"""Four places, one number: page, PDF, CSV and JSON say the same ratios and volumes."""

import csv
import io
import itertools
import json
import re
from fractions import Fraction
from pathlib import Path
from typing import Any

import lxml.html
import pytest

from macros.content.load import Data
from macros.content.pages import Page
from macros.downloads.csv_and_json import BOM

from ..print.prints import attached, attached_rows, opened, raw_text, shown, squeezed

NBSP = "\u00a0"
# (mL in one syringe, number of syringes, ratio) -> (mL of diluent to add, mL in all, vol. % of CaHA)
Example = tuple[Fraction, int, str]
Numbers = dict[Example, tuple[Fraction, Fraction, Fraction]]

RATIO = r"([\d.]+:[\d.]+)"
VOLUMES = r"\+ ?([\d.,]+) ?= ?([\d.,]+) ?mL"


def fraction(words: object) -> Fraction:
    return Fraction(str(words).replace(",", ""))


@pytest.fixture(scope="session")
def sizes(data: Data) -> list[Fraction]:
    """What one syringe of the tables holds, from small to large."""
    volumes = {row.id: Fraction(row.volume_ml) for row in data.product.presentations}
    return sorted(volumes[name] for name in data.preparations.presentations)


@pytest.fixture(scope="session")
def counts(data: Data) -> list[int]:
    return data.preparations.syringes


@pytest.fixture(scope="session")
def wanted(data: Data, sizes: list[Fraction], counts: list[int]) -> Numbers:
    """By arithmetic in fractions from the ratios of the data, as they are printed: to 0.01 mL and 0.1 %."""
    made: Numbers = {}
    share = Fraction(data.caha_share_percent())
    for size, count, row in itertools.product(sizes, counts, data.preparations.ratios):
        if row.publish:
            parts = Fraction(row.diluent_parts) / Fraction(row.product_parts)
            made[size, count, f"{row.product_parts:g}:{row.diluent_parts:g}"] = (
                rounded(size * count * parts, 100), rounded(size * count * (1 + parts), 100), rounded(share / (1 + parts), 10),
            )  # fmt: skip
    assert made
    return made


def rounded(value: Fraction, steps: int) -> Fraction:
    """Rounded half up to a whole number of steps in 1."""
    return Fraction((value * steps + Fraction(1, 2)).__floor__(), steps)


def words(element: lxml.html.HtmlElement) -> str:
    return " ".join("".join(element.xpath(".//text()[not(ancestor::sup)]")).replace(NBSP, " ").split())


def tables(site: Path, address: str) -> list[lxml.html.HtmlElement]:
    tree = lxml.html.parse(str(site / address / "index.html"))
    return tree.xpath("//article//table[contains(@class,'preparation')]")


def card_on_screen(site: Path) -> Numbers:
    (table,) = tables(site, "handouts/dilution-card/")
    heads = [re.match(r"(\d+) × ([\d.]+) mL ?([\d.]+) mL", words(cell)) for cell in table.xpath("./thead/tr/th")]
    found: Numbers = {}
    for row in table.xpath("./tbody/tr"):
        ratio = re.match(RATIO, words(row[0]))[1]
        for head, cell in zip(heads, row, strict=True):
            if head:
                count, size, product = int(head[1]), fraction(head[2]), fraction(head[3])
                assert product == size * count
                add, total = re.fullmatch(VOLUMES, words(cell)).groups()
                found[size, count, ratio] = (fraction(add), fraction(total), fraction(words(row[-2])))
    return found


def page_on_screen(site: Path, counts: list[int]) -> Numbers:
    found: Numbers = {}
    for table in tables(site, "technique/preparation-tables/"):
        size = fraction(re.match(r"One syringe of [^.]*? holds ([\d.]+) mL", words(table.find("caption")))[1])
        for row in table.xpath("./tbody/tr"):
            ratio = re.match(RATIO, words(row[0]))[1]
            for count, cell in zip(counts, row[1:], strict=False):
                add, total = re.fullmatch(VOLUMES, words(cell)).groups()
                found[size, count, ratio] = (fraction(add), fraction(total), fraction(words(row[len(counts) + 2])))
    return found


def card_on_paper(path: Path, sizes: list[Fraction], counts: list[int]) -> Numbers:
    text = " ".join(raw_text(path).replace(NBSP, " ").split())
    columns = list(itertools.product(sizes, counts))
    found: Numbers = {}
    # Below a ratio without a study stands that there is none.
    for row in re.finditer(rf"{RATIO} (?:No study found )?((?:{VOLUMES} ?){{{len(columns)}}})([\d.]+) ", text):
        for (size, count), (add, total) in zip(columns, re.findall(VOLUMES, row[2]), strict=True):
            found[size, count, row[1]] = (fraction(add), fraction(total), fraction(row[row.lastindex]))
    return found


def page_on_paper(path: Path, counts: list[int]) -> Numbers:
    text = " ".join(raw_text(path).replace(NBSP, " ").split())
    found: Numbers = {}
    captions = list(re.finditer(r"One syringe of [^.]*? holds ([\d.]+) mL", text))
    for caption, following in itertools.zip_longest(captions, captions[1:]):
        part = text[caption.end() : following.start() if following else len(text)]
        for row in re.finditer(rf"{RATIO} [^+=:]*?((?:{VOLUMES} ?){{{len(counts)}}})([\d.]+) ([\d.]+)", part):
            for count, (add, total) in zip(counts, re.findall(VOLUMES, row[2]), strict=True):
                found[fraction(caption[1]), count, row[1]] = (
                    fraction(add), fraction(total), fraction(row[row.lastindex]),
                )  # fmt: skip
    return found


def of_rows(rows: list[dict[str, Any]]) -> Numbers:
    found: Numbers = {}
    for row in rows:
        size, count = fraction(row["presentation_ml"]), int(row["syringes"])
        assert fraction(row["product_ml"]) == size * count
        found[size, count, f"{float(row['product_parts']):g}:{float(row['diluent_parts']):g}"] = (
            rounded(fraction(row["diluent_ml"]), 100),
            rounded(fraction(row["total_ml"]), 100),
            rounded(fraction(row["caha_percent_v_v"]), 10),
        )
    assert len(found) == len(rows), "each example once"
    return found


def of_csv(text: str) -> Numbers:
    return of_rows(list(csv.DictReader(io.StringIO(text.removeprefix(BOM)))))


def test_on_the_screen(site: Path, wanted: Numbers, counts: list[int]) -> None:
    assert card_on_screen(site) == wanted
    assert page_on_screen(site, counts) == wanted


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_on_paper(site: Path, wanted: Numbers, sizes: list[Fraction], counts: list[int], paper: str) -> None:
    assert card_on_paper(site / "pdf" / f"dilution-card-{paper}.pdf", sizes, counts) == wanted
    assert page_on_paper(site / "pdf" / f"technique-preparation-tables-{paper}.pdf", counts) == wanted
    assert page_on_paper(site / "pdf" / f"book-{paper}.pdf", counts) == wanted


def test_in_the_downloads(site: Path, wanted: Numbers) -> None:
    folder = site / "downloads"
    assert of_csv((folder / "preparations.csv").read_text(encoding="utf-8")) == wanted
    assert of_rows(json.loads((folder / "preparations.json").read_text(encoding="utf-8"))) == wanted


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("slug", ["dilution-card", "technique-preparation-tables", "book"])
def test_inside_the_pdfs(site: Path, wanted: Numbers, slug: str, paper: str) -> None:
    files = attached(site / "pdf" / f"{slug}-{paper}.pdf")
    assert of_csv(files["preparation.csv"]) == wanted
    assert of_rows(json.loads(files["preparation.json"])) == wanted


def test_every_ratio_of_a_protocol_is_the_same_in_all_places(
    site: Path, data: Data, pages: list[Page], manifest
) -> None:
    """Row by row: the page, the print, the attached data and the download."""
    download = {
        row["id"]: row for row in json.loads((site / "downloads" / "protocols.json").read_text(encoding="utf-8"))
    }
    seen = set()
    for entry in manifest:
        path = site / "pdf" / entry["file"]
        rows = [
            row
            for part in shown(site, entry, data, pages)
            for row in part.xpath("descendant-or-self::*[@data-block='protocol-table']//tbody/tr[@data-row]")
        ]
        if not rows:
            continue
        inside = {row["id"]: row for row in attached_rows(path, "protocol.json")}
        flat = squeezed(raw_text(path))
        for row in rows:
            # The groups of one study stand in one row of a region's table.
            for name in row.get("data-row").split():
                seen.add(name)
                assert inside[name] == download[name], f"{entry['file']}: {name}"
                low, high = download[name]["diluent_parts_min"], download[name]["diluent_parts_max"]
                if low is not None and not download[name]["undiluted"]:
                    product = f"{download[name]['product_parts']:g}"
                    ratio = f"{product}:{low:g}" + ("" if high in (None, low) else f" to {product}:{high:g}")
                    assert ratio in words(row), f"{entry['file']}: {name}: {ratio}"
                    assert squeezed(ratio) in flat, f"{entry['file']}: {name}: {ratio}"
    assert seen


def test_what_is_attached_to_a_print_are_its_tables_in_both_forms(
    site: Path, data: Data, pages: list[Page], manifest
) -> None:
    for entry in manifest:
        files = attached(site / "pdf" / entry["file"])
        tables_shown = [
            table
            for part in shown(site, entry, data, pages)
            for table in part.xpath("descendant-or-self::table[.//td]")
        ]
        assert bool(files) == bool(tables_shown), entry["file"]
        assert len({name.rsplit(".", 1)[0] for name in files}) * 2 == len(files)
        for name, text in files.items():
            if name.endswith(".json"):
                lines = list(csv.reader(io.StringIO(files[name.replace(".json", ".csv")].removeprefix(BOM))))
                assert len(lines) - 1 == len(json.loads(text)) > 0, f"{entry['file']}: {name}"
                assert lines[0] == list(json.loads(text)[0]), f"{entry['file']}: {name}"


def test_attached_files_bear_the_day_of_the_review(site: Path, manifest) -> None:
    """Not the time of the build, which would make no two builds the same."""
    entry = next(entry for entry in manifest if entry["slug"] == "dilution-card")
    files = opened(site / "pdf" / entry["file"]).attachments
    assert files
    for file in files.values():
        assert file.get_file().creation_date.strftime("%Y-%m-%d") == entry["reviewed"]
        assert file.get_file().mod_date.strftime("%Y-%m-%d") == entry["reviewed"]
