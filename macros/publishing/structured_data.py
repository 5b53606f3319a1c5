"""What search engines read of a page: schema.org, as JSON-LD."""

import json
from typing import Any

from ..content.addresses import page_url
from ..content.pages import Page
from ..content.project import Project
from ..content.settings import Site
from .built_pages import BuiltPages

LICENSE = "https://creativecommons.org/licenses/by/4.0/"

_AUDIENCES = {
    "practitioner": {"@type": "MedicalAudience", "audienceType": "practitioners trained in fillers"},
    "trainee": {"@type": "MedicalAudience", "audienceType": "trainees"},
    "patient": {"@type": "Patient", "audienceType": "patients"},
    "maintainer": {"@type": "Audience", "audienceType": "maintainers"},
}


def medical_page(page: Page, site: Site) -> dict[str, Any]:
    """A page as a schema.org MedicalWebPage; it has an address only when the site has one."""
    made: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "MedicalWebPage",
        "name": page.meta.title,
        "description": page.meta.description,
        "inLanguage": "en-US",
        "lastReviewed": page.meta.reviewed,
        "version": site.version,
        "audience": [_AUDIENCES[name] for name in page.meta.audience],
        "isPartOf": {"@type": "WebSite", "name": site.name},
        "isAccessibleForFree": True,
        "license": LICENSE,
    }
    if site.address:
        made["url"] = site.address + page_url(page.path)
        made["isPartOf"]["url"] = site.address
    return made


def describe(pages: BuiltPages, project: Project) -> None:
    """Put its description into the head of every page of the project."""
    for page in project.pages:
        # No text in it can end the block.
        text = json.dumps(medical_page(page, project.site), ensure_ascii=False).replace("<", "\\u003c")
        pages.of(page.path).into_head("script", {"type": "application/ld+json"}, text)
