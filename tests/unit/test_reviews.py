"""Review dates: what is due soon is told, what is overdue fails the check; nothing reads the clock."""

import datetime
from pathlib import Path

import pytest

from macros.__main__ import main
from macros.content import reviews
from macros.content.project import Project


@pytest.mark.parametrize(
    ("today", "left", "said"),
    [
        ("2031-02-08", 21, "ratio-1-3: review_by: review is due on 2031-03-01, in 21 days"),
        ("2031-03-01", 0, "ratio-1-3: review_by: review is due on 2031-03-01, in 0 days"),
        ("2031-03-02", -1, "ratio-1-3: review_by: review was due on 2031-03-01, 1 days ago"),
        ("2031-03-02", 2, "docs/index.md:6: review is due on 2031-03-04, in 2 days"),
    ],
)
def test_what_is_due_is_told_with_the_days_that_are_left(invented: Project, today: str, left: int, said: str) -> None:
    found = reviews.due(invented.data, invented.pages, datetime.date.fromisoformat(today))
    assert any(days == left and said in str(fault) for days, fault in found)


@pytest.mark.parametrize(
    ("today", "status", "said"),
    [
        ("2030-12-01", 0, []),
        (
            "2031-03-02",
            1,
            [
                "ratio-1-3: review_by: review was due on 2031-03-01, 1 days ago",
                "Due soon: docs/index.md:6: review is due on 2031-03-04, in 2 days",
            ],
        ),
    ],
)
def test_reviews_warn_before_and_fail_after(
    fixture_root: Path, capsys: pytest.CaptureFixture[str], today: str, status: int, said: list[str]
) -> None:
    assert main(["--root", str(fixture_root), "check", "--today", today]) == status
    out = capsys.readouterr().out
    assert all(words in out for words in said)
    assert ("Due soon" in out or "OVERDUE" in out) == bool(said)


def test_every_page_and_status_row_has_a_review_date(real: Project) -> None:
    named = {fault.row or fault.file for _, fault in reviews.due(real.data, real.pages, datetime.date(2100, 1, 1))}
    wanted = [*real.data.regions.regions, *real.data.approvals.approvals, *real.data.preparations.ratios]
    assert named >= {row.id for row in wanted} | {f"docs/{page.path}" for page in real.pages}
