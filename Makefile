# `make app` opens the app, `make test` runs every test; both first set up .venv, once.

.PHONY: help app test check bench shots soak fuzz offline licences accuracy constraints clean
.DEFAULT_GOAL := help

BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
PYTHON ?=
ENOUGH := import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))

help: ## List what can be made
	@sed -n 's/^\([a-z]*\):.*## /\1	/p' Makefile | expand -t 14

app: .venv/.installed ## Open the app in the browser; the fictional sample is one click away
	$(BIN)/auditor app

test: .venv/.installed-dev ## Run the whole suite, browser journeys included (PYTEST="-k ties" for a part)
	$(BIN)/python -m pytest -n auto --dist loadfile $(PYTEST)

check: .venv/.installed-dev ## Lint, formatting, types, and the floors of the house
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: .venv/.installed-dev ## Measure the speed that the README claims
	$(BIN)/python tests/benchmarks/run.py

shots: .venv/.installed-dev ## Take a picture of every page, wide and phone, light and dark, into .shots/
	$(BIN)/python tests/browser/shots.py .shots

soak: .venv/.installed-dev ## Kill 1,000 imports, migrations and marks at random moments; then 500 uploads in one server (an hour)
	AUDITOR_KILLS=1000 $(BIN)/python -m pytest -q tests/test_store_kills.py
	AUDITOR_UPLOADS=500 $(BIN)/python -m pytest -q -s tests/browser/test_fast_motion.py

offline: .venv/.installed-dev ## Make all of the app's journeys where there is no network
	AUDITOR_OFFLINE=all $(BIN)/python -m pytest -q -s tests/browser/test_no_network.py

licences: .venv/.installed-dev ## List the licences of all that comes with auditor
	$(BIN)/python tests/licences.py

fuzz: .venv/.installed-dev ## Give each reader 100,000 bent files; hours, can be broken off and goes on (RUNS=2000 for fewer)
	$(BIN)/python tests/fire/fuzz.py $(if $(RUNS),--runs $(RUNS))

accuracy: .venv/.installed ## Measure the accuracy again and write it into README.md and the help; needs the labelled data
	$(BIN)/auditor validate --markdown > .venv/accuracy
	for page in README.md auditor/help/depth.md; do \
	    sed -e '/^<!-- validation -->$$/r .venv/accuracy' -e '/^<!-- validation -->$$/,/^<!-- \/validation -->$$/d' \
	        $$page > .venv/page && cp .venv/page $$page || exit 1; \
	done

constraints: .venv/.installed-dev ## Write the versions that are in .venv to constraints.txt
	sed -n '/^#/p' constraints.txt > .venv/constraints
	{ $(PIP) freeze --all --exclude-editable | grep == | grep -v '^setuptools='; echo 'colorama==0.4.6'; } \
	    | tr A-Z a-z | LC_ALL=C sort -u >> .venv/constraints
	mv .venv/constraints constraints.txt

clean: ## Remove the environment and everything else that was made
	rm -rf .venv .fuzz build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

# Each stamp is as new as the set-up, so that it runs again only when the dependencies change.
.venv/.installed: pyproject.toml constraints.txt
	@if [ -x $(BIN)/python ]; then exit; fi; \
	for python in $(or $(PYTHON),python3.13 python3.12 python3.11 python3 python); do \
	    if $$python -c '$(ENOUGH)' 2>/dev/null; then \
	        echo "Setting up .venv with $$($$python --version); this takes a minute, once"; \
	        $$python -m venv .venv; exit; \
	    fi; \
	done; \
	echo "auditor needs Python 3.11 or newer with its venv module (on Debian: apt install python3-venv)." >&2; \
	echo "If it is installed under another name: make PYTHON=/path/to/python app" >&2; exit 1
	$(PIP) install --quiet -c constraints.txt -e .
	@touch $@

.venv/.installed-dev: .venv/.installed
	$(PIP) install --quiet -c constraints.txt pip
	$(PIP) install --quiet -c constraints.txt --group dev
	@touch $@
