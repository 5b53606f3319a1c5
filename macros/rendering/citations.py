"""Citations: numbered in the order of the page, and the list at its foot."""

from collections.abc import Iterable

from markupsafe import Markup

from ..content.faults import did_you_mean
from .bibliography import Bibliography
from .markup import block, element, joined

# More numbers than these may be broken over two lines: one would be wider than a phone.
MANY = 8


class PageCitations:
    """The numbers given so far on one page, by key."""

    def __init__(self, bibliography: Bibliography, numbers: dict[str, int] | None = None):
        self.bibliography = bibliography
        self.numbers = {} if numbers is None else numbers

    def __call__(self, keys: Iterable[str]) -> Markup:
        """The numbered links for these keys, as one superscript.

        Raises ValueError for a key that references.json does not hold.
        """
        links = []
        for key in dict.fromkeys(keys):
            if key not in self.bibliography.references:
                hint = did_you_mean(key, self.bibliography.references)
                raise ValueError(f"cite: no source '{key}' in docs/data/references.json{hint}")
            number = self.numbers.setdefault(key, len(self.numbers) + 1)
            # What it stands for is in the list below the text; docs/assets/page.js shows it beside the number too.
            links.append((number, element("a", str(number), href=f"#ref-{key}")))
        inner = joined((link for _, link in sorted(links)), ", ")
        return element("sup", inner, classes="cite", data_many=len(links) > MANY) if inner else Markup("")

    def reference_list(self) -> Markup:
        """The sources of the page, in the order of their numbers; folded on a screen, where a number shows its own."""
        items = [self._item(key, number) for key, number in self.numbers.items()]
        if not items:
            return Markup("")
        told = f"{len(items)} source{'' if len(items) == 1 else 's'}"
        listed = element("ol", *items, classes="references")
        return block("references", element("details", element("summary", told), listed, classes="fold"))

    def _item(self, key: str, number: int) -> Markup:
        # The short form is what a sheet prints at its foot.
        short = self.bibliography.short(key)
        return element("li", self.bibliography.entry(key), id=f"ref-{key}", value=str(number), data_short=short)
