"""The book: every chapter of the site in one HTML document, with contents, lists, answers, references and index."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from lxml.html import HtmlElement
from markupsafe import Markup

from ..content.addresses import page_url, slug_of
from ..content.pages import Page
from ..content.project import Project
from ..content.published import Published
from ..content.rows.editorial import Handout, Term
from ..content.settings import Site
from .form_fields import as_lines
from .print_template import check_address, qr_code
from .printable_page import Article, extract
from .sheets import Sheet, element, html_of, prefix_ids, renumber, take_answer

# Pages that the book does not print as chapters: the home page and the sheets are made for other uses,
# the sources and the questions stand in parts of their own.
_NOT_CHAPTERS = ("index.md", "handouts/", "reference/sources.md", "reference/self-check.md", "reference/glossary.md")


_GLOSSARY = "reference/glossary.md"


_SELF_CHECK = "reference/self-check.md"


@dataclass
class _Book:
    """What gathers while the chapters are set, for the lists at both ends."""

    slugs: dict[str, str]
    contents: list[tuple[int, str, str]] = field(default_factory=list)
    figures: list[tuple[str, str]] = field(default_factory=list)
    tables: list[tuple[str, str]] = field(default_factory=list)
    sources: dict[str, HtmlElement] = field(default_factory=dict)
    mentions: dict[str, list[str]] = field(default_factory=dict)
    answers: list[HtmlElement] = field(default_factory=list)


def book_sheet(built: Path, handout: Handout, project: Project) -> Sheet:
    """The whole site as one sheet.

    Raises ExtractionError when a page cannot be printed.
    """
    data, site = project.published, project.site
    parts = [(section.name, [project.page(path) for path in section.paths]) for section in site.sections]
    chosen = [(name, [page for page in pages if not page.path.startswith(_NOT_CHAPTERS)]) for name, pages in parts]
    chosen = [(name, pages) for name, pages in chosen if pages]
    book = _Book({page_url(page.path): page.slug for _, pages in chosen for page in pages})
    book.slugs[page_url(_GLOSSARY)] = slug_of(_GLOSSARY)
    questions = _questions(extract(built, _SELF_CHECK))
    terms = _wordings(data)
    body: list[HtmlElement] = []
    numbers: dict[str, int] = {}
    number = 0
    for name, pages in chosen:
        book.contents.append((1, f"part-{pages[0].slug}", name))
        body.append(_part_page(name, pages, number))
        for page in pages:
            number += 1
            article = extract(built, page.path)
            chapter = _chapter(number, page, article, questions.get(article.address, []), book)
            _set_chapter(chapter, page.slug, terms, book, article)
            numbers = renumber([chapter], numbers)
            body.append(chapter)
    glossary = _back_matter(slug_of(_GLOSSARY), "Glossary", extract(built, _GLOSSARY), book)
    answers = _section("answers", "Answers", book.answers)
    numbers = renumber([glossary, answers], numbers)
    body += [answers, glossary, _references(numbers, book), _index(terms, book)]
    for target, title in (("answers", "Answers"), (slug_of(_GLOSSARY), "Glossary")):
        book.contents.append((1, target, title))
    book.contents += [(1, "references", "References"), (1, "index", "Index of terms")]
    reviewed = min(page.meta.reviewed for _, pages in chosen for page in pages)
    sheet = Sheet(
        slug=handout.id,
        title=handout.title,
        description=handout.description,
        audience=tuple(handout.audience),
        audience_words="For trainees and practitioners",
        reviewed=reviewed,
        address=page_url(handout.page),
        pages=tuple(page.path for _, pages in chosen for page in pages),
        body=html_of([_contents(book), _lists(book), *body]),
        papers=tuple(handout.papers),
        kind="book",
        most_pages=handout.most_pages,
        classes="book",
    )
    return replace(sheet, body=html_of([_cover(sheet, site)]) + sheet.body)


def _part_page(name: str, pages: list[Page], before: int) -> HtmlElement:
    """The opening of a part: its name, and its chapters with what each of them tells."""
    lines = Markup("").join(
        Markup('<li><a href="#{}">{} {}</a><br>{}</li>').format(
            page.slug, number, page.meta.title, page.meta.description
        )
        for number, page in enumerate(pages, before + 1)
    )
    return element(
        Markup('<section class="part-page"><h1 class="part" id="part-{}">{}</h1><ul>{}</ul></section>').format(
            pages[0].slug, name, lines
        )
    )


def _chapter(number: int, page: Page, article: Article, questions: list[HtmlElement], book: _Book) -> HtmlElement:
    book.contents.append((2, page.slug, f"{number} {page.meta.title}"))
    chapter = element(
        Markup(
            '<section class="chapter"><header class="chapter-head"><p class="chapter-number">Chapter {}</p>'
            '<h2 id="{}">{}</h2><p class="promise">{}</p></header></section>'
        ).format(number, page.slug, page.meta.title, page.meta.description)
    )
    _lower_headings(article.parts())
    chapter.extend(article.parts())
    if questions:
        chapter.append(element(Markup("<h3>Check yourself</h3>")))
        answers = element(Markup('<div class="answers"><h2>Chapter {}: {}</h2></div>').format(number, page.meta.title))
        for question in questions:
            answers.append(take_answer(question))
            chapter.append(question)
        book.answers.append(answers)
    return chapter


def _questions(article: Article) -> dict[str, list[HtmlElement]]:
    """The question blocks of the self-check page, by the address of the page that teaches them."""
    found: dict[str, list[HtmlElement]] = {}
    for part in article.parts():
        for block in part.xpath("descendant-or-self::*[@data-block='questions']"):
            found[str(block.xpath(".//@data-leads-to")[0]).partition("#")[0]] = block.xpath(".//div[@class='question']")
    return found


def _lower_headings(parts: Iterable[HtmlElement]) -> None:
    """A page's headings go one level down: the title of the page is the second level in the book."""
    for part in parts:
        for heading in part.xpath("descendant-or-self::*[self::h2 or self::h3 or self::h4 or self::h5]"):
            heading.tag = f"h{int(heading.tag[1]) + 1}"


