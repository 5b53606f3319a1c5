"""A list of rows in the text of a YAML file, changed where a value stands; every other byte stays as it is.

Written out anew by a library, a file would be wrapped and quoted in another way, and one edit would be a hundred.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import yaml

from ...content.strict_reader import plain_value

# As long as the lines of the files are.
_WIDEST = 120
# A line that an edit makes so much longer stays one line, so that the edit is seen as what it is.
_LEEWAY = 12
_COMMENT = re.compile(r"(?:^|\s)#")


class CannotEditError(ValueError):
    """A place of the text that is not changed from here, with its line; a person changes it there."""

    def __init__(self, line: int, why: str):
        self.line = line
        super().__init__(why)


@dataclass
class _Node:
    """A value and where it stands in the text: from `start` to before `end`."""

    start: int
    end: int
    flow: bool = False  # in brackets
    scalar: Any = None
    fields: dict[str, tuple[int, "_Node"]] | None = None  # where the name begins, and the value
    items: list["_Node"] | None = field(default=None)

    def plain(self) -> Any:
        """The value as the strict reader reads it."""
        if self.fields is not None:
            return {name: node.plain() for name, (_, node) in self.fields.items()}
        return [item.plain() for item in self.items] if self.items is not None else self.scalar


class YamlRows:
    """The rows of one section of a file that the strict reader finds sound."""

    def __init__(self, text: str, section: str, order: Sequence[str]):
        """`order` is the order of the fields in a row."""
        self.text, self._section, self._order = text, section, list(order)
        self._new_line = "\r\n" if "\r\n" in text else "\n"
        self._read()

    def set(self, row_id: str, name: str, value: Any) -> None:
        """Give a field of a row a value, as a new field where it had none."""
        row, before = self._rows[row_id], self.text
        there = _fields(row).get(name)
        if there is not None:
            self._replace(row, *there, value)
        else:
            self._insert(row, name, value)
        if self.text != before:
            self._read()

    def unset(self, row_id: str, name: str) -> None:
        """Take a field out of a row."""
        fields = _fields(row := self._rows[row_id])
        names = list(fields)
        at = names.index(name)
        start, node = fields[name]
        if at == 0 and len(names) > 1:
            start, end = start, fields[names[1]][0]
        elif row.flow:
            start, end = fields[names[at - 1]][1].end, node.end
        else:
            start, end = self._line_start(start), self._line_end(node.end)
        self._no_comment(start, node.end if at else end)
        self._put(start, end, "")
        self._read()

    def add(self, row: Mapping[str, Any]) -> None:
        """Add a row below the others, as they are written."""
        last = self._last_row()
        column = self._column(self._list.start)
        indent = column + 2
        named = [(name, row[name]) for name in self._order if name in row]
        if last.flow:
            written = _flow([f"{name}: {_value(value, True)}" for name, value in named], "{}")
            lines = f"{' ' * column}- {written}"
        else:
            parts = [self._field(name, value, indent) for name, value in named]
            lines = f"{' ' * column}- " + f"{self._new_line}{' ' * indent}".join(parts)
        at = self._line_end(last.end)
        above = "" if self.text[:at].endswith("\n") else self._new_line
        if len(self._rows) > 1 and self._is_parted(self._line_start(last.start)):
            above += self._new_line
        self._put(at, at, f"{above}{lines}{self._new_line}")
        self._read()

    def remove(self, row_id: str) -> None:
        """Take a row out, with the empty line that parts it from the next."""
        self._last_row()
        row = self._rows[row_id]
        start, end = self._line_start(row.start), self._line_end(row.end)
        if self.text[start : row.start].strip() != "-":
            raise CannotEditError(self._line(row.start), "its row does not begin beside its hyphen")
        self._no_comment(row.start, row.end)
        if self._is_blank_above(start):
            if below := re.match(r"[ \t]*\r?\n", self.text[end:]):
                end += below.end()
            elif end == len(self.text):
                start = self.text.rindex("\n", 0, start - 1) + 1
        self._put(start, end, "")
        self._read()

    def _read(self) -> None:
        events: Iterator[Any] = iter(yaml.parse(self.text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)))
        document = next(node for event in events if isinstance(event, yaml.MappingStartEvent)
                        for node in [_node(event, events)])  # fmt: skip
        self._list = _fields(document)[self._section][1]
        rows = self._list.items or []
        self._rows = {str(row.plain()["id"]): row for row in rows}

    def _last_row(self) -> _Node:
        if self._list.flow or not self._list.items:
            raise CannotEditError(self._line(self._list.start), "its rows do not stand on lines of their own")
        return self._list.items[-1]

    def _replace(self, row: _Node, at: int, node: _Node, value: Any) -> None:
        old = self.text[node.start : node.end]
        if not isinstance(node.scalar, str) or node.fields is not None or node.items is not None:
            self._no_comment(node.start, node.end)
        if (node.fields or node.items) and not node.flow:
            self._put(node.start, node.end, self._block(node, value))
            return
        raw = _value(value, row.flow, old, node)
        if row.flow:
            self._put(node.start, node.end, raw)
            return
        if old[:1] in ("|", ">"):
            # Such a value reaches to the line below it.
            self._put(node.start, node.start + len(old.rstrip()), raw)
            return
        indent = self._indent_of_next_line(node) if "\n" in old else self._column(at) + 2
        written = self._fitted(raw, old.split("\n"), self._column(node.start), indent)
        # An empty value stands at once behind its colon.
        self._put(node.start, node.end, written if old else f" {written}")

    def _block(self, node: _Node, value: Any) -> str:
        """A list or named numbers, a line each, as they stand; what is not changed keeps its writing."""
        if node.fields is not None:
            # Numbers may be written in more than one way.
            kept = {name: self.text[there.start : there.end] for name, (_, there) in node.fields.items()}
            old = node.plain()
            lines = [
                f"{name}: {kept[name] if name in kept and old[name] == number else _value(number, False)}"
                for name, number in value.items()
            ]
            between = " " * self._column(node.start)
        else:
            lines = [_value(item, False) for item in value]
            between = f"{' ' * self._column(node.start)}- "
            lines[0] = f"- {lines[0]}"
        return f"{self._new_line}{between}".join(lines)

    def _insert(self, row: _Node, name: str, value: Any) -> None:
        fields = _fields(row)
        before = [(at, node) for known, (at, node) in fields.items() if known in self._before(name)]
        _, last = max(before, key=lambda place: place[0])
        if row.flow:
            self._put(last.end, last.end, f", {name}: {_value(value, True)}")
            return
        indent = self._column(next(iter(fields.values()))[0])
        end = self._line_end(last.end)
        line = f"{' ' * indent}{self._field(name, value, indent)}"
        if self.text[:end].endswith("\n"):
            self._put(end, end, f"{line}{self._new_line}")
        else:
            self._put(end, end, f"{self._new_line}{line}")

    def _before(self, name: str) -> list[str]:
        return self._order[: self._order.index(name)]

    def _field(self, name: str, value: Any, indent: int) -> str:
        """A new field as the files write one."""
        return f"{name}: {self._fitted(_value(value, False), [''], indent + len(name) + 2, indent + 2)}"

    def _fitted(self, raw: str, old: list[str], column: int, indent: int) -> str:
        """A value in lines: those that say the same as before stay, the others are as wide as there is room."""
        old = [line.strip() for line in old]
        above: list[str] = []
        below: list[str] = []
        while len(old) > 1 and all(old) and raw.startswith(f"{old[0]} "):
            above.append(old.pop(0))
            raw = raw[len(above[-1]) + 1 :]
        while len(old) > 1 and all(old) and raw.endswith(f" {old[-1]}"):
            below.insert(0, old.pop())
            raw = raw[: -len(below[0]) - 1]
        lines = list(_wrapped(raw, _WIDEST - (indent if above else column), _WIDEST - indent))
        return f"{self._new_line}{' ' * indent}".join([*above, *lines, *below])

    def _no_comment(self, start: int, end: int) -> None:
        """No comment is lost without a word."""
        part = self.text[start:end]
        if "\n" in part and _COMMENT.search(re.sub(r"'[^']*'|\"[^\"]*\"", "", part)):
            raise CannotEditError(self._line(start), "a comment stands inside of it")

    def _put(self, start: int, end: int, words: str) -> None:
        self.text = self.text[:start] + words + self.text[end:]

    def _line(self, at: int) -> int:
        return self.text.count("\n", 0, at) + 1

    def _line_start(self, at: int) -> int:
        return self.text.rfind("\n", 0, at) + 1

    def _line_end(self, at: int) -> int:
        """The place behind the line on which a value ends."""
        if at and self.text[at - 1] == "\n":
            return at
        return self.text.find("\n", at) + 1 or len(self.text)

    def _column(self, at: int) -> int:
        return at - self._line_start(at)

    def _indent_of_next_line(self, node: _Node) -> int:
        line = self.text[self._line_end(node.start) :]
        return len(line) - len(line.lstrip(" "))

    def _is_parted(self, at: int) -> bool:
        """Whether an empty line stands above a row and the comments upon it."""
        while at and self.text[self._line_start(at - 1) : at].lstrip().startswith("#"):
            at = self._line_start(at - 1)
        return self._is_blank_above(at)

    def _is_blank_above(self, at: int) -> bool:
        return at > 0 and not self.text[self._line_start(at - 1) : at].strip()


def _node(event: Any, events: Iterator[Any]) -> _Node:
    start = event.start_mark.index
    if isinstance(event, yaml.MappingStartEvent):
        fields: dict[str, tuple[int, _Node]] = {}
        end = start
        while not isinstance(inner := next(events), yaml.MappingEndEvent):
            fields[inner.value] = (inner.start_mark.index, node := _node(next(events), events))
            end = node.end
        return _Node(start, _end(inner) if event.flow_style else end, bool(event.flow_style), fields=fields)
    if isinstance(event, yaml.SequenceStartEvent):
        items: list[_Node] = []
        while not isinstance(inner := next(events), yaml.SequenceEndEvent):
            items.append(_node(inner, events))
        end = _end(inner) if event.flow_style else items[-1].end
        return _Node(start, end, bool(event.flow_style), items=items)
    value = event.value if event.style else plain_value(event.value)
    return _Node(start, event.end_mark.index, scalar=value)


def _end(event: Any) -> int:
    return int(event.end_mark.index)


def _fields(node: _Node) -> dict[str, tuple[int, _Node]]:
    assert node.fields is not None
    return node.fields


def _value(value: Any, inside: bool, old: str = "", node: _Node | None = None) -> str:
    """A value as YAML, on one line; `inside` brackets a comma has a meaning. The quotes of the old value are kept."""
    if isinstance(value, Mapping):
        kept = node.plain() if node is not None and node.fields else {}
        written = []
        for name, number in value.items():
            if name in kept and kept[name] == number and node is not None:
                there = _fields(node)[name][1]
                written.append(f"{name}: {old[there.start - node.start : there.end - node.start]}")
            else:
                written.append(f"{name}: {_value(number, True)}")
        return _flow(written, "{}")
    if isinstance(value, list):
        return _flow([_value(item, True) for item in value], "[]")
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return _text(value, inside, old[:1])
    return format(Decimal(value), "f")


def _flow(parts: list[str], brackets: str) -> str:
    return brackets[0] + ", ".join(parts) + brackets[1]


def _text(words: str, inside: bool, quote: str) -> str:
    """Words as YAML: as they are where every reader takes them for words, else in quotes."""
    if quote == '"' and not re.search(r"[\\\"]", words):
        return f'"{words}"'
    return words if quote != "'" and _reads_as_words(words, inside) else "'" + words.replace("'", "''") + "'"


def _reads_as_words(words: str, inside: bool) -> bool:
    if not isinstance(plain_value(words), str):
        return False
    around = f"[{words}]" if inside else f"a: {words}"
    try:
        read = yaml.safe_load(around)
    except yaml.YAMLError:
        return False
    return bool(read == ([words] if inside else {"a": words}))


def _wrapped(raw: str, first: int, others: int) -> Iterator[str]:
    """The words of a value in lines; broken only where a reader makes one space of the break."""
    line, room = "", first
    if len(raw) <= first + _LEEWAY:
        yield raw
        return
    for part in re.split(r"(?<=\S) (?=\S)", raw):
        if line and len(line) + 1 + len(part) > room:
            yield line
            line, room = part, others
        else:
            line = f"{line} {part}" if line else part
    yield line
