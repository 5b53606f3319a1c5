"""The tables: rows in, HTML out. Each function is a macro; its docstring shows the line to paste.

Every function takes the checked data and a `cite` that turns citation keys into numbered links.
Gaps print as "not stated"; a row that names a region carries the region's label mark.
"""

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import TypeVar

from . import model, typeset
from .data import Data
from .markup import CAUTIONS, NOT_STATED, Table, mark, region_marks
from .source import did_you_mean
from .strength import strength, strength_of_refs
from .typeset import NBSP, millilitres, text

Cite = Callable[[Iterable[str]], str]

R = TypeVar("R", bound=model.Row)

STANDINGS = {"label": "On label", "studied": "Studied", "article-only": "No study found"}


def published(rows: Iterable[R]) -> list[R]:
    """The rows that may be printed."""
    return [row for row in rows if row.publish]


def _known(value: str, known: Sequence[str], what: str) -> str:
    if value not in known:
        raise ValueError(f"no {what} '{value}'{did_you_mean(value, known)}; there are: {', '.join(known)}")
    return value


def _or_gap(value: str | None) -> str:
    return text(value) if value else NOT_STATED


def _note(row: model.Row) -> str:
    return f' <span class="row-note">{text(row.note)}</span>' if row.note else ""


# ---------------------------------------------------------------------------
# Preparation
# ---------------------------------------------------------------------------


def preparation_table(
    data: Data,
    cite: Cite,
    presentation: str = "radiesse-1.5-ml",
    ratios: Sequence[str] | None = None,
    syringes: Sequence[int] | None = None,
) -> str:
    """Diluent to add and total volume, by ratio and number of syringes.

    Paste: {{ preparation_table("radiesse-1.5-ml") }}
    or: {{ preparation_table("radiesse-0.8-ml", ratios=["ratio-1-2"], syringes=[1, 2]) }}
    """
    _known(presentation, data.preparations.presentations, "presentation")
    choices = {row.id: row for row in data.ratios()}
    chosen = [choices[_known(ratio, list(choices), "ratio")] for ratio in ratios or choices]
    counts = list(syringes or data.preparations.syringes)
    volume = data.prepare(presentation, 1, chosen[0]).presentation_ml
    columns = ["Ratio<small>product : diluent</small>"]
    for count in counts:
        product = millilitres(volume * count)
        columns.append(f"{count}{NBSP}syringe{'s' if count > 1 else ''}<small>{product} product</small>")
    columns += ["Product<small>% of volume</small>", "CaHA<small>% of volume</small>", "Standing"]
    caption = (
        f"One syringe holds {millilitres(volume)}. <strong>Large: diluent to add, in mL.</strong> "
        "Below it: the mixture that results, in mL."
    )
    table = Table("preparation", caption, columns, classes="preparation", numeric=tuple(range(1, len(columns) - 1)))
    for ratio in chosen:
        examples = [data.prepare(presentation, count, ratio) for count in counts]
        cells = [_volume_cell(example) for example in examples]
        shown = typeset.ratio(ratio.product_parts, ratio.diluent_parts)
        table.add(
            # The short mark stays in sight however far a narrow screen has scrolled.
            f'<span class="ratio">{shown}</span> {_short_mark(ratio)}',
            *cells,
            typeset.number(examples[0].product_percent, 1),
            typeset.number(examples[0].caha_percent_v_v, 1),
            standing_mark(ratio) + cite(ratio.refs),
            row_id=ratio.id,
        )
    return table.html()


def preparation_card_table(data: Data, cite: Cite) -> str:
    """Both syringe sizes side by side, for the card on the wall: diluent to add, total, share of CaHA, standing.

    Paste: {{ preparation_card_table() }}
    """
    chosen = data.preparations
    sizes = sorted(chosen.presentations, key=lambda name: data.prepare(name, 1, data.ratios()[0]).presentation_ml)
    wanted = [(size, count) for size in sizes for count in chosen.syringes]
    columns = ["Ratio<small>product : diluent</small>"]
    for size, count in wanted:
        example = data.prepare(size, count, data.ratios()[0])
        one = f"{count}{NBSP}×{NBSP}{millilitres(example.presentation_ml)}"
        columns.append(f"{one}<small>{millilitres(example.product_ml)}</small>")
    columns += ["CaHA<small>vol. %</small>", "Standing"]
    caption = (
        "<strong>Large: diluent to add, in mL.</strong> Below it: the mixture that results, in mL. "
        "Columns: number of syringes × what one syringe holds; below it, the product in all."
    )
    table = Table(
        "preparation", caption, columns, classes="preparation card", numeric=tuple(range(1, len(columns) - 1))
    )
    for ratio in data.ratios():
        examples = [data.prepare(size, count, ratio) for size, count in wanted]
        table.add(
            f'<span class="ratio">{typeset.ratio(ratio.product_parts, ratio.diluent_parts)}</span>',
            *map(_volume_cell, examples),
            typeset.number(examples[0].caha_percent_v_v, 1),
            _card_standing(ratio) + cite(ratio.refs),
            row_id=ratio.id,
        )
    return table.html()


