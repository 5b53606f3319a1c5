"""Every page of both sites, opened once: what WCAG asks, its weight, its width, and that it keeps to its policy."""

import re
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

import axe_playwright_python
from playwright.sync_api import Browser, CDPSession, ConsoleMessage, Page, Response

from macros.content.addresses import page_url
from macros.content.project import Project

from ..projects import copy_tree, edit
from ..verdicts import KEPT, keep, note, unknown
from .conftest import new_context, start_theme

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text(encoding="utf-8")
# Drawings have a name and no parts to reach. Colors are looked at by themselves: that takes most of the time.
RUN_AXE = """async ([scheme, colors]) => {
  document.body.setAttribute("data-md-color-scheme", scheme);
  const of_colors = ["color-contrast", "link-in-text-block"];
  const rules = Object.fromEntries(of_colors.map((name) => [name, { enabled: false }]));
  rules["label-content-name-mismatch"] = { enabled: true }; // an experiment of theirs, and right
  const run = await axe.run(
    { include: colors ?? [["html"]], exclude: [[".figure-art > *"]] },
    { resultTypes: ["violations"], ...(colors ? { runOnly: of_colors } : { rules }) },
  );
  return run.violations.map((fault) => {
    const places = fault.nodes.slice(0, 3).map((node) => node.html.slice(0, 120));
    return `${scheme} ${innerWidth} px: ${fault.id}: ${fault.help}: ${places.join(" ")}`;
  });
}"""
# The same for the text of each look that no page before had: what decides its contrast, up to the root.
RUN_AXE_ON_NEW_COLORS = f"""async ([scheme, known]) => {{
  document.body.setAttribute("data-md-color-scheme", scheme);
  const looks = new Map(); // of the elements that hold others: each is asked once
  const look = (element) => {{
    if (!element) return "";
    if (!looks.has(element)) {{
      const style = getComputedStyle(element);
      const own = [style.backgroundColor, style.backgroundImage, style.opacity].join();
      looks.set(element, own + " " + look(element.parentElement));
    }}
    return looks.get(element);
  }};
  const firsts = new Map();
  for (const element of document.body.querySelectorAll(":not(script, style, .figure-art *)")) {{
    const text = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
    if (!text || !element.getClientRects().length) continue;
    const style = getComputedStyle(element);
    const link = element.matches("a") ? [getComputedStyle(element.parentElement).color, style.textDecorationLine] : "";
    const key = [scheme, style.color, style.fontSize, style.fontWeight, link, look(element)].join();
    if (!known.includes(key) && !firsts.has(key)) firsts.set(key, element);
  }}
  const faults = firsts.size ? await ({RUN_AXE})([scheme, [...firsts.values()]]) : [];
  return [faults, [...firsts.keys()]];
}}"""
# Marks of two lines after which a closing sign stands alone on the next line.
ALONE = """() => [...document.querySelectorAll(":is(p, li, dd) > .mark")].filter((mark) => {
  const after = mark.nextSibling;
  if (mark.offsetHeight < 2 * parseFloat(getComputedStyle(mark).lineHeight)) return false;
  if (after?.nodeType !== Node.TEXT_NODE || !/^[,.;:)]/.test(after.data)) return false;
  const sign = document.createRange();
  sign.setStart(after, 0);
  sign.setEnd(after, 1);
  return sign.getBoundingClientRect().top >= mark.getBoundingClientRect().bottom;
}).map((mark) => mark.closest("p, li, dd").textContent.slice(0, 80))"""
# What stands below the window is laid out at once: what is wide or pale there is to be seen too.
LAID_OUT = """const whole = new CSSStyleSheet();
whole.replaceSync(".md-content * { content-visibility: visible !important; contain: none !important }");
document.adoptedStyleSheets = [whole];"""
VIOLATIONS = """document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`policy: ${event.violatedDirective} blocks ${event.blockedURI} on ${location.pathname}`))"""
TRANSFER_LIMIT = 100 * 1024  # bytes of a first view


@dataclass
class Found:
    """What is wrong with the pages that were opened, each with its address."""

    access: list[str] = field(default_factory=list)  # against WCAG, as far as axe sees it
    sideways: list[str] = field(default_factory=list)
    alone: list[str] = field(default_factory=list)  # a comma below a mark of two lines
    heavy: list[str] = field(default_factory=list)
    unguarded: list[str] = field(default_factory=list)  # without the policy
    said: list[str] = field(default_factory=list)  # faults in the console, and what another host was asked for
    cookies: list[object] = field(default_factory=list)


def test_every_page_of_the_real_site(real: Project, site: Path, real_address: str, browser: Browser) -> None:
    notes = notes_of(real, site, browser)
    assert open_all(browser, real_address, unknown(notes), everywhere=False) == Found()
    keep(notes.values())


def test_every_page_of_the_invented_site(
    invented: Project, invented_site: Path, address: str, browser: Browser
) -> None:
    notes = notes_of(invented, invented_site, browser)
    assert open_all(browser, address, unknown(notes), everywhere=True) == Found()
    keep(notes.values())


def notes_of(project: Project, site: Path, browser: Browser) -> dict[str, Path]:
    """Each address with its note: the page, all that its view is made with, and what looks at it."""
    made_with = [path for path in sorted((site / "assets").rglob("*")) if path.is_file()]
    looks = [Path(__file__), *(Path(__file__).with_name(name) for name in ("conftest.py", "serving.py"))]
    decisive = [path.read_bytes() for path in (site / "_headers", *made_with, *looks)]
    asked = [AXE, browser.version, version("playwright"), *decisive]
    addresses = [*(page_url(page.path) for page in project.pages), "404.html"]
    return {address: note(KEPT, *asked, address, *content_of(site / address)) for address in addresses}


