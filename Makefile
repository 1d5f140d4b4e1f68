# Thin on purpose: dev.py does the work and runs on Windows too. Pass arguments with ARGS="-k export".
PYTHON ?= python3
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help demo test lint types site serve browser bench check wheel clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: ## check an example company
test: ## run the tests
lint: ## check code style, rule files and schemas
types: ## check the types, strictly
site: ## build both language trees into build/site
serve: ## build them and show them on port 8000
browser: ## open every page in Chromium
bench: ## measure, in ratios
check: ## lint, types, test, site
wheel: ## build the wheel into dist/

demo test lint types site serve browser bench check wheel:
	@$(PYTHON) dev.py $@ $(ARGS)

clean: ## remove what builds and tests leave (not .venv)
	rm -rf build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
