"""Shared by the tests of the built site."""

import json
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(scope="session")
def manifest(site: Path) -> list[dict[str, Any]]:
    return json.loads((site / "pdf" / "manifest.json").read_text(encoding="utf-8"))
