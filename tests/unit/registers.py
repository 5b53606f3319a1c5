"""The registers as a server on this machine: it answers as their documentation says, with invented content."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape


class Said(NamedTuple):
    """One answer: its body, its status, and headers beside the usual ones."""

    body: str | bytes
    status: int = 200
    headers: dict[str, str] = {}


class Asked(NamedTuple):
    """One question: the path below the service, the parameters, and who asks."""

    path: str
    parameters: dict[str, str]
    agent: str


class Registers:
    """What is answered to a path; a list is answered one after the other, its last for good. What nobody set is 404."""

    def __init__(self) -> None:
        self.address = ""
        self.answers: dict[str, Said | list[Said]] = {}
        self.asked: list[Asked] = []

    def options(self) -> list[str]:
        """The options with which the command asks here."""
        return [f"--at={name}={self.address}/{name}" for name in ("crossref", "pubmed", "openfda", "trials")]

    def of(self, path: str) -> list[Asked]:
        """The questions for what begins with a path."""
        return [asked for asked in self.asked if asked.path.startswith(path)]

    def answer(self, asked: Asked) -> Said:
        """The answer to a question; a search is found by its words too, as `path?words`."""
        words = asked.parameters.get("term") or asked.parameters.get("id") or asked.parameters.get("search", "")
        found = next((self.answers[key] for key in (f"{asked.path}?{words}", asked.path) if key in self.answers), None)
        if isinstance(found, list):
            return found.pop(0) if len(found) > 1 else found[0]
        return found or Said(NOTHING.get(asked.path.split("/")[0], ""), 404)


# What the services say of what they have not.
NOTHING = {
    "crossref": "Resource not found.",
    "openfda": json.dumps({"error": {"code": "NOT_FOUND", "message": "No matches found!"}}),
    "trials": "NCT number not found",
}


@contextmanager
def served() -> Iterator[Registers]:
    """The server, for as long as it is wanted."""
    registers = Registers()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True  # or an answer waits 40 ms for word that its headers arrived

        def do_GET(self) -> None:
            split = urlsplit(self.path)
            parameters = {name: values[0] for name, values in parse_qs(split.query).items()}
            asked = Asked(unquote(split.path).strip("/"), parameters, self.headers.get("User-Agent", ""))
            registers.asked.append(asked)
            said = registers.answer(asked)
            body = said.body.encode() if isinstance(said.body, str) else said.body
            self.send_response(said.status)
            for name, value in {"Content-Length": str(len(body)), **said.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    registers.address = f"http://127.0.0.1:{server.server_port}"
    yield registers
    server.shutdown()
    server.server_close()
    thread.join()


# --- answers in the shape of each service -------------------------------------------------------


def work(doi: str, title: str, **fields: Any) -> Said:
    """A work of Crossref; _ in a name is - in the field."""
    message = {
        "DOI": doi, "URL": f"https://doi.org/{doi}", "type": "journal-article", "prefix": "10.99999", "title": [title],
        "score": 1.0, "reference-count": 0, "created": {"date-parts": [[2029, 5, 1]]},
        **{name.replace("_", "-"): value for name, value in fields.items()},
    }  # fmt: skip
    answer = {"status": "ok", "message-type": "work", "message-version": "1.0.0", "message": message}
    return Said(json.dumps(answer), headers={"x-rate-limit-limit": "10", "x-rate-limit-interval": "1s"})


def dates(*parts: int) -> dict[str, Any]:
    """A date of Crossref."""
    return {"date-parts": [list(parts)]}


def update(doi: str, kind: str, day: tuple[int, ...], source: str = "publisher") -> dict[str, Any]:
    """An item of Crossref's update-to and updated-by."""
    return {"DOI": doi, "type": kind, "label": kind.title(), "source": source, "updated": dates(*day)}