def _set_chapter(chapter: HtmlElement, slug: str, terms: dict[str, Term], book: _Book, article: Article) -> None:
    as_lines([chapter])
    prefix_ids(chapter, slug, shared="ref-")
    _cross_references(chapter, slug, book)
    _number(chapter, slug, book)
    _mark_terms(chapter, slug, terms, book)
    if article.sources is not None:
        for item in article.sources:
            book.sources.setdefault(item.get("id"), item)


def _cross_references(chapter: HtmlElement, slug: str, book: _Book) -> None:
    """A link to a page of the book says on which of its pages; a link elsewhere stays words."""
    for link in chapter.xpath(".//*[@data-leads-to]"):
        path, _, anchor = link.attrib.pop("data-leads-to").partition("#")
        if path not in book.slugs:
            continue
        for words in link.xpath("./*[@class='print-path']"):
            words.drop_tree()
        target = book.slugs[path]
        link.tag = "a"
        link.set("href", f"#{target}--{anchor}" if anchor else f"#{target}")
        link.set("class", "see-page")


def _number(chapter: HtmlElement, slug: str, book: _Book) -> None:
    """Number figures and tables through the book, and note them for the lists."""
    for caption in chapter.xpath(".//figcaption"):
        number, name = len(book.figures) + 1, f"figure-{len(book.figures) + 1}"
        title = " ".join(caption.xpath("string(./strong[1])").split()).rstrip(".")
        caption.set("id", name)
        _put_before(caption, f"Figure {number}. ")
        book.figures.append((name, f"{number} {title}"))
    for caption in chapter.xpath(".//table/caption"):
        number, name = len(book.tables) + 1, f"table-{len(book.tables) + 1}"
        title = " ".join(caption.xpath("string()").split())
        caption.set("id", name)
        _put_before(caption, f"Table {number}. ")
        book.tables.append((name, f"{number} {title.split('. ')[0].rstrip('.')}"))


def _put_before(caption: HtmlElement, words: str) -> None:
    caption.text = words + (caption.text or "").lstrip()


