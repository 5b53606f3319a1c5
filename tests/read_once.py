"""Files are read once a worker for the bytes that they hold: a test that edits one file reads that one anew, not forty.

What is remembered is decided by the bytes alone, and nobody can change it: values, lines and faults of a data file, its
checked rows (frozen), what may be printed of a row, a page, and what MkDocs makes of the settings. All that is judged between files runs each time.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from macros.content import changes, load, pages, published, settings
from macros.content.pages import Page
from macros.content.strict_reader import DataFile


@contextmanager
def reading_once() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        files = _Files()
        for module in (load, changes):
            patch.setattr(module, "read_data_file", files.read)
            patch.setattr(module, "validated", files.validated)
        patch.setattr(pages, "_read_page", _Pages().read)
        patch.setattr(published, "_public", _PublicRows().read)
        patch.setattr(settings, "_as_mkdocs_reads_it", _Settings().read)
        yield


def _bytes_of(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


class _Files:
    """Data files by name and bytes, and their rows by the content that was read."""

    def __init__(self) -> None:
        self._read, self._validated = load.read_data_file, load.validated
        self._files: dict[tuple[str, bytes], DataFile] = {}
        self._content: dict[int, Any] = {}
        self._checked: dict[tuple[int, str], tuple[Any, list[Any]]] = {}

    def read(self, path: Path, name: str) -> DataFile:
        there = _bytes_of(path)
        if there is None:
            return self._read(path, name)
        if (name, there) not in self._files:
            file = self._files[name, there] = self._read(path, name)
            # Held here, so that no other content ever has its id.
            self._content[id(file.content)] = file.content
        file = self._files[name, there]
        return DataFile(file.name, file.content, file.lines, list(file.faults), file.of_mkdocs)

    def validated(self, file: DataFile, kind: Any) -> Any:
        if file.faults or not isinstance(file.content, dict | list) or id(file.content) not in self._content:
            return self._validated(file, kind)
        key = id(file.content), str(kind)
        if key not in self._checked:
            self._checked[key] = self._validated(file, kind), list(file.faults)
        checked, file.faults[:] = self._checked[key]
        return checked


class _Pages:
    """Pages by name and bytes."""

    def __init__(self) -> None:
        self._read = pages._read_page
        self._pages: dict[tuple[str, bytes | None], tuple[Page | None, list[Any]]] = {}

    def read(self, path: Path, name: str, file: DataFile) -> Page | None:
        key = name, _bytes_of(path)
        if key not in self._pages:
            self._pages[key] = self._read(path, name, file), list(file.faults)
        page, file.faults[:] = self._pages[key]
        return page


class _PublicRows:
    """What may be printed of a row; rows are frozen, and held here, so that no other ever has the id of one."""

    def __init__(self) -> None:
        self._read = published._public
        self._rows: dict[tuple[int, frozenset[str]], tuple[Any, Any]] = {}

    def read(self, row: Any, withheld: frozenset[str]) -> Any:
        key = id(row), withheld
        if key not in self._rows:
            self._rows[key] = row, self._read(row, withheld)
        return self._rows[key][1]


class _Settings:
    """What MkDocs makes of sound settings, by their bytes, the environment, and what lies where it looks for folders."""

    def __init__(self) -> None:
        self._read = settings._as_mkdocs_reads_it
        self._sound: dict[Any, Any] = {}

    def read(self, root: Path, file: DataFile) -> Any:
        folders = [path.name for folder in (root, root / "docs") if folder.is_dir() for path in folder.iterdir()]
        # Pytest names the running test there.
        around = {name: value for name, value in os.environ.items() if name != "PYTEST_CURRENT_TEST"}
        key = _bytes_of(root / settings.FILE), frozenset(around.items()), frozenset(folders)
        if key not in self._sound:
            config = self._read(root, file)
            if config is None or file.faults:
                return config
            self._sound[key] = {name: config[name] for name in _ASKED}
        return self._sound[key]


_ASKED = ("site_name", "site_url", "plugins", "extra", "nav", "repo_url", "edit_uri")
