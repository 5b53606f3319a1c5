"""One ratio changed in the data changes its pages, the CSV, the JSON and their prints, and nothing else."""

import hashlib
import json
import re
from pathlib import Path

import pytest

from ..projects import SHEETS, build_with_sheets, copy_tree, edit


def hashes(site: Path) -> dict[str, str]:
    """The hash of each file; the name of the build, which every page bears in its head, is passed over."""
    found = {}
    for path in sorted(site.rglob("*")):
        if path.is_file():
            content = re.sub(rb'<meta name="build" content="\w+">', b"", path.read_bytes())
            found[path.relative_to(site).as_posix()] = hashlib.sha256(content).hexdigest()
    return found


@pytest.fixture(scope="module")
def changed(printed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = copy_tree(printed, tmp_path_factory.mktemp("change") / "project")
    edit(root / "docs/data/preparations.yml", "diluent_parts: 5", "diluent_parts: 7")
    return build_with_sheets(root, root / "changed", SHEETS)


def test_nothing_else_changes(printed: Path, changed: Path) -> None:
    before, after = hashes(printed / "site"), hashes(changed)
    assert set(before) == set(after)
    different = {name for name in before if before[name] != after[name]}
    # On the page of a region the ratio of one of its studies is told in milliliters, as long as it has a row.
    pages = ("technique/preparation-tables", "handouts/card", "regions/elbows")
    # The handouts page bears sizes, which may or may not read differently when rounded.
    assert different - {"handouts/index.html", "handouts/index.md"} == {
        *(f"{page}/index.html" for page in pages),
        *(f"{page}.md" for page in pages),
        "downloads/preparations.csv",
        "downloads/preparations.json",
        "downloads/preparations.xlsx",
        "downloads/all-tables.xlsx",
        *(f"pdf/{slug}-{paper}.pdf" for slug in ("technique-preparation-tables", "card") for paper in ("a4", "letter")),
        "pdf/card-a4.png",
        # These two list what the others hold: the words of every page, and the hash of every PDF.
        "search/pages.json",
        "pdf/manifest.json",
        # What is saved on a reader's device, and the archive of the whole site.
        "sw.js",
        "downloads/site.zip",
    }


def test_the_new_number_is_everywhere(changed: Path) -> None:
    page = (changed / "technique/preparation-tables/index.html").read_text(encoding="utf-8")
    assert "1:7" in page
    assert "1:5<" not in page
    rows = json.loads((changed / "downloads/preparations.json").read_text(encoding="utf-8"))
    assert {row["diluent_parts"] for row in rows} == {3, 7, 9}
    assert "2,3,1,7,6,42,48,12.5,3\r\n" in (changed / "downloads/preparations.csv").read_bytes().decode()
