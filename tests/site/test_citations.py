"""The numbers of sources on a page and the list below them are of that page, in whatever order it calls for both."""

from pathlib import Path

from lxml.html import HtmlElement

from macros.build import build_pages
from macros.content.project import Project, load_project
from macros.publishing.built_pages import BuiltPages

from ..projects import edit


def cited(article: HtmlElement) -> dict[str, set[str]]:
    """The sources that the text of a page cites, each with its numbers."""
    found: dict[str, set[str]] = {}
    for link in article.xpath(".//sup[@class='cite']/a"):
        found.setdefault(link.get("href"), set()).add(link.text)
    return found


def listed(article: HtmlElement) -> dict[str, set[str]]:
    items = article.xpath(".//*[@data-block='references']//li")
    return {f"#{item.get('id')}": {item.get("value")} for item in items}


def test_what_is_cited_below_the_list_of_sources_stands_in_it_and_on_no_other_page(
    project: Path, tmp_path: Path
) -> None:
    path = project / "docs/aging/skin.md"
    assert "guideline01" not in path.read_text(encoding="utf-8")
    edit(path, "{{ references() }}", '{{ references() }}\n\nLast{{ cite("guideline01", "rct02") }}.')
    made = load_project(project)
    build_pages(made, tmp_path / "site")
    pages = BuiltPages(tmp_path / "site")
    assert "#ref-guideline01" in listed(pages.of("aging/skin.md").article)
    for page in made.pages:
        article = pages.of(page.path).article
        assert listed(article) in (cited(article), {}), page.path


def test_every_list_of_sources_is_the_one_of_its_page(invented_site: Path, invented: Project) -> None:
    pages = BuiltPages(invented_site)
    articles = [pages.of(page.path).article for page in invented.pages if "references()" in page.text]
    assert len(articles) > 5
    assert all(listed(article) == cited(article) for article in articles)
