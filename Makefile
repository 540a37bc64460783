# Every target sets up what it needs and keeps it inside the checkout: .tools/, .venv/, node_modules/.

PYTHON ?= python3
ARGS ?=
with := $(PYTHON) -B -m scripts.setup
node := npm --prefix frontend
# A file stays together: its tests share servers and databases.
at_once := --numprocesses auto --maxprocesses 4 --dist loadfile

.DEFAULT_GOAL := help
.PHONY: help run test test-python test-claude test-frontend test-e2e test-package test-next api-schema wheel
.PHONY: conformance comparison chaos format lock clean
.PHONY: check check-format check-lint check-types check-floors check-sizes check-frontend check-package check-api check-claude

help: ## Show what can be made
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' Makefile

run: ## Start the server with the console (more flags: ARGS="--port 8200")
	@exec $(with) python console -- sergas serve --auto-token $(ARGS)

test: test-frontend test-python test-claude test-e2e test-package ## Run every test (but test-next, which is long)

test-python: ## Run the Python and conformance tests, on up to four cores (one folder: ARGS=tests/core)
	@$(with) python console conformance -- pytest -m "not claude" $(at_once) $(ARGS)

test-claude: check-claude ## Run the tests with the Claude Agent SDK, which is large
	@$(with) claude -- pytest -m claude tests/runtimes tests/accounts tests/web tests/agents/claude $(ARGS)

test-frontend: ## Run the frontend's unit tests, and weigh the console's first load
	@$(with) frontend console -- $(node) test

test-e2e: ## Run the end-to-end tests in a browser
	@$(with) python console stock-page aimock browser -- pytest tests/e2e $(ARGS)

conformance: ## Put every stock client through every scenario, and show the matrix
	@$(with) python conformance -- pytest tests/conformance $(ARGS)

test-package: ## Put @sergas/react, as published, into a fresh Vite app and watch a run there
	@$(with) python package browser -- python -m tests.packaging vite

test-next: ## The same with examples/nextjs (three minutes, 1.5 GB of memory)
	@$(with) python package browser -- python -m tests.packaging next

wheel: ## Make the Python package, with the console in it, in dist/
	@$(with) python console -- python -m scripts.wheel

comparison: ## Run CopilotKit's own Node runtime and Sergas side by side, and write docs/comparison.md
	@$(with) python conformance comparison -- python -m tests.comparison

chaos: ## Kill, freeze and restart servers while runs go on (ARGS="--seed 7 --runs 30 --seconds 150")
	@$(with) python conformance -- python -m tests.chaos.trial $(ARGS)

check: check-format check-lint check-types check-floors check-sizes check-api check-frontend check-package ## Check everything but the tests

check-format:
	@$(with) python -- ruff format --check

check-lint:
	@$(with) python -- ruff check

check-types:
	@$(with) python -- pyright --project pyproject.toml

# Not a part of `check`, for it needs the extra `claude`; `test-claude` begins with it.
check-claude:
	@$(with) claude -- pyright --project pyright-claude.json

check-floors:
	@$(with) python -- lint-imports

check-sizes:
	@$(with) python -- loq

check-frontend:
	@$(with) frontend -- $(node) run check

check-api: ## Check that the page knows the API as it is
	@$(with) python -- python -m scripts.api_schema --check

api-schema: ## Write what the page parses answers with, from the server's OpenAPI document
	@$(with) python -- python -m scripts.api_schema

check-package: ## Check @sergas/react as it would be published
	@$(with) package -- $(node) run check -w @sergas/react

format: ## Format and fix what can be fixed
	@$(with) python -- ruff format
	@$(with) python -- ruff check --fix

lock: ## Write all lock files anew, keeping versions that still fit
	@$(with) python-locks npm-locks

clean: ## Remove everything that was installed or built
	rm -rf .tools .venv dist frontend/node_modules frontend/*/*/node_modules frontend/*/*/dist tests/*/node_modules
	rm -rf .pytest_cache .ruff_cache .hypothesis .import_linter_cache .loq_cache
