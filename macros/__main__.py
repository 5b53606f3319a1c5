"""The command line of the project: python -m macros COMMAND."""

import argparse
import datetime
import os
import re
import sys
from collections.abc import Callable, Iterable
from io import TextIOWrapper
from pathlib import Path
from typing import NoReturn, get_args

from . import build
from .content import add_sources, changes, reviews
from .content.annotations import Level, annotation
from .content.csl import HowRead
from .content.faults import ContentError, Fault, did_you_mean
from .content.load import load
from .content.project import load_project, read_project
from .content.rereading import status_to_reread, to_reread
from .content.settings import read_site
from .content.vocabulary import AUDIENCES, EVIDENCE_NAMES, PAPERS
from .downloads import schemas
from .downloads.write import write_downloads
from .printing.print_sheets import all_sheets
from .publishing import security_policy
from .publishing.built_pages import BuiltPages
from .publishing.internal_links import broken_links
from .rendering.dry_run import dry_run_faults
from .rendering.figures.figure import figure_faults
from .rendering.macro_list import macro_list
from .rendering.page_macros import MACROS
from .rendering.reading_level import MOST, reading_faults, reading_levels


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    for stream in (sys.stdout, sys.stderr):
        # A console or a file of another encoding, as on Windows, would end a command at the first accent.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    options = _parser().parse_args(arguments)
    if not (options.root / "mkdocs.yml").is_file():
        print(f"{options.root}: no mkdocs.yml; name the project's folder with --root", file=sys.stderr)
        return 1
    try:
        return int(options.run(options))
    except (*build.FAULTS, changes.RevisionError) as error:
        if isinstance(error, ContentError):
            _annotate(error.faults)
        print(f"\n{error}\n\nStopped. Mend what is named above and run the command again.", file=sys.stderr)
    except OSError as error:
        print(f"\n{error.filename or ''}: {error.strerror}", file=sys.stderr)
    return 1


class _Parser(argparse.ArgumentParser):
    """Answers a word that is none of the choices with the one that is meant."""

    def error(self, message: str) -> NoReturn:
        wrong = re.search(r"invalid choice: '(.*?)' \(choose from (.*)\)", message)
        super().error(message + (did_you_mean(wrong[1], re.findall(r"[\w-]+", wrong[2])) if wrong else ""))


