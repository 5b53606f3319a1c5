"""What a sheet must not hold, and what it must: by audience. A fault stops the build."""

import re
from collections.abc import Iterator

import lxml.html

from ..content.faults import Fault
from ..content.label_status import jurisdictions
from ..content.project import Project
from .form_fields import repeated_names
from .sheets import Sheet, word_pattern

# A patient sheet names none of these: they are for the person who injects (writing.md, safety rules).
_NOT_FOR_PATIENTS = {
    "a ratio": r"\b\d+(?:\.\d+)?\s?:\s?\d+(?:\.\d+)?\b",
    "a needle gauge": r"\b\d{2}\s?G\b|\bgauges?\b",
    "a volume": r"\b\d+(?:[.,]\d+)?\s?(?:mL|ml|cc|µL|milliliters?)\b",
    "a plane": r"\b(?:subdermal|supraperiosteal|subcutaneous|intradermal|hypodermal|preperiosteal)\b|\bplanes?\b",
}


def faults(sheet: Sheet, project: Project) -> Iterator[Fault]:
    """What is wrong with a sheet for its audience."""
    if sheet.kind == "pack":
        return  # its sheets are judged themselves
    tree = lxml.html.fragment_fromstring(f"<div>{sheet.body}</div>")
    yield from _field_faults(sheet, tree, project)
    if sheet.for_patients:
        yield from _patient_faults(sheet, tree, project)
    elif "practitioner" in sheet.audience and sheet.kind == "handout":
        yield from _practitioner_faults(sheet, tree, project)


def sheet_fault(sheet: Sheet, project: Project, problem: str, field: str = "") -> Fault:
    """A fault of a sheet, at its row in handouts.yml (`field`: else at what it prints); of a page printed whole, where
    its text begins.
    """
    for row in project.data.handouts.handouts:
        if sheet.slug in row.slugs:
            return project.data.fault(row, field or ("sections" if row.sections else "page"), problem)
    for pack in project.data.handouts.packs:
        if pack.id == sheet.slug:
            return project.data.fault(pack, field or "sheets", problem)
    page = project.page(sheet.pages[0])
    return Fault(f"docs/{page.path}", page.first_line, sheet.slug, "", problem)


def _words_fault(sheet: Sheet, project: Project, words: str, problem: str) -> Fault:
    """A fault of words on a sheet, at their line in one of its pages; words of the data are at home in no page."""
    whole = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)")
    for page in map(project.page, sheet.pages):
        for number, line in enumerate(page.text.splitlines(), page.first_line):
            if whole.search(line):
                return Fault(f"docs/{page.path}", number, sheet.slug, "", problem)
    return sheet_fault(sheet, project, problem)


def _field_faults(sheet: Sheet, tree: lxml.html.HtmlElement, project: Project) -> Iterator[Fault]:
    """Two fields of one name; on one page a macro has refused them already."""
    for name, label in repeated_names(tree):
        problem = f"two fields of this sheet are called '{name}', and a program takes them for one; word one otherwise"
        yield _words_fault(sheet, project, f'"{label}"', problem)


def _patient_faults(sheet: Sheet, tree: lxml.html.HtmlElement, project: Project) -> Iterator[Fault]:
    explained = {" ".join(term.text_content().lower().split()) for term in tree.xpath(".//dt")}
    # Sources keep their titles, and the foot is the same on every sheet: both are beside what is told. So is what a
    # clinic has filled in, which is no text.
    beside = "@class='references' or @class='page-foot'"
    text = " ".join(" ".join(tree.xpath(f".//text()[not(ancestor::sup)][not(ancestor::*[{beside}])]")).split())
    for what, pattern in _NOT_FOR_PATIENTS.items():
        for found in re.finditer(pattern, without_times(text)):
            around = text[max(0, found.start() - 30) : found.end() + 30]
            cure = "write a time of day as 13:30 or 1:30 p.m." if _TIME.fullmatch(found[0]) else "say it in plain words"
            problem = f"{what} on a patient sheet: “…{around}…”; {cure} or leave it out"
            yield _words_fault(sheet, project, found[0], problem)
    for row in project.published.glossary.terms:
        named = next((hit[0] for word in row.wordings if (hit := re.search(word_pattern(word), text))), None)
        if named is None:
            continue
        if row.patient is None:
            problem = (
                f"the term “{named}” ({row.id} in glossary.yml) on a patient sheet has no plain-language definition; "
                "add `patient:` to the row or use other words"
            )
            yield _words_fault(sheet, project, named, problem)
        elif not any(word.lower() in explained for word in row.wordings) and row.patient not in tree.text_content():
            problem = f"the term “{named}” is not explained on the sheet; its list of words is incomplete"
            yield _words_fault(sheet, project, named, problem)


_TIME = re.compile(
    r"(?<![\d:.,])(?P<hour>[01]?\d|2[0-4]):(?P<minutes>[0-5]\d)(?::[0-5]\d)?(?!\d|[.,:]\d)"
    r"(?P<named>\s?(?:a\.?m|p\.?m|h|hrs?|hours?|o[’']clock|noon)\b)?",
    re.IGNORECASE,
)
_UNTIL = re.compile(r"\.?\s?(?:[-\u2013\u2014]|to|until|till)\s?")


def without_times(text: str) -> str:
    """Words with stars in the place of the times of day in them, such as 8:30 to 18:30, 1:30 p.m. or 20:00.

    A ratio begins with 1, and its second part never with 0: what could be either, such as 1:10, is a time only beside
    another one.
    """
    found = list(_TIME.finditer(text))
    times = [at for at in found if at["named"] or int(at["hour"]) != 1 or at["minutes"].startswith("0")]
    beside = [one for one in found if one not in times and any(_spans(text, one, other) for other in times)]
    for at in (*times, *beside):
        text = f"{text[: at.start()]}{'*' * len(at[0])}{text[at.end() :]}"
    return text


def _spans(text: str, one: re.Match[str], other: re.Match[str]) -> bool:
    """Whether two times are the ends of one span."""
    first, second = sorted((one, other), key=lambda at: at.start())
    return _UNTIL.fullmatch(text[first.end() : second.start()]) is not None


def _practitioner_faults(sheet: Sheet, tree: lxml.html.HtmlElement, project: Project) -> Iterator[Fault]:
    shown = set(tree.xpath(".//@data-row"))
    on_page = f"in docs/{sheet.pages[0]}"
    missing = [row.id for row in project.published.safety.stop_signs if row.id not in shown]
    if missing:
        problem = (
            f"a practitioner sheet without its stop signs ({', '.join(missing)}); "
            f"call safety_strip() or stop_signs() {on_page}"
        )
        yield sheet_fault(sheet, project, problem)
    if "vasc-02" not in shown and not tree.xpath(".//*[@data-block='stop-signs']"):
        problem = f"the line that there is no reversal agent is missing; call safety_strip() {on_page}"
        yield sheet_fault(sheet, project, problem)
    marks = [mark.text_content() for mark in tree.xpath(".//*[contains(@class,'mark-off-label')]")]
    places = [row.short for row in jurisdictions(project.published)]
    if not any(re.search(rf"\b{re.escape(place)}\b", words) for place in places for words in marks):
        problem = f"no off-label mark with its jurisdiction; call safety_strip() or label_mark() {on_page}"
        yield sheet_fault(sheet, project, problem)
