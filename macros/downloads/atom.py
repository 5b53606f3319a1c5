"""The record of changes as an Atom feed."""

import uuid
from typing import Any
from xml.sax.saxutils import escape

from ..content.published import Published
from ..content.settings import Site

# The page that lists the changes.
_PAGE = "reference/changes/"


def atom_feed(data: Published, site: Site) -> str:
    """The changes as an Atom feed (RFC 4287). Without a public address its links lead from the feed's own place."""
    changes = data.changes.changes
    updated = f"{max((row.date for row in changes), default='1970-01-01')}T00:00:00Z"
    root = site.address or "../"
    page = f'<link rel="alternate" type="text/html" href="{escape(root)}{_PAGE}"/>'
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom">',
        f"<title>{escape(site.name)}: changes</title>",
        f"<id>{_urn(site.name)}</id>",
        f"<updated>{updated}</updated>",
        f"<author><name>{escape(site.name)}</name></author>",
        f'<link rel="self" type="application/atom+xml" href="{escape(root)}downloads/changes.atom"/>',
        page,
    ]
    for row in changes:
        lines.append(
            f"<entry><title>{escape(f'{row.version}: {row.type}')}</title><id>{_urn(row.id)}</id>"
            f"<updated>{row.date}T00:00:00Z</updated>{page}<summary>{escape(row.summary)}</summary>"
            f'<category term="{escape(row.type)}"/></entry>'
        )
    return "\n".join([*lines, "</feed>", ""])


def _urn(name: Any) -> str:
    return uuid.uuid5(uuid.NAMESPACE_URL, f"caha-and-skin:{name}").urn
