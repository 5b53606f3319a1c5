"""Rules of the stylesheet that no page can use: left out, since they alone would delay the text beyond the goal.

Measured with Lighthouse (mobile, simulated) on a loaded machine, once a page: with all rules the stylesheet has 33 KB
instead of 17 KB gzipped, and the largest paint of the four pages tried came at 1.28 to 1.51 s. Two of them were late
with the shorter one too (tests/bench/lighthouse.py); to be measured again on a quiet machine.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

import tinycss2
from lxml import etree
from lxml.html import HtmlElement

# Names that the theme's script knows for features that this site does not use. One that stands in a page stays.
_UNUSED_FEATURES = (
    "md-annotation", "md-code", "md-version", "md-consent", "md-source", "md-banner", "md-post", "md-social",
    "md-status", "md-tag", "md-progress", "md-mermaid",
    "--md-mermaid", "--md-code", "mermaid", "tabbed", "highlight", "linenodiv", "__code", "rtl",
)  # fmt: skip
# What the theme's script puts into a page under a name that is also an English word.
_MADE_BY_THE_THEME = {"js", "mark"}
_NESTING = {"media", "supports", "container", "layer"}
_WORD = re.compile(r"[A-Za-z_-][\w-]*")


def names_used(pages: Iterable[HtmlElement], scripts: Iterable[str]) -> set[str]:
    """Every name that a selector could match in one of the pages, also after the scripts have changed it."""
    names = set(_MADE_BY_THE_THEME)
    for script in scripts:
        names |= {name for name in names_in_script(script) if not name.startswith(_UNUSED_FEATURES)}
    for page in pages:
        names |= names_in_page(page)
    return names


def names_in_page(page: HtmlElement) -> set[str]:
    """Its elements, classes, ids, attributes and their values."""
    names: set[str] = set()
    values: set[str] = set()
    for element in page.iter(etree.Element):
        names.add(element.tag.rpartition("}")[2])
        names.update(element.attrib)
        values.update(element.attrib.values())
    return names.union(*(_WORD.findall(value) for value in values))


def names_in_script(text: str) -> set[str]:
    """Every name in a script that could be a class, an id or a variable: words with a hyphen or an underscore.

    A name without either must be quoted alone, as in classList.add("filter").
    """
    quoted = re.findall(r"[\"'`.#]([a-z]+)[\"'`]", text)
    return {word for word in _WORD.findall(text) if "-" in word or "_" in word} | set(quoted)


def lean(css: str, names: set[str]) -> str:
    """The stylesheet without comments, rules whose names are not among `names`, and variables that nobody reads.

    A rule stays in doubt: what stands within :not(), :is() and the like is not judged.
    """
    rules = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    made = "".join(_rules(rules, names))
    while True:
        # A variable can be read by another that nobody reads: until nothing more falls away.
        used = set(re.findall(r"var\(\s*(--[\w-]+)", made)) | names
        shorter = "".join(_without_variables(made, used))
        if shorter == made:
            return made
        made = shorter


def _rules(rules: list[Any], names: set[str]) -> Iterator[str]:
    for rule in rules:
        if rule.type == "qualified-rule":
            selectors = [part for part in _split(rule.prelude) if _possible(part, names)]
            body = _body(rule.content)
            if selectors and body:
                yield f"{','.join(_plain(part) for part in selectors)}{{{body}}}"
        elif rule.type == "at-rule":
            head = f"@{rule.at_keyword} {_plain(rule.prelude)}".rstrip()
            if rule.content is None:
                if rule.lower_at_keyword != "charset":
                    yield f"{head};"
            elif rule.lower_at_keyword in _NESTING:
                inner = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
                body = "".join(_rules(inner, names))
                if body:
                    yield f"{head}{{{body}}}"
            else:
                yield f"{head}{{{_plain(rule.content)}}}"


def _body(content: list[Any]) -> str:
    """The declarations of a rule, with the rules nested in it."""
    parts = []
    for item in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if item.type == "declaration":
            parts.append(f"{item.name}:{_plain(item.value)}{'!important' if item.important else ''}")
        elif item.type in ("qualified-rule", "at-rule"):
            parts.append(tinycss2.serialize([item]))
    return ";".join(parts)


def _plain(tokens: list[Any]) -> str:
    """Tokens as text, white space between them as one space."""
    return "".join(
        " " if token.type == "whitespace" else token.serialize() for token in tokens if token.type != "comment"
    ).strip()


def _split(tokens: list[Any]) -> Iterator[list[Any]]:
    """The selectors of a list, at its top-level commas."""
    part: list[Any] = []
    for token in tokens:
        if token == ",":
            yield part
            part = []
        else:
            part.append(token)
    yield part


def _possible(selector: list[Any], names: set[str]) -> bool:
    """Whether every class, id, element and attribute that the selector names is among the names."""
    before: Any = None
    for token in selector:
        name = None
        if token.type == "hash" or (token.type == "ident" and before != ":"):
            name = token.value
        elif token.type == "[] block":
            exact = [part.value for part in token.content if part.type in ("ident", "string")]
            if any(part in ("^", "*", "$", "|", "^=", "*=", "$=", "|=", "~=") for part in token.content):
                exact = exact[:1]
            if any(word not in names for value in exact for word in _WORD.findall(str(value))):
                return False
        if name is not None and name not in names:
            return False
        before = token
    return True


_VALUE = r"(?:\"[^\"]*\"|'[^']*'|\([^()]*(?:\([^()]*\)[^()]*)*\)|[^;{}\"'()])*"


_VARIABLE = re.compile(rf"(?<=[{{;])(--[\w-]+):{_VALUE}(?:;|(?=\}}))")


def _without_variables(css: str, used: set[str]) -> Iterator[str]:
    """The pieces of a stylesheet without the variables that are not in `used`."""
    end = 0
    for found in _VARIABLE.finditer(css):
        if found[1] not in used:
            yield css[end : found.start()]
            end = found.end()
    yield css[end:]
