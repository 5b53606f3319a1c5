"""A small built site to test with: pages as the theme writes them, and the files that they ask for."""

from pathlib import Path

from macros.publishing.built_pages import BuiltPage, BuiltPages

PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Page</title>
<link rel="stylesheet" href="ROOT/assets/theme/main.css"><link rel="stylesheet" href="ROOT/assets/site.css">
</head><body>
<a class="site-name" href="ROOT/"><img src="ROOT/assets/logo.svg" alt=""></a>
<script src="ROOT/assets/first.js" data-inline></script>
<article><h1>Page</h1>WORDS</article>
<script id="__config" type="application/json">{"search": "ROOT/assets/search-worker.js#1.js"}</script>
<script src="ROOT/assets/javascripts/bundle.1.min.js"></script>
<script src="ROOT/assets/page.js" defer></script>
<script src="ROOT/assets/tables.js" defer></script>
</body></html>"""
FILES = {
    "assets/theme/main.css": ".a{top:0}\n/*# sourceMappingURL=main.css.map */",
    "assets/site.css": ".b { top: 0 }\n.c { top: 0 }",
    "assets/logo.svg": '<svg fill="#fff">\n</svg>',
    "assets/first.js": "if (1 < 2 && true) first();\n",
    "assets/start.js": "start();\n",
    "assets/page.js": "page();\n",
    "assets/tables.js": "tables();\n",
    "assets/javascripts/bundle.1.min.js": "theme();",
    "assets/javascripts/workers/search.1.js": "search();",
}


def html(root: str = ".", words: str = "<p>Words.</p>") -> str:
    """A page as MkDocs leaves it; `root` is the way to the root of the site."""
    return PAGE.replace("ROOT", root).replace("WORDS", words)


def built(site: Path, **pages: str) -> BuiltPages:
    """A built site of a home page and a page technique/, or of the pages given by the name of their folder."""
    for name, content in FILES.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(content, encoding="utf-8")
    for name, content in (pages or {"index": html(), "technique": html("..")}).items():
        path = site / ("index.html" if name == "index" else f"{name}/index.html")
        path.parent.mkdir(exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return BuiltPages(site)


def page(site: Path, words: str) -> BuiltPage:
    """The home page of a site, with these words in its article."""
    return next(iter(built(site, index=html(words=words))))
