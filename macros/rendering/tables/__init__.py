"""The tables, one module for each part of the site."""
