"""Names of people as AMA style prints them: family name first, all initials, no points."""

import re

from ..content.csl import Name


def printed_name(name: Name) -> str:
    """A name in AMA style: Fisher GJ, van der Berg JA Jr; the name of a body as it is."""
    if name.literal:
        return name.literal
    suffix = name.suffix.strip(" ,.") if name.suffix else None
    parts = (name.surname, initials(name.given or ""), name.dropping_particle, suffix)
    return " ".join(part for part in parts if part)


def initials(given: str) -> str:
    """The initials of given names: Anna B. is AB, Jean-Luc JL, GJ stays GJ; a particle stays a word."""
    found, particles = "", []
    for word in re.split(r"[\s.,()\"“”]+", given):
        if not word:
            continue
        parts = [part for part in re.split(r"[-‐‑–]", word) if part]
        if found and word.islower():
            particles.append(word)
        else:
            found += "".join(part if _are_initials(part) else part[0].upper() for part in parts)
    return " ".join([found, *particles]).strip()


def _are_initials(word: str) -> bool:
    """Whether a word is initials already, as PubMed writes them: GJ, and MYu, whose Yu is one letter of Cyrillic."""
    large = sum(letter.isupper() for letter in word)
    return 2 <= large <= len(word) <= 4 and word.isalpha() and large > len(word) - large
