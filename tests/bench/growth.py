"""How time and memory grow with the site: copies with more pages and rows, measured stage by stage.

Run: python -m tests.bench.growth [--factors 1 3]. Pages that tell something are copied; pages that list a whole data
file are not, since a larger site has longer lists, not more of them. Of the PDFs the curated sheets are printed, as
many at each factor.
"""

import argparse
import math
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import yaml

from macros import build
from macros.content.project import load_project
from macros.downloads.write import write_downloads
from macros.publishing.publish import finish, publish

ROOT = Path(__file__).resolve().parents[2]
ROWS = ("protocols.yml", "outcomes.yml", "aging.yml")
COPIED = ("aging", "product", "technique", "safety", "patients")
LISTS = {
    "regions/neck.md", "product/trials-and-duration.md", "regions/index.md", "safety/adverse-events.md",
    "product/label-status.md",
}  # fmt: skip


def mkdocs_alone(root: Path) -> None:
    """Pages as MkDocs leaves them."""
    build.build_pages(load_project(root), root / "plain")


def pages(root: Path) -> None:
    """Pages as they are served."""
    project = load_project(root)
    used = build.build_pages(project, root / "pages")
    finish(root / "pages", project, used)
    publish(root / "pages", project, [], used)


def downloads(root: Path) -> None:
    """CSV, JSON and the rest."""
    write_downloads(load_project(root), root / "downloads")


def whole(root: Path) -> None:
    """Everything, but of the PDFs only the curated sheets; a second time they come from the cache."""
    curated = {row.id for row in load_project(root).data.handouts.handouts} - {"book"}
    out = Path(tempfile.mkdtemp(dir=root))
    build.make(root, out, lambda line: None, lambda sheet: sheet.slug in curated)


STAGES = {
    "MkDocs alone": mkdocs_alone,
    "pages": pages,
    "downloads": downloads,
    "all with the curated sheets, cold": whole,
    "the same, unchanged": whole,
}


@dataclass(frozen=True)
class Measure:
    """Seconds on the clock, and the largest sum of memory of all processes in MB."""

    seconds: float
    megabytes: float


def measured(command: list[str]) -> Measure:
    """Run a command to its end; raises RuntimeError with what it said when it fails."""
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
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
    return Measure(time.perf_counter() - start, peak[0])


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


def enlarged(source: Path, target: Path, factor: int) -> Path:
    """A copy of a project with `factor` times the pages that tell and the rows of the long data files."""
    shutil.copytree(source / "docs", target / "docs")
    (target / "macros").mkdir()  # the macros plugin asks for the folder; the code is imported already
    for name in ROWS:
        path = target / "docs/data" / name
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        for key, rows in content.items():
            if isinstance(rows, list) and rows and "id" in rows[0]:
                copies = [{**row, "id": f"{row['id']}-x{n}"} for n in range(1, factor) for row in rows]
                content[key] = rows + copies
        path.write_text(yaml.dump(content, Dumper=_WrittenOut, allow_unicode=True, sort_keys=False), encoding="utf-8")
    settings = (source / "mkdocs.yml").read_text(encoding="utf-8")
    for page in sorted(path for folder in COPIED for path in (target / "docs" / folder).glob("*.md")):
        name = page.relative_to(target / "docs").as_posix()
        if name in LISTS:
            continue
        text = page.read_text(encoding="utf-8")
        lines = [f"      - {name}\n"]
        for n in range(1, factor):
            copy = page.with_name(f"{page.stem}-x{n}.md")
            # A title of its own: two pages of one name would be one entry in a reader's list.
            copy.write_text(text.replace("\ntitle: ", f"\ntitle: Copy {n} ", 1), encoding="utf-8")
            lines.append(f"      - {copy.relative_to(target / 'docs').as_posix()}\n")
        settings = settings.replace(lines[0], "".join(lines), 1)
    (target / "mkdocs.yml").write_text(settings, encoding="utf-8")
    return target


def exponent(factors: list[int], values: list[float]) -> float:
    """The slope of log(value) over log(factor) by least squares: 1 is linear growth."""
    x, y = [math.log(f) for f in factors], [math.log(max(v, 1e-9)) for v in values]
    mx, my = sum(x) / len(x), sum(y) / len(y)
    return sum((a - mx) * (b - my) for a, b in zip(x, y, strict=True)) / sum((a - mx) ** 2 for a in x)


def table(factors: list[int], folder: Path) -> list[str]:
    """A row for each stage, a column for each factor, and the exponent."""
    found: dict[str, list[Measure]] = {stage: [] for stage in STAGES}
    sizes = []
    for factor in factors:
        copy = enlarged(ROOT, folder / f"x{factor}", factor)
        project = load_project(copy)
        sizes.append(f"{len(project.pages)}, {len(project.data.rows)}")
        for stage in STAGES:
            command = [sys.executable, "-m", "tests.bench.growth", "--stage", stage, "--root", str(copy)]
            found[stage].append(measured(command))
            print(f"x{factor} {stage}: {found[stage][-1]}", file=sys.stderr, flush=True)
        shutil.rmtree(copy)
    lines = [
        f"| | {' | '.join(f'×{factor}' for factor in factors)} | exponent |",
        f"| --- |{' ---: |' * (len(factors) + 1)}",
        f"| pages of the site, rows of data | {' | '.join(sizes)} | |",
    ]
    for stage, values in found.items():
        slope = f"{exponent(factors, [value.seconds for value in values]):.2f}" if len(factors) > 1 else ""
        cells = " | ".join(f"{value.seconds:.1f} s, {value.megabytes:.0f} MB" for value in values)
        lines.append(f"| {stage} | {cells} | {slope} |")
    return lines


def main() -> int:
    """Measure and print the table; with --stage do one stage for it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--factors", nargs="+", type=int, default=[1, 3])
    parser.add_argument("--stage", choices=STAGES, help=argparse.SUPPRESS)
    parser.add_argument("--root", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.stage:
        STAGES[options.stage](options.root)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        print("\n".join(table(options.factors, Path(folder))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
