# The commands of the project. Each installs its own locked packages first, once.
# PYTHON=/path/to/python names the interpreter that a new environment is made with.

VENV := .venv
# JupyterLab stands apart: with it in the same environment papermill imports eight times slower.
LAB := .venv-lab
# What estimates are checked against stands apart too: it holds pandas below 3.
ORACLE := .venv-oracle
INSTALL := requirements/install.sh
WORKERS ?= 2
UV ?= uv
export PYTHON

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: report test lab check bench baseline notebooks lock clean help

report: ## run every scenario and publish the site at build/site/current/
	@$(INSTALL) $(VENV) run
	@$(VENV)/bin/tandem run

test: ## run every test, the saved notebooks included, with coverage
	@$(INSTALL) $(VENV) test && $(INSTALL) $(ORACLE) oracle
	@$(VENV)/bin/python -m pytest tests $(wildcard notebooks) --nbval --nbval-current-env \
		--nbval-kernel-startup-timeout 600 --nbval-cell-timeout 600 \
		-n $(WORKERS) --dist loadfile --no-loadscope-reorder \
		--cov --cov-report=term-missing:skip-covered --cov-fail-under=90

lab: ## open the notebooks in JupyterLab
	@$(INSTALL) $(LAB) lab
	@$(LAB)/bin/jupyter lab notebooks

check: ## lint, formatting, types, layers
	@$(INSTALL) $(VENV) check
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/ruff format --check .
	@$(VENV)/bin/mypy
	@$(VENV)/bin/lint-imports

bench: ## time the parts that must stay fast
	@$(INSTALL) $(VENV) run
	@$(VENV)/bin/python bench/speed.py
	@$(VENV)/bin/python bench/chunks.py
	@$(VENV)/bin/python bench/sobol.py
	@$(VENV)/bin/python -m bench.manpower
	@$(INSTALL) $(VENV) test && $(VENV)/bin/python -m bench.forecasts
	@$(INSTALL) $(VENV) test && $(INSTALL) $(ORACLE) oracle && $(VENV)/bin/python -m bench.buying

baseline: ## write tests/baselines/*.yaml and data/actuals.csv anew; explain moved numbers in CHANGELOG.md
	@$(INSTALL) $(VENV) test
	@$(VENV)/bin/python -m pytest tests/baselines --update-baselines -q
	@$(VENV)/bin/python data/make_actuals.py

notebooks: ## write the outputs of the tiny study into notebooks/*.ipynb anew
	@$(INSTALL) $(VENV) run
	@$(VENV)/bin/python -m tandem.batch.refresh notebooks/*.ipynb

lock: ## resolve requirements/*.in again (needs uv; UV=/path/to/uv)
	@for name in run test check lab oracle; do \
		$(UV) pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest \
			--generate-hashes --no-strip-extras --no-emit-index-url --no-annotate \
			--custom-compile-command "make lock" \
			requirements/$$name.in -o requirements/$$name.txt || exit 1; \
	done

clean: ## remove build/ (every run and site) and the caches; the environments stay
	@rm -rf build .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis htmlcov
	@rm -f .coverage .coverage.*

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