def _volume_cell(example: model.Preparation) -> str:
    """Diluent and total; the attributes say to the finder (forms.preparation_finder) which cell this is."""
    return (
        f'<span class="add" data-ml="{typeset.number(example.presentation_ml)}" data-syringes="{example.syringes}"'
        f' data-ratio="{ratio_key(example)}">+{NBSP}{typeset.number(example.diluent_ml, 2)}</span>'
        f' <span class="total">={NBSP}{millilitres(example.total_ml)}</span>'
    )


def ratio_key(row: model.Preparation | model.RatioChoice) -> str:
    """A ratio as an address carries it: 1:4 is 1-4."""
    return typeset.ratio(row.product_parts, row.diluent_parts).replace(":", "-")


def _card_standing(ratio: model.RatioChoice) -> str:
    """Marks and place apart, so that a narrow column stays readable."""
    off = mark("off-label", "Off-label (US, EU)")
    marks = {
        "label": f"{mark('on-label', 'On label: décolleté')} {mark('off-label', 'Elsewhere off-label')}",
        "studied": f"{mark('studied', 'Studied')} {off}",
        "article-only": f"{mark('no-study', 'No study found')} {off}",
    }[ratio.standing]
    return marks + ("" if ratio.standing == "article-only" else f"<small>{text(ratio.where)}</small>")


def _short_mark(ratio: model.RatioChoice) -> str:
    """The standing of a ratio in a few words."""
    return {
        "label": mark("on-label", "Décolleté only (US, EU)"),
        "studied": mark("off-label", "Off-label (US, EU)"),
        "article-only": mark("no-study", "No study; off-label (US, EU)"),
    }[ratio.standing]


def standing_words(ratio: model.RatioChoice) -> tuple[str, str]:
    """The kind of mark that a ratio bears, and on what ground and where it stands.

    Outside its labeled place every ratio is off-label; the mark must not read as a general license.
    """
    kind = {"label": "on-label", "studied": "studied", "article-only": "no-study"}[ratio.standing]
    where = "" if ratio.standing == "article-only" else f": {ratio.where}"
    elsewhere = " elsewhere" if ratio.standing == "label" else ""
    return kind, f"{STANDINGS[ratio.standing]}{where}; off-label{elsewhere} (US, EU)"


def standing_mark(ratio: model.RatioChoice) -> str:
    """The mark that says on what ground a ratio stands, with the place where it stands so."""
    return mark(*standing_words(ratio))


def ratio_bands_table(data: Data, cite: Cite) -> str:
    """The ratio bands of the source article, with the published terms and what is right.

    Paste: {{ ratio_bands_table() }}
    """
    columns = ["Band in the article", "The article calls it", "Published term", "What the evidence says"]
    table = Table("ratio-bands", "The source article’s ratio bands, corrected (product : diluent)", columns)
    for band in published(data.technique.bands):
        table.add(
            typeset.ratio(band.product_parts, band.diluent_parts_min, band.diluent_parts_max),
            text(f"“{band.article_name}”"),
            text(band.published_name),
            text(band.correction) + cite(band.refs),
            row_id=band.id,
        )
    return table.html()


# ---------------------------------------------------------------------------
# Protocols, regions, label status
# ---------------------------------------------------------------------------


def protocol_ratio(row: model.Protocol) -> str:
    """The ratio of a protocol row as printed: 1:4, undiluted, or nothing when not stated."""
    if row.undiluted:
        return "undiluted"
    if row.diluent_parts_min is None:
        return ""
    return typeset.ratio(row.product_parts, row.diluent_parts_min, row.diluent_parts_max)


def labeled_ratio(data: Data) -> str:
    """The ratio that a label names for diluted use, in words."""
    labeled = {row.diluent_parts for row in data.approvals.approvals if row.diluted_use and row.diluent_parts}
    return " or ".join(typeset.ratio(1, parts) for parts in sorted(labeled))


def named_regions(data: Data, names: Sequence[str]) -> str:
    """Regions that a step or a row names, each with its label mark for diluted product."""
    return " ".join(
        f'<span class="step-region">{text(data.region(name).name)}:'
        f" {region_marks(data.region(name), True, labeled_ratio(data))}</span>"
        for name in names
    )


def protocol_on_label(row: model.Protocol, data: Data) -> bool:
    """Whether a row's region and ratio are within a label (US or EU), other than for its diluent."""
    region = data.region(row.region)
    if row.undiluted:
        return "on-label" in (region.us_undiluted, region.eu_undiluted)
    if "on-label" not in (region.us_diluted, region.eu_diluted):
        return False
    labeled = {approval.diluent_parts for approval in data.approvals.approvals if approval.diluted_use}
    saline = all("saline" in diluent and "preserved" not in diluent for diluent in row.diluents)
    return saline and row.diluent_parts_min in labeled and row.diluent_parts_min == row.diluent_parts_max


