"""Prints the built pages as PDF: extract the page, set it in a print template, render, list."""
