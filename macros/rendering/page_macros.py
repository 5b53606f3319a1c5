"""The macros that pages call: here, and only here, each is registered."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from markupsafe import Markup

from . import (
    approved_uses,
    claims,
    glossary,
    handouts_page,
    preparation_finder,
    prose,
    reference_lists,
    region_page,
    region_summary,
    self_check,
    sheet_fields,
    trial_pictures,
    warnings_and_steps,
)
from .figures.figure import figure
from .markdown_extension import SOURCES_HERE
from .markup import block, element, inline
from .page_context import PageContext
from .tables import aging, outcomes, preparation, product, protocols, reference, regions


def cite(context: PageContext, *keys: str) -> Markup:
    """Numbered links to sources.

    Paste: {{ cite("trindade2023", "goldie2018") }}
    """
    return inline(context.cite(keys))


def references(context: PageContext) -> Markup:
    """The sources of the page, at its foot; also those that are cited below it.

    Paste, as the last line: {{ references() }}
    """
    return SOURCES_HERE


def folded(context: PageContext, words: str, table: Markup) -> Markup:
    """A long table that opens below these words; on paper it stands open.

    Paste, at the beginning of a line: {{ folded("These studies in a table", outcomes_table(topic=["imaging"])) }}
    """
    return block("folded", element("details", element("summary", words), table, classes="fold"))


# Each is called by its name, with the context of its page before the arguments that the page gives.
MACROS: tuple[Callable[..., Markup], ...] = (
    cite,
    references,
    folded,
    figure,
    # Single values in running text
    prose.value,
    prose.per_syringe,
    prose.fact,
    prose.ratio,
    prose.counted_ratio,
    prose.label_mark,
    prose.off_label,
    prose.diluted_use,
    approved_uses.approved_uses,
    approved_uses.thinned_exceptions,
    # Warnings, steps, claims, regions
    warnings_and_steps.safety_list,
    warnings_and_steps.stop_signs,
    warnings_and_steps.no_reversal,
    warnings_and_steps.safety_strip,
    warnings_and_steps.steps_list,
    warnings_and_steps.step_warnings,
    claims.claim,
    region_summary.region_summary,
    # Both groups of a trial
    trial_pictures.trial_picture,
    trial_pictures.trial_pictures,
    # The page of a region, part by part
    region_page.region_danger,
    region_page.region_done,
    region_page.region_measured,
    region_page.region_harms,
    region_page.region_differences,
    region_page.region_questions,
    # Sheets
    sheet_fields.tick_list,
    sheet_fields.ticks,
    sheet_fields.fields,
    sheet_fields.writing_box,
    handouts_page.handouts_list,
    handouts_page.print_check,
    # Tables
    preparation.preparation_table,
    preparation.preparation_card_table,
    preparation.ratio_bands_table,
    preparation_finder.preparation_finder,
    protocols.protocol_table,
    protocols.disagreements_table,
    protocols.spread_table,
    regions.regions_table,
    regions.regions_card_table,
    regions.label_status_table,
    regions.indications_table,
    regions.approvals_table,
    product.composition_table,
    product.presentations_table,
    product.timeline_table,
    product.rheology_table,
    product.comparison_table,
    outcomes.outcomes_table,
    outcomes.use_summaries_table,
    outcomes.adverse_events_table,
    aging.layers_table,
    reference.claims_totals,
    reference.claims_table,
    reference.changes_table,
    reference.strength_table,
    # Lists of the reference pages
    glossary.glossary_list,
    self_check.questions_list,
    reference_lists.open_questions_list,
    reference_lists.sources_list,
    reference_lists.source_links,
    reference_lists.incomplete_sources,
    reference_lists.downloads_list,
    reference_lists.training_contact,
)


def bound(macro: Callable[..., Markup], context: Callable[[], PageContext]) -> Callable[..., Markup]:
    """The macro as a page calls it: the context of the page that is being rendered is filled in."""

    @wraps(macro)
    def called(*args: Any, **kwargs: Any) -> Markup:
        return macro(context(), *args, **kwargs)

    return called
