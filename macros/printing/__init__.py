"""Built pages to PDF/UA-1. Imports content, rendering and downloads; never publishing."""
