"""From built pages to a site that a host can serve: light, private, readable offline and by machines.

Each step is a module with one job: text.py writes Markdown, slim.py makes pages light, jsonld.py describes them to
search engines, headers.py guards them, offline.py saves them on a reader's device, folder.py packs them.
"""

from collections.abc import Sequence
from pathlib import Path

from ..content.addresses import page_url
from ..content.pages import Page
from ..content.settings import Imprint
from . import offline, offline_archive, plain_text, security_policy, structured_data, stylesheet
from .head_and_assets import PublishError, into_head

__all__ = ["PublishError", "publish"]


def publish(
    site: Path,
    pages: Sequence[Page],
    tree: list[tuple[str, list[str]]],
    imprint: Imprint,
    sheets: Sequence[str],
    day: str,
) -> None:
    """Finish the built pages below `site`; `sheets` are the slugs of the handouts, `day` is that of the last change.

    Raises PublishError when a page cannot be served under the site's own rules.
    """
    description = next(page.meta.description for page in pages if page.path == "index.md")
    plain_text.write_texts(site, pages)
    (site / "llms.txt").write_text(plain_text.llms_txt(pages, tree, imprint, description), encoding="utf-8")
    (site / "robots.txt").write_text(robots_txt(imprint.site_url), encoding="utf-8")
    stylesheet.slim(site)
    for page in pages:
        path = site / page_url(page.path) / "index.html"
        described = structured_data.as_script(structured_data.medical_page(page, imprint))
        path.write_text(into_head(path.read_text(encoding="utf-8"), described), encoding="utf-8")
    (site / "manifest.webmanifest").write_text(offline.manifest(imprint, description), encoding="utf-8")
    offline.link_manifest(site)
    security_policy.protect_pages(site)
    offline.write_worker(site, sheets, imprint.version)
    (site / "_headers").write_text(
        security_policy.hosts_file(security_policy.site_headers(site), imprint.site_url), encoding="utf-8"
    )
    offline_archive.write_archive(site, day)


def robots_txt(site_url: str) -> str:
    """What robots may read: everything; and where the list of pages is, when the site has an address."""
    return "User-agent: *\nAllow: /\n" + (f"Sitemap: {site_url}sitemap.xml\n" if site_url else "")
