"""Numbers and words as they are printed."""

from decimal import Decimal

import pytest

from macros.rendering import typeset

NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("value", "shown"),
    [("3.0", "3"), ("0.5", "0.5"), ("40.50", "40.5"), ("5081", "5,081"), ("-4.41", "\u22124.41"), ("0.0", "0"),
     ("100", "100"), ("1.667", "1.667"), ("0.00245", "0.002")],
)  # fmt: skip
def test_number(value: str, shown: str) -> None:
    assert typeset.number(Decimal(value)) == shown


@pytest.mark.parametrize(("value", "shown"), [("0.005", "0.01"), ("0.004", "0"), ("2.675", "2.68"), ("1.0", "1")])
def test_volumes_round_half_up_to_a_hundredth(value: str, shown: str) -> None:
    assert typeset.millilitres(Decimal(value)) == f"{shown}{NBSP}mL"


@pytest.mark.parametrize(
    ("name", "shown"),
    [("fall_percent", f"6{NBSP}%"), ("mean_mm", f"6{NBSP}mm"), ("interval_weeks", f"6{NBSP}weeks"), ("n", "6"),
     ("outer_gauge", f"6{NBSP}G"), ("mg_per_ml", f"6{NBSP}mg/mL"), ("min_c", f"6{NBSP}°C")],
)  # fmt: skip
def test_the_name_carries_the_unit(name: str, shown: str) -> None:
    assert typeset.quantity(6, name) == shown


def test_range() -> None:
    assert typeset.quantity_range(25, 45, "max_um") == f"25\u201345{NBSP}µm"
    assert typeset.quantity_range(25, 25, "max_um") == f"25{NBSP}µm"


def test_ratio() -> None:
    assert typeset.ratio(1, 4) == "1:4"
    assert typeset.ratio(1, Decimal(1), Decimal(2)) == "1:1 to 1:2"
    assert typeset.ratio(1, Decimal("0.385")) == "1:0.385"


def test_words_are_escaped_and_units_tied() -> None:
    assert typeset.text('<b>"5 mL"</b> | {{ x }}') == f'&lt;b&gt;"5{NBSP}mL"&lt;/b&gt; | {{{{ x }}}}'
    assert typeset.text("-4.41 cm, K-070090, S32-S41, 1-2") == f"\u22124.41{NBSP}cm, K-070090, S32-S41, 1-2"
    assert typeset.text("73.5 % of 117") == f"73.5{NBSP}% of 117"


@pytest.mark.parametrize(
    ("date", "precision", "shown"),
    [("2026-03-31", "day", f"31{NBSP}March{NBSP}2026"), ("2021-09", "month", f"September{NBSP}2021"),
     ("2006-12", "before", f"before December{NBSP}2006"), ("2004", "uncertain", "2004 (sources disagree)"),
     (None, "undated", "undated")],
)  # fmt: skip
def test_date(date: str | None, precision: str, shown: str) -> None:
    assert typeset.date(date, precision) == shown
