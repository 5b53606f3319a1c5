"""Every page's macros without MkDocs: what is wrong with a call, and what the pages use, known in a second."""

import traceback
from collections.abc import Iterator, Mapping
from typing import Any

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from ..content.addresses import page_url
from ..content.faults import ContentError, Fault
from ..content.pages import Page
from ..content.project import Project
from .bibliography import Bibliography
from .block_places import place_faults
from .page_context import Contexts, Used
from .page_macros import MACROS, bound
from .warning_rules import warning_faults


class _Unformatted(Bibliography):
    """Sources without their entries: formatting them is nearly all the work of a page."""

    def entry(self, key: str, day: bool = False) -> Markup:
        """Nothing is printed."""
        return Markup("")


def dry_run_faults(project: Project) -> Iterator[Fault]:
    """Every macro call that cannot be carried out; where all can, what use_faults finds."""
    contexts = Contexts(project, _Unformatted(project.published.references))
    yield from _call_faults(project, contexts) or use_faults(project, contexts.used())


def call_faults(project: Project) -> list[Fault]:
    """Every macro call that cannot be carried out, and every block that would not stand where its call does."""
    return _call_faults(project, Contexts(project, _Unformatted(project.published.references)))


def _call_faults(project: Project, contexts: Contexts) -> list[Fault]:
    engine = Environment(undefined=StrictUndefined)
    return [fault for page in project.pages for fault in _page_faults(page, contexts, engine)]


def rendered(project: Project, page: Page) -> str:
    """The text of a page with its macros filled in, as Markdown; its sources are not listed.

    Raises what a macro raises.
    """
    contexts = Contexts(project, _Unformatted(project.published.references))
    return Environment(undefined=StrictUndefined).from_string(page.text).render(_names(page, contexts))


def _names(page: Page, contexts: Contexts) -> dict[str, Any]:
    """What a page can call."""
    context = contexts.of(page.path, page_url(page.path))
    names: dict[str, Any] = {macro.__name__: bound(macro, lambda: context) for macro in MACROS}
    names["config"] = {"extra": {"version": context.project.site.version}}
    return names


def _page_faults(page: Page, contexts: Contexts, engine: Environment) -> Iterator[Fault]:
    names = _names(page, contexts)
    try:
        made = engine.from_string(page.text).render(names)
    except ContentError as error:
        yield from error.faults
    except Exception as error:  # whatever a call gives a macro, it is the page that is to be mended
        yield macro_fault(error, page)
    else:
        for line, problem in place_faults(page.text, made, lambda call: _alone(engine, call, page, contexts.project)):
            yield Fault(f"docs/{page.path}", page.first_line + line - 1, "", "", problem)


def _alone(engine: Environment, call: str, page: Page, project: Project) -> str:
    """What one call of a page prints by itself; nothing when it hangs on others, as inside a loop."""
    try:
        # A context of its own: the page has used what the call uses, such as the name of a field.
        contexts = Contexts(project, _Unformatted(project.published.references))
        return engine.from_string(call).render(_names(page, contexts))
    except Exception:  # the page as a whole can be rendered
        return ""


def use_faults(project: Project, used: Mapping[str, Used]) -> Iterator[Fault]:
    """Every claim that its page does not deal with, every source that no row and no page cites, every page without the
    warning that it must hold.
    """
    data = project.data
    yield from warning_faults(project, used)
    for claim in data.claims.claims:
        for index, path in enumerate(claim.pages):
            if claim.publish and claim.id not in used[path].claims:
                wanted = '{{ claim("' + claim.id + '") }}'
                problem = f"docs/{path} does not deal with this claim; add {wanted} there, or take the page out here"
                yield data.fault(claim, "pages", problem, index)
    cited = {key for row in data.rows.values() for key in row.refs}
    cited |= {key for row in data.technique.disagreements for position in row.positions for key in position.refs}
    cited |= {key for page in used.values() for key in page.sources}
    for key, source in data.references.items():
        if key not in cited:
            yield data.fault(source, "id", "cited by no row and no page; cite it or remove it")


def macro_fault(error: BaseException, page: Page) -> Fault:
    """The fault of a macro with the page and the line that call it."""
    line = getattr(error, "lineno", 1)  # a TemplateSyntaxError knows it
    for frame in traceback.extract_tb(error.__traceback__):
        if frame.filename == "<template>":
            line = frame.lineno or 1
    return Fault(f"docs/{page.path}", page.first_line + line - 1, "", "", " ".join(str(error).split()))
