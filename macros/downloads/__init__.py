"""Published rows as files to download: CSV, JSON, JSON Schema, CSL-JSON, RIS, Atom."""