def protocol_label_status(row: model.Protocol, data: Data) -> str:
    """The label status of a protocol row in words, as the downloads carry it."""
    if data.region(row.region).us_diluted == "avoid":
        return "avoid"
    return "on label (US, EU)" if protocol_on_label(row, data) else "off-label (US, EU)"


def _protocol_mark(row: model.Protocol, data: Data) -> str:
    status = protocol_label_status(row, data)
    kind = status.split(" (")[0].replace(" ", "-")
    return mark(kind, status[0].upper() + status[1:])


def _instrument(row: model.Protocol) -> str:
    parts = [f"needle {row.needle}"] if row.needle else []
    if row.cannula:
        parts.append(row.cannula if "cannula" in row.cannula else f"cannula {row.cannula}")
    return "; ".join(parts)


def _volumes(row: model.Protocol) -> str:
    parts = []
    if row.product_ml is not None:
        parts.append(f"{millilitres(row.product_ml)} product")
    if row.total_ml is not None:
        parts.append(f"{millilitres(row.total_ml)} mixture")
    for low, high, what in (
        (row.total_ml_min, row.total_ml_max, "in all"),
        (row.deposit_ml_min, row.deposit_ml_max, "a deposit"),
    ):
        if low is not None and high is not None:
            parts.append(f"{typeset.number(low, 2)} to {millilitres(high)} {what}")
    return "; ".join(parts)


def checked(data: Data) -> str:
    """When the label marks of regions were last checked; the oldest day counts."""
    return f"Label status last checked {typeset.date(min(row.reviewed for row in data.regions.regions))}."


def _named(data: Data, regions: Sequence[str], words: str = "") -> str:
    """What a table is limited to, for its caption: ": neck, undiluted"."""
    limits = [data.region(name).name for name in regions] + ([words] if words else [])
    return f": {text(', '.join(limits))}" if limits else ""


def protocol_table(
    data: Data,
    cite: Cite,
    region: str | Sequence[str] | None = None,
    avoid: bool = False,
    undiluted: bool = True,
) -> str:
    """What each source did, row by row, with ratio, plane, instrument, sessions, people and label mark.

    Regions to avoid are left out unless `avoid=True`.
    Paste: {{ protocol_table(region="neck") }}
    or: {{ protocol_table(region=["abdomen", "upper-arms"]) }}
    """
    names = [region] if isinstance(region, str) else list(region or [])
    known = [row.id for row in data.regions.regions]
    for name in names:
        _known(name, known, "region")
    caption = (
        f"What the sources did{_named(data, names)}. Each row reports one source; it is not a recommendation."
        f" {checked(data)}"
    )
    columns = ["Region and source", "Ratio<small>product : diluent</small>", "How", "Sessions", "Evidence"]
    table = Table("protocol", caption, columns, classes="wide")
    for row in published(data.protocols.protocols):
        where = data.region(row.region)
        wanted = row.region in names if names else (where.caution == "avoid") == avoid
        if not wanted or (row.undiluted and not undiluted):
            continue
        table.add(*_protocol_cells(row, where, data, cite), row_id=row.id)
    if not table.rows:
        raise ValueError(f"protocol_table: no published protocol row for {', '.join(names)}")
    return table.html()


def _protocol_cells(row: model.Protocol, where: model.Region, data: Data, cite: Cite) -> list[str]:
    detail = f"<small>{text(row.detail)}</small>" if row.detail else ""
    ratio = protocol_ratio(row)
    if not row.undiluted:
        diluents = f"in {text('; '.join(row.diluents))}" if row.diluents else f"diluent {NOT_STATED}"
        ratio = f"{ratio or NOT_STATED}<small>{diluents}</small>"
    volumes = _volumes(row)
    instrument = _instrument(row)
    how = (
        f"<span>Plane: {_or_gap(row.plane)}</span><br><span>Instrument: {_or_gap(instrument)}</span>"
        f"<br><span>Technique: {_or_gap(row.technique)}</span>"
    )
    if volumes:
        how += f"<br><span>Volume: {text(volumes)}</span>"
    sessions = str(row.sessions) if row.sessions else NOT_STATED
    if row.interval_weeks is not None:
        sessions += f"<small>{typeset.quantity(row.interval_weeks, 'weeks')} apart</small>"
    elif row.sessions and row.sessions > 1:
        sessions += f"<small>interval {NOT_STATED}</small>"
    people = typeset.people(row.n) if row.n else f"people: {NOT_STATED}"
    sure = strength([row.evidence], row.n)
    evidence = f"{model.EVIDENCE_NAMES[row.evidence]}<small>{people}</small><small>strength: {sure}</small>"
    status = _protocol_mark(row, data)
    if where.caution == "off-label-specialist":
        status += "<small>specialists only</small>"
    # The mark stands in the row header, so that it is seen however far a narrow screen has scrolled.
    return [text(where.name) + cite(row.refs) + detail + status, ratio, how + _note(row), sessions, evidence]


