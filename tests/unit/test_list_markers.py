"""The items of a list bear the same numbers and letters on the page, in print, and as Markdown."""

from pathlib import Path

import lxml.html
import pypdfium2
import pytest

from macros.printing.fingerprint import fingerprint
from macros.printing.print_template import print_document
from macros.printing.printable_page import extract
from macros.printing.render import Job, render
from macros.printing.sheets import html_of
from macros.publishing.plain_text import to_markdown
from macros.rendering.list_markers import list_markers

from .pages import built, html
from .sheets import SITE, sheet

ITEMS = "<li>x</li><li>y</li><li>z</li>"


@pytest.mark.parametrize(
    ("source", "markers"),
    [
        (f"<ol>{ITEMS}</ol>", "1 2 3"),
        (f'<ol type="A">{ITEMS}</ol>', "A B C"),
        (f'<ol type="a" start="26">{ITEMS}</ol>', "z aa ab"),
        (f'<ol type="i" start="3">{ITEMS}</ol>', "iii iv v"),
        (f'<ol type="I" start="1989">{ITEMS}</ol>', "MCMLXXXIX MCMXC MCMXCI"),
        (f'<ol start="7">{ITEMS}</ol>', "7 8 9"),
        (f'<ol start="-1">{ITEMS}</ol>', "-1 0 1"),
        (f'<ol type="A" start="0">{ITEMS}</ol>', "0 A B"),
        (f"<ol reversed>{ITEMS}</ol>", "3 2 1"),
        (f'<ol reversed start="9">{ITEMS}</ol>', "9 8 7"),
        (f'<ol start="many">{ITEMS}</ol>', "1 2 3"),
        ('<ol><li>x</li><li value="5">y</li><li type="a">z</li></ol>', "1 5 f"),
        ("<ol><li>x</li><li hidden>no</li><li>y</li></ol>", "1 2"),
    ],
)
def test_items_are_counted_as_a_browser_counts_them(source: str, markers: str) -> None:
    tree = lxml.html.fragment_fromstring(source, create_parent="div")
    ((*items,),) = list_markers(tree)
    assert " ".join(marker for _, marker in items) == markers


def test_a_list_within_a_list_has_the_letters_of_the_theme() -> None:
    inner = f"<ul><li><ol>{ITEMS}</ol></li></ul>"
    tree = lxml.html.fragment_fromstring(f"<ol><li><ol><li>{inner}</li></ol></li></ol>", create_parent="div")
    assert [[marker for _, marker in items] for items in list_markers(tree)] == [["1"], ["a"], ["A", "B", "C"]]


LISTS = """<ol type="A"><li>apple</li><li>berry</li></ol><ol start="4"><li>cherry<ol><li>date</li></ol></li></ol>
<ol reversed><li><p>elder</p></li><li>fig</li></ol><ol><li>grape</li></ol>"""
NUMBERED = ["A. apple", "B. berry", "4. cherry", "a. date", "2. elder", "1. fig", "1. grape"]


def article(folder: Path, words: str) -> str:
    foot = '<footer class="page-foot"><p>Foot.</p></footer>'
    built(folder, technique=html("..", f"<h2 id='x'>Lists</h2>{words}{foot}"))
    (folder / "assets/figures.css").write_text("")
    return html_of(extract(folder, "technique.md").parts())


def test_a_print_shows_them(tmp_path: Path) -> None:
    document = print_document(sheet(article(tmp_path, LISTS), kind="page"), "a4", SITE)
    made = pypdfium2.PdfDocument(render(Job("x", "a4", document, (), "2026-11-24")))
    # Apart from the items, since each stands outside of its line.
    assert " ".join(line.split()[0] for line in NUMBERED) in " ".join(made[0].get_textpage().get_text_bounded().split())


def test_another_number_before_an_item_is_another_print(tmp_path: Path) -> None:
    bodies = [article(tmp_path, LISTS.replace('type="A"', f'type="{kind}"')) for kind in ("A", "a", "1")]
    assert len({fingerprint((), body) for body in bodies}) == 3
    # What the renderer counts by itself has no part, as before: else every print of a list would be called old.
    plain = "<h1>Page</h1><h2>Lists</h2><p>x</p><p>y</p><p>z</p>"
    assert fingerprint((), article(tmp_path, f"<ol>{ITEMS}</ol>")) == fingerprint((), plain)


def test_markdown_shows_them(tmp_path: Path) -> None:
    pages = built(tmp_path, technique=html("..", LISTS))
    lines = [line.strip() for line in to_markdown(pages.of("technique.md"), "technique.md", {}).splitlines()]
    assert [line.removeprefix("- ") for line in lines if line and not line.startswith("#")] == NUMBERED
