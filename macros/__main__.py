"""The command line of the project: python -m macros COMMAND."""

import argparse
import datetime
import sys
from pathlib import Path

from . import build
from .content import changes, proposed_changes, reviews
from .content.faults import ContentError, did_you_mean
from .content.load import load
from .content.project import load_project
from .content.settings import read_site
from .content.vocabulary import AUDIENCES, PAPERS
from .downloads import schemas
from .downloads.write import write_downloads
from .printing.print_sheets import all_sheets
from .publishing import security_policy
from .publishing.internal_links import broken_links


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except build.FAULTS as error:
        print(f"\n{error}\n\nStopped. Mend what is named above and run the command again.", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"\n{error.filename or ''}: {error.strerror}", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m macros", description=__doc__)
    parser.add_argument("--root", type=Path, default=Path.cwd(), help="folder with mkdocs.yml (default: this folder)")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    check = commands.add_parser("check", help="check the data files and the pages' front matter")
    check.add_argument("--today", type=datetime.date.fromisoformat, help="also check review dates, as of this day")
    check.set_defaults(run=_check)

    changed = commands.add_parser("changes", help="propose entries for changes.yml from two versions of the data")
    changed.add_argument("--since", required=True, metavar="REVISION", help="a git revision, such as v1.0.0")
    changed.set_defaults(run=_changes)

    record = commands.add_parser("record", help="take the present numbers as recorded under the newest version")
    record.set_defaults(run=_record)

    whole = commands.add_parser("build", help="build pages, downloads and PDFs into site/")
    whole.add_argument("--site", type=Path, help="where to (default: site/ in the project)")
    whole.set_defaults(run=_build)

    export = commands.add_parser("exports", help="write the downloads: CSV, JSON and JSON Schema")
    export.add_argument("--out", type=Path, help="where to (default: site/downloads/)")
    export.add_argument("--schemas", action="store_true", help="only renew the JSON Schemas beside the data files")
    export.set_defaults(run=_exports)

    handouts = commands.add_parser("handouts", help="print handouts and pages of the built site as PDF")
    handouts.add_argument("slug", nargs="*", help="which (default: all)")
    handouts.add_argument("--paper", choices=PAPERS, help="one paper (default: both)")
    handouts.add_argument("--audience", choices=AUDIENCES, help="only sheets for these readers")
    handouts.add_argument("--site", type=Path, help="the built site (default: site/)")
    handouts.add_argument("--out", type=Path, help="where to (default: site/pdf/)")
    handouts.set_defaults(run=_handouts)

    served = commands.add_parser("headers", help="print the headers of the built site as settings for nginx")
    served.add_argument("--site", type=Path, help="the built site (default: site/)")
    served.set_defaults(run=_headers)

    links = commands.add_parser("links", help="check every internal link of the built site")
    links.add_argument("--site", type=Path, help="the built site (default: site/)")
    links.set_defaults(run=_links)
    return parser


def _check(options: argparse.Namespace) -> int:
    project = load_project(options.root)
    data, pages = project.data, project.pages
    faults = list(changes.unrecorded(data, options.root, project.site.version))
    faults += schemas.stale(options.root)
    if faults:
        raise ContentError(faults)
    print(f"{len(data.rows)} rows, {len(data.references)} sources and {len(pages)} pages are sound.")
    overdue = 0
    for left, line in reviews.due(data, pages, options.today) if options.today else ():
        print(("OVERDUE: " if left < 0 else "Due soon: ") + line)
        overdue += left < 0
    return 1 if overdue else 0


def _changes(options: argparse.Namespace) -> int:
    print(
        proposed_changes.propose(proposed_changes.load_revision(options.root, options.since), load(options.root)),
        end="",
    )
    return 0


def _record(options: argparse.Namespace) -> int:
    changes.record(load(options.root), options.root)
    print(f"{changes.RECORD} now stands for the present numbers.")
    return 0


def _build(options: argparse.Namespace) -> int:
    build.build(options.root, (options.site or options.root / "site").absolute(), _say)
    return 0


def _exports(options: argparse.Namespace) -> int:
    if options.schemas:
        files = schemas.write_schemas(options.root)
        print(f"{len(files)} files written to {files[0].parent}")
        return 0
    out = options.out or options.root / "site" / "downloads"
    files = write_downloads(load_project(options.root), out)
    print(f"{len(files)} files written to {out}")
    return 0


def _handouts(options: argparse.Namespace) -> int:
    project = load_project(options.root)
    site = options.site or options.root / "site"
    sheets = all_sheets(site, project)
    known = {sheet.slug: sheet for sheet in sheets}
    unknown = [f"no handout '{slug}'{did_you_mean(slug, known)}" for slug in options.slug if slug not in known]
    if unknown:
        raise build.BuildError("\n".join([*unknown, f"there are: {', '.join(sorted(known))}"]))
    chosen = [known[slug] for slug in options.slug] or sheets
    if options.audience:
        chosen = [sheet for sheet in chosen if options.audience in sheet.audience]
    papers = [options.paper] if options.paper else PAPERS
    if not any(paper in sheet.papers for sheet in chosen for paper in papers):
        raise build.BuildError("nothing to print: none of these sheets is for these readers and on this paper")
    build.print_again(project, site, chosen, papers, options.out or site / "pdf", _say)
    return 0


def _headers(options: argparse.Namespace) -> int:
    sent = security_policy.site_headers(options.site or options.root / "site")
    print(security_policy.nginx(sent, read_site(options.root).address), end="")
    return 0


def _links(options: argparse.Namespace) -> int:
    site = options.site or options.root / "site"
    if not (site / "index.html").is_file():
        raise build.BuildError(f"{site}: there is no built site; run make site first")
    broken = broken_links(site)
    print("\n".join(broken) or "All internal links lead somewhere.")
    return 1 if broken else 0


def _say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
