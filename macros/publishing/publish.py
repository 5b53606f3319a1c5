"""From built pages to a site that a host can serve: light, private, readable offline and by machines.

Each step is a module with one job: plain_text writes Markdown, stylesheet and scripts make pages light, structured_data
describes them to search engines, security_policy guards them, offline saves them on a reader's device, offline_archive
packs them.
"""

from pathlib import Path

from ..content.addresses import page_url
from ..content.project import Project
from . import offline, offline_archive, plain_text, security_policy, structured_data, stylesheet
from .head_and_assets import PublishError, into_head

__all__ = ["PublishError", "publish"]


def publish(built: Path, project: Project) -> None:
    """Finish the built pages in the folder `built`.

    Raises PublishError when a page cannot be served under the site's own rules.
    """
    site, description = project.site, project.description
    sheets = sorted(row.id for row in project.data.handouts.handouts)
    plain_text.write_texts(built, project.pages)
    (built / "llms.txt").write_text(plain_text.llms_txt(project), encoding="utf-8")
    (built / "robots.txt").write_text(robots_txt(site.address), encoding="utf-8")
    stylesheet.slim(built)
    for page in project.pages:
        path = built / page_url(page.path) / "index.html"
        described = structured_data.as_script(structured_data.medical_page(page, site))
        path.write_text(into_head(path.read_text(encoding="utf-8"), described), encoding="utf-8")
    (built / "manifest.webmanifest").write_text(offline.manifest(site, description), encoding="utf-8")
    offline.link_manifest(built)
    security_policy.protect_pages(built)
    offline.write_worker(built, sheets, site.version)
    (built / "_headers").write_text(
        security_policy.hosts_file(security_policy.site_headers(built), site.address), encoding="utf-8"
    )
    offline_archive.write_archive(built, project.day)


def robots_txt(address: str) -> str:
    """What robots may read: everything; and where the list of pages is, when the site has an address."""
    return "User-agent: *\nAllow: /\n" + (f"Sitemap: {address}sitemap.xml\n" if address else "")
