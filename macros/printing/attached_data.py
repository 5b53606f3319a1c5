"""The data inside a PDF: each table that a sheet prints, as CSV and JSON."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import lxml.html
from lxml.html import HtmlElement

from ..content.published import Published, public_fields
from ..downloads.csv_and_json import to_csv, to_json
from ..downloads.records import Record


class Attached(NamedTuple):
    """A file inside a PDF."""

    name: str
    content: str
    description: str


def attachments(body: str, data: Published, downloads: Mapping[str, Sequence[Record]]) -> list[Attached]:
    """The tables in the HTML of a sheet as files: rows of the data with all their fields, other tables as printed.

    `downloads`: the records of every download (downloads/records.py).
    """
    tables: dict[str, tuple[str, list[dict[str, Any]]]] = {}
    for table in lxml.html.fragment_fromstring(f"<div>{body}</div>").iter("table"):
        caption = " ".join("".join(table.xpath("./caption//text()")).split())
        # A row that gathers several rows of the data names them all.
        ids = [name for names in table.xpath("./tbody/tr/@data-row") for name in names.split()]
        if ids:
            kinds = table.xpath("ancestor::*[@data-block][1]/@data-block")
            name = str(kinds[0]).removesuffix("-table") if kinds else "table"
            rows = _data_rows(name, ids, data, downloads)
        else:
            name, rows = _file_name(caption), _printed_rows(table)
        known = tables.setdefault(name, (caption, []))[1]
        known.extend(row for row in rows if row not in known)
    return [
        Attached(f"{name}{ending}", write(rows), caption)
        for name, (caption, rows) in tables.items()
        if rows
        for ending, write in ((".csv", to_csv), (".json", to_json))
    ]


def _data_rows(
    name: str, ids: list[str], data: Published, downloads: Mapping[str, Sequence[Record]]
) -> list[dict[str, Any]]:
    if name == "preparation":
        shown = {(row.product_parts, row.diluent_parts) for row in data.preparations.ratios if row.id in ids}
        rows = downloads["preparations"]
        return [row for row in rows if (row["product_parts"], row["diluent_parts"]) in shown]
    download = {"protocol": "protocols", "outcomes": "outcomes", "claims": "claims"}.get(name)
    if download:
        by_id = {row["id"]: row for row in downloads[download]}
        return [by_id[row_id] for row_id in ids]
    return [public_fields(data.rows[row_id]) for row_id in dict.fromkeys(ids) if row_id in data.rows]


def _printed_rows(table: HtmlElement) -> list[dict[str, Any]]:
    """A table written by hand: its cells as printed."""
    columns = [_words(cell) for cell in table.xpath("./thead/tr/th")]
    rows = [[_words(cell) for cell in row.xpath("./th | ./td")] for row in table.xpath("./tbody/tr")]
    return [dict(zip(columns, row, strict=False)) for row in rows]


def _words(cell: HtmlElement) -> str:
    return " ".join("".join(cell.xpath(".//text()[not(ancestor::sup)]")).split())


def _file_name(caption: str) -> str:
    words = re.sub(r"[^a-z0-9]+", "-", caption.lower()).strip("-")
    return "-".join(words.split("-")[:6]) or "table"
