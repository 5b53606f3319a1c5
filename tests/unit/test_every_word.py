"""Every word that a model allows is carried through: loaded, checked, recorded, exported, and right by its schema."""

import json
from dataclasses import replace
from typing import Any, Literal, NamedTuple, get_args, get_origin

import jsonschema
import pytest
from pydantic import BaseModel, TypeAdapter, ValidationError

from macros.content import changes, vocabulary
from macros.content.csl import Reference
from macros.content.files import FILES
from macros.content.load import Data
from macros.content.pages import FrontMatter
from macros.content.project import Project
from macros.content.published import publish
from macros.content.rows.base import Row
from macros.downloads.csv_and_json import BOM, to_csv, to_json
from macros.downloads.records import records
from macros.downloads.ris import to_ris
from macros.downloads.schemas import schemas_by_path

SCHEMAS = {path.split("/")[1].split(".")[0]: schema for path, schema in schemas_by_path().items()}


class Word(NamedTuple):
    """A word that the field at `place` of a row of this kind may hold."""

    kind: type[BaseModel]
    place: tuple[str, ...]
    word: Any
    in_list: bool


def words_of(kind: type[BaseModel], top: type[BaseModel], place: tuple[str, ...] = ()) -> list[Word]:
    """Every word of every closed list of a model, those of models inside it too."""
    found = []
    for name, field in kind.model_fields.items():
        where = (*place, field.alias or name)
        for part, in_list in parts_of(field.annotation):
            if isinstance(part, type) and issubclass(part, BaseModel):
                found += [] if in_list else words_of(part, top, where)
            elif get_origin(part) is Literal:
                found += [Word(top, where, word, in_list) for word in get_args(part)]
    return found


def parts_of(annotation: Any, in_list: bool = False) -> list[tuple[Any, bool]]:
    """The parts of a type: those of a union, and what a list holds."""
    if get_origin(annotation) is Literal or not get_args(annotation):
        return [(annotation, in_list)]
    in_list = in_list or get_origin(annotation) is list
    return [found for part in get_args(annotation) for found in parts_of(part, in_list)]


def sections() -> list[tuple[str, str, type[Row]]]:
    """File, section and model of all rows."""
    found = []
    for name, file in FILES.items():
        for section, field in file.model_fields.items():
            for kind in get_args(field.annotation):
                if isinstance(kind, type) and issubclass(kind, Row):
                    found.append((name.removesuffix(".yml"), section, kind))
    return found


SECTIONS = sections()
KINDS = list(dict.fromkeys(kind for _, _, kind in SECTIONS))
WORDS = [word for kind in (*KINDS, Reference) for word in words_of(kind, kind)]


def test_the_walk_meets_the_closed_lists() -> None:
    met = {word.word for word in WORDS}
    for words in (vocabulary.Evidence, vocabulary.Verdict, vocabulary.Caution, vocabulary.Paper):
        assert set(get_args(words)) <= met
    assert {"guideline", "mixed", "landscape", "historical", "webpage", "not-opened", "grouping", "reported"} <= met


Records = dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="module")
def records_as_they_are(invented: Project) -> Records:
    """The records of the invented project, each of which can be exported."""
    made = records(invented.published)
    for name, records_of_name in made.items():
        are_exported(name, records_of_name)
    return made


def are_exported(name: str, made: list[dict[str, Any]]) -> None:
    assert to_csv(made).startswith(BOM + ",".join(made[0])), name
    assert len(json.loads(to_json(made))) == len(made)


@pytest.mark.parametrize("word", WORDS, ids=[f"{w.kind.__name__}.{'.'.join(w.place)}-{w.word}" for w in WORDS])
def test_every_word_is_carried_through(word: Word, invented: Project, records_as_they_are: Records) -> None:
    data = invented.data
    rows: list[BaseModel] = [row for row in (*data.rows.values(), *data.references.values()) if type(row) is word.kind]
    row = next(made for row in rows if (made := with_word(row, word)) is not None)
    changed = with_row(data, row)
    made = records(publish(changed))
    for name, records_of_name in made.items():
        if records_of_name != records_as_they_are[name]:
            are_exported(name, records_of_name)
    assert to_ris(changed.references.values()).count("ER  - ") == len(data.references)
    if isinstance(row, Row):
        assert all(isinstance(told, str) for told in changes.told(row).values())
    fits_schema(row)


def with_word(row: BaseModel, word: Word) -> BaseModel | None:
    """The row with the word in its place; nothing when it lacks what the word stands in, or a rule of the whole row
    forbids it there.
    """
    fields = row.model_dump(by_alias=True, exclude_none=True)
    inner = fields
    for name in word.place[:-1]:
        inner = inner.get(name) or {}
    if not inner:
        return None
    inner[word.place[-1]] = [word.word] if word.in_list else word.word
    try:
        return TypeAdapter(type(row)).validate_python(fields)
    except ValidationError as error:
        assert {detail["type"] for detail in error.errors()} == {"content"}, "a rule, with its own words"
        return None


def with_row(data: Data, row: BaseModel) -> Data:
    """The data with this row in the place of the one that bears its id."""
    if isinstance(row, Reference):
        return replace(data, references=data.references | {row.id: row})
    assert isinstance(row, Row)
    changed: dict[str, Any] = {"rows": data.rows | {row.id: row}}
    for file, section, kind in SECTIONS:
        if kind is type(row):
            content = changed.get(file, getattr(data, file))
            put = [row if other.id == row.id else other for other in getattr(content, section)]
            changed[file] = content.model_copy(update={section: put})
    return replace(data, **changed)


def fits_schema(row: BaseModel) -> None:
    """The schema that editors follow takes the row."""
    text = to_json(row.model_dump(by_alias=True, exclude_none=True))
    name = "references"
    schema: dict[str, Any] = {**SCHEMAS[name], **SCHEMAS[name]["items"], "type": "object"}
    if not isinstance(row, Reference):
        name, section = next((file, section) for file, section, kind in SECTIONS if kind is type(row))
        schema = {"$defs": SCHEMAS[name]["$defs"], **SCHEMAS[name]["properties"][section]["items"]}
    jsonschema.Draft202012Validator(schema).validate(json.loads(text))


def test_every_reader_of_a_page_is_taken() -> None:
    days = {"reviewed": "2030-03-01", "review_by": "2031-03-01"}
    for reader in vocabulary.AUDIENCES:
        meta = FrontMatter.model_validate({"title": "A", "description": "B", "audience": [reader], **days})
        assert meta.audience == [reader]


def test_every_word_has_a_name_to_print() -> None:
    assert list(vocabulary.EVIDENCE_NAMES) == list(get_args(vocabulary.Evidence))
    assert list(vocabulary.VERDICT_NAMES) == list(get_args(vocabulary.Verdict))
    assert set(vocabulary.EVIDENCE_SHORT) <= set(vocabulary.EVIDENCE_NAMES)
