"""What a build says while it prints."""

from collections.abc import Callable

from .render import Printed


def progress_line(say: Callable[[str], None]) -> Callable[[int, int, Printed], None]:
    """A progress callback that says one line for each PDF."""

    def show(done: int, total: int, printed: Printed) -> None:
        how = "" if printed.rendered else ", unchanged"
        pages = f"{printed.pages} page{'s' if printed.pages > 1 else ''}"
        say(f"pdf: [{done}/{total}] {printed.job.slug} ({printed.job.paper}, {pages}{how})")

    return show
