"""Every kind of slip in a file is answered with file, line, row, field and cure: the fixture with one place changed."""

import json
from pathlib import Path
from typing import NamedTuple

import pytest
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config

from macros import build
from macros.__main__ import main
from macros.content.faults import ContentError
from macros.content.project import Project, load_project
from macros.rendering.dry_run import dry_run_faults

from ..projects import command, edit


class Slip(NamedTuple):
    """In `file`, behind `after`, `old` became `new`; `said` is the answer, with the line of the change.

    With `at` the answer has the line of these words instead.
    """

    name: str
    file: str
    after: str
    old: str
    new: str
    said: str
    at: str = ""


LABEL, NECK = "id: decolletage-label\n", "id: neck\n"
DATA = [
    # What YAML would guess.
    Slip("ratio-plain", "data/protocols.yml", LABEL, "min: 3", "min: 1:4", "decolletage-label: diluent_parts_min: expected a number from 0 to 20, got '1:4' (write the two parts as numbers)"),
    Slip("ratio-quoted", "data/protocols.yml", LABEL, "min: 3", "min: '1:4'", "decolletage-label: diluent_parts_min: expected a number from 0 to 20, got '1:4' (write the two parts as numbers)"),
    Slip("number-quoted", "data/protocols.yml", LABEL, "min: 3", "min: '2'", "decolletage-label: diluent_parts_min: expected a number from 0 to 20, got '2' (remove the quotes)"),
    Slip("number-as-word", "data/protocols.yml", LABEL, "min: 3", "min: two", "decolletage-label: diluent_parts_min: expected a number from 0 to 20, got 'two'"),
    Slip("number-as-text", "data/protocols.yml", LABEL, "plane: second layer", "plane: 5", "decolletage-label: plane: expected text, got 5 (put it in quotes)"),
    Slip("yes", "data/protocols.yml", LABEL, "n: 9", "undiluted: yes", "decolletage-label: undiluted: expected true or false, got 'yes'"),
    Slip("text-for-list", "data/protocols.yml", LABEL, "[label01]", "label01", "decolletage-label: refs: expected a list, got 'label01' (write each item on its own line after a hyphen)"),
    Slip("text-for-row", "data/protocols.yml", "protocols:\n", "  - id", "  - neck\n  - id", "row 1 of protocols: expected named fields, got 'neck'"),
    Slip("date-in-words", "data/regions.yml", NECK, "reviewed: '2030-03-01'", "reviewed: 22 November 2026", "neck: reviewed: expected a day such as '2026-11-22', got '22 November 2026'"),
    Slip("day-of-no-calendar", "data/regions.yml", NECK, "'2030-03-01'", "'2030-02-30'", "neck: reviewed: expected a day of the calendar"),
    # Ids that a spreadsheet takes for something else, in some language; keys too.
    Slip("id-as-date", "data/outcomes.yml", "", "id: outc-1\n", "id: apr-01\n", "apr-01: id: expected an id that no spreadsheet takes for a date or a number, got 'apr-01' (write another word before the number, as 'appr-1' for 'apr-1')"),
    Slip("id-as-date-elsewhere", "data/outcomes.yml", "", "id: outc-1\n", "id: dez-24\n", "dez-24: id: expected an id that no spreadsheet takes for a date or a number, got 'dez-24'"),
    Slip("id-as-number", "data/outcomes.yml", "", "id: outc-1\n", "id: 1e5\n", "1e5: id: expected an id that no spreadsheet takes for a date or a number, got '1e5'"),
    Slip("key-as-date", "data/references.json", "", '"id": "', '"id": "may2019", "x": "', "may2019: id: expected an id that no spreadsheet takes for a date or a number, got 'may2019'"),
    # Numbers out of their range.
    Slip("out-of-range", "data/protocols.yml", LABEL, "max: 3", "max: 64", "decolletage-label: diluent_parts_max: expected a number from 0 to 20, got 64"),
    Slip("negative", "data/protocols.yml", "protocols:\n", "product_ml: 1.2", "product_ml: -1.2", "neck-faria2022thyroid: product_ml: expected a number from 0 to 100, got -1.2"),
    Slip("infinite", "data/protocols.yml", "protocols:\n", "total_ml: 7.2", "total_ml: .inf", "neck-faria2022thyroid: total_ml: expected a number from 0 to 100, got '.inf'"),
    Slip("no-number", "data/protocols.yml", "protocols:\n", "product_ml: 1.2", "product_ml: .nan", "neck-faria2022thyroid: product_ml: expected a number from 0 to 100, got '.nan'"),
    Slip("not-whole", "data/protocols.yml", LABEL, "n: 9", "n: 20.5", "decolletage-label: n: expected a whole number from 1 to 10000000, got 20.5"),
    Slip("no-product", "data/preparations.yml", "", "product_parts: 1", "product_parts: 0", "ratio-1-3: product_parts: expected a number above 0, got 0"),
    Slip("too-fine", "data/protocols.yml", LABEL, "product_parts: 1", "product_parts: 1.0004", "decolletage-label: product_parts: expected at most 3 decimals"),
    Slip("least-above-most", "data/protocols.yml", LABEL, "min: 3", "min: 4", "decolletage-label: diluent_parts_min: expected at most diluent_parts_max (3), got 4"),
    # Names that are none.
    Slip("unknown-field", "data/protocols.yml", LABEL, "n: 9", "diluent_part_max: 9", "decolletage-label: diluent_part_max: unknown field (did you mean 'diluent_parts_max'?)"),
    Slip("unknown-field-no-digit", "data/protocols.yml", LABEL, "n: 9", "²: 9", "decolletage-label: ²: unknown field"),
    Slip("unknown-word", "data/protocols.yml", LABEL, "evidence: label", "evidence: labels", "decolletage-label: evidence: expected one of label, regulator"),
    Slip("unknown-region", "data/protocols.yml", "protocols:\n", "region: neck", "region: nek", "neck-faria2022thyroid: region: no 'nek' in regions.yml (did you mean 'neck'?)"),
    Slip("unknown-source", "data/protocols.yml", LABEL, "label01", "labell01", "decolletage-label: refs: no source 'labell01' in references.json (did you mean 'label01'?)"),
    Slip("unknown-source-in-a-long-list", "data/protocols.yml", LABEL, "[label01]", "\n      - label01\n      - labell02", "decolletage-label: refs: no source 'labell02' in references.json (did you mean 'label01'?)", "labell02"),
    Slip("unknown-source-of-one-position", "data/technique.yml", "id: diff-1\n", "[rct01, rct02]", "[rct01, rct99]", "diff-1: positions: no source 'rct99' in references.json (did you mean"),
    Slip("unknown-region-in-a-list", "data/technique.yml", "id: step-mark\n", "[neck]", "\n      - neck\n      - nek", "step-mark: regions: no 'nek' in regions.yml (did you mean 'neck'?)", "      - nek\n"),
    Slip("unknown-claim-of-a-step", "data/technique.yml", "", "claims: [T09]", "claims: [T99]", "claims: no 'T99' in claims.yml (did you mean"),
    Slip("unknown-field-of-a-position", "data/technique.yml", "id: diff-1\n", "says: Not", "sais: Not", "diff-1: positions.0.sais: unknown field (did you mean 'says'?)"),
    Slip("unknown-field-of-a-source", "data/references.json", '"consensus01"', '"container-title"', '"container-titel"', "consensus01: container-titel: unknown field (did you mean 'container-title'?)"),
    Slip("unknown-section", "data/glossary.yml", "", "terms:", "term:", "term: unknown field (did you mean 'terms'?)"),
    Slip("unknown-source-of-a-position", "data/technique.yml", "id: diff-1\n", "[label01]", "[labell01]", "diff-1: positions: no source 'labell01' in references.json (did you mean 'label01'?)"),
    Slip("unknown-term", "data/glossary.yml", "", "see_also: [term-sphere]", "see_also: [term-sfere]", "term-testgel: see_also: no 'term-sfere' in glossary.yml (did you mean 'term-sphere'?)"),
    Slip("unknown-paper", "data/handouts.yml", "id: leaflet\n", "columns: 2", "papers: [a5]", "leaflet: papers.0: expected one of a4, letter; got 'a5'"),
    Slip("unknown-reader", "data/handouts.yml", "id: leaflet\n", "[patient]", "[patients]", "leaflet: audience.0: expected one of practitioner, trainee, patient"),
    Slip("unknown-part", "data/outcomes.yml", "id: outc-2\n", "[funding]", "[founding]", "outc-2: unverified_parts: expected names of fields of this row, got 'founding'"),
    Slip("open-result", "data/outcomes.yml", "id: outc-2\n", "[funding]", "[result]", "outc-2: unverified_parts: a row whose result is not confirmed is not to be printed; write publish: false"),
    Slip("share-not-held", "data/outcomes.yml", "id: outc-11\n", "percent: seen_percent", "percent: sen_percent", "outc-11: comparison: treated names 'sen_percent', which `values` does not hold (did you mean 'seen_percent'?); give the number there, or leave the comparison out", "    comparison:"),
    Slip("share-above-all", "data/outcomes.yml", "id: outc-11\n", "other_percent: 6.25", "other_percent: 106.25", "outc-11: comparison: control expected percents that rise from low to high, and none above 100, got 106.25, 106.25 and 106.25", "    comparison:"),
    Slip("share-out-of-its-interval", "data/outcomes.yml", "id: outc-11\n", "seen_high_percent: 80.5", "seen_high_percent: 70", "outc-11: comparison: treated expected percents that rise from low to high, and none above 100, got 60, 71.25 and 70", "    comparison:"),
    Slip("share-below-nothing", "data/outcomes.yml", "id: outc-11\n", "treated: 80", "treated: 0", "outc-11: comparison: treated has room for numbers from 1, got 0", "    comparison:"),
    Slip("a-small-group", "data/outcomes.yml", "id: outc-11\n", "treated: 80", "treated: 19", "outc-11: comparison: treated has 19 in it; fewer than 20 are not shown as so many in 100: leave the comparison out, and give the counts in the result", "    comparison:"),
    Slip("one-group", "data/outcomes.yml", "id: outc-11\n", "      control: {name: Nothing at all, percent: other_percent}\n", "", "outc-11: comparison.control: missing; expected this field", "    comparison:"),
    Slip("drawn-and-published", "data/aging.yml", "id: lay-40", ", verified: false, publish: false", "", "lay-40: publish: expected false while drawing_only is true, got true"),
    Slip("unknown-kind-of-source", "data/references.json", '"consensus01"', '"kind": "consensus"', '"kind": "konsensus"', "consensus01: custom.kind: expected one of label"),
    # Names in indications, and of their diluents and jurisdictions elsewhere.
    Slip("unknown-jurisdiction", "data/indications.yml", "ind-us-jawline", "jurisdiction: us", "jurisdiction: usa", "ind-us-jawline: jurisdiction: no 'usa' in indications.yml (did you mean 'us'?)"),
    Slip("unknown-region-of-a-label", "data/indications.yml", "ind-us-jawline", "[jawline]", "[jawlines]", "ind-us-jawline: regions: no 'jawlines' in regions.yml (did you mean 'jawline'?)"),
    Slip("unknown-presentation-of-a-label", "data/indications.yml", "ind-us-jawline", "syringe-large", "syringe-larg", "ind-us-jawline: presentations: no 'syringe-larg' in product.yml (did you mean 'syringe-large'?)"),
    Slip("unknown-diluent-of-a-label", "data/indications.yml", "ind-eu-decolletage", "[test-saline]", "[test-salin]", "ind-eu-decolletage: diluents: no 'test-salin' in indications.yml (did you mean 'test-saline'?)"),
    Slip("unknown-approval", "data/indications.yml", "ind-eu-decolletage", "apr-eu", "apr-euu", "ind-eu-decolletage: approval: no 'apr-euu' in approvals.yml (did you mean 'apr-eu'?)"),
    Slip("unknown-diluent-that-words-leave-open", "data/indications.yml", "", "may_be: [test-saline]", "may_be: [test-salin]", "test-saline-open: may_be: no 'test-salin' in indications.yml (did you mean 'test-saline'?)"),
    Slip("unknown-jurisdiction-of-sale", "data/product.yml", "", "sold_in: [us, eu]", "sold_in: [usa, eu]", "syringe-small: sold_in: no 'usa' in indications.yml (did you mean 'us'?)"),
    Slip("unknown-jurisdiction-that-says", "data/regions.yml", "", "regulator_says: {us:", "regulator_says: {usa:", "glabella: regulator_says: no 'usa' in indications.yml (did you mean 'us'?)"),
    Slip("unknown-diluent-of-a-protocol", "data/protocols.yml", LABEL, "[test-saline]", "[test-salin]", "decolletage-label: diluents: no 'test-salin' in indications.yml (did you mean 'test-saline'?)"),
    Slip("unknown-diluent-of-an-outcome", "data/outcomes.yml", "id: outc-1\n", "diluted: true", "diluents: [test-salin]", "outc-1: diluents: no 'test-salin' in indications.yml (did you mean 'test-saline'?)"),
    Slip("amount-of-another-diluent", "data/protocols.yml", LABEL, "    plane: second layer\n", "    diluent_ml: {test-saline-open: 2}\n", "decolletage-label: diluent_ml: expected amounts of the row's diluents, got ['test-saline-open']"),
    Slip("diluent-in-words", "data/protocols.yml", LABEL, "[test-saline]", "[0.9 % saline]", "decolletage-label: diluents.0: expected an id of small letters, digits and hyphens"),
    # Labels that contradict themselves.
    Slip("reported-by-nobody", "data/indications.yml", "ind-us-decolletage", ", reported_by: an invented register", "", "ind-us-decolletage: reported_by: expected who reports it on a row that is reported, and on no other"),
    Slip("read-and-reported", "data/indications.yml", "ind-us-jawline", "seen: read", "seen: read, reported_by: others", "ind-us-jawline: reported_by: expected who reports it on a row that is reported, and on no other"),
    Slip("ratio-of-undiluted", "data/indications.yml", "ind-us-jawline", "undiluted: true", "undiluted: true, product_parts: 1, diluent_parts: 2", "ind-us-jawline: undiluted: expected false on a row with a ratio or a diluent, got true (make it two rows)"),
    Slip("diluent-of-undiluted", "data/indications.yml", "ind-us-jawline", "undiluted: true", "undiluted: true, diluents: [test-saline]", "ind-us-jawline: undiluted: expected false on a row with a ratio or a diluent, got true (make it two rows)"),
    Slip("no-preparation", "data/indications.yml", "ind-us-jawline", "undiluted: true, ", "", "ind-us-jawline: undiluted: expected true, or product_parts, diluent_parts and diluents, got neither"),
    Slip("ratio-without-diluent", "data/indications.yml", "ind-eu-decolletage", "diluents: [test-saline], ", "", "ind-eu-decolletage: undiluted: expected true, or product_parts, diluent_parts and diluents, got neither"),
    Slip("unknown-way-of-seeing", "data/indications.yml", "ind-us-jawline", "seen: read", "seen: red", "ind-us-jawline: seen: expected one of read, reported"),
    # What is missing, or does not belong together.
    Slip("missing-field", "data/protocols.yml", LABEL, "    evidence: label\n", "", "decolletage-label: evidence: missing; expected this field", LABEL),
    Slip("missing-most-pages", "data/handouts.yml", "id: leaflet\n", "    most_pages: 1\n", "", "leaflet: most_pages: missing; expected this field", "id: leaflet\n"),
    Slip("missing-caution", "data/regions.yml", NECK, "    caution: specialist\n", "", "neck: caution: missing; a treatment region carries its caution and reason everywhere it is named", NECK),
    Slip("no-citation", "data/protocols.yml", LABEL, "[label01]", "[]", "decolletage-label: refs: expected at least one citation key on a row that is printed, got none"),
    Slip("not-verified", "data/protocols.yml", LABEL, "n: 9", "verified: false", "decolletage-label: publish: expected false while verified is false, got true (verify it first)", LABEL),
    Slip("answer-is-no-choice", "data/questions.yml", "id: que-1\n", "answer: 6 mL", "answer: 7 mL", "que-1: answer: expected one of the choices, word for word"),
    Slip("most-pages-quoted", "data/handouts.yml", "id: leaflet\n", "most_pages: 1", "most_pages: '1'", "leaflet: most_pages: expected a whole number from 1 to 10000000, got '1' (remove the quotes)"),
    Slip("most-pages-not-whole", "data/handouts.yml", "id: leaflet\n", "most_pages: 1", "most_pages: 1.5", "leaflet: most_pages: expected a whole number from 1 to 10000000, got 1.5"),
    Slip("no-place", "data/handouts.yml", "id: leaflet\n", "#what-is-it", "#What is it?", "leaflet: sections.1: expected a page and a heading such as"),
    Slip("id-twice", "data/glossary.yml", "", "{id: term-sphere", "{id: term-testgel", "term-testgel: id: used twice, first at docs/data/glossary.yml:5; ids are unique"),
    Slip("paper-twice", "data/handouts.yml", "id: leaflet\n", "columns: 2", "papers: [a4, letter, a4]", "leaflet: papers: a4 stands twice; keep one"),
    Slip("reader-twice", "data/handouts.yml", "id: book\n", "[trainee, practitioner]", "[trainee, trainee]", "book: audience: trainee stands twice; keep one"),
    Slip("presentation-twice", "data/preparations.yml", "", "[syringe-small, syringe-large]", "[syringe-small, syringe-small]", "presentations: syringe-small stands twice; keep one"),
    Slip("syringes-twice", "data/preparations.yml", "", "[1, 2, 3]", "[1, 2, 2]", "syringes: 2 stands twice; keep one"),
    Slip("unknown-presentation", "data/preparations.yml", "", "syringe-large", "syringe-larg", "presentations: no 'syringe-larg' in product.yml (did you mean 'syringe-large'?)"),
    Slip("no-share", "data/product.yml", "", "    share_percent: 24\n", "", "caha-microspheres: share_percent: missing; the tables need it", "id: caha-microspheres"),
    Slip("no-spheres", "data/product.yml", "", "id: caha-microspheres", "id: caha-spheres", "caha-microspheres: share_percent: missing; the tables need it", "composition:"),
    Slip("region-of-a-step-without-mark", "data/technique.yml", "id: step-mark\n", "    regions: [neck]\n", "", "step-mark: regions: the row names 'neck'; add neck, so that its label mark is printed", "id: step-mark\n"),
    Slip("row-of-a-decision", "data/decisions.yml", "", "rows: [neck]", "rows: [nek]", "dec-rct01-1: rows: no row and no source 'nek' (did you mean 'neck'?)"),
    Slip("row-of-a-decision-that-went", "data/decisions.yml", "", "decision: retired", "decision: changed", "dec-gone01-1: rows: no row and no source 'neck-gone01'", "neck-gone01"),
    Slip("watched-product", "data/watch.yml", "id: wat-neck", "product: wat-examplegel", "product: wat-examplgel", "wat-neck: product: no 'wat-examplgel' in watch.yml (did you mean 'wat-examplegel'?)"),
    Slip("watched-region", "data/watch.yml", "", "regions: [neck]", "regions: [nek]", "wat-neck: regions: no 'nek' in regions.yml (did you mean 'neck'?)"),
    Slip("watched-question", "data/watch.yml", "", "questions: [opq-1]", "questions: [opq-99]", "wat-neck: questions: no 'opq-99' in open_questions.yml"),
    Slip("watched-approval", "data/watch.yml", "", "[P990001]", "[P990001/S012]", "wat-examplegel: pma_numbers.0: expected the number of an approval without a supplement"),
    Slip("decision-that-is-printed", "data/decisions.yml", "", "decision: kept", "decision: kept, publish: true", "dec-rct01-1: publish: expected "),
    Slip("decision-of-no-kind", "data/decisions.yml", "", "decision: kept", "decision: keep", "dec-rct01-1: decision: expected one of changed, kept, added, retired; got 'keep' (did you mean 'kept'?)"),
    # What the reader refuses.
    Slip("key-twice", "data/protocols.yml", LABEL, "n: 9", "n: 9\n    n: 8", "n: written twice in the same row; keep one", "n: 8"),
    Slip("key-twice-in-json", "data/references.json", "", '"id": "label01"', '"id": "label01", "id": "b"', "id: written twice in the same row; keep one"),
    Slip("alias", "data/protocols.yml", LABEL, "[label01]", "&a [label01]", "anchors and aliases (& and *) are not used here; write the value out"),
    Slip("tag", "data/protocols.yml", LABEL, "n: 9", "n: !!python/name:os.system x", "tags such as tag:yaml.org,2002:python/name:os.system are not used here; remove it"),
    Slip("second-document", "data/protocols.yml", LABEL, "    n: 9\n", "---\n", "a second document starts; expected one"),
    Slip("hidden-character", "data/protocols.yml", LABEL, "second layer", "second\u202elayer", "hidden character U+202E; delete it"),
    Slip("hidden-character-escaped", "data/protocols.yml", LABEL, "second layer", '"\\u202elayer"', "hidden character U+202E"),
    Slip("line-end-escaped", "data/protocols.yml", LABEL, "second layer", '"a\\rb"', "hidden character U+000D"),
    Slip("no-yaml", "data/protocols.yml", LABEL, "n: 9", "n: [9", "not readable as YAML: did not find expected", "    evidence: label\n"),
    Slip("no-json", "data/references.json", "", '"id": "label01",', '"id": "label01", }', "not readable as JSON"),
    Slip("no-number-in-json", "data/references.json", "", '"title": "', '"title": NaN, "x": "', "expected a plain number or a text in quotes"),
    Slip("no-web-address", "data/references.json", "", '"https://example.org/label"', '"javascript:x()"', "label01: URL: expected an address such as"),
]  # fmt: skip
# Slips in pages, and in rows that name pages: found once the data are sound.
PAGES = [
    Slip("no-front-matter", "technique/by-region.md", "", "---\n", "", "no front matter; begin the page with ---, title, description", "title"),
    Slip("title-with-a-macro", "index.md", "title: ", "Fixture Site", "'{{ 7 * 7 }}'", "title: expected plain words"),
    Slip("title-with-html", "index.md", "title: ", "Fixture Site", "<b>Fixture</b>", "title: expected plain words"),
    Slip("title-as-a-time", "index.md", "title: ", "Fixture Site", "1:30", "title: MkDocs reads this as 90; put it in quotes"),
    Slip("day-quoted", "index.md", "reviewed: ", "2030-03-04", "'2030-03-04'", "reviewed: expected a day without quotes"),
    Slip("page-of-a-question", "data/questions.yml", "", "technique/preparation-tables.md", "technique/preparation-table.md", "que-1: page: no page docs/technique/preparation-table.md (did you mean 'technique/preparation-tables.md'?)"),
    Slip("page-of-a-handout", "data/handouts.yml", "id: leaflet\n", "what-the-treatment-is.md", "what-the-treatment.md", "leaflet: page: no page docs/patients/what-the-treatment.md (did you mean 'patients/what-the-treatment-is.md'?)"),
    Slip("name-of-the-print-of-a-page", "data/handouts.yml", "", "id: region-elbows\n", "id: technique-by-region\n", "technique-by-region: id: docs/technique/by-region.md is printed under this name already; take another"),
    Slip("name-of-a-large-print", "data/handouts.yml", "", "id: region-elbows\n", "id: leaflet-large\n", "leaflet-large: id: 'leaflet' in large print is printed under this name already; take another"),
    Slip("large-print-for-practitioners", "data/handouts.yml", "id: card\n", "orientation: landscape", "large_print: true", "card: large_print: expected false on a sheet whose first reader is not patient, got true"),
    Slip("pack-of-none", "data/handouts.yml", "id: test-pack\n", "[card, short-sheet, leaflet]", "[]", "test-pack: sheets: expected at least two sheets, got 0"),
    Slip("pack-of-one", "data/handouts.yml", "id: test-pack\n", "[card, short-sheet, leaflet]", "[card]", "test-pack: sheets: expected at least two sheets, got 1; one is printed by itself"),
    Slip("pack-with-a-renamed-sheet", "data/handouts.yml", "id: test-pack\n", "[card,", "[cart,", "test-pack: sheets: no sheet 'cart' in handouts.yml (did you mean 'card'?)"),
    Slip("pack-in-a-pack", "data/handouts.yml", "id: test-pack\n", "[card,", "[test-pack,", "test-pack: sheets: 'test-pack' is a pack, expected sheets; name those of it: test-pack, short-sheet, leaflet"),
    Slip("pack-with-the-book", "data/handouts.yml", "id: test-pack\n", "[card,", "[book,", "test-pack: sheets: 'book' is the book, expected sheets; take it out"),
    Slip("pack-with-a-sheet-twice", "data/handouts.yml", "id: test-pack\n", "[card, short-sheet,", "[card, card,", "test-pack: sheets: card stands twice; keep one"),
    Slip("pack-for-patients-with-another-sheet", "data/handouts.yml", "id: test-pack\n", "[practitioner]", "[patient]", "test-pack: sheets: 'card' is not for patients, as this pack is; take it out, or change the audience", "sheets: [card, short-sheet, leaflet]"),
    Slip("name-of-a-pack", "data/handouts.yml", "", "id: test-pack\n", "id: leaflet-large\n", "leaflet-large: id: 'leaflet' in large print is printed under this name already; take another"),
    Slip("page-of-a-section", "data/handouts.yml", "id: leaflet\n", "is.md#when", "was.md#when", "leaflet: sections: no page docs/patients/what-the-treatment-was.md"),
    Slip("page-of-a-section-in-a-long-list", "data/handouts.yml", "id: leaflet\n", "is.md#what", "was.md#what", "leaflet: sections: no page docs/patients/what-the-treatment-was.md"),
    Slip("page-of-a-region", "data/regions.yml", NECK, "technique/by-region.md", "technique/by-regions.md", "neck: page: no page docs/technique/by-regions.md (did you mean 'technique/by-region.md'?)"),
    Slip("page-of-a-claim", "data/claims.yml", "", "pages: [product/label-status.md]", "pages: [product/label.md]", "A01: pages: no page docs/product/label.md (did you mean 'product/label-status.md'?)"),
    Slip("page-of-a-change", "data/changes.yml", "", "safety/recognizing-a-complication.md", "safety/recognising-a-complication.md", "chg-5: pages: no page docs/safety/recognising-a-complication.md (did you mean"),
    Slip("day-of-no-calendar-on-a-page", "index.md", "reviewed: ", "2030-03-04", "2030-02-30", "reviewed: MkDocs cannot read this: day is out of range for month"),
    Slip("field-of-a-page", "index.md", "", "audience: ", "audiences: ", "audiences: unknown field (did you mean 'audience'?)"),
    Slip("field-of-the-search-of-a-page", "index.md", "", "boost: 0.5", "word: [x]", "search.word: unknown field (did you mean 'words'?)"),
    Slip("placeholder-in-a-choice", "data/questions.yml", "id: que-1\n", "[2 mL, 6 mL, 8 mL]", "\n      - 6 mL\n      - '{x.y} mL'", "que-1: choices: no row 'x' in docs/data/", "{x.y}"),
    Slip("placeholder-of-a-figure", "data/figures.yml", "", "{syringe-large.volume_ml}", "{syringe-larg.volume_ml}", "ratio-example: caption: no row 'syringe-larg' in docs/data/ (did you mean 'syringe-large'?)"),
    Slip("placeholder-of-a-comparison", "data/outcomes.yml", "id: outc-11\n", "{outc-11.difference_in_100} more rose", "{outc-11.diference_in_100} more rose", "outc-11: comparison: no number 'diference_in_100' in row 'outc-11' (did you mean 'difference_in_100'?)", "      means:"),
    Slip("placeholder-of-a-question", "data/questions.yml", "", "{age-016.percent}", "{age-16.percent}", "que-2: answer: no row 'age-16' in docs/data/ (did you mean 'age-016'?)"),
    Slip("placeholder-of-no-kind", "data/questions.yml", "", "{ratio:ratio-1-3@", "{volume:ratio-1-3@", "que-1: reason: no placeholder '{volume:ratio-1-3@syringe-large}'"),
]  # fmt: skip


