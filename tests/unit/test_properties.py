"""Bad input gives a page that is right or an error with an address: never a traceback or a wrong type taken.

Properties of the parts through which every word and number goes; they draw the same cases each time.
"""

import html
import json
import re
import string
from decimal import Decimal
from html.parser import HTMLParser

import markdown
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from macros.content.checked_values import AnyNumber, Count, Day, Id, Millilitres, Parts, Percent, Text
from macros.content.csl import Reference
from macros.content.rows.preparations import Preparation
from macros.content.strict_reader import DataFile, read_data_text
from macros.downloads.csv_and_json import to_csv
from macros.downloads.ris import to_ris
from macros.rendering import typeset
from macros.rendering.bibliography import Bibliography
from macros.rendering.citations import PageCitations
from macros.rendering.markdown_extension import ProjectMarkdown
from macros.rendering.markup import block, inline, mark
from macros.rendering.page_context import PageContext
from macros.rendering.tables.table import Table

repeatable = settings(
    derandomize=True, max_examples=60, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow]
)
# What the reader lets through: no controls and no marks without a width.
words = st.text(st.sampled_from(string.printable[:95] + "\n<>&\"'|`*_{}[]\\é漢🙂") | st.characters(codec="utf-8", exclude_categories=["C", "Z"]), max_size=60).filter(str.strip)  # fmt: skip


HOSTILE = [
    "<zap>x</zap>", "<script>zap()</script>", '"><img src=x onerror=zap()>', "' onmouseover='zap()", "</td></tr></table>", "<!-- ", "-->",
    "]]>", "{{ 7*191 }}", "{% raw %}", "{% for x in range(99) %}", "{# x", "a|b", "| a | b |", "`code`", "*em* **strong** _em_", "\\|",
    "[x](javascript:zap())", "![x](javascript:zap())", "{: .zap onclick=zap() }", "# heading", "&lt;zap&gt;", "&#60;zap&#62;", "&amp;&nbsp;&bogus;",
    "a\nb", "a\n\nb\n\n| c | d |", "a\n    b", "\n\n```\nx\n```", "$zap ${zap}", "<<<<", "a < b > c & d", "*[AB]: x", "--- \n...", "</style><zap>",
    "\\3c zap", "=1+1", "-cmd|x", "@x", "1:4", "%s %d {0}", "é ü 漢字 🙂 ﷽", "(", "()", " / ", "[[[", "\\u202e", "http://x\" onclick=\"zap()", "lt", "amp", "gt",
    "0", "null", "''", "x" * 2990,
]  # fmt: skip
hostile = st.sampled_from(HOSTILE) | words


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
        for name, value in attrs:
            if name.startswith("on") or (
                name in ("href", "src") and (value or "").strip().lower().startswith("javascript:")
            ):
                self.faults.append(f"{name}={value!r} of the file stands on the page")
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


# ---------------------------------------------------------------------------
# Properties
# ---------------------------------------------------------------------------


@repeatable
@given(st.binary(max_size=80) | words.map(str.encode))
def test_the_reader_gives_values_or_faults_with_a_line(raw: bytes) -> None:
    file = DataFile("x.yml")
    read_data_text(raw.decode("utf-8", "replace"), file)
    assert all(fault.line >= 1 and str(fault).startswith("x.yml:") for fault in file.faults)


@repeatable
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers(-(10**14), 10**14) | words,
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words, inner, max_size=4),
        max_leaves=12,
    )
)
def test_what_is_written_is_what_is_read(value: object) -> None:
    file = DataFile("x.yml")
    read_data_text(json.dumps({"value": value}, ensure_ascii=False), file)
    assert file.faults == []
    assert file.content == {"value": value}


@pytest.mark.parametrize(
    "kind",
    [Parts, Millilitres, Percent, Count, AnyNumber, Text, Day, Id],
)
@repeatable
@given(
    value=st.none()
    | st.booleans()
    | st.floats()
    | st.lists(st.integers(), max_size=2)
    | st.dictionaries(st.text(max_size=3), st.integers(), max_size=2)
    | st.decimals()
)
def test_a_wrong_type_is_never_taken(kind: type, value: object) -> None:
    adapter: TypeAdapter[object] = TypeAdapter(kind)
    try:
        taken = adapter.validate_python(value)
    except ValidationError as error:
        assert all(detail["type"] == "content" for detail in error.errors(include_url=False))
    else:
        assert isinstance(value, Decimal) and value.is_finite() and taken == value


@repeatable
@given(st.decimals(min_value=0, max_value=20, places=3), st.integers(1, 12), st.decimals("0.01", 20, places=3))
def test_volumes_follow_from_the_parts(diluent: Decimal, syringes: int, product: Decimal) -> None:
    example = Preparation(
        presentation_ml=Decimal("1.5"), syringes=syringes, product_parts=product, diluent_parts=diluent
    )
    # In whole thousandths, so that nothing is rounded here.
    exact = 15 * syringes * int(diluent * 1000) / int(product * 1000) / 10
    assert abs(float(example.diluent_ml) - exact) < 1e-9 * max(1, exact)
    assert example.total_ml == example.product_ml + example.diluent_ml


