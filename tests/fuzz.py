"""Spoil the project's own files in thousands of ways and judge what comes of it: python -m tests.fuzz

Each case takes one real file (data, front matter of a page, mkdocs.yml), spoils it in one way and loads
the project. Right is: everything that is printed is sound, or an error with an address. Wrong is: any
other exception, more than 5 s of work, a wrong type that was taken silently, HTML that is broken or that
holds markup of the file, a number that is not the one in the file. Wrong cases are printed with their
number; `--seed S --first N --count 1` runs one of them again. The exit status is 1 when there are any.
"""

import argparse
import contextlib
import copy
import html.parser
import json
import os
import random
import re
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import lxml.etree

from macros import blocks, changes, data, exports, figures, forms, lists, model, pages, reviews, settings, values
from macros.cite import Bibliography, PageCitations
from macros.markup import inline
from macros.source import ContentError, read_source
from macros.tables import aging, outcomes, preparation, product, protocols, reference, regions

ROOT = Path(__file__).resolve().parent.parent
MOST_SECONDS = 5.0
DATA_FILES = [*model.FILES, model.REFERENCES_FILE]
ADDRESS = re.compile(
    r"(docs/data(/[\w.]+)?|docs/[\w/-]+\.md|mkdocs\.yml):\d+: [^\x00-\x1f]+|and \d+ more; mend these first"
)


# ---------------------------------------------------------------------------
# Spoiling
# ---------------------------------------------------------------------------


class Raw(str):
    """Text that is written into a file as it is, without quotes."""


@dataclass
class Case:
    """A spoilt file: which, how, its bytes, and what must not or must become of it."""

    name: str
    how: str
    content: bytes
    wrong_type: bool = False
    place: tuple[Any, ...] = ()
    number: Decimal | None = None


def written(value: Any) -> str:
    """A value as JSON, which is YAML too; Raw as it is, a row on a line."""
    if isinstance(value, Raw):
        return str(value)
    if isinstance(value, list):
        return "[" + ",\n".join(map(written, value)) + "]"
    if isinstance(value, dict):
        return (
            "{"
            + ", ".join(
                f"{name if isinstance(name, Raw) else json.dumps(name, ensure_ascii=False)}: {written(item)}"
                for name, item in value.items()
            )
            + "}"
        )
    if isinstance(value, Decimal):
        return str(value)
    return json.dumps(value, ensure_ascii=False)


