"""The drawings, one module each, named like its id in figures.yml; shared parts beside them."""
