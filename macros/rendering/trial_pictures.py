"""Both groups of a trial as a hundred small figures each, with what that means: rows of outcomes.yml in, HTML out."""

from collections.abc import Iterable
from decimal import Decimal

from markupsafe import Markup

from ..content.faults import ContentError, did_you_mean
from ..content.rows.studies import Arm, Comparison, Outcome, PlainComparison, Share, in_100
from . import typeset
from .figures.icon_array import icon_array
from .figures.svg import shown
from .label_marks import outcome_marks, plain_marks
from .markup import block, element, joined, small
from .page_context import PageContext
from .prose import fill_in
from .tables.outcomes import DESIGNS, SEEN, use_words
from .typeset import NBSP

_AUDIENCES = ("practitioner", "patient")
_NO_COMPARISON = (
    "a picture shows both groups of a trial, and the row names none, or they are not confirmed; where the source gives"
    " a share of both, name them under `comparison`, else take the picture off the page"
)
_NO_PLAIN = "has no `plain`; give the words for patients, or take the picture off their page"


def trial_picture(context: PageContext, row_id: str, audience: str = "practitioner") -> Markup:
    """Both groups of a trial as 100 small figures each: who had what was counted, the difference, what it means.

    Paste: {{ trial_picture("outc-040") }} or {{ trial_picture("outc-040", audience="patient") }}
    Raises ContentError, with the address of the row, when it does not give both groups, or no words for patients.
    """
    _known(audience)
    row = context.prints(context.data.one(row_id, Outcome, "outcome"))
    if row.comparison is None:
        raise _refused(context, row, _NO_COMPARISON)
    if audience == "practitioner":
        return _for_practitioners(context, row, row.comparison)
    if row.comparison.plain is None:
        raise _refused(context, row, _NO_PLAIN)
    return _for_patients(context, row, row.comparison, row.comparison.plain)


def trial_pictures(context: PageContext, region: str, audience: str = "practitioner") -> Markup:
    """The pictures of all trials of a region, one below the other; nothing where no trial gives both groups.

    Paste: {{ trial_pictures(region="hands") }}
    """
    _known(audience)
    context.data.region(region)
    rows = [row for row in context.data.outcomes.outcomes if row.region == region and has_picture(row, audience)]
    return block("trials", *(trial_picture(context, row.id, audience) for row in rows)) if rows else Markup("")


def has_picture(row: Outcome, audience: str = "practitioner") -> bool:
    """Whether a published row gives both groups, in words for these readers."""
    return row.comparison is not None and (audience == "practitioner" or row.comparison.plain is not None)


def _known(audience: str) -> None:
    if audience not in _AUDIENCES:
        hint = did_you_mean(audience, _AUDIENCES)
        raise ValueError(f"trial_picture: audience is practitioner or patient, got '{audience}'{hint}")


def _refused(context: PageContext, row: Outcome, problem: str) -> ContentError:
    data = context.project.data
    return ContentError([data.fault(data.rows[row.id], "comparison", problem)])


def _for_practitioners(context: PageContext, row: Outcome, compared: Comparison) -> Markup:
    facts = [
        f"At {typeset.span(compared.after)}",
        None if row.n is None else typeset.people(row.n),
        None if "design" in row.unconfirmed else DESIGNS[row.design].lower(),
        use_words(row),
    ]
    foot = [
        compared.limits and fill_in(context, compared.limits),
        row.funding and f"Funding: {row.funding}.",
        f"{SEEN[row.basis].capitalize()}." if row.basis in SEEN else None,
    ]
    status = outcome_marks(row, context.labels)
    return _picture(
        row,
        [element("strong", compared.counted), context.cite(row.refs), small(joined(facts, ", ")), status],
        [_arm(row, arm, compared.each, arm.name, _details(row, arm)) for arm in (compared.treated, compared.control)],
        [element("strong", _difference(row, compared)), fill_in(context, compared.means)],
        foot,
    )


def _for_patients(context: PageContext, row: Outcome, compared: Comparison, words: PlainComparison) -> Markup:
    status = plain_marks(row, context.labels)
    named = ((compared.treated, words.treated), (compared.control, words.control))
    return _picture(
        row,
        [element("strong", words.counted), context.cite(row.refs), status],
        [_arm(row, arm, words.each or compared.each, name) for arm, name in named],
        [element("strong", fill_in(context, words.means))],
        [fill_in(context, words.study)],
    )


def _picture(
    row: Outcome,
    head: Iterable[str | None],
    arms: Iterable[Markup],
    means: Iterable[str | None],
    foot: Iterable[str | None],
) -> Markup:
    """What was counted, both groups side by side, what it means, and what to know beside it."""
    return block(
        "trial",
        element("figure", element("figcaption", joined(head, " ")), element("div", *arms, classes="trial-arms")),
        element("p", joined(means, " "), classes="trial-means"),
        element("p", joined(foot, " "), classes="trial-foot"),
        classes="trial",
        id=f"trial-{row.id}",
        data_row=row.id,
    )


def _arm(row: Outcome, arm: Arm, each: str, name: str, details: str = "") -> Markup:
    """One group: its name, its share in words, and its hundred figures."""
    percent = row.values[arm.percent]
    share = _about(percent) + ("" if each == "people" else f" {each}")
    title, said = "A hundred figures", f"{name}: {share} are filled."
    drawing = icon_array(in_100(percent), people=each == "people")
    art = element(
        "svg", element("title", title), element("desc", said), drawing.inner(), classes="figure-art", role="img",
        viewBox=f"0 0 {shown(drawing.width)} {shown(drawing.height)}", aria_label=f"{title}: {said}",
    )  # fmt: skip
    words = joined([element("b", name), element("strong", share), small(details) if details else None], " ")
    return element("div", element("p", words), art, classes="trial-arm")


def _details(row: Outcome, arm: Arm) -> str:
    """The people behind a share, and its interval, as far as the source gives them."""
    count, of = (None if name is None else typeset.number(row.values[name]) for name in (arm.count, arm.of))
    people = f"{count} of {of}" if count and of else f"of {of}" if of else ""
    return ", ".join(part for part in (people, _interval(row, arm)) if part)


def _interval(row: Outcome, share: Share) -> str:
    if share.low is None or share.high is None:
        return ""
    return f"95{NBSP}% interval {typeset.quantity_range(row.values[share.low], row.values[share.high], 'percent')}"


def _difference(row: Outcome, compared: Comparison) -> str:
    """How many more or fewer in 100, with the interval where the source gives it."""
    percent = row.difference_percent or Decimal(0)
    words = f"Difference: {_about(abs(percent))}{'' if percent > 0 else ' fewer'}" if percent else "No difference"
    interval = _interval(row, compared.difference) if compared.difference else ""
    return f"{words} ({interval})." if interval else f"{words}."


def _about(percent: Decimal) -> str:
    """A share as so many in 100, and whether that is rounded."""
    number = in_100(percent)
    if number == percent:
        return f"{number} in 100"
    if number == 0:
        return "fewer than 1 in 100"
    return "more than 99 in 100" if percent >= Decimal("99.5") else f"about {number} in 100"
