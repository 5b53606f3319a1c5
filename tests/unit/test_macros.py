"""Macros as a writer meets them: values in prose, and clear words when a name is wrong."""

from dataclasses import replace
from decimal import Decimal

import pytest
from lxml.html import document_fromstring, fragment_fromstring

from macros.content.label_status import in_words, protocol_statuses
from macros.content.project import Project
from macros.content.settings import Clinic
from macros.printing.print_template import print_document
from macros.rendering import (
    claims,
    prose,
    reference_lists,
    region_summary,
    self_check,
    sheet_fields,
    typeset,
    warnings_and_steps,
)
from macros.rendering.bibliography import Bibliography
from macros.rendering.page_context import Contexts, PageContext
from macros.rendering.tables import preparation, protocols, reference, regions
from tests.figures.geometry import changed

from .sheets import sheet

NBSP = "\u00a0"


def test_value(invented_page: PageContext) -> None:
    assert prose.value(invented_page, "caha-microspheres.share_percent") == f"24{NBSP}%"
    assert prose.value(invented_page, "caha-microspheres.min_um", "caha-microspheres.max_um") == f"20\u201350{NBSP}µm"
    assert prose.value(invented_page, "aev-1.numerator") == "12"


def test_what_a_syringe_holds_follows_its_volume(invented: Project) -> None:
    data = changed(invented.data, "cmp-gel", values={"mg_per_ml": Decimal("3.5")})
    page = Contexts(replace(invented, data=data)).of("index.md", "")
    for row in data.product.presentations[:2]:
        held = prose.per_syringe(page, "cmp-gel.mg_per_ml", row.id)
        assert held == f"{typeset.number(row.volume_ml * Decimal('3.5'))}{NBSP}mg"
        assert {row.id, "cmp-gel"} <= page.used.rows
    with pytest.raises(ValueError, match=r"expected the name of an amount per mL, such as .*, got 'caha-microspheres"):
        prose.per_syringe(page, "caha-microspheres.min_um", "syringe-large")


def test_the_totals_of_the_verdicts_are_counted(invented_page: PageContext) -> None:
    assert as_words(reference.claims_totals(invented_page)) == (
        "The 6 claims by verdict: supported 1; supported, with nuance 1; corrected 1; contested 1; off-label 1;"
        " unsupported 1. An off-label use is named in 2 of them."
    )
    assert {"A01", "T12"} <= invented_page.used.rows


def test_ratio(invented_page: PageContext) -> None:
    assert prose.ratio(invented_page, "neck-faria2022thyroid") == "1:5"
    assert prose.ratio(invented_page, "jawline-thin") == "2:3"
    assert prose.ratio(invented_page, "band-thick") == "1:1 to 1:3"
    assert prose.ratio(invented_page, "apr-eu") == "1:3"
    with_volumes = prose.ratio(invented_page, "ratio-1-3", "syringe-large").replace(NBSP, " ")
    assert with_volumes == "1:3 (2 mL product + 6 mL diluent = 8 mL)"


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda page: prose.value(page, "age-16.percent"), "no row 'age-16' in docs/data/ (did you mean 'age-016'?)"),
        (lambda page: prose.value(page, "age-016.percents"), "no number 'percents' in row 'age-016' (did you mean 'percent'?); it has: percent"),
        (lambda page: prose.value(page, "fct-2.sold_percent"), "'fct-2' is not to be published"),
        (lambda page: prose.ratio(page, "neck-unstated"), "states no ratio"),
        (lambda page: warnings_and_steps.safety_list(page, "stop_sign"), "did you mean 'stop_signs'?"),
        (lambda page: warnings_and_steps.safety_list(page, "stop_signs", "nurse"), "audience is practitioner or patient, got 'nurse'"),
        (lambda page: warnings_and_steps.safety_list(page, "imaging", "patient"), "no printed line of kind 'imaging' for patients"),
        (lambda page: warnings_and_steps.safety_list(page, "vascular", only=["vasc-1"]), "no printed line 'vasc-1' of kind 'vascular' (did you mean 'vasc-01'?)"),
        (lambda page: warnings_and_steps.safety_list(page, "vascular", only=["stp-01"]), "no printed line 'stp-01' of kind 'vascular'"),
        (lambda page: warnings_and_steps.steps_list(page, "mix"), "no phase 'mix'"),
        (lambda page: region_summary.region_summary(page, "full-face"), "'full-face' is not a treatment region"),
        (lambda page: reference_lists.open_questions_list(page, "mix"), "no question in the area 'mix'"),
        (lambda page: self_check.questions_list(page, "aging/skim.md"), "did you mean 'aging/skin.md'?"),
        (lambda page: claims.claim(page, "T13"), "no claim 'T13'"),
        (lambda page: protocols.protocol_table(page, region="nek"), "no region 'nek' in docs/data/ (did you mean 'neck'?)"),
        (lambda page: preparation.preparation_table(page, "syringe-larg"), "no presentation 'syringe-larg'"),
        (lambda page: preparation.preparation_table(page, "syringe-large", ratios=["ratio-1-4"]), "no ratio 'ratio-1-4'"),
        (lambda page: page.cite(["rct03"]), "no source 'rct03' in docs/data/references.json (did you mean 'rct02'?)"),
    ],
)  # fmt: skip
def test_a_wrong_name_is_answered_with_the_right_one(invented_page: PageContext, call, words: str) -> None:
    with pytest.raises(ValueError) as error:
        call(invented_page)
    assert words in str(error.value)


