"""Load docs/data/ strictly: every fault of every file in one go, each with its address."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from .cross_checks import Located, cross_check, duplicate_ids, publications_twice
from .csl import Reference
from .faults import ContentError, Fault, did_you_mean
from .files import FILES, FOLDER, RECORD_FILE, REFERENCES_FILE, SCHEMA_FOLDER, Files
from .ladder import ladder_faults
from .rows.base import Row
from .rows.editorial import Term
from .rows.label import Region
from .rows.preparations import Preparation, RatioChoice
from .rows.product import Component, Presentation
from .strict_reader import DataFile, read_data_file
from .validation_faults import validated

R = TypeVar("R", bound=Row)


@dataclass(frozen=True)
class Data(Files):
    """Everything in docs/data/, checked: one attribute for each file, rows and sources by id, and the files' lines."""

    references: dict[str, Reference]
    rows: dict[str, Row]
    files: dict[str, DataFile] = field(default_factory=dict, repr=False, compare=False)

    def one(self, row_id: str, kind: type[R], what: str = "row") -> R:
        """The row with this id, of this kind; `what` is the word for the kind in the message.

        Raises ValueError with its cure when there is none.
        """
        row = self.rows.get(row_id)
        if not isinstance(row, kind):
            known = [name for name, other in self.rows.items() if isinstance(other, kind)]
            raise ValueError(f"no {what} '{row_id}' in docs/data/{did_you_mean(row_id, known)}")
        return row

    def region(self, region_id: str) -> Region:
        """The region with this id."""
        return self.one(region_id, Region, "region")

    def term(self, term_id: str) -> Term:
        """The glossary term with this id."""
        return self.one(term_id, Term, "term")

    def located(self) -> Iterator[Located]:
        """Every row and every source, with its place in its file."""
        for name, file in self.files.items():
            yield from _located(list(self.references.values()) if name == "references" else getattr(self, name), file)

    def fault(self, row: Row | Reference, field: str, problem: str, *deeper: str | int) -> Fault:
        """What is wrong with a field of a row or a source, with its file and line; `deeper` is the place inside it."""
        found = next(entry for entry in self.located() if entry.row.id == row.id and type(entry.row) is type(row))
        return found.fault(field, problem, *deeper)

    def caha_share_percent(self) -> Decimal:
        """Percent of the syringe that is CaHA microspheres, by volume (30 in the labeled product)."""
        share = self.one("caha-microspheres", Component).share_percent
        if share is None:
            raise ValueError("'caha-microspheres' in product.yml has no share_percent; the tables need it")
        return share

    def ratios(self) -> list[RatioChoice]:
        """The ratios that the preparation tables show: those that may be printed."""
        return [row for row in self.preparations.ratios if row.publish]

    def prepare(self, presentation_id: str, syringes: int, ratio: RatioChoice) -> Preparation:
        """The worked example for a presentation, a number of syringes and a ratio."""
        return Preparation(
            presentation_ml=self.one(presentation_id, Presentation).volume_ml,
            syringes=syringes,
            product_parts=ratio.product_parts,
            diluent_parts=ratio.diluent_parts,
            caha_share_percent=self.caha_share_percent(),
        )

    def all_preparations(self) -> list[Preparation]:
        """Every worked example that the tables show: presentation x syringes x ratio."""
        chosen = self.preparations
        return [
            self.prepare(presentation, syringes, ratio)
            for presentation in chosen.presentations
            for syringes in chosen.syringes
            for ratio in self.ratios()
        ]


def load(root: Path) -> Data:
    """Load and check the data files below `root`, the project's folder.

    Raises ContentError with every fault found, sorted by file and line.
    """
    folder = root / FOLDER
    kinds: dict[str, Any] = {**FILES, REFERENCES_FILE: list[Reference]}
    files = {Path(name).stem: read_data_file(folder / name, f"{FOLDER}/{name}") for name in kinds}
    content: dict[str, Any] = {Path(name).stem: validated(files[Path(name).stem], kind) for name, kind in kinds.items()}
    located = [entry for name, file in files.items() for entry in _located(content[name], file)]
    faults = [fault for file in files.values() for fault in file.faults]
    faults += _unexpected_files(folder)
    faults += duplicate_ids(located)
    faults += publications_twice(located)
    sound = None not in content.values()
    references = {row.id: row for row in content.pop("references") or []}
    if sound:
        faults += cross_check(located, Files(**content), files)
        faults += ladder_faults(located)
    if faults:
        raise ContentError(faults)
    rows = {entry.row.id: entry.row for entry in located if isinstance(entry.row, Row)}
    return Data(**content, references=references, rows=rows, files=files)


def _located(content: Any, file: DataFile) -> Iterator[Located]:
    """The rows of a file, or the sources, each with its place."""
    if isinstance(content, list):
        yield from (Located(row, file, (index,)) for index, row in enumerate(content))
    elif isinstance(content, BaseModel):
        for section in type(content).model_fields:
            for index, row in enumerate(getattr(content, section)):
                if isinstance(row, Row):
                    yield Located(row, file, (section, index))


def _unexpected_files(folder: Path) -> Iterator[Fault]:
    expected = [*FILES, REFERENCES_FILE, RECORD_FILE]
    for path in sorted(folder.glob("[!.]*")):
        if path.name not in (*expected, SCHEMA_FOLDER):
            hint = did_you_mean(path.name, expected)
            yield Fault(f"{FOLDER}/{path.name}", 1, "", "", f"not one of the data files{hint}; rename or remove it")
