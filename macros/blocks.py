"""Lists, notes and warnings: rows in, HTML out. Each public function is a macro.

Warnings are written here once and stand on pages and in print alike.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

from . import model, typeset
from .cite import Cite
from .data import Data, published
from .label_status import CAUTIONS, labeled_ratio, named_regions, region_marks
from .markup import block, inline, mark, row_note
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


def _row(data: Data, row_id: str, kind: type[model.Row], what: str) -> model.Row:
    row = data.rows.get(row_id)
    if not isinstance(row, kind):
        known = [name for name, other in data.rows.items() if isinstance(other, kind)]
        raise ValueError(f"no {what} '{row_id}' in docs/data/{did_you_mean(row_id, known)}")
    if not row.publish:
        raise ValueError(f"'{row_id}' is not to be published (it is not verified); do not print it")
    return row


# ---------------------------------------------------------------------------
# Single values in prose
# ---------------------------------------------------------------------------


def value(data: Data, name: str, to: str | None = None) -> str:
    """One number of a data row with its unit; with `to`, a range of two.

    Paste: {{ value("age-016.percent") }} or {{ value("prd-028.min_um", "prd-028.max_um") }}
    The name is the row's id, a dot, and the field or the entry under `values`.
    """
    if to is None:
        return text(plain_value(data, name))
    amount, unit = _number(data, name)
    other, _ = _number(data, to)
    return text(typeset.quantity_range(amount, other, unit))


def plain_value(data: Data, name: str) -> str:
    """One number of a data row with its unit, as plain words."""
    return typeset.quantity(*_number(data, name))


def _number(data: Data, name: str) -> tuple[Decimal | int, str]:
    row_id, _, field = name.rpartition(".")
    row = _row(data, row_id, model.Row, "row")
    values = getattr(row, "values", {})
    amount = values.get(field, getattr(row, field, None) if field in type(row).model_fields else None)
    if isinstance(amount, bool) or not isinstance(amount, int | Decimal):
        numbers = [key for key in type(row).model_fields if isinstance(getattr(row, key), int | Decimal)]
        known = [*values, *(key for key in numbers if not isinstance(getattr(row, key), bool))]
        raise ValueError(f"no number '{field}' in row '{row_id}'; it has: {', '.join(known) or 'none'}")
    if field in getattr(row, "unverified_parts", []):
        raise ValueError(f"'{name}' is not confirmed; do not print it")
    return amount, field


def ratio(data: Data, row_id: str, presentation: str | None = None) -> str:
    """The ratio of a data row, product : diluent; with `presentation`, its volumes too.

    Paste: {{ ratio("neck-trindade2023") }} or {{ ratio("ratio-1-2", "radiesse-1.5-ml") }}
    The row is a ratio, a protocol, a band, an approval or an outcome.
    """
    return text(plain_ratio(data, row_id, presentation))


def plain_ratio(data: Data, row_id: str, presentation: str | None = None) -> str:
    """The ratio of a data row, with `presentation` its volumes too, as plain words."""
    row = _row(data, row_id, model.Row, "row")
    low = getattr(row, "diluent_parts", None)
    high = None
    if low is None:
        low, high = getattr(row, "diluent_parts_min", None), getattr(row, "diluent_parts_max", None)
    if low is None:
        raise ValueError(f"row '{row_id}' states no ratio")
    parts = getattr(row, "product_parts", None) or 1
    shown = typeset.ratio(parts, low, high)
    if presentation is None:
        return shown
    if not isinstance(row, model.RatioChoice):
        raise ValueError(f"ratio: volumes are given for the rows of preparations.yml, not for '{row_id}'")
    _row(data, presentation, model.Presentation, "presentation")
    example = data.prepare(presentation, 1, row)
    volumes = (
        f"{typeset.millilitres(example.product_ml)} product + {typeset.millilitres(example.diluent_ml)} diluent"
        f" = {typeset.millilitres(example.total_ml)}"
    )
    return f"{shown} ({volumes})"


def fill(data: Data, words: str) -> str:
    """Words of a data file with each placeholder replaced from the data, as plain words.

    {row.value} gives a number with its unit, {ratio:row} a ratio, and {ratio:row@presentation} a ratio
    with its volumes. Raises ValueError when a placeholder names nothing that can be printed.
    """
    return re.sub(r"\{([^{}]*)\}", lambda found: _filled(data, found[1]), words)


def _filled(data: Data, name: str) -> str:
    kind, colon, row = name.partition(":")
    if not colon:
        return plain_value(data, name)
    if kind != "ratio":
        raise ValueError(
            f"no placeholder '{{{name}}}'; write {{row.value}}, {{ratio:row}} or {{ratio:row@presentation}}"
        )
    row_id, _, presentation = row.partition("@")
    return plain_ratio(data, row_id, presentation or None)


def label_mark(data: Data, region: str, diluted: bool = True) -> str:
    """The label mark of a region, for diluted product unless `diluted=False`.

    Paste: {{ label_mark("neck") }} or {{ label_mark("hands", diluted=False) }}
    """
    row = _row(data, region, model.Region, "region")
    assert isinstance(row, model.Region)
    return region_marks(row, diluted, labeled_ratio(data))


# ---------------------------------------------------------------------------
# Facts, safety, claims
# ---------------------------------------------------------------------------


def facts_list(data: Data, cite: Cite, *ids: str) -> str:
    """Facts as a list, each with its sources.

    Paste: {{ facts_list("prd-020", "prd-021") }}
    """
    items = []
    for row_id in ids:
        row = _row(data, row_id, model.Fact, "fact")
        assert isinstance(row, model.Fact)
        items.append(f'<li data-row="{row.id}">{text(row.statement)}{cite(row.refs)}{row_note(row)}</li>')
    return block("facts", f"<ul>{''.join(items)}</ul>")


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
    row = _row(data, "vas-02", model.SafetyItem, "safety line")
    assert isinstance(row, model.SafetyItem)
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
    row = _row(data, claim_id, model.Claim, "claim")
    assert isinstance(row, model.Claim)
    link = f'<a href="{ledger("reference/claims.md")}#{row.id.lower()}">Claim {row.id}</a>'
    off = f" {mark('off-label', 'Off-label use')}" if row.off_label and row.verdict != "off-label" else ""
    inner = (
        f'<div class="box-title">{link} {verdict_mark(row)}{off}</div>'
        f"<div><strong>The article says:</strong> {text(row.claim)}</div>"
        f"<div><strong>The evidence says:</strong> {text(row.correction)}{cite(row.refs)}</div>"
    )
    return block("claim", inner, "box box-claim", id=f"claim-{row.id.lower()}", data_claim=row.id)


# ---------------------------------------------------------------------------
# Steps and regions
# ---------------------------------------------------------------------------


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
    row = _row(data, region, model.Region, "region")
    assert isinstance(row, model.Region)
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
    title = f'<div class="box-title">{text(row.name)} {label_mark(data, region)}</div>'
    checked = f'<div class="row-note">Status last checked {typeset.date(row.reviewed)}.</div>'
    inner = title + "".join(f"<div>{line}</div>" for line in lines) + checked
    return block("region", inner, f"box box-{kind}", data_region=region)


# ---------------------------------------------------------------------------
# Reference pages
# ---------------------------------------------------------------------------


def glossary_list(data: Data, cite: Cite, audience: str = "practitioner") -> str:
    """The terms of the field with their definitions; for patients, the plain variants.

    Paste: {{ glossary_list() }} or {{ glossary_list("patient") }}
    """
    items = []
    for row in sorted(published(data.glossary.terms), key=lambda row: row.term.lower()):
        words = row.patient if audience == "patient" else row.definition
        if words is None:
            continue
        plain = ""
        if audience != "patient" and row.patient:
            plain = f' <span class="row-note">In plain words: {text(row.patient)}</span>'
        related = ", ".join(
            f'<a href="#{name}">{text(data.term(name).term)}</a>'
            for name in row.see_also
            if audience != "patient" or data.term(name).patient
        )
        also = f' <span class="row-note">See also: {related}</span>' if related else ""
        items.append(f'<dt id="{row.id}">{text(row.term)}</dt><dd>{text(words)}{cite(row.refs)}{plain}{also}</dd>')
    return block("glossary", f"<dl>{''.join(items)}</dl>", "glossary")


def definitions(data: Data, patient: bool) -> dict[str, str]:
    """Every wording of every term with its meaning; for patients, the plain variant only."""
    found: dict[str, str] = {}
    for row in published(data.glossary.terms):
        meaning = row.patient if patient else row.definition
        if meaning:
            # "Collagen I and III" or "PRP and PRF" name one thing; "Diluted / hyperdiluted" are two wordings.
            wordings = [row.term.replace("(", "").replace(")", ""), *row.term.split(" / "), *row.also]
            found |= {wording.strip(): meaning for wording in wordings if wording.strip()}
    return found


def open_questions_list(data: Data, cite: Cite, area: str | None = None) -> str:
    """What is not known, why it matters, and what would settle it; the most urgent first.

    Paste: {{ open_questions_list() }} or {{ open_questions_list("mixing") }}
    """
    order = ("high", "medium", "low")
    rows = published(data.open_questions.open_questions)
    if area is not None:
        rows = [row for row in rows if row.area == area]
    if not rows:
        raise ValueError(f"open_questions_list: no question in the area '{area}'")
    items = [
        f'<li id="{row.id}" data-row="{row.id}"><strong>{text(row.question)}</strong> '
        f'<span class="row-source">({text(row.area)}, {row.priority} priority)</span><br>'
        f"Why it matters: {text(row.why_it_matters)}{cite(row.refs)}<br>"
        f"What would settle it: {text(row.what_would_settle_it)}</li>"
        for row in sorted(rows, key=lambda row: order.index(row.priority))
    ]
    return block("open-questions", f"<ul>{''.join(items)}</ul>")


def sources_list(entries: Iterable[tuple[str, str, str]]) -> str:
    """Every source of the site (key, kind, formatted), by first author; "used on" is filled in at the end of a build.

    Paste: {{ sources_list() }}
    """
    items = "".join(
        f'<li id="source-{key}" data-group="{typeset.attribute(kind)}">{entry}</li>' for key, kind, entry in entries
    )
    return block("sources", f'<ul class="references" data-filter="Kind of source">{items}</ul>')


def downloads_list(link: Callable[[str], str], files: Sequence[tuple[str, str]]) -> str:
    """The data files to download, each with what it holds.

    Paste: {{ downloads_list() }}
    """
    items = "".join(
        f'<li><a href="{link(path)}">{path.rsplit("/", 1)[-1]}</a>: {text(what)}</li>' for path, what in files
    )
    return block("downloads", f"<ul>{items}</ul>")


def questions_list(
    data: Data, cite: Cite, link: Callable[[str], str], title: Callable[[str], str], page: str | None = None
) -> str:
    """The questions for self-check under the title of their page, answers folded; of one page, or of all.

    Paste: {{ questions_list() }}
    """
    by_page: dict[str, list[str]] = {}
    for number, row in enumerate(published(data.questions.questions), 1):
        by_page.setdefault(row.page, []).append(_question(data, cite, number, row))
    if page is not None:
        if page not in by_page:
            raise ValueError(f"questions_list: no published question of '{page}'{did_you_mean(page, by_page)}")
        by_page = {page: by_page[page]}
    return "\n\n".join(
        f"## {inline(text(title(path)))}\n\n"
        + block("questions", f'<p><a href="{link(path)}">Read the page</a></p>{"".join(items)}', "questions")
        for path, items in by_page.items()
    )


def _question(data: Data, cite: Cite, number: int, row: model.Question) -> str:
    choices = "".join(f"<li>{text(fill(data, choice))}</li>" for choice in row.choices)
    letter = f"{'ABCDEFGH'[row.choices.index(row.answer)]}. " if row.choices else ""
    return (
        f'<div class="question" id="{row.id}" data-row="{row.id}"><p><strong>{number}.</strong>'
        f" {text(fill(data, row.question))}</p>{f'<ol class=choices type=A>{choices}</ol>' if choices else ''}"
        f'<details class="answer"><summary>Answer</summary><p><strong>{letter}{text(fill(data, row.answer))}</strong>'
        f" {text(fill(data, row.reason))}{cite(row.refs)}</p></details></div>"
    )


HANDOUT_READERS = {"practitioner": "For practitioners", "trainee": "For trainees", "patient": "For patients"}


def handouts_list(data: Data, link: Callable[[str], str]) -> str:
    """Every sheet with its picture and its files, by reader; pages, sizes and version are filled in by a build.

    Paste: {{ handouts_list() }}
    """
    parts = []
    for audience, heading in HANDOUT_READERS.items():
        rows = [row for row in published(data.handouts.handouts) if row.audience[0] == audience]
        archive = link(f"pdf/handouts-{audience}.zip")
        all_of_them = (
            f'<p class="archive">All sheets {heading[0].lower()}{heading[1:]} in one archive: <a href="{archive}">'
            f'handouts-{audience}.zip</a> <span data-file="handouts-{audience}.zip"></span></p>'
        )
        cards = "".join(_handout_card(row, link) for row in rows)
        parts.append(f"## {heading}\n\n{block('handouts', f'<div class=handouts>{cards}</div>{all_of_them}')}")
    return "\n\n".join(parts)


PAPER_NAMES = {"a4": "A4", "letter": "US Letter"}


def _handout_card(row: model.Handout, link: Callable[[str], str]) -> str:
    first = f"pdf/{row.id}-{row.papers[0]}"
    size = 'width="340" height="240"' if row.orientation == "landscape" else 'width="240" height="340"'
    picture = (
        f'<a href="{link(f"{first}.pdf")}" class="handout-picture" data-print="off" tabindex="-1" aria-hidden="true">'
        f'<img src="{link(f"{first}.png")}" alt="" loading="lazy" {size}></a>'
    )
    files = "".join(
        f'<li><a href="{link(f"pdf/{row.id}-{paper}.pdf")}">{PAPER_NAMES[paper]}<span class="visually-hidden">:'
        f' {text(row.title)}</span></a> <span data-file="{row.id}-{paper}.pdf"></span></li>'
        for paper in row.papers
    )
    return (
        f'<div class="handout" data-handout="{row.id}">{picture}<div><h3><a href="{link(row.page)}">{text(row.title)}'
        f"</a></h3><p>{text(row.description)}</p><ul>{files}</ul></div></div>"
    )


def training_contact(contact: str) -> str:
    """How to ask for training; nothing when no contact is set in mkdocs.yml.

    Paste: {{ training_contact() }}
    """
    if not contact:
        return ""
    address = contact if "://" in contact else f"mailto:{contact}"
    return block(
        "training", f'To ask for training, write to <a href="{typeset.attribute(address)}">{text(contact)}</a>.'
    )