def content_of(page: Path) -> list[bytes]:
    """A page with the pictures of prints that it shows, without the name of its build, which every change renews."""
    content = (page / "index.html" if page.is_dir() else page).read_text(encoding="utf-8")
    pictures = [page / name for name in re.findall(r'<img src="([^"]+\.png)"', content)]
    # The invented site has no prints and no pictures of them.
    shown = [picture.read_bytes() for picture in pictures if picture.is_file()]
    return [re.sub(r'<meta name="build" content="\w+">', "", content).encode(), *shown]


def test_a_page_is_opened_again_when_it_or_what_makes_its_view_is_another(
    invented: Project, invented_site: Path, browser: Browser, tmp_path: Path
) -> None:
    site = copy_tree(invented_site, tmp_path / "site")
    before = notes_of(invented, site, browser)
    assert before == notes_of(invented, invented_site, browser)

    def renewed(path: str, old: str, new: str) -> set[str]:
        text = (site / path).read_text(encoding="utf-8")
        edit(site / path, old, new)
        after = notes_of(invented, site, browser)
        (site / path).write_text(text, encoding="utf-8")
        return {address for address in before if before[address] != after[address]}

    assert renewed("technique/by-region/index.html", "Before the first", "Ahead of the first") == {
        "technique/by-region/"
    }
    # Not the name of the build, which any change of the site renews.
    assert renewed("index.html", '<meta name="build" content="', '<meta name="build" content="1') == set()
    assert renewed("_headers", "default-src", "script-src") == set(before)
    for kind in ("css", "js"):
        (made,) = (path.relative_to(site) for path in (site / "assets").glob(f"s*.*.{kind}"))
        assert renewed(str(made), "", " ") == set(before), kind


def open_all(browser: Browser, host: str, addresses: list[str], everywhere: bool) -> Found:
    """Open each page as if it were the first; `everywhere` looks for all faults in each width, not only once.

    So are the pages of the invented site, which has every kind of block: what a width or the theme's script does to one
    kind shows there, what the content of a page does shows in one width.
    """
    found = Found()
    # Without motion, so that no color is caught on its way to another.
    context = new_context(browser, viewport={"width": 412, "height": 823}, reduced_motion="reduce")
    context.add_init_script(f"{VIOLATIONS}; {LAID_OUT}")
    context.on("console", lambda message: found.said.append(told(message)) if is_fault(message) else None)
    context.on("weberror", lambda error: found.said.append(f"{error.page.url}: {error.error}"))
    context.on(
        "request",
        lambda request: (
            found.said.append(f"asks {request.url}") if not request.url.startswith((host, "data:", "blob:")) else None
        ),
    )
    view = context.new_page()
    inner = context.new_cdp_session(view)
    inner.send("Network.setCacheDisabled", {"cacheDisabled": True})
    answers: list[Response] = []
    view.on("response", lambda answer: answers.append(answer))
    colors: list[str] = []
    for address in addresses:
        answers.clear()
        answer = view.goto(host + address, wait_until="load")
        if "default-src 'none'" not in answer.headers.get("content-security-policy", ""):
            found.unguarded.append(address)
        sizes = {answer.url: int(answer.header_value("content-length") or 0) for answer in answers}
        assert len(sizes) >= 3, "the page, its stylesheet, its script"
        if sum(sizes.values()) > TRANSFER_LIMIT:
            found.heavy.append(f"{address}: {sizes}")
        look_at(view, inner, address, found, colors, everywhere)
        if everywhere:
            start_theme(view)
    found.cookies += context.cookies()
    context.close()
    return found


def told(message: ConsoleMessage) -> str:
    return f"{message.location['url']}: {message.text}"


def is_fault(message: ConsoleMessage) -> bool:
    """An error of a page; the invented site has no prints and no pictures of them."""
    return message.type == "error" and "/pdf/" not in message.location["url"]


def look_at(view: Page, inner: CDPSession, address: str, found: Found, colors: list[str], everywhere: bool) -> None:
    """Note what is wrong with the page that is open, in the widths of a screen, of a phone, and of large letters.

    `colors` names the looks of text that were tested; those of this page are added.
    """
    view.evaluate(AXE)

    def run_axe() -> None:
        found.access += [f"{address} {fault}" for fault in view.evaluate(RUN_AXE, ["default", None])]

    def test_colors(scheme: str) -> None:
        faults, new = view.evaluate(RUN_AXE_ON_NEW_COLORS, [scheme, colors])
        found.access += [f"{address} {fault}" for fault in faults]
        colors.extend(new)

    def widen(width: int, letters: int = 100) -> None:
        view.set_viewport_size({"width": width, "height": 900})
        # As a reader sets the size of letters: what the style sheets measure in em, conditions too, follows.
        inner.send("Page.setFontSizes", {"fontSizes": {"standard": 16 * letters // 100}})
        widest = view.evaluate("document.documentElement.scrollWidth")
        if widest > width:
            found.sideways.append(f"{address} is {widest} px wide at {width} px, letters {letters} %")

    widen(1280)
    if everywhere:
        run_axe()
    test_colors("default")
    test_colors("slate")
    widen(1280, letters=200)
    # 320 px: a small phone, or a screen at 400 %.
    for width in (320, 360, 390):
        widen(width)
        found.alone += [f"{address} {width} px: {words}" for words in view.evaluate(ALONE)]
        if width == 360:
            run_axe()
            if everywhere:
                test_colors("slate")
                test_colors("default")
