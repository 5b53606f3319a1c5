"""Macros as a writer meets them: values in prose, and clear words when a name is wrong."""

import pytest

from macros.content.label_status import protocol_label_status
from macros.content.load import Data
from macros.rendering import claims, prose, reference_lists, region_summary, self_check, warnings_and_steps
from macros.rendering.bibliography import Bibliography
from macros.rendering.citations import PageCitations
from macros.rendering.page_context import PageContext
from macros.rendering.tables import preparation, protocols

NBSP = "\u00a0"


@pytest.fixture
def cite(data: Data) -> PageCitations:
    return PageCitations(Bibliography(data.references))


def test_value(context: PageContext) -> None:
    assert prose.value(context, "caha-microspheres.share_percent") == f"30{NBSP}%"
    assert prose.value(context, "caha-microspheres.min_um", "caha-microspheres.max_um") == f"25\u201345{NBSP}µm"
    assert prose.value(context, "aev-01.numerator") == "81"


def test_ratio(context: PageContext) -> None:
    assert prose.ratio(context, "neck-trindade2023") == "1:4"
    assert prose.ratio(context, "band-gel") == "1:1 to 1:2"
    assert prose.ratio(context, "apr-23") == "1:2"
    with_volumes = prose.ratio(context, "ratio-1-2", "radiesse-1.5-ml").replace(NBSP, " ")
    assert with_volumes == "1:2 (1.5 mL product + 3 mL diluent = 4.5 mL)"


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda context: prose.value(context, "age-16.percent"), "no row 'age-16' in docs/data/ (did you mean 'age-016'?)"),
        (lambda context: prose.value(context, "age-016.percents"), "no number 'percents' in row 'age-016'; it has: percent"),
        (lambda context: prose.value(context, "prd-004.min_percent"), "'prd-004' is not to be published"),
        (lambda context: prose.ratio(context, "neck-massidda2023"), "states no ratio"),
        (lambda context: warnings_and_steps.safety_list(context, "stop_sign"), "did you mean 'stop_signs'?"),
        (lambda context: warnings_and_steps.safety_list(context, "stop_signs", "nurse"), "audience is practitioner or patient, got 'nurse'"),
        (lambda context: warnings_and_steps.safety_list(context, "nodules", "patient"), "no printed line of kind 'nodules' for patients"),
        (lambda context: warnings_and_steps.steps_list(context, "mix"), "no phase 'mix'"),
        (lambda context: region_summary.region_summary(context, "full-face"), "'full-face' is not a treatment region"),
        (lambda context: reference_lists.open_questions_list(context, "mix"), "no question in the area 'mix'"),
        (lambda context: self_check.questions_list(context, "technique/mix.md"), "did you mean 'technique/mixing.md'?"),
        (lambda context: claims.claim(context, "T12"), "no claim 'T12'"),
        (lambda context: protocols.protocol_table(context, region="nek"), "no region 'nek' (did you mean 'neck'?)"),
        (lambda context: preparation.preparation_table(context, "radiesse-1.6-ml"), "no presentation 'radiesse-1.6-ml'"),
        (lambda context: preparation.preparation_table(context, ratios=["ratio-1-5"]), "no ratio 'ratio-1-5'"),
        (lambda context: context.cite(["trindade2032"]), "no source 'trindade2032' in docs/data/references.json (did you mean 'trindade2023'?)"),
    ],
)  # fmt: skip
def test_a_wrong_name_is_answered_with_the_right_one(context: PageContext, call, words: str) -> None:
    with pytest.raises(ValueError) as error:
        call(context)
    assert words in str(error.value)


def test_numbers_of_citations_follow_the_page(cite: PageCitations) -> None:
    first = cite(["trindade2023", "goldie2018"])
    again = cite(["goldie2018"])
    assert ">1</a>, <a" in first
    assert ">2</a>" in again
    listed = cite.reference_list()
    assert listed.index("ref-trindade2023") < listed.index("ref-goldie2018")


def test_the_reference_list_is_in_ama_style(data: Data) -> None:
    entry = Bibliography(data.references).entry("goldie2018")
    assert entry.startswith("Goldie K, Peeters W, Alghoul M, et al. Global Consensus Guidelines")
    assert "<i>Dermatologic Surgery</i>. 2018;44:S32-S41." in entry
    assert 'href="https://doi.org/10.1097/DSS.0000000000001685"' in entry
    assert "Consensus</span>" in entry


def test_a_region_to_avoid_is_marked_so(data: Data, context: PageContext) -> None:
    for region in data.regions.regions:
        if region.caution == "avoid":
            assert "mark-avoid" in prose.label_mark(context, region.id)
            assert "mark-avoid" in prose.label_mark(context, region.id, diluted=False)


def test_only_the_decollete_has_a_labeled_dilution(data: Data, context: PageContext) -> None:
    marked = {row.id for row in data.regions.regions if "mark-on-label" in prose.label_mark(context, row.id)
              and row.us_diluted}  # fmt: skip
    assert marked == {"decolletage"}


def test_protocol_status(data: Data) -> None:
    rows = {row.id: protocol_label_status(row, data) for row in data.protocols.protocols}
    assert rows["decolletage-pavicic2024-two"] == "on label (US, EU)"
    assert rows["decolletage-yutskovskaya2017-thin"] == "off-label (US, EU)", "another ratio is off-label there too"
    assert rows["decolletage-yutskovskaya2017-normal"] == "off-label (US, EU)", (
        "preserved saline is not the labeled diluent"
    )
    assert rows["neck-trindade2023"] == "off-label (US, EU)"
    assert rows["tear-trough-corduff2020"] == "avoid"
