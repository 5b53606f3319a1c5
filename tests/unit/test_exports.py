"""The downloads behind the figures hold published rows only."""

from macros.content.project import Project
from macros.downloads.records import records


def test_rows_behind_the_figures_hold_nothing_that_is_not_published(either: Project) -> None:
    data = either.data
    exported = records(data)
    ids = {name: [row["id"] for row in rows] for name, rows in exported.items()}
    assert ids["layers"] == [row.id for row in data.aging.layers if row.publish]
    assert not any(row.drawing_only for row in data.aging.layers if row.id in ids["layers"])
    for rows in exported.values():
        assert rows
        assert all(data.rows[row["id"]].publish and row["refs"] for row in rows)
        assert not {"editor_note", "verified", "publish"} & {field for row in rows for field in row}


def test_a_danger_that_is_not_confirmed_is_not_exported(either: Project) -> None:
    data = either.data
    exported = {row["id"]: row for row in records(data)["regions"]}
    for region in data.regions.regions:
        assert exported[region.id]["danger"] == (region.danger if region.danger_verified else [])
    assert {bool(row["danger"]) for row in exported.values()} == {True, False}
