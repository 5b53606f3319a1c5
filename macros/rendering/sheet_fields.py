"""What printed sheets add to a page: boxes to tick, fields to fill in by hand."""

from ..content.faults import did_you_mean
from ..content.load import Data
from ..content.published import published
from ..content.settings import Clinic
from .markup import block
from .typeset import text
from .warnings_and_steps import PAUSES, PHASES

# Fields that the clinic's entries in mkdocs.yml fill in on every sheet.
CLINIC_FIELDS = {"Clinic": "name", "Clinic phone": "phone", "Emergency number": "emergency"}


BOX = '<span class="tick-box"></span> '


def tick_list(data: Data, pause: str) -> str:
    """Boxes to tick at one pause of the procedure: before, mixing, injecting, after.

    Paste: {{ tick_list("before") }}
    """
    if pause not in PAUSES:
        raise ValueError(f"tick_list: no pause '{pause}'{did_you_mean(pause, PAUSES)}; there are: {', '.join(PAUSES)}")
    steps = [row for row in published(data.technique.steps) if row.phase in PAUSES[pause]]
    items = "".join(f'<li data-row="{row.id}">{BOX}{text(check)}</li>' for row in steps for check in row.checks)
    return block("ticks", f'<ul class="ticks">{items}</ul>', aria_label=PHASES.get(pause, pause), role="group")


def ticks(*choices: str) -> str:
    """Choices with boxes to tick, on one line.

    Paste: {{ ticks("Needle", "Cannula") }}
    """
    inner = " ".join(f'<span class="tick">{BOX}{text(choice)}</span>' for choice in choices)
    return block("choices", inner, "choices")


def fields(clinic: Clinic, *labels: str, columns: int = 1) -> str:
    """Fields to fill in by hand; the clinic's own are filled in from mkdocs.yml.

    Paste: {{ fields("Clinic phone", "Date") }} or {{ fields("Lot", "Expiry date", columns=2) }}
    """
    filled = (getattr(clinic, CLINIC_FIELDS[label]) if label in CLINIC_FIELDS else "" for label in labels)
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
