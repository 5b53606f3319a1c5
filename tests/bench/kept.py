"""Where the figures of a bench are kept: a file beside it, and the README, between two comments that bear its name."""

import re
from pathlib import Path

README = Path(__file__).resolve().parents[2] / "README.md"


def keep(lines: list[str], out: Path, readme: Path = README) -> None:
    """Write the lines into `out` and between `<!-- NAME -->` and `<!-- end of NAME -->` of the README.

    Raises ValueError when the README has no such place.
    """
    out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    text = readme.read_text(encoding="utf-8")
    start, end = f"<!-- {out.stem} -->\n", f"<!-- end of {out.stem} -->\n"
    if start not in text or end not in text:
        raise ValueError(f"{readme.name}: no place for the figures; add the lines {start.strip()} and {end.strip()}")
    body = "\n".join(["", *lines, "", ""])
    readme.write_text(
        re.sub(f"{start}.*?{end}", lambda _: f"{start}{body}{end}", text, flags=re.DOTALL), encoding="utf-8"
    )
