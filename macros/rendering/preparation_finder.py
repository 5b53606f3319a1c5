"""Controls that show one row of the preparation tables."""

from markupsafe import Markup

from .markup import block, element, joined
from .page_context import PageContext
from .typeset import millilitres, number, ratio, ratio_key
from .warnings_and_steps import strip


def preparation_finder(context: PageContext) -> Markup:
    """Controls that show one row of the preparation tables of the page; assets/finder.js reads it there.

    Paste, above the tables: {{ preparation_finder() }}
    Nothing is computed, and without the script nothing is shown but the tables.
    """
    data, chosen = context.data, context.data.preparations
    volumes = sorted({data.prepare(name, 1, chosen.ratios[0]).presentation_ml for name in chosen.presentations})
    ratios = [(ratio_key(row), ratio(row.product_parts, row.diluent_parts)) for row in chosen.ratios]
    hint = "Choose three things, and the row of the tables below stands here, large. It is looked up, not computed."
    return block(
        "preparation-finder",
        element("h2", "Find one row", id="find-one-row"),
        element(
            "form",
            _choices("ml", "One syringe holds", [(number(volume), millilitres(volume)) for volume in volumes]),
            _choices("syringes", "Syringes", [(str(count), str(count)) for count in chosen.syringes]),
            _choices("ratio", "Ratio, product : diluent", ratios),
            classes="finder-form",
        ),
        element("p", hint, classes="finder-hint"),
        element("p", classes="finder-status", role="status"),
        _shown_with_row("div", classes="finder-card", role="group", aria_label="The chosen row"),
        _shown_with_row("div", strip(context), classes="finder-safety"),
        _shown_with_row("div", element("p", "Sources of label and studies"), element("ul"), classes="finder-sources"),
        _shown_with_row(
            "p",
            element("button", "Print this row", type="button", data_finder_print=True),
            " ",
            element("button", "Clear", type="button", data_finder_clear=True),
            " ",
            element("span", "This row: ", element("a", data_finder_address=True)),
            classes="finder-tools",
        ),
        element("script", src=context.link("assets/finder.js")),
        classes="finder",
        data_print="off",
        hidden=True,
    )


def _shown_with_row(tag: str, *children: str, **attributes: str | bool) -> Markup:
    """What stands there only when a row is chosen."""
    return element(tag, *children, **attributes, data_finder_with_row=True, hidden=True)


def _choices(name: str, legend: str, choices: list[tuple[str, str]]) -> Markup:
    """Radio buttons under a legend; value and words of each."""
    options = (
        element("label", element("input", type="radio", name=name, value=value), " ", words) for value, words in choices
    )
    return element("fieldset", element("legend", legend), joined(options))
