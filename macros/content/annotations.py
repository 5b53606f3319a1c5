"""A fault as the workflows of a code host read it: a line that stands beside the line of the file."""

from typing import Literal

from .faults import Fault

# As the host names them; it shows ten of each in a step.
Level = Literal["error", "warning", "notice"]

_IN_WORDS = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PLACES = _IN_WORDS | str.maketrans({":": "%3A", ",": "%2C"})


def annotation(fault: Fault, level: Level = "error") -> str:
    """The workflow command for a fault, such as ::error file=docs/data/regions.yml,line=26::neck: caution: expected."""
    place = f"file={fault.file.translate(_IN_PLACES)},line={fault.line}"
    return f"::{level} {place}::{fault.words.translate(_IN_WORDS)}"
