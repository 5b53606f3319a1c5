"""How many pages a second one small machine serves: nginx with our settings on the loopback, asked by wrk.

Run: python -m tests.bench.load [--site site] [--out FILE]. Needs nginx and wrk; the two share the machine's cores, so a
server by itself does better. Pages are sent packed, as browsers ask for them.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from macros.publish import headers

from ..built.test_nginx import ask, started
from .kept import keep

PATHS = ("", "technique/mixing/", "technique/by-region/", "pdf/dilution-card-a4.pdf")
SECONDS = 10
CONNECTIONS = 64


def main() -> int:
    """Measure, print the table and keep it; fails when an answer is not 200."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--site", type=Path, default=Path("site"))
    parser.add_argument("--out", type=Path, help="also keep the table in this file and in the README")
    options = parser.parse_args()
    if not shutil.which("wrk"):
        print("wrk is missing; install it (Debian: apt-get install wrk)", file=sys.stderr)
        return 1
    lines = [
        f"nginx and wrk on {os.cpu_count()} cores together, {CONNECTIONS} connections, {SECONDS} s for each address",
        "",
    ]
    lines += [
        "| address | bytes sent | requests a second | 99 % answered within | errors |",
        "| --- | ---: | ---: | ---: | ---: |",
    ]
    faults = 0
    with tempfile.TemporaryDirectory() as folder:
        files = Path(folder) / "www"
        shutil.copytree(options.site, files)
        with started(files, headers.site_headers(files), "", Path(folder)) as port:
            for path in PATHS:
                status, _, body = ask(port, f"/{path}", Accept_Encoding="gzip")
                run = subprocess.run(
                    ["wrk", "-t2", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "--latency", "-H", "Accept-Encoding: gzip",
                     f"http://127.0.0.1:{port}/{path}"],
                    capture_output=True, text=True, check=True,
                )  # fmt: skip
                rate = re.search(r"Requests/sec:\s+([\d.]+)", run.stdout)[1]
                late = re.search(r"99%\s+(\S+)", run.stdout)[1]
                wrong = sum(
                    int(number)
                    for number in re.findall(
                        r"(?:Non-2xx or 3xx responses:|connect|read|write|timeout) (\d+)", run.stdout
                    )
                )
                faults += wrong + (status != 200)
                lines.append(f"| /{path} | {len(body)} | {float(rate):.0f} | {late} | {wrong} |")
    print("\n".join(lines))
    if options.out:
        keep(lines, options.out)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
