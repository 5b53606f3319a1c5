"""A small sheet to test with, and the site that it bears."""

from typing import Any

from markupsafe import Markup

from macros.content.settings import Site
from macros.printing.sheets import Sheet

SITE = Site("Example site", "https://docs.example.org/", "1.2.3")


def sheet(body: str, **other: Any) -> Sheet:
    """A sheet with this text; every other entry can be given."""
    made = {
        "slug": "example",
        "title": "Example",
        "description": "An example.",
        "audience": ("practitioner",),
        "audience_words": "For practitioners",
        "reviewed": "2026-11-24",
        "address": "handouts/example/",
        "pages": ("patients/what-the-treatment-is.md",),
        "kind": "handout",
        "classes": "sheet sheet-example",
    }
    return Sheet(**{**made, **other}, body=Markup(body))