def refused(root: Path) -> list[str]:
    """The faults that loading finds, a line each."""
    with pytest.raises(ContentError) as stopped:
        load_project(root)
    return str(stopped.value).splitlines()


@pytest.mark.parametrize("slip", DATA + PAGES, ids=[slip.name for slip in DATA + PAGES])
def test_a_slip_is_named_with_its_address_and_cure(project: Path, slip: Slip) -> None:
    path = project / "docs" / slip.file
    line = edit(path, slip.old, slip.new, slip.after)
    if slip.at:
        text = path.read_text(encoding="utf-8")
        line = text.count("\n", 0, text.index(slip.at)) + 1
    found = refused(project)
    assert any(fault.startswith(f"docs/{slip.file}:{line}: ") and slip.said in fault for fault in found), found


@pytest.mark.parametrize(
    ("row", "name"),
    [
        ("syringe-large", "preparations.yml:4: presentations: 'syringe-large' is not to be published; take it out"),
        (
            "neck",
            "neck-faria2022thyroid: region: 'neck' is not to be published (publish: false); nor is this row, then",
        ),
        ("test-saline", "ind-eu-decolletage: diluents: 'test-saline' is not to be published (publish: false); nor is"),
        ("test-saline", "decolletage-label: diluents: 'test-saline' is not to be published (publish: false); nor is"),
        ("eu", "ind-eu-face: jurisdiction: 'eu' is not to be published (publish: false); nor is this row, then"),
        ("syringe-small", "ind-us-folds: presentations: 'syringe-small' is not to be published (publish: false); nor"),
        ("ratio-1-3", "preparations.yml:8: ratios: expected at least one ratio that is published, got none"),
    ],
)
def test_what_is_not_published_is_named_where_it_is_needed(project: Path, row: str, name: str) -> None:
    ratios = ("ratio-1-3", "ratio-1-5", "ratio-1-9")
    for hidden in ratios if row in ratios else (row,):
        for path in (project / "docs/data").glob("*.yml"):
            text = path.read_text(encoding="utf-8")
            text = text.replace(f"  - id: {hidden}\n", f"  - id: {hidden}\n    publish: false\n")
            path.write_text(text.replace(f"{{id: {hidden},", f"{{id: {hidden}, publish: false,"), encoding="utf-8")
    found = refused(project)
    assert any(name in fault for fault in found), found


