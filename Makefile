# Everything a developer runs; `make help` lists it. Python 3.11+, make and a package index are all that must be there.
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input --require-hashes
LOCK := $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11

.PHONY: help
help: ## List the commands
	@awk -F ':.*## ' '/^[a-z][a-z-]*:.*## /{printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# The two stamps are written last, so that an interrupted installation is taken up again.
$(VENV)/runtime: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "Python 3.11 or newer is needed, and \`$(PYTHON)\` is $$($(PYTHON) --version 2>&1 || true). Name another: make $(or $(MAKECMDGOALS),run) PYTHON=python3.12" >&2; exit 1; }
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV)
	@echo "Installing the locked requirements (a minute, once) ..."
	@$(PIP) -r requirements.txt
	@touch $@

$(VENV)/dev: requirements-dev.txt $(VENV)/runtime
	@echo "Installing the locked development tools (a minute, once) ..."
	@$(PIP) -r requirements-dev.txt
	@touch $@

.PHONY: run
run: $(VENV)/runtime ## Set up whatever is missing, then serve on PORT (8000)
	@$(BIN)/flask --app wsgi db upgrade
	@$(BIN)/flask --app wsgi seed demo --if-empty
	@exec $(BIN)/gunicorn wsgi:app

.PHONY: test
test: $(VENV)/dev ## Run every test, on SQLite and on PostgreSQL
	@$(BIN)/pytest -n auto --dist loadscope -q

.PHONY: lint
lint: $(VENV)/dev ## Check style, types and import contracts
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo --no-cache

.PHONY: check
check: lint test ## All that CI runs

.PHONY: bench
bench: $(VENV)/dev ## Measure the real server, and print ratios
	@$(BIN)/python -m benchmarks

.PHONY: migrate
migrate: $(VENV)/runtime ## Bring the database to the newest revision
	@$(BIN)/flask --app wsgi db upgrade

.PHONY: seed
seed: migrate ## Load the demo user, resume and postings
	@$(BIN)/flask --app wsgi seed demo

.PHONY: lock
lock: $(VENV)/dev ## Resolve pyproject.toml into the hashed requirement files
	@$(LOCK) --upgrade pyproject.toml -o requirements.txt
	@$(LOCK) --upgrade --extra dev -c requirements.txt pyproject.toml -o requirements-dev.txt
