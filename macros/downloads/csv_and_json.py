"""Records as text: CSV and JSON."""

import csv
import io
import json
import re
from decimal import Context, Decimal
from typing import Any

# A spreadsheet with a code page of its own reads UTF-8 only when the file says so.
BOM = "\ufeff"

# What a spreadsheet keeps of a number: the same digits stand in every kind of file.
_DIGITS = Context(prec=15)


def plain(value: Any) -> Any:
    """A value as JSON holds it: a whole Decimal as a whole number, a repeating one to 12 places, at most 15 digits."""
    if isinstance(value, Decimal):
        if value == value.to_integral_value():
            return int(value)
        # 12 places: the same digits on every machine, and far below 0.01 mL.
        return float(_DIGITS.plus(round(value, 12)))
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value


def to_json(content: Any) -> str:
    """Content as JSON text."""
    return json.dumps(plain(content), ensure_ascii=False, indent=1) + "\n"


def to_csv(rows: list[dict[str, Any]]) -> str:
    """Rows as CSV (RFC 4180) behind a byte order mark: nothing for a gap, lists joined by semicolons, named values as
    name=value, and a mark before what a spreadsheet would run.
    """
    out = io.StringIO()
    out.write(BOM)
    columns = dict.fromkeys(name for row in rows for name in row)
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([_harmless(name) for name in columns])
    for row in rows:
        cells = (in_cell(row.get(name)) for name in columns)
        writer.writerow(["" if cell is None else _cell(cell) for cell in cells])
    return out.getvalue()


def in_cell(value: Any) -> str | bool | int | float | None:
    """A value as one cell of a table holds it: a list joined by semicolons, named values as name=value."""
    value = plain(value)
    if isinstance(value, list):
        return "; ".join(f"({_words(item)})" if isinstance(item, dict) else _words(item) for item in value) or None
    if isinstance(value, dict):
        named = (f"{name}={_words(item)}" for name, item in value.items() if item is not None)
        return "; ".join(named) or None
    if isinstance(value, str | bool | int | float) or value is None:
        return value
    raise TypeError(f"no cell holds {value!r}")


def _words(value: Any) -> str:
    """One of several values in a cell."""
    return _cell(in_cell(value))


def _cell(value: str | bool | int | float | None) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return _harmless(value) if isinstance(value, str) else str(value)


def _harmless(words: str) -> str:
    """A cell that starts like a formula would run in a spreadsheet; a number may have its sign.

    The signs of full width are the same to a spreadsheet in Japanese or Chinese.
    """
    if re.match(r"\s*[=+@\-＝＋＠－]|[\t\r\n]", words) and not re.fullmatch(r"[+-]?[0-9]+(\.[0-9]+)?", words):
        return f"'{words}"
    return words
