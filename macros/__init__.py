"""Everything behind the macros of this site. Only this file knows the site generator.

The road of one datum: a row in docs/data/ is checked by data.py and becomes a row of model.py;
a function of values.py, blocks.py, lists.py or tables/ turns it into HTML; here that function becomes a macro that a
page calls; handouts/ prints the built page.
"""

import posixpath
from collections.abc import Callable, Mapping
from functools import wraps
from pathlib import Path
from typing import Any

from mkdocs.exceptions import PluginError

from .content.addresses import page_url, relative_url
from .content.faults import ContentError
from .content.files import DOWNLOADS
from .content.load import Data, load
from .content.project import load_project
from .rendering import (
    claims,
    glossary,
    handouts_page,
    prose,
    reference_lists,
    region_summary,
    self_check,
    sheet_fields,
    warnings_and_steps,
)
from .rendering import preparation_finder as finder
from .rendering.bibliography import Bibliography
from .rendering.citations import PageCitations
from .rendering.figures import figure
from .rendering.markdown_extension import ProjectMarkdown
from .rendering.markup import inline, mark
from .rendering.tables import aging, outcomes, preparation, product, protocols, reference, regions
from .rendering.tables.reference import strength_table


def define_env(env: Any) -> None:
    """Register the macros with mkdocs-macros-plugin; called again at each rebuild of the live preview."""
    try:
        # A whole build has loaded it already.
        project = getattr(env, "project", None) or load_project(Path(env.project_dir))
    except ContentError as error:
        # As MkDocs says such things: the words, and no traceback.
        raise PluginError(str(error)) from None
    data = project.data
    titles = {page.path: page.meta.title for page in project.pages}
    bibliography = Bibliography(data.references)
    citations = PageCitations(bibliography)

    # Zensical converts the page already when it gets here; its settings name the extension (makeExtension).
    if not _is_zensical(env):
        env.conf["markdown_extensions"].append(ProjectMarkdown(lambda md: _definitions(data, env.page.meta)))

    def link(path: str) -> str:
        """The way from the page being built to another page, or to a file of the site."""
        target = page_url(path, env.conf["use_directory_urls"]) if path.endswith(".md") else path
        # Zensical takes every link as one from the page's file and turns it into one from its address.
        here = posixpath.dirname(env.page.path) + "/" if _is_zensical(env) else env.page.url
        return relative_url(target, here.lstrip("/"))

    with_cite = [
        preparation.preparation_table,
        preparation.preparation_card_table,
        preparation.ratio_bands_table,
        protocols.protocol_table,
        regions.regions_table,
        regions.regions_card_table,
        regions.label_status_table,
        regions.approvals_table,
        protocols.disagreements_table,
        protocols.spread_table,
        product.composition_table,
        product.presentations_table,
        product.timeline_table,
        product.comparison_table,
        outcomes.outcomes_table,
        outcomes.use_summaries_table,
        outcomes.adverse_events_table,
        aging.layers_table,
        product.rheology_table,
        reference.changes_table,
        warnings_and_steps.safety_list,
        warnings_and_steps.stop_signs,
        warnings_and_steps.no_reversal,
        warnings_and_steps.steps_list,
        region_summary.region_summary,
        glossary.glossary_list,
        reference_lists.open_questions_list,
        warnings_and_steps.safety_strip,
    ]
    for function in with_cite:
        env.macro(_bound(function, data, citations), function.__name__)
    env.macro(_bound(figure.figure, data, citations, link), figure.figure.__name__)
    for function in (sheet_fields.tick_list, warnings_and_steps.step_warnings):
        env.macro(_bound(function, data), function.__name__)
    # These stand in running text and in table cells.
    for function in (prose.value, prose.ratio, prose.label_mark):
        env.macro(_bound(function, data, after=inline), function.__name__)
    env.macro(_bound(sheet_fields.fields, project.site.clinic), sheet_fields.fields.__name__)

    def cite(*keys: str) -> str:
        """Numbered links to sources. Paste: {{ cite("trindade2023", "goldie2018") }}"""
        return inline(citations(keys))

    def references() -> str:
        """The sources of the page, at its foot. Paste, as the last line: {{ references() }}"""
        listed = citations.reference_list()
        return f"## Sources\n\n{listed}" if listed else ""

    def claim(claim_id: str) -> str:
        """The note on a claim of the source article. Paste: {{ claim("T09") }}"""
        return claims.claim(data, citations, claim_id, link)

    def claims_table() -> str:
        """The claims ledger. Paste: {{ claims_table() }}"""
        return reference.claims_table(data, citations, link, titles.__getitem__)

    def questions_list(page: str | None = None) -> str:
        """The questions for self-check. Paste: {{ questions_list() }}"""
        return self_check.questions_list(data, citations, link, titles.__getitem__, page)

    def handouts_list() -> str:
        """Every sheet with its picture and files. Paste: {{ handouts_list() }}"""
        return handouts_page.handouts_list(data, link)

    def print_check() -> str:
        """A form that leads to the page of a sheet. Paste: {{ print_check() }}"""
        return handouts_page.print_check(data, link)

    def preparation_finder() -> str:
        """Controls that show one row of the tables, large. Paste: {{ preparation_finder() }}"""
        return finder.preparation_finder(data, citations, link)

    def sources_list() -> str:
        """Every source of the site. Paste: {{ sources_list() }}"""
        keys = sorted(data.references, key=lambda key: bibliography.short(key).lower())
        return reference_lists.sources_list((key, bibliography.kind(key), bibliography.entry(key)) for key in keys)

    def downloads_list() -> str:
        """The data files to download. Paste: {{ downloads_list() }}"""
        return reference_lists.downloads_list(link, DOWNLOADS)

    def status_mark(kind: str, words: str) -> str:
        """A status mark of your own words. Paste: {{ status_mark("off-label", "Off-label (US, EU)") }}"""
        return inline(mark(kind, words))

    def training_contact() -> str:
        """How to ask for training; nothing when no contact is set. Paste: {{ training_contact() }}"""
        return reference_lists.training_contact(project.site.training_address)

    plain = (
        questions_list,
        handouts_list,
        print_check,
        preparation_finder,
        strength_table,
        cite,
        references,
        claim,
        claims_table,
        sources_list,
        downloads_list,
        status_mark,
    )
    for macro in (*plain, sheet_fields.ticks, sheet_fields.writing_box, training_contact):
        env.macro(macro, macro.__name__)


def makeExtension() -> ProjectMarkdown:  # noqa: N802 (the name is Python-Markdown's)
    """The Markdown extension for Zensical, which runs from the project's folder and keeps the page with the parser."""
    data = load(Path.cwd())

    def definitions(md: Any) -> Mapping[str, str]:
        return _definitions(data, md.preprocessors["rendering_context"].page.meta)

    return ProjectMarkdown(definitions)


def _definitions(data: Data, meta: Mapping[str, Any]) -> dict[str, str]:
    """The terms to explain on the page with the front matter `meta`; plain words where patients read."""
    if meta.get("title") == "Glossary":
        return {}
    return glossary.definitions(data, patient="patient" in meta.get("audience", []))


def _is_zensical(env: Any) -> bool:
    return type(env).__module__.startswith("zensical")


def _bound(function: Any, *first: Any, after: Callable[[str], str] = str) -> Any:
    """The function with its first arguments filled in, under its own name; `after` is done to what it gives."""

    @wraps(function)
    def macro(*args: Any, **kwargs: Any) -> str:
        return after(function(*first, *args, **kwargs))

    return macro
