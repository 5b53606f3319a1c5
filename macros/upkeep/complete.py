"""Write into references.json what sources lack; every other byte of the file stays as it is."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from ..content.csl import Reference, SourceNote
from ..content.faults import ContentError, Fault

_ORDER = [info.alias or name for name, info in Reference.model_fields.items()]
_ORDER_OF_NOTES = list(SourceNote.model_fields)
_DECODER = json.JSONDecoder()
_SPACE = re.compile(r"[ \t\r\n]*")


class Sources:
    """references.json as text, in which fields are set."""

    def __init__(self, path: Path, name: str):
        """`name` is how messages call the file. Raises ContentError when its text is no list of sources."""
        self._path, self._name = path, name
        self._text = path.read_bytes().decode("utf-8")
        self._before = self._text
        self._places()

    def fields(self, key: str) -> dict[str, Any]:
        """The fields of a source as they stand in the text."""
        found: dict[str, Any] = json.loads(self._text[slice(*self._places()[key])])
        return found

    def set(self, key: str, changes: Mapping[str, Any], notes: Mapping[str, Any]) -> str:
        """Set fields of a source and of its `custom`; None takes one out. Returns why they cannot be, or nothing."""
        fields = self.fields(key)
        new = {**fields, **changes, "custom": {**fields["custom"], **notes}}
        try:
            Reference.model_validate(_without_gaps({**new, "custom": _without_gaps(new["custom"])}))
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            return f"{'.'.join(str(part) for part in first['loc'])}: {first['msg']}"
        self.put(key, changes, notes)
        return ""

    def put(self, key: str, changes: Mapping[str, Any], notes: Mapping[str, Any]) -> None:
        """Set fields as `set` does, but whatever they are; who calls it judges them."""
        for name, value in changes.items():
            self._set(key, (), name, value, _ORDER)
        for name, value in notes.items():
            self._set(key, ("custom",), name, value, _ORDER_OF_NOTES)

    def remove(self, key: str) -> None:
        """Take a source out."""
        places = list(self._places().items())
        at = next(index for index, (known, _) in enumerate(places) if known == key)
        start, end = places[at][1]
        if at:
            self._put(places[at - 1][1][1], end, "")
        else:
            self._put(start, places[1][1][0] if len(places) > 1 else end, "")

    @property
    def text(self) -> str:
        """The file as it is with what was set."""
        return self._text

    def write(self) -> bool:
        """Write the file, when something of it was set; returns whether it was."""
        if self._text == self._before:
            return False
        self._path.write_bytes(self._text.encode("utf-8"))
        return True

    def _set(self, key: str, inside: tuple[str, ...], name: str, value: Any, order: list[str]) -> None:
        start, _ = self._places()[key]
        for outer in inside:
            start = next(value_at for outer_name, _, value_at, _ in self._members(start) if outer_name == outer)
        members = list(self._members(start))
        there = next((member for member in members if member[0] == name), None)
        # The same space stands before each field of a source.
        space = self._text[start + 1 : members[0][1]]
        if there is None:
            if value is None:
                return
            before = [member for member in members if member[0] in order[: order.index(name)]]
            written = f'"{name}": {self._as_text(value, space)}'
            if before:
                self._put(before[-1][3], before[-1][3], f",{space}{written}")
            else:
                self._put(members[0][1], members[0][1], f"{written},{space}")
        elif value is not None:
            self._put(there[2], there[3], self._as_text(value, space))
        else:
            at = members.index(there)
            if at:
                self._put(members[at - 1][3], there[3], "")
            else:
                self._put(there[1], members[1][1], "")

    def _as_text(self, value: Any, space: str) -> str:
        """A value as the file writes one, with the space that stands before its field."""
        if "\n" not in space:
            return json.dumps(value, ensure_ascii=False)
        end = "\r\n" if "\r\n" in space else "\n"
        return json.dumps(value, ensure_ascii=False, indent=1).replace("\n", end + space.rpartition("\n")[2])

    def _put(self, start: int, end: int, words: str) -> None:
        self._text = self._text[:start] + words + self._text[end:]

    def _places(self) -> dict[str, tuple[int, int]]:
        """Where each source begins and ends in the text."""
        try:
            found = {}
            at = self._skip(1 if self._text.startswith("\ufeff") else 0)
            at = self._skip(at + 1) if self._text[at] == "[" else len(self._text)
            while self._text[at] != "]":
                source, end = _DECODER.raw_decode(self._text, at)
                found[str(source["id"])] = (at, end)
                at = self._skip(end)
                at = self._skip(at + 1) if self._text[at] == "," else at
            return found
        except (ValueError, IndexError, KeyError, TypeError):
            raise ContentError([Fault(self._name, 1, "", "", "expected a list of sources, each with an id")]) from None

    def _members(self, start: int) -> Iterator[tuple[str, int, int, int]]:
        """The fields of the object at a place: name, where the name begins, where the value begins and ends."""
        at = self._skip(start + 1)
        while self._text[at] != "}":
            name, end = _DECODER.raw_decode(self._text, at)
            value_at = self._skip(self._skip(end) + 1)  # behind the colon
            _, value_end = _DECODER.raw_decode(self._text, value_at)
            yield name, at, value_at, value_end
            at = self._skip(value_end)
            at = self._skip(at + 1) if self._text[at] == "," else at

    def _skip(self, at: int) -> int:
        space = _SPACE.match(self._text, at)
        return space.end() if space else at


def _without_gaps(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None}
