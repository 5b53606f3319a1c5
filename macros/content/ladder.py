"""The ladder of sources: a statement of safety or of a label rests on one that can carry it, or says that it does not.

What can: a label, a regulator, a guideline or a consensus, and studies and reviews that were printed as papers.
Training, clinic, trade and wiki pages, drug monographs and single experts cannot; nor can what nobody opened.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import get_args

from .cross_checks import Located
from .csl import HowRead, Reference
from .faults import Fault
from .rows.base import Fact, Row
from .rows.indications import Indication
from .rows.label import Approval, Region
from .rows.safety import AdverseEvent, SafetyItem
from .rows.technique import Step
from .vocabulary import CARRYING, EVIDENCE_NAMES, LESSER_SOURCES, RESEARCH

_PAPERS = ("article-journal", "book", "chapter", "paper-conference", "thesis", "dataset")

# What stands above papers, the highest first; and how far a source was read.
_RUNGS = (frozenset({"label", "regulator"}), frozenset({"guideline", "consensus"}))
_READ = get_args(HowRead)


# Files whose facts are statements of safety or of labels; elsewhere those on handling are what labels direct.
_FILES = ("safety.yml", "approvals.yml")
_HANDLING = "handling"


def carries(source: Reference) -> bool:
    """Whether a statement of safety or of a label may rest on this source alone."""
    if source.custom.read == "not-opened":
        return False
    return source.custom.kind in CARRYING or (source.custom.kind in RESEARCH and source.type in _PAPERS)


def rung(source: Reference) -> int:
    """How high a source stands: 0 label or regulator, 1 guideline or consensus, 2 paper, 3 what carries nothing."""
    if not carries(source):
        return 3
    return next((height for height, kinds in enumerate(_RUNGS) if source.custom.kind in kinds), 2)


def fewest(statements: Iterable[Sequence[str]], sources: Mapping[str, Reference]) -> list[str]:
    """Of the sources of several statements the few that leave each of them one of its highest rung.

    Where several would do, one that serves more of them stands before others, then one that was read further.
    """
    best = [
        [key for key in keys if rung(sources[key]) == min(rung(sources[each]) for each in keys)] for keys in statements
    ]
    kept: list[str] = []
    while left := [keys for keys in best if keys and not set(keys) & set(kept)]:
        found = dict.fromkeys(key for keys in left for key in keys)
        kept.append(
            min(found, key=lambda key: (-sum(key in keys for keys in left), _READ.index(sources[key].custom.read)))
        )
    return kept


def ladder_faults(located: Iterable[Located]) -> Iterator[Fault]:
    """Every printed statement of safety or of a label that nothing carries, and every exception that is not one."""
    entries = list(located)
    sources = {entry.row.id: entry.row for entry in entries if isinstance(entry.row, Reference)}
    for entry in entries:
        if isinstance(entry.row, Row) and entry.row.publish and all(key in sources for key in entry.row.refs):
            yield from _row_faults(entry, entry.row, sources)


def _row_faults(entry: Located, row: Row, sources: Mapping[str, Reference]) -> Iterator[Fault]:
    cited = [sources[key] for key in row.refs]
    carrying = next((source.id for source in cited if carries(source)), None)
    if not is_guarded(row, entry.file.name) or carrying:
        if row.ladder_exception:
            why = f"{carrying} carries the statement" if carrying else "the row is no statement of safety or of a label"
            yield entry.fault("ladder_exception", f"not needed: {why}; take it out")
        return
    kinds = ", ".join(dict.fromkeys(EVIDENCE_NAMES[source.custom.kind].lower() for source in cited)) or "no source"
    words = sorted({word for source in cited for word in LESSER_SOURCES.get(source.custom.kind, ())})
    if not row.ladder_exception:
        yield entry.fault(
            "refs",
            "a statement of safety or of a label needs a label, regulator, guideline, consensus or paper that was read;"
            f" got {kinds} (where none was found, say so in its words and give the reason as ladder_exception)",
        )
    elif words and not any(word in text for word in words for text in _printed(row)):
        problem = (
            f"the words do not say what they rest on; write one of {', '.join(words)} in the row, such as its note"
        )
        yield entry.fault("ladder_exception", problem)


def is_guarded(row: Row, file: str) -> bool:
    """Whether a row of this file states safety or what a label says."""
    if isinstance(row, Region):
        return row.kind == "treatment"
    if isinstance(row, Step):
        return row.warning is not None
    if isinstance(row, Fact):
        return file.endswith(_FILES) or row.topic == _HANDLING
    return isinstance(row, SafetyItem | AdverseEvent | Indication | Approval)


def _printed(row: Row) -> list[str]:
    """The words of a row that readers see, in small letters."""
    hidden = {"id", "refs", "editor_note", "ladder_exception"}
    return [str(value).lower() for name, value in row if value is not None and name not in hidden]
