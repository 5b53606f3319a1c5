"""Nothing that is not to be published, and nothing that is not confirmed, by any door of a whole site.

In a copy of the invented project each section gets a row that is not to be published, and the rows that are get parts
that are not confirmed, all with one word and with numbers that occur nowhere else. Then every file of the built site is
searched for them: pages, their texts, downloads, search index, feed, drawings, archives, the text of the PDFs and what
is attached to them.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
import yaml
from pydantic import ValidationError

from macros.content import changes
from macros.content.files import FILES
from macros.content.load import load
from macros.content.rows.base import Row
from macros.content.rows.label import Region
from macros.content.rows.studies import Outcome
from tests.projects import build_with_sheets, copy_tree

WORD = "Zyxwvutium"
HIDDEN = WORD.lower()
# Numbers that nobody else has; one of them stands in each row that may not be printed and has room for it.
NUMBERS: dict[str, Any] = {
    "diluent_parts": Decimal("7.77"), "n": 98765, "follow_up": {"value": Decimal("377.5"), "unit": "weeks"},
}  # fmt: skip
SECRET_NUMBER = re.compile(r"\b7\.77\b|\b98[,\s]?765\b|\b377\.5\b")
SHEETS = ("card", "product-regions", "product-label-status", "technique-by-region")
# Of an outcome all that may be open is.
OPEN = ["ratio", "n", "comparator", "measure", "follow_up", "adverse_events", "funding", "design", "note"]
NAMES = {
    "see_also": "glossary-terms", "conflicts_with": "product-facts", "claims": "claims-claims", "rows": "regions-regions",
}  # fmt: skip


class Dumper(yaml.SafeDumper):
    """Writes every number as it was read, and every value out."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


Dumper.add_representer(Decimal, lambda dumper, value: dumper.represent_scalar("tag:yaml.org,2002:float", str(value)))


def secret_row(row: dict[str, Any], kind: type[Row], row_id: str) -> dict[str, Any]:
    """A row that is not to be published, made from another: the word and the numbers wherever they may stand."""
    return marked(row | {"publish": False, "verified": False, "id": row_id}, kind, NUMBERS)


