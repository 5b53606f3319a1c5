"""Twelve questions that a practitioner brings to a region, answered on its page, in their place; whatever the rows."""

from collections.abc import Callable, Iterator

import lxml.html
import pytest
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from macros.content.addresses import page_url
from macros.content.label_status import jurisdictions
from macros.content.project import Project
from macros.content.rows.indications import Diluent
from macros.content.rows.label import Region
from macros.rendering import typeset
from macros.rendering.bibliography import Bibliography
from macros.rendering.label_marks import CAUTIONS
from macros.rendering.page_context import Contexts
from macros.rendering.page_macros import MACROS, bound
from macros.rendering.tables.protocols import instrument, protocol_ratio

ORDER = (
    "Why not", "Danger structures", "What has been done", "What it can do, and what it cannot", "What was measured",
    "Harms seen there", "Where sources differ", "Open questions", "What the article says",
)  # fmt: skip
HEAD = ""


class Unformatted(Bibliography):
    def entry(self, key: str) -> Markup:
        return Markup("")


Parts = dict[str, lxml.html.HtmlElement]


@pytest.fixture(scope="module")
def told(real: Project) -> dict[str, Parts]:
    """What the page of each region says, by the id of the region and the heading; the head has none."""
    contexts = Contexts(real, Unformatted(real.published.references))
    engine = Environment(undefined=StrictUndefined)
    found: dict[str, Parts] = {}
    for path in {row.home for row in homes(real)}:
        context = contexts.of(path, page_url(path))
        names = {macro.__name__: bound(macro, lambda context=context: context) for macro in MACROS}
        text = engine.from_string(real.page(path).text).render(names)
        head, *others = text.split("\n## ")
        parts = {HEAD: tree(head)}
        for part in others:
            heading, _, words = part.partition("\n")
            parts[heading.partition(" {:")[0].strip()] = tree(words)
        for row in homes(real):
            if row.home == path:
                found[row.id] = parts
    return found


def tree(words: str) -> lxml.html.HtmlElement:
    return lxml.html.fragment_fromstring(words, create_parent="div")


def homes(project: Project) -> list[Region]:
    return [row for row in project.published.regions.regions if row.home]


def words(part: lxml.html.HtmlElement | None) -> str:
    """The words of a part, without the numbers of its sources."""
    if part is None:
        return ""
    return " ".join("".join(part.xpath(".//text()[not(ancestor::sup)]")).replace(typeset.NBSP, " ").split())


def typed(text: str) -> str:
    return " ".join(
        lxml.html.fromstring(f"<p>{typeset.text(text)}</p>").text_content().replace(typeset.NBSP, " ").split()
    )


def protocols(project: Project, region: Region):  # type: ignore[no-untyped-def]
    return [row for row in project.published.protocols.protocols if row.region == region.id]


def outcomes(project: Project, region: Region, safety: bool):  # type: ignore[no-untyped-def]
    rows = [row for row in project.published.outcomes.outcomes if row.region == region.id]
    return [row for row in rows if (row.topic == "safety") == safety]


def status(project: Project, region: Region) -> Iterator[str]:
    if region.kind == "treatment":
        yield from (f"{place.name}:" for place in jurisdictions(project.published))


def caution(project: Project, region: Region) -> Iterator[str]:
    if region.kind == "treatment":
        yield f"{CAUTIONS[str(region.caution)]}. {region.why}"


def danger(project: Project, region: Region) -> Iterator[str]:
    if region.kind == "treatment" and region.danger_verified:
        yield from (line[1:] for line in region.danger)


def ratios(project: Project, region: Region) -> Iterator[str]:
    yield from (protocol_ratio(row) for row in protocols(project, region) if protocol_ratio(row))


def diluents(project: Project, region: Region) -> Iterator[str]:
    for row in protocols(project, region):
        yield from (project.published.one(name, Diluent).name for name in row.diluents)


def planes(project: Project, region: Region) -> Iterator[str]:
    yield from (row.plane for row in protocols(project, region) if row.plane)