def places(content: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The place of every value."""
    if at:
        yield at
    for key, item in (
        content.items() if isinstance(content, dict) else enumerate(content) if isinstance(content, list) else ()
    ):
        yield from places(item, (*at, key))


def value_at(content: Any, place: tuple[Any, ...]) -> Any:
    for key in place:
        content = content[key]
    return content


WRONG: dict[type, list[Any]] = {
    int: [True, "text", "3", Raw("1:4"), Raw(".nan"), Raw(".inf"), Raw("NaN"), Raw("-Infinity"), Raw("1e3"), Raw("0x10"),
          Raw("010"), Raw("1_000"), Raw("yes"), Raw("1."), Raw("+4"), Raw("4 mL"), Raw("1,5"), [1], {"a": 1}, [], {}, Raw("2026-11-22"),
          10**18, Raw("1:4:5"), Raw("٣"), Raw("1" * 500)],
    Decimal: [True, "text", "1.5", Raw("1:4"), Raw(".nan"), Raw(".inf"), Raw("Infinity"), Raw("1.5e3"), Raw("1,5"), [Decimal("1.5")],
              {}, Raw("1.5.1"), Raw("no")],
    bool: [Raw("yes"), Raw("no"), Raw("on"), 1, 0, "true", [True], {}, Raw("True"), Raw("FALSE"), Raw("y")],
    str: [12, Decimal("1.5"), True, False, ["a"], {"a": "b"}, [], {}],
    list: ["text", 5, True, {"a": "b"}, Raw("1:4"), Decimal("0.5")],
    dict: ["text", 5, True, ["a"], [], Decimal("0.5")],
}  # fmt: skip
HOSTILE = [
    "<zap>x</zap>", "<script>zap()</script>", '"><img src=x onerror=zap()>', "' onmouseover='zap()", "</td></tr></table>", "<!-- ", "-->",
    "]]>", "{{ 7*191 }}", "{% raw %}", "{% for x in range(99) %}", "{# x", "a|b", "| a | b |", "`code`", "*em* **strong** _em_", "\\|",
    "[x](javascript:zap())", "![x](javascript:zap())", "{: .zap onclick=zap() }", "# heading", "&lt;zap&gt;", "&#60;zap&#62;", "&amp;&nbsp;&bogus;",
    "a\nb", "a\n\nb\n\n| c | d |", "a\n    b", "\n\n```\nx\n```", "$zap ${zap}", "<<<<", "a < b > c & d", "*[AB]: x", "--- \n...", "</style><zap>",
    "\\3c zap", "=1+1", "-cmd|x", "@x", "1:4", "%s %d {0}", "é ü 漢字 🙂 ﷽", "(", "()", " / ", "[[[", "\\u202e", "http://x\" onclick=\"zap()", "lt", "amp", "gt",
    "0", "null", "''", "x" * 2990,
]  # fmt: skip
HIDDEN = [
    Raw(f'"a\\u{code:04x}b"')
    for code in (
        0x202E,
        0x200F,
        0x61C,
        0x2066,
        0x0,
        0x7,
        0x1B,
        0x0D,
        0x85,
        0x2028,
        0x200B,
        0xAD,
        0xFEFF,
        0x2060,
        0xD800,
    )
]
HIDDEN += [
    Raw(f'"a{chr(code)}b"') for code in (0x202E, 0x200F, 0x61C, 0x7, 0x1B, 0x85, 0x2028, 0x200B, 0x2060, 0xE0041)
]
NUMBERS = ["0", "1", "-1", "2", "3", "0.5", "1.25", "0.01", "0.001", "0.000001", "0.0000001", "999999999999999", "19.999", "100", "20.001", "1.123456789012345", "12", "7", "1000"]  # fmt: skip
BOMB = (
    "{"
    + ", ".join(f'"a{n}": &a{n} [' + ", ".join([f"*a{n - 1}"] * 9 if n else ['"x"'] * 9) + "]" for n in range(12))
    + "}"
)
DEEP = [
    o * n + c * n
    for n in (13, 300, 30000)
    for o, c in (("[", "]"), ("{a: ", "}"), ("{", "}"), ('{"a": [', "]}"), ("{? ", "}"), ("[{", "}]"))
]
HUGE: list[Callable[[], Any]] = [
    lambda: "x" * 3001, lambda: "x" * 1_000_000, lambda: "word " * 200_000, lambda: 10**30, lambda: ["trindade2032"] * 20_000,
    lambda: [f"a{n}" for n in range(20_000)], lambda: [{"id": f"a{n}"} for n in range(5_000)], lambda: list(range(100_000)),
    lambda: {f"k{n}": n for n in range(20_000)}, lambda: {"k" * 100_000: 1}, lambda: Raw("1" * 100_000), lambda: "(" * 2000, lambda: "a-" * 1400,
]  # fmt: skip
ODD_KEYS = [
    "²",
    "a.b",
    "",
    " ",
    "bool",
    "[key]",
    "__class__",
    "1",
    "é",
    "\n",
    "x" * 500,
    "<zap>",
    "{{ 7*191 }}",
    "id ",
    "ID",
    "refs2",
    "n",
    "values",
    "ref",
    "publishh",
]
TAGS = [
    '!!python/object/apply:os.system ["true"]',
    '!!int "3"',
    '!!binary "aGk="',
    "!!set {a, b}",
    "!zap x",
    '!!float "1.5"',
    "!!null x",
    "!<tag:x> y",
]
WHOLE = [
    b"",
    b"#",
    b"5",
    b"[]",
    b"{}",
    b"null",
    b"~",
    b"- - - - a",
    b"\xff\xfe\x00",
    b"---\n---\n",
    b"x",
    b"[[[",
    b"{",
    b"}",
    b"\t",
    b"\x00" * 50,
    b"%YAML 9.9\n---\na: b\n",
    b"--- !!map\n",
    b"'",
    b"? a",
    b"true",
    b"1:4",
    b"a: *b",
]


def spoilt_tree(chance: random.Random, name: str, content: Any) -> Case:
    """Spoil one value of a file and write the file anew."""
    content = copy.deepcopy(content)
    where = list(places(content))
    way = chance.choices(
        ["type", "number", "hostile", "hidden", "odd key", "drop", "twice", "null", "anchor", "deep", "huge", "tag", "empty", "swap", "row twice", "row gone", "publish", "other"],
        [34, 10, 22, 5, 4, 6, 3, 3, 3, 3, 2, 2, 3, 4, 2, 3, 3, 3],
    )[0]  # fmt: skip
    if way == "number":
        where = [
            place
            for place in where
            if isinstance(value_at(content, place), int | Decimal) and not isinstance(value_at(content, place), bool)
        ] or where
    elif way == "hostile":
        where = [
            place for place in where if isinstance(value_at(content, place), str) and place[-1] not in ("id", "refs")
        ] or where
    elif way in ("drop", "twice"):
        where = [place for place in where if isinstance(place[-1], str)]
    elif way in ("row twice", "row gone"):
        where = [place for place in where if isinstance(place[-1], int)] or where
    elif way == "publish":
        where = [
            (*place, "publish")
            for place in where
            if isinstance(value_at(content, place), dict) and "id" in value_at(content, place)
        ] or where
    place = chance.choice(where)
    parent, key = value_at(content, place[:-1]), place[-1]
    old = parent.get(key) if isinstance(parent, dict) else parent[key]
    case = Case(name, way, b"", place=place)
    match way:
        case "type":
            kinds = WRONG.get(type(old), [])
            parent[key] = chance.choice(kinds) if kinds else [[]]
            case.wrong_type = True
        case "number":
            case.number = Decimal(chance.choice(NUMBERS))
            parent[key] = case.number if isinstance(old, int | Decimal) else str(case.number)
        case "hostile":
            bad = chance.choice(HOSTILE)
            parent[key] = chance.choice([bad, f"{old}{bad}", f"{bad}{old}", f"{str(old)[:5]}{bad}{str(old)[5:]}"])[
                :3000
            ]
        case "hidden":
            parent[key] = chance.choice(HIDDEN)
        case "odd key":
            target = (
                old
                if isinstance(old, dict)
                else parent
                if isinstance(parent, dict)
                else value_at(content, place[:-2])
                if len(place) > 1
                else content
            )
            if isinstance(target, dict):
                target[chance.choice(ODD_KEYS)] = chance.choice(["x", 5, None])
        case "drop":
            del parent[key]
        case "twice":
            parent[key] = Raw(f"{written(old)}, {json.dumps(key)}: {written(old)}")
        case "null":
            parent[key] = None
        case "anchor":
            parent[key] = Raw(
                chance.choice([f"&a {written(old)}", "*a", BOMB, f"[&a {written(old)}, *a]", "{<<: *a}", "&a [*a]"])
            )
        case "deep":
            parent[key] = Raw(chance.choice(DEEP))
        case "huge":
            parent[key] = chance.choice(HUGE)()
        case "tag":
            parent[key] = Raw(chance.choice(TAGS))
        case "empty":
            parent[key] = chance.choice(["", " ", [], {}])
        case "swap":
            other = chance.choice(where)
            if place[: len(other)] != other and other[: len(place)] != place:
                above = value_at(content, other[:-1])
                parent[key], above[other[-1]] = above[other[-1]], old
        case "row twice":
            parent.append(copy.deepcopy(old)) if isinstance(parent, list) else None
        case "row gone":
            parent.pop(key)
        case "publish":
            parent[key] = chance.choice([False, True])
        case "other":
            like = [item for item in where if type(value_at(content, item)) is type(old)]
            parent[key] = copy.deepcopy(value_at(content, chance.choice(like)))
    case.content = written(content).encode("utf-8", "surrogatepass")
    return case


def spoilt_bytes(chance: random.Random, name: str, content: bytes) -> Case:
    """Spoil the file as a person or a program would: in its characters and lines."""
    lines = content.split(b"\n")
    line, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    way = chance.choice(
        [
            "insert",
            "bytes",
            "encoding",
            "cut",
            "line gone",
            "line twice",
            "lines swapped",
            "tab",
            "indent",
            "whole",
            "second",
            "long",
            "value",
            "crlf",
            "glue",
        ]
    )
    match way:
        case "insert":
            at = chance.randrange(len(content) + 1)
            sign = chance.choice(
                [
                    *list("{}[]|<>&*!%@`'\"#:?-,\\~\t \n0;=$"),
                    "\u202e",
                    "\u200b",
                    "\x00",
                    "\x1b",
                    "\r",
                    "é",
                    "{{",
                    "{%",
                    ": ",
                    "- ",
                    "---\n",
                    "...\n",
                ]
            )
            content = content[:at] + sign.encode() + content[at:]
        case "bytes":
            at = chance.randrange(len(content) + 1)
            content = (
                content[:at] + bytes(chance.randrange(128, 256) for _ in range(chance.randrange(1, 5))) + content[at:]
            )
        case "encoding":
            words = content.decode("utf-8")
            content = chance.choice(
                [
                    lambda: words.encode("utf-16"),
                    lambda: words.encode("latin-1", "replace"),
                    lambda: words.encode("utf-32"),
                    lambda: b"\xef\xbb\xbf" + content,
                    lambda: words.encode("utf-7"),
                ]
            )()
        case "cut":
            content = content[: chance.randrange(len(content) + 1)]
        case "line gone":
            del lines[line]
        case "line twice":
            lines.insert(line, lines[line])
        case "lines swapped":
            lines[line], lines[other] = lines[other], lines[line]
        case "tab":
            lines[line] = b"\t" + lines[line]
        case "indent":
            lines[line] = b" " * chance.randrange(1, 5) + lines[line].lstrip()
        case "whole":
            content = chance.choice(WHOLE)
        case "second":
            content = content + b"\n---\n" + content
        case "long":
            content = content * chance.choice([2, 20]) + b" " * chance.choice([0, 11_000_000])
        case "value":
            key, colon, _ = lines[line].partition(b": ")
            lines[line] = (
                key
                + colon
                + chance.choice(
                    [
                        b"yes",
                        b"1:4",
                        b"&a x",
                        b"*a",
                        b"[",
                        b"{",
                        b"| ",
                        b"> ",
                        b"!!int 3",
                        b".nan",
                        b"'",
                        b"- x",
                        b"%x",
                        b"null",
                    ]
                )
            )
        case "crlf":
            content = content.replace(b"\n", chance.choice([b"\r\n", b"\r", b"\n\n"]))
        case "glue":
            lines[line : line + 2] = [b"".join(lines[line : line + 2])]
    if way in ("line gone", "line twice", "lines swapped", "tab", "indent", "value", "glue"):
        content = b"\n".join(lines)
    return Case(name, f"bytes: {way}", content)


def spoilt_page(chance: random.Random, name: str, text: str) -> Case:
    """Spoil the front matter of a page."""
    head, body = text[4:].split("\n---\n", 1)
    source = read_source_of(head)
    if chance.random() < 0.4:
        made = spoilt_bytes(chance, name, head.encode())
        return Case(name, f"front matter, {made.how}", b"---\n" + made.content + b"\n---\n" + body.encode())
    made = spoilt_tree(chance, name, source)
    rows = made.content.decode("utf-8", "surrogatepass")
    return Case(
        name,
        f"front matter, {made.how}",
        f"---\n{rows}\n---\n{body}".encode("utf-8", "surrogatepass"),
        made.wrong_type,
        made.place,
    )


def read_source_of(text: str) -> Any:
    with tempfile.NamedTemporaryFile("w", suffix=".yml", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        return read_source(Path(file.name), "x").content


EXTRA = {
    "version": "1.0.0",
    "clinic": {"name": "A clinic", "logo": "assets/logo.svg", "phone": "1 2 3", "emergency": "112"},
    "training_address": "a@example.org",
}


def spoilt_settings(chance: random.Random, text: str) -> Case:
    """Spoil the `extra` block of mkdocs.yml."""
    before, rest = text.split("extra:\n", 1)
    after = rest[rest.index("\n# Theme") :]
    made = spoilt_tree(chance, "mkdocs.yml", EXTRA)
    return Case(
        "mkdocs.yml",
        f"settings, {made.how}",
        before.encode() + b"extra: " + made.content + after.encode(),
        made.wrong_type,
        made.place,
    )


# ---------------------------------------------------------------------------
# Judging
# ---------------------------------------------------------------------------

VOID = {"br", "img", "input", "hr", "wbr"}


class Sound(html.parser.HTMLParser):
    """Reads HTML strictly: every element is closed in its order, and nothing is there that no macro writes."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.faults: list[str] = []
        self.cells: list[int] = []
        self.columns = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("zap", "script", "style") or (tag == "img" and dict(attrs).get("src") == "x"):
            self.faults.append(f"<{tag}> of the file stands on the page")
        for name, given in attrs:
            if name.startswith("on") or (
                name in ("href", "src") and (given or "").strip().lower().startswith("javascript:")
            ):
                self.faults.append(f"{name}={given!r} of the file stands on the page")
        if tag not in VOID:
            self.open.append(tag)
        if tag == "tr":
            self.cells.append(0)
        elif tag in ("td", "th") and self.cells:
            self.cells[-1] += 1

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes nothing")
        if tag == "table":
            if len(set(self.cells)) > 1:
                self.faults.append(f"rows of different length: {self.cells}")
            self.cells = []

    def handle_comment(self, data: str) -> None:
        self.faults.append("a comment of the file stands on the page")


def html_faults(made: str) -> list[str]:
    """What is wrong with the HTML of a macro."""
    reader = Sound()
    reader.feed(made)
    reader.close()
    return reader.faults + ([f"not closed: {reader.open}"] if reader.open else [])


class WrongError(Exception):
    """The case was not refused, and what comes of it is wrong."""


def need(holds: bool, words: str) -> None:
    if not holds:
        raise WrongError(words)


def link(path: str) -> str:
    return path


def plain_cite(keys: Any) -> str:
    return '<sup class="cite">1</sup>' if list(keys) else ""


WHOLE_TABLES = [
    function
    for module in (aging, outcomes, preparation, product, protocols, reference, regions)
    for name, function in vars(module).items()
    if name.endswith("_table") and name != "claims_table"
]


def printed(found: data.Data, case: Case, deep: bool) -> Iterator[str]:
    """All that the macros print of the data."""
    for table in WHOLE_TABLES:
        yield table(found, plain_cite)
    for size in found.preparations.presentations:
        yield preparation.preparation_table(found, plain_cite, size)
    yield reference.claims_table(found, plain_cite, link, lambda path: path)
    for made in (
        lists.glossary_list,
        lists.open_questions_list,
        blocks.stop_signs,
        blocks.no_reversal,
        forms.safety_strip,
    ):
        yield made(found, plain_cite)
    yield blocks.stop_signs(found, plain_cite, "patient")
    yield re.sub(r"^## .*$", "", lists.questions_list(found, plain_cite, link, lambda path: path), flags=re.MULTILINE)
    yield re.sub(r"^## .*$", "", lists.handouts_list(found, link), flags=re.MULTILINE)
    yield forms.print_check(found, link)
    for phase in blocks.PHASES:
        yield blocks.steps_list(found, plain_cite, phase)
    for row in found.rows.values():
        if not row.publish:
            continue
        if isinstance(row, model.Region) and row.kind == "treatment":
            yield inline(values.label_mark(found, row.id))
            yield blocks.region_summary(found, plain_cite, row.id)
        elif isinstance(row, model.Fact):
            yield blocks.facts_list(found, plain_cite, row.id)
        elif isinstance(row, model.Claim):
            yield blocks.claim(found, plain_cite, row.id, link)
        elif isinstance(row, model.Figure) and (deep or case.name == "figures.yml"):
            yield figures.figure(found, plain_cite, link, row.id)
    if case.name == model.REFERENCES_FILE and case.place:
        keys = list(found.references)
        key = keys[min(int(case.place[0]), len(keys) - 1)]
        bibliography = Bibliography(found.references)
        citations = PageCitations(bibliography)
        yield inline(citations([key]))
        yield citations.reference_list()
        yield lists.sources_list([(key, bibliography.kind(key), bibliography.entry(key))])


def check_numbers(found: data.Data, case: Case) -> None:
    """The tables compute with the numbers of the file, worked out here a second way."""
    for row in found.all_preparations():
        volume, count = Fraction(row.presentation_ml), row.syringes
        product, diluent = Fraction(row.product_parts), Fraction(row.diluent_parts)
        need(
            abs(Fraction(row.diluent_ml) - volume * count * diluent / product) < Fraction(1, 10**9),
            "wrong volume of diluent",
        )
        need(abs(Fraction(row.total_ml) - volume * count * (1 + diluent / product)) < Fraction(1, 10**9), "wrong total")
    if case.number is None or len(case.place) < 3 or case.name == model.REFERENCES_FILE:
        return
    row = getattr(getattr(found, case.name.removesuffix(".yml")), str(case.place[0]))[case.place[1]]
    if isinstance(row, model.Row) and row.publish and isinstance(case.place[2], str):
        name = str(case.place[-1])
        if len(case.place) in (3, 4) and name not in getattr(row, "unverified_parts", []):
            shown = (
                values.value(found, f"{row.id}.{name}")
                .split("\N{NO-BREAK SPACE}")[0]
                .replace(",", "")
                .replace("\N{MINUS SIGN}", "-")
            )
            # Printed to 3 places, and never as nothing when it is something.
            near = abs(Decimal(shown) - case.number) <= Decimal("0.0005") and bool(Decimal(shown)) == bool(case.number)
            need(near, f"prints {shown} for {case.number}")


def check_outputs(found: data.Data, chosen: list[pages.Page], case: Case, deep: bool, sound: set[str]) -> None:
    """Everything that is printed of what was loaded is sound; `sound` holds what was looked at before."""
    for made in printed(found, case, deep):
        if made in sound:
            continue
        faults = html_faults(made)
        need(not faults, f"broken HTML: {faults[:3]} in {made[:150]}")
        need("\n" not in made.strip() or not made.startswith("<div data-block"), "a block on several lines")
        need("1337" not in made or "1337" in case.content.decode("utf-8", "replace"), "braces were run")
    lists.definitions(found, patient=False), lists.definitions(found, patient=True)
    lxml.etree.fromstring(changes.atom_feed(found, "Site", "https://example.org/").encode())
    for line in exports.to_ris(found.references.values()).split("\r\n"):
        need(bool(re.fullmatch(r"([A-Z][A-Z0-9]  - .*)?", line)), f"broken RIS: {line[:80]}")
    for rows in (
        exports.preparation_rows(found),
        exports.protocol_rows(found),
        exports.claim_rows(found),
        exports.outcome_rows(found),
    ):
        need("\n=" not in exports.to_csv(rows) and ",=" not in exports.to_csv(rows), "a formula in a CSV file")
        json.loads(exports.to_json(rows))
    changes.fingerprints(found)
    list(reviews.due(found, chosen, date(2027, 1, 1)))
    for page in chosen:
        need(not re.search(r'[<>&"{}]', page.meta.title + page.meta.description), "markup in the front matter")
    check_numbers(found, case)


class Bench:
    """A copy of the project in a scratch folder, in which one file after the other is spoilt and mended."""

    def __init__(self, folder: Path):
        self.root = folder
        shutil.copytree(ROOT / "docs", folder / "docs", ignore=shutil.ignore_patterns("*.png"))
        shutil.copytree(ROOT / "macros", folder / "macros", ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(ROOT / "mkdocs.yml", folder)
        self.sources = {name: read_source(ROOT / "docs/data" / name, f"docs/data/{name}") for name in DATA_FILES}
        self.checked: dict[str, Any] = {}
        self.good = data.load(ROOT)
        self.good_pages = pages.load_pages(ROOT, self.good)
        self.real_validate = data._validate
        self.sound = set(printed(self.good, Case("", "", b""), True))
        self.good_page = {page.path: page for page in self.good_pages}

    def case(self, seed: int, number: int) -> Case:
        """The case of this number; the same for the same seed."""
        chance = random.Random(f"{seed}-{number}")
        kind = chance.random()
        if kind < 0.1:
            name = chance.choice(self.good_pages).path
            return spoilt_page(chance, name, (ROOT / "docs" / name).read_text(encoding="utf-8"))
        if kind < 0.12:
            return spoilt_settings(chance, (ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
        name = chance.choice(DATA_FILES)
        if kind < 0.35:
            return spoilt_bytes(chance, name, (ROOT / "docs/data" / name).read_bytes())
        return spoilt_tree(chance, name, self.sources[name].content)

    def judge(self, case: Case, deep: bool = False) -> tuple[str, str]:
        """What came of a case: a verdict and, when it is wrong, why."""
        path = (
            self.root / case.name
            if case.name == "mkdocs.yml"
            else self.root / ("docs/data" if case.name in DATA_FILES else "docs") / case.name
        )
        kept = path.read_bytes()
        path.write_bytes(case.content)
        began = time.process_time()
        try:
            with self._unspoilt_files_are_read_once(case.name), _alarm(60):
                verdict = self._verdict(case, deep)
        finally:
            path.write_bytes(kept)
        spent = time.process_time() - began
        return ("hang", f"{spent:.1f} s") if spent > MOST_SECONDS else verdict

    def _verdict(self, case: Case, deep: bool) -> tuple[str, str]:
        try:
            if case.name == "mkdocs.yml":
                settings.read_settings(self.root)
                return ("taken wrongly", "") if case.wrong_type else ("loaded", "")
            found = data.load(self.root)
            chosen = pages.load_pages(self.root, found)
            if case.wrong_type:
                return "taken wrongly", ""
            check_outputs(found, chosen, case, deep, self.sound)
            return "loaded", ""
        except ContentError as error:
            lines = str(error).split("\n")
            bad = [line for line in lines if not ADDRESS.fullmatch(line) or len(line) > 2000]
            return ("no address", bad[0][:300]) if bad else ("refused", "")
        except WrongError as wrong:
            return "wrong page", str(wrong)
        except TimeoutError:
            return "hang", "more than a minute"
        except ValueError as error:
            # A macro's own words; the build puts the page and its line before them.
            last = traceback.extract_tb(error.__traceback__)[-1]
            if "/macros/" in last.filename and (last.line or "").startswith("raise ValueError"):
                return "refused", ""
            return "traceback", traceback.format_exc(limit=-4)
        except Exception:
            return "traceback", traceback.format_exc(limit=-4)

    @contextlib.contextmanager
    def _unspoilt_files_are_read_once(self, spoilt: str) -> Iterator[None]:
        """Reading all of the others anew for each case would take hours."""

        def read(path: Path, name: str) -> Any:
            return self.sources[path.name] if path.name != spoilt else read_source(path, name)

        def validate(source: Any, adapter: Any, faults: Any) -> Any:
            name = Path(source.name).name
            if name == spoilt:
                return self.real_validate(source, adapter, faults)
            if name not in self.checked:
                self.checked[name] = self.real_validate(source, adapter, faults)
            return self.checked[name]

        def read_page(path: Path, name: str, faults: Any) -> Any:
            return real_read_page(path, name, faults) if name == spoilt else self.good_page[name]

        real_read_page = pages._read_page
        data.read_source, data._validate, pages._read_page = read, validate, read_page
        try:
            yield
        finally:
            data.read_source, data._validate, pages._read_page = read_source, self.real_validate, real_read_page


@contextlib.contextmanager
def _alarm(seconds: int) -> Iterator[None]:
    def ring(*_: Any) -> None:
        raise TimeoutError

    signal.signal(signal.SIGALRM, ring)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)


# ---------------------------------------------------------------------------
# The long run
# ---------------------------------------------------------------------------

RIGHT = ("loaded", "refused")


def run(seed: int, numbers: range) -> list[tuple[int, str, str, str, str]]:
    """Judge the cases of these numbers."""
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder) / "project")
        found = []
        for number in numbers:
            case = bench.case(seed, number)
            verdict, why = bench.judge(case, deep=number % 40 == 0)
            found.append((number, case.name, f"{case.how} at {'.'.join(map(str, case.place))}"[:120], verdict, why))
        return found


def main() -> int:
    """Run the cases and print what came of them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--count", type=int, default=10_000)
    options = parser.parse_args()
    numbers = range(options.first, options.first + options.count)
    parts = [numbers[start : start + 250] for start in range(0, len(numbers), 250)]
    counts: Counter[str] = Counter()
    done = 0
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        for found in pool.map(run, [options.seed] * len(parts), parts):
            done += len(found)
            for number, name, how, verdict, why in found:
                counts[verdict] += 1
                if verdict not in RIGHT:
                    print(f"\ncase {number}: {verdict}: {name}: {how}\n{why}", flush=True)
            print(f"[{done}/{len(numbers)}] {dict(counts)}", file=sys.stderr, flush=True)
    print(f"\n{done} spoilt files, seed {options.seed}")
    for verdict in ("loaded", "refused", "no address", "traceback", "hang", "taken wrongly", "wrong page"):
        print(f"{verdict:14}{counts[verdict]:7}")
    return 0 if set(counts) <= set(RIGHT) else 1


if __name__ == "__main__":
    sys.exit(main())
