"""A fault of the content: its address, its words, and how many are told at once."""

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

MAX_FAULTS = 200  # named at once


# C0 and C1 controls, separators of lines, and marks without a width: some turn text right to left behind
# the reader's back, others make two words that look the same differ.
HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)


@dataclass(frozen=True, order=True)
class Fault:
    """One thing to mend, with its address: file, line, row id, field, and what to do."""

    file: str
    line: int
    row: str
    field: str
    problem: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.words}"

    @property
    def words(self) -> str:
        """Row, field, and what to do."""
        said = (in_short(self.row, 80), in_short(self.field, 80), self.problem)
        # A mark without a width is why two words that look the same differ: it must be seen.
        return HIDDEN.sub("\N{REPLACEMENT CHARACTER}", ": ".join(part for part in said if part))


class ContentError(Exception):
    """The content has faults; the message lists them, a line each."""

    def __init__(self, faults: Iterable[Fault]):
        self.faults = sorted(set(faults))
        lines = [str(fault) for fault in self.faults[:MAX_FAULTS]]
        if len(self.faults) > MAX_FAULTS:
            lines.append(f"and {len(self.faults) - MAX_FAULTS} more; mend these first")
        super().__init__("\n".join(lines))


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The closest known word as a hint in parentheses, or nothing."""
    close = difflib.get_close_matches(str(word), list(known), n=1, cutoff=0.6)
    return f" (did you mean '{close[0]}'?)" if close else ""


def in_short(words: str, longest: int = 60) -> str:
    """Words in one line, cut where they are longer than a message can bear."""
    words = " ".join(words.split())
    return words if len(words) <= longest else f"{words[: longest - 3]}..."


def shown(value: Any) -> str:
    """A value as a message shows it: short, and recognizable in the file."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return str(value).lower()
    return f"'{in_short(value)}'" if isinstance(value, str) else in_short(str(value))
