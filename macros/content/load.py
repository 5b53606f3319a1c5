"""Load docs/data/ strictly: every fault of every file in one go, each with its address."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from pydantic import BaseModel, TypeAdapter, ValidationError

from .cross_checks import _cross_check, _duplicate_ids, _Located
from .csl import Reference
from .faults import MAX_FAULTS, ContentError, Fault, did_you_mean
from .files import (
    FILES,
    FOLDER,
    RECORD_FILE,
    REFERENCES_FILE,
    SCHEMA_FOLDER,
    AgingFile,
    ApprovalsFile,
    ChangesFile,
    ClaimsFile,
    ComparisonFile,
    FiguresFile,
    GlossaryFile,
    HandoutsFile,
    OpenQuestionsFile,
    OutcomesFile,
    PreparationsFile,
    ProductFile,
    ProtocolsFile,
    QuestionsFile,
    RegionsFile,
    SafetyFile,
    TechniqueFile,
)
from .rows.base import Row
from .rows.label import Region
from .rows.preparations import Preparation, RatioChoice
from .rows.product import Presentation
from .rows.words import Term
from .strict_reader import Source, read_source
from .validation_faults import explain


@dataclass(frozen=True)
class Data:
    """Everything in docs/data/, checked. One attribute for each file, and two indexes."""

    product: ProductFile
    preparations: PreparationsFile
    protocols: ProtocolsFile
    regions: RegionsFile
    approvals: ApprovalsFile
    safety: SafetyFile
    technique: TechniqueFile
    aging: AgingFile
    outcomes: OutcomesFile
    claims: ClaimsFile
    comparison: ComparisonFile
    glossary: GlossaryFile
    open_questions: OpenQuestionsFile
    figures: FiguresFile
    handouts: HandoutsFile
    questions: QuestionsFile
    changes: ChangesFile
    references: dict[str, Reference]
    rows: dict[str, Row]

    def region(self, region_id: str) -> Region:
        """The region with this id."""
        row = self.rows[region_id]
        assert isinstance(row, Region)
        return row

    def term(self, term_id: str) -> Term:
        """The glossary term with this id."""
        row = self.rows[term_id]
        assert isinstance(row, Term)
        return row

    def caha_share_percent(self) -> Any:
        """Percent of the syringe that is CaHA microspheres, by volume (30 in the labeled product)."""
        share = next(part.share_percent for part in self.product.composition if part.id == "caha-microspheres")
        assert share is not None
        return share

    def ratios(self) -> list[RatioChoice]:
        """The ratios that the preparation tables show: those that may be printed."""
        return [row for row in self.preparations.ratios if row.publish]

    def prepare(self, presentation_id: str, syringes: int, ratio: RatioChoice) -> Preparation:
        """The worked example for a presentation, a number of syringes and a ratio."""
        presentation = self.rows[presentation_id]
        assert isinstance(presentation, Presentation)
        return Preparation(
            presentation_ml=presentation.volume_ml,
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
    faults: list[Fault] = []
    files: dict[str, Any] = {}
    located: list[_Located] = []
    for name, kind in FILES.items():
        source = read_source(folder / name, f"{FOLDER}/{name}")
        content = _validate(source, TypeAdapter(kind), faults)
        if content is not None:
            files[name.removesuffix(".yml")] = content
            located.extend(_rows_of(content, source))
    references = _load_references(folder, faults)
    faults.extend(_unexpected_files(folder))
    if len(files) == len(FILES) and references is not None:
        faults.extend(islice(_cross_check(located, references, files), MAX_FAULTS))
    else:
        faults.extend(_duplicate_ids(located))
    if faults:
        raise ContentError(faults)
    return Data(**files, references=references or {}, rows={entry.row.id: entry.row for entry in located})


def _unexpected_files(folder: Path) -> Iterator[Fault]:
    expected = [*FILES, REFERENCES_FILE, RECORD_FILE]
    for path in sorted(folder.iterdir()):
        if path.name not in (*expected, SCHEMA_FOLDER):
            hint = did_you_mean(path.name, expected)
            yield Fault(f"{FOLDER}/{path.name}", 1, "", "", f"not one of the data files{hint}; rename or remove it")


def _load_references(folder: Path, faults: list[Fault]) -> dict[str, Reference] | None:
    name = REFERENCES_FILE
    source = read_source(folder / name, f"{FOLDER}/{name}")
    rows = _validate(source, TypeAdapter(list[Reference]), faults)
    if rows is None:
        return None
    seen: dict[str, Reference] = {}
    for index, row in enumerate(rows):
        if row.id in seen:
            faults.append(Fault(source.name, source.line((index, "id")), row.id, "id", "used twice; ids are unique"))
        seen[row.id] = row
    return seen


def _validate(source: Source, adapter: TypeAdapter[Any], faults: list[Fault]) -> Any:
    faults.extend(source.faults)
    if source.content is None or source.content == "":
        return None
    try:
        checked = adapter.validate_python(source.content)
    except ValidationError as error:
        faults.extend(explain(source, detail) for detail in error.errors(include_url=False)[:MAX_FAULTS])
        return None
    return None if source.faults else checked


def _rows_of(content: BaseModel, source: Source) -> Iterator[_Located]:
    for section in type(content).model_fields:
        for index, row in enumerate(getattr(content, section)):
            if isinstance(row, Row):
                yield _Located(row, source, (section, index))