def marked(row: dict[str, Any], kind: type[Row], numbers: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The row with the word in every field that takes any words, and with the numbers where they are legal."""
    for name in kind.model_fields.keys() - {"id", "refs", "series"}:
        words = f"{WORD} {name}"
        values: list[Any] = [words, [words], {f"{HIDDEN}_mm": NUMBERS["diluent_parts"]}]
        if numbers and name in numbers:
            values.append(numbers[name])
        if isinstance(row.get(name), dict):
            values.append(dict.fromkeys(row[name], words))
        for value in values:
            try:
                kind.model_validate(row | {name: value})
            except ValidationError:
                continue
            row = row | {name: value}
    return row


def with_secrets(row: dict[str, Any], kind: type[Row]) -> dict[str, Any]:
    """A row of the fixture with the word in all that may not be printed of it, and with the names of hidden rows."""
    if row.get("drawing_only"):
        return marked(row, kind)
    row = row | {"editor_note": WORD}
    if kind is Region and not row.get("danger_verified"):
        row["danger"] = [WORD]
    if kind is Outcome:
        words = {name: f"{WORD} {name}" for name in ("comparator", "measure", "adverse_events", "funding", "note")}
        row |= {**words, **NUMBERS, "unverified_parts": OPEN}
        if compared := row.get("comparison"):
            row |= _open_comparison(compared)
    for name in NAMES.keys() & kind.model_fields.keys():
        row[name] = [*row.get(name, []), f"{HIDDEN}-{NAMES[name]}"]
    return row


def _open_comparison(compared: dict[str, Any]) -> dict[str, Any]:
    """One with words for patients is shown on a page, and quotes nothing that is not confirmed; no other is confirmed."""
    if plain := compared.get("plain"):
        return {"comparison": compared | {"plain": plain | {"study": "One study, all invented."}}}
    words = {name: f"{WORD} {name}" for name in ("counted", "means", "limits")}
    return {"comparison": compared | words, "unverified_parts": [*OPEN, "comparison"]}


@pytest.fixture(scope="module")
def project(fixture_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented project with secrets in every section."""
    root = copy_tree(fixture_root, tmp_path_factory.mktemp("withheld") / "project")
    data = load(root)
    for name in FILES:
        file = name.removesuffix(".yml")
        content = data.files[file].content
        for section, rows in content.items():
            if rows and isinstance(rows[0], dict):
                kind = type(getattr(getattr(data, file), section)[0])
                # A row that has the numbers, where one has: an undiluted label takes no ratio.
                model = max(rows, key=lambda row: len(row.keys() & NUMBERS.keys()))
                secret = secret_row(model, kind, f"{HIDDEN}-{file.replace('_', '-')}-{section.replace('_', '-')}")
                content[section] = [secret, *(with_secrets(row, kind) for row in rows)]
        (root / "docs/data" / name).write_text(yaml.dump(content, Dumper=Dumper, allow_unicode=True), encoding="utf-8")
    changes.record(load(root), root)
    return root


@pytest.fixture(scope="module")
def whole(project: Path) -> Path:
    """Its site, with some sheets printed."""
    return build_with_sheets(project, project / "site", SHEETS)


def files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every file of a site by name, those in archives and those inside PDFs among them, and the text of each PDF."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield from opened(path.relative_to(folder).as_posix(), path.read_bytes())


def opened(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    if name.endswith((".zip", ".xlsx")):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for inner in archive.namelist():
                yield from opened(f"{name}/{inner}", archive.read(inner))
    elif name.endswith(".pdf"):
        document = pypdfium2.PdfDocument(content)
        text = "".join(page.get_textpage().get_text_bounded() for page in document)
        # A word may be parted at the end of a line.
        yield f"{name}: text", re.sub(r"[-\N{SOFT HYPHEN}\ufffe]?\r?\n", "", text).encode()
        with pikepdf.open(io.BytesIO(content)) as pdf:
            yield f"{name}: outline and names", repr([pdf.docinfo, pdf.Root.get("/Names")]).encode()
            for inner, file in pdf.attachments.items():
                yield f"{name}: {inner}", file.get_file().read_bytes()
    else:
        yield name, content


def test_the_secrets_are_in_the_data(project: Path) -> None:
    """Every section has a row with the word in it, so that the search below means something."""
    data = load(project)
    secret = [row for row in data.rows.values() if row.id.startswith(HIDDEN)]
    assert len(secret) > 30
    assert all(WORD in repr(row) for row in secret)
    assert any(WORD in repr(row.danger) for row in data.regions.regions if row.publish)
    assert all(row.publish or WORD in repr(row) for row in (*data.aging.layers, *data.aging.series))
    shown = [row.comparison for row in data.outcomes.outcomes if row.publish and row.comparison]
    assert {WORD in repr(comparison) for comparison in shown} == {True, False}


def test_no_file_holds_what_is_not_to_be_published_or_not_confirmed(whole: Path) -> None:
    seen, found = set(), []
    for name, content in files(whole):
        seen.add(name.rpartition(".")[2])
        words = content.decode("utf-8", "replace")
        found += [f"{name}: {words[max(0, at.start() - 60) : at.end() + 20]}" for at in re.finditer(WORD, words, re.I)]
        # A coordinate of a drawing may be any number: the numbers of a page are in its text too.
        if not name.endswith((".html", ".svg", ".css", ".js", ".png", ".gz")):
            found += [f"{name}: {words[max(0, at.start() - 60) : at.end()]}" for at in SECRET_NUMBER.finditer(words)]
    assert found == []
    assert {"html", "md", "csv", "json", "atom", "js", "pdf: text", "ris"} <= seen
    assert any(name == "all-tables.xlsx/xl/sharedStrings.xml" for name, _ in files(whole / "downloads"))
    assert any("pdf: regions.json" in name for name, _ in files(whole / "pdf"))


def test_what_is_not_confirmed_is_said_to_be_so(whole: Path) -> None:
    page = (whole / "product/label-status.md").read_text(encoding="utf-8")
    assert page.count("not confirmed") >= 5
