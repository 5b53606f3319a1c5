"""Sources in RIS, for reference managers that do not read CSL-JSON."""

from collections.abc import Iterable

from ..content.csl import Reference

_RIS_TYPES = {"article-journal": "JOUR", "book": "BOOK", "chapter": "CHAP", "webpage": "ELEC", "report": "RPRT"}


def to_ris(references: Iterable[Reference]) -> str:
    """Sources in RIS, one tag a line, for reference managers that do not read CSL-JSON."""
    lines: list[str] = []
    for row in references:
        authors = [name.literal or ", ".join(part for part in (name.family, name.given) if part) for name in row.author]
        year = str(row.issued["date-parts"][0][0]) if row.issued else None
        first, _, last = (row.page or "").partition("-")
        for tag, value in (
            ("TY", _RIS_TYPES.get(row.type, "GEN")), ("ID", row.id), *(("AU", author) for author in authors),
            ("TI", row.heading), ("PY", year), ("JO", row.container_title), ("VL", row.volume), ("IS", row.issue),
            ("SP", first), ("EP", last), ("PB", row.publisher), ("DO", row.DOI), ("AN", row.PMID), ("UR", row.link),
        ):  # fmt: skip
            if value:
                lines.append(f"{tag}  - {' '.join(value.split())}")
        lines += ["ER  - ", ""]
    return "\r\n".join(lines)
