"""Warnings and steps: written here once, they stand on pages and in print alike."""

from collections.abc import Sequence

from markupsafe import Markup

from ..content.addresses import SAFETY_PAGE
from ..content.faults import did_you_mean
from ..content.ladder import fewest
from ..content.published import Published
from ..content.rows.safety import SafetyItem
from ..content.rows.technique import Step
from .label_marks import diluted_use, named_regions
from .markup import block, box, element, joined, mark, row_note
from .page_context import PageContext
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
# Where a procedure pauses, and the phases of its steps that are checked there.
PAUSES = {
    "before": ("before",),
    "mixing": ("mixing",),
    "injecting": ("marking", "injecting"),
    "after": ("after",),
}


def safety_list(
    context: PageContext, kind: str, audience: str = "practitioner", only: Sequence[str] | None = None
) -> Markup:
    """The safety lines of one kind, all or those named; for patients, those that have plain words.

    Paste: {{ safety_list("contraindications") }}, {{ safety_list("stop_signs", audience="patient") }}
    or {{ safety_list("vascular", only=["vasc-01", "vasc-06"]) }}
    Kinds: contraindications, do_not_treat, warnings, stop_signs, vascular, nodules, imaging, unknown.
    """
    if kind not in SAFETY_KINDS:
        raise ValueError(f"safety_list: no kind '{kind}'{did_you_mean(kind, SAFETY_KINDS)}")
    if audience not in ("practitioner", "patient"):
        raise ValueError(f"safety_list: audience is practitioner or patient, got '{audience}'")
    items = []
    for row in _lines(context.data, kind, only):
        if audience == "patient":
            if row.plain:
                items.append(_item(context, row, row.plain, context.cite(row.refs)))
            continue
        source = Markup(" ") + element("span", f"({row.source})", classes="row-source") if row.source else None
        items.append(_item(context, row, row.statement, source, context.cite(row.refs), row_note(row)))
    if not items:
        raise ValueError(f"safety_list: no printed line of kind '{kind}' for {audience}s")
    return block("safety", element("ul", *items), classes=f"safety safety-{kind.replace('_', '-')}")


def _lines(data: Published, kind: str, only: Sequence[str] | None) -> list[SafetyItem]:
    """The printed lines of a kind; with `only`, those that it names, in its order."""
    rows: dict[str, SafetyItem] = {row.id: row for row in getattr(data.safety, kind)}
    if only is None:
        return list(rows.values())
    for name in only:
        if name not in rows:
            raise ValueError(f"safety_list: no printed line '{name}' of kind '{kind}'{did_you_mean(name, rows)}")
    return [rows[name] for name in only]


def _item(context: PageContext, row: SafetyItem | Step, *parts: str | None) -> Markup:
    return element("li", *parts, data_row=context.prints(row).id)


def no_reversal_row(data: Published) -> SafetyItem:
    """The row that says that CaHA cannot be reversed, in words for practitioners and for patients.

    Raises ValueError when it is missing, unpublished or has no words for patients.
    """
    row = data.one("vasc-02", SafetyItem, "safety line")
    if not row.plain:
        raise ValueError("'vasc-02' in safety.yml has no `plain`; patients are told too that CaHA cannot be reversed")
    return row


def stop_signs(context: PageContext, audience: str = "practitioner") -> Markup:
    """The boxed stop signs, with the line that CaHA cannot be reversed.

    Paste: {{ stop_signs() }} or {{ stop_signs("patient") }}
    """
    signs = safety_list(context, "stop_signs", audience)
    reversal = context.prints(no_reversal_row(context.data))
    if audience == "patient":
        title, foot = "Call us at once, or call the emergency number, if you notice", element("div", reversal.plain)
    else:
        context.used.warnings.append("stop-signs")
        title = "Stop at once, and start the emergency pathway"
        foot = element("div", element("strong", reversal.statement), context.cite(reversal.refs))
    return box("stop-signs", "stop", title, signs, foot, role="note", aria_label=title)


