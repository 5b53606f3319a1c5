"""Figures on paper: the inline SVG of a built page becomes an image in the light palette and our typeface."""

import base64
import html
import re

# The drawings of macros/figures carry this class; the theme's icons do not.
_FIGURE = re.compile(r'<svg class="figure-art"(?P<head>[^>]*)>(?P<inner>.*?)</svg>', re.DOTALL)


_TITLE = re.compile(r"<title>.*?</title><desc>(?P<desc>.*?)</desc>", re.DOTALL)


def figures_as_images(page: str, styles: str) -> str:
    """The HTML of a built page with each figure as an image; `styles` is the text of figures.css.

    The alternative text of the image is the description of the figure.
    """
    values, rules = _light(styles)

    def image(found: re.Match[str]) -> str:
        # A link inside an image leads nowhere, and the print engine draws no shapes within one.
        inner = re.sub(r"<(/?)a\b[^>]*>", r"<\1g>", found["inner"])
        title = _TITLE.search(inner)
        words = html.unescape(title["desc"]) if title else ""
        # An HTML parser has made the name lower case, which only browsers mend.
        view = re.search(r'(?i:viewBox)="([^"]*)"', found["head"])
        drawing = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view[1] if view else ""}">'
            f"<style>{_used(rules, inner)}</style>{_resolve(inner, values)}</svg>"
        )
        source = base64.b64encode(drawing.encode()).decode()
        return f'<img class="figure-art" alt="{html.escape(words)}" src="data:image/svg+xml;base64,{source}">'

    return _FIGURE.sub(image, page)


def _light(styles: str) -> tuple[dict[str, str], dict[str, str]]:
    """The light value of each variable, and the declarations of each class."""
    light = styles.split('[data-md-color-scheme="slate"]')[0]
    values = dict(re.findall(r"(--fig-[\w-]+):\s*([^;]+);", light))
    values["--fig-face"] = "'Sheet Sans'"
    rules = {name: _resolve(body, values) for name, body in re.findall(r"^\.(f-[\w-]+) \{([^}]*)\}", styles, re.M)}
    return values, rules


def _resolve(text: str, values: dict[str, str]) -> str:
    """The text with each variable replaced; one that is unknown stays and makes the renderer warn."""
    return re.sub(r"var\((--fig-[\w-]+)(?:,[^)]*)?\)", lambda found: values.get(found[1], found[0]), text)


def _used(rules: dict[str, str], drawing: str) -> str:
    """The rules that a drawing uses, in the order of the style sheet: the later one wins there too."""
    used = {name for names in re.findall(r'class="([^"]*)"', drawing) for name in names.split()}
    return "".join(f".{name}{{{body}}}" for name, body in rules.items() if name in used)
