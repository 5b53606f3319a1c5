"""How time and memory grow with the site: copies with 1, 3, 10 and 30 times the pages and rows, measured stage by stage.

Run: python -m tests.bench.growth [--factors 1 3 10 30] [--out FILE]. Pages that tell something are copied; pages that
list a whole data file are not, since a larger site has longer lists, not more of them. Of the PDFs a sample of the same
size is printed at each factor, so that the time for one printed page can be compared; the book is not among them.
"""

import argparse
import math
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import venv
from dataclasses import dataclass
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
MKDOCS_TO_PDF = "mkdocs-to-pdf==0.12.1"
SAMPLE = 24  # sheets
ROWS = ("protocols.yml", "outcomes.yml", "aging.yml")
COPIED = ("aging", "product", "technique", "safety", "patients")
LISTS = {
    "technique/by-region.md", "product/trials-and-duration.md", "product/regions.md", "safety/adverse-events.md",
    "product/label-status.md",
}  # fmt: skip

_START = """
from pathlib import Path
from macros import build
root, site = Path.cwd(), Path("site").resolve()
"""
_LOAD = f"""{_START}
from macros import exports
from macros.data import load
from macros.handouts.collect import all_sheets
from macros.handouts.manifest import print_sheets
from macros.pages import load_pages
from macros.publish import publish
from macros.settings import read_settings
data = load(root)
pages = load_pages(root, data)
imprint, tree = read_settings(root)
def printed(sheets):
    return print_sheets(sheets, data, imprint, Path("pdf"), Path("cache"), ["a4"])
"""
_SAMPLE = f"""{_LOAD}
sheets = [sheet for sheet in all_sheets(site, pages, tree, data, imprint) if sheet.slug != "book"]
print(sum(entry["pages"] for entry in printed(sheets[:: max(1, len(sheets) // {SAMPLE})][:{SAMPLE}])))
"""
_EACH_PAGE = f"""{_LOAD}
import time
build.build_pages(root, site)
slugs = {{page.slug: page.path for page in pages}}
sheets = [sheet for sheet in all_sheets(site, pages, tree, data, imprint) if sheet.slug in slugs and sheet.kind == "page"]
start = time.perf_counter()
made = printed(sheets)
print(time.perf_counter() - start, sum(entry["pages"] for entry in made), *(slugs[sheet.slug] for sheet in sheets))
"""
_PAGES = f"""{_LOAD}
build.build_pages(root, site)
build.finish_pages(site, pages, data)
publish(site, pages, tree, imprint, [row.id for row in data.handouts.handouts], "2026-01-01")
"""
_DOWNLOADS = f"""{_LOAD}
exports.write_downloads(data, site / "downloads", imprint.site_name, imprint.site_url)
"""
STAGES = {
    "MkDocs alone": f"{_START}build.build_pages(root, Path('plain').resolve())",
    "pages": _PAGES,
    "downloads": _DOWNLOADS,
    "PDFs, cold": _SAMPLE,
    "PDFs, unchanged": _SAMPLE,
    "whole build, unchanged": f"{_START}build.build(root, site)",
}


@dataclass(frozen=True)
class Measure:
    """Seconds on the clock, the largest sum of memory of all processes in MB, and what was printed."""

    seconds: float
    megabytes: float
    said: str


def measured(command: list[str], cwd: Path) -> Measure:
    """Run a command to its end; raises RuntimeError with what it said when it fails."""
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    peak = [0.0]

    def watch() -> None:
        while process.poll() is None:
            peak[0] = max(peak[0], resident(process.pid))
            time.sleep(0.1)

    watcher = threading.Thread(target=watch)
    watcher.start()
    said = process.communicate()[0]
    watcher.join()
    if process.returncode:
        raise RuntimeError(f"{command}: {said[-2000:]}")
    return Measure(time.perf_counter() - start, peak[0], said)


