"""Lighter pages: one stylesheet with only the rules that a page can use, one script, no spare white space or file."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import lxml.html
import tinycss2

from ..rendering.tidy import tidy
from . import scripts
from .head_and_assets import below_root, html_files, the_same_everywhere, write_asset

# Source maps and the search's other languages: the theme ships them, no reader of this site asks for them.
SPARE = (
    "assets/javascripts/**/*.map",
    "assets/stylesheets/*.map",
    "assets/javascripts/lunr/**/*",
    "assets/images/favicon.png",
)


# The print reads the palette of the figures from here (macros/handouts/extract.py).
PRINTED = "assets/figures.css"


# Shown twice on each page, small: one file less to ask for before the text stands.
LOGO = "assets/logo.svg"


# Names that the theme's script knows for features that this site does not use. One that stands in a page stays.
UNUSED_FEATURES = (
    "md-annotation", "md-code", "md-version", "md-consent", "md-source", "md-banner", "md-post", "md-social",
    "md-status", "md-tag", "md-progress", "md-mermaid",
    "--md-mermaid", "--md-code", "mermaid", "tabbed", "highlight", "linenodiv", "__code", "rtl",
)  # fmt: skip


# What the theme's script puts into a page under a name that is also an English word.
MADE_BY_THE_THEME = {"js", "mark"}


_NESTING = {"media", "supports", "container", "layer"}


_WORD = re.compile(r"[A-Za-z_-][\w-]*")


def slim(site: Path) -> None:
    """Make the pages below `site` light; everything that they show stays as it is.

    Raises PublishError when the pages do not share their stylesheets or scripts, or the theme's script is not found.
    """
    for pattern in SPARE:
        for path in sorted(site.glob(pattern)):
            if path.is_file():
                path.unlink()
    pages = {path: path.read_text(encoding="utf-8") for path in html_files(site)}
    programs = [path.read_text(encoding="utf-8") for path in sorted(site.glob("assets/**/*.js"))]
    names = set().union(*(names_in_page(text) for text in pages.values()))
    names |= {name for program in programs for name in names_in_script(program) if not name.startswith(UNUSED_FEATURES)}
    sheet = _write_stylesheet(site, pages, names | MADE_BY_THE_THEME)
    script = scripts.write_script(site, pages)
    logo = (site / LOGO).read_text(encoding="utf-8")
    for path, text in pages.items():
        light = scripts.with_script(scripts.inlined(with_stylesheet(text, sheet), path, site), script)
        light = with_logo(light, logo)
        path.write_text(tidy(light), encoding="utf-8")


_SHEET = re.compile(r'[ \t]*<link rel="stylesheet" href="([^"]+)"[^>]*>\n?')


def _write_stylesheet(site: Path, pages: dict[Path, str], names: set[str]) -> str:
    """Write the one stylesheet of all pages and remove those that it replaces; returns its path below the site."""
    lists = {
        path.relative_to(site).as_posix(): [below_root(site, path, href) for href in _SHEET.findall(text)]
        for path, text in pages.items()
    }
    first = the_same_everywhere(lists, "stylesheets", "extra_css")
    css = lean("\n".join((site / name).read_text(encoding="utf-8") for name in first), names)
    for name in first:
        if name != PRINTED:
            (site / name).unlink()
    return write_asset(site, "style", "css", css)


def with_stylesheet(text: str, sheet: str) -> str:
    """The page with one link to `sheet` in the place of its stylesheets."""
    found = _SHEET.search(text)
    if not found:
        return text
    base = found[1][: found[1].index("assets/")]
    link = f'<link rel="stylesheet" href="{base}{sheet}">\n'
    return text[: found.start()] + link + _SHEET.sub("", text[found.end() :])


def names_in_page(text: str) -> set[str]:
    """Every name in a page that a selector could match: elements, classes, ids, attributes and their values."""
    names: set[str] = set()
    for element in lxml.html.document_fromstring(text).iter(lxml.etree.Element):
        names.add(element.tag.rpartition("}")[2])
        for key, value in element.attrib.items():
            names.add(key)
            names.update(_WORD.findall(value))
    return names


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


def with_logo(text: str, logo: str) -> str:
    """The page with the drawing of the logo in it, in the place of its file."""
    address = f"data:image/svg+xml,{quote(' '.join(logo.split()), safe='=:/;,()')}"
    return re.sub(rf'(<img src=")[^"]*{re.escape(LOGO)}(")', rf"\g<1>{address}\g<2>", text)