def article(pmid: str, title: str, **told: Any) -> str:
    """A PubmedArticle; `told` may give authors, journal, year, volume, issue, pages, doi, types, links, entrez."""
    authors = "".join(
        f"<Author ValidYN='Y'><LastName>{family}</LastName><ForeName>{given}</ForeName><Initials>{given[0]}</Initials></Author>"
        for family, given in told.get("authors", [("Example", "Ann")])
    )
    types = "".join(
        f"<PublicationType UI='D0'>{kind}</PublicationType>" for kind in ["Journal Article", *told.get("types", [])]
    )
    links = "".join(
        f"<CommentsCorrections RefType='{kind}'><RefSource>{escape(where)}</RefSource><PMID Version='1'>{number}</PMID></CommentsCorrections>"
        for kind, where, number in told.get("links", [])
    )
    part = {name: f"<{tag}>{told[name]}</{tag}>" for name, tag in _PARTS.items() if told.get(name)}
    year, month, day = told.get("entrez", "2029-05-02").split("-")
    doi = f"<ArticleId IdType='doi'>{told['doi']}</ArticleId>" if "doi" in told else ""
    return f"""<PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM"><PMID Version="1">{pmid}</PMID>
<Article PubModel="Print"><Journal><ISSN IssnType="Electronic">0000-0000</ISSN><JournalIssue CitedMedium="Internet">
{part.get("volume", "")}{part.get("issue", "")}<PubDate>{part.get("year", "")}<Month>May</Month></PubDate></JournalIssue>
<Title>{told.get("journal", "Journal of Made-up Results")}</Title><ISOAbbreviation>J Made-up Res</ISOAbbreviation></Journal>
<ArticleTitle>{title}</ArticleTitle><Pagination>{part.get("pages", "")}</Pagination>{told.get("vernacular", "")}
<AuthorList CompleteYN="Y">{authors}</AuthorList><PublicationTypeList>{types}</PublicationTypeList></Article>
<MedlineJournalInfo><MedlineTA>J Made-up Res</MedlineTA></MedlineJournalInfo>
<CommentsCorrectionsList>{links}</CommentsCorrectionsList></MedlineCitation><PubmedData><History>
<PubMedPubDate PubStatus="entrez"><Year>{year}</Year><Month>{int(month)}</Month><Day>{int(day)}</Day></PubMedPubDate>
</History><ArticleIdList><ArticleId IdType="pubmed">{pmid}</ArticleId>{doi}</ArticleIdList></PubmedData></PubmedArticle>"""


_PARTS = {"volume": "Volume", "issue": "Issue", "year": "Year", "pages": "MedlinePgn"}


def efetch(*articles: str) -> Said:
    """What efetch answers."""
    head = (
        '<?xml version="1.0" ?>\n<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2029//EN" '
        '"https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_290101.dtd">\n'
    )
    return Said(f"{head}<PubmedArticleSet>{''.join(articles)}</PubmedArticleSet>")


def esearch(*pmids: str, **more: Any) -> Said:
    """What esearch answers."""
    result = {"count": str(len(pmids)), "retmax": "20", "retstart": "0", "idlist": list(pmids), "querytranslation": ""}
    return Said(json.dumps({"header": {"type": "esearch", "version": "0.3"}, "esearchresult": {**result, **more}}))


def openfda(*rows: dict[str, Any]) -> Said:
    """What openFDA answers."""
    meta = {
        "disclaimer": "...",
        "last_updated": "2030-03-01",
        "results": {"skip": 0, "limit": 1000, "total": len(rows)},
    }
    return Said(json.dumps({"meta": meta, "results": list(rows)}))


def trial(number: str, title: str, changed: str, status: str = "COMPLETED", results: str = "") -> Said:
    """What ClinicalTrials.gov answers."""
    state: dict[str, Any] = {"overallStatus": status, "lastUpdatePostDateStruct": {"date": changed, "type": "ACTUAL"}}
    if results:
        state["resultsFirstPostDateStruct"] = {"date": results, "type": "ACTUAL"}
    section = {"identificationModule": {"nctId": number, "briefTitle": title}, "statusModule": state}
    return Said(json.dumps({"protocolSection": section, "hasResults": bool(results)}))
