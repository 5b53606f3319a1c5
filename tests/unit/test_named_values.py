"""Numbers and ratios by name: what a page or a figure names wrongly is answered with the row, the field and the cure."""

from decimal import Decimal

import pytest

from macros.content.named_values import number, placeholder_faults, ratio_choice, ratio_parts
from macros.content.project import Project
from macros.content.rows.label import Region
from macros.content.rows.preparations import RatioChoice


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("age-16.percent", "no row 'age-16' in docs/data/ (did you mean 'age-016'?)"),
        ("age-016.percents", "no number 'percents' in row 'age-016' (did you mean 'percent'?); it has: percent"),
        ("term-sphere.size", "no number 'size' in row 'term-sphere'; it has: none"),
        ("percent", "expected the id of a row, a dot and the name of a number, such as"),
        ("ratio-withheld.diluent_parts", "'ratio-withheld' is not to be published (it is not verified)"),
    ],
)
def test_a_number_that_is_not_there_is_answered(invented: Project, name: str, said: str) -> None:
    with pytest.raises(ValueError) as stopped:
        number(invented.published, name)
    assert str(stopped.value).startswith(said)
    assert any(fault.startswith(said) for fault in placeholder_faults(invented.published, f"About {{{name}}}."))


@pytest.mark.parametrize(
    ("row", "presentation", "said"),
    [
        ("ratio-1-4", None, "no row 'ratio-1-4' in docs/data/ (did you mean 'ratio-1-"),
        ("term-sphere", None, "row 'term-sphere' states no ratio"),
        ("ratio-1-3", "syringe-larg", "no presentation 'syringe-larg' in docs/data/ (did you mean 'syringe-large'?)"),
        ("decolletage-label", "syringe-large", "ratio: volumes are given for the rows of preparations.yml, not for"),
    ],
)
def test_a_ratio_that_is_not_there_is_answered(
    invented: Project, row: str, presentation: str | None, said: str
) -> None:
    with pytest.raises(ValueError) as stopped:
        ratio_parts(invented.published, row)
        ratio_choice(invented.published, row, str(presentation))
    assert str(stopped.value).startswith(said)


def test_numbers_and_ratios_are_those_of_the_rows(invented: Project) -> None:
    data = invented.data
    for row in data.preparations.ratios:
        if row.publish:
            assert number(invented.published, f"{row.id}.diluent_parts") == (row.diluent_parts, "diluent_parts")
            assert ratio_parts(invented.published, row.id) == (Decimal(1), row.diluent_parts, None)
    for fact in data.product.handling:
        for name, value in fact.values.items():
            assert number(invented.published, f"{fact.id}.{name}") == (value, name)


def test_a_row_of_another_kind_is_not_taken_for_the_one_wanted(invented: Project) -> None:
    assert invented.data.one("neck", Region).id == "neck"
    with pytest.raises(ValueError, match="no ratio 'neck' in docs/data/"):
        invented.data.one("neck", RatioChoice, "ratio")
