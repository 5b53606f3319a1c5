"""What the tables share: captions and the choice of rows."""

from collections.abc import Sequence

from ..data import Data
from ..source import did_you_mean
from ..typeset import text


def known(value: str, names: Sequence[str], what: str) -> str:
    """The value, when it is among the names. Raises ValueError that names them."""
    if value not in names:
        raise ValueError(f"no {what} '{value}'{did_you_mean(value, names)}; there are: {', '.join(names)}")
    return value


def limited_to(data: Data, regions: Sequence[str], words: str = "") -> str:
    """What a table is limited to, for its caption: ": neck, undiluted"."""
    limits = [data.region(name).name for name in regions] + ([words] if words else [])
    return f": {text(', '.join(limits))}" if limits else ""
