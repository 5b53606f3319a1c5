"""The page of one region: its parts in a fixed order, each with its heading, and nothing where there is nothing."""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from markupsafe import Markup

from ..content.rows.base import Row
from ..content.rows.editorial import OpenQuestion
from ..content.rows.label import Region
from ..content.rows.studies import Outcome
from ..content.rows.technique import Disagreement, Protocol
from . import typeset
from .markup import block, element, joined
from .page_context import PageContext
from .prose import plain_ratio
from .tables.protocols import instrument, protocol_ratio
from .tables.region_studies import by_study, done_table, events_table, measured_table
from .trial_pictures import has_picture, trial_picture

R = TypeVar("R", bound=Row)

_QUESTIONS, _DIFFERENCES = "reference/open-questions.md", "technique/where-sources-differ.md"
_TABLES = "technique/preparation-tables.md"
# So many studies stand open, of what was found where no picture shows what came of one; the rest opens.
_OPEN = 5


def region_danger(context: PageContext, region: str) -> Markup:
    """What endangers a region, as far as it is confirmed.

    Paste, at the beginning of a line: {{ region_danger("neck") }}
    """
    found = [row for row in _here(context, region) if row.danger and row.danger_verified]
    if not found:
        none = element(
            "p",
            "No confirmed list of vessels or nerves was found for this region; that is an ",
            element("a", "open question", href=context.link(_QUESTIONS)),
            ", not a sign that there are none.",
        )
        return _part("Danger structures", block("danger", none))
    items = (
        element("li", f"{line[0].upper()}{line[1:]}", context.cite(row.refs) if number == len(row.danger) else None)
        for row in found
        for number, line in enumerate(row.danger, 1)
    )
    return _part("Danger structures", block("danger", element("ul", *items)))


def region_done(context: PageContext, region: str) -> Markup:
    """What each source did in a region: ratio, diluent, plane, instrument, sessions, people.

    Paste, at the beginning of a line: {{ region_done("neck") }}
    """
    here = _here(context, region)
    rows = _of(here, context.data.protocols.protocols)
    if not rows:
        return Markup("")
    name, several, studies = _name(here), _several(rows), by_study(rows)
    # One that folds away alone would cost a line and save none.
    shown = studies if len(studies) <= _OPEN + 1 else studies[:_OPEN]
    parts = [done_table(context, [row for study in shown for row in study], name, several)]
    if folded := studies[len(shown) :]:
        rest = done_table(context, [row for study in folded for row in study], f"{name}, continued", several)
        parts += _fold(folded, "more source", "more sources", rest)
    return _part("What has been done", *parts, block("region-note", element("p", *_reading(context, rows))))


def _reading(context: PageContext, rows: Sequence[Protocol]) -> list[str]:
    """How to read the table: what is not in it, and a ratio in milliliters."""
    words: list[str] = ["What a row leaves out, the text that was read does not state."]
    used = {
        (row.product_parts, row.diluent_parts_min) for row in rows if row.diluent_parts_min == row.diluent_parts_max
    }
    prepared = context.data.preparations
    if example := next((one for one in prepared.ratios if (one.product_parts, one.diluent_parts) in used), None):
        volumes = plain_ratio(context.data, context.prints(example).id, prepared.presentations[0])
        link = element("a", "preparation tables", href=context.link(_TABLES))
        others = element("span", "; the volumes of others stand in the ", link, data_sheet="off")
        words += [f" A ratio is product : diluent, such as {volumes}", others, "."]
    return words


def region_measured(context: PageContext, region: str) -> Markup:
    """What the studies of a region measured and found.

    Paste, at the beginning of a line: {{ region_measured("neck") }}
    """
    here = _here(context, region)
    rows = [row for row in _of(here, context.data.outcomes.outcomes) if row.topic != "safety"]
    if not rows:
        return Markup("")
    name, several = _name(here), _several(rows)
    first, *others = [trial_picture(context, row.id) for row in rows if has_picture(row)] or [Markup("")]
    shown = [first, *_fold(others, "more trial in a picture", "more trials in pictures", joined(others))]
    if first:
        table = measured_table(context, rows, name, several)
        shown += _fold(rows, "study in a table", "studies in a table", table)
    else:
        shown.append(measured_table(context, rows[:_OPEN], name, several))
        if rest := rows[_OPEN:]:
            more = measured_table(context, rest, f"{name}, continued", several)
            shown += _fold(rest, "more study", "more studies", more)
    # The sheet has it in two sentences.
    return _part("What was measured", *filter(None, shown), sheet=False)


def _fold(items: Sequence[object], one: str, several: str, content: Markup) -> list[Markup]:
    """What opens below its number; nothing where there is none."""
    summary = element("summary", f"{len(items)} {one if len(items) == 1 else several}")
    return [element("details", summary, content, classes="fold")] if items else []