def regions_table(data: Data, cite: Cite, caution: str | Sequence[str] | None = None) -> str:
    """Every treatment region with its label status, caution and reason.

    Paste: {{ regions_table() }} or {{ regions_table(caution="avoid") }}
    """
    wanted = [caution] if isinstance(caution, str) else list(caution or CAUTIONS)
    for name in wanted:
        _known(name, list(CAUTIONS), "caution level")
    columns = ["Region", "United States", "European Union", "Caution", "Why"]
    rows = [row for row in published(data.regions.regions) if row.kind == "treatment" and row.caution in wanted]
    if not rows:
        raise ValueError(f"regions_table: no published region with the caution {', '.join(wanted)}")
    caption = f"Label status by region, last checked {typeset.date(min(row.reviewed for row in rows))}"
    table = Table("regions", caption, columns, classes="wide", anchor="region")
    for row in sorted(rows, key=lambda row: wanted.index(str(row.caution))):
        assert row.us_status and row.eu_status and row.caution and row.why
        kind = "avoid" if row.caution == "avoid" else "on-label" if row.caution == "routine-label" else "off-label"
        danger = f"<small>Danger: {text('; '.join(row.danger))}</small>" if row.danger_verified and row.danger else ""
        table.add(
            text(row.name) + cite(row.refs),
            _status_cell(row, "us"),
            _status_cell(row, "eu"),
            mark(kind, CAUTIONS[row.caution].capitalize()),
            text(row.why) + danger + _note(row),
            row_id=row.id,
        )
    return table.html()


def regions_card_table(data: Data, cite: Cite) -> str:
    """Every treatment region on one line: label marks, ratios that sources report, caution; for a sheet.

    Its sources are those of the status; the pages of the regions name all.
    Paste: {{ regions_card_table() }}
    """
    columns = ["Region", "Undiluted", "Diluted", "Ratios reported", "Caution"]
    caption = f"Ratios as sources report them (number of sources); not a recommendation. {checked(data)}"
    table = Table("regions", caption, columns, classes="regions-card")
    for row in _by_caution(data):
        table.add(
            text(row.name) + cite(_status_refs(data, row)),
            region_marks(row, False),
            region_marks(row, True, labeled_ratio(data)),
            "\N{EN DASH}" if row.caution == "avoid" else _reported_ratios(data, row.id),
            CAUTIONS[str(row.caution)],
            row_id=row.id,
        )
    return table.html()


def label_status_table(data: Data, cite: Cite) -> str:
    """The treatment regions gathered by label status, one line for each status; for a sheet.

    Paste: {{ label_status_table() }}
    """
    table = Table("label-status", checked(data), ["Regions", "Undiluted", "Diluted", "Caution"], classes="label-status")
    groups: dict[tuple[str, str, str], list[model.Region]] = {}
    for row in _by_caution(data):
        marks = (region_marks(row, False), region_marks(row, True, labeled_ratio(data)))
        groups.setdefault((*marks, CAUTIONS[str(row.caution)]), []).append(row)
    for (undiluted, diluted, caution), rows in groups.items():
        refs = dict.fromkeys(key for row in rows for key in _status_refs(data, row))
        names = text("; ".join(row.name for row in rows)) + cite(refs)
        table.add(names, undiluted, diluted, caution, row_id=" ".join(row.id for row in rows))
    return table.html()


def _status_refs(data: Data, region: model.Region) -> list[str]:
    """The labels and regulators among the sources of a region, or its first source where there is none."""
    official = [key for key in region.refs if data.references[key].custom.kind in ("label", "regulator")]
    return official[:2] or region.refs[:1]


def _by_caution(data: Data) -> list[model.Region]:
    """The treatment regions, those on a label first and those to avoid last."""
    rows = [row for row in published(data.regions.regions) if row.kind == "treatment"]
    return sorted(rows, key=lambda row: list(CAUTIONS).index(str(row.caution)))


def _reported_ratios(data: Data, region: str) -> str:
    """The span of ratios that published protocol rows of a region report, and how many sources."""
    rows = [
        row
        for row in published(data.protocols.protocols)
        if row.region == region and row.diluent_parts_min is not None and not row.undiluted
    ]
    if not rows:
        return '<span class="not-stated">none found</span>'
    sources = len({key for row in rows for key in row.refs})
    # The span as parts of diluent for one of product, whatever the row counts in.
    low = min((row.diluent_parts_min or Decimal(0)) / row.product_parts for row in rows)
    high = max((row.diluent_parts_max or row.diluent_parts_min or Decimal(0)) / row.product_parts for row in rows)
    return f"{typeset.ratio(1, low, high)} ({sources})"


def _status_cell(row: model.Region, jurisdiction: str) -> str:
    undiluted, diluted = getattr(row, f"{jurisdiction}_undiluted"), getattr(row, f"{jurisdiction}_diluted")
    words = getattr(row, f"{jurisdiction}_status")
    names = {"on-label": "On label", "off-label": "Off-label", "avoid": "Avoid"}
    if undiluted == diluted:
        marks = mark(undiluted, names[undiluted])
    else:
        marks = mark(undiluted, f"Undiluted: {names[undiluted].lower()}") + " "
        marks += mark(diluted, f"Diluted: {names[diluted].lower()}")
    return f"{marks}<small>{text(words)}</small>"


