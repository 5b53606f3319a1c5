"""A pack: several sheets in one document, each as it stands alone, behind a list of them."""

from collections.abc import Sequence
from dataclasses import replace

from lxml.html import HtmlElement
from markupsafe import Markup

from ..content.addresses import HANDOUTS_PAGE, page_url
from ..content.rows.editorial import Pack
from ..content.settings import Site
from ..content.vocabulary import PAPERS
from ..rendering.handouts_page import readers
from .form_fields import called_after
from .print_template import page_name, sheet_classes, sheet_head
from .sheets import Sheet, contact_line, element, html_of, prefix_ids


def pack_sheet(pack: Pack, sheets: Sequence[Sheet], site: Site) -> Sheet:
    """The print of a pack on the papers that all its sheets have."""
    made = Sheet(
        slug=pack.id,
        title=pack.title,
        description=pack.description,
        audience=tuple(pack.audience),
        audience_words=readers(pack.audience),
        reviewed=min(sheet.reviewed for sheet in sheets),
        address=page_url(HANDOUTS_PAGE),
        pages=tuple(dict.fromkeys(page for sheet in sheets for page in sheet.pages)),
        body=Markup(""),
        contact=contact_line(site.clinic),
        papers=tuple(paper for paper in PAPERS if all(paper in sheet.papers for sheet in sheets)),
        kind="pack",
        classes="pack",
        sheets=tuple(sheets),
    )
    parts = [_contents(made), *(_section(sheet, made, site) for sheet in sheets)]
    return replace(made, body=html_of(parts))


def _contents(pack: Sheet) -> HtmlElement:
    """What the pack is for, and its sheets with their pages."""
    items = Markup("").join(Markup('<li><a href="#{}">{}</a></li>').format(one.slug, one.title) for one in pack.sheets)
    return element(
        Markup('<section class="contents"><p class="promise">{}</p><ul>{}</ul></section>').format(
            pack.description, items
        )
    )


def _section(sheet: Sheet, pack: Sheet, site: Site) -> HtmlElement:
    """A sheet on pages of its own: what stands alone in the body of its document."""
    name = page_name(sheet, pack)
    section = element(
        Markup('<section class="{} {}" id="{}" style="page: {}">{}{}</section>').format(
            name, sheet_classes(sheet), sheet.slug, name, sheet_head(sheet, site), sheet.body
        )
    )
    prefix_ids(section, sheet.slug)
    called_after(sheet.slug, [section])
    return section
