"""What printed sheets add to a page: boxes to tick, fields to fill in by hand."""

from markupsafe import Markup, escape

from .markup import block, element, joined
from .page_context import PageContext
from .warnings_and_steps import PHASES, steps_at

# Fields that the clinic's entries in mkdocs.yml fill in on every sheet.
CLINIC_FIELDS = {"Clinic": "name", "Clinic phone": "phone", "Emergency number": "emergency"}

BOX = element("span", classes="tick-box") + " "


def tick_list(context: PageContext, pause: str) -> Markup:
    """Boxes to tick at one pause of the procedure: before, mixing, injecting, after.

    Paste: {{ tick_list("before") }}
    """
    items = [
        element("li", BOX, check, data_row=context.prints(row).id)
        for row in steps_at(context.data, pause, "tick_list")
        for check in row.checks
    ]
    ticks = element("ul", *items, classes="ticks")
    return block("ticks", ticks, aria_label=PHASES.get(pause, pause), role="group")


def ticks(context: PageContext, *choices: str) -> Markup:
    """Choices with boxes to tick, on one line.

    Paste: {{ ticks("Needle", "Cannula") }}
    """
    return block(
        "choices", joined((element("span", BOX, choice, classes="tick") for choice in choices), " "), classes="choices"
    )


def fields(context: PageContext, *labels: str, columns: int = 1) -> Markup:
    """Fields to fill in by hand; the clinic's own are filled in from mkdocs.yml.

    Paste: {{ fields("Clinic phone", "Date") }} or {{ fields("Lot", "Expiry date", columns=2) }}
    """
    clinic = context.project.site.clinic
    # As the clinic writes it: what looks like a minus sign or a unit in a phone number is none.
    filled = (escape(getattr(clinic, CLINIC_FIELDS[label])) if label in CLINIC_FIELDS else "" for label in labels)
    lines = (
        element(
            "p",
            element("span", f"{label}:", classes="field-label"),
            " ",
            element("span", words, classes="field-line"),
            classes="field",
        )
        for label, words in zip(labels, filled, strict=True)
    )
    return block("fields", *lines, classes=f"fields fields-{columns}")


def writing_box(context: PageContext, label: str, lines: int = 3) -> Markup:
    """An empty frame to write or stick something in, as high as `lines` lines.

    Paste: {{ writing_box("Lot label of the syringe") }}
    """
    return block("writing-box", element("p", label, classes="field-label"), classes=f"writing-box lines-{lines}")
