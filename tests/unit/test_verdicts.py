"""A check that passed is not run again, unless anything that decides its verdict is another."""

from pathlib import Path

from ..verdicts import keep, note, unknown


def test_what_passed_is_known_by_all_that_decides_it(tmp_path: Path) -> None:
    keep([note(tmp_path / "kept", "4.10", b"page")])
    others = [("4.11", b"page"), ("4.10", b"pages"), ("4.1", b"0page"), ("4.10",), ("4.10", b"page", "")]
    # Text and bytes are one.
    notes = {parts: note(tmp_path / "kept", *parts) for parts in [(b"4.10", "page"), *others]}
    assert unknown(notes) == others
