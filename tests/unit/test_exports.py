"""The downloads hold published rows only, with their sources, and nothing that is not confirmed."""

from macros.content.project import Project
from macros.downloads.records import records


def test_downloads_hold_nothing_that_is_not_published(either: Project) -> None:
    exported = records(either.data)
    # Worked examples are computed, and have no id.
    del exported["preparations"]
    for name, rows in exported.items():
        assert rows
        for row in rows:
            source = either.data.rows[row["id"]]
            assert source.publish, f"{name}: {row['id']}"
            assert (row.get("refs") or row.get("citation_keys") or row.get("sources")) == source.refs != []
            assert not {"editor_note", "verified", "publish"} & set(row)
    layers = [row for row in either.data.aging.layers if row.publish]
    assert [row["id"] for row in exported["layers"]] == [row.id for row in layers]
    assert not any(row.drawing_only for row in layers)


def test_a_danger_that_is_not_confirmed_is_not_exported(either: Project) -> None:
    exported = {row["id"]: row for row in records(either.data)["regions"]}
    regions = [row for row in either.data.regions.regions if row.publish]
    for region in regions:
        assert exported[region.id]["danger"] == (region.danger if region.danger_verified else [])
    assert {region.danger_verified for region in regions if region.danger} == {True, False}


def test_a_part_of_an_outcome_that_is_not_confirmed_is_not_exported(either: Project) -> None:
    exported = {row["id"]: row for row in records(either.data)["outcomes"]}
    unconfirmed = [(row.id, part) for row in either.data.outcomes.outcomes if row.publish
                   for part in row.unverified_parts if part in exported[row.id]]  # fmt: skip
    assert unconfirmed
    assert all(exported[row][part] is None for row, part in unconfirmed)