def resident(pid: int) -> float:
    """MB of memory of a process and all below it; what several of them share counts once (Linux only)."""
    total = 0.0
    try:
        shares = re.findall(r"^Pss:\s+(\d+) kB", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE)
        total += sum(map(int, shares)) * 1024 / 1e6
        for task in Path(f"/proc/{pid}/task").iterdir():
            total += sum(resident(int(child)) for child in (task / "children").read_text().split())
    except OSError:
        pass
    return total


class _WrittenOut(yaml.SafeDumper):
    """Writes a list that stands in several rows out in each: the data know no anchors."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def enlarged(target: Path, factor: int) -> Path:
    """A copy of the project with `factor` times the pages that tell and the rows of the long data files."""
    target.mkdir()
    for folder in ("docs", "macros"):
        shutil.copytree(ROOT / folder, target / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ROWS:
        path = target / "docs/data" / name
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        for key, rows in content.items():
            if isinstance(rows, list) and rows and "id" in rows[0]:
                copies = [{**row, "id": f"{row['id']}-x{n}"} for n in range(1, factor) for row in rows]
                content[key] = rows + copies
        path.write_text(yaml.dump(content, Dumper=_WrittenOut, allow_unicode=True, sort_keys=False), encoding="utf-8")
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    for folder in COPIED:
        for page in sorted((target / "docs" / folder).glob("*.md")):
            name = f"{folder}/{page.name}"
            if name in LISTS:
                continue
            text = page.read_text(encoding="utf-8")
            lines = []
            for n in range(1, factor):
                # A title of its own: two pages of one name would be one entry in a reader's list.
                (page.with_name(f"{page.stem}-x{n}.md")).write_text(
                    text.replace("\ntitle: ", f"\ntitle: Copy {n} ", 1), encoding="utf-8"
                )
                lines.append(f"      - {folder}/{page.stem}-x{n}.md\n")
            settings = settings.replace(f"      - {name}\n", f"      - {name}\n{''.join(lines)}", 1)
    (target / "mkdocs.yml").write_text(settings, encoding="utf-8")
    return target


def exponent(factors: list[int], values: list[float]) -> float:
    """The slope of log(value) over log(factor) by least squares: 1 is linear growth."""
    x, y = [math.log(f) for f in factors], [math.log(max(v, 1e-9)) for v in values]
    mx, my = sum(x) / len(x), sum(y) / len(y)
    return sum((a - mx) * (b - my) for a, b in zip(x, y, strict=True)) / sum((a - mx) ** 2 for a in x)


def to_pdf(project: Path, scratch: Path, pages: list[str]) -> tuple[float, int]:
    """Seconds that mkdocs-to-pdf needs for these pages of a tree, and the sides of its PDF; in a venv of its own."""
    import pypdfium2

    venv.create(scratch / "venv", with_pip=True)
    python = str(scratch / "venv/bin/python")
    measured([python, "-m", "pip", "install", "-qq", "-r", str(ROOT / "requirements.txt")], ROOT)
    measured([python, "-m", "pip", "install", "-qq", MKDOCS_TO_PDF], ROOT)
    # It prints the screen's styles, and its WeasyPrint cannot draw a gradient of the color of the text.
    look = project / "docs/assets/site.css"
    look.write_text(look.read_text(encoding="utf-8").replace("currentcolor", "black"), encoding="utf-8")
    settings = (project / "mkdocs.yml").read_text(encoding="utf-8")
    # It takes the letters of our drawings' attributes for small ones and then loses all text behind the first drawing.
    code = project / "macros/__init__.py"
    drawn = "env.macro(_bound(figures.figure, data, citations, link), figures.figure.__name__)"
    assert drawn in code.read_text(encoding="utf-8")
    code.write_text(
        code.read_text(encoding="utf-8").replace(drawn, 'env.macro(lambda *args, **named: "", "figure")'),
        encoding="utf-8",
    )
    # With `strict` each of its warnings would stop it.
    settings = settings.replace("\nstrict: true\n", "\nstrict: false\n")
    menu = re.compile(r"^ +- (?:[^:\n]*: )?([\w/-]+\.md)\n", re.MULTILINE)
    settings = menu.sub(lambda found: found[0] if found[1] in pages else "", settings)
    settings = settings.replace("\nplugins:\n", "\nplugins:\n  - to-pdf\n", 1)
    (project / "to-pdf.yml").write_text(settings, encoding="utf-8")
    plain = measured([python, "-m", "mkdocs", "build", "-q", "-d", str(scratch / "plain")], project)
    both = measured([python, "-m", "mkdocs", "build", "-q", "-f", "to-pdf.yml", "-d", str(scratch / "both")], project)
    (made,) = (scratch / "both").rglob("*.pdf")
    document = pypdfium2.PdfDocument(made)
    count = len(document)
    document.close()
    return both.seconds - plain.seconds, count


def grown(factors: list[int], folder: Path) -> list[str]:
    """The table: a row for each stage, a column for each factor, and the exponent."""
    found: dict[str, dict[int, Measure]] = {stage: {} for stage in STAGES}
    sizes = []
    for factor in factors:
        project = enlarged(folder / f"x{factor}", factor)
        rows = sum(
            len(value)
            for path in (project / "docs/data").glob("*.yml")
            for value in yaml.safe_load(path.read_text(encoding="utf-8")).values()
            if isinstance(value, list)
        )
        sizes.append(f"{len(list((project / 'docs').rglob('*.md')))}, {rows}")
        for stage, code in STAGES.items():
            found[stage][factor] = measured([sys.executable, "-c", code], project)
            print(f"x{factor} {stage}: {found[stage][factor]}"[:120], file=sys.stderr, flush=True)
        shutil.rmtree(project)
    lines = [
        f"| | {' | '.join(f'×{factor}' for factor in factors)} | exponent |",
        f"| --- |{' ---: |' * (len(factors) + 1)}",
        f"| pages of the site, rows of data | {' | '.join(sizes)} | |",
    ]
    for stage, by_factor in found.items():
        values = [by_factor[factor] for factor in factors]
        slope = f"{exponent(factors, [value.seconds for value in values]):.2f}" if len(factors) > 1 else ""
        cells = " | ".join(f"{value.seconds:.1f} s, {value.megabytes:.0f} MB" for value in values)
        lines.append(f"| {stage} | {cells} | {slope} |")
    cold = found["PDFs, cold"].values()
    each = " | ".join(f"{value.seconds / int(value.said.split()[-1]):.2f} s" for value in cold)
    return [*lines, f"| one printed side of the {SAMPLE} sheets | {each} | |"]


def compared(folder: Path) -> list[str]:
    """The same pages of the site, each with its PDF from this project, and all in one from mkdocs-to-pdf."""
    project = enlarged(folder / "compared", 1)
    seconds, sides, *pages = measured([sys.executable, "-c", _EACH_PAGE], project).said.split()
    theirs, their_sides = to_pdf(project, folder, pages)
    lines = []
    for name, took, printed in (
        (f"this project, tagged, drawings included, {os.cpu_count()} processes", float(seconds), int(sides)),
        (f"{MKDOCS_TO_PDF}, untagged, drawings left out", theirs, their_sides),
    ):
        lines.append(
            f"- {name}: {took:.1f} s, which is {took / len(pages):.2f} s for a page of the site"
            f" and {took / printed:.3f} s for each of {printed} printed sides."
        )
    return [f"The same {len(pages)} pages of the site, printed cold:", "", *lines]


def main() -> int:
    """Measure, print the table and keep it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--factors", nargs="+", type=int, default=[1, 3, 10, 30])
    parser.add_argument("--out", type=Path, help="also keep the table in this file")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        lines = [*grown(options.factors, Path(folder)), "", *compared(Path(folder))]
    print("\n".join(lines))
    if options.out:
        options.out.write_text("\n".join([*lines, ""]), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
