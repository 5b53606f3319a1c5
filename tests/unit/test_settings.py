"""mkdocs.yml: what it says wrongly is named with its entry; the clinic's entries are tested in built/test_command.py."""

import shutil
from pathlib import Path

import pytest

from macros.content.faults import ContentError
from macros.content.settings import read_site

from ..conftest import ROOT


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("site_name: CaHA and Skin", "site_name: CaHA <b> Skin", "site_name: expected plain words, got 'CaHA <b> Skin'"),
        ("  version: 1.0.0", "  edition: 1.0.0", "extra: version: missing; every page prints it"),
        ("  version: 1.0.0", "  version: 1.0", "extra: version: expected a version such as 1.0.0, got 1.0"),
        ('  training_address: ""', '  training_address: "our clinic"', "extra: training_address: expected an e-mail address"),
        ("\nnav:\n", "\nmenu:\n", "Config value 'menu': Unrecognised configuration name: menu"),
        ("      - technique/mixing.md\n", "      - Mixing: technique/mixing.md\n", "nav: Technique: expected the path of a page"),
    ],
)  # fmt: skip
def test_a_wrong_entry_is_named(tmp_path: Path, old: str, new: str, words: str) -> None:
    shutil.copytree(ROOT / "docs/.theme", tmp_path / "docs/.theme")
    (tmp_path / "macros").mkdir()
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "mkdocs.yml").write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ContentError) as stopped:
        read_site(tmp_path)
    assert words in str(stopped.value)
