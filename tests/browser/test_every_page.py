"""Every page of both sites, opened once: what WCAG asks, its weight, its width, and that it keeps to its policy.

The pages of the real site are shared out, so that both workers of a run open some.
"""

from dataclasses import dataclass, field
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Response

from macros.content.addresses import page_url
from macros.content.project import Project

from .conftest import start_theme

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text(encoding="utf-8")
# Drawings have a name and no parts to reach.
RUN_AXE = """async ([scheme, options]) => {
  document.body.setAttribute("data-md-color-scheme", scheme);
  const run = await axe.run({ exclude: [[".figure-art > *"]] }, { resultTypes: ["violations"], ...options });
  return run.violations.map((fault) => {
    const places = fault.nodes.slice(0, 3).map((node) => node.html.slice(0, 120));
    return `${scheme} ${innerWidth} px: ${fault.id}: ${fault.help}: ${places.join(" ")}`;
  });
}"""
OF_COLORS = ["color-contrast", "link-in-text-block"]
ALL, COLORS = {}, {"runOnly": OF_COLORS}
ALL_BUT_COLORS = {"rules": {name: {"enabled": False} for name in OF_COLORS}}
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
# A first view saves nothing on the device: that comes after it (test_hosting.py).
NOTHING_SAVED = "if (navigator.serviceWorker) navigator.serviceWorker.register = () => new Promise(() => {})"
VIOLATIONS = """document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`policy: ${event.violatedDirective} blocks ${event.blockedURI} on ${location.pathname}`))"""
TRANSFER_LIMIT = 100 * 1024  # bytes of a first view
PARTS = 6


@dataclass
class Found:
    """What is wrong with the pages that were opened, each with its address."""

    opened: int = 0
    access: list[str] = field(default_factory=list)
    sideways: list[str] = field(default_factory=list)
    alone: list[str] = field(default_factory=list)
    heavy: list[str] = field(default_factory=list)
    unguarded: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    cookies: list[object] = field(default_factory=list)


@pytest.fixture(
    scope="module",
    params=[
        *(pytest.param(f"real {part}", marks=pytest.mark.xdist_group(f"pages-{part}")) for part in range(PARTS)),
        pytest.param("invented", marks=pytest.mark.xdist_group("pages-invented")),
    ],
)
def found(request: pytest.FixtureRequest, browser: Browser) -> Found:
    """The pages of one part of the real site, or all of the invented one."""
    name, _, part = request.param.partition(" ")
    project: Project = request.getfixturevalue(name)
    host = request.getfixturevalue("real_address" if part else "address")
    addresses = [*(page_url(page.path) for page in project.pages), "404.html"]
    return open_all(browser, host, addresses[int(part) :: PARTS] if part else addresses, everywhere=not part)


def open_all(browser: Browser, host: str, addresses: list[str], everywhere: bool) -> Found:
    """Open each page as if it were the first; `everywhere` looks for all faults in each width, not only once."""
    found = Found()
    # Without motion, so that no color is caught on its way to another.
    context = browser.new_context(
        viewport={"width": 412, "height": 823}, service_workers="block", reduced_motion="reduce"
    )
    context.add_init_script(f"{NOTHING_SAVED}; {VIOLATIONS}")
    context.on("console", lambda message: found.said.append(told(message)) if is_fault(message) else None)
    context.on("weberror", lambda error: found.said.append(f"{error.page.url}: {error.error}"))
    context.on(
        "request",
        lambda request: (
            found.said.append(f"asks {request.url}") if not request.url.startswith((host, "data:", "blob:")) else None
        ),
    )
    view = context.new_page()
    context.new_cdp_session(view).send("Network.setCacheDisabled", {"cacheDisabled": True})
    answers: list[Response] = []
    view.on("response", lambda answer: answers.append(answer))
    for address in addresses:
        answers.clear()
        answer = view.goto(host + address, wait_until="load")
        if "default-src 'none'" not in answer.headers.get("content-security-policy", ""):
            found.unguarded.append(address)
        sizes = {answer.url: int(answer.header_value("content-length") or 0) for answer in answers}
        assert len(sizes) >= 3, "the page, its stylesheet, its script"
        if sum(sizes.values()) > TRANSFER_LIMIT:
            found.heavy.append(f"{address}: {sizes}")
        look_at(view, address, found, everywhere)
        start_theme(view)
        found.opened += 1
    found.cookies += context.cookies()
    context.close()
    return found


def told(message: ConsoleMessage) -> str:
    return f"{message.location['url']}: {message.text}"


def is_fault(message: ConsoleMessage) -> bool:
    """An error of a page; the invented site has no prints and no pictures of them."""
    return message.type == "error" and "/pdf/" not in message.location["url"]


def look_at(view: Page, address: str, found: Found, everywhere: bool) -> None:
    """Note what is wrong with the page that is open, in the widths of a screen, of a phone, and of large letters."""
    view.evaluate(AXE)

    def run_axe(scheme: str, options: dict[str, object]) -> None:
        found.access += [f"{address} {fault}" for fault in view.evaluate(RUN_AXE, [scheme, options])]

    def widen(width: int, letters: int = 100) -> None:
        view.set_viewport_size({"width": width, "height": 900})
        # The theme sets 125 %.
        view.evaluate("size => { document.documentElement.style.fontSize = size }", f"{1.25 * letters}%")
        widest = view.evaluate("document.documentElement.scrollWidth")
        if widest > width:
            found.sideways.append(f"{address} is {widest} px wide at {width} px, letters {letters} %")

    widen(1280)
    run_axe("default", ALL)
    run_axe("slate", COLORS)
    widen(1280, letters=200)
    # 320 px: a small phone, or a screen at 400 %.
    for width in (320, 360, 390):
        widen(width)
        found.alone += [f"{address} {width} px: {words}" for words in view.evaluate(ALONE)]
        if width == 360:
            run_axe("default", ALL if everywhere else ALL_BUT_COLORS)
            if everywhere:
                run_axe("slate", COLORS)


def test_axe_finds_nothing(found: Found) -> None:
    assert found.opened > 0
    assert found.access == []


def test_no_page_scrolls_sideways(found: Found) -> None:
    assert found.sideways == []


def test_no_comma_stands_alone_below_a_mark_of_two_lines(found: Found) -> None:
    """A mark that fills its line leaves room for what closes the sentence behind it."""
    assert found.alone == []


def test_a_first_view_is_light(found: Found) -> None:
    assert found.heavy == []


def test_no_page_breaks_the_policy_asks_another_host_logs_a_fault_or_sets_a_cookie(found: Found) -> None:
    """With the headers enforced, and with the theme's script at work."""
    assert found.unguarded == []
    assert found.said == []
    assert found.cookies == []
