"""What printed sheets add to a page: the safety strip, boxes to tick, fields to fill in by hand.

Each public function is a macro: rows in, HTML out.
"""

from collections.abc import Callable, Mapping

from . import model
from .blocks import PHASES, no_reversal_row
from .cite import Cite
from .data import Data, published
from .label_status import labeled_ratio, named_regions
from .markup import block, mark
from .source import did_you_mean
from .tables.preparation import ratio_key
from .typeset import attribute, millilitres, number, ratio, text

# Where a procedure pauses, and the phases of its steps that are checked there.
PAUSES = {
    "before": ("before",),
    "mixing": ("mixing",),
    "injecting": ("marking", "injecting"),
    "after": ("after",),
}
# Fields that the clinic's entries in mkdocs.yml fill in on every sheet.
CLINIC_FIELDS = {"Clinic": "name", "Clinic phone": "phone", "Emergency number": "emergency"}

BOX = '<span class="tick-box"></span> '


def safety_strip(data: Data, cite: Cite) -> str:
    """One line: no reversal agent, the stop signs in a few words, and what is off-label.

    Paste: {{ safety_strip() }}
    """
    reversal = no_reversal_row(data)
    signs = published(data.safety.stop_signs)
    for row in signs:
        if row.short is None:
            raise ValueError(f"safety_strip: '{row.id}' in safety.yml has no `short`; the strip names every stop sign")
    named = "; ".join(f'<span data-row="{row.id}">{text(row.short or "")}</span>' for row in signs)
    refs = list(dict.fromkeys(key for row in [reversal, *signs] for key in row.refs))
    off = mark("off-label", f"Diluted use: off-label (US, EU), except the décolleté at {labeled_ratio(data)} in saline")
    inner = (
        f'<p><strong data-row="{reversal.id}">{text(reversal.statement)}</strong>'
        f" <strong>Stop at once and start the emergency pathway:</strong> {named}.{cite(refs)}</p><p>{off}</p>"
    )
    return block("safety-strip", inner, "safety-strip", role="note", aria_label="Stop signs and label status")


def tick_list(data: Data, pause: str) -> str:
    """Boxes to tick at one pause of the procedure: before, mixing, injecting, after.

    Paste: {{ tick_list("before") }}
    """
    if pause not in PAUSES:
        raise ValueError(f"tick_list: no pause '{pause}'{did_you_mean(pause, PAUSES)}; there are: {', '.join(PAUSES)}")
    steps = [row for row in published(data.technique.steps) if row.phase in PAUSES[pause]]
    items = "".join(f'<li data-row="{row.id}">{BOX}{text(check)}</li>' for row in steps for check in row.checks)
    return block("ticks", f'<ul class="ticks">{items}</ul>', aria_label=PHASES.get(pause, pause), role="group")


def step_warnings(data: Data, pause: str) -> str:
    """The warnings that guard one pause of the procedure: before, mixing, injecting, after.

    Paste: {{ step_warnings("mixing") }}
    """
    if pause not in PAUSES:
        raise ValueError(f"step_warnings: no pause '{pause}'{did_you_mean(pause, PAUSES)}")
    steps = [row for row in published(data.technique.steps) if row.phase in PAUSES[pause] and row.warning]
    lines = "".join(f'<p data-row="{row.id}">{text(row.warning or "")}{_treated(data, row)}</p>' for row in steps)
    return block(
        "step-warnings", lines, "step-warnings", role="note", aria_label=f"Warnings: {PHASES.get(pause, pause)}"
    )


def _treated(data: Data, step: model.Step) -> str:
    """The label marks of the regions that a step names and that may be treated."""
    names = [name for name in step.regions if data.region(name).caution != "avoid"]
    return f" {named_regions(data, names)}" if names else ""


def ticks(*choices: str) -> str:
    """Choices with boxes to tick, on one line.

    Paste: {{ ticks("Needle", "Cannula") }}
    """
    inner = " ".join(f'<span class="tick">{BOX}{text(choice)}</span>' for choice in choices)
    return block("choices", inner, "choices")


def fields(clinic: Mapping[str, str], *labels: str, columns: int = 1) -> str:
    """Fields to fill in by hand; the clinic's own are filled in from mkdocs.yml.

    Paste: {{ fields("Clinic phone", "Date") }} or {{ fields("Lot", "Expiry date", columns=2) }}
    """
    filled = (clinic.get(CLINIC_FIELDS.get(label, ""), "") for label in labels)
    lines = "".join(
        f'<p class="field"><span class="field-label">{text(label)}:</span>'
        f' <span class="field-line">{text(words)}</span></p>'
        for label, words in zip(labels, filled, strict=True)
    )
    return block("fields", lines, f"fields fields-{columns}")


def writing_box(label: str, lines: int = 3) -> str:
    """An empty frame to write or stick something in, as high as `lines` lines.

    Paste: {{ writing_box("Lot label of the syringe") }}
    """
    return block("writing-box", f'<p class="field-label">{text(label)}</p>', f"writing-box lines-{lines}")


def print_check(data: Data, link: Callable[[str], str]) -> str:
    """A small form: which sheet, which version; leads to its page, which says whether the print is current.

    Paste: {{ print_check() }}
    """
    options = "".join(
        f'<option value="{link(row.page)}">{text(row.title)}</option>' for row in published(data.handouts.handouts)
    )
    inner = (
        f'<label>Sheet <select name="sheet">{options}</select></label>'
        '<label>Version at its foot <input name="version" inputmode="decimal" pattern="[0-9]+[.][0-9]+[.][0-9]+"'
        ' placeholder="1.0.0" required autocomplete="off"></label><button type="submit">Check</button>'
    )
    return block("print-check", f'<form class="print-check" data-print-check hidden>{inner}</form>')


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
