"""python -m macros list: what a writer can paste, of every macro, made from its docstring."""

from collections.abc import Callable

import pytest
from jinja2 import Environment, nodes
from markupsafe import Markup

from macros.__main__ import main
from macros.rendering.macro_list import calls, summary
from macros.rendering.page_macros import MACROS

from ..projects import ROOT


@pytest.mark.parametrize("macro", MACROS, ids=lambda macro: macro.__name__)
def test_every_macro_says_what_it_prints_and_shows_what_to_paste(macro: Callable[..., Markup]) -> None:
    assert summary(macro).endswith("."), "one sentence, then an empty line"
    assert calls(macro), "a line that begins with Paste, with a call"
    for line in calls(macro):
        called = [call.node.name for call in Environment().parse(line).find_all(nodes.Call)]
        assert called[:1] == [macro.__name__], "a call that Jinja can read, of this macro; it may hold others"


def test_the_list_names_every_macro_with_its_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--root", str(ROOT), "list"]) == 0
    paragraphs = capsys.readouterr().out.split("\n\n")
    assert [paragraph.partition(":")[0] for paragraph in paragraphs] == [macro.__name__ for macro in MACROS]
    assert 'value: One number of a data row with its unit; with `to`, a range of two.\n    {{ value("' in "".join(
        paragraphs
    )
    assert all("\n    {{ " in paragraph for paragraph in paragraphs)


def test_the_guide_leads_to_the_list() -> None:
    assert "python -m macros list" in (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
