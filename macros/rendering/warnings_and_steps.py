"""Warnings and steps: written here once, they stand on pages and in print alike."""

from ..content.faults import did_you_mean
from ..content.load import Data
from ..content.published import published, published_row
from ..content.rows.safety import SafetyItem
from ..content.rows.technique import Step
from .citations import Cite
from .label_marks import labeled_ratio, named_regions
from .markup import block, mark, row_note
from .typeset import text

SAFETY_KINDS = (
    "contraindications", "do_not_treat", "warnings", "stop_signs", "vascular", "nodules", "imaging", "unknown",
)  # fmt: skip


PHASES = {
    "before": "Before you begin",
    "mixing": "Mixing",
    "marking": "Marking",
    "injecting": "Injecting",
    "after": "Before the patient leaves",
}


def safety_list(data: Data, cite: Cite, kind: str, audience: str = "practitioner") -> str:
    """The safety lines of one kind; for patients, those that have plain words.

    Paste: {{ safety_list("contraindications") }} or {{ safety_list("stop_signs", audience="patient") }}
    Kinds: contraindications, do_not_treat, warnings, stop_signs, vascular, nodules, imaging, unknown.
    """
    if kind not in SAFETY_KINDS:
        raise ValueError(f"safety_list: no kind '{kind}'{did_you_mean(kind, SAFETY_KINDS)}")
    if audience not in ("practitioner", "patient"):
        raise ValueError(f"safety_list: audience is practitioner or patient, got '{audience}'")
    items = []
    for row in published(getattr(data.safety, kind)):
        if audience == "patient":
            if row.plain:
                items.append(f'<li data-row="{row.id}">{text(row.plain)}{cite(row.refs)}</li>')
            continue
        source = f' <span class="row-source">({text(row.source)})</span>' if row.source else ""
        items.append(f'<li data-row="{row.id}">{text(row.statement)}{source}{cite(row.refs)}{row_note(row)}</li>')
    if not items:
        raise ValueError(f"safety_list: no printed line of kind '{kind}' for {audience}s")
    return block("safety", f"<ul>{''.join(items)}</ul>", f"safety safety-{kind.replace('_', '-')}")


def no_reversal_row(data: Data) -> SafetyItem:
    """The row that says that CaHA cannot be reversed, in words for practitioners and for patients.

    Raises ValueError when it is missing, unpublished or has no words for patients.
    """
    row = published_row(data, "vas-02", SafetyItem, "safety line")
    if not row.plain:
        raise ValueError("'vas-02' in safety.yml has no `plain`; patients are told too that CaHA cannot be reversed")
    return row


def stop_signs(data: Data, cite: Cite, audience: str = "practitioner") -> str:
    """The boxed stop signs, with the line that CaHA cannot be reversed.

    Paste: {{ stop_signs() }} or {{ stop_signs("patient") }}
    """
    inner = safety_list(data, cite, "stop_signs", audience)
    reversal = no_reversal_row(data)
    if audience == "patient":
        title, foot = "Call us at once, or call the emergency number, if you notice", text(str(reversal.plain))
    else:
        title = "Stop at once, and start the emergency pathway"
        foot = f"<strong>{text(reversal.statement)}</strong>{cite(reversal.refs)}"
    heading = f'<div class="box-title">{title}</div>'
    return block("stop-signs", f"{heading}{inner}<div>{foot}</div>", "box box-stop", role="note", aria_label=title)


def no_reversal(data: Data, cite: Cite) -> str:
    """One boxed line: no reversal agent, hyaluronidase does not dissolve CaHA.

    Paste: {{ no_reversal() }}
    """
    row = no_reversal_row(data)
    inner = f'<div class="box-title">No reversal agent</div><div>{text(row.statement)}{cite(row.refs)}</div>'
    return block("no-reversal", inner, "box box-stop", role="note", aria_label="No reversal agent")


def steps_list(data: Data, cite: Cite, phase: str) -> str:
    """The steps of one phase, each warning before its step.

    Paste: {{ steps_list("mixing") }}
    Phases: before, mixing, marking, injecting, after.
    """
    if phase not in PHASES:
        raise ValueError(f"steps_list: no phase '{phase}'{did_you_mean(phase, PHASES)}")
    items = []
    for row in published(data.technique.steps):
        if row.phase != phase:
            continue
        warning = (
            f'<div class="step-warning"><strong>Warning:</strong> {text(row.warning)}</div>' if row.warning else ""
        )
        marks = named_regions(data, row.regions)
        items.append(
            f'<li data-row="{row.id}"><div class="step-title">{text(row.title)}</div>{warning}'
            f"<div>{text(row.do)}{cite(row.refs)}{row_note(row)}</div>{f'<div>{marks}</div>' if marks else ''}</li>"
        )
    return block("steps", f"<ol>{''.join(items)}</ol>", "steps")


# Where a procedure pauses, and the phases of its steps that are checked there.
PAUSES = {
    "before": ("before",),
    "mixing": ("mixing",),
    "injecting": ("marking", "injecting"),
    "after": ("after",),
}


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


def _treated(data: Data, step: Step) -> str:
    """The label marks of the regions that a step names and that may be treated."""
    names = [name for name in step.regions if data.region(name).caution != "avoid"]
    return f" {named_regions(data, names)}" if names else ""
