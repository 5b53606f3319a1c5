"""What the steps of publishing share: the built pages and their head."""

from pathlib import Path


class PublishError(Exception):
    """The built pages cannot be published as they are; the message says which page and what to mend."""


def html_files(site: Path) -> list[Path]:
    """Every page below `site`, in a fixed order."""
    return sorted(site.rglob("*.html"))


def base_of(page: Path, site: Path) -> str:
    """The way from a page to the root of the site: "../../" for technique/mixing/index.html, "" at the root."""
    return "../" * (len(page.relative_to(site).parts) - 1)


def into_head(text: str, markup: str) -> str:
    """The page with `markup` at the end of its head."""
    return text.replace("</head>", f"{markup}\n</head>", 1)
