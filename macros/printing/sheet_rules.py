"""What a sheet must not hold, and what it must: by audience. A fault stops the build."""

import re
from collections.abc import Iterator

import lxml.html

from ..content.load import Data
from .sheets import Sheet, word_pattern


class LintError(Exception):
    """Sheets that are not fit for their readers; the message names each sheet, the words and the cure."""


# A patient sheet names none of these: they are for the person who injects (writing.md, safety rules).
_NOT_FOR_PATIENTS = {
    "a ratio": r"\b\d+(?:\.\d+)?\s?:\s?\d+(?:\.\d+)?\b(?!\s?(?:a\.?m|p\.?m|[ap]m)\b)",
    "a needle gauge": r"\b\d{2}\s?G\b|\bgauges?\b",
    "a volume": r"\b\d+(?:[.,]\d+)?\s?(?:mL|ml|cc|µL|milliliters?)\b",
    "a plane": r"\b(?:subdermal|supraperiosteal|subcutaneous|intradermal|hypodermal|preperiosteal)\b|\bplanes?\b",
}


def lint(sheet: Sheet, data: Data) -> Iterator[str]:
    """Yield what is wrong with a sheet for its audience."""
    tree = lxml.html.fragment_fromstring(f"<div>{sheet.body}</div>")
    if sheet.for_patients:
        yield from _patient_faults(sheet, tree, data)
    elif "practitioner" in sheet.audience and sheet.kind == "handout":
        yield from _practitioner_faults(sheet, tree, data)


def _patient_faults(sheet: Sheet, tree: lxml.html.HtmlElement, data: Data) -> Iterator[str]:
    explained = {" ".join(term.text_content().lower().split()) for term in tree.xpath(".//dt")}
    # Sources keep their titles, and the foot is the same on every sheet: both are beside what is told.
    told = ".//text()[not(ancestor::sup)][not(ancestor::*[@class='references' or @class='page-foot'])]"
    text = " ".join(" ".join(tree.xpath(told)).split())
    for what, pattern in _NOT_FOR_PATIENTS.items():
        for found in re.finditer(pattern, text):
            around = text[max(0, found.start() - 30) : found.end() + 30]
            yield f"{sheet.slug}: {what} on a patient sheet: “…{around}…”; say it in plain words or leave it out"
    for row in data.glossary.terms:
        named = next((word for word in row.wordings if re.search(word_pattern(word), text)), None)
        if named is None or not row.publish:
            continue
        if row.patient is None:
            yield (
                f"{sheet.slug}: the term “{named}” ({row.id} in glossary.yml) on a patient sheet has no plain-language "
                "definition; add `patient:` to the row or use other words"
            )
        elif not any(word.lower() in explained for word in row.wordings) and row.patient not in tree.text_content():
            yield f"{sheet.slug}: the term “{named}” is not explained on the sheet; its list of words is incomplete"


def _practitioner_faults(sheet: Sheet, tree: lxml.html.HtmlElement, data: Data) -> Iterator[str]:
    shown = set(tree.xpath(".//@data-row"))
    missing = [row.id for row in data.safety.stop_signs if row.publish and row.id not in shown]
    if missing:
        yield (
            f"{sheet.slug}: a practitioner sheet without its stop signs ({', '.join(missing)}); "
            "call safety_strip() or stop_signs() on its page"
        )
    if "vas-02" not in shown and not tree.xpath(".//*[@data-block='stop-signs']"):
        yield f"{sheet.slug}: the line that there is no reversal agent is missing; call safety_strip() on its page"
    marks = [mark.text_content() for mark in tree.xpath(".//*[contains(@class,'mark-off-label')]")]
    if not any(re.search(r"\b(?:US|EU)\b", words) for words in marks):
        yield f"{sheet.slug}: no off-label mark with its jurisdiction; call safety_strip() or label_mark() on its page"
