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
_OTHER_CALL = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")
_CURE = (
    "this block falls out of its place: indent its call by four spaces for each list, note or tab in which it is to "
    "stand, with an empty line above it"
)


def place_faults(text: str, made_by: Callable[[str], str]) -> Iterator[tuple[int, str]]:
    """The lines of a page, from 1, whose indented call makes a block that would not stand where it is meant to.

    `made_by` gives what a call prints.
    """
    lines = text.splitlines()
    blocks: dict[int, str] = {}
    for number, line in enumerate(lines, 1):
        found = _CALL.match(line)
        made = made_by(found[2]).strip() if found else ""
        if found and "\n" in made:
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
    for number, spaces in blocks.items():
        if len(spaces.expandtabs(4)) % 4 or f'<div data-block="at-{number}"' not in made:
            yield number, _CURE
