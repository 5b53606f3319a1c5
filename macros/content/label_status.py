"""The label status of a use: the one function that tells it, from the rows of indications.yml."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from .published import Published
from .rows.indications import Diluent, Indication, Jurisdiction
from .rows.label import Region
from .rows.preparations import RatioChoice
from .rows.studies import Outcome
from .rows.technique import Protocol
from .vocabulary import STUDIES

StatusKind = Literal[
    "on-label", "reported", "not-stated", "off-label", "avoid", "not-a-treatment", "another-product",
]  # fmt: skip


STATUS_NAMES: dict[StatusKind, str] = {
    "on-label": "on label",
    "reported": "reported on label",
    "not-stated": "label status not stated",
    "off-label": "off-label",
    "avoid": "avoid",
    "not-a-treatment": "not a treatment",
    "another-product": "another product",
}


@dataclass(frozen=True)
class Preparation:
    """How the product is used: undiluted, diluted as far as is stated, or another product.

    `low` and `high` are parts of diluent to one of product, None when not stated; so are `diluents`.
    `undiluted` is None when a row does not say whether it was diluted; a mixture of both is not stated either.
    """

    undiluted: bool | None = False
    low: Decimal | None = None
    high: Decimal | None = None
    diluents: frozenset[str] = frozenset()
    other_product: bool = False


UNDILUTED = Preparation(undiluted=True)


@dataclass(frozen=True)
class Status:
    """The label status of a use in one jurisdiction, and the indications that cover it."""

    jurisdiction: Jurisdiction
    kind: StatusKind
    by: tuple[Indication, ...] = ()


def status(
    data: Published, jurisdiction: Jurisdiction, region: Region, presentation: str | None, preparation: Preparation
) -> Status:
    """The label status of a use; `presentation` None asks for any that the label names.

    What no indication covers is off-label; `avoid` is a caution of the region and stands above both.
    """
    if preparation.other_product:
        return Status(jurisdiction, "another-product")
    if region.kind == "laboratory":
        return Status(jurisdiction, "not-a-treatment")
    if region.caution == "avoid":
        return Status(jurisdiction, "avoid")
    answers = [
        (covers(row, preparation, data), row)
        for row in data.indications.indications
        if row.jurisdiction == jurisdiction.id
        and region.id in row.regions
        and presentation in (None, *row.presentations)
    ]
    covering = [row for answer, row in answers if answer]
    if read := tuple(row for row in covering if row.seen == "read"):
        return Status(jurisdiction, "on-label", read)
    if covering:
        return Status(jurisdiction, "reported", tuple(covering))
    open_ = tuple(row for answer, row in answers if answer is None)
    return Status(jurisdiction, "not-stated" if open_ else "off-label", open_)


def statuses(
    data: Published, region: Region, preparation: Preparation, presentation: str | None = None
) -> tuple[Status, ...]:
    """The label status of a use in each jurisdiction."""
    return tuple(status(data, place, region, presentation, preparation) for place in jurisdictions(data))


def jurisdictions(data: Published) -> list[Jurisdiction]:
    """The jurisdictions whose status is printed."""
    return data.indications.jurisdictions


def covers(label: Indication, use: Preparation, data: Published) -> bool | None:
    """Whether an indication covers a preparation; None when that hangs on what is not stated.

    A range of ratios is not one of its ends, and more than the labeled diluent is another preparation.
    """
    if use.undiluted is None:
        return None
    if label.undiluted or use.undiluted:
        return label.undiluted and use.undiluted
    ratio = _ratio_covered(label, use)
    diluents = _diluents_covered(label.diluents, use.diluents, data)
    if ratio is False or diluents is False:
        return False
    return True if ratio and diluents else None


def _ratio_covered(label: Indication, use: Preparation) -> bool | None:
    if use.low is None:
        return None
    return use.low == use.high == labeled_parts(label)


def labeled_parts(label: Indication) -> Decimal | None:
    """Parts of diluent to one part of product that an indication names; None when it is undiluted."""
    if label.diluent_parts is None or label.product_parts is None:
        return None
    return label.diluent_parts / label.product_parts


def _diluents_covered(labeled: Collection[str], used: Collection[str], data: Published) -> bool | None:
    """Whether exactly the labeled diluents were used; None when the words leave that open."""
    if not used:
        return None
    if set(used) == set(labeled):
        return True
    if len(used) != len(labeled):
        return False
    # A label that says "saline" means each saline that its words may be; a source that says so leaves it open.
    if all(_among(name, labeled, data) for name in used):
        return True
    possible = {name for used_name in used for name in (used_name, *_may_be(used_name, data))}
    return None if set(labeled) <= possible else False


def _among(name: str, labeled: Iterable[str], data: Published) -> bool:
    return any(name in (label, *_may_be(label, data)) for label in labeled)


def _may_be(name: str, data: Published) -> list[str]:
    return data.one(name, Diluent, "diluent").may_be


# --- rows ---------------------------------------------------------------------------------------


def protocol_preparation(row: Protocol) -> Preparation:
    """How a protocol row used the product."""
    if row.undiluted is None:
        return Preparation(undiluted=None)
    if row.undiluted:
        return UNDILUTED
    low, high = (
        None if parts is None else parts / row.product_parts for parts in (row.diluent_parts_min, row.diluent_parts_max)
    )
    return Preparation(False, low, high, frozenset(row.diluents))


def protocol_statuses(row: Protocol, data: Published) -> tuple[Status, ...]:
    """The label status of a protocol row in each jurisdiction."""
    return statuses(data, data.region(row.region), protocol_preparation(row))


def outcome_preparation(row: Outcome) -> Preparation:
    """How a study used the product; what its row does not confirm is not stated."""
    if row.other_product:
        return Preparation(other_product=True)
    if not isinstance(row.diluted, bool):
        return Preparation(undiluted=None)
    if not row.diluted:
        return UNDILUTED
    if row.diluent_parts is None:
        return Preparation(diluents=frozenset(row.diluents))
    parts = row.diluent_parts / (row.product_parts or 1)
    return Preparation(False, parts, parts, frozenset(row.diluents))


def outcome_statuses(row: Outcome, data: Published) -> tuple[Status, ...]:
    """The label status of an outcome row in each jurisdiction."""
    return statuses(data, data.region(row.region), outcome_preparation(row))


def labeled_dilutions(
    data: Published, presentation: str | None = None, ratio: RatioChoice | None = None
) -> list[Indication]:
    """The indications for diluted product, of one presentation and of one ratio if these are given.

    A label that speaks of nothing but regions to avoid is none of them: the caution stands above it.
    """
    parts = None if ratio is None else ratio.diluent_parts / ratio.product_parts
    return [
        row
        for row in data.indications.indications
        if not row.undiluted
        and presentation in (None, *row.presentations)
        and parts in (None, labeled_parts(row))
        and treated(row, data)
    ]


def treated(label: Indication, data: Published) -> list[Region]:
    """The regions of an indication that may be treated."""
    regions = {row.id: row for row in data.regions.regions if row.kind != "laboratory" and row.caution != "avoid"}
    return [regions[name] for name in label.regions if name in regions]


def in_words(found: Iterable[Status]) -> str:
    """Statuses as the downloads carry them: 'on label (EU); off-label (US)'."""
    return "; ".join(
        STATUS_NAMES[kind] if kind in _EVERYWHERE else f"{STATUS_NAMES[kind]} ({', '.join(names)})"
        for kind, names in by_kind(found).items()
    )


# What does not hang on a jurisdiction.
_EVERYWHERE: frozenset[StatusKind] = frozenset({"avoid", "not-a-treatment", "another-product"})


def by_kind(found: Iterable[Status]) -> dict[StatusKind, list[str]]:
    """The jurisdictions, in short, by the status that they share; in the order of the statuses."""
    groups: dict[StatusKind, list[str]] = {}
    for one in found:
        groups.setdefault(one.kind, []).append(one.jurisdiction.short)
    return groups


def region_statuses(data: Published, region: Region, diluted: bool) -> tuple[Status, ...]:
    """The label status of a region in each jurisdiction for diluted or undiluted product, whatever the ratio.

    It is on label where some indication covers it: the rows in `by` say at which ratio.
    """
    if not diluted:
        return statuses(data, region, UNDILUTED)
    return tuple(_region_status(data, place, region) for place in jurisdictions(data))


def _region_status(data: Published, jurisdiction: Jurisdiction, region: Region) -> Status:
    if region.kind == "laboratory" or region.caution == "avoid":
        return status(data, jurisdiction, region, None, Preparation())
    rows = [row for row in labeled_dilutions(data) if row.jurisdiction == jurisdiction.id and region.id in row.regions]
    read = tuple(row for row in rows if row.seen == "read")
    return Status(jurisdiction, "on-label" if read else "reported" if rows else "off-label", read or tuple(rows))


# --- what was done ------------------------------------------------------------------------------


def studies(rows: Iterable[Protocol], data: Published) -> list[Protocol]:
    """Those protocol rows that report a study; neither the source article, nor a register or newsletter."""
    article = data.claims.source_article
    return [row for row in rows if row.evidence in STUDIES and article not in row.refs]


def taught(rows: Iterable[Protocol], data: Published) -> list[Protocol]:
    """Those protocol rows that say what the source article teaches."""
    return [row for row in rows if data.claims.source_article in row.refs]


def opinions(rows: Iterable[Protocol]) -> list[Protocol]:
    """Those protocol rows that say what a consensus of experts advises: opinion, not a study."""
    return [row for row in rows if row.evidence == "consensus"]


def studies_at(ratio: RatioChoice, data: Published) -> list[Protocol]:
    """The protocol rows of studies that used exactly this ratio."""
    parts = ratio.diluent_parts / ratio.product_parts
    rows = [(row, protocol_preparation(row)) for row in studies(data.protocols.protocols, data)]
    return [row for row, used in rows if used.low == used.high == parts]
