"""mkdocs.yml: what it says wrongly is named with its entry."""

from pathlib import Path

import pytest

from macros.content.faults import ContentError
from macros.content.settings import read_site

from ..projects import edit


@pytest.fixture
def settings(fixture_root: Path, tmp_path: Path) -> Path:
    """A folder with settings to spoil, and with what they name."""
    (tmp_path / "docs/assets").mkdir(parents=True)
    (tmp_path / "docs/.theme").symlink_to(fixture_root / "docs/.theme")
    (tmp_path / "macros").mkdir()
    (tmp_path / "docs/assets/large.png").write_bytes(b"x" * 100_001)
    (tmp_path / "mkdocs.yml").write_text((fixture_root / "mkdocs.yml").read_text(encoding="utf-8"), encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("site_name: Fixture Site", "site_name: Fixture <b> Site", "site_name: expected plain words, got 'Fixture <b> Site'"),
        ("site_name: Fixture Site", "site_name: [", "mkdocs.yml:"),
        ("  version: 3.2.1", "  edition: 3.2.1", "extra: version: missing; every page prints it"),
        ("  version: 3.2.1", "  version: 3.2", "extra: version: expected a version such as 1.0.0, got 3.2"),
        ("  version: 3.2.1", "  version: 1.10", "extra: version: expected a version such as 1.0.0, got 1.1"),
        ('  training_address: ""', '  training_address: "our clinic"', "extra: training_address: expected an e-mail address"),
        ('  training_address: ""', "  training_address: 'javascript://x'", "extra: training_address: expected an e-mail address"),
        ('!ENV [FEEDBACK_ADDRESS, ""]', "javascript:alert(1)", "extra: feedback_address: expected an e-mail address or one that begins with https"),
        ("\nnav:\n", "\nmenu:\n", "Config value 'menu': Unrecognised configuration name: menu"),
        ("      - product/regions.md\n", "      - Regions: product/regions.md\n", "nav: Product: expected the path of a page"),
        ('phone: ""', "fone: '1'", "extra: clinic: fone: unknown (did you mean 'phone'?); there are: name, phone, emergency, logo"),
        ('phone: ""', "phone: 5550100", "extra: clinic: phone: expected text, got 5550100 (put it in quotes)"),
        ('logo: ""', "logo: assets/none.svg", "extra: clinic: logo: no file 'docs/assets/none.svg'"),
        ('logo: ""', "logo: assets/logo.tiff", "extra: clinic: logo: expected a file that ends in .svg, .png, .jpg, .jpeg, got"),
        ('logo: ""', "logo: assets/large.png", "extra: clinic: logo: docs/assets/large.png is larger than 100 kB"),
        ('logo: ""', f'logo: "a\\nb{"long " * 99}"', "got 'a blong long long"),
        ("  clinic:\n", "  clinic: North Lake\n  other:\n", "clinic: expected name, phone, emergency, logo, got 'North Lake'"),
    ],
)  # fmt: skip
def test_a_wrong_entry_is_named(settings: Path, old: str, new: str, words: str) -> None:
    edit(settings / "mkdocs.yml", old, new)
    with pytest.raises(ContentError) as stopped:
        read_site(settings)
    assert words in str(stopped.value)
    assert str(stopped.value).startswith("mkdocs.yml:")
