"""Tables whose exact text matters, on the fixture, against golden files. Renew them with: pytest --golden"""

import re

import pytest
from lxml import html

from macros.rendering.page_context import PageContext
from macros.rendering.tables import preparation, product, protocols, regions

from ..projects import FIXTURE

CASES = {
    "preparation-large": lambda context: preparation.preparation_table(context, "syringe-large"),
    "preparation-small": lambda context: preparation.preparation_table(context, "syringe-small"),
    "preparation-card": preparation.preparation_card_table,
    "ratio-bands": preparation.ratio_bands_table,
    "protocols-decolletage": lambda context: protocols.protocol_table(context, region="decolletage"),
    "approvals-us": lambda context: regions.approvals_table(context, jurisdiction="US"),
    "label-status": regions.label_status_table,
    "composition": product.composition_table,
}


@pytest.mark.parametrize("name", CASES)
def test_table_reads_as_the_golden_file(name: str, invented_page: PageContext, request: pytest.FixtureRequest) -> None:
    text = as_text(html.fromstring(CASES[name](invented_page)))
    path = FIXTURE / "golden" / f"{name}.txt"
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
