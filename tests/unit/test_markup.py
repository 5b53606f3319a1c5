"""HTML by type: words are escaped wherever they enter, HTML stays as it is."""

import pytest
from markupsafe import Markup

from macros.rendering.markup import block, element, inline, joined, mark

BAD = "<b>1 & 2</b> \"x\" 'y'"


def test_words_are_escaped_as_children_and_as_attributes() -> None:
    made = element("p", BAD, title=BAD)
    assert (
        made
        == '<p title="&lt;b&gt;1 &amp; 2&lt;/b&gt; &#34;x&#34; &#39;y&#39;">&lt;b&gt;1 &amp; 2&lt;/b&gt; "x" \'y\'</p>'
    )


def test_html_stays_html() -> None:
    assert element("p", element("b", "1 & 2")) == "<p><b>1 &amp; 2</b></p>"
    assert isinstance(element("p", "x") + "<", Markup)
    assert element("p", "x") + "<" == "<p>x</p>&lt;"


def test_attributes_are_named_and_left_out() -> None:
    made = element("div", classes="a b", data_row_id="1", hidden=True, id=None, open=False)
    assert made == '<div class="a b" data-row-id="1" hidden></div>'


@pytest.mark.parametrize("tag", ["br", "img", "input"])
def test_an_empty_element_has_no_end(tag: str) -> None:
    assert element(tag) == f"<{tag}>"


def test_what_is_empty_stands_nowhere() -> None:
    assert joined(["a", None, "", Markup("<b>"), "c"], " & ") == "a &amp; <b> &amp; c"
    assert joined([]) == ""


def test_a_block_is_one_line_that_begins_with_its_kind() -> None:
    made = block("example", "one\ntwo", classes="x")
    assert made == '<div data-block="example" class="x">one two</div>'


def test_signs_of_markdown_are_read_as_words_in_a_line() -> None:
    made = inline(mark("off-label", "a*b_c|d\ne"))
    assert isinstance(made, Markup)
    assert not set("*_|\n") & set(made)
