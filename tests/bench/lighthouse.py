"""Lighthouse (mobile, simulated) over the pages of a built site, served with gzip: one line a page.

Run: python -m tests.bench.lighthouse [--site site] [PAGE ...]. Needs Node 20 or newer; npx fetches Lighthouse.
Measured on a busy machine the figures are too bad: nothing else should run.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from macros.content.addresses import page_url
from macros.system_parts import chromium

from ..browser.serving import serving

LIGHTHOUSE = "lighthouse@12.8.2"
_WIDTHS = (5, 4, 5, 4, 7, 7, 7, 5)
LARGEST_PAINT = 1200.0  # ms
SCORES = ("performance", "accessibility", "best-practices", "seo")


def audit(address: str) -> dict[str, Any]:
    """Lighthouse's report on one address.

    Raises RuntimeError with what Lighthouse printed when it gives none.
    """
    # Into a file: a long report on standard output is cut off when Lighthouse ends.
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "report.json"
        run = subprocess.run(
            ["npx", "--yes", LIGHTHOUSE, address, "--output=json", f"--output-path={out}", "--quiet",
             "--chrome-flags=--headless=new --no-sandbox --disable-gpu"],
            capture_output=True, text=True, check=False, env={**os.environ, "CHROME_PATH": str(chromium())},
        )  # fmt: skip
        if not out.is_file():
            raise RuntimeError(f"{address}: {run.stderr.strip()[-500:]}")
        return dict(json.loads(out.read_text(encoding="utf-8")))


def measured(address: str) -> dict[str, Any]:
    """A report with a score for each category: now and then the browser reports no paint, and Lighthouse no score."""
    for _ in range(3):
        report = audit(address)
        if all(report["categories"][name]["score"] is not None for name in SCORES):
            break
    return report


def judged(address: str) -> tuple[dict[str, Any], int]:
    """A report, and of how many runs it is the median: a page that misses a goal is measured until three runs agree.

    One run of a page differs from the next by up to 0.15 s, even where nothing else runs.
    """
    reports = [measured(address)]
    if reaches(reports[0]):
        return reports[0], 1
    while sum(map(reaches, reports)) < 3 and len(reports) - sum(map(reaches, reports)) < 3:
        reports.append(measured(address))
    reports.sort(key=lambda report: (not reaches(report), largest_paint(report)))
    return reports[len(reports) // 2], len(reports)


def largest_paint(report: dict[str, Any]) -> float:
    """Largest contentful paint in ms; what could not be measured counts as late."""
    return float(report["audits"]["largest-contentful-paint"].get("numericValue") or 1e9)


def reaches(report: dict[str, Any]) -> bool:
    """Whether all four scores are 100 and the largest paint comes within the goal."""
    return all(report["categories"][name]["score"] == 1 for name in SCORES) and largest_paint(report) <= LARGEST_PAINT


def figures(report: dict[str, Any]) -> list[str]:
    """The four scores, largest paint in s, layout shift, blocked time in ms, KiB transferred."""
    value = {name: audit.get("numericValue", 0) for name, audit in report["audits"].items()}
    return [
        # Lighthouse gives no score when it could not measure; the page then does not count as reaching 100.
        *(str(round((report["categories"][name]["score"] or 0) * 100)) for name in SCORES),
        f"{value['largest-contentful-paint'] / 1000:.2f}",
        f"{value['cumulative-layout-shift']:.3f}",
        f"{value['total-blocking-time']:.0f}",
        f"{value['total-byte-weight'] / 1024:.0f}",
    ]


def main() -> int:
    """Audit the pages named, or all; the exit status says whether each reaches the goals."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("page", nargs="*", help="such as technique/mixing.md (default: all)")
    parser.add_argument("--site", type=Path, default=Path("site"))
    parser.add_argument("--out", type=Path, help="also keep the table in this file")
    options = parser.parse_args()
    pages = options.page or sorted(path.relative_to("docs").as_posix() for path in Path("docs").rglob("*.md"))
    lines = [f"{'page':44} perf acc best seo  LCP s    CLS TBT ms  KiB"]
    print(lines[0])
    below = 0
    with serving(options.site) as address:
        for page in pages:
            report, runs = judged(address + page_url(page))
            row = figures(report)
            below += not reaches(report)
            lines.append(f"{page:44}" + "".join(f"{cell:>{width}}" for cell, width in zip(row, _WIDTHS, strict=True)))
            lines[-1] += f"  median of {runs}" if runs > 1 else ""
            print(lines[-1], flush=True)
    lines.append(
        f"{len(pages) - below} of {len(pages)} pages reach 100 in all four and paint their largest part within 1.2 s."
    )
    print(lines[-1])
    if options.out:
        options.out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return 1 if below else 0


if __name__ == "__main__":
    sys.exit(main())
