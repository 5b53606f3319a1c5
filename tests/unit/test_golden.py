"""Tables whose exact text matters, against golden files. Renew them with: pytest --golden"""

import re
from pathlib import Path

import pytest
from lxml import html

from macros.rendering.page_context import PageContext
from macros.rendering.tables import preparation, product, protocols, regions

GOLDEN = Path(__file__).parent.parent / "golden"
CASES = {
    "preparation-1.5": lambda context: preparation.preparation_table(context, "radiesse-1.5-ml"),
    "preparation-0.8": lambda context: preparation.preparation_table(context, "radiesse-0.8-ml"),
    "ratio-bands": preparation.ratio_bands_table,
    "protocols-neck": lambda context: protocols.protocol_table(context, region="neck"),
    "approvals-diluted": lambda context: regions.approvals_table(context, jurisdiction="EU"),
    "composition": product.composition_table,
}


@pytest.mark.parametrize("name", CASES)
def test_table_reads_as_the_golden_file(name: str, context: PageContext, request: pytest.FixtureRequest) -> None:
    table = html.fromstring(CASES[name](context))
    text = as_text(table)
    path = GOLDEN / f"{name}.txt"
    if request.config.getoption("--golden"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8"), f"{path.name} differs; look, and renew with: pytest --golden"


def as_text(table: html.HtmlElement) -> str:
    """A table as lines, a cell after the other, without the numbers of citations."""
    for sup in table.xpath(".//sup"):
        sup.drop_tree()
    lines = [" ".join(table.xpath("string(.//caption)").split())]
    for row in table.xpath(".//tr"):
        cells = [re.sub(r"\s+", " ", " ".join(cell.itertext())).strip() for cell in row.xpath("./th | ./td")]
        lines.append(" | ".join(cells))
    return "\n".join(lines) + "\n"
