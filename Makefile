# Needs Python 3.11 or later (with venv) and make; everything else is fetched into .venv/ and node_modules/.
PYTHON ?= $(firstword $(foreach name,python3.13 python3.12 python3.11 python3.14 python3,$(shell $(name) -c "" 2>/dev/null && command -v $(name))) python3)
SETUP := $(PYTHON) -I config/install.py
PY := .venv/bin/python
.DEFAULT_GOAL := help
.PHONY: help run test lint bench clauses messages pictures setup setup-dev

help: ## these lines
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

run: setup ## start everything on http://127.0.0.1:8000 (HOST, PORT change it); Ctrl-C stops it
	@exec $(PY) -m config.launcher

test: setup-dev ## all tests; ARGS="core -k money" chooses some
	@exec $(PY) -m pytest -n auto --maxprocesses 4 $(ARGS)

lint: setup-dev ## style, types, layers, migrations, translations, front end
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy .
	.venv/bin/lint-imports --no-cache
	$(PY) manage.py check --fail-level WARNING
	$(PY) manage.py makemigrations --check --dry-run
	$(PY) manage.py messages --check
	$(SETUP) npm run lint

bench: setup-dev ## speed against the floor; ARGS="--villages 16000" changes the size
	@exec $(PY) -m benchmarks $(ARGS)

clauses: setup-dev ## which clauses of the source texts have a passing test, each as it ended last
	@$(PY) manage.py clauses

messages: setup-dev ## collect new texts into locale/ and drop unused ones
	@$(PY) manage.py messages

pictures: setup-dev ## take the pictures of the users' guide anew; ARGS="board round" chooses some
	@exec $(PY) -m tests.pictures $(ARGS)

setup:
	@$(SETUP)

setup-dev:
	@$(SETUP) --tests
