"""Records as text: CSV and JSON."""

import csv
import io
import json
import re
from decimal import Decimal
from typing import Any


def plain(value: Any) -> Any:
    """A value as JSON holds it: a whole Decimal as a whole number, a repeating one to 12 places."""
    if isinstance(value, Decimal):
        if value == value.to_integral_value():
            return int(value)
        # 12 places: the same digits on every machine, and far below 0.01 mL.
        return float(round(value, 12))
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value


def to_json(content: Any) -> str:
    """Content as JSON text."""
    return json.dumps(plain(content), ensure_ascii=False, indent=1) + "\n"


def to_csv(rows: list[dict[str, Any]]) -> str:
    """Rows as CSV (RFC 4180): nothing for a gap, lists joined by semicolons, named values as name=value."""
    out = io.StringIO()
    columns = dict.fromkeys(name for row in rows for name in row)
    writer = csv.DictWriter(out, fieldnames=list(columns), lineterminator="\r\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({name: _cell(value) for name, value in row.items()})
    return out.getvalue()


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return _harmless(
            "; ".join(f"({_cell(item)})" if isinstance(item, dict) else str(_cell(item)) for item in value)
        )
    if isinstance(value, dict):
        return "; ".join(f"{name}={_cell(item)}" for name, item in value.items() if item is not None)
    if isinstance(value, Decimal):
        return plain(value)
    return _harmless(value) if isinstance(value, str) else value


def _harmless(words: str) -> str:
    """A cell that starts like a formula would run in a spreadsheet."""
    return f"'{words}" if re.match(r"\s*([=+@]|-(?![0-9]))", words) else words
