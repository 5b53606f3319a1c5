"""Controls that show one row of the preparation tables."""

from collections.abc import Callable

from ..content.load import Data
from .citations import Cite
from .markup import block
from .typeset import attribute, millilitres, number, ratio, ratio_key, text
from .warnings_and_steps import safety_strip


def preparation_finder(data: Data, cite: Cite, link: Callable[[str], str]) -> str:
    """Controls that show one row of the preparation tables of the page; assets/finder.js reads it there.

    Paste, above the tables: {{ preparation_finder() }}
    Nothing is computed, and without the script nothing is shown but the tables.
    """
    chosen = data.preparations
    volumes = sorted({data.prepare(name, 1, chosen.ratios[0]).presentation_ml for name in chosen.presentations})
    controls = (
        _choices("ml", "One syringe holds", [(number(volume), millilitres(volume)) for volume in volumes])
        + _choices("syringes", "Syringes", [(str(count), str(count)) for count in chosen.syringes])
        + _choices(
            "ratio",
            "Ratio, product : diluent",
            [(ratio_key(row), ratio(row.product_parts, row.diluent_parts)) for row in chosen.ratios],
        )
    )
    inner = (
        '<h2 id="find-one-row">Find one row</h2>'
        "<p class=finder-hint>Choose three things, and the row of the tables below stands here, large. It is looked up,"
        " not computed.</p>"
        f'<form class="finder-form">{controls}</form>'
        '<p class="finder-status" role="status"></p>'
        '<div class="finder-card" role="group" aria-label="The chosen row" data-finder-with-row hidden></div>'
        f"<div class=finder-safety data-finder-with-row hidden>{safety_strip(data, cite)}</div>"
        '<div class="finder-sources" data-finder-with-row hidden><p>Sources of the standing</p><ul></ul></div>'
        '<p class="finder-tools" data-finder-with-row hidden><button type="button" data-finder-print>Print this row'
        '</button> <button type="button" data-finder-clear>Clear</button>'
        " <span>This row: <a data-finder-address></a></span></p>"
        f'<script src="{link("assets/finder.js")}"></script>'
    )
    return block("preparation-finder", inner, "finder", data_print="off").replace("<div ", "<div hidden ", 1)


def _choices(name: str, legend: str, choices: list[tuple[str, str]]) -> str:
    """Radio buttons under a legend; value and words of each."""
    options = "".join(
        f'<label><input type="radio" name="{name}" value="{attribute(value)}" autocomplete="off"> {text(words)}</label>'
        for value, words in choices
    )
    return f"<fieldset><legend>{text(legend)}</legend>{options}</fieldset>"