def approvals_table(
    data: Data, cite: Cite, jurisdiction: str | None = None, product: str | None = None, event: str | None = None
) -> str:
    """The regulatory history, oldest first.

    Paste: {{ approvals_table() }} or {{ approvals_table(product="Radiesse", event="approval") }}
    `product` keeps the rows whose product name starts so; events: approval, clearance, advisory vote and others.
    """
    rows = published(data.approvals.approvals)
    if jurisdiction is not None:
        _known(jurisdiction, sorted({row.jurisdiction for row in rows}), "jurisdiction")
        rows = [row for row in rows if row.jurisdiction == jurisdiction]
    if product is not None:
        rows = [row for row in rows if row.product.startswith(product)]
    if event is not None:
        _known(event, sorted({row.event for row in rows}), "event")
        rows = [row for row in rows if row.event == event]
    if not rows:
        raise ValueError(f"approvals_table: no row for product '{product}'")
    where = f", {jurisdiction}" if jurisdiction else ""
    checked = max(row.reviewed for row in rows)
    columns = ["Date", "Where and what", "Product", "Scope", "Record number"]
    caption = f"Regulatory history{where}, last checked {typeset.date(checked)}"
    table = Table("approvals", caption, columns, classes="wide")
    for row in sorted(rows, key=lambda row: row.date or "9999"):
        diluted = mark("on-label", "Diluted use on label") if row.diluted_use else ""
        sure = "" if row.confidence == "high" else f"<small>{row.confidence} confidence</small>"
        table.add(
            typeset.date(row.date, row.date_precision),
            f"{text(row.jurisdiction)}: {text(row.event)}<small>{text(row.pathway)}</small>",
            text(row.product),
            f"{text(row.scope)} {diluted}{cite(row.refs)}{_note(row)}",
            (text(row.number) if row.number else '<span class="not-stated">not confirmed</span>') + sure,
            row_id=row.id,
        )
    return table.html()


# ---------------------------------------------------------------------------
# Where sources differ
# ---------------------------------------------------------------------------


def disagreements_table(data: Data, cite: Cite) -> str:
    """Questions on which sources differ: the article, the sources side by side, and what to take from it.

    Paste: {{ disagreements_table() }}
    """
    columns = ["Question", "The article says", "The sources say", "What to take from it"]
    table = Table("disagreements", "Where sources differ. The differences are shown, not averaged.", columns)
    table.classes = "wide"
    for row in published(data.technique.disagreements):
        says = "".join(
            f'<div class="position">{text(position.says)}{cite(position.refs)}</div>' for position in row.positions
        )
        table.add(
            f"{text(row.question)} {named_regions(data, row.regions)}".strip(),
            text(row.article) + cite(row.refs),
            says,
            text(row.take) + _note(row),
            row_id=row.id,
        )
    return table.html()


def spread_table(data: Data, cite: Cite) -> str:
    """For each region, what its sources say on ratio, plane, instrument, sessions and interval, side by side.

    Paste: {{ spread_table() }}
    """
    columns = ["Region", "Ratio<small>product : diluent</small>", "Plane", "Instrument", "Sessions", "Interval"]
    caption = "What the sources say, by region. The source article is among them where it names the region."
    table = Table("spread", caption, columns, classes="wide")
    for region in published(data.regions.regions):
        rows = [row for row in published(data.protocols.protocols) if row.region == region.id]
        if len(rows) < 2 or region.caution == "avoid":
            continue
        diluted = any(row.diluted for row in rows)
        aspects = (
            lambda row: protocol_ratio(row),
            lambda row: row.plane,
            lambda row: _instrument(row),
            lambda row: str(row.sessions) if row.sessions else "",
            lambda row: "" if row.interval_weeks is None else typeset.quantity(row.interval_weeks, "weeks"),
        )
        cells = [_spread(rows, aspect, cite) for aspect in aspects]
        table.add(f"{text(region.name)}<br>{region_marks(region, diluted)}", *cells, row_id=region.id)
    return table.html()


def _spread(rows: Sequence[model.Protocol], aspect: Callable[[model.Protocol], str | None], cite: Cite) -> str:
    """Each distinct value once, with all sources that state it; the gap last."""
    says: dict[str, list[str]] = {}
    for row in rows:
        says.setdefault(aspect(row) or "", []).extend(row.refs)
    stated = [f'<div class="position">{text(value)}{cite(keys)}</div>' for value, keys in says.items() if value]
    if "" in says:
        stated.append(f'<div class="position">{NOT_STATED}{cite(says[""])}</div>')
    return "".join(stated)


# ---------------------------------------------------------------------------
# Product
# ---------------------------------------------------------------------------


