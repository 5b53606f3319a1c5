"""Everything behind the macros of this site. Only this file knows the macros plugin.

The road of one datum: a row in docs/data/ is read and judged in content/, a macro in rendering/ turns it into HTML,
define_env offers that macro to the pages, printing/ prints the built page and publishing/ makes it ready for a host.
"""

from pathlib import Path
from typing import Any

from mkdocs.exceptions import PluginError

from .content.faults import ContentError
from .content.project import Project, load_project
from .rendering.dry_run import call_faults
from .rendering.glossary import explained_terms
from .rendering.handouts_page import page_prints
from .rendering.markdown_extension import ProjectMarkdown
from .rendering.page_context import Contexts, PageContext
from .rendering.page_macros import MACROS, bound


def define_env(env: Any) -> None:
    """Register the macros with mkdocs-macros-plugin; called again at each rebuild of the live preview."""
    try:
        # A whole build has loaded and checked the project already, and reads afterwards what each page used.
        project = getattr(env, "project", None) or _checked(load_project(Path(env.project_dir)))
    except ContentError as error:
        # As MkDocs says such things: the words, and no traceback.
        raise PluginError(str(error)) from None
    env.contexts = contexts = Contexts(project, directory_urls=env.conf["use_directory_urls"])

    def context() -> PageContext:
        return _context(contexts, env.page)

    for macro in MACROS:
        env.macro(bound(macro, context), macro.__name__)
    # Zensical converts the page already when it gets here; its settings name the extension (makeExtension).
    if _is_zensical(env):
        on_pre_page_macros(env)
    else:
        env.conf["markdown_extensions"].append(
            ProjectMarkdown(lambda md: explained_terms(context()), lambda md: context().citations.reference_list())
        )


def _checked(project: Project) -> Project:
    """The project, if its pages can be made. The plugin would end the live preview at the first slip; a fault that is
    raised here MkDocs tells, and it waits for the next change.
    """
    if faults := call_faults(project):
        raise ContentError(faults)
    return project


def on_pre_page_macros(env: Any) -> None:
    """Tell the theme which prints of the page there are, and whether it is that of a sheet; called by the plugin before
    the macros of each page.
    """
    context = _context(env.contexts, env.page)
    env.page.meta["prints"] = page_prints(context)
    env.page.meta["of_sheet"] = any(row.page == context.page.path for row in context.data.handouts.handouts)


def makeExtension() -> ProjectMarkdown:  # noqa: N802 (the name is Python-Markdown's)
    """The Markdown extension for Zensical, which runs from the project's folder and keeps the page with the parser."""
    contexts = Contexts(load_project(Path.cwd()))

    def context(md: Any) -> PageContext:
        return _context(contexts, _zensical_page(md))

    return ProjectMarkdown(lambda md: explained_terms(context(md)), lambda md: context(md).citations.reference_list())


def _context(contexts: Contexts, page: Any) -> PageContext:
    """The context of a page of MkDocs or of Zensical.

    Zensical takes every link as one from the page's file and turns it into one from its address. It asks for the macros
    and for the extension apart, with the same page: that keeps the context, so that one sees what the other noted.
    """
    if hasattr(page, "file"):
        return contexts.of(page.file.src_uri, page.url)
    if not hasattr(page, "context"):
        page.context = contexts.of(page.path, page.path)
    context: PageContext = page.context
    return context


def _zensical_page(md: Any) -> Any:
    return md.preprocessors["rendering_context"].page


def _is_zensical(env: Any) -> bool:
    return type(env).__module__.startswith("zensical")
