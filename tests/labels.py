"""Indications made for a test: one label, and data whose labels are exchanged."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from macros.content.load import Data
from macros.content.rows.indications import Indication

from .figures.geometry import with_rows


def label(region: str, jurisdiction: str = "eu", parts: int | None = None, **fields: Any) -> Indication:
    """A label that was read, for the larger syringe of the fixture: undiluted, or at 1 to `parts` in test saline."""
    diluted = {"product_parts": Decimal(1), "diluent_parts": Decimal(parts or 0), "diluents": ["test-saline"]}
    made = {
        "id": f"ind-made-{region}-{jurisdiction}-{parts or 'undiluted'}", "jurisdiction": jurisdiction, "regions": [region],
        "presentations": ["syringe-large"], "use": "a made-up use", "seen": "read", "refs": ["label01"],
        "reviewed": "2030-03-01", "review_by": "2031-03-01", **({"undiluted": True} if parts is None else diluted),
        **fields,
    }  # fmt: skip
    return Indication.model_validate(made)


def with_labels(data: Data, *labels: Indication) -> Data:
    """The data with these labels and no others."""
    return with_rows(data, "indications", "indications", labels)


def without_labels(data: Data, region: str) -> Data:
    """The data with no label for one region."""
    return with_labels(data, *_others(data.indications.indications, region))


def and_labels(data: Data, *labels: Indication) -> Data:
    """The data with these labels too."""
    return with_labels(data, *data.indications.indications, *labels)


def _others(labels: Iterable[Indication], region: str) -> list[Indication]:
    kept = [row.model_copy(update={"regions": [one for one in row.regions if one != region]}) for row in labels]
    return [row for row in kept if row.regions]
