"""Read YAML and JSON strictly, keeping the line of every value.

The usual readers guess: ``1:4`` becomes 64, a second key of the same name silently wins, ``yes``
becomes true. A ratio that is guessed can hurt somebody, so this reader takes only what it can
read one way, and remembers where each value stands so that a fault can be given an address.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from .faults import HIDDEN, Fault, shown

Place = tuple[str | int, ...]


_WHOLE_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)")


_DECIMAL_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)\.[0-9]+")


_JSON_SPACE = re.compile(r"[ \t\r\n]*")


_JSON_WORD = re.compile(r"[^\s,:\[\]{}\"]*")


@dataclass
class DataFile:
    """A YAML or JSON file that was read: plain values, and the line on which each one stands."""

    name: str
    content: Any = None
    lines: dict[Place, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    of_mkdocs: bool = False  # its own file may have tags, such as !ENV, and anchors

    @property
    def is_json(self) -> bool:
        """Whether it is read as JSON."""
        return self.name.endswith(".json")

    def line(self, place: Place) -> int:
        """Line of the value at `place`, or of the nearest thing around it."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)

    def add_fault(self, line: int, problem: str, field_name: str = "") -> None:
        """Note a fault of the file itself, before any row is known."""
        self.faults.append(Fault(self.name, line, "", field_name, problem))


def read_data_file(path: Path, name: str) -> DataFile:
    """Read one .yml or .json file; faults are collected in the result, none is raised.

    `name` is how messages call the file, such as ``docs/data/protocols.yml``.
    """
    file = DataFile(name)
    text = read_text(path, file)
    if text is None:
        return file
    if text.strip():
        read_data_text(text, file)
    if not file.faults and file.content in (None, "", [], {}):
        file.add_fault(1, "the file is empty; restore it, or copy the example in its header")
    return file


def read_data_text(text: str, file: DataFile) -> None:
    """Read text into `file`, faults included: as JSON when the file's name says so, else as YAML."""
    try:
        if file.is_json:
            json.loads(text)
            file.content, _ = _JsonReader(text, file).value(0, ())
        else:
            _Builder(file).build(text)
    except json.JSONDecodeError as error:
        file.add_fault(error.lineno, f"not readable as JSON: {error.msg}")
    except RecursionError:
        file.add_fault(1, "cannot be read: brackets within brackets without end")
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark is not None else 1
        file.add_fault(line, f"not readable as YAML: {error.problem or error.context}")
    except yaml.YAMLError as error:
        line = text.count("\n", 0, getattr(error, "position", 0)) + 1
        file.add_fault(line, f"not readable as YAML: {' '.join(str(error).split())}")
    else:
        return
    # What was read before the fault is not the file: judged alone, it would lack what stands below.
    file.content = None


