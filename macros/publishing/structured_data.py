"""What search engines read of a page: schema.org, as JSON-LD."""

import json
from typing import Any

from ..content.addresses import page_url
from ..content.pages import Page
from ..content.settings import Site

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


def as_script(content: dict[str, Any]) -> str:
    """JSON-LD as a block of data for the head of a page; no text in it can end the block."""
    text = json.dumps(content, ensure_ascii=False).replace("<", "\\u003c")
    return f'<script type="application/ld+json">{text}</script>'