# --- whole files --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "protocols.yml:1: the file is empty; restore it, or copy the example in its header"),
        (b"# nothing\n", "protocols.yml:1: the file is empty"),
        (
            "protocols:\n  - id: décolleté\n".encode("latin-1"),
            "protocols.yml:2: wrong encoding: save the file as UTF-8",
        ),
        # Were the beginning judged, everything below the fault would be called missing.
        (b"protocols:\n  - id: [neck\n    region: neck\n", "protocols.yml:3: not readable as YAML: "),
    ],
)
def test_a_file_that_cannot_be_read_has_no_other_fault(project: Path, content: bytes, said: str) -> None:
    (project / "docs/data/protocols.yml").write_bytes(content)
    (fault,) = refused(project)
    assert fault.startswith(f"docs/data/{said}")


def test_wrong_bytes_in_a_page_are_named(project: Path) -> None:
    path = project / "docs/index.md"
    lines = path.read_bytes().count(b"\n")
    path.write_bytes(path.read_bytes() + b"\xff\n")
    assert refused(project) == [f"docs/index.md:{lines + 1}: wrong encoding: save the file as UTF-8"]


def test_a_source_that_nothing_cites_is_named(project: Path) -> None:
    path = project / "docs/data/references.json"
    rows = json.loads(path.read_text(encoding="utf-8"))
    text = json.dumps([*rows, {**rows[0], "id": "nobody2026"}], indent=1)
    path.write_text(text, encoding="utf-8")
    line = text.count("\n", 0, text.index("nobody2026")) + 1
    assert [str(fault) for fault in dry_run_faults(load_project(project))] == [
        f"docs/data/references.json:{line}: nobody2026: id: cited by no row and no page; cite it or remove it"
    ]


