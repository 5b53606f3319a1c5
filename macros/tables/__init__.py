"""The tables: rows in, HTML out, one module for each part of the site. Each public ``..._table`` is a macro; its
docstring shows the line to paste.

Every such function takes the checked data and a `cite` that turns citation keys into numbered links.
Gaps print as "not stated"; a row that names a region carries the region's label mark.
"""