def composition_table(data: Data, cite: Cite) -> str:
    """What is in the syringe, part by part.

    Paste: {{ composition_table() }}
    """
    columns = ["Part", "Share<small>% of volume</small>", "What it is", "What it does"]
    table = Table("composition", "What is in the syringe", columns, numeric=(1,))
    for row in published(data.product.composition):
        share = typeset.number(row.share_percent) if row.share_percent is not None else NOT_STATED
        table.add(
            text(row.component) + cite(row.refs),
            share,
            f"{text(row.detail)}{_values(row.values)}{_note(row)}",
            text(row.role),
            row_id=row.id,
        )
    return table.html()


def _values(values: dict[str, Decimal]) -> str:
    shown = []
    rest = dict(values)
    for name in values:
        if name.startswith("min_") and f"max_{name[4:]}" in values:
            shown.append(typeset.quantity_range(rest.pop(name), rest.pop(f"max_{name[4:]}"), name))
    shown += [typeset.quantity(value, name) for name, value in rest.items()]
    return f"<small>{'; '.join(shown)}</small>" if shown else ""


def presentations_table(data: Data, cite: Cite) -> str:
    """The syringes as supplied, now and earlier.

    Paste: {{ presentations_table() }}
    """
    columns = ["Volume<small>mL</small>", "Product", "Status"]
    names = {"current": "In the available US labels", "historical": "Earlier", "trade": "Known from trade records"}
    table = Table("presentations", "Syringe sizes", columns)
    for row in sorted(published(data.product.presentations), key=lambda row: list(names).index(row.status)):
        table.add(
            typeset.number(row.volume_ml, 2),
            text(row.product) + cite(row.refs),
            names[row.status] + _note(row),
            row_id=row.id,
        )
    return table.html()


def timeline_table(data: Data, cite: Cite) -> str:
    """What was seen in tissue after CaHA, in weeks, contrary findings included.

    Paste: {{ timeline_table() }}
    """
    columns = ["Weeks", "Phase", "What was seen", "People"]
    table = Table("timeline", "What was seen after CaHA, by week. Each row is one source.", columns)
    for row in sorted(published(data.product.timeline), key=lambda row: (row.from_week, row.to_week)):
        weeks = typeset.number(row.from_week)
        if row.to_week != row.from_week:
            weeks += f"\N{EN DASH}{typeset.number(row.to_week)}"
        people = str(row.n) if row.n else ("not stated" if row.human else "none (laboratory)")
        table.add(weeks, text(row.phase), text(row.what) + cite(row.refs) + _note(row), people, row_id=row.id)
    return table.html()


def comparison_table(data: Data, cite: Cite) -> str:
    """Radiesse and Sculptra side by side.

    Paste: {{ comparison_table() }}
    """
    columns = ["", "Radiesse (CaHA)", "Sculptra (PLLA)"]
    columns[0] = "Attribute"
    caption = "Radiesse and Sculptra. Different trials and scales: not a head-to-head comparison."
    table = Table("comparison", caption, columns)
    for row in published(data.comparison.comparison):
        table.add(
            text(row.attribute) + cite(row.refs) + _note(row), text(row.radiesse), text(row.sculptra), row_id=row.id
        )
    return table.html()


# ---------------------------------------------------------------------------
# Outcomes and safety
# ---------------------------------------------------------------------------

DESIGNS = {
    "rct": "Randomized trial",
    "split-face-rct": "Randomized, split face",
    "controlled": "Controlled study",
    "cohort": "Cohort",
    "case-series": "Case series",
    "biopsy": "Biopsy study",
    "retrospective": "Retrospective",
    "review": "Review",
    "laboratory": "Laboratory",
}
QUOTED = {"quoted-abstract", "abstract-plus-quoted"}


def outcomes_table(
    data: Data,
    cite: Cite,
    region: str | Sequence[str] | None = None,
    topic: str | Sequence[str] | None = None,
    diluted: bool | None = None,
) -> str:
    """What the studies found: design, people, comparator, result, follow-up, events, funding, grade.

    Regions to avoid are left out unless named.
    Paste: {{ outcomes_table(region="decolletage") }}
    or: {{ outcomes_table(diluted=True) }} or {{ outcomes_table(topic=["efficacy", "comparison"]) }}
    """
    names = [region] if isinstance(region, str) else list(region or [])
    for name in names:
        _known(name, [row.id for row in data.regions.regions], "region")
    topics = [topic] if isinstance(topic, str) else list(topic or [])
    columns = ["Region and study", "Design", "Result", "Harms and funding", "Strength"]
    use = {True: "diluted", False: "undiluted", None: ", ".join(topics)}[diluted]
    caption = (
        f"What the studies found{_named(data, names, use)}. Each row reports one study; it is not a recommendation."
        f" {checked(data)}"
    )
    table = Table("outcomes", caption, columns, classes="wide", sortable=True)
    for row in published(data.outcomes.outcomes):
        where = data.region(row.region)
        wanted = row.region in names if names else where.caution != "avoid"
        if not wanted or (topics and row.topic not in topics):
            continue
        if diluted is not None and (row.diluted is True or row.diluted == "mixed") != diluted:
            continue
        table.add(*_outcome_cells(row, where, data, cite), row_id=row.id)
    if not table.rows:
        raise ValueError("outcomes_table: no published row matches; widen the choice")
    return table.html()