def test_a_claim_that_its_page_does_not_deal_with_is_named(project: Path) -> None:
    edit(project / "docs/technique/by-region.md", '{{ claim("T09") }}', "")
    text = (project / "docs/data/claims.yml").read_text(encoding="utf-8")
    line = text.count("\n", 0, text.index("{id: T09")) + 1
    assert [str(fault) for fault in dry_run_faults(load_project(project))] == [
        f"docs/data/claims.yml:{line}: T09: pages: docs/technique/by-region.md does not deal with this claim;"
        ' add {{ claim("T09") }} there, or take the page out here'
    ]


def test_a_removed_source_is_named_by_each_row_that_cites_it(project: Path, invented: Project) -> None:
    path = project / "docs/data/references.json"
    rows = [row for row in json.loads(path.read_text(encoding="utf-8")) if row["id"] != "animal01"]
    path.write_text(json.dumps(rows), encoding="utf-8")
    citing = {row.id for row in invented.data.rows.values() if "animal01" in row.refs}
    assert {fault.split(": ")[1] for fault in refused(project)} == citing
    assert all("refs: no source 'animal01' in references.json" in fault for fault in refused(project))


def test_a_file_that_does_not_belong_there_is_named(project: Path) -> None:
    (project / "docs/data/protocol.yml").write_text("protocols: []\n", encoding="utf-8")
    assert refused(project) == [
        "docs/data/protocol.yml:1: not one of the data files (did you mean 'protocols.yml'?); rename or remove it"
    ]


