"""The day at the foot of a sheet is the oldest on which any part of it was reviewed."""

from pathlib import Path

from macros.content.project import Project
from macros.printing.print_sheets import all_sheets


def test_a_sheet_bears_the_oldest_day_of_what_it_prints(invented_site: Path, invented: Project) -> None:
    sheets = all_sheets(invented_site, invented)
    days = {sheet.slug: [invented.page(path).meta.reviewed for path in sheet.pages] for sheet in sheets}
    assert {sheet.slug: sheet.reviewed for sheet in sheets} == {slug: min(of_parts) for slug, of_parts in days.items()}
    assert {sheet.kind for sheet in sheets if min(days[sheet.slug]) < max(days[sheet.slug])} >= {"book"}