def instruments(project: Project, region: Region) -> Iterator[str]:
    yield from (instrument(row) for row in protocols(project, region) if instrument(row))


def sessions(project: Project, region: Region) -> Iterator[str]:
    for row in protocols(project, region):
        if row.sessions:
            yield f"{row.sessions} session"
        if row.interval:
            yield f"{typeset.span(row.interval)} apart".replace(typeset.NBSP, " ")


def people(project: Project, region: Region) -> Iterator[str]:
    for row in protocols(project, region):
        if row.n and row.evidence != "consensus":
            yield typeset.people(row.n).replace(typeset.NBSP, " ")


def results(project: Project, region: Region) -> Iterator[str]:
    yield from (row.result for row in outcomes(project, region, safety=False))


def harms(project: Project, region: Region) -> Iterator[str]:
    yield from (row.result for row in outcomes(project, region, safety=True))
    for row in project.published.safety.adverse_events:
        if region.id in row.regions:
            yield row.statement.rstrip(".")


def unknown(project: Project, region: Region) -> Iterator[str]:
    for row in project.published.open_questions.open_questions:
        if region.id in row.regions:
            yield row.question


Answers = Callable[[Project, Region], Iterator[str]]
QUESTIONS: dict[str, tuple[str, Answers]] = {
    "Is it on a label here?": (HEAD, status),
    "How careful must I be, and why?": (HEAD, caution),
    "Which vessels lie there?": ("Danger structures", danger),
    "Which ratio was used?": ("What has been done", ratios),
    "In what was it diluted?": ("What has been done", diluents),
    "In which plane?": ("What has been done", planes),
    "With which needle or cannula?": ("What has been done", instruments),
    "How many sessions, how far apart?": ("What has been done", sessions),
    "In how many people?": ("What has been done", people),
    "What was found?": ("What was measured", results),
    "What went wrong there?": ("Harms seen there", harms),
    "What is not known?": ("Open questions", unknown),
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_answer_is_on_the_page_of_the_region_in_its_place(
    real: Project, told: dict[str, Parts], question: str
) -> None:
    heading, answers = QUESTIONS[question]
    asked = 0
    for region in homes(real):
        said = words(told[region.id].get(heading))
        for answer in answers(real, region):
            asked += 1
            assert typed(answer) in said, (region.id, heading, answer)
    assert asked


def test_every_row_of_a_region_stands_on_its_page(real: Project, told: dict[str, Parts]) -> None:
    for region in homes(real):
        shown = {
            name for part in told[region.id].values() for names in part.xpath(".//@data-row") for name in names.split()
        }
        wanted = {row.id for row in protocols(real, region)}
        wanted |= {row.id for safety in (True, False) for row in outcomes(real, region, safety)}
        wanted |= {row.id for row in real.published.safety.adverse_events if region.id in row.regions}
        assert wanted <= shown, region.id


def test_the_parts_stand_in_one_order_and_tables_are_none_of_the_whole_page(
    real: Project, told: dict[str, Parts]
) -> None:
    for region in homes(real):
        headings = [heading for heading in told[region.id] if heading]
        assert headings == sorted(headings, key=ORDER.index), region.id
        assert ("Why not" in headings) == (region.caution == "avoid"), region.id


def test_every_page_of_a_region_holds_the_stop_signs(real: Project, told: dict[str, Parts]) -> None:
    signs = {row.id for row in real.published.safety.stop_signs}
    for region in homes(real):
        assert signs <= set(told[region.id][HEAD].xpath(".//@data-row")), region.id


def test_the_index_leads_to_every_region(real: Project) -> None:
    from macros.rendering.tables.regions import regions_table

    context = Contexts(real).of("regions/index.md", "regions/")
    leads = lxml.html.fromstring(regions_table(context)).xpath(".//tbody//th/a/@href")
    wanted = {context.link(row.home) for row in homes(real) if row.kind == "treatment"}
    assert wanted == set(leads)