def test_a_safety_list_prints_the_lines_that_are_named_in_their_order(invented_page: PageContext) -> None:
    def printed(**named: list[str]) -> list[str]:
        html = warnings_and_steps.safety_list(invented_page, "vascular", **named)
        return fragment_fromstring(html).xpath(".//li/@data-row")

    assert printed() == ["vasc-01", "vasc-02"]
    assert printed(only=["vasc-02"]) == ["vasc-02"]
    assert printed(only=["vasc-02", "vasc-01"]) == ["vasc-02", "vasc-01"]


def test_numbers_of_citations_follow_the_page(invented: Project) -> None:
    contexts = Contexts(invented)
    page = contexts.of("index.md", "")
    assert ">1</a>, <a" in page.cite(["rct01", "label01"])
    assert ">2</a>" in page.cite(["label01"])
    listed = page.citations.reference_list()
    assert listed.index("ref-rct01") < listed.index("ref-label01")
    assert ">1</a>" in contexts.of("aging/skin.md", "").cite(["vitro01"]), "each page starts at 1"


def test_the_reference_list_is_in_ama_style(invented: Project) -> None:
    bibliography = Bibliography(invented.data.references)
    trial = bibliography.entry("rct01")
    assert trial.startswith("Example A. An invented rct source. <i>Journal of Made-up Results</i>. 2029;7(2):11-19.")
    assert 'href="https://doi.org/10.99999/example.1"' in trial
    assert "Randomized trial, 31\u00a0people</span>" in trial
    many = bibliography.entry("rct02")
    assert many.startswith('Example B, Example A, Example C, et al. A trial of &lt;nothing&gt; &amp; "more". <i>')


def test_a_region_to_avoid_is_marked_so(either: Project) -> None:
    page = Contexts(either).of("index.md", "")
    marked = {row.id: row.caution == "avoid" for row in either.published.regions.regions if row.kind == "treatment"}
    assert True in marked.values()
    for region, avoid in marked.items():
        for diluted in (True, False):
            assert ("mark-avoid" in prose.label_mark(page, region, diluted=diluted)) == avoid


def test_a_dilution_is_on_label_where_an_indication_covers_it(invented_page: PageContext) -> None:
    marked = {row.id for row in invented_page.data.regions.regions
              if "mark-on-label" in prose.label_mark(invented_page, row.id)}  # fmt: skip
    assert marked == {"decolletage"}


def test_the_mark_of_off_label_use_names_all_jurisdictions(invented_page: PageContext) -> None:
    assert as_words(prose.off_label(invented_page)) == "Off-label (US, EU)"
    assert as_words(prose.off_label(invented_page, "not approved")) == "Off-label (US, EU): not approved"


def test_diluted_use_is_told_in_words_and_its_labels_are_printed(invented_page: PageContext) -> None:
    words = as_words(prose.diluted_use(invented_page))
    assert words == "Off-label (US, EU), except décolleté at 1:3 (EU; US reported)"
    assert {"ind-eu-decolletage", "ind-us-decolletage"} <= invented_page.used.rows


def as_words(html: str) -> str:
    return fragment_fromstring(f"<p>{html}</p>").text_content().replace(NBSP, " ")


def test_protocol_status(invented: Project) -> None:
    data = invented.published
    rows = {row.id: in_words(protocol_statuses(row, data)) for row in data.protocols.protocols}
    assert rows["decolletage-label"] == "reported on label (US); on label (EU)"
    assert rows["decolletage-range"] == "off-label (US, EU)", "another ratio is off-label there too"
    assert rows["decolletage-preserved"] == "off-label (US, EU)", "preserved saline is not the labeled diluent"
    assert rows["neck-faria2022thyroid"] == "off-label (US, EU)"
    assert rows["jawline-plain"] == "on label (US); off-label (EU)"
    assert rows["glabella-warning"] == "avoid"


@pytest.mark.parametrize(
    "phone",
    ["+1 (555)-0100", "(555) -0100", "0 -5 5", "555.0100 ext. 12", "030/555 0100-7", "+49 30 55 G", "<555> & 0100", "24 hours: 5"],
)  # fmt: skip
def test_what_a_clinic_writes_is_printed_as_typed(invented: Project, phone: str) -> None:
    clinic = Clinic(name=phone, phone=phone, emergency=phone)
    site = replace(invented.site, clinic=clinic, training_address=f"https://example.org/{phone}")
    page = Contexts(replace(invented, site=site)).of("index.md", "")
    filled = fragment_fromstring(sheet_fields.fields(page, "Clinic", "Clinic phone", "Emergency number"))
    assert filled.xpath(".//input[@class='field-line']/@value") == [phone] * 3
    contact = fragment_fromstring(reference_lists.training_contact(page))
    assert contact.findtext("a") == f"https://example.org/{phone}"
    head = document_fromstring(print_document(sheet("<p>Words.</p>", contact=phone), "a4", site))
    assert phone in head.text_content()


def test_the_oldest_day_of_a_check_counts(either: Project) -> None:
    rows = either.published.approvals.approvals
    oldest = typeset.date(min(row.reviewed for row in rows))
    data = changed(either.data, rows[-1].id, reviewed="1999-02-03")
    for project, day in ((either, oldest), (replace(either, data=data), typeset.date("1999-02-03"))):
        table = regions.approvals_table(Contexts(project).of("index.md", ""))
        assert f"last checked {day}</caption>" in table


def test_a_list_of_a_data_file_is_noted_where_it_is_printed(invented: Project) -> None:
    page = Contexts(invented).of("index.md", "")
    preparation.preparation_table(page, "syringe-large")
    assert "preparations.syringes" in page.used.rows