def read_text(path: Path, file: DataFile) -> str | None:
    """The text of a file with plain line ends; nothing, and faults in `file`, when it is not fit to be read."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        file.add_fault(1, f"cannot be read: {error.strerror}; restore the file")
        return None
    try:
        text = raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        file.add_fault(line, "wrong encoding: save the file as UTF-8")
        return None
    for number, row in enumerate(text.split("\n"), 1):
        if hidden := HIDDEN.search(row):
            file.add_fault(number, f"hidden character U+{ord(hidden[0]):04X}; delete it")
    return None if file.faults else text


class _Builder:
    """Turn YAML events into plain values; refuse everything that can be read two ways."""

    def __init__(self, file: DataFile):
        self.file = file

    def build(self, text: str) -> None:
        self.events: Iterator[Any] = iter(yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)))
        documents = 0
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self.file.add_fault(line_of(event), "a second document starts; expected one")
                    return
                self.file.content = self._value(next(self.events), ())

    def _value(self, event: Any, place: Place) -> Any:
        line = line_of(event)
        self.file.lines[place] = line
        alias = isinstance(event, yaml.AliasEvent)
        if (alias or event.anchor) and not self.file.of_mkdocs:
            self.file.add_fault(line, "anchors and aliases (& and *) are not used here; write the value out")
        elif not alias and event.tag and not self.file.of_mkdocs:
            self.file.add_fault(line, f"tags such as {event.tag} are not used here; remove it")
        if alias:
            return None
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(place)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(place)
        return self._scalar(event)

    def _scalar(self, event: Any) -> Any:
        # Written as an escape, a hidden character is not seen in the text of the file.
        if hidden := HIDDEN.search(event.value):
            self.file.add_fault(line_of(event), f"hidden character U+{ord(hidden[0]):04X}; delete it")
        return event.value if event.style else plain_value(event.value)

    def _sequence(self, place: Place) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            items.append(self._value(event, (*place, len(items))))
        return items

    def _mapping(self, place: Place) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            line = line_of(event)
            if not isinstance(event, yaml.ScalarEvent):
                self.file.add_fault(line, "a key must be a plain word")
                self._value(event, (*place, ""))
                self._value(next(self.events), (*place, ""))
                continue
            if event.anchor or event.tag:
                self.file.add_fault(line, "a key must be a plain word, without & or !")
            self._scalar(event)
            key = event.value
            value = self._value(next(self.events), (*place, key))
            if key in found:
                self.file.add_fault(line, "written twice in the same row; keep one", key)
            found[key] = value
            self.file.lines[(*place, key)] = line
        return found


class _JsonReader:
    """Turn sound JSON into plain values; not through YAML, which takes some of its escapes and spaces otherwise."""

    def __init__(self, text: str, file: DataFile):
        self.text = text
        self.file = file
        self.decoder = json.JSONDecoder()
        self.counted = (0, 1)  # a place of the text, and its line

    def value(self, at: int, place: Place) -> tuple[Any, int]:
        """The value that begins at `at` or behind the space there, and where it ends."""
        at = self._next(at)
        self.file.lines[place] = self._line(at)
        first = self.text[at]
        if first == "{":
            return self._mapping(at + 1, place)
        if first == "[":
            return self._sequence(at + 1, place)
        return self._text(at) if first == '"' else self._word(at)

    def _mapping(self, at: int, place: Place) -> tuple[dict[str, Any], int]:
        found: dict[str, Any] = {}
        while self.text[at := self._next(at)] != "}":
            line = self._line(at)
            key, at = self._text(at)
            value, at = self.value(self._next(at) + 1, (*place, key))  # behind the colon
            if key in found:
                self.file.add_fault(line, "written twice in the same row; keep one", key)
            found[key] = value
            self.file.lines[(*place, key)] = line
            at = self._behind_comma(at)
        return found, at + 1

    def _sequence(self, at: int, place: Place) -> tuple[list[Any], int]:
        items: list[Any] = []
        while self.text[at := self._next(at)] != "]":
            item, at = self.value(at, (*place, len(items)))
            items.append(item)
            at = self._behind_comma(at)
        return items, at + 1

    def _text(self, at: int) -> tuple[str, int]:
        words, end = self.decoder.raw_decode(self.text, at)
        # Written as an escape, a hidden character is not seen in the text of the file.
        if hidden := HIDDEN.search(words):
            self.file.add_fault(self._line(at), f"hidden character U+{ord(hidden[0]):04X}; delete it")
        return str(words), end

    def _word(self, at: int) -> tuple[Any, int]:
        word = _matched(_JSON_WORD, self.text, at)
        value = plain_value(word)
        if isinstance(value, str):
            self.file.add_fault(self._line(at), f"expected a plain number or a text in quotes, got {shown(value)}")
        return value, at + len(word)

    def _next(self, at: int) -> int:
        """The next place that is no space."""
        return at + len(_matched(_JSON_SPACE, self.text, at))

    def _behind_comma(self, at: int) -> int:
        at = self._next(at)
        return at + 1 if self.text[at] == "," else at

    def _line(self, at: int) -> int:
        """The line of a place, counted from the last one that was asked for; the reader only goes forward."""
        before, line = self.counted
        self.counted = at, line + self.text.count("\n", before, at)
        return self.counted[1]


def _matched(pattern: "re.Pattern[str]", text: str, at: int) -> str:
    found = pattern.match(text, at)
    return found[0] if found else ""


def line_of(event: Any) -> int:
    """The line of a file, counted from 1, on which an event of YAML begins."""
    return int(event.start_mark.line) + 1


def plain_value(text: str) -> Any:
    """What an unquoted YAML word stands for: a plain number, true, false, nothing, or itself.

    Whole numbers give int and decimals give Decimal. Everything else stays text, so that ``1:4``,
    ``0x10``, ``1e3``, ``.nan`` and ``yes`` reach the model as the text that somebody typed.
    """
    if text in ("", "~", "null"):
        return None
    if text in ("true", "false"):
        return text == "true"
    if _WHOLE_NUMBER.fullmatch(text):
        return int(text)
    if _DECIMAL_NUMBER.fullmatch(text):
        return Decimal(text)
    return text