def _day(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"expected a day such as 2026-11-22, got '{text}'") from None


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="python -m macros", description=__doc__)
    parser.add_argument("--root", type=Path, default=Path.cwd(), help="folder with mkdocs.yml (default: this folder)")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: Callable[[argparse.Namespace], int], what: str) -> argparse.ArgumentParser:
        made: argparse.ArgumentParser = commands.add_parser(name, help=what, description=what)
        made.set_defaults(run=run)
        return made

    check = command("check", _check, "check data, pages, settings, drawings and the record of changes")
    check.add_argument("--today", type=_day, help="also check review dates, as of this day")

    command("list", _list, "print each macro that pages can call, with one line and what to paste")

    changed = command("changes", _changes, "propose entries for changes.yml from two versions of the data")
    changed.add_argument("--since", required=True, metavar="REVISION", help="a git revision, such as v1.0.0")

    command("record", _record, "take what the rows tell now as recorded")

    cited = command("cite", _cite, "add the sources of a reference manager's export to references.json")
    cited.add_argument("file", type=Path, metavar="FILE", help="the export, as CSL JSON")

    sources = command("sources", _sources, "ask the registers about the sources and for news; needs a network")
    sources.add_argument("key", nargs="*", help="which sources to compare (default: all with a DOI or a PMID)")
    sources.add_argument("--verify", action="store_true", help="compare with Crossref and PubMed; changes nothing")
    sources.add_argument(
        "--complete", action="store_true", help="compare, and write into references.json what is missing, and the day"
    )
    sources.add_argument(
        "--replace", action="append", default=[], metavar="KEY", help="with --complete: also write what differs of it"
    )
    sources.add_argument("--news", action="store_true", help="what is new of what docs/data/watch.yml asks for")
    sources.add_argument("--since", type=_day, metavar="DAY", help="with --news: from this day")
    sources.add_argument("--today", type=_day, default=None, metavar="DAY", help="until this day (default: today)")
    sources.add_argument(
        "--at", action="append", default=[], metavar="SERVICE=ADDRESS", help="ask a service at another address"
    )

    rows = command(
        "rows", lambda options: 0, "rows as a workbook to edit in a spreadsheet, and back into the data files"
    )
    ways = rows.add_subparsers(required=True, metavar="WAY")
    exported = ways.add_parser("export", help="write rows as a workbook", description="write rows as a workbook")
    exported.add_argument("table", nargs="+", choices=("protocols", "outcomes", "sources"), help="which rows")
    exported.add_argument("--to", type=Path, required=True, metavar="FILE", help="the workbook, as .xlsx")
    exported.set_defaults(run=_export_rows)
    what = "write what was edited in a workbook into the data files, when all is sound with it"
    imported = ways.add_parser("import", help=what, description=what)
    imported.add_argument("file", type=Path, metavar="FILE", help="the workbook")
    imported.add_argument(
        "--remove", action="append", default=[], metavar="ID", help="this row was deleted in the workbook and is to go"
    )
    imported.set_defaults(run=_import_rows)

    whole = command("build", _build, "build pages, downloads and PDFs into site/")
    whole.add_argument("--site", type=Path, help="where to (default: site/ in the project)")

    export = command("exports", _exports, "write the downloads: spreadsheets, CSV, JSON and JSON Schema")
    export.add_argument("--out", type=Path, help="where to (default: site/downloads/)")
    export.add_argument("--schemas", action="store_true", help="only renew the JSON Schemas beside the data files")

    handouts = command("handouts", _handouts, "print handouts and pages of the built site as PDF")
    handouts.add_argument("slug", nargs="*", help="which (default: all)")
    handouts.add_argument("--paper", choices=PAPERS, help="one paper (default: both)")
    handouts.add_argument("--audience", choices=AUDIENCES, help="only sheets for these readers")
    handouts.add_argument("--site", type=Path, help="the built site (default: site/)")
    handouts.add_argument("--out", type=Path, help="where to (default: site/pdf/)")

    served = command("headers", _headers, "print the headers of the built site as settings for nginx")
    served.add_argument("--site", type=Path, help="the built site (default: site/)")

    links = command("links", _links, "check every internal link of the built site")
    links.add_argument("--site", type=Path, help="the built site (default: site/)")
    return parser


def _check(options: argparse.Namespace) -> int:
    read = read_project(options.root)
    data, pages, project = read.data, read.pages, read.project()
    faults = {*read.faults, *schemas.stale(options.root)}
    if data is not None:
        faults.update(changes.unrecorded(data, options.root, read.site.version if read.site else None))
        faults.update(figure_faults(data))
        _tell_rereading("Numbers have", to_reread(data, pages, changes.changed_numbers(data, options.root)))
        indications = changes.changed_indications(data, options.root)
        _tell_rereading("What labels cover has", status_to_reread(data, pages, indications))
    if project is not None:
        faults.update(dry_run_faults(project))
    # A page that cannot be filled in is named already, and cannot be read.
    levels = reading_levels(project) if project is not None and not faults else []
    faults.update(reading_faults(levels))
    if data is None or faults:
        print(f"{len(faults)} to mend:", flush=True)
        raise ContentError(faults)
    print(f"Reading level of the pages for patients, by Flesch and Kincaid (at most {MOST}):")
    for level in levels:
        print(f"  {level.grade:.1f}  docs/{level.page.path}")
    print(f"{len(data.rows)} rows, {len(data.references)} sources and {len(pages)} pages are sound.")
    overdue = 0
    for left, fault in reviews.due(data, pages, options.today) if options.today else ():
        print(f"{'OVERDUE' if left < 0 else 'Due soon'}: {fault}")
        _annotate([fault], "error" if left < 0 else "warning")
        overdue += left < 0
    return 1 if overdue else 0


def _tell_rereading(what: str, sentences: list[Fault]) -> None:
    """What must be read again by somebody, and is no fault."""
    if sentences:
        print(f"{what} changed since the recorded version. Read these again, the words around them too:")
        print("\n".join(map(str, sentences)), end="\n\n", flush=True)
        _annotate(sentences, "notice")


