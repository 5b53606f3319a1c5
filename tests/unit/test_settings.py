"""mkdocs.yml: what it says wrongly is named with its line and its entry."""

import re
import shutil
from pathlib import Path

import pytest

from macros.content.faults import ContentError
from macros.content.settings import read_site

from ..projects import edit


@pytest.fixture
def settings(fixture_root: Path, tmp_path: Path) -> Path:
    """A folder with settings to spoil, and with what they name."""
    root = tmp_path / "settings"
    shutil.copytree(fixture_root, root, ignore=shutil.ignore_patterns("assets", "data"))
    (root / "docs/assets").mkdir()
    (root / "docs/assets/large.png").write_bytes(b"x" * 100_001)
    return root


def refused(root: Path) -> list[str]:
    with pytest.raises(ContentError) as stopped:
        read_site(root)
    return str(stopped.value).splitlines()


CASES = [
    ("site_name: Fixture Site", "site_name: Fixture <b> Site", "site_name: expected plain words, got 'Fixture <b> Site'"),
    ("  version: 3.2.1", "  version: 3.2", "extra: version: expected a version such as 1.0.0, got 3.2"),
    ("  version: 3.2.1", "  version: 1.10", "extra: version: expected a version such as 1.0.0, got 1.1"),
    ('  training_address: ""', '  training_address: "our clinic"', "extra: training_address: expected an e-mail address"),
    ('  training_address: ""', "  training_address: 'javascript://x'", "extra: training_address: expected an e-mail address"),
    ('!ENV [FEEDBACK_ADDRESS, ""]', "javascript:alert(1)", "extra: feedback_address: expected an e-mail address or one that begins with https"),
    ("contact_address: keeper@example.org", "contact_address: us", "extra: contact_address: expected an e-mail address"),
    ("\nnav:\n", "\nmenu:\n", "Config value 'menu': Unrecognised configuration name: menu"),
    ("      - product/regions.md\n", "      - Regions: product/regions.md\n", "nav: Product: expected the path of a page"),
    ("      - product/regions.md\n", "      - product/region.md\n", "nav: Product: no page docs/product/region.md (did you mean 'product/regions.md'?)"),
    ("  - Home: index.md\n", "  - Home: home.md\n", "nav: Home: no page docs/home.md"),
    ("      - technique/by-region.md\n", "      - technique/by-region.md\n      - index.md\n", "nav: Technique: docs/index.md stands twice, first in line"),
    ('phone: ""', "fone: '1'", "extra: clinic: fone: unknown (did you mean 'phone'?); there are: name, phone, emergency, logo"),
    ('phone: ""', "phone: 5550100", "extra: clinic: phone: expected text, got 5550100 (put it in quotes)"),
    ('logo: ""', "logo: assets/none.svg", "extra: clinic: logo: no file 'docs/assets/none.svg'"),
    ('logo: ""', "logo: assets/logo.tiff", "extra: clinic: logo: expected a file that ends in .svg, .png, .jpg, .jpeg, got"),
    ('logo: ""', "logo: assets/large.png", "extra: clinic: logo: docs/assets/large.png is larger than 100 kB"),
    ('logo: ""', f'logo: "a\\nb{"long " * 99}"', "got 'a blong long long"),
    ("  clinic:\n", "  clinic: North Lake\n  other:\n", "extra: clinic: expected name, phone, emergency, logo, got 'North Lake'"),
    ("on_error_fail: true", "on_eror_fail: true", "Config value 'plugins': "),
    ('site_url: !ENV [SITE_URL, ""]', "site_url: somewhere", "Config value 'site_url': "),
    ("  - abbr\n", "  - abbreviations\n", "Config value 'markdown_extensions': "),
]  # fmt: skip
# The nearest thing around what is not there, or that MkDocs names the whole of.
AROUND = {
    "on_error_fail: true": "\nplugins:",
    "  - abbr\n": "\nmarkdown_extensions:",
    "      - technique/by-region.md\n": "      - index.md",
}


