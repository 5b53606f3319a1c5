"""What a page printed is known: a row that a page did not note has no part in it."""

from collections.abc import Collection
from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import Any

import pytest
from jinja2 import Environment, StrictUndefined

from macros.content.checked_values import Text
from macros.content.load import Data
from macros.content.pages import Page
from macros.content.project import Project
from macros.content.published import publish
from macros.content.rows.base import Row
from macros.rendering.figures.figure import draw
from macros.rendering.figures.watched import watched
from macros.rendering.page_context import Contexts, Used
from macros.rendering.page_macros import MACROS, bound

from ..figures.geometry import sections, with_rows


def others_changed(data: Data, noted: Collection[str]) -> Data:
    """The data with every word and every number changed in all rows but those that are noted."""
    for file, section, rows in sections(data):
        other = [changed(row) if isinstance(row, Row) and row.publish and row.id not in noted else row for row in rows]
        data = with_rows(data, file, section, other)
    return data


def changed(row: Row) -> Row:
    return row.model_copy(update={name: _other(value, name in _free(type(row))) for name, value in row})


@cache
def _free(kind: type[Row]) -> set[str]:
    """The fields of a kind of row that hold free words."""
    text = repr(Text.__metadata__[0])
    return {name for name, field in kind.model_fields.items() if text in f"{field.annotation}{field.metadata}"}


def _other(value: Any, is_free: bool) -> Any:
    if isinstance(value, bool):
        return value
    if isinstance(value, int | Decimal):
        return value + 1
    if isinstance(value, dict):
        return {name: _other(other, is_free) for name, other in value.items()}
    if is_free and isinstance(value, list):
        return [f"{words} changed" for words in value]
    return f"{value} changed" if is_free and value is not None else value


@pytest.fixture
def engine() -> Environment:
    return Environment(undefined=StrictUndefined)


def rendered(page: Page, project: Project, engine: Environment) -> tuple[str, Used]:
    """The text of a page with its macros carried out, and what it used."""
    context = Contexts(project).of(page.path, "")
    macros: dict[str, Any] = {macro.__name__: bound(macro, lambda: context) for macro in MACROS}
    made = engine.from_string(page.text).render({**macros, "config": {"extra": {"version": "1.0.0"}}})
    return made, context.used


def test_what_a_page_did_not_note_has_no_part_in_it(invented: Project, engine: Environment) -> None:
    for page in invented.pages:
        before, used = rendered(page, invented, engine)
        after, _ = rendered(page, replace(invented, data=others_changed(invented.data, used.rows)), engine)
        assert after == before, page.path


def test_what_a_drawing_did_not_read_has_no_part_in_it(invented: Project) -> None:
    for figure in invented.published.figures.figures:
        noted: set[str] = set()
        before = draw(watched(invented.published, lambda row, noted=noted: noted.add(row.id)), figure.id)
        after = draw(publish(others_changed(invented.data, noted)), figure.id)
        assert str(after.inner()) == str(before.inner()), figure.id
