"""Sources of a reference manager's export (CSL-JSON), made ready for references.json and added to it."""

import json
import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .csl import TYPES, Name, Reference, registered_as
from .faults import HIDDEN, ContentError
from .files import FOLDER, REFERENCES_FILE
from .rich_text import plain
from .strict_reader import DataFile, read_data_file

PATH = f"{FOLDER}/{REFERENCES_FILE}"

Fields = dict[str, Any]

# What only a person knows of a source; empty, it is named by the check with all that it may be.
_TO_FILL = {"kind": "", "read": ""}
_DATES, _NAMES = ("issued", "accessed"), ("author", "editor")
_KEPT = {info.alias or name for name, info in Reference.model_fields.items()} - {"id", "custom"}
_KEPT_OF_NAMES = {info.alias or name for name, info in Name.model_fields.items()}
# Numbers that Zotero keeps in its field Extra, which an export calls `note`.
_EXTRA = re.compile(r"(?im)^\s*(DOI|PMID|PMCID)\s*:\s*(\S+?)[;,]?\s*$")
# Letters that are not taken apart into a Latin one and its mark.
LETTERS = str.maketrans({"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe"})


@dataclass
class Export:
    """What was made of an export: sources to add, keys of those that are there already, names of what is left out."""

    sources: list[Fields] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    left_out: set[str] = field(default_factory=set)


def add_sources(root: Path, path: Path) -> Export:
    """Add the sources of the export `path` to references.json of the project in the folder `root`, below the others.

    Raises ContentError when one of the two files cannot be read.
    """
    there = read_data_file(root / PATH, PATH)
    if there.faults or not isinstance(there.content, list):
        raise ContentError(there.faults)
    made = made_ready(_rows(path), [row for row in there.content if isinstance(row, dict)])
    if made.sources:
        text = (root / PATH).read_text(encoding="utf-8-sig").rstrip().removesuffix("]").rstrip()
        added = ",\n".join(json.dumps(source, ensure_ascii=False, indent=1) for source in made.sources)
        between = "" if text.endswith("[") else ","
        (root / PATH).write_text(f"{text}{between}\n{added}\n]\n", encoding="utf-8", newline="")
    return made


def made_ready(rows: list[Fields], there: list[Fields]) -> Export:
    """The sources of an export as this project keeps them, beside the rows that are `there`."""
    made = Export()
    keys = {number: str(row.get("id")) for row in there for number in _known_by(row)}
    taken = {str(row.get("id")) for row in there}
    for row in rows:
        source = _source(row, made.left_out)
        numbers = _known_by(source)
        if known := next((keys[number] for number in numbers if number in keys), None):
            made.known.append(known)
            continue
        key = _free_key(source, taken)
        taken.add(key)
        keys |= dict.fromkeys(numbers, key)
        made.sources.append({"id": key, **source, "custom": dict(_TO_FILL)})
    return made


def _rows(path: Path) -> list[Fields]:
    file = DataFile(path.name)
    try:
        content = json.loads(path.read_bytes().decode("utf-8-sig"))
    except json.JSONDecodeError as error:
        file.add_fault(error.lineno, f"not readable as JSON: {error.msg}; export the sources as CSL JSON")
    except UnicodeDecodeError:
        file.add_fault(1, "wrong encoding: save the file as UTF-8")
    else:
        rows = content if isinstance(content, list) else [content]
        if all(isinstance(row, dict) and "type" in row for row in rows):
            return rows
        file.add_fault(1, "expected a list of sources, each with a type; export them as CSL JSON")
    raise ContentError(file.faults)


def _source(row: Fields, left_out: set[str]) -> Fields:
    """One source with what is printed of it; the names of its other fields are added to `left_out`."""
    left_out.update(set(row) - _KEPT - {"id", "custom"})
    found: Fields = {}
    for name in _KEPT & set(row):
        value = row[name][0] if isinstance(row[name], list) and row[name] and name not in _NAMES else row[name]
        if name in _DATES:
            value = _date(value)
        elif name in _NAMES:
            value = [made for person in value or [] if (made := _name(person))]
        else:
            value = _words(value)
        if value:
            found[name] = value
    for name, value in _EXTRA.findall(str(row.get("note", ""))):
        found.setdefault(name.upper(), value)
    return _in_form(found)


def _in_form(found: Fields) -> Fields:
    """The fields in their order, with type and numbers in the form that this project takes."""
    found["type"] = TYPES.get(found["type"].lower(), found["type"])
    if "DOI" in found:
        found["DOI"] = re.sub(r"^(https?://(dx\.)?doi\.org/|doi:\s*)", "", found["DOI"], flags=re.IGNORECASE)
        found.pop("accessed", None)  # it is printed only where the address may change
    if "PMCID" in found:
        found["PMCID"] = f"PMC{found['PMCID'].upper().removeprefix('PMC')}"
    if "ISBN" in found:
        found["ISBN"] = found["ISBN"].split()[0]
    order = [info.alias or name for name, info in Reference.model_fields.items()]
    return {name: found[name] for name in order if name in found}


def _words(value: Any) -> str:
    """A value as words in one line, without marks that nobody sees."""
    return " ".join(HIDDEN.sub("", unicodedata.normalize("NFC", str(value if value is not None else ""))).split())


def _name(person: Any) -> Fields:
    if not isinstance(person, dict):
        return {"literal": words} if (words := _words(person)) else {}
    return {name: words for name, value in person.items() if name in _KEPT_OF_NAMES and (words := _words(value))}


def _date(date: Any) -> Fields | None:
    """A date with numbers; of a span its first day, of words their year."""
    if not isinstance(date, dict):
        return None
    parts = date.get("date-parts") or [[]]
    numbers = [int(part) for part in parts[0][:3] if str(part).isdecimal()]
    if not numbers:
        numbers = [int(year) for year in re.findall(r"\b(?:1[5-9]|20)\d\d\b", json.dumps(date))[:1]]
    return {"date-parts": [numbers]} if numbers else None


def _free_key(source: Mapping[str, Any], taken: Collection[str]) -> str:
    """A key of first author, or first word, and year, such as fisher2021; a letter follows where it is taken."""
    first = (source.get("author") or source.get("editor") or [{}])[0]
    name = first.get("non-dropping-particle", "") + first.get("family", "") or first.get("literal", "")
    words = [word for word in (_ascii(name), *map(_ascii, _title(source).split())) if word[:1].isalpha()]
    year = str(source["issued"]["date-parts"][0][0]) if "issued" in source else "nd"
    key = f"{words[0][:30] if words else 'source'}{year}"
    letters: list[str] = ["", *"bcdefghijklmnopqrstuvwxyz", *(f"x{number}" for number in range(2, len(taken) + 3))]
    return next(key + letter for letter in letters if key + letter not in taken)


def _known_by(source: Mapping[str, Any]) -> list[tuple[str, str]]:
    """By what a source is found again: its numbers; where it has none, its title and year."""
    year = json.dumps(source.get("issued"))
    return list(registered_as(source).items()) or [("title", f"{_ascii(_title(source)) or source} {year}")]


def _title(source: Mapping[str, Any]) -> str:
    try:
        return plain(str(source.get("title", "")))
    except ValueError:  # the check names a mark that is not closed
        return str(source["title"])


def _ascii(words: str) -> str:
    plain_letters = unicodedata.normalize("NFKD", words.lower().translate(LETTERS))
    return re.sub(r"[^a-z0-9]", "", plain_letters)