@pytest.mark.parametrize(("old", "new", "words"), CASES)
def test_a_wrong_entry_is_named_with_its_line(settings: Path, old: str, new: str, words: str) -> None:
    path = settings / "mkdocs.yml"
    line = edit(path, old, new)
    if old in AROUND:
        line = line_of(path, AROUND[old])
    found = refused(settings)
    assert any(fault.startswith(f"mkdocs.yml:{line}: ") and words in fault for fault in found), found


def line_of(path: Path, words: str) -> int:
    text = path.read_text(encoding="utf-8")
    return text.count("\n", 0, text.index(words) + words.startswith("\n")) + 1


def test_what_is_missing_is_named_with_the_line_around_it(settings: Path) -> None:
    edit(settings / "mkdocs.yml", "  version: 3.2.1", "  edition: 3.2.1")
    edit(settings / "mkdocs.yml", "      - product/regions.md\n", "")
    extra, nav = (line_of(settings / "mkdocs.yml", words) for words in ("\nextra:", "\nnav:"))
    assert refused(settings) == [
        f"mkdocs.yml:{extra}: extra: version: missing; every page prints it",
        f"mkdocs.yml:{nav}: nav: docs/product/regions.md stands nowhere in it; add it to a section",
    ]


def test_a_site_whose_pages_nothing_fills_is_refused(settings: Path) -> None:
    path = settings / "mkdocs.yml"
    text = re.sub(r"\nplugins:\n(?: .*\n)+", "\nplugins: []\n", path.read_text(encoding="utf-8"))
    path.write_text(text, encoding="utf-8")
    line = line_of(path, "\nplugins:")
    assert refused(settings) == [
        f"mkdocs.yml:{line}: plugins: expected macros among the plugins, which fill the pages; add `- macros`"
    ]


def test_lines_are_right_below_values_that_only_mkdocs_reads(settings: Path) -> None:
    """!ENV, an anchor and its alias, and words over several lines stand above the fault."""
    above = "site_description: &a >-\n  A small site\n\n  of invented things.\nsite_author: *a\n"
    edit(settings / "mkdocs.yml", "site_description: A small site of invented things.\n", above)
    line = edit(settings / "mkdocs.yml", 'phone: ""', "phone: 112")
    assert refused(settings) == [f"mkdocs.yml:{line}: extra: clinic: phone: expected text, got 112 (put it in quotes)"]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("site_description: A", "site_description: [A", "not readable as YAML: "),
        ("  version: 3.2.1", "  version: 3.2.1\n  version: 3.2.2", "version: written twice in the same row; keep one"),
        ("site_name: Fixture Site", "site_name: Fixture\u200bSite", "hidden character U+200B; delete it"),
    ],
)
def test_settings_that_cannot_be_read_one_way_have_that_fault_only(
    settings: Path, old: str, new: str, words: str
) -> None:
    line = edit(settings / "mkdocs.yml", old, new) + new.count("\n")
    (fault,) = refused(settings)
    # An open bracket is missed where the next entry begins.
    assert fault.startswith(f"mkdocs.yml:{line + ('[' in new)}: ") and words in fault, fault


def test_settings_that_are_not_there_are_named(settings: Path) -> None:
    (settings / "mkdocs.yml").unlink()
    (fault,) = refused(settings)
    assert fault.startswith("mkdocs.yml:1: cannot be read: ")


def test_the_page_tree_and_the_clinic_are_read(settings: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SITE_URL", "https://docs.example.org/skin/")
    edit(settings / "mkdocs.yml", 'phone: ""', "phone: ' 112 '")
    edit(settings / "mkdocs.yml", 'logo: ""', "logo:")
    site = read_site(settings)
    assert (site.name, site.address, site.clinic.phone, site.clinic.logo) == (
        "Fixture Site", "https://docs.example.org/skin/", "112", "",
    )  # fmt: skip
    assert [section.name for section in site.sections][:2] == ["Skin", "Product"]
    assert site.sections[0].paths == ("aging/skin.md",)
