"""Published rows as files to download: XLSX, CSV, JSON, JSON Schema, CSL-JSON, RIS, Atom, iCalendar."""
