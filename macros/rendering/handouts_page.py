"""The handouts page: every sheet with its files, and the form that leads to the page of a print."""

from collections.abc import Sequence

from markupsafe import Markup

from ..content.addresses import HANDOUTS_PAGE, large_slug, print_name
from ..content.rows.editorial import Handout, Pack
from ..content.vocabulary import PAPERS
from .markup import block, element, joined
from .page_context import PageContext

HANDOUT_READERS = {"practitioner": "For practitioners", "trainee": "For trainees", "patient": "For patients"}
# As printed, with the word before it or without, in either case, spaces anywhere.
_VERSION = r"\s*(?:[Vv](?:ersion)?)?\s*[0-9]+\s*[.]\s*[0-9]+\s*[.]\s*[0-9]+\s*"
_FINGERPRINT = r"\s*(?:[Ff]ingerprint:?)?\s*(?:[0-9A-Fa-f][\s\-]*){8}"
PAPER_NAMES = {"a4": "A4", "letter": "US Letter"}


def print_check(context: PageContext) -> Markup:
    """A small form: which sheet or page, and the version and fingerprint at its foot; leads to its page, which says
    whether the print is current (assets/prints.js).

    Paste: {{ print_check() }}
    """
    project = context.project
    handouts = context.data.handouts.handouts
    sheets = [print_of for row in handouts if not row.region for print_of in _prints_of(row)]
    packs = [(row.title, HANDOUTS_PAGE, row.id) for row in context.data.handouts.packs]
    regions = [(row.title, row.page, row.id) for row in handouts if row.region]
    whole = [(row.meta.title, row.path, row.slug) for row in project.pages if project.printed_as(row) is None]
    groups = (
        element("optgroup", *(_choice(context, *sheet) for sheet in group), label=label)
        for label, group in (("Sheets", sheets), ("Packs", packs), ("Regions", regions), ("Pages", whole))
        if group
    )
    version = element(
        "input", name="version", pattern=_VERSION, placeholder=project.site.version, required=True, autocomplete="off"
    )
    fingerprint = element(
        "input", name="fingerprint", pattern=_FINGERPRINT, placeholder="1a2b3c4d", autocomplete="off",
        autocapitalize="off", spellcheck="false",
    )  # fmt: skip
    form = element(
        "form",
        element("label", "Sheet or page ", element("select", *groups, name="sheet")),
        element("label", "Version at its foot ", version),
        element("label", "Fingerprint at its foot, if it has one ", fingerprint),
        element("button", "Check", type="submit"),
        classes="print-check",
        data_print_check=True,
        hidden=True,
    )
    return block("print-check", form)


def _prints_of(row: Handout) -> list[tuple[str, str, str]]:
    """Title, page and slug of each print of a sheet."""
    titles = (row.title, f"{row.title}, large print")
    return [(title, row.page, slug) for title, slug in zip(titles, row.slugs, strict=False)]


def _choice(context: PageContext, title: str, page: str, slug: str) -> Markup:
    return element("option", title, value=context.link(page), data_sheet=slug)


def handouts_list(context: PageContext) -> Markup:
    """Every sheet with its picture and its files, by reader; pages, sizes and version are filled in by a build.

    Paste: {{ handouts_list() }}
    """
    parts = []
    for audience, heading in HANDOUT_READERS.items():
        of_these = [row for row in context.data.handouts.handouts if row.audience[0] == audience]
        rows = [row for row in of_these if not row.region]
        cards = element("div", *(_handout_card(context, row) for row in rows), classes="handouts")
        parts += [Markup("## {}").format(heading), block("handouts", cards)]
        if packs := [row for row in context.data.handouts.packs if row.audience[0] == audience]:
            parts += [Markup("### Packs"), block("handouts", element("ul", *(_pack(context, row) for row in packs)))]
        if sheets := [row for row in of_these if row.region]:
            parts += [Markup("### By region"), block("handouts", _region_sheets(context, sheets))]
    return joined(parts, "\n\n")


def readers(audience: Sequence[str]) -> str:
    """For whom something is, in words: For practitioners and patients."""
    *others, last = (HANDOUT_READERS[name].removeprefix("For ") for name in audience)
    return "For " + (f"{', '.join(others)} and {last}" if others else last)


def _pack(context: PageContext, row: Pack) -> Markup:
    """A line for a pack: what it is for, its sheets, and its files."""
    context.prints(row)
    sheets = [context.data.one(name, Handout, "sheet") for name in row.sheets]
    papers = [paper for paper in PAPERS if all(paper in sheet.papers for sheet in sheets)]
    return element(
        "li",
        element("strong", row.title),
        f": {row.description} ",
        f"{len(sheets)} sheets: {', '.join(sheet.title for sheet in sheets)}. ",
        joined((_file(context, row, paper) for paper in papers), ", "),
        data_handout=row.id,
    )


def _region_sheets(context: PageContext, rows: Sequence[Handout]) -> Markup:
    """The sheets of the regions, a line each: pictures of them would tell little."""
    items = (
        element(
            "li",
            element("a", row.title, href=context.link(row.page)),
            ": ",
            joined((_file(context, row, paper, sized=False) for paper in row.papers), ", "),
            data_handout=context.prints(row).id,
        )
        for row in rows
    )
    return element("ul", *items, classes="region-sheets")


def _handout_card(context: PageContext, row: Handout) -> Markup:
    first = f"pdf/{print_name(row.id, row.papers[0])}"
    shown = context.link(first.replace(".pdf", ".png"))
    width, height = ("340", "240") if row.orientation == "landscape" else ("240", "340")
    picture = element(
        "a",
        element("img", src=shown, alt="", loading="lazy", width=width, height=height),
        href=context.link(first),
        classes="handout-picture",
        data_print="off",
        tabindex="-1",
        aria_hidden="true",
    )
    title = element("h3", element("a", row.title, href=context.link(row.page)))
    files = element(
        "ul",
        *(element("li", _file(context, row, paper)) for paper in row.papers),
        *(element("li", _file(context, row, paper, large=True)) for paper in row.papers if row.large_print),
    )
    words = element("div", title, element("p", row.description), files)
    return element("div", picture, words, classes="handout", data_handout=context.prints(row).id)


def _file(context: PageContext, row: Handout | Pack, paper: str, sized: bool = True, large: bool = False) -> Markup:
    """A link to a print; `sized`: with a place for its pages, size and version; `large`: to that in large print."""
    name = print_name(large_slug(row.id) if large else row.id, paper)
    of = element("span", f": {row.title}", classes="visually-hidden")
    words = f"Large print, {PAPER_NAMES[paper]}" if large else PAPER_NAMES[paper]
    link = element("a", words, of, href=context.link(f"pdf/{name}"))
    return joined([link, " ", element("span", data_file=name)]) if sized else link


def page_prints(context: PageContext) -> list[list[str]]:
    """What the theme offers beside the title of a page: each paper on which it is printed, and the file.

    Lists, as front matter has them: Zensical takes no tuple there.
    """
    row = context.project.printed_as(context.page)
    slug, papers = (row.id, row.papers) if row else (context.page.slug, PAPERS)
    prints = [[paper.capitalize(), f"pdf/{print_name(slug, paper)}"] for paper in papers]
    for row in context.data.handouts.handouts:
        if row.large_print and row.page == context.page.path:
            prints += [
                [f"{paper.capitalize()}, large print", f"pdf/{print_name(large_slug(row.id), paper)}"]
                for paper in row.papers
            ]
    return prints