def test_faults_of_all_files_are_named_in_one_go(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Data, pages, settings and schemas together; what hangs on a file that cannot be read is not called missing."""
    folder = project / "docs/data"
    wanted = [
        f"protocols.yml:{edit(folder / 'protocols.yml', 'n: 9', 'n: many', LABEL)}: decolletage-label: n: expected a whole number",
        f"protocols.yml:{edit(folder / 'protocols.yml', 'evidence: regulator', 'evidence: x')}: decolletage-preserved: evidence: expected one of",
        f"glossary.yml:{edit(folder / 'glossary.yml', 'category: product, ', '', 'term-sphere')}: term-sphere: category: missing",
        f"docs/index.md:{edit(project / 'docs/index.md', 'Fixture Site', '1:30')}: title: MkDocs reads this as 90",
        f"mkdocs.yml:{edit(project / 'mkdocs.yml', '3.2.1', '3.2')}: extra: version: expected a version",
        f"schema/series.schema.json:{edit(folder / 'schema/aging.schema.json', 'maximum', 'most')}: differs".replace(
            "series", "aging"
        ),
    ]
    assert main(["--root", str(project), "check"]) == 1
    found = capsys.readouterr()
    for fault in wanted:
        assert fault in found.err
    assert "no page" not in found.err and "cited by no row" not in found.err
    assert found.out == f"{len(wanted)} to mend:\n"


def test_faults_of_pages_and_unrecorded_changes_are_named_in_one_go(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(project / "docs/index.md", "Fixture Site", "1:30")
    edit(project / "docs/data/preparations.yml", "diluent_parts: 9", "diluent_parts: 8")
    assert main(["--root", str(project), "check"]) == 1
    found = capsys.readouterr().err
    assert "title: MkDocs reads this as 90" in found and "ratio-1-9: has changed (diluent_parts)" in found


def test_a_missing_home_page_is_named(project: Path) -> None:
    (project / "docs/index.md").unlink()
    found = refused(project)
    assert found[0] == "docs/index.md:1: missing; it is the home page: restore it"
    assert len(found) == 2 and "nav: Home: no page docs/index.md" in found[1]


def test_a_project_without_pages_is_answered(project: Path) -> None:
    for path in (project / "docs").rglob("*.md"):
        path.unlink()
    found = refused(project)
    assert "docs/index.md:1: missing; it is the home page: restore it" in found
    assert any("nav: Handouts: no page docs/handouts/index.md" in fault for fault in found)


def test_a_page_that_stands_nowhere_in_the_tree_is_named(project: Path) -> None:
    text = (project / "docs/aging/skin.md").read_text(encoding="utf-8")
    (project / "docs/aging/bones.md").write_text(text, encoding="utf-8")
    settings = (project / "mkdocs.yml").read_text(encoding="utf-8")
    line = settings.count("\n", 0, settings.index("\nnav:") + 1) + 1
    assert refused(project) == [
        f"mkdocs.yml:{line}: nav: docs/aging/bones.md stands nowhere in it; add it to a section"
    ]


def test_a_page_that_is_gone_is_named_by_all_that_name_it(project: Path) -> None:
    (project / "docs/technique/by-region.md").unlink()
    found = refused(project)
    for words in ("T09: pages: no page", "short-sheet: sections: no page", "nav: Technique: no page"):
        assert any(f"{words} docs/technique/by-region.md" in fault for fault in found), words
    assert not any(":1: " in fault for fault in found)


def test_files_of_the_system_are_passed_over(project: Path) -> None:
    (project / "docs/data/.DS_Store").write_bytes(b"\x00")
    load_project(project)


@pytest.mark.parametrize("folder", ["docs/data", "docs", "mkdocs.yml"])
def test_a_part_of_the_project_that_is_not_there_is_answered(
    project: Path, capsys: pytest.CaptureFixture[str], folder: str
) -> None:
    (project / folder).rename(project / "elsewhere")
    for name in ("check", "record", "exports"):
        if (folder, name) != ("mkdocs.yml", "record"):
            assert main(["--root", str(project), name]) == 1
            assert "Traceback" not in capsys.readouterr().err


def test_no_end_of_faults_is_cut_short(project: Path) -> None:
    edit(project / "docs/data/protocols.yml", "[label01]", f"[{'label99, ' * 5000}]", LABEL)
    assert len(refused(project)) <= 201


# --- what a person sees who runs a command ------------------------------------------------------


def test_a_command_stops_with_the_faults_and_leaves_the_old_site(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "site").mkdir()
    (project / "site/index.html").write_text("the old site", encoding="utf-8")
    before = {path.name for path in project.iterdir()}
    line = edit(project / "docs/data/protocols.yml", "min: 3", "min: 1:4", LABEL)
    for name in ("check", "build"):
        assert main(["--root", str(project), name]) == 1
        said = capsys.readouterr().err
        assert f"docs/data/protocols.yml:{line}: decolletage-label: diluent_parts_min: " in said
        assert "got '1:4' (write the two parts as numbers)" in said
        assert "Mend what is named above and run the command again" in said
        assert "Traceback" not in said
    assert {path.name for path in project.iterdir() if path.suffix != ".lock"} == before
    assert (project / "site/index.html").read_text(encoding="utf-8") == "the old site"


@pytest.mark.site
def test_mkdocs_alone_stops_too(project: Path) -> None:
    """The check runs first, even when MkDocs is started by itself, and neither command shows a traceback."""
    edit(project / "docs/data/recorded.json", "{", "{{")
    edit(project / "docs/index.md", "title: Fixture Site", "title: 1:30")
    for arguments in (("macros", "check"), ("mkdocs", "build", "--strict")):
        run = command(project, *arguments)
        assert run.returncode == 1
        assert "docs/index.md:2: title: MkDocs reads this as 90; put it in quotes" in run.stderr
        assert "Traceback" not in run.stdout + run.stderr
    assert not (project / "site").exists()


@pytest.mark.site
@pytest.mark.parametrize(
    ("text", "fault"),
    [("{{ cyte() }}", "'cyte' is undefined"), ("- one\n\n  {{ stop_signs() }}", "this block falls out of its place")],
)
def test_the_live_preview_outlives_a_slip(
    project: Path, caplog: pytest.LogCaptureFixture, text: str, fault: str
) -> None:
    """It goes on after an exception, not after the end of the process that the plugin asks for at a wrong call."""
    line = edit(project / "docs/index.md", "{{ references() }}", text) + text.count("\n")
    with pytest.raises(Exception, match="Aborted"):  # what MkDocs catches when it serves
        mkdocs_build(load_config(str(project / "mkdocs.yml"), site_dir=str(project / "out")))
    assert f"docs/index.md:{line}: {fault}" in caplog.text


@pytest.mark.site
@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('{{ value("x.y") }}', "no row 'x' in docs/data/"),
        ('{{ region_summary("nek") }}', "no region 'nek' in docs/data/ (did you mean 'neck'?)"),
        ("{{ cite( }}", "unexpected '}', expected ')'"),
        ("{{ 1 / 0 }}", "division by zero"),
        ("{{ cyte() }}", "'cyte' is undefined"),
    ],
)
def test_a_slip_in_a_macro_call_is_named_with_its_line(project: Path, text: str, fault: str) -> None:
    path = project / "docs/index.md"
    whole = path.read_text(encoding="utf-8").replace("{{ references() }}", f"{text}\n\n{{{{ references() }}}}")
    path.write_text(whole, encoding="utf-8")
    line = whole[: whole.index(text)].count("\n") + 1
    with pytest.raises(ContentError) as stopped:
        build.build_pages(load_project(project), project / "out")
    assert str(stopped.value).startswith(f"docs/index.md:{line}: {fault}")
