"""Where the blocks of a page stand: inside the list, note or tab for which they are indented, or named as misplaced.

Markdown takes what is indented by four spaces into a list item, a note or a tab. By fewer it falls out of them without
a word, and by more, or inside nothing, it becomes code.
"""

import re
from collections.abc import Callable, Iterator

from markdown import Extension, Markdown

from .markdown_extension import ProjectMarkdown

# What of the site's Markdown decides where a line stands.
NESTING = (
    "admonition", "attr_list", "md_in_html", "tables", "pymdownx.details", "pymdownx.superfences", "pymdownx.tabbed",
)  # fmt: skip
_CALL = re.compile(r"^([ \t]+)(\{\{.*\}\})[ \t]*$")
_ANY_CALL = re.compile(r"^([ \t]*)(\{\{.*\}\})[ \t]*$")
# In these a call is made, and what it prints is code or not shown at all.
_HIDING = re.compile(r"^[ \t]*(?:```|~~~)|<!--", re.MULTILINE)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_OTHER_CALL = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")
_CURE = (
    "this block falls out of its place: indent its call by four spaces for each list, note or tab in which it is to "
    "stand, with an empty line above it"
)
_HIDDEN = "what this block prints is not shown as it should be, in a comment or in code; take the call out of it"
_WITHIN = "this block falls out of the sentence, heading or link that it is called in; call it on a line of its own"


def place_faults(text: str, rendered: str, made_by: Callable[[str], str]) -> Iterator[tuple[int, str]]:
    """The lines of a page, from 1, whose call makes a block that would not stand where it is meant to.

    `rendered` is the page with its calls carried out, `made_by` gives what one call prints.
    """
    yield from _within_words(text, rendered, made_by)
    yield from _out_of_place(text, made_by)


def _within_words(text: str, rendered: str, made_by: Callable[[str], str]) -> Iterator[tuple[int, str]]:
    """The lines with words, or the marks of a heading, before a block."""
    if not any(map(_begins_with_words, rendered.splitlines())):
        return
    for number, line in enumerate(text.splitlines(), 1):
        filled = re.sub(r"\{\{.*?\}\}", lambda call: made_by(call[0]).strip() or "x", line)
        if _begins_with_words(filled):
            yield number, _WITHIN


def _begins_with_words(line: str) -> bool:
    before, block, _ = line.partition("<div data-block=")
    # A cell of a table, what HTML or a quotation opens, and the mark of a list hold blocks.
    return bool(block) and re.search(r"^\s*\||>\s*$|^[\s>]*(?:(?:[-*+]|\d+\.)\s+)*$", before) is None


def _out_of_place(text: str, made_by: Callable[[str], str]) -> Iterator[tuple[int, str]]:
    lines = text.splitlines()
    blocks: dict[int, str] = {}
    # Only where a page hides something, a block that is not indented can be lost too.
    call = _ANY_CALL if _HIDING.search(text) else _CALL
    for number, line in enumerate(lines, 1):
        found = call.match(line)
        made = made_by(found[2]).strip() if found else ""
        if found and found[1] and "\n" in made:
            yield number, f"{found[2]} makes headings of its own: call it at the beginning of a line"
        elif found and made.startswith("<div data-block="):
            blocks[number] = found[1]
    if not blocks:
        return
    for number, line in enumerate(lines, 1):
        lines[number - 1] = (
            f'{blocks[number]}<div data-block="at-{number}"></div>' if number in blocks else _OTHER_CALL.sub("x", line)
        )
    settings = {"pymdownx.tabbed": {"alternate_style": True}}
    extensions: list[str | Extension] = [*NESTING, ProjectMarkdown(lambda md: {})]
    made = Markdown(extensions=extensions, extension_configs=settings).convert("\n".join(lines))
    made = _COMMENT.sub("", made)
    for number, spaces in blocks.items():
        stands = f'<div data-block="at-{number}"' in made
        if len(spaces.expandtabs(4)) % 4 or not stands:
            yield number, _CURE if spaces else _HIDDEN
