"""The lists of the reference pages: open questions, sources, downloads."""

from markupsafe import Markup, escape

from ..content.completeness import missing
from ..content.csl import Reference
from ..content.files import DOWNLOADS
from ..content.vocabulary import EVIDENCE_NAMES
from .markup import block, element, file_link, joined
from .page_context import PageContext


def open_questions_list(context: PageContext, area: str | None = None) -> Markup:
    """What is not known, why it matters, and what would settle it; the most urgent first.

    Paste: {{ open_questions_list() }} or {{ open_questions_list("mixing") }}
    """
    order = ("high", "medium", "low")
    rows = context.data.open_questions.open_questions
    if area is not None:
        rows = [row for row in rows if row.area == area]
    if not rows:
        raise ValueError(f"open_questions_list: no question in the area '{area}'")
    items = (
        element(
            "li",
            element("strong", row.question),
            " ",
            element("span", f"({row.area}, {row.priority} priority)", classes="row-source"),
            element("br"),
            f"Why it matters: {row.why_it_matters}",
            context.cite(row.refs),
            element("br"),
            f"What would settle it: {row.what_would_settle_it}",
            id=row.id,
            data_row=context.prints(row).id,
        )
        for row in sorted(rows, key=lambda row: order.index(row.priority))
    )
    return block("open-questions", element("ul", *items))


def sources_list(context: PageContext) -> Markup:
    """Every source of the site, by first author; "used on" is filled in at the end of a build.

    Behind the kind of a source that was compared with its register stands the day.

    Paste: {{ sources_list() }}
    """
    bibliography = context.bibliography
    keys = sorted(bibliography.references, key=bibliography.place)
    items = (
        element(
            "li",
            bibliography.entry(key, day=True),
            _file_link(context, bibliography.references[key]),
            id=f"source-{key}",
            data_group=_kind(bibliography.references[key]),
        )
        for key in keys
    )
    return block("sources", element("ul", *items, classes="references", data_filter="Kind of source"))


def _file_link(context: PageContext, source: Reference) -> Markup | None:
    link = file_link(context.project.line_address(source), "Data")
    return Markup(" ") + link if link else None


def source_links(context: PageContext, *keys: str) -> Markup:
    """Sources as links that lead to them, for who must open one now; each is cited too.

    Paste: {{ source_links("vanloghem2020", "king2020") }}
    """
    cited = {key: context.cite([key]) for key in keys}
    items = (element("li", context.bibliography.named(key), number) for key, number in cited.items())
    return block("source-links", element("ul", *items))


def _kind(source: Reference) -> str:
    """The kind by which the list is filtered; copies are found with their originals."""
    return EVIDENCE_NAMES[source.custom.kind]


def incomplete_sources(context: PageContext) -> Markup:
    """How many sources are complete, and each of the others with what of it was not seen.

    Paste: {{ incomplete_sources() }}
    """
    bibliography = context.bibliography
    lacking = {key: lacks for key, source in bibliography.references.items() if (lacks := missing(source))}
    total = len(bibliography.references)
    compared = sum(source.custom.verified is not None for source in bibliography.references.values())
    were = "was compared with its entry" if compared == 1 else "were compared with their entries"
    registers = f" {compared} {were} at Crossref or PubMed." if compared else ""
    told = element("p", f"{total - len(lacking)} of {total} sources are complete.{registers}")
    if not lacking:
        return block("incomplete-sources", told)
    items = (
        element(
            "li",
            element("a", bibliography.short(key), href=f"#source-{key}"),
            f": {', '.join(lacking[key])} not seen",
        )
        for key in sorted(lacking, key=lambda key: bibliography.short(key).lower())
    )
    return block("incomplete-sources", told, element("ul", *items))


def downloads_list(context: PageContext) -> Markup:
    """The data files to download, each with what it holds.

    Paste: {{ downloads_list() }}
    """
    items = (
        element(
            "li",
            joined([element("a", path.rpartition("/")[2], href=context.link(path)) for path in paths], ", "),
            f": {what}",
        )
        for paths, what in DOWNLOADS
    )
    return block("downloads", element("ul", *items))


def training_contact(context: PageContext) -> Markup:
    """How to ask for training; nothing when no contact is set in mkdocs.yml.

    Paste: {{ training_contact() }}
    """
    contact = context.project.site.training_address
    if not contact:
        return Markup("")
    address = contact if "://" in contact else f"mailto:{contact}"
    return block("training", "To ask for training, write to ", element("a", escape(contact), href=address), ".")