@repeatable
@given(st.decimals(min_value=-(10**9), max_value=10**9, places=6))
def test_a_printed_number_is_the_number(value: Decimal) -> None:
    shown = typeset.quantity(value, "n").replace(",", "").replace("\N{MINUS SIGN}", "-")
    assert abs(Decimal(shown) - value) <= Decimal("0.0005")
    assert bool(Decimal(shown)) == bool(value)


class Words(HTMLParser):
    """The words of a piece of HTML, and the names of its elements."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words = ""
        self.elements: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.elements.append(tag)

    def handle_data(self, data: str) -> None:
        self.words += data


def read(made: str) -> Words:
    reader = Words()
    reader.feed(made)
    reader.close()
    return reader


def plain(text: str) -> str:
    return re.sub(r"[\s\N{NO-BREAK SPACE}]+", " ", text.replace("\N{MINUS SIGN}", "-")).strip()


def rendered(text: str) -> Words:
    extensions = [
        "tables",
        "attr_list",
        "abbr",
        "md_in_html",
        "toc",
        "pymdownx.superfences",
        ProjectMarkdown(lambda md: {}),
    ]
    return read(markdown.markdown(text, extensions=extensions))


@repeatable
@given(hostile)
def test_words_of_the_data_are_words_in_a_line_of_markdown(given_words: str) -> None:
    made = rendered(f"Before {inline(mark('off-label', given_words))} after.")
    assert made.elements == ["p", "span", "span"]
    assert plain(made.words) == plain(f"Before {given_words} after.")


@repeatable
@given(hostile)
def test_words_of_the_data_break_no_table_written_by_hand(given_words: str) -> None:
    made = rendered(f"| a | b |\n| - | - |\n| {inline(mark('off-label', given_words))} | {inline('c')} |\n")
    assert made.elements == ["table", "thead", "tr", "th", "th", "tbody", "tr", "th", "span", "span", "td"]
    assert plain(made.words) == plain(f"a b {given_words} c")


@repeatable
@given(caption=hostile, cell=hostile)
def test_words_of_the_data_are_words_in_a_block(some_page: PageContext, caption: str, cell: str) -> None:
    table = Table(some_page, "x", caption, ["A", "B"])
    table.add(cell, caption, row_id=cell, group=caption)
    made = rendered(f"Before.\n\n{table.html()}\n\nAfter.")
    wanted = ["p", "div", "table", "caption", "thead", "tr", "th", "th", "tbody", "tr", "th", "td", "p"]
    assert made.elements == wanted
    assert plain(cell) in plain(made.words)
    assert html.escape(plain(cell))[:5] in plain(block("y", typeset.text(cell)))[:400] or "'" in cell or '"' in cell


@repeatable
@given(hostile, hostile)
def test_words_of_a_source_are_words_in_its_citation(title: str, name: str) -> None:
    entry = {
        "id": "a1", "type": "report", "title": title, "author": [{"literal": name}], "container-title": title,
        "custom": {"kind": "news", "read": "full"},
    }  # fmt: skip
    citations = PageCitations(Bibliography({"a1": Reference.model_validate(entry)}))
    made = rendered(f"Before{inline(citations(['a1']))} after.\n\n{citations.reference_list()}")
    assert set(made.elements) <= {"p", "sup", "a", "div", "ol", "details", "summary", "li", "span", "i"}
    assert html_faults(citations.reference_list()) == []


@repeatable
@given(hostile, hostile)
def test_words_of_a_source_stay_in_their_line_of_ris(title: str, name: str) -> None:
    entry = {
        "id": "a1", "type": "report", "title": title, "author": [{"family": name, "given": "A."}],
        "custom": {"kind": "news", "read": "full"},
    }  # fmt: skip
    lines = to_ris([Reference.model_validate(entry)]).split("\r\n")
    assert [line[:6] for line in lines] == ["TY  - ", "ID  - ", "AU  - ", "TI  - ", "ER  - ", ""]
    assert all(len(line.splitlines()) == 1 for line in lines[:-1])


@repeatable
@given(hostile)
def test_no_cell_of_a_download_is_a_formula(cell: str) -> None:
    for value in (cell, [cell]):
        line = to_csv([{"a": value}]).split("\r\n", 1)[1].lstrip('"')
        assert not re.match(r"\s*[=+@-]", line) or re.fullmatch(r"[+-]?[0-9.]+", line.strip())


def test_braces_in_the_data_are_not_run() -> None:
    made = mark("studied", "{{ 7 * 191 }}{% raw %}")
    assert "{{ 7 * 191 }}{% raw %}" in html.unescape(inline(made))
