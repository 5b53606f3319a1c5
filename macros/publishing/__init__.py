"""Built pages to a site that a host can serve. Imports content, rendering and downloads; never printing."""
