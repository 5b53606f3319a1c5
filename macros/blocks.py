"""Facts, warnings, claims, steps and regions: rows in, HTML out. Each public function that gives HTML is a macro.

Warnings are written here once and stand on pages and in print alike.
"""

from collections.abc import Callable

from . import model, typeset
from .cite import Cite
from .data import Data, published, published_row
from .label_status import CAUTIONS, labeled_ratio, named_regions, region_marks
from .markup import block, mark, row_note
from .source import did_you_mean
from .tables.reference import verdict_mark
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


def no_reversal_row(data: Data) -> model.SafetyItem:
    """The row that says that CaHA cannot be reversed, in words for practitioners and for patients.

    Raises ValueError when it is missing, unpublished or has no words for patients.
    """
    row = published_row(data, "vas-02", model.SafetyItem, "safety line")
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


def claim(data: Data, cite: Cite, claim_id: str, ledger: Callable[[str], str]) -> str:
    """The uniform note on a claim of the source article: what it says, what the evidence says.

    Paste: {{ claim("T09") }}
    """
    row = published_row(data, claim_id, model.Claim, "claim")
    link = f'<a href="{ledger("reference/claims.md")}#{row.id.lower()}">Claim {row.id}</a>'
    off = f" {mark('off-label', 'Off-label use')}" if row.off_label and row.verdict != "off-label" else ""
    inner = (
        f'<div class="box-title">{link} {verdict_mark(row)}{off}</div>'
        f"<div><strong>The article says:</strong> {text(row.claim)}</div>"
        f"<div><strong>The evidence says:</strong> {text(row.correction)}{cite(row.refs)}</div>"
    )
    return block("claim", inner, "box box-claim", id=f"claim-{row.id.lower()}", data_claim=row.id)


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


def region_summary(data: Data, cite: Cite, region: str) -> str:
    """A region's label status, caution and reason, boxed.

    Paste: {{ region_summary("neck") }}
    """
    row = published_row(data, region, model.Region, "region")
    if not (row.us_status and row.eu_status and row.caution and row.why):
        raise ValueError(f"region_summary: '{region}' is not a treatment region")
    kind = "stop" if row.caution == "avoid" else "status"
    lines = [
        f"<strong>United States:</strong> {text(row.us_status)}.",
        f"<strong>European Union:</strong> {text(row.eu_status)}.",
        f"<strong>Caution:</strong> {CAUTIONS[row.caution]}. {text(row.why)}{cite(row.refs)}{row_note(row)}",
    ]
    if row.diluted_evidence:
        lines.append(f"<strong>Diluted, studied:</strong> {text(row.diluted_evidence)}.")
    if row.danger and row.danger_verified:
        lines.append(f"<strong>Danger:</strong> {text('; '.join(row.danger))}.")
    title = f'<div class="box-title">{text(row.name)} {region_marks(row, True, labeled_ratio(data))}</div>'
    checked = f'<div class="row-note">Status last checked {typeset.date(row.reviewed)}.</div>'
    inner = title + "".join(f"<div>{line}</div>" for line in lines) + checked
    return block("region", inner, f"box box-{kind}", data_region=region)
