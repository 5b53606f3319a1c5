"""What PubMed holds of a publication, and searches of it, by NCBI's E-utilities (efetch and esearch).

https://www.ncbi.nlm.nih.gov/books/NBK25499/ and the DTD of PubMed, whose names the paths below are.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree
from pydantic import Field

from .ask import Asker
from .entry import Entry, Notice, said, title_and_state, words
from .shape import Told, from_json, from_xml, refused

NAME = "PubMed"
AT_ONCE = 200  # as NCBI asks for
_DOIS_AT_ONCE = 20  # a search is one address, which must not grow too long
MOST = 500  # of a search
# What the DTD calls a link from a publication to a notice of it.
_NOTICES = {
    "RetractionIn": "retraction", "RetractedandRepublishedIn": "retraction", "ErratumIn": "correction",
    "CorrectedandRepublishedIn": "correction", "ExpressionOfConcernIn": "expression of concern", "UpdateIn": "update",
}  # fmt: skip
_TYPES = {
    "Retracted Publication": "retraction",
    "Retraction of Publication": "is itself the retraction of another work",
    "Published Erratum": "is itself the correction of another work",
    "Expression of Concern": "is itself the expression of concern of another work",
}


class _Search(Told):
    count: str | None = None
    idlist: list[str] | None = None
    querytranslation: str = ""
    error: str | None = Field(default=None, alias="ERROR")
    errorlist: dict[str, list[str]] = {}
    warninglist: dict[str, list[str]] = {}


class _Result(Told):
    esearchresult: _Search


def entries(asker: Asker, pmids: Sequence[str]) -> dict[str, Entry]:
    """What PubMed holds of these numbers, by number; a number that it does not know is not there.

    Raises RefusedError when it does not answer, or in another shape than it documents.
    """
    found: dict[str, Entry] = {}
    for start in range(0, len(pmids), AT_ONCE):
        some = pmids[start : start + AT_ONCE]
        parameters = {"db": "pubmed", "retmode": "xml", "id": ",".join(some)}
        about = f"PMID {some[0]}" + (f" and {len(some) - 1} more" if len(some) > 1 else "")
        answer = asker.get("pubmed", "efetch.fcgi", parameters)
        for article in from_xml(answer.text, "PubmedArticleSet", NAME, about).iterfind("PubmedArticle"):
            made = _entry(article, about)
            found[made.said["PMID"][0]] = made
    return found


def numbers_of(asker: Asker, dois: Sequence[str]) -> list[str]:
    """The numbers of the publications with these DOIs that PubMed has, in no order.

    Raises RefusedError as `entries` does.
    """
    found: list[str] = []
    for start in range(0, len(dois), _DOIS_AT_ONCE):
        term = " OR ".join(f'"{doi}"[aid]' for doi in dois[start : start + _DOIS_AT_ONCE])
        found += _search(asker, {"term": term, "retmax": str(MOST)}).idlist or []
    return list(dict.fromkeys(found))


@dataclass(frozen=True)
class Found:
    """The numbers that a search found, and what is odd about it, as ends of a sentence that PubMed begins."""

    numbers: list[str]
    odd: list[str]


def new(asker: Asker, query: str, since: str, until: str) -> Found:
    """What came into PubMed from one day to another and is found by a query.

    Raises RefusedError as `entries` does.
    """
    parameters = {
        "term": query, "datetype": "edat", "mindate": since.replace("-", "/"), "maxdate": until.replace("-", "/"),
        "retmax": str(MOST),
    }  # fmt: skip
    result = _search(asker, parameters)
    odd = [
        f"does not know {', '.join(unknown)}"
        for kind in ("phrasesnotfound", "fieldsnotfound")
        if (unknown := result.errorlist.get(kind))
    ]
    odd += [f"says: {said}" for said in result.warninglist.get("outputmessages", []) if said != "No items found."]
    if int(result.count or 0) > MOST:
        odd.append(f"finds {result.count}; only {MOST} are told: ask for a shorter time")
    return Found(result.idlist or [], odd)


def _search(asker: Asker, parameters: dict[str, str]) -> _Search:
    answer = asker.get("pubmed", "esearch.fcgi", {"db": "pubmed", "retmode": "json", **parameters})
    about = f"the search {parameters['term']}"
    result = from_json(answer.text, _Result, NAME, about).esearchresult
    if result.error is not None:
        raise refused(NAME, about, result.error)
    if result.idlist is None or not (result.count or "").isdecimal():
        raise refused(NAME, about, "count or idlist is missing")
    return result


def _entry(article: etree._Element, about: str) -> Entry:
    citation = article.find("MedlineCitation")
    pmid, paper = (article.findtext("MedlineCitation/PMID"), article.find("MedlineCitation/Article"))
    if citation is None or paper is None or not pmid or paper.find("ArticleTitle") is None:
        raise refused(NAME, about, "a PubmedArticle without MedlineCitation, PMID, Article or ArticleTitle")
    title, state = title_and_state(_text(paper, "ArticleTitle").rstrip("."))
    translated = re.fullmatch(r"\[(.*?)\.?\]", title)
    numbers = {each.get("IdType"): each.text or "" for each in article.iterfind("PubmedData/ArticleIdList/ArticleId")}
    issue = "Journal/JournalIssue"
    return Entry(
        NAME,
        said(
            title=[translated[1] if translated else title, _text(paper, "VernacularTitle").rstrip(".")],
            author=[[name for author in paper.iterfind("AuthorList/Author") if (name := _name(author))]],
            issued=[_year(paper.find(f"{issue}/PubDate")), *map(_year, paper.iterfind("ArticleDate"))],
            container_title=[
                _text(paper, "Journal/Title"),
                _text(paper, "Journal/ISOAbbreviation"),
                _text(citation, "MedlineJournalInfo/MedlineTA"),
            ],
            volume=[_text(paper, f"{issue}/Volume")],
            issue=[_text(paper, f"{issue}/Issue")],
            page=[_text(paper, "Pagination/MedlinePgn"), *_article_numbers(paper)],
            DOI=[numbers.get("doi", "").lower()],
            PMID=[pmid],
            PMCID=[numbers.get("pmc", "")],
        ),
        (*([Notice(state, f"{NAME} (in the title)")] if state else []), *_notices(citation)),
        _day(article),
    )


def _text(element: etree._Element, path: str) -> str:
    """The words at a path, with the marks of a title."""
    found = element.find(path)
    if found is None:
        return ""
    inner = etree.tostring(found, encoding="unicode", with_tail=False)
    return words(inner)


def _name(author: etree._Element) -> dict[str, str]:
    family = _text(author, "LastName")
    if not family:
        body = _text(author, "CollectiveName")
        return {"literal": body} if body else {}
    parts = {
        "family": family,
        "given": _text(author, "ForeName") or _text(author, "Initials"),
        "suffix": _text(author, "Suffix"),
    }
    return {part: value for part, value in parts.items() if value}


def _article_numbers(paper: etree._Element) -> Iterator[str]:
    yield from (found.text or "" for found in paper.iterfind("ELocationID") if found.get("EIdType") == "pii")


def _year(date: etree._Element | None) -> int | None:
    """The year of a date, which may be told in words: 2019 Nov-Dec."""
    told = "" if date is None else (date.findtext("Year") or date.findtext("MedlineDate") or "")
    found = re.search(r"\b(1[5-9]|20)\d\d\b", told)
    return int(found[0]) if found else None


def _day(article: etree._Element) -> str:
    """The day on which it came into PubMed."""
    for date in article.iterfind("PubmedData/History/PubMedPubDate"):
        if date.get("PubStatus") == "entrez":
            parts = [date.findtext(part, "") for part in ("Year", "Month", "Day")]
            return "-".join(part.zfill(2) for part in parts if part)
    return ""


def _notices(citation: etree._Element) -> Iterator[Notice]:
    linked = set()
    for link in citation.iterfind("CommentsCorrectionsList/CommentsCorrections"):
        kind = _NOTICES.get(link.get("RefType", ""))
        if kind is None:
            continue
        linked.add(kind)
        pmid, where = link.findtext("PMID"), _text(link, "RefSource")
        doi = re.search(r"10\.\d{4,9}/\S+?(?=[.;,]?(?:\s|$))", where)
        address = f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/" if pmid else f"https://doi.org/{doi[0]}" if doi else where
        yield Notice(kind, NAME, _published(where), address)
    for found in citation.iterfind("Article/PublicationTypeList/PublicationType"):
        kind = _TYPES.get(found.text or "")
        if kind and kind not in linked:
            yield Notice(kind, NAME)


def _published(where: str) -> str:
    """The year in a reference such as Lancet. 2010 Feb 6;375(9713):445."""
    found = re.search(r"\b(?:19|20)\d\d\b", where)
    return found[0] if found else ""
