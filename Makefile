# Everything a developer runs. `make help` lists it. Only Python 3.11+, make and a package index are needed.
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: help
help: ## List the commands
	@awk -F ':.*## ' '/^[a-z][a-z-]*:.*## /{printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(VENV)/runtime: requirements.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing the locked requirements (a minute, once) ..."
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements.txt
	@touch $@

$(VENV)/dev: requirements-dev.txt $(VENV)/runtime
	@echo "Installing the locked development tools (a minute, once) ..."
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements-dev.txt
	@touch $@

.PHONY: run
run: $(VENV)/runtime ## Set up whatever is missing, then serve on PORT (8000)
	@$(BIN)/flask --app wsgi db upgrade
	@$(BIN)/flask --app wsgi seed demo --if-empty
	@exec $(BIN)/gunicorn wsgi:app

.PHONY: test
test: $(VENV)/dev ## Run every test, on SQLite and on PostgreSQL
	@$(BIN)/pytest -n auto

.PHONY: lint
lint: $(VENV)/dev ## Style, types and import contracts
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

.PHONY: check
check: lint test ## All that CI runs

.PHONY: bench
bench: $(VENV)/dev ## Measure, and print ratios
	@$(BIN)/python -m benchmarks

.PHONY: migrate
migrate: $(VENV)/runtime ## Bring the database to the newest revision
	@$(BIN)/flask --app wsgi db upgrade

.PHONY: seed
seed: migrate ## Load the demo user, resume and postings
	@$(BIN)/flask --app wsgi seed demo

.PHONY: lock
lock: $(VENV)/dev ## Resolve pyproject.toml into the hashed requirement files
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --upgrade --python-version 3.11 pyproject.toml -o requirements.txt
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 --extra dev -c requirements.txt pyproject.toml -o requirements-dev.txt
