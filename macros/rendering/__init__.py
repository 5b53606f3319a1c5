"""Rows in, HTML out. Imports content only."""
