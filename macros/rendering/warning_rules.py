"""Which warning a page must hold, and which not: one that stands everywhere is read nowhere."""

from collections.abc import Iterator, Mapping

from ..content.faults import Fault
from ..content.pages import Page
from ..content.project import Project
from .page_context import Used

# Each holds every stop sign; the strip holds them in a few words, for sheets.
_ALL_SIGNS = ("stop-signs", "safety-strip")


def warning_faults(project: Project, used: Mapping[str, Used]) -> Iterator[Fault]:
    """Every page without the warning that its front matter promises, or with more of it; every step before it."""
    sheets = {row.page for row in project.data.handouts.handouts}
    for page in project.pages:
        for problem in _problems(page, used[page.path].warnings, page.path in sheets):
            yield Fault(f"docs/{page.path}", page.first_line, "", "", problem)


def _problems(page: Page, warnings: list[str], is_sheet: bool) -> Iterator[str]:
    """`warnings` are those of the page in their order, the strip only where it is the page of a sheet."""
    held = [kind for kind in warnings if kind != "safety-strip" or is_sheet]
    first = held[0] if held else ""
    if page.meta.procedure and not set(_ALL_SIGNS).intersection(held):
        yield "procedure: true, but the stop signs are missing; call stop_signs() before the first step"
    if page.meta.injecting and not {"no-reversal", *_ALL_SIGNS}.intersection(held):
        yield "injecting: true, but the line that leads to the stop signs is missing; call no_reversal()"
    if "stop-signs" in held and not page.meta.procedure:
        yield (
            "the full box of stop signs stands only where hands are at work; "
            "call no_reversal() in its place, or write procedure: true into the front matter"
        )
    if first == "steps":
        yield "steps without a warning before them; call stop_signs() or no_reversal() above the first"
    elif "steps" in held and page.meta.procedure and "stop-signs" not in held[: held.index("steps")]:
        yield "steps before the stop signs that guard them; call stop_signs() above the first"
