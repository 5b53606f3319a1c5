"""Label status as marks and sentences: of a region, a ratio, a protocol or an outcome, for each jurisdiction."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from markupsafe import Markup

from ..content.label_status import (
    Status,
    StatusKind,
    by_kind,
    jurisdictions,
    labeled_dilutions,
    labeled_parts,
    outcome_statuses,
    protocol_statuses,
    region_statuses,
    studies_at,
    treated,
)
from ..content.published import Published
from ..content.rows.indications import Indication
from ..content.rows.label import Region
from ..content.rows.preparations import RatioChoice
from ..content.rows.product import Presentation
from ..content.rows.studies import Outcome
from ..content.rows.technique import Protocol
from . import typeset
from .markup import element, joined, mark
from .typeset import millilitres

# The caution of this site, which is not a label status.
CAUTIONS = {
    "routine": "usual care",
    "extra-care": "extra care",
    "specialist": "specialists only",
    "avoid": "do not treat",
}

# The same in a word, for a narrow column.
CARE = {"routine": "usual", "extra-care": "extra", "specialist": "specialist", "avoid": "avoid"}

_WORDS: dict[StatusKind, str] = {
    "on-label": "On label",
    "reported": "Reported on label",
    "not-stated": "Not stated if on label",
    "off-label": "Off-label",
    "avoid": "Avoid",
    "not-a-treatment": "Not a treatment",
    "another-product": "Another product",
}
_UNSEEN = ", record not seen"
_MARKS: dict[StatusKind, str] = {
    "on-label": "on-label",
    "reported": "reported",
    "not-stated": "no-study",
    "off-label": "off-label",
    "avoid": "avoid",
    "not-a-treatment": "no-study",
    "another-product": "no-study",
}


def status_parts(found: Sequence[Status], data: Published) -> list[tuple[StatusKind, str]]:
    """Statuses as words, one part for the jurisdictions that agree, each with what its indications limit it to."""
    return [(kind, _words(kind, names, limits)) for kind, limits, names in status_groups(found, data)]


def status_groups(found: Sequence[Status], data: Published) -> list[tuple[StatusKind, str, list[str]]]:
    """Statuses with what limits them, and the jurisdictions in short that share both."""
    groups: dict[tuple[StatusKind, str], list[str]] = {}
    for one in found:
        limits = limited_to(one, data) if one.kind in ("on-label", "reported") else ""
        groups.setdefault((one.kind, limits), []).append(one.jurisdiction.short)
    return [(kind, limits, names) for (kind, limits), names in groups.items()]


def _words(kind: StatusKind, names: Sequence[str], limits: str) -> str:
    if kind in ("avoid", "not-a-treatment", "another-product"):
        return _WORDS[kind]
    return f"{_WORDS[kind]} ({', '.join(names)}){limits}{_UNSEEN if kind == 'reported' else ''}"


def limited_to(one: Status, data: Published) -> str:
    """To which ratio and which syringes the indications of a status limit it; begins with a space or a colon."""
    ratios = labeled_ratios(one)
    at = f" at {' or '.join(typeset.ratio(1, parts) for parts in ratios)}" if ratios else ""
    only = _only(one, data)
    return at + (f": {only} only" if only else "")


def labeled_ratios(one: Status) -> list[Decimal]:
    """The ratios that the indications of a status name, as parts of diluent to one of product."""
    return sorted({parts for row in one.by if (parts := labeled_parts(row)) is not None})


def _only(one: Status, data: Published) -> str:
    """The syringes that a status is limited to; nothing where it covers all that are sold in the jurisdiction."""
    covered = {name for row in one.by for name in row.presentations}
    sold = [row for row in data.product.presentations if one.jurisdiction.id in row.sold_in]
    if covered >= {row.id for row in sold}:
        return ""
    named: list[str] = []
    for product in dict.fromkeys(row.product for row in sold):
        of_product = [row for row in sold if row.product == product]
        among = [row for row in of_product if row.id in covered]
        if among == of_product:
            named.append(product)
        elif among:
            named.append(f"{product} {' and '.join(millilitres(row.volume_ml) for row in among)}")
    return " and ".join(named)


def status_marks(found: Sequence[Status], data: Published) -> Markup:
    """Statuses as marks, one for the jurisdictions that agree."""
    return joined((mark(_MARKS[kind], words) for kind, words in status_parts(found, data)), " ")


def region_marks(region: Region, diluted: bool, data: Published) -> Markup:
    """The label marks of a region for diluted or undiluted product, by jurisdiction, with the ratio that one covers."""
    return joined((mark(_MARKS[kind], words) for kind, words in _in_short(region, diluted, data)), " ")


def short_marks(region: Region, diluted: bool, data: Published) -> Markup:
    """The same for a line of a sheet; limits_in_words says what they leave out."""
    found = _in_short(region, diluted, data)
    return joined((mark(_MARKS[kind], words.removesuffix(_UNSEEN)) for kind, words in found), " ")


def _in_short(region: Region, diluted: bool, data: Published) -> list[tuple[StatusKind, str]]:
    """The status of a region in few words, a part for the jurisdictions that agree."""
    groups: dict[tuple[StatusKind, str], list[str]] = {}
    for one in region_statuses(data, region, diluted):
        ratios = " or ".join(typeset.ratio(1, parts) for parts in labeled_ratios(one))
        only = _only(one, data)
        limits = (f" at {ratios}" if ratios else "") + (f": {only} only" if only and not _names_a_size(only) else "")
        groups.setdefault((one.kind, limits), []).append(one.jurisdiction.short)
    return [(kind, _short(kind, limits, names)) for (kind, limits), names in groups.items()]


def _names_a_size(only: str) -> bool:
    return any(sign.isdigit() for sign in only)


def _short(kind: StatusKind, limits: str, names: Sequence[str]) -> str:
    if kind in ("avoid", "not-a-treatment", "another-product"):
        return _WORDS[kind]
    if kind == "reported":
        return f"Reported ({', '.join(names)}){limits}{_UNSEEN}"
    return f"{_WORDS[kind]} ({', '.join(names)}){limits}"


def limits_in_words(regions: Iterable[Region], data: Published) -> str:
    """To which sizes of syringe the labels of regions are limited: 'décolleté: Radiesse 1.5 mL only'."""
    said: dict[str, list[str]] = {}
    for region in regions:
        for diluted in (False, True):
            for one in region_statuses(data, region, diluted):
                only = _only(one, data) if one.kind in ("on-label", "reported") else ""
                name = region.name.split(" (")[0].lower()
                if _names_a_size(only) and name not in said.setdefault(only, []):
                    said[only].append(name)
    return "; ".join(f"{', '.join(names)}: {only} only" for only, names in said.items())


def named_regions(data: Published, names: Sequence[str]) -> Markup:
    """Regions that a step or a row names, each with its label mark for diluted product."""
    regions = [data.region(name) for name in names]
    return joined(
        (
            element("span", f"{region.name}: ", region_marks(region, True, data), classes="step-region")
            for region in regions
        ),
        " ",
    )


def protocol_marks(row: Protocol, data: Published) -> Markup:
    """The label status of a protocol row as marks."""
    return status_marks(protocol_statuses(row, data), data)


def outcome_marks(row: Outcome, data: Published) -> Markup:
    """The label status of an outcome row as marks."""
    if row.other_product:
        return mark("no-study", f"Another product: {row.other_product}")
    return status_marks(outcome_statuses(row, data), data)


# The same for patients; what stands behind it are the jurisdictions.
_PLAIN: dict[StatusKind, str] = {
    "on-label": "An approved use",
    "reported": "Reported as an approved use",
    "not-stated": "The study does not say if this was an approved use",
    "off-label": "Off-label, not an approved use",
    "avoid": "Not an area to treat",
    "not-a-treatment": "Not a treatment",
    "another-product": "Another product",
}


def plain_marks(row: Outcome, data: Published) -> Markup:
    """The label status of an outcome row as marks in words for patients."""
    found = by_kind(outcome_statuses(row, data)).items()
    return joined((mark(_MARKS[kind], f"{_PLAIN[kind]} ({', '.join(names)})") for kind, names in found), " ")


def protocol_marks_in_short(row: Protocol, data: Published) -> Markup:
    """The label status of a protocol row as marks, where the box of its region says what limits a label."""
    return _marks_in_short(protocol_statuses(row, data))


def outcome_marks_in_short(row: Outcome, data: Published) -> Markup:
    """The same of an outcome row."""
    if row.other_product:
        return outcome_marks(row, data)
    return _marks_in_short(outcome_statuses(row, data))


def _marks_in_short(found: Sequence[Status]) -> Markup:
    groups: dict[StatusKind, list[str]] = {}
    for one in found:
        groups.setdefault(one.kind, []).append(one.jurisdiction.short)
    return joined((mark(_MARKS[kind], _short(kind, "", names)) for kind, names in groups.items()), " ")


# --- diluted use ---------------------------------------------------------------------------------


def everywhere(data: Published) -> str:
    """All jurisdictions in short: 'US, EU'."""
    return ", ".join(row.short for row in jurisdictions(data))


def labeled_uses(
    labels: Iterable[Indication], data: Published, ratio: bool = True, syringes: bool = False
) -> list[str]:
    """The diluted uses that labels cover: 'décolleté at 1:2 (EU; US reported)'.

    `ratio` and `syringes` say whether these are named.
    """
    shorts = {row.id: row.short for row in jurisdictions(data)}
    uses: dict[str, dict[str, bool]] = {}
    for row in labels:
        for region in treated(row, data):
            words = region.name.lower()
            words += f" at {typeset.ratio(row.product_parts or 1, row.diluent_parts or 0)}" if ratio else ""
            words += f", {_syringes(row, data)} only" if syringes else ""
            read = uses.setdefault(words, {})
            read[row.jurisdiction] = read.get(row.jurisdiction, False) or row.seen == "read"
    found = []
    for words, read in uses.items():
        # What was read stands before what was reported.
        names = sorted((name for name in read if name in shorts), key=lambda name: not read[name])
        found.append(f"{words} ({'; '.join(shorts[name] + ('' if read[name] else ' reported') for name in names)})")
    return found


def _syringes(row: Indication, data: Published) -> str:
    rows = [data.one(name, Presentation, "presentation") for name in row.presentations]
    return ", ".join(f"{one.product} {millilitres(one.volume_ml)}" for one in rows)


def diluted_use(data: Published) -> str:
    """The label status of diluted use in a few words, without a stop at the end."""
    uses = labeled_uses(labeled_dilutions(data), data)
    return f"off-label ({everywhere(data)})" + (f", except {' and '.join(uses)}" if uses else "")


# --- ratios --------------------------------------------------------------------------------------


def ratio_words(ratio: RatioChoice, data: Published, presentation: str | None = None) -> tuple[str, str]:
    """The kind of mark that a ratio has in the table of a presentation, and its words.

    Outside its labeled place every ratio is off-label; the mark must not read as a general license.
    """
    if labels := labeled_dilutions(data, presentation, ratio):
        kind, words = labeled_words(labels, data)
        return kind, f"{words}. Off-label elsewhere"
    studied, found = studied_words(ratio, data)
    return studied, f"{found}; off-label ({everywhere(data)})"


def labeled_words(labels: Sequence[Indication], data: Published) -> tuple[StatusKind, str]:
    """The kind of mark of a ratio that labels cover, and where: 'On label: décolleté, Radiesse 1.5 mL only (EU)'."""
    kind = read_or_reported(labels)
    return kind, f"{_WORDS[kind]}: {'; '.join(labeled_uses(labels, data, ratio=False, syringes=True))}"


def read_or_reported(labels: Iterable[Indication]) -> StatusKind:
    """On label where one of the labels was read, otherwise only reported."""
    return "on-label" if any(row.seen == "read" for row in labels) else "reported"


def studied_words(ratio: RatioChoice, data: Published) -> tuple[str, str]:
    """Whether studies used a ratio, how many, and where."""
    rows = studies_at(ratio, data)
    if not rows:
        return "no-study", "No study found"
    studies = len({key for row in rows for key in row.refs})
    places = list(dict.fromkeys(data.region(row.region).name.split(" (")[0].lower() for row in rows))
    where = ", ".join(places) if len(places) <= 3 else f"{len(places)} regions"
    return "studied", f"Studied: {studies} {'study' if studies == 1 else 'studies'}, {where}"


def ratio_mark(ratio: RatioChoice, data: Published, presentation: str | None = None) -> Markup:
    """The mark that says where a ratio is on a label, or how far it was studied."""
    return mark(*ratio_words(ratio, data, presentation))


def checked(data: Published) -> str:
    """When the label status was last checked; the oldest day counts."""
    days = [row.reviewed for row in data.indications.indications]
    return f"Label status last checked {typeset.date(min(days))}." if days else "No label covers any use named here."