def outcome_label_status(row: model.Outcome, data: Data) -> str:
    """The label status of an outcome row in words, as the downloads carry it."""
    region = data.region(row.region)
    if row.other_product:
        return "another product"
    if region.us_diluted is None:
        return "not a treatment"
    if region.us_diluted == "avoid":
        return "avoid"
    diluted = row.diluted is True or row.diluted == "mixed"
    marks = (region.us_diluted, region.eu_diluted) if diluted else (region.us_undiluted, region.eu_undiluted)
    labeled = {approval.diluent_parts for approval in data.approvals.approvals if approval.diluted_use}
    if diluted and row.diluent_parts is not None and row.diluent_parts not in labeled:
        return "off-label (US, EU)"
    return "on label (US, EU)" if "on-label" in marks else "off-label (US, EU)"


def _outcome_mark(row: model.Outcome, data: Data) -> str:
    if row.other_product:
        return mark("no-study", f"Another product: {row.other_product}")
    status = outcome_label_status(row, data)
    return mark(status.split(" (")[0].replace(" ", "-"), status[0].upper() + status[1:])


def _outcome_cells(row: model.Outcome, where: model.Region, data: Data, cite: Cite) -> list[str]:
    hidden = set(row.unverified_parts)

    def part(name: str, gap: str = "not stated") -> str:
        value = getattr(row, name)
        if name in hidden:
            return '<span class="not-stated">not confirmed</span>'
        if value is None:
            return f'<span class="not-stated">{gap}</span>'
        return text(str(value))

    ratio = ""
    if row.diluent_parts is not None and not hidden & {"diluent_parts", "ratio"}:
        ratio = typeset.ratio(row.product_parts or Decimal(1), row.diluent_parts)
    state = {True: "diluted", False: "undiluted", "mixed": "diluted and undiluted", None: "dilution not stated"}
    names = f"{text(where.name)}{cite(row.refs)}<small>{state[row.diluted]}{f', {ratio}' if ratio else ''}</small>"
    if where.us_diluted is not None:
        names += _outcome_mark(row, data)
    follow_up = part("follow_up_weeks")
    if row.follow_up_weeks is not None and "follow_up_weeks" not in hidden:
        follow_up = typeset.quantity(row.follow_up_weeks, "weeks")
    design = (
        f"{DESIGNS[row.design]}<small>n = {part('n')}</small>"
        f"<small>against: {part('comparator', 'none or not stated')}</small><small>follow-up: {follow_up}</small>"
    )
    measure = f"<small>Measure: {part('measure')}</small>"
    harms = f"{part('adverse_events')}<small>Funding: {part('funding')}</small>"
    basis = "<small>abstract, seen as quoted</small>" if row.basis in QUOTED else ""
    weight = f"{row.grade.capitalize()}<small>{text(row.grade_reason)}</small>{basis}"
    return [names, design, text(row.result) + measure + _note(row), harms, weight]


def adverse_events_table(data: Data, cite: Cite, diluted: bool | None = None) -> str:
    """Adverse events with their denominators; undiluted and diluted apart.

    Paste: {{ adverse_events_table(diluted=False) }}, {{ adverse_events_table(diluted=True) }}
    or {{ adverse_events_table() }} for the rows that mix or do not say.
    """
    names = {True: "diluted product", False: "undiluted product", None: "mixed, other or not stated"}
    columns = ["Event", "In whom", "Count<small>people or treatments</small>", "Share<small>%</small>"]
    caption = f"Adverse events: {names[diluted]}"
    if diluted:
        words = f"Off-label (US, EU), except the décolleté at {labeled_ratio(data)} in saline"
        caption += f" {mark('off-label', words)}"
    table = Table("adverse-events", caption, columns, numeric=(3,))
    for row in published(data.safety.adverse_events):
        if row.diluted is not diluted:
            continue
        if row.numerator is not None and row.denominator is not None:
            count = f"{typeset.number(row.numerator)} of {typeset.number(row.denominator)}"
        elif row.denominator is not None:
            count = f"of {typeset.number(row.denominator)}"
        else:
            count = '<span class="not-stated">no denominator printed</span>'
        share = NOT_STATED if row.percent is None else typeset.number(row.percent, 5)
        table.add(text(row.statement) + cite(row.refs) + _note(row), text(row.population), count, share, row_id=row.id)
    return table.html()


