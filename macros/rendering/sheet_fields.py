"""What sheets add to a page: boxes to tick, lines and frames to write in, each a field with a label.

On the screen they are typed into, and printed with what was typed (assets/fields.js); in a PDF they are the fields of a
form (printing/form_fields.py); printed empty they are lines and boxes for a pen. A field is known by its name, which is
made of its label, here and nowhere else: "Clinic phone" is `clinic_phone` on every sheet, so that a program can fill in
many sheets at once. No field belongs to a form of HTML: nothing can be sent.
"""

import re
from collections.abc import Collection

from markupsafe import Markup

from ..content.faults import did_you_mean
from .markup import block, element, joined
from .page_context import PageContext
from .warnings_and_steps import PHASES, steps_at

# Fields that the clinic's entries in mkdocs.yml fill in on every sheet.
CLINIC_FIELDS = {"Clinic": "name", "Clinic phone": "phone", "Emergency number": "emergency"}


def field_name(label: str) -> str:
    """The name of a field with this label, such as `product_ml` for "Product, mL"."""
    return "_".join(re.findall(r"\w+", label.lower().replace("+", " plus ")))


# Of these there is one, however many sheets show it.
CLINIC_NAMES = frozenset(map(field_name, CLINIC_FIELDS))


def tick_list(context: PageContext, pause: str) -> Markup:
    """Boxes to tick at one pause of the procedure: before, mixing, injecting, after.

    Paste: {{ tick_list("before") }}
    """
    items = [
        element("li", _box(context, check, f"{row.id} {number}"), data_row=context.prints(row).id)
        for row in steps_at(context.data, pause, "tick_list")
        for number, check in enumerate(row.checks, 1)
    ]
    ticks = element("ul", *items, classes="ticks")
    return block("ticks", ticks, aria_label=PHASES.get(pause, pause), role="group")


def ticks(context: PageContext, *choices: str) -> Markup:
    """Choices with boxes to tick, on one line.

    Paste: {{ ticks("Needle", "Cannula") }}
    """
    boxes = (_box(context, choice, classes="tick") for choice in choices)
    return block("choices", joined(boxes, " "), classes="choices")


def fields(context: PageContext, *labels: str, columns: int = 1, long: Collection[str] = ()) -> Markup:
    """Lines to fill in, each with its label; the clinic's own are filled in from mkdocs.yml. What may take more than a
    line is named as `long`.

    Paste: {{ fields("Clinic phone", "Date") }} or {{ fields("Lot", "Reactions", columns=2, long=["Reactions"]) }}
    """
    for label in long:
        if label not in labels:
            raise ValueError(f"fields: long: there is no field '{label}' here{did_you_mean(label, labels)}")
    first = CLINIC_NAMES.isdisjoint(context.used.fields)
    lines = [_line(context, label, label in long) for label in labels]
    remember = _remember() if first and not CLINIC_NAMES.isdisjoint(context.used.fields) else None
    return block("fields", *lines, remember, classes=f"fields fields-{columns}")


def writing_box(context: PageContext, label: str, lines: int = 3) -> Markup:
    """An empty frame to write or stick something in, as high as `lines` lines.

    Paste: {{ writing_box("Lot label of the syringe") }}
    """
    name, place = _named(context, label)
    title = element("p", element("label", label, for_=place), classes="field-label")
    frame = _typed("textarea", name, place, "field-frame", rows=str(lines))
    return block("writing-box", title, frame, classes=f"writing-box lines-{lines}")


def _line(context: PageContext, label: str, long: bool) -> Markup:
    name, place = _named(context, label)
    clinic = context.project.site.clinic
    value = getattr(clinic, CLINIC_FIELDS[label]) if label in CLINIC_FIELDS else None
    return element(
        "p",
        element("label", f"{label}:", classes="field-label", for_=place),
        " ",
        _typed("textarea", name, place, "field-line", rows="1")
        if long
        else _typed("input", name, place, "field-line", type="text", value=value or None),
        classes="field",
    )


def _typed(tag: str, name: str, place: str, classes: str, **attributes: str | None) -> Markup:
    """What is typed into: the browser neither keeps what was typed there nor sends it to be spelled."""
    return element(
        tag, id=place, classes=classes, data_field=name, autocomplete="off", spellcheck="false", **attributes
    )


def _box(context: PageContext, words: str, called: str | None = None, classes: str | None = None) -> Markup:
    """A box to tick before its words, which tick it too; the field is called by them, or as `called` says."""
    name, place = _named(context, called or words)
    box = element("input", id=place, classes="tick-box", data_field=name, type="checkbox")
    return element("label", box, " ", words, classes=classes, for_=place)


def _named(context: PageContext, label: str) -> tuple[str, str]:
    """The name of the field with this label, and its id on the page.

    Raises ValueError when another field of the page has the name: what is filled into one would stand in both.
    """
    name, names = field_name(label), context.used.fields
    if not name:
        raise ValueError(f"a field is called by letters and digits of its label; '{label}' has none")
    if name in names and name not in CLINIC_NAMES:
        raise ValueError(
            f"two fields of this page would be called '{name}', and a program would take them for one; "
            f"write another label for one of them than '{label}'"
        )
    names.append(name)
    place = f"field-{name.replace('_', '-')}"
    return name, place if names.count(name) == 1 else f"{place}-{names.count(name)}"


def _remember() -> Markup:
    """What keeps the clinic's own lines, and nothing else, on the reader's device; the script shows it."""
    box = element("input", type="checkbox", data_remember=True)
    words = "Remember clinic, phone and emergency number on this device, for every sheet that you print from it"
    note = "Nothing else that you type is kept, and nothing is sent. Untick to forget them."
    return element(
        "p",
        element("label", box, " ", words),
        " ",
        element("small", note),
        classes="remember",
        data_print="off",
    )
