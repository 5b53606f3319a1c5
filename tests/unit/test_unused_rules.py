"""Which rules of the stylesheet stay: those that some page can use, now or after a script has changed it."""

import lxml.html
import pytest

from macros.publishing.unused_rules import lean, names_in_page, names_in_script, names_used


@pytest.mark.parametrize(
    ("css", "kept"),
    [
        (".a { color: red } .b { color: blue }", ".a{color:red}"),
        (".a, .b > p { margin: 0 }", ".a{margin:0}"),
        (".a:not(.b) p::before { content: '.b' }", '.a:not(.b) p::before{content:".b"}'),
        ("[data-x=on] { top: 0 } [data-x=off] { top: 0 } [data-x^=of] { top: 0 }", "[data-x=on]{top:0}[data-x^=of]{top:0}"),
        ("#a { top: 0 } table { top: 0 } * { top: 0 }", "#a{top:0}*{top:0}"),
        ("/* x */ @media print { .b { top: 0 } .a { top: 0 } } @media screen { .b { top: 0 } }", "@media print{.a{top:0}}"),
        ("@charset 'utf-8'; @keyframes k { from { top: 0 } }", "@keyframes k{from { top: 0 }}"),
        (":root { --read: 1px; --unread: 2px } .a { top: var(--read) !important }", ":root{--read:1px;}.a{top:var(--read)!important}"),
        (":root { --one: var(--two); --two: url('data:x;y}z') }", ":root{}"),
    ],
)  # fmt: skip
def test_only_rules_that_can_apply_stay(css: str, kept: str) -> None:
    assert lean(css, {"a", "p", "data-x", "on"}) == kept


def test_names_are_found_in_pages_and_scripts() -> None:
    page = lxml.html.document_fromstring('<body class="one two" data-x="on"><svg><path id="p"/></svg></body>')
    assert {"body", "one", "two", "data-x", "on", "path", "p", "class"} <= names_in_page(page)
    assert {"md-tip", "--x", "filter"} <= names_in_script('a="md-tip "+b;c("--x");d.className="filter"')
    assert "plain" not in names_in_script("var plain = 1")
    used = names_used([page], ['a("md-code__line"), b("md-tip")'])
    assert {"one", "md-tip", "js"} <= used
    assert "md-code__line" not in used, "the theme knows it, no page of this site has it"
