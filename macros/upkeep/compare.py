"""A source beside what the registers hold of it: what differs, and what it lacks."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from ..content.add_sources import LETTERS
from ..content.csl import Reference
from ..content.rich_text import plain
from .entry import Entry

# The fields that are compared, in the order in which they are told.
FIELDS = ("title", "author", "issued", "container-title", "volume", "issue", "page", "DOI", "PMID", "PMCID")
_GREEK = str.maketrans({"α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "κ": "kappa", "μ": "mu"})


@dataclass(frozen=True)
class Finding:
    """A field of a source that differs from the registers or is missing: `here` is None, or as it is told; `there`
    what each register says; `value` what would be written, or None where the registers do not agree.
    """

    field: str
    here: str | None
    there: tuple[tuple[str, str], ...]
    value: Any = None

    def __str__(self) -> str:
        registers: dict[str, list[str]] = {}
        for register, said in self.there:
            registers.setdefault(said, []).append(register)
        told = ", ".join(f"{' and '.join(names)} '{said}'" for said, names in registers.items())
        return f"here '{self.here}', {told}" if self.here is not None else f"missing; {told}"


def compare(source: Reference, entries: Iterable[Entry]) -> list[Finding]:
    """What of a source differs from what all the registers say that say something, and what it lacks."""
    here = source.model_dump(by_alias=True, exclude_none=True, mode="json")
    found = []
    for field in FIELDS:
        saying = [entry for entry in entries if field in entry.said]
        mine = _of_source(here, field)
        if not saying or (field in ("title", "author") and source.type in _PAGES):
            continue
        # Of a list of which only a part was seen, the whole is told.
        partial = field == "author" and source.custom.more_authors
        # What a register was asked by it gives back: a DOI is right when both know it.
        enough = all if field == "DOI" else any
        if mine and not partial and enough(_says(entry, field, mine) for entry in saying):
            continue
        there = tuple((entry.register, told(field, entry.said[field][0])) for entry in saying)
        written = told(field, mine) + (", et al" if source.custom.more_authors else "") if mine else None
        found.append(Finding(field, written, there, agreed(field, saying)))
    return found


def another(source: Reference, entry: Entry) -> Finding | None:
    """What is told of an entry that is another publication's, as of a mistyped number: neither its title nor anybody
    who wrote it is that of the source. Nothing of such an entry is the source's; nothing for any other.
    """
    here = source.model_dump(by_alias=True, exclude_none=True, mode="json")
    title, authors = here.get("title"), [name for name in here.get("author", []) if "family" in name]
    forms = entry.said.get("title", ())
    others = [name for names in entry.said.get("author", ()) for name in names if "family" in name]
    if source.type in _PAGES or not title or not forms or any(_same_title(title, form) for form in forms):
        return None
    if authors and others:
        if any(_same_person(name, other) for name in authors for other in others):
            return None
    elif any(_akin(title, form) for form in forms):
        return None
    field = "PMID" if "PMID" in source.numbers and "PMID" in entry.said else "DOI"
    years = [str(year) for year in entry.said.get("issued", ())[:1]]
    named = ", ".join([forms[0], *(_printed(name) for name in others[:1]), *years])
    return Finding(field, source.numbers.get(field, ""), ((entry.register, f"another publication: {named}"),))


def _akin(title: str, other: str) -> bool:
    """Whether two titles share half of their words, or cannot be compared."""
    one, two = set(_fold(plain(title)).split()), set(_fold(plain(other)).split())
    return _latin(title) != _latin(other) or 2 * len(one & two) >= min(len(one), len(two))


# A record or a page that bears a number of a register is told by it in other words.
_PAGES = frozenset({"webpage", "post", "post-weblog", "dataset"})


def _says(entry: Entry, field: str, mine: Any) -> bool:
    return any(same(field, mine, form) for form in entry.said[field])


def agreed(field: str, entries: list[Entry]) -> Any:
    """What all the registers say, in the form of the first; None where they do not agree."""
    first, *others = entries
    forms = first.said[field]
    if field == "title" and forms[0].isupper() and others:
        forms = (*others[0].said[field], *forms)
    for form in forms:
        if all(any(same(field, form, other) for other in entry.said[field]) for entry in others):
            return form
    return None


def same(field: str, here: Any, there: Any) -> bool:
    """Whether two values of a field say the same in other letters, marks or short forms."""
    return _SAME[field](here, there)


def told(field: str, value: Any) -> str:
    """A value as a report tells it."""
    if field == "author":
        return ", ".join(_printed(name) for name in value)
    return str(value)


def _of_source(here: dict[str, Any], field: str) -> Any:
    value = here.get(field)
    return value["date-parts"][0][0] if field == "issued" and value else value


def _fold(words: str) -> str:
    """Letters and digits of any script in small, without their marks; between words one space."""
    plain_letters = unicodedata.normalize("NFKD", words.lower().translate(LETTERS))
    plain_letters = "".join(sign for sign in plain_letters if not unicodedata.combining(sign)).translate(_GREEK)
    return " ".join(re.findall(r"[^\W_]+", plain_letters))


def _same_words(here: str, there: str) -> bool:
    return _fold(here).replace(" ", "") == _fold(there).replace(" ", "")


def _same_title(here: str, there: str) -> bool:
    return _same_words(plain(here), plain(there))


def _same_place(here: str, there: str) -> bool:
    """Journals: with or without The, & as and, without what stands behind a colon or in brackets."""
    return bool(_names_of_place(plain(here)) & _names_of_place(plain(there)))


def _names_of_place(name: str) -> set[str]:
    name = name.replace("&", " and ")
    forms = (name, name.partition(" : ")[0], name.partition(": ")[0], re.sub(r"\(.*?\)|\[.*?\]", "", name))
    return {re.sub(r"^the ", "", _fold(form)) for form in forms} - {""}


def _same_number(here: str, there: str) -> bool:
    """Volumes and issues: Suppl 1 is 1S, 01 is 1, 3-4 is 3/4."""
    return _parts(here) == _parts(there)


def _parts(number: str) -> list[str]:
    folded = re.sub(r"supplement|suppl|supp", "s", _fold(number))
    return sorted(part.lstrip("0") or "0" for part in re.findall(r"[^\W\d]+|\d+", folded))


def _same_pages(here: str, there: str) -> bool:
    """Pages: 1063-90 is 1063-1090; where one side tells no last page, the first ones are compared."""
    (first, last), (other_first, other_last) = _pages(here), _pages(there)
    return first == other_first and (last == other_last or not last or not other_last)


def _pages(told: str) -> tuple[str, str]:
    first, _, last = re.sub(r"\s*[\u2010-\u2015-]\s*", "-", told.lower().strip()).partition("-")
    first, last = (re.sub(r"\s", "", page.split(",")[0].split(";")[0]) for page in (first, last))
    letters, digits = re.match(r"\D*", first), re.sub(r"\D*", "", first)
    last_digits = re.sub(r"\D*", "", last)
    if last and letters and len(last_digits) < len(digits):
        last_digits = digits[: -len(last_digits)] + last_digits if last_digits else ""
    # S389-S396 and S389-96 are the same pages.
    return first, last_digits if last_digits and last_digits != digits else ""


def _same_authors(here: list[dict[str, str]], there: list[dict[str, str]]) -> bool:
    """People in their order; bodies, which not every register names, only where there are no people."""
    people, others = ([name for name in names if "family" in name] for names in (here, there))
    if not people or not others:
        bodies, other_bodies = (["".join(sorted(_fold(_printed(name)))) for name in names] for names in (here, there))
        return bodies == other_bodies
    return len(people) == len(others) and all(map(_same_person, people, others))


def _same_person(here: dict[str, str], there: dict[str, str]) -> bool:
    one, other = _whole(here), _whole(there)
    if _latin(one) != _latin(other):
        return True  # a name in another script cannot be compared letter by letter
    families = [_fold(_family(name)).replace(" ", "") for name in (here, there)]
    given = [_fold(name.get("given", ""))[:1] for name in (here, there)]
    if families[0] == families[1]:
        return given[0] == given[1] or not all(given)
    # A family name of two words is divided otherwise: Parra Hernández, Luis; Hernández, Luis Parra.
    return sorted(_fold(one).split()) == sorted(_fold(other).split())


def _family(name: dict[str, str]) -> str:
    return " ".join(name[part] for part in ("non-dropping-particle", "dropping-particle", "family") if name.get(part))


def _whole(name: dict[str, str]) -> str:
    return f"{_family(name)} {name.get('given', '')}"


def _latin(name: str) -> bool:
    return bool(re.search("[a-z]", _fold(name)))


def _printed(name: dict[str, str]) -> str:
    parts = (_family(name), name.get("given"), name.get("suffix"))
    return name.get("literal") or " ".join(part for part in parts if part)


_SAME: dict[str, Callable[[Any, Any], bool]] = {
    "title": _same_title,
    "author": _same_authors,
    "issued": lambda here, there: bool(here == there),
    "container-title": _same_place,
    "volume": _same_number,
    "issue": _same_number,
    "page": _same_pages,
    "DOI": _same_words,
    "PMID": _same_words,
    "PMCID": _same_words,
}