def use_summaries_table(data: Data, cite: Cite, diluted: bool | None = None) -> str:
    """What each use can and cannot do, in two sentences, with its strength and label mark.

    Paste: {{ use_summaries_table(diluted=True) }} or {{ use_summaries_table() }}
    """
    columns = ["Use", "What the studies show", "What they do not show", "Strength"]
    caption = "What each use can and cannot do, as far as studies go"
    table = Table("use-summaries", caption, columns, sortable=True)
    for row in published(data.outcomes.summaries):
        if diluted is not None and row.diluted != diluted:
            continue
        region = data.region(row.region)
        state = "diluted" if row.diluted else "undiluted"
        name = f"{text(region.name)}<small>{state}</small>{region_marks(region, row.diluted, labeled_ratio(data))}"
        table.add(name, text(row.can) + cite(row.refs), text(row.cannot), row.grade.capitalize(), row_id=row.id)
    return table.html()


# ---------------------------------------------------------------------------
# Aging
# ---------------------------------------------------------------------------


def layers_table(data: Data, cite: Cite, site: str | None = None) -> str:
    """Measured thickness of skin layers, in mm, with method and source.

    Paste: {{ layers_table() }} or {{ layers_table(site="face") }}
    `site` keeps the rows whose site starts so.
    """
    columns = [
        "Site and layer", "Mean<small>mm</small>", "Range<small>mm</small>", "SD<small>mm</small>", "Method",
    ]  # fmt: skip
    rows = [row for row in published(data.aging.layers) if not row.drawing_only and row.site.startswith(site or "")]
    if not rows:
        raise ValueError(f"layers_table: no published layer for site '{site}'")
    where = f": {text(site)}" if site else ""
    caption = f"Thickness of skin layers{where}. Numbers of different methods do not compare."
    table = Table("layers", caption, columns, numeric=(1, 2, 3))
    for row in rows:
        span = NOT_STATED
        if row.min_mm is not None and row.max_mm is not None:
            span = f"{typeset.number(row.min_mm, 4)}\N{EN DASH}{typeset.number(row.max_mm, 4)}"
        derived = " (computed)" if row.derived else ""
        table.add(
            f"{text(row.site)}{cite(row.refs)}<small>{text(row.layer)}</small>",
            NOT_STATED if row.mean_mm is None else typeset.number(row.mean_mm, 4),
            span,
            NOT_STATED if row.sd_mm is None else typeset.number(row.sd_mm, 4),
            text(row.method) + derived + _note(row),
            row_id=row.id,
        )
    return table.html()


def rheology_table(data: Data, cite: Cite) -> str:
    """Which way flow properties move when the product is thinned.

    Paste: {{ rheology_table() }}
    """
    columns = ["Property", "When", "What happens"]
    table = Table("rheology", "Flow properties: direction of change, bench studies", columns)
    for row in published(data.technique.rheology):
        table.add(
            text(row.quantity[0].upper() + row.quantity[1:]) + cite(row.refs),
            text(row.condition) + _note(row),
            text(row.value),
            row_id=row.id,
        )
    return table.html()


# ---------------------------------------------------------------------------
# Reference
# ---------------------------------------------------------------------------


def claims_table(data: Data, cite: Cite, link: Callable[[str], str], title: Callable[[str], str]) -> str:
    """The claims ledger: every claim of the source article with verdict, correction and sources.

    Paste: {{ claims_table() }}
    """
    columns = ["Claim", "The article says", "Verdict", "What is right, and why", "Treated on"]
    table = Table(
        "claims", "Every claim of the source article, with its verdict", columns, classes="wide", filter_name="Verdict"
    )
    for row in published(data.claims.claims):
        parts = [text(row.correction), f"<small>Why: {text(row.why)}</small>"]
        if row.contested_part:
            parts.append(f"<small>Still open: {text(row.contested_part)}</small>")
        if row.unsupported_part:
            parts.append(f"<small>No source found: {text(row.unsupported_part)}</small>")
        pages = "<br>".join(
            f'<a href="{link(page)}#claim-{row.id.lower()}">{text(title(page))}</a>' for page in row.pages
        )
        off = "<small>an off-label use</small>" if row.off_label else ""
        off += f"<small>strength of the correction: {strength_of_refs(data.references, row.refs)}</small>"
        table.add(
            f'<span id="{row.id.lower()}">{row.id}</span>',
            text(row.claim),
            verdict_mark(row) + off,
            "".join(parts) + cite(row.refs),
            pages,
            row_id=row.id,
            group=model.VERDICT_NAMES[row.verdict],
        )
    return table.html()


def verdict_mark(claim: model.Claim) -> str:
    """The verdict on a claim as a mark."""
    kinds = {
        "supported": "on-label",
        "supported-with-nuance": "studied",
        "corrected": "avoid",
        "contested": "off-label",
        "off-label": "off-label",
        "unsupported": "no-study",
    }
    return mark(kinds[claim.verdict], model.VERDICT_NAMES[claim.verdict])


def changes_table(data: Data, cite: Cite) -> str:
    """The record of changes, newest first.

    Paste: {{ changes_table() }}
    """
    columns = ["Version", "Date", "Kind", "What changed"]
    table = Table("changes", "Changes, newest first", columns)
    for row in published(data.changes.changes):
        table.add(text(row.version), typeset.date(row.date), text(row.type), text(row.summary), row_id=row.id)
    return table.html()