def _wordings(data: Published) -> dict[str, Term]:
    """Every wording of the glossary in small letters, with its term."""
    return {wording.lower(): row for row in data.glossary.terms for wording in row.wordings}


def _mark_terms(chapter: HtmlElement, slug: str, terms: dict[str, Term], book: _Book) -> None:
    for abbr in chapter.xpath(".//abbr"):
        words = abbr.text_content().lower()
        row = terms.get(words) or terms.get(words.removesuffix("s"))
        abbr.attrib.clear()
        abbr.tag = "span"
        if row is not None:
            name = f"mention-{row.id}-{slug}"
            mentions = book.mentions.setdefault(row.id, [])
            # A chapter can name a term by several of its wordings; the index points to the first.
            if name not in mentions:
                abbr.set("id", name)
                mentions.append(name)


_COVER = Markup(
    # It bears the fingerprint, and the version.
    '<section class="cover" data-fingerprint="off"><p class="cover-site">{}</p><h1>{}</h1>'
    '<p class="promise">Aging skin, the product and the technique, with sources, label status and warnings.</p>'
    '<p>{}</p><p class="cover-foot">This book does not replace the product’s instructions for use, and it is not a '
    "dose calculator. There is no reversal agent. No outside medical review has taken place yet. Radiesse, Sculptra, "
    "Coaptite and Traumeel are their owners’ trademarks; this project is not affiliated with them.</p>"
    '<p class="cover-check"><img alt="QR code: is this print current?" src="{}"> Is this print current? {}</p>'
    "</section>"
)


def _cover(sheet: Sheet, site: Site) -> HtmlElement:
    clinic = site.clinic.name
    stamp = (f"Version {site.version}", f"Fingerprint {sheet.fingerprint}")
    words = " ".join(f"{part}." for part in (sheet.audience_words, *stamp, clinic) if part)
    return element(_COVER.format(site.name, sheet.title, words, qr_code(sheet, site), check_address(site)))


def _contents(book: _Book) -> HtmlElement:
    items = Markup("").join(
        Markup('<li class="level-{}"><a href="#{}">{}</a></li>').format(*entry) for entry in book.contents
    )
    return element(Markup('<section class="contents"><h1>Contents</h1><ul>{}</ul></section>').format(items))


def _lists(book: _Book) -> HtmlElement:
    lists = Markup("").join(
        Markup("<h1>{}</h1><ul>{}</ul>").format(
            heading, Markup("").join(Markup('<li><a href="#{}">{}</a></li>').format(*entry) for entry in entries)
        )
        for heading, entries in (("Figures", book.figures), ("Tables", book.tables))
        if entries
    )
    return element(Markup('<section class="contents lists">{}</section>').format(lists))


def _back_matter(slug: str, title: str, article: Article, book: _Book) -> HtmlElement:
    section = _section(slug, title, article.parts())
    _set_chapter(section, slug, {}, book, article)
    return section


def _section(name: str, title: str, parts: Iterable[HtmlElement]) -> HtmlElement:
    section = element(
        Markup('<section class="back-matter"><h1 id="{}" class="part">{}</h1></section>').format(name, title)
    )
    section.extend(parts)
    return section


def _references(numbers: dict[str, int], book: _Book) -> HtmlElement:
    entries = element(Markup('<ol class="references"></ol>'))
    for name, number in numbers.items():
        item = book.sources[name]
        item.set("value", str(number))
        entries.append(item)
    return _section("references", "References", [entries])


def _index(terms: dict[str, Term], book: _Book) -> HtmlElement:
    rows = {row.id: row for row in terms.values()}
    items = Markup("").join(
        Markup("<li>{} {}</li>").format(rows[name].term, Markup(", ").join(_page_links(book.mentions[name])))
        for name in sorted(book.mentions, key=lambda name: rows[name].term.lower())
    )
    return _section("index", "Index of terms", [element(Markup('<ul class="index">{}</ul>').format(items))])


def _page_links(names: Iterable[str]) -> Iterator[Markup]:
    for name in dict.fromkeys(names):
        yield Markup('<a class="page-of" href="#{}"></a>').format(name)
