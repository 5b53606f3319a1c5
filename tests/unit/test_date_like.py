"""An id stays an id in every spreadsheet: what Excel or LibreOffice reads as a date or a number is none."""

import pytest

from macros.content.date_like import reads_as_date
from macros.content.project import Project
from macros.downloads.records import records


@pytest.mark.parametrize(
    "name",
    [
        *("apr-01", "mar-1", "sept-2", "may-2026", "dec-24", "march1", "SEPT2", "jan-01-2026"),
        *("3-apr", "1-mai-2026", "okt-3", "dez-24", "out-001", "ago-5", "kwi-3", "vas-02", "may2019", "mrz-1"),
        *("1-4", "3.4", "2026", "2026-11-26", "0012", "1e5", "2e-3"),
    ],
)
def test_what_some_program_reads_as_a_date_or_a_number(name: str) -> None:
    assert reads_as_date(name)


@pytest.mark.parametrize(
    "name",
    [
        *(
            "appr-01",
            "outc-001",
            "vasc-02",
            "T1",
            "ratio-1-4",
            "radiesse-0.8-ml",
            "ser-20",
            "lay-003",
            "martinovic2019",
        ),
        *("may", "march", "apr-us-1", "chg-1", "dec-jansen2016-1", "neck-casabona2018neck", "e5", "thin-1"),
    ],
)
def test_what_stays_a_text(name: str) -> None:
    assert not reads_as_date(name)


def test_no_id_of_a_download_reads_as_a_date(either: Project) -> None:
    names = {row["id"] for rows in records(either.published).values() for row in rows if "id" in row}
    names |= set(either.published.references)
    assert len(names) > 20
    assert [name for name in names if reads_as_date(name)] == []
