"""A number that has changed is followed to the sentences that name its row: what stands around it was written for the old one."""

from pathlib import Path

import pytest

from macros.__main__ import main
from macros.content import changes
from macros.content.load import load
from macros.content.pages import read_pages
from macros.content.rereading import status_to_reread, to_reread

from ..projects import edit

SENTENCES = """The least of all is {{ ratio("ratio-1-9") }}. Nothing else says so.

- An item at {{ value("ratio-1-9.diluent_parts") }} parts, e.g. of water.
- Another item at {{ ratio("ratio-1-3") }}.

{{ references() }}"""


def reread(root: Path) -> list[str]:
    data = load(root)
    return [str(each) for each in to_reread(data, read_pages(root, []), changes.changed_numbers(data, root))]


def test_a_changed_number_names_the_sentences_about_its_row(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = project / "docs/index.md"
    line = edit(page, "{{ references() }}", SENTENCES)
    assert reread(project) == []
    edit(project / "docs/data/preparations.yml", "diluent_parts: 9", "diluent_parts: 8")
    told = [found for found in reread(project) if found.startswith("docs/index.md")]
    assert told == [
        f'docs/index.md:{line}: ratio-1-9: diluent_parts: “The least of all is {{{{ ratio("ratio-1-9") }}}}.”',
        f'docs/index.md:{line + 2}: ratio-1-9: diluent_parts: “- An item at {{{{ value("ratio-1-9.diluent_parts") }}}} parts,'
        " e.g. of water.”",
    ]  # fmt: skip
    # The check says so whether an entry tells the change or not, until the version is recorded.
    assert main(["--root", str(project), "check"]) == 1
    assert told[0] in capsys.readouterr().out
    changes.record(load(project), project)
    assert main(["--root", str(project), "check"]) == 0
    assert "ratio-1-9" not in capsys.readouterr().out


def test_words_of_the_data_that_name_the_row_are_among_them(project: Path) -> None:
    path = project / "docs/data/questions.yml"
    line = edit(path, "reason: ", "reason: 'At {ratio:ratio-1-9@syringe-large} and {ratio-1-9.diluent_parts}. ' # ")
    changes.record(load(project), project)
    assert reread(project) == []
    edit(project / "docs/data/preparations.yml", "diluent_parts: 9", "diluent_parts: 8")
    assert [found.partition(": “")[0] for found in reread(project) if "questions.yml" in found] == [
        f"docs/data/questions.yml:{line}: ratio-1-9: diluent_parts"
    ]


def test_what_a_label_covers_names_the_sentences_that_speak_of_labels(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = project / "docs/index.md"
    line = edit(
        page,
        "{{ references() }}",
        "Here it is on label. There it rains.\n\nIt was not\napproved.\n\n{{ references() }}",
    )
    data = load(project)
    pages = read_pages(project, [])
    assert status_to_reread(data, pages, changes.changed_indications(data, project)) == []
    first = data.indications.indications[0].id
    edit(project / "docs/data/indications.yml", f"id: {first}", f"id: {first}-new")
    main(["--root", str(project), "check"])
    told = capsys.readouterr().out
    assert f"docs/index.md:{line}: {first}, {first}-new: “Here it is on label.”" in told
    assert f"docs/index.md:{line + 2}: {first}, {first}-new: “It was not approved.”" in told
    assert "There it rains" not in told


def test_words_that_change_and_rows_that_come_are_not_numbers(project: Path) -> None:
    edit(project / "docs/data/regions.yml", "note: ", "note: Not ", "id: neck\n")
    edit(project / "docs/data/product.yml", "id: tim-1", "id: tim-9")
    assert changes.changed_numbers(load(project), project) == {}


@pytest.mark.parametrize(
    ("file", "after", "old", "new", "row", "fields"),
    [
        ("protocols.yml", "", "product_ml: 1.2", "product_ml: 1.3", "neck-faria2022thyroid", ["product_ml"]),
        ("aging.yml", "id: age-016", "percent: 7", "percent: 8", "age-016", ["values"]),
        ("outcomes.yml", "id: outc-1\n", "value: ", "value: 1", "outc-1", ["follow_up"]),
    ],
)  # fmt: skip
def test_numbers_under_values_and_times_are_numbers(
    project: Path, file: str, after: str, old: str, new: str, row: str, fields: list[str]
) -> None:
    edit(project / "docs/data" / file, old, new, after)
    assert changes.changed_numbers(load(project), project) == {row: fields}
