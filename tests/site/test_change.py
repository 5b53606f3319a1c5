"""One ratio changed in the data changes its pages, the CSV, the JSON and their prints, and nothing else."""

import hashlib
import json
import re
from pathlib import Path

import pytest

from macros.build import build

from ..projects import ROOT, copy_project


def hashes(site: Path) -> dict[str, str]:
    """The hash of each file; the name of the build, which every page bears in its head, is passed over."""
    found = {}
    for path in sorted(site.rglob("*")):
        if path.is_file():
            content = re.sub(rb'<meta name="build" content="\w+">', b"", path.read_bytes())
            found[path.relative_to(site).as_posix()] = hashlib.sha256(content).hexdigest()
    return found


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = copy_project(tmp_path_factory.mktemp("change") / "project")
    (project / ".cache").symlink_to(ROOT / ".cache")
    path = project / "docs" / "data" / "preparations.yml"
    text = path.read_text(encoding="utf-8")
    assert text.count("\n    diluent_parts: 3\n") == 1
    path.write_text(text.replace("\n    diluent_parts: 3\n", "\n    diluent_parts: 5\n"), encoding="utf-8")
    build(project, project / "site", say=lambda line: None)
    return project / "site"


def test_nothing_else_changes(site: Path, changed: Path) -> None:
    before, after = hashes(site), hashes(changed)
    assert set(before) == set(after)
    different = {name for name in before if before[name] != after[name]}
    # The handouts page bears sizes, which may or may not read differently when rounded.
    assert different - {"handouts/index.html"} == {
        "technique/preparation-tables/index.html",
        "technique/dilution-ratios/index.html",
        "handouts/dilution-card/index.html",
        "technique/preparation-tables.md",
        "handouts/dilution-card.md",
        "downloads/preparations.csv",
        "downloads/preparations.json",
        *(
            f"pdf/{slug}-{paper}.pdf"
            for slug in ("technique-preparation-tables", "technique-dilution-ratios", "dilution-card", "book")
            for paper in ("a4", "letter")
        ),
        # The picture of the card, and the archives with the card and with the book.
        "pdf/dilution-card-a4.png",
        "pdf/handouts-practitioner.zip",
        "pdf/handouts-trainee.zip",
        # These two list what the others hold: the words of every page, and the hash of every PDF.
        "search/pages.json",
        "pdf/manifest.json",
        # What is saved on a reader's device, and the archive of the whole site.
        "sw.js",
        "downloads/site.zip",
    }


def test_the_new_number_is_everywhere(changed: Path) -> None:
    page = (changed / "technique/preparation-tables/index.html").read_text(encoding="utf-8")
    assert "1:5" in page
    assert "1:3<" not in page
    rows = json.loads((changed / "downloads/preparations.json").read_text(encoding="utf-8"))
    assert {row["diluent_parts"] for row in rows} == {1, 2, 4, 5, 6, 8}
    assert "1.5,4,1,5,6,30,36,16.666666666667,5" in (changed / "downloads/preparations.csv").read_text(encoding="utf-8")
