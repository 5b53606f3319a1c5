"""Figures on paper: the inline SVG of a built page becomes an image in the light palette and our typeface."""

import base64
import math
import re

import lxml.html
from lxml.html import HtmlElement, tostring

# The text of a portrait page of A4, the narrower paper, between its margins of 15 mm.
_TEXT_PT = 180 * 72 / 25.4


def figures_as_images(page: HtmlElement, styles: str) -> None:
    """Make each figure of a built page an image; `styles` is the text of figures.css.

    The alternative text of the image is the description of the figure.
    """
    values, rules = _light(styles)
    # The drawings of rendering/figures carry this class; the theme's icons do not.
    for drawing in page.xpath(".//svg[@class='figure-art']"):
        image = lxml.html.Element("img")
        image.set("class", "figure-art")
        image.set("alt", drawing.xpath("string(./desc)"))
        source = base64.b64encode(_drawing_alone(drawing, values, rules).encode()).decode()
        image.set("src", f"data:image/svg+xml;base64,{source}")
        image.tail = drawing.tail
        drawing.getparent().replace(drawing, image)


def _drawing_alone(drawing: HtmlElement, values: dict[str, str], rules: dict[str, str]) -> str:
    """The SVG as a file of its own, with the style that it uses."""
    # A link inside an image leads nowhere, and the print engine draws no shapes within one.
    for link in drawing.xpath(".//a"):
        link.tag = "g"
        link.attrib.clear()
    used = {name for names in drawing.xpath(".//@class") for name in names.split()}
    style = lxml.html.Element("style")
    # In the order of the style sheet: the later rule wins there too.
    style.text = "".join(f".{name}{{{body}}}" for name, body in rules.items() if name in used)
    drawing.insert(0, style)
    # A reader of HTML writes the names of attributes small; this is the only one of ours with a capital.
    view = drawing.get("viewbox")
    drawing.attrib.clear()
    drawing.set("xmlns", "http://www.w3.org/2000/svg")
    drawing.set("viewBox", view)
    return _resolve(tostring(drawing, method="xml", encoding="unicode", with_tail=False), values)


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


def words_for_small_drawings(parts: list[HtmlElement], least_pt: float) -> None:
    """In place of each drawing whose words would be smaller than this across the page, its title and description."""
    for part in parts:
        for image in part.xpath(".//img[@class='figure-art']"):
            if _smallest_words(image) < least_pt:
                words = lxml.html.Element("p")
                words.text = image.get("alt")
                for caption in image.xpath("../figcaption"):
                    # What follows the title tells how to look at the drawing.
                    for title in caption.xpath("./strong[1]"):
                        title.tail = " "
                        words.text, title.tail = None, f" {image.get('alt')}"
                        words.append(title)
                    caption.drop_tree()
                image.getparent().replace(image, words)


def _smallest_words(image: HtmlElement) -> float:
    """The smallest letters of a drawing in pt, when it is as wide as the text of a page; of one without words, any."""
    source = base64.b64decode(image.get("src").partition(",")[2]).decode()
    width = float(re.search(r'viewBox="0 0 ([\d.]+) ', source)[1])  # type: ignore[index]  # figure.py writes it
    sizes = [float(size) for size in re.findall(r"font-size: ?([\d.]+)px", source)]
    return min(sizes, default=math.inf) * _TEXT_PT / width
