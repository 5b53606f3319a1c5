"""Sources as reference managers know them: names, titles, types, numbers and dates, on the page and in RIS."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from markupsafe import Markup
from pydantic import ValidationError

from macros.__main__ import main
from macros.content.csl import Name
from macros.content.faults import ContentError
from macros.content.load import load
from macros.content.project import Project, load_project
from macros.content.rich_text import as_csl, plain
from macros.downloads.ris import to_ris
from macros.downloads.write import write_downloads
from macros.rendering.bibliography import Bibliography
from macros.rendering.names import initials, printed_name
from macros.rendering.titles import set_title

from ..projects import edit
from .test_sources import ARTICLE, PAGE, refused, source

BOOK = {
    "id": "b1", "type": "chapter", "title": "A chapter", "author": [{"family": "Example", "given": "A"}],
    "editor": [{"family": "Ng", "given": "Jo"}, {"literal": "A body, Inc."}], "container-title": "The skin of <i>Rana</i>",
    "publisher": "A press", "page": "12\N{EN DASH}19", "issued": {"date-parts": [[2029, 5, 3]]},
}  # fmt: skip


def entry(fields: dict[str, Any], **custom: Any) -> Markup:
    return Bibliography({fields["id"]: source(fields, **custom)}).entry(fields["id"])


def text(html: str) -> str:
    return Markup(html).striptags()


def tags(fields: dict[str, Any]) -> list[str]:
    return to_ris([source(fields)]).split("\r\n")


# --- names ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "printed"),
    [
        ("GJ", "GJ"), ("G.J.", "GJ"), ("G. J.", "GJ"), ("G J", "GJ"), ("G-J", "GJ"), ("Gary J.", "GJ"), ("ABCD", "ABCD"),
        ("Jean-Luc", "JL"), ("X-hua", "XH"), ("MYu", "MYu"), ("ÉM", "ÉM"), ("C. William", "CW"), ("Jo", "J"), ("Ng", "N"),
        ("MARIE", "M"), ("JoAnn", "J"), ("Alexander von", "A von"), ("danah", "D"), ("", ""),
    ],
)  # fmt: skip
def test_all_initials_are_kept_and_a_name_gives_one(given: str, printed: str) -> None:
    assert initials(given) == printed


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ({"family": "Ng", "given": "WL"}, "Ng WL"),
        ({"family": "LI", "given": "Jo"}, "LI J"),
        ({"family": "Berg", "given": "Jan A.", "non-dropping-particle": "van der"}, "van der Berg JA"),
        ({"family": "Humboldt", "given": "Alexander", "dropping-particle": "von"}, "Humboldt A von"),
        ({"family": "Sharp", "given": "RS", "suffix": ", Jr."}, "Sharp RS Jr"),
        ({"family": "Example"}, "Example"),
        ({"literal": "A body, Inc."}, "A body, Inc."),
    ],
)
def test_a_name_with_all_its_parts(name: dict[str, str], printed: str) -> None:
    assert printed_name(Name.model_validate(name)) == printed
    assert entry(ARTICLE | {"author": [name]}).startswith(printed.removesuffix(".") + ". An article.")


@pytest.fixture(scope="module")
def entries(either: Project) -> dict[str, str]:
    """The words of every source of a project as they are printed, by key."""
    sources = Bibliography(either.published.references)
    return {key: text(sources.entry(key)) for key in either.published.references}


def test_every_author_is_printed_with_family_and_all_initials(either: Project, entries: dict[str, str]) -> None:
    """What is printed is compared with the data by another road than the one that prints it."""
    seen = 0
    for key, row in either.published.references.items():
        whole = entries[key]
        for author in row.author if len(row.author) < 7 else row.author[:3]:
            if author.literal:
                assert author.literal.rstrip(".") in whole, key
                continue
            # A word in capitals is initials, and so is MYu, whose Yu is one letter of another alphabet.
            letters = re.findall(r"[^\W\d_]+", re.split(r"\s(?=[a-z])", author.given or "")[0])
            short = "".join(word if word[:2].isupper() and len(word) < 5 else word[0].upper() for word in letters)
            wanted = f"{author.surname} {short}".strip()
            assert re.search(rf"(?<!\w){re.escape(wanted)}(?!\w)", whole), f"{key}: {wanted}"
            seen += 1
    assert seen > 10


# --- titles -----------------------------------------------------------------------------------------------------------


MARKED = 'Effects <i>in vivo</i> &amp; <b>in</b> vitro: CO<sub>2</sub>, 10<sup>6</sup> cells, <span class="nocase">pH</span> &lt; 7'


def test_marks_and_signs_of_a_title_are_set_and_elsewhere_plain() -> None:
    made = entry(ARTICLE | {"title": MARKED, "container-title": "Skin &amp; <i>Rana</i>"})
    assert (
        "Effects <i>in vivo</i> &amp; <b>in</b> vitro: CO<sub>2</sub>, 10<sup>6</sup> cells, pH &lt; 7. <i>Skin" in made
    )
    assert "<i>Skin &amp; </i>Rana. " in made
    assert f"TI  - {plain(MARKED)}" in tags(ARTICLE | {"title": MARKED})
    assert plain(MARKED) == "Effects in vivo & in vitro: CO2, 10⁶ cells, pH < 7"
    unnamed = source(ARTICLE | {"title": "<i>Rana</i> &amp; more"}, without=["author"])
    assert Bibliography({"a1": unnamed}).short("a1").startswith("Rana & more 2029")


@pytest.mark.parametrize("words", ["p <0.05 and >3", "A <nothing> & more", "R&D; AT&T", "a < b > c", "&nosuchsign;"])
def test_what_is_no_mark_is_words(words: str) -> None:
    assert plain(words) == words and as_csl(words) == words
    assert text(set_title(words)) == words
    assert Markup(set_title(words)).unescape() == words


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("<i>in vivo", "<i> is not closed; write </i>"),
        ("in vivo</i>", "</i> closes nothing"),
        ("<i><b>x</i></b>", "</i> closes nothing"),
        ("<span>x</span>", "the mark '<span>' is none of CSL"),
        ("<jats:italic>x</jats:italic>", "the mark '<jats:italic>' is none of CSL"),
        ("a<br/>b", "the mark '<br/>' is none of CSL"),
    ],
)
def test_a_slip_in_a_mark_is_named_with_its_line(project: Path, words: str, said: str) -> None:
    line = edit(project / "docs/data/references.json", "An invented cohort source", words)
    (fault,) = refused(project)
    assert fault.startswith(f"docs/data/references.json:{line}: cohort01: title: {said}")


def test_a_title_in_capitals_keeps_what_is_marked() -> None:
    words = 'the skin of <i>Rana</i> in <span class="nocase">mice</span>: a (small) TGF-β<sub>1</sub>x'
    made = set_title(words, italic=True, capitals=True)
    assert made == "<i>The Skin of </i>Rana<i> in mice: A (Small) TGF-β<sub>1</sub>x</i>"
    assert set_title("<sc>l</sc>-lactic <em>acid</em>") == "L-lactic <i>acid</i>"


@pytest.mark.parametrize(
    ("title", "printed"),
    [
        ("Is it safe?", "Is it safe? <i>"), ("Safe!", "Safe! <i>"), ("Safe.", "Safe. <i>"), ("Safe", "Safe. <i>"),
        ("Is it <i>safe?</i>", "Is it <i>safe?</i> <i>"), ("Say “safe?”", "Say “safe?” <i>"),
        ("Safe (or not?)", "Safe (or not?). <i>"), ("Wait...", "Wait... <i>"),
        ("安全？", "安全？ <i>"),
    ],
)  # fmt: skip
def test_a_title_ends_in_one_mark(title: str, printed: str) -> None:
    assert f"Example A. {printed}A journal</i>. 2029;7." in entry(ARTICLE | {"title": title})
    container = entry(BOOK | {"container-title": title})
    assert not re.search(r"[?!.](</i>|”)*\.(?!\.)", container.split("Example A.")[1].replace("...", ""))


def test_the_published_titles_end_in_one_mark(entries: dict[str, str]) -> None:
    for key, printed in entries.items():
        assert not re.search(r"[?!]\.|(?<!\.)\.\.(?!\.)", printed), key


def test_marks_of_a_title_reach_the_page_and_its_text(invented_site: Path) -> None:
    page = (invented_site / "reference/sources/index.html").read_text(encoding="utf-8")
    assert "Source: 10<sup>6</sup> Cells </i>in Vitro<i>?</i> Example" in page
    assert "10⁶" in (invented_site / "reference/sources.md").read_text(encoding="utf-8")
    assert "10⁶ cells in vitro?\r\n" in (invented_site / "downloads/references.ris").read_bytes().decode()


# --- types, pages, dates, numbers -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "printed", "ris"),
    [
        (
            PAGE | {"type": "article", "publisher": "medRxiv"},
            "A page. <i>medRxiv</i>. Preprint posted online 2029.",
            "UNPB",
        ),
        (ARTICLE | {"type": "article-newspaper"}, "<i>A journal</i>. 2029", "NEWS"),
        (ARTICLE | {"type": "article-magazine"}, "<i>A journal</i>. 2029;7", "MGZN"),
        (PAGE | {"type": "post-weblog", "container-title": "A blog"}, "A page. A blog. 2029.", "BLOG"),
        (BOOK | {"type": "entry-encyclopedia"}, "In: Ng J, A body, Inc., eds. ", "ENCYC"),
        (BOOK, "In: Ng J, A body, Inc., eds. <i>The Skin of </i>Rana. A press; 2029:12-19.", "CHAP"),
    ],
)
def test_each_type_has_its_form(fields: dict[str, Any], printed: str, ris: str) -> None:
    assert printed in entry(fields)
    assert tags(fields)[0] == f"TY  - {ris}"


def test_a_word_for_a_type_is_answered_with_that_of_csl() -> None:
    with pytest.raises(ValidationError, match="got 'preprint' \\(write 'article'\\)"):
        source(ARTICLE | {"type": "preprint"})


def test_ris_of_a_chapter_has_container_pages_names_and_dates_where_they_are_looked_for() -> None:
    person = {"family": "Berg", "given": "Jan", "non-dropping-particle": "van der", "suffix": "Jr."}
    made = tags(BOOK | {"author": [person], "PMID": "12", "PMCID": "PMC3", "ISBN": "9780123456786"})
    for line in (
        "AU  - van der Berg, Jan Jr.", "A2  - Ng, Jo", "A2  - A body Inc.", "T2  - The skin of Rana", "PY  - 2029",
        "DA  - 2029/05/03", "SP  - 12", "EP  - 19", "PB  - A press", "SN  - 9780123456786", "M2  - PMID: 12",
        "M2  - PMCID: PMC3",
    ):  # fmt: skip
        assert line in made, line
    assert not any(line.startswith("JO") for line in made)


@pytest.mark.parametrize(
    ("page", "first", "last"),
    [
        ("12-19", "12", "19"), ("12\N{EN DASH}19", "12", "19"), ("e12 \N{EN DASH} e19", "e12", "e19"), ("S64-S67", "S64", "S67"),
        ("e6400", "e6400", None), ("3-1\N{EN DASH}3-9", "3-1", "3-9"), ("3-1-3-9", "3-1-3-9", None),
        ("12-15, 18-20", "12-15, 18-20", None), ("article 15054", "article 15054", None),
    ],
)  # fmt: skip
def test_pages_are_split_at_whatever_joins_them(page: str, first: str, last: str | None) -> None:
    made = dict(line.split("  - ") for line in tags(ARTICLE | {"page": page}) if "  - " in line)
    assert (made["SP"], made.get("EP")) == (first, last)


def test_each_container_is_one_that_ris_carries(either: Project) -> None:
    made = to_ris(either.published.references.values())
    assert made.count("\r\nT2  - ") == sum(bool(row.container_title) for row in either.published.references.values())


def test_when_a_page_was_read_is_printed_where_no_number_leads_to_it() -> None:
    assert "2029. Accessed January 2, 2030. <a" in entry(PAGE | {"accessed": {"date-parts": [[2030, 1, 2]]}})
    assert "Accessed March 2030." in entry(PAGE | {"accessed": {"date-parts": [[2030, 3]]}})
    assert "Accessed" not in entry(ARTICLE | {"accessed": {"date-parts": [[2030, 1, 2]]}})


@pytest.mark.parametrize(
    ("doi", "address"),
    [
        (
            "10.1002/(SICI)1097-0193(1996)4:1<58::AID-HBM4>3.0.CO;2-O",
            "https://doi.org/10.1002/(SICI)1097-0193(1996)4:1%3C58::AID-HBM4%3E3.0.CO;2-O",
        ),
        ("10.1000.10/123", "https://doi.org/10.1000.10/123"),
        ("10.1000/a#b?c%d", "https://doi.org/10.1000/a%23b%3Fc%25d"),
        ("10.1016/S0378-5122(99)00077-8", "https://doi.org/10.1016/S0378-5122(99)00077-8"),
    ],
)
def test_an_old_doi_is_accepted_and_its_address_encoded(doi: str, address: str) -> None:
    row = source(ARTICLE | {"DOI": doi})
    assert row.link == address
    made = Bibliography({"a1": row}).entry("a1")
    assert f'href="{address}"' in made and f"doi:{Markup.escape(doi)}</a>" in made
    assert f"DO  - {doi}" in to_ris([row])


@pytest.mark.parametrize(
    ("issued", "cure"),
    [
        ('{"literal": "Spring 2019"}', 'got {"literal": "Spring 2019"}'),
        ('{"raw": "2019-05"}', 'got {"raw": "2019-05"}'),
        ('"2019"', 'got "2019"'),
        ('{"date-parts": [[2019]], "season": 1}', "take out season"),
        ('{"date-parts": [[2019]], "circa": true}', "take out circa"),
        ('{"date-parts": [["2019"]]}', "write its numbers without quotes"),
        ('{"date-parts": [[2019], [2020]]}', "write the first day of a span alone"),
        ('{"date-parts": [2019]}', 'got {"date-parts": [2019]}'),
    ],
)
def test_a_date_of_another_form_is_answered_in_json(project: Path, issued: str, cure: str) -> None:
    path = project / "docs/data/references.json"
    row = {"id": "new1", "type": "webpage", "title": "A page", "custom": {"kind": "news", "read": "full"}}
    added = json.dumps(row)[:-1] + f',\n "issued": {issued}}}'
    path.write_text(path.read_text(encoding="utf-8").rstrip().removesuffix("]") + f",\n{added}\n]\n", encoding="utf-8")
    (fault,) = refused(project)
    assert 'new1: issued: expected date-parts, such as {"date-parts": [[2019]]}' in fault
    assert cure in fault and "hyphen" not in fault


def test_a_list_in_json_is_asked_for_in_json(project: Path) -> None:
    edit(project / "docs/data/references.json", '"author": []', '"author": "A body"')
    (fault,) = refused(project)
    assert "news01: author: expected a list, got 'A body' (write each item in square brackets, with commas" in fault


# --- one publication, one key -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("extra", "field"),
    [
        ('"DOI": "10.99999/EXAMPLE.1"', "DOI"),
        ('"URL": "https://doi.org/10.99999/example.1"', "URL"),
        ('"PMID": "1"', "PMID"),
        ('"URL": "https://pubmed.ncbi.nlm.nih.gov/1/"', "URL"),
        ('"PMCID": "PMC1"', "PMCID"),
        ('"URL": "https://pmc.ncbi.nlm.nih.gov/articles/PMC1/"', "URL"),
    ],
)
def test_one_publication_under_two_keys_is_refused(project: Path, extra: str, field: str) -> None:
    path = project / "docs/data/references.json"
    line = edit(path, '"title": "An invented animal source"', f'{extra}, "title": "An invented animal source"')
    (fault,) = refused(project)
    other = {"DOI": "rct01", "doi": "rct01", "PMI": "cohort01", "pub": "cohort01"}.get(
        field[:3] if field != "URL" else extra[16:19], "series01"
    )
    assert fault.startswith(f"docs/data/references.json:{line}: animal01: {field}: ")
    first = path.read_text(encoding="utf-8").split(f'"id": "{other}"')[0].count("\n") + 1
    assert f"is also that of '{other}' (docs/data/references.json:{first}); keep one of the two keys" in fault


# --- what a reference manager exports ---------------------------------------------------------------------------------


EXPORTED = [
    {
        "id": "http://zotero.org/users/1/items/AB", "type": "article-journal", "abstract": "Long.", "ISSN": "1065-9471",
        "language": "en", "source": "DOI.org (Crossref)", "journalAbbreviation": "J. Skin", "title-short": "Effects",
        "note": "PMID: 123456\nPMCID: PMC98765", "title": "Effects <i>in\u00a0vivo</i>\u200b?", "volume": 4,
        "container-title": "Journal of Skin", "page": "58\N{EN DASH}73",
        "DOI": "https://doi.org/10.1002/(SICI)1097-0193(1996)4:1<58::AID-HBM4>3.0.CO;2-O",
        "author": [{"family": "Müller", "given": "GJ"}], "accessed": {"date-parts": [["2026", 1, 2]]},
        "issued": {"date-parts": [["2021", 5]], "season": "2"},
    },
    {"id": "x", "type": "article-journal", "title": "The known", "DOI": "10.99999/Example.1"},
    {"id": "y", "type": "preprint", "title": "On <sub>2</sub> skins", "issued": {"literal": "Spring 2019"}, "PMID": 77},
    {"id": "y", "type": "preprint", "title": "On another skin", "issued": {"raw": "2019"}, "publisher": "medRxiv"},
]  # fmt: skip


def test_an_export_goes_in_by_one_command(project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, export = project / "docs/data/references.json", tmp_path / "export.json"
    export.write_text(json.dumps(EXPORTED), encoding="utf-8-sig")
    there = json.loads(path.read_text(encoding="utf-8"))
    assert main(["--root", str(project), "cite", str(export)]) == 0
    said = capsys.readouterr().out
    rows = json.loads(path.read_text(encoding="utf-8"))
    assert rows[: len(there)] == there
    assert [row["id"] for row in rows[len(there) :]] == ["muller2021", "on2019", "on2019b"]
    assert "rct01 is there already." in said and "muller2021 was added at the end of" in said
    assert "Left out, as it is not printed: ISSN, abstract, journalAbbreviation, language, note, source" in said
    assert "kind: what it is, one of label, regulator" in said and "read: what you read of it" in said
    found = refused(project)
    assert {fault.split(": ")[2] for fault in found} == {"custom.kind", "custom.read"} and len(found) == 6
    text = (
        path.read_text(encoding="utf-8").replace('"kind": ""', '"kind": "rct"').replace('"read": ""', '"read": "full"')
    )
    path.write_text(text, encoding="utf-8")
    row = load(project).references["muller2021"]
    assert row.issued == {"date-parts": [[2021, 5]]} and (row.PMID, row.PMCID) == ("123456", "PMC98765")
    assert row.DOI == "10.1002/(SICI)1097-0193(1996)4:1<58::AID-HBM4>3.0.CO;2-O" and row.volume == "4"
    assert row.title == "Effects <i>in vivo</i>?"
    # A second time, all of it is there.
    assert main(["--root", str(project), "cite", str(export)]) == 0
    assert "was added" not in capsys.readouterr().out
    assert path.read_text(encoding="utf-8") == text


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"TY  - JOUR\n", "export.json:1: not readable as JSON: "),
        (b"[1]", "export.json:1: expected a list of sources"),
        (b'{"a": 1}', "export.json:1: expected a list of sources"),
        (b"[\xff]", "export.json:1: wrong encoding"),
        (None, "No such file"),
    ],
)
def test_what_is_no_export_is_answered(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes | None, said: str
) -> None:
    export = tmp_path / "export.json"
    if content is not None:
        export.write_bytes(content)
    before = (project / "docs/data/references.json").read_bytes()
    assert main(["--root", str(project), "cite", str(export)]) == 1
    assert said in capsys.readouterr().err
    assert (project / "docs/data/references.json").read_bytes() == before


def test_a_field_that_is_not_printed_is_named_with_the_command(project: Path) -> None:
    edit(project / "docs/data/references.json", '"id": "news01"', '"id": "news01", "abstract": "Long."')
    with pytest.raises(ContentError, match="news01: abstract: is not printed; take it out"):
        load(project)


def test_the_downloaded_sources_hold_marks_and_signs_of_csl(project: Path, tmp_path: Path) -> None:
    edit(project / "docs/data/references.json", "An invented cohort source", "A &amp; <em>b</em>")
    write_downloads(load_project(project), tmp_path)
    rows = {row["id"]: row for row in json.loads((tmp_path / "references.json").read_text(encoding="utf-8"))}
    assert rows["cohort01"]["title"] == "A & <i>b</i>"
