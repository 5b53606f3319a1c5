# Two commands matter: make site, make test. Both set up whatever is missing.
.DEFAULT_GOAL := help
.PHONY: help site test coverage bench serve lint check clean lock

PYTHON ?= python3
BIN := .venv/bin
SITE_READY := .venv/.site-ready
DEV_READY := .venv/.dev-ready

help: ## this list
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 10

site: $(SITE_READY) ## set up, then build pages, downloads and PDFs into site/
	@$(PYTHON) macros/system_parts.py pango
	@$(BIN)/python -m macros build

test: $(DEV_READY) ## set up, then run every test
	@$(PYTHON) macros/system_parts.py pango chromium poppler java driver
	@$(BIN)/python -m pytest

coverage: $(DEV_READY) ## run every test and name the branches of macros/ that none walks; fails below 95 %
	@$(PYTHON) macros/system_parts.py pango chromium poppler java driver
	@$(BIN)/python -m pytest --cov --cov-report=term-missing

bench: $(DEV_READY) site ## measure growth and, with Lighthouse, every page; needs Node 20 and a quiet machine
	@$(PYTHON) macros/system_parts.py chromium
	@$(BIN)/python -m tests.bench.growth --out tests/bench/growth.txt
	@$(BIN)/python -m tests.bench.lighthouse --out tests/bench/lighthouse.txt

serve: $(SITE_READY) ## live preview of the pages; restart after a change of .py files
	@$(BIN)/python -m mkdocs serve

lint: $(DEV_READY) ## lint, format and types
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

check: lint ## lint, format, types, data, changes and review dates, in order of speed
	@$(BIN)/python -m macros check --today "$$(date +%F)"

clean: ## remove what was built; keeps .venv
	rm -rf site .cache .build-* .old-*

LOCK := uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
  --quiet --no-emit-index-url --no-emit-find-links

lock: ## renew requirements*.txt from pyproject.toml; needs uv
	$(LOCK) --output-file requirements.txt
	$(LOCK) --group dev --constraint requirements.txt --output-file requirements-dev.txt
	$(LOCK) --group dev --group engines --constraint requirements-dev.txt --output-file requirements-engines.txt

# A stamp is written only after the set-up succeeded, so a broken one is repaired by the next call.
$(SITE_READY): requirements.txt
	@$(PYTHON) macros/system_parts.py python
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes --requirement requirements.txt
	@touch $@

$(DEV_READY): requirements-dev.txt $(SITE_READY)
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes --requirement requirements-dev.txt
	@touch $@