def _annotate(faults: Iterable[Fault], level: Level = "error") -> None:
    """In a workflow of the code host, say it once more as a note beside the line."""
    if os.environ.get("GITHUB_ACTIONS") == "true":
        for fault in faults:
            print(annotation(fault, level), flush=True)


def _list(options: argparse.Namespace) -> int:
    print(macro_list(MACROS), end="")
    return 0


def _changes(options: argparse.Namespace) -> int:
    now = load(options.root)
    print(changes.propose(changes.load_revision(options.root, options.since), now), end="")
    return 0


def _record(options: argparse.Namespace) -> int:
    changes.record(load(options.root), options.root)
    print(f"{changes.RECORD} now stands for what the rows tell.")
    return 0


def _cite(options: argparse.Namespace) -> int:
    made = add_sources.add_sources(options.root, options.file)
    for key in made.known:
        print(f"{key} is there already.")
    for source in made.sources:
        print(f"{source['id']} was added at the end of {add_sources.PATH}: {source.get('title', 'without a title')}")
    if made.left_out:
        print(f"Left out, as it is not printed: {', '.join(sorted(made.left_out))}.")
    if made.sources:
        print(
            "Now fill in of each under custom:\n"
            f"  kind: what it is, one of {', '.join(EVIDENCE_NAMES)}\n"
            f"  read: what you read of it, one of {', '.join(get_args(HowRead))}\n"
            "cite its key in a row or a page, and run: python -m macros check"
        )
    return 0


def _sources(options: argparse.Namespace) -> int:
    # Here alone: no other command has to do with a network.
    from .upkeep.sources import Wanted, WantedError, run

    try:
        if not (options.verify or options.complete or options.news):
            raise WantedError("what to ask? give --verify, --complete or --news")
        if options.news != (options.since is not None):
            raise WantedError("--news and --since DAY belong together")
        if options.replace and not options.complete:
            raise WantedError("--replace writes; it belongs to --complete")
        today = options.today or datetime.date.today()
        wanted = Wanted(
            today=today.isoformat(),
            verify=options.verify,
            complete=options.complete,
            keys=options.key,
            replace=options.replace,
            since=options.since and options.since.isoformat(),
            at=options.at,
        )
        return 0 if run(options.root, wanted, _say) else 1
    except WantedError as error:
        print(error, file=sys.stderr)
        return 2


def _export_rows(options: argparse.Namespace) -> int:
    # Here alone: no other command needs it.
    from .upkeep.workbook.export import export_rows

    count = export_rows(options.root, options.table, options.to)
    print(f"{count} rows written to {options.to}. Edit them, then run: python -m macros rows import {options.to}")
    return 0


def _import_rows(options: argparse.Namespace) -> int:
    from .upkeep.workbook.take_in import import_rows

    told = import_rows(options.root, options.file, options.remove, _faults_of)
    for line in told:
        print(line)
    if not told:
        print("Nothing was edited; nothing is written.")
    else:
        print("Written. Now record the change in docs/data/changes.yml, and run: python -m macros check")
    return 0


def _faults_of(root: Path) -> set[Fault]:
    """What is wrong with the content of the project in a folder, whether it is recorded or not."""
    read = read_project(root)
    project = read.project()
    faults = {*read.faults, *(figure_faults(read.data) if read.data is not None else ())}
    return faults | set(dry_run_faults(project) if project is not None else ())


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
    build.print_again(project, site, sheets, chosen, papers, options.out or site / "pdf", _say)
    return 0


def _headers(options: argparse.Namespace) -> int:
    sent = security_policy.site_headers(BuiltPages(_built_site(options)))
    print(security_policy.nginx(sent, read_site(options.root).address), end="")
    return 0


def _links(options: argparse.Namespace) -> int:
    broken = broken_links(_built_site(options))
    print("\n".join(broken) or "All internal links lead somewhere.")
    return 1 if broken else 0


def _built_site(options: argparse.Namespace) -> Path:
    site: Path = options.site or options.root / "site"
    if not (site / "index.html").is_file():
        raise build.BuildError(f"{site}: there is no built site; run make site first")
    return site


def _say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
