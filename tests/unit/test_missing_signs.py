"""Signs that the typeface of the prints lacks: told where they are written, and never set in a font of the machine."""

import base64
from dataclasses import replace
from pathlib import Path

import pytest

from macros.content.faults import ContentError
from macros.content.project import Project, load_project
from macros.printing.missing_signs import sign_faults
from macros.printing.print_cache import PrintCache
from macros.printing.print_sheets import print_sheets
from macros.printing.print_template import print_document
from macros.printing.render import Job, RenderError, render
from macros.printing.typeface import lacking, signs

from ..projects import edit
from .sheets import SITE, sheet

PAGE = "technique/by-region.md"
# Each in a font that most machines have.
LACKED = {
    "text": "⚠", "italic": "☂", "bold": "☃", "marker": "☎", "title": "☀", "clinic": "☮", "drawing": "☯", "answer": "م",
    "dingbat": "✈",
}  # fmt: skip


def drawing(sign: str) -> str:
    words = f"<title>{LACKED['dingbat']}</title><text y='9' style='font-family: Sheet Sans'>A {sign}</text>"
    source = f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 90 10'>{words}</svg>"
    return f'<img alt="A drawing" src="data:image/svg+xml;base64,{base64.b64encode(source.encode()).decode()}">'


def everywhere(lacked: dict[str, str]) -> dict[str, str]:
    """A sheet with a sign in each place from which its text can come."""
    body = (
        f"<h2>Heading</h2><p>Text {lacked['text']} <i>or {lacked['italic']}</i> <b>{lacked['bold']}</b>"
        f" <code>{lacked['answer']}</code></p>"
        f"<ul><li data-marker='{lacked['marker']} ' style='list-style-type: \"{lacked['marker']} \"'>Item</li></ul>"
        f"{drawing(lacked['drawing'])}"
    )
    return {"body": body, "title": f"Title {lacked['title']}", "contact": f"Clinic {lacked['clinic']}"}


PLACES = {name: sign for name, sign in LACKED.items() if name != "dingbat"}


def test_a_sign_that_the_typeface_lacks_is_named_wherever_its_text_comes_from(invented: Project) -> None:
    made = sheet(**everywhere(PLACES), pages=(PAGE,))
    assert {fault.problem for fault in sign_faults([made], invented)} == {lacking(sign) for sign in PLACES.values()}
    assert lacking("⚠") == (
        "the sign '⚠' (U+26A0 WARNING SIGN) is not in the typeface of the prints; write it in words, or take a sign"
        " that is"
    )


@pytest.mark.print
def test_the_renderer_takes_no_font_of_the_machine() -> None:
    """Whatever gets past the check before is named by the renderer, on machines with such a font and without."""
    document = print_document(sheet(**everywhere(PLACES)), "a4", SITE)
    with pytest.raises(RenderError) as stopped:
        render(Job("x", "a4", document, (), "2026-11-24"))
    assert {part.strip() for part in str(stopped.value).split("; ")} >= {
        lacking(sign).split("; ")[0] for sign in PLACES.values()
    }


@pytest.mark.print
def test_what_the_typeface_has_or_sets_without_a_shape_is_no_fault(invented: Project) -> None:
    known = dict(zip(PLACES, "é✓µα≥½·ж", strict=True))
    # No-break, thin and ideographic spaces, a soft hyphen, an accent of its own, a power; a title that is not drawn.
    made = everywhere(known | {"text": "a\u00a0b\u2009c\u3000d\u00ade\u0301 10⁶ −1"})
    assert list(sign_faults([sheet(**made, pages=(PAGE,))], invented)) == []
    assert render(Job("x", "a4", print_document(sheet(**made), "a4", SITE), (), "2026-11-24")).startswith(b"%PDF-")
    assert signs() >= set("éµ≥½")


@pytest.mark.print
@pytest.mark.parametrize(
    ("file", "after", "old", "new", "address"),
    [
        (f"docs/{PAGE}", "", "Nor of this one.", "Nor of ⚠ one.", "docs/technique/by-region.md:{}: example: "),
        ("docs/data/glossary.yml", "", "The gel that", "The ⚠ that", "docs/data/glossary.yml:{}: term-testgel: definition: "),
        ("docs/data/regions.yml", "id: neck", "[test veins]", "[test veins, 'a ⚠']", "docs/data/regions.yml:{}: neck: danger: "),
        ("docs/data/regions.yml", "id: neck", "name: Neck", 'name: "Neck \\u26a0"', "docs/data/regions.yml:{}: neck: name: "),
        ("docs/data/references.json", "", '"title": "', '"title": "\\u26a0 ', "docs/data/references.json:{}: {}: title: "),
        ("docs/data/figures.yml", "id: aging-loop", "How it looks.", "How ⚠ looks.", "docs/data/figures.yml:{}: aging-loop: caption: "),
        ("mkdocs.yml", "clinic:", 'name: ""', 'name: "Clinic ⚠"', "mkdocs.yml:{}: example: "),
    ],
    ids=["page", "row", "list", "escaped", "source", "figure", "clinic"],
)  # fmt: skip
def test_a_sign_is_named_where_it_is_written(
    project: Path, file: str, after: str, old: str, new: str, address: str
) -> None:
    line = edit(project / file, old, new, after)
    (fault,) = sign_faults([sheet("<p>⚠</p>", pages=(PAGE,))], load_project(project))
    assert str(fault) == address.format(line, fault.row) + lacking("⚠")


def test_a_sign_of_the_program_is_named_at_the_sheet(invented: Project, tmp_path: Path) -> None:
    made = sheet("<p>⚠</p>", slug="leaflet", kind="page")
    with pytest.raises(ContentError, match=r"^docs/data/handouts\.yml:\d+: leaflet: \w+: the sign '⚠' "):
        print_sheets([replace(made, papers=("a4",))], invented, tmp_path / "out", PrintCache(tmp_path / "cache"))


@pytest.mark.print
def test_a_sign_that_is_not_printed_is_no_fault(project: Path) -> None:
    edit(project / "docs/data/glossary.yml", "Not to be read.", "Not to be ⚠.")
    edit(
        project / "docs/data/regions.yml",
        "    danger: [test veins]",
        "    editor_note: To be ⚠.\n    danger: [test veins]",
    )
    (fault,) = sign_faults([sheet("<p>⚠</p>", slug="leaflet", pages=(PAGE,))], load_project(project))
    assert fault.file == "docs/data/handouts.yml"
