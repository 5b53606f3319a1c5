"""What people write, read and judged: data files, pages, settings. No HTML; imports no other room."""
