# Two commands matter: make site, make test. Both set up whatever is missing.
.DEFAULT_GOAL := help
.PHONY: help site open test test-fast coverage bench engines links serve lint code-host check release lock clean

# Builds and tests start Python many times; without this each would compile the macros anew where this is set.
unexport PYTHONDONTWRITEBYTECODE

PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
RUN := $(BIN)/python -m
PARTS := $(BIN)/python macros/system_parts.py
# The tests write 40,000 small files: into memory where 4 GB of it can be had as a folder.
IN_MEMORY := $(shell df -Pk /dev/shm 2>/dev/null | awk 'NR == 2 && $$4 > 4000000 { print "PYTEST_DEBUG_TEMPROOT=/dev/shm" }')
# The tests of a file share what takes long to make or to read: a file stays on one worker.
TWO_WORKERS := -n 2 --dist loadfile --no-loadscope-reorder
SITE_READY := .venv/.site-ready
DEV_READY := .venv/.dev-ready
ENGINES_READY := .venv/.engines-ready

help: ## this list
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

site: $(SITE_READY) ## set up, then build pages, downloads and PDFs into site/
	@$(PARTS) pango
	@$(RUN) macros build

open: $(SITE_READY) ## serve the built site/ on this machine, at the address that it tells
	@test -f site/index.html || { echo "There is no built site; run make site first."; exit 1; }
	@$(RUN) http.server --bind 127.0.0.1 --directory site $(PORT)

test: $(DEV_READY) ## set up, then run every test
	@$(PARTS) pango chromium poppler java
	@$(IN_MEMORY) $(RUN) pytest $(TWO_WORKERS)

test-fast: $(DEV_READY) ## only the tests that need no built site
	@$(IN_MEMORY) $(RUN) pytest $(TWO_WORKERS) -m fast tests/unit tests/figures

coverage: $(DEV_READY) ## run every test and name the branches of macros/ that none walks; fails below 95 %
	@$(PARTS) pango chromium poppler java
	@$(IN_MEMORY) $(RUN) pytest $(TWO_WORKERS) --cov --cov-report=term-missing

bench: $(DEV_READY) site ## measure growth and, with Lighthouse, every page; needs Node 20 and a quiet machine
	@$(PARTS) chromium
	@$(RUN) tests.bench.growth
	@$(RUN) tests.bench.lighthouse --out tests/bench/lighthouse.txt

engines: $(ENGINES_READY) ## build the same pages with Zensical and ProperDocs and compare
	@$(PARTS) pango poppler
	@$(RUN) pytest tests/engines

links: $(DEV_READY) site ## ask every address of other hosts whether it still answers; needs a network
	@find site -name '*.html' -print0 | xargs -0 $(BIN)/linkchecker --config .linkcheckerrc --no-status

serve: $(SITE_READY) ## live preview of the pages; restart after a change of .py files
	@$(RUN) mkdocs serve

lint: $(DEV_READY) ## lint, format, and types, on Windows too
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/mypy --platform win32

SCHEMA := $(BIN)/check-jsonschema --builtin-schema
code-host: $(DEV_READY) ## what the code host reads: workflows, issue forms; their form, pins and permissions
	@$(SCHEMA) vendor.github-workflows .github/workflows/*.yml
	@$(SCHEMA) vendor.github-issue-forms .github/ISSUE_TEMPLATE/*.yml
	@$(SCHEMA) vendor.dependabot .github/dependabot.yml
	@$(BIN)/zizmor --offline --quiet --persona pedantic .github

check: lint code-host ## lint, format, types, workflows, data, changes and review dates, in order of speed
	@$(RUN) macros check --today "$$(date +%F)"

release: $(DEV_READY) ## write the version, check, record, commit and tag: make release VERSION=1.1.0; sends nothing
	@echo "$(VERSION)" | grep -qxE '[0-9]+\.[0-9]+\.[0-9]+' || { echo "Which version? make release VERSION=1.1.0"; exit 1; }
	@test -z "$$(git tag --list v$(VERSION))" || { echo "v$(VERSION) is released; take a new number."; exit 1; }
	@git diff --quiet HEAD || { echo "Commit your changes first, or put them away."; exit 1; }
	@$(BIN)/bump-my-version bump --new-version $(VERSION) || { git reset --quiet --hard; echo "Not released; nothing was changed."; exit 1; }
	@echo "Released $(VERSION) here. Look at it, then: git push --follow-tags"

clean: ## remove what was built; keeps .venv
	rm -rf site .cache .build-* .old-*

LOCK := uv pip compile pyproject.toml --no-strip-extras --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
  --quiet --no-emit-index-url --no-emit-find-links

lock: ## renew requirements*.txt from pyproject.toml; needs uv
	$(LOCK) --output-file requirements.txt
	$(LOCK) --group dev --constraint requirements.txt --output-file requirements-dev.txt
	$(LOCK) --group dev --group engines --constraint requirements-dev.txt --output-file requirements-engines.txt

# A stamp is written only after the set-up succeeded, so a broken one is repaired by the next call.
INSTALL := $(RUN) pip install -qq --disable-pip-version-check --require-hashes --requirement

$(SITE_READY): requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python %d.%d is too old; 3.11 or newer is needed: make PYTHON=python3.12 site" % sys.version_info[:2])'
	@$(RUN) pip --version >/dev/null 2>&1 || { $(PYTHON) macros/system_parts.py venv && $(PYTHON) -m venv .venv; }
	@$(INSTALL) $<
	@$(PARTS) libraries
	@touch $@

$(DEV_READY): requirements-dev.txt $(SITE_READY)
	@$(INSTALL) $<
	@$(PARTS) libraries
	@touch $@

$(ENGINES_READY): requirements-engines.txt $(DEV_READY)
	@$(INSTALL) $<
	@touch $@
