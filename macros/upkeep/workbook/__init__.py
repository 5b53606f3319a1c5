"""Rows as a workbook for people who do not program, and back into the data files."""