def region_harms(context: PageContext, region: str) -> Markup:
    """Harms seen in a region: events that were counted there, and studies of safety.

    Paste, at the beginning of a line: {{ region_harms("neck") }}
    """
    here = _here(context, region)
    names = {row.id for row in here}
    events = [row for row in context.data.safety.adverse_events if names & set(row.regions)]
    rows = [row for row in _of(here, context.data.outcomes.outcomes) if row.topic == "safety"]
    tables = []
    if events:
        tables.append(events_table(context, events, _name(here)))
    if rows:
        studies = measured_table(context, rows, _name(here), several=_several(rows))
        # A sheet that says why not has them, any other what was counted.
        avoid = here[0].caution == "avoid"
        tables.append(studies if avoid else block("page-only", studies, data_sheet="off"))
    return (
        _part("Harms seen there", *tables, sheet=bool(events) or here[0].caution == "avoid") if tables else Markup("")
    )


def region_differences(context: PageContext, region: str) -> Markup:
    """Where the sources of a region differ: value by value, and the questions that concern it among others.

    Paste, at the beginning of a line: {{ region_differences("neck") }}
    """
    here = _here(context, region)
    names = {row.id for row in here}
    rows = _of(here, context.data.protocols.protocols)
    aspects: tuple[tuple[str, Callable[[Protocol], str]], ...] = (
        ("Ratio", protocol_ratio),
        ("Plane", lambda row: row.plane or ""),
        ("Instrument", instrument),
        ("Sessions", lambda row: str(row.sessions or "")),
        ("Interval", lambda row: typeset.span(row.interval) if row.interval else ""),
    )
    found = [(name, line) for name, aspect in aspects if (line := _spread(context, rows, name, aspect))]
    questions = [
        _question(context, row, f"{context.link(_DIFFERENCES)}#differ-{row.id}", row.take)
        for row in context.data.technique.disagreements
        if names & set(row.regions)
    ]
    if not found and not questions:
        return Markup("")
    told = [*(name for name, _ in found), *([_counted(len(questions), "question")] if questions else [])]
    listed = element("ul", *(line for _, line in found), *questions)
    return _folded("Where sources differ", "differences", ", ".join(told), listed)


def _spread(
    context: PageContext, rows: Sequence[Protocol], name: str, aspect: Callable[[Protocol], str]
) -> Markup | None:
    """Each value that sources state, with all that state it; nothing where they agree."""
    says: dict[str, list[str]] = {}
    for row in rows:
        if value := aspect(row):
            says.setdefault(value, []).extend(row.refs)
    if len(says) < 2:
        return None
    told = joined((joined([value, context.cite(keys)]) for value, keys in says.items()), " · ")
    return element("li", element("strong", f"{name}:"), " ", told)


def region_questions(context: PageContext, region: str) -> Markup:
    """What is not known about a region, with links to what would settle it.

    Paste, at the beginning of a line: {{ region_questions("neck") }}
    """
    names = {row.id for row in _here(context, region)}
    items = [
        _question(context, row, f"{context.link(_QUESTIONS)}#{row.id}", row.why_it_matters)
        for row in context.data.open_questions.open_questions
        if names & set(row.regions)
    ]
    if not items:
        return Markup("")
    return _folded("Open questions", "open-questions", _counted(len(items), "question"), element("ul", *items))


def _question(context: PageContext, row: Disagreement | OpenQuestion, address: str, words: str) -> Markup:
    """A question that leads to its place, with what is said of it."""
    link = element("a", row.question, href=address)
    return element("li", link, f" {words}", data_row=context.prints(row).id)


def _here(context: PageContext, region: str) -> list[Region]:
    """The region, and those that share its page, noted as printed."""
    row = context.data.region(region)
    others = [other for other in context.data.regions.regions if other.home == row.home and other.id != row.id]
    return [context.prints(each) for each in (row, *others)]


def _of(here: Iterable[Region], rows: Iterable[R]) -> list[R]:
    """The rows of these regions."""
    names = [row.id for row in here]
    return [row for row in rows if row.region in names]  # type: ignore[attr-defined]


def _several(rows: Iterable[Protocol | Outcome]) -> bool:
    return len({row.region for row in rows}) > 1


def _name(here: Sequence[Region]) -> str:
    return here[0].name


def _counted(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def _part(title: str, *blocks: Markup, sheet: bool = True) -> Markup:
    """A part of the page under its heading; without `sheet` the sheet of the region is without it."""
    off = Markup("") if sheet else Markup(' {: data-sheet="off" }')
    held = blocks if sheet else [block("page-only", *blocks, data_sheet="off")]
    return joined([Markup("## {}{}").format(title, off), *held], "\n\n")


def _folded(title: str, kind: str, told: str, content: Markup) -> Markup:
    """A part that opens, with what it tells of in a few words; the sheet of the region is without it."""
    details = element("details", element("summary", told), content, classes="fold")
    return _part(title, block(kind, details), sheet=False)
