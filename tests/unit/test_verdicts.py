"""A check that passed is not run again, unless anything that decides its verdict is another."""

from pathlib import Path

from ..verdicts import keep, note


def test_what_passed_is_known_by_all_that_decides_it(tmp_path: Path) -> None:
    keep([note(tmp_path / "kept", "4.10", b"page")])
    assert note(tmp_path / "kept", b"4.10", "page").exists(), "text and bytes are one"
    for parts in (("4.11", b"page"), ("4.10", b"pages"), ("4.1", b"0page"), ("4.10",), ("4.10", b"page", "")):
        assert not note(tmp_path / "kept", *parts).exists(), parts
