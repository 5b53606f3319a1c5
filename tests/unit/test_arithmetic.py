"""The arithmetic of dilution against cases worked out by hand."""

from decimal import Decimal

import pytest

from macros.content.rows.preparations import Preparation

# presentation mL, syringes, diluent parts -> product mL, diluent mL, total mL, product %, CaHA % v/v
BY_HAND = [
    ("1.5", 1, "1", "1.5", "1.5", "3", "50", "15"),
    ("1.5", 1, "2", "1.5", "3", "4.5", "33.3333", "10"),
    ("1.5", 2, "4", "3", "12", "15", "20", "6"),
    ("1.5", 4, "8", "6", "48", "54", "11.1111", "3.3333"),
    ("0.8", 1, "3", "0.8", "2.4", "3.2", "25", "7.5"),
    ("0.8", 3, "6", "2.4", "14.4", "16.8", "14.2857", "4.2857"),
    ("1.5", 1, "0.2", "1.5", "0.3", "1.8", "83.3333", "25"),
    ("1.5", 1, "0", "1.5", "0", "1.5", "100", "30"),
]


@pytest.mark.parametrize(("volume", "syringes", "parts", "product", "diluent", "total", "share", "caha"), BY_HAND)
def test_volumes_and_shares(
    volume: str, syringes: int, parts: str, product: str, diluent: str, total: str, share: str, caha: str
) -> None:
    example = Preparation(
        presentation_ml=Decimal(volume), syringes=syringes, product_parts=Decimal(1), diluent_parts=Decimal(parts)
    )
    assert example.product_ml == Decimal(product)
    assert example.diluent_ml == Decimal(diluent)
    assert example.total_ml == Decimal(total)
    assert round(example.product_percent, 4) == Decimal(share)
    assert round(example.caha_percent_v_v, 4) == Decimal(caha)


def test_parts_are_relative() -> None:
    """2 parts product to 4 parts diluent is the same mixture as 1 to 2."""
    one = Preparation(presentation_ml=Decimal("1.5"), syringes=1, product_parts=Decimal(1), diluent_parts=Decimal(2))
    two = Preparation(presentation_ml=Decimal("1.5"), syringes=1, product_parts=Decimal(2), diluent_parts=Decimal(4))
    assert (one.diluent_ml, one.caha_percent_v_v) == (two.diluent_ml, two.caha_percent_v_v)
