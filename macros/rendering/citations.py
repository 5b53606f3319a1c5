"""Citations: numbered in the order of the page, and the list at its foot."""

from collections.abc import Callable, Iterable

from ..content.faults import did_you_mean
from .bibliography import Bibliography
from .markup import block
from .typeset import attribute

# Turns citation keys into numbered links.
Cite = Callable[[Iterable[str]], str]


class PageCitations:
    """The numbers given so far on one page."""

    def __init__(self, bibliography: Bibliography):
        self.bibliography = bibliography
        self.numbers: dict[str, int] = {}

    def __call__(self, keys: Iterable[str]) -> str:
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
            links.append((number, f'<a href="#ref-{key}">{number}</a>'))
        inner = ", ".join(link for _, link in sorted(links))
        return f'<sup class="cite">{inner}</sup>' if inner else ""

    def reference_list(self) -> str:
        """The sources of the page, in the order of their numbers, and start the next page afresh."""
        items = "".join(map(self._item, self.numbers.items()))
        self.numbers = {}
        return block("references", f'<ol class="references">{items}</ol>') if items else ""

    def _item(self, numbered: tuple[str, int]) -> str:
        key, number = numbered
        # The short form is what a sheet prints at its foot.
        short = attribute(self.bibliography.short(key))
        return f'<li id="ref-{key}" value="{number}" data-short="{short}">{self.bibliography.entry(key)}</li>'