def no_reversal(context: PageContext) -> Markup:
    """One line, for pages where no hands are at work: no reversal agent, and the way to the stop signs.

    Paste: {{ no_reversal() }}
    """
    context.used.warnings.append("no-reversal")
    row = context.prints(no_reversal_row(context.data))
    signs = element("a", "signs to stop for", href=context.link(SAFETY_PAGE))
    line = element(
        "p",
        element("strong", row.statement, data_row=row.id),
        context.cite(row.refs),
        " Before you inject, know the ",
        signs,
        ".",
    )
    return block("no-reversal", line, classes="stop-line", role="note", aria_label="No reversal agent")


def safety_strip(context: PageContext) -> Markup:
    """One line: no reversal agent, the stop signs in a few words, and what is off-label.

    Paste: {{ safety_strip() }}
    """
    context.used.warnings.append("safety-strip")
    return strip(context)


def strip(context: PageContext) -> Markup:
    """The same where it does not count as the warning of its page, since it is shown only with a chosen row."""
    data = context.labels
    reversal = context.prints(no_reversal_row(data))
    signs = data.safety.stop_signs
    named = []
    for row in map(context.prints, signs):
        if row.short is None:
            raise ValueError(f"safety_strip: '{row.id}' in safety.yml has no `short`; the strip names every stop sign")
        named.append(element("span", row.short, data_row=row.id))
    # The box of stop signs has all of them.
    refs = fewest([row.refs for row in (reversal, *signs)], data.references)
    off = mark("off-label", f"Diluted use: {diluted_use(data)}")
    stop = element(
        "p",
        element("strong", reversal.statement, data_row=reversal.id),
        " ",
        element("strong", "Stop at once and start the emergency pathway:"),
        " ",
        joined(named, "; "),
        ".",
        context.cite(refs),
    )
    label = "Stop signs and label status"
    return block("safety-strip", stop, element("p", off), classes="safety-strip", role="note", aria_label=label)


def steps_list(context: PageContext, phase: str) -> Markup:
    """The steps of one phase, each warning before its step.

    Paste: {{ steps_list("mixing") }}
    Phases: before, mixing, marking, injecting, after.
    """
    if phase not in PHASES:
        raise ValueError(f"steps_list: no phase '{phase}'{did_you_mean(phase, PHASES)}")
    context.used.warnings.append("steps")
    items = []
    for row in context.data.technique.steps:
        if row.phase != phase:
            continue
        marks = _regions(context, row.regions)
        items.append(
            _item(
                context,
                row,
                element("div", row.title, classes="step-title"),
                _warning(row),
                element("div", row.do, context.cite(row.refs), row_note(row)),
                element("div", marks) if marks else None,
            )
        )
    return block("steps", element("ol", *items), classes="steps")


def _warning(row: Step) -> Markup | None:
    if not row.warning:
        return None
    return element("div", element("strong", "Warning:"), " ", row.warning, classes="step-warning")


def step_warnings(context: PageContext, pause: str) -> Markup:
    """The warnings that guard one pause of the procedure: before, mixing, injecting, after.

    Paste: {{ step_warnings("mixing") }}
    """
    lines = [
        element("p", row.warning, _treated(context, row), data_row=context.prints(row).id)
        for row in steps_at(context.data, pause, "step_warnings")
        if row.warning
    ]
    label = f"Warnings: {PHASES.get(pause, pause)}"
    return block("step-warnings", *lines, classes="step-warnings", role="note", aria_label=label)


def steps_at(data: Published, pause: str, macro: str) -> list[Step]:
    """The published steps that are looked at in one pause of the procedure.

    Raises ValueError, in the name of the macro, when there is no such pause.
    """
    if pause not in PAUSES:
        raise ValueError(f"{macro}: no pause '{pause}'{did_you_mean(pause, PAUSES)}; there are: {', '.join(PAUSES)}")
    return [row for row in data.technique.steps if row.phase in PAUSES[pause]]


def _treated(context: PageContext, step: Step) -> Markup:
    """The label marks of the regions that a step names and that may be treated."""
    names = [name for name in step.regions if context.data.region(name).caution != "avoid"]
    return text(" ") + _regions(context, names) if names else Markup("")


def _regions(context: PageContext, names: Sequence[str]) -> Markup:
    for name in names:
        context.prints(context.data.region(name))
    return named_regions(context.labels, names)
