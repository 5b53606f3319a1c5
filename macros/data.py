"""Load docs/data/ strictly: every fault of every file in one go, each with its address."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from . import model
from .source import MAX_FAULTS, ContentError, Fault, Place, Source, did_you_mean, read_source

FOLDER = "docs/data"


@dataclass(frozen=True)
class Data:
    """Everything in docs/data/, checked. One attribute for each file, and two indexes."""

    product: model.ProductFile
    preparations: model.PreparationsFile
    protocols: model.ProtocolsFile
    regions: model.RegionsFile
    approvals: model.ApprovalsFile
    safety: model.SafetyFile
    technique: model.TechniqueFile
    aging: model.AgingFile
    outcomes: model.OutcomesFile
    claims: model.ClaimsFile
    comparison: model.ComparisonFile
    glossary: model.GlossaryFile
    open_questions: model.OpenQuestionsFile
    figures: model.FiguresFile
    handouts: model.HandoutsFile
    questions: model.QuestionsFile
    changes: model.ChangesFile
    references: dict[str, model.Reference]
    rows: dict[str, model.Row]

    def region(self, region_id: str) -> model.Region:
        """The region with this id."""
        row = self.rows[region_id]
        assert isinstance(row, model.Region)
        return row

    def term(self, term_id: str) -> model.Term:
        """The glossary term with this id."""
        row = self.rows[term_id]
        assert isinstance(row, model.Term)
        return row

    def caha_share_percent(self) -> Any:
        """Percent of the syringe that is CaHA microspheres, by volume (30 in the labeled product)."""
        share = next(part.share_percent for part in self.product.composition if part.id == "caha-microspheres")
        assert share is not None
        return share

    def ratios(self) -> list[model.RatioChoice]:
        """The ratios that the preparation tables show: those that may be printed."""
        return [row for row in self.preparations.ratios if row.publish]

    def prepare(self, presentation_id: str, syringes: int, ratio: model.RatioChoice) -> model.Preparation:
        """The worked example for a presentation, a number of syringes and a ratio."""
        presentation = self.rows[presentation_id]
        assert isinstance(presentation, model.Presentation)
        return model.Preparation(
            presentation_ml=presentation.volume_ml,
            syringes=syringes,
            product_parts=ratio.product_parts,
            diluent_parts=ratio.diluent_parts,
            caha_share_percent=self.caha_share_percent(),
        )

    def all_preparations(self) -> list[model.Preparation]:
        """Every worked example that the tables show: presentation x syringes x ratio."""
        chosen = self.preparations
        return [
            self.prepare(presentation, syringes, ratio)
            for presentation in chosen.presentations
            for syringes in chosen.syringes
            for ratio in self.ratios()
        ]


@dataclass(frozen=True)
class _Located:
    """A row and where it stands."""

    row: model.Row
    source: Source
    place: Place

    def fault(self, field: str, problem: str, *deeper: str | int) -> Fault:
        place = (*self.place, field, *deeper)
        return Fault(self.source.name, self.source.line(place), self.row.id, field, problem)


def load(root: Path) -> Data:
    """Load and check the data files below `root`, the project's folder.

    Raises ContentError with every fault found, sorted by file and line.
    """
    folder = root / FOLDER
    faults: list[Fault] = []
    files: dict[str, Any] = {}
    located: list[_Located] = []
    for name, kind in model.FILES.items():
        source = read_source(folder / name, f"{FOLDER}/{name}")
        content = _validate(source, TypeAdapter(kind), faults)
        if content is not None:
            files[name.removesuffix(".yml")] = content
            located.extend(_rows_of(content, source))
    references = _load_references(folder, faults)
    faults.extend(_unexpected_files(folder))
    if len(files) == len(model.FILES) and references is not None:
        faults.extend(islice(_cross_check(located, references, files), MAX_FAULTS))
    else:
        faults.extend(_duplicate_ids(located))
    if faults:
        raise ContentError(faults)
    return Data(**files, references=references or {}, rows={entry.row.id: entry.row for entry in located})


def _unexpected_files(folder: Path) -> Iterator[Fault]:
    expected = [*model.FILES, model.REFERENCES_FILE, model.RECORD_FILE]
    for path in sorted(folder.iterdir()):
        if path.name not in (*expected, model.SCHEMA_FOLDER):
            hint = did_you_mean(path.name, expected)
            yield Fault(f"{FOLDER}/{path.name}", 1, "", "", f"not one of the data files{hint}; rename or remove it")


def _load_references(folder: Path, faults: list[Fault]) -> dict[str, model.Reference] | None:
    name = model.REFERENCES_FILE
    source = read_source(folder / name, f"{FOLDER}/{name}")
    rows = _validate(source, TypeAdapter(list[model.Reference]), faults)
    if rows is None:
        return None
    seen: dict[str, model.Reference] = {}
    for index, row in enumerate(rows):
        if row.id in seen:
            faults.append(Fault(source.name, source.line((index, "id")), row.id, "id", "used twice; ids are unique"))
        seen[row.id] = row
    return seen


# ---------------------------------------------------------------------------
# One file: from plain values to rows
# ---------------------------------------------------------------------------


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


def explain(source: Source, detail: Any, known_fields: list[str] | None = None) -> Fault:
    """One validation error of pydantic as a fault that its reader can mend."""
    place = tuple(part for part in detail["loc"] if part not in ("[key]", "bool", "literal['mixed']"))
    place, inside = _split(place)
    field = ".".join(str(part) for part in inside)
    line = source.line((*place, *inside))
    given = detail["input"]
    context = detail.get("ctx", {})
    match detail["type"]:
        case "content":
            problem = context["message"]
            # A rule over a whole row names its own field.
            if not field and ": " in problem:
                field, problem = problem.split(": ", 1)
                line = source.line((*place, field))
        case "missing":
            problem = "missing; expected this field"
        case "extra_forbidden":
            problem = f"unknown field{did_you_mean(field, known_fields or _known_fields(source, place))}"
        case "literal_error":
            choices = [choice.strip("'") for choice in context["expected"].replace(" or ", ", ").split(", ")]
            problem = f"expected one of {', '.join(choices)}; got {model.shown(given)}"
            problem += did_you_mean(str(given), choices)
        case "list_type":
            problem = f"expected a list, got {model.shown(given)} (write each item on its own line after a hyphen)"
        case "too_short":
            problem = "expected at least one item, got none"
        case "model_type" | "dict_type" | "model_attributes_type":
            problem = f"expected named fields, got {model.shown(given)}"
        case "bool_type" | "bool_parsing":
            problem = f"expected true or false, got {model.shown(given)}"
        case _:
            problem = f"{detail['msg']}, got {model.shown(given)}"
    return Fault(source.name, line, _row_id(source, place), field, problem)


def _split(place: Place) -> tuple[Place, Place]:
    """Divide an address into the row it belongs to and the place inside that row."""
    # The first number in an address counts the rows of a section.
    depth = next((index + 1 for index, part in enumerate(place) if isinstance(part, int)), 0)
    return place[:depth], place[depth:]


def _at(content: Any, place: Place) -> Any:
    for part in place:
        try:
            content = content[part]
        except (KeyError, IndexError, TypeError):
            return None
    return content


def _row_id(source: Source, place: Place) -> str:
    row = _at(source.content, place)
    if isinstance(row, dict) and "id" in row:
        return str(row["id"])
    if place and isinstance(place[-1], int):
        return f"row {place[-1] + 1} of {place[0]}" if len(place) > 1 else f"row {place[-1] + 1}"
    return ""


def _known_fields(source: Source, place: Place) -> list[str]:
    name = source.name.rsplit("/", 1)[-1]
    if name == model.REFERENCES_FILE:
        return [field.alias or key for key, field in model.Reference.model_fields.items()]
    kind: Any = model.FILES[name]
    if place and place[0] in kind.model_fields:
        kind = kind.model_fields[str(place[0])].annotation.__args__[0]
    return list(kind.model_fields) if hasattr(kind, "model_fields") else []


def _rows_of(content: BaseModel, source: Source) -> Iterator[_Located]:
    for section in type(content).model_fields:
        for index, row in enumerate(getattr(content, section)):
            if isinstance(row, model.Row):
                yield _Located(row, source, (section, index))


# ---------------------------------------------------------------------------
# All files together
# ---------------------------------------------------------------------------


def _duplicate_ids(located: list[_Located]) -> Iterator[Fault]:
    first: dict[str, _Located] = {}
    for entry in located:
        if entry.row.id in first:
            other = first[entry.row.id]
            where = f"{other.source.name}:{other.source.line((*other.place, 'id'))}"
            yield entry.fault("id", f"used twice, first at {where}; ids are unique")
        first.setdefault(entry.row.id, entry)


def _cross_check(
    located: list[_Located], references: dict[str, model.Reference], files: dict[str, Any]
) -> Iterator[Fault]:
    yield from _duplicate_ids(located)
    ids = {entry.row.id for entry in located}
    hidden = {entry.row.id for entry in located if not entry.row.publish}
    regions = {row.id for row in files["regions"].regions}
    presentations = {row.id for row in files["product"].presentations}
    claims = {row.id for row in files["claims"].claims}
    terms = {row.id for row in files["glossary"].terms}
    for entry in located:
        yield from _check_citations(entry, references)
        for field, known, what in (
            ("region", regions, "regions.yml"),
            ("regions", regions, "regions.yml"),
            ("claims", claims, "claims.yml"),
            ("see_also", terms, "glossary.yml"),
            ("conflicts_with", ids, "the data files"),
        ):
            yield from _check_names(entry, field, known, what)
        for field in ("region", "regions"):
            yield from _check_hidden(entry, field, hidden)
    yield from _check_named_regions(located, files["regions"])
    yield from _check_preparations(files["preparations"], presentations, hidden, files["product"])


def _check_citations(entry: _Located, references: dict[str, model.Reference]) -> Iterator[Fault]:
    for index, key in enumerate(entry.row.refs):
        if key not in references:
            hint = did_you_mean(key, references)
            yield entry.fault("refs", f"no source '{key}' in references.json{hint}", index)
    for index, position in enumerate(getattr(entry.row, "positions", [])):
        for key in position.refs:
            if key not in references:
                hint = did_you_mean(key, references)
                yield entry.fault("positions", f"no source '{key}' in references.json{hint}", index)
    if entry.row.publish and not entry.row.refs and not isinstance(entry.row, model.Change | model.Handout):
        yield entry.fault("refs", "expected at least one citation key on a row that is printed, got none")


def _check_names(entry: _Located, field: str, known: set[str], where: str) -> Iterator[Fault]:
    named = getattr(entry.row, field, None)
    for name in [named] if isinstance(named, str) else named or []:
        if name not in known:
            yield entry.fault(field, f"no '{name}' in {where}{did_you_mean(name, known)}")


def _check_hidden(entry: _Located, field: str, hidden: set[str]) -> Iterator[Fault]:
    """A row that is printed names no region whose status may not be printed."""
    named = getattr(entry.row, field, None)
    for name in [named] if isinstance(named, str) else named or []:
        if entry.row.publish and name in hidden:
            yield entry.fault(field, f"'{name}' is not to be published (publish: false); nor is this row, then")


def _check_named_regions(located: list[_Located], regions: model.RegionsFile) -> Iterator[Fault]:
    """A step or a disagreement that names a region prints its label mark; `regions` says which."""
    for entry in located:
        if isinstance(entry.row, model.Step):
            words = f"{entry.row.title} {entry.row.warning or ''} {entry.row.do}".lower()
        elif isinstance(entry.row, model.Disagreement):
            words = " ".join([entry.row.take, *(position.says for position in entry.row.positions)]).lower()
        else:
            continue
        for region in regions.regions:
            named = re.search(rf"\b{re.escape(region.name.split(' (')[0].lower())}\b", words)
            if named and region.id not in entry.row.regions:
                yield entry.fault(
                    "regions", f"the row names '{named[0]}'; add {region.id}, so that its label mark is printed"
                )


def _check_preparations(
    chosen: model.PreparationsFile, presentations: set[str], hidden: set[str], product: model.ProductFile
) -> Iterator[Fault]:
    name = f"{FOLDER}/preparations.yml"
    for presentation in chosen.presentations:
        if presentation not in presentations:
            hint = did_you_mean(presentation, presentations)
            yield Fault(name, 1, "", "presentations", f"no '{presentation}' in product.yml{hint}")
        elif presentation in hidden:
            yield Fault(name, 1, "", "presentations", f"'{presentation}' is not to be published; take it out")
    for field in ("presentations", "syringes"):
        values = getattr(chosen, field)
        if len(set(values)) != len(values):
            yield Fault(name, 1, "", field, "a value stands twice; keep one")
    if not any(row.publish for row in chosen.ratios):
        yield Fault(name, 1, "", "ratios", "expected at least one ratio that is published, got none")
    if not any(part.id == "caha-microspheres" and part.share_percent for part in product.composition):
        yield Fault(f"{FOLDER}/product.yml", 1, "caha-microspheres", "share_percent", "missing; the tables need it")


R = TypeVar("R", bound=model.Row)


def published(rows: Iterable[R]) -> list[R]:
    """The rows that may be printed."""
    return [row for row in rows if row.publish]


def published_row(data: Data, row_id: str, kind: type[R], what: str) -> R:
    """The row with this id, of the kind that a macro can print.

    Raises ValueError, with `what` as the word for the kind, when there is none or it is not verified.
    """
    row = data.rows.get(row_id)
    if not isinstance(row, kind):
        known = [name for name, other in data.rows.items() if isinstance(other, kind)]
        raise ValueError(f"no {what} '{row_id}' in docs/data/{did_you_mean(row_id, known)}")
    if not row.publish:
        raise ValueError(f"'{row_id}' is not to be published (it is not verified); do not print it")
    return row
