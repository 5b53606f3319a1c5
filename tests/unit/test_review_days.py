"""The calendar of reviews: every page and row on its day, in the form that calendars read, the same each time."""

from macros.content.project import Project
from macros.downloads.review_days import _folded, review_calendar


def events(calendar: str) -> list[dict[str, str]]:
    """The events of a calendar by the name of their lines, unfolded."""
    found: list[dict[str, str]] = []
    for line in calendar.replace("\r\n ", "").split("\r\n"):
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            found.append({})
        elif found:
            found[-1].setdefault(name, value)
    return found


def test_every_page_and_row_stands_on_its_day_of_review(either: Project) -> None:
    made = events(review_calendar(either))
    wanted = [(page.meta.review_by, page.meta.reviewed) for page in either.pages]
    wanted += [(row.review_by, row.reviewed) for row in either.published.rows.values() if hasattr(row, "review_by")]
    assert sorted((event["DTSTART;VALUE=DATE"], event["DTSTAMP"]) for event in made) == sorted(
        (day.replace("-", ""), f"{reviewed.replace('-', '')}T000000Z") for day, reviewed in wanted
    )
    assert len({event["UID"] for event in made}) == len(made)
    assert not any(row_id in event["SUMMARY"].split() for event in made for row_id in either.published.withheld)


def test_the_calendar_is_well_formed_and_the_same_each_time(either: Project) -> None:
    calendar = review_calendar(either)
    assert calendar == review_calendar(either)
    assert calendar.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:")
    assert calendar.endswith("END:VEVENT\r\nEND:VCALENDAR\r\n")
    lines = calendar.split("\r\n")
    assert not any("\n" in line or "\r" in line for line in lines)
    assert max(len(line.encode()) for line in lines) <= 75


def test_a_line_is_folded_between_characters() -> None:
    line = "SUMMARY:" + "\u00e9\u2014x" * 60
    assert _folded(line).replace("\r\n ", "") == line
    assert _folded("x" * 75) == "x" * 75
    assert _folded("x" * 76) == "x" * 75 + "\r\n x"
