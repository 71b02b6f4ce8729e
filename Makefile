# Hộ tịch Reports. `make` alone prints help.
# Parameters reach Python through the environment and are never expanded: a month such as $$(shell …) stays text.
ifneq (,$(filter 3.7% 3.80% 3.81%,$(MAKE_VERSION)))
$(error make $(MAKE_VERSION) quá cũ: cần 3.82 trở lên. macOS: brew install make, rồi gõ gmake thay cho make. / \
make $(MAKE_VERSION) is too old: 3.82 or newer is needed. macOS: brew install make, then type gmake instead of make)
endif
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

PARAMS := MONTH YEAR AREA AREAS DATA REPORTS FROM AS_OF FILE REASON HEAD YES FORCE EXAMPLE SIGNERS BY WHEELS TRUST EVIDENCE NOTEBOOK NAME PROVINCE TO THRESHOLD CUTOFF_DAY TARGET PAPER SOURCES CLUSTER
$(foreach p,$(PARAMS),$(eval override export $(p) := $$(value $(p))))

# An activated conda environment is used where its hotich is the one of this folder; another checkout's would run its own rules.
CONDA := $(wildcard $(CONDA_PREFIX)/bin/hotich)
ifneq (,$(CONDA))
FROM_CONDA := $(shell "$$CONDA_PREFIX/bin/python" -I -c 'import hotich, pathlib; print(pathlib.Path(hotich.__file__).resolve().parents[1])' 2>/dev/null)
ifneq ($(FROM_CONDA),$(shell pwd -P))
$(info hotich của môi trường conda thuộc $(or $(FROM_CONDA),–), không thuộc thư mục này: dùng .venv. / \
The conda environment's hotich belongs to $(or $(FROM_CONDA),–), not to this folder: .venv is used.)
CONDA :=
endif
endif
ENV := $(if $(CONDA),$(CONDA_PREFIX),.venv)
READY := $(if $(CONDA),,.venv/ready)
BIN := $(ENV)/bin

.PHONY: help office check-office report page new-notebook validate notices template import publish verify audit evidence watch site serve sample reset-data lab test lint prove-template prove-lab prove-offices gazetteer bench bench-intake bench-watch bench-pieces lock sbom clean prove-facts prove-repro prove-checks prove-scale prove-charts prove-faults prove-areas prove-outlook check-text

help: ## this help
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' $(firstword $(MAKEFILE_LIST)) | column -t -s '|'

office: $(READY) ## PROVINCE="Lào Cai": the data folder of an office that begins (AS_OF=2026-11, TO=folder); FROM=data: one continued over July 2025
	@$(BIN)/hotich office

check-office: $(READY) ## what of the data folder is set, assumed, missing and contradicting (DATA=folder)
	@$(BIN)/hotich check-office

report: $(READY) ## MONTH=10: check the counts, write quality and report pages in both languages, and the annex (AREA=15 for one area, AREAS=provinces for many)
	@$(BIN)/hotich report

page: $(READY) ## NOTEBOOK=notebooks/births.ipynb MONTH=10: the page of a notebook of your own, in the draft
	@$(BIN)/hotich page

new-notebook: $(READY) ## NAME=births: a notebook to begin a page of your own with
	@$(BIN)/hotich new-notebook

validate: $(READY) ## MONTH=10: the checks alone
	@$(BIN)/hotich validate

notices: $(READY) ## MONTH=10: a notice for each district, or commune where there are none (AREA=138 for one, AREAS=provinces for those below each), HTML and Word
	@$(BIN)/hotich notices

template: $(READY) ## MONTH=11: workbooks for the offices to fill in (AREA=138 for one), in reports/templates/
	@$(BIN)/hotich template

import: $(READY) ## MONTH=11 FROM=folder: what offices sent (AS_OF=2024-11-22; for a published month REASON="…", YES=1)
	@$(BIN)/hotich import

publish: $(READY) ## MONTH=10: seal it as a release (REASON= for a released month, EXAMPLE=1 for a made-up one)
	@$(BIN)/hotich publish

verify: $(READY) ## check the seals of every release (HEAD= a hash kept outside, FILE= a page sent to you, EVIDENCE= a zip)
	@$(BIN)/hotich verify

audit: $(READY) ## MONTH=10 (or all): execute a release again, compare to the byte, write a certificate (BY=, FILE=, TRUST=1)
	@$(BIN)/hotich audit

evidence: $(READY) ## MONTH=10: a release with all it rests on in one zip (WHEELS=1: the libraries too)
	@$(BIN)/hotich evidence

check-text: $(READY) ## FILE=article.docx: the figures in somebody's text, against each other and (MONTH=10) against ours
	@$(BIN)/hotich check-text

site: $(READY) ## list the releases in reports/index.html, with the differences between any two months
	@$(BIN)/hotich site

serve: $(READY) ## show reports/ in a browser on this machine alone (Ctrl-C ends it)
	@$(BIN)/hotich serve

watch: $(READY) ## MONTH=10: make the pages again at every save (AREA=138: its notice)
	@$(BIN)/hotich watch

sample: $(READY) ## write the illustrative counts anew
	@$(BIN)/hotich sample

reset-data: $(READY) ## drop the illustrative months, so that an office begins with its own (YES=1 in scripts)
	@$(BIN)/hotich reset-data

.PHONY: docs
docs: $(READY) ## after a change of the suites: write docs/rules.md, and take them for those shipped
	@$(BIN)/hotich rules --write

lab: $(READY) ## open the notebooks in JupyterLab (outputs are not saved into them)
	@$(BIN)/hotich lab

test: $(READY) lint ## format, lint, types and every test
	@$(BIN)/pytest -n auto

lint: $(READY) ## format, lint and types
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy --no-error-summary

prove-template: $(READY) ## the templates in LibreOffice: saved as xlsx and ods, imported, reported
	@$(BIN)/pytest -n 0 tests/prove_template.py

prove-lab: $(READY) ## every notebook in JupyterLab in a real browser: run, save, another month and language
	@$(BIN)/pytest -n 0 tests/prove_lab.py

prove-offices: $(READY) ## five provinces of today, from their names to every page and paper
	@$(BIN)/pytest -n 0 -s tests/prove_offices.py

# SOURCES holds the lists and shapes that hotich/gazetteer/build.py names; they are not part of the project.
gazetteer: $(READY) ## SOURCES=folder: pack the areas of Vietnam anew (hotich/gazetteer/)
	@$(BIN)/python -m hotich.gazetteer.build "$$SOURCES"

bench: $(READY) ## measure against papermill + nbconvert on the command line, same notebooks
	@$(BIN)/python bench/run.py

prove-facts: $(READY) ## every figure of every report page, read back and compared; planted errors must be refused
	@$(BIN)/python bench/prove_facts.py

bench-intake: $(READY) ## how long it takes to read a province's workbooks, and the country's
	@$(BIN)/python bench/intake.py

bench-watch: $(READY) ## how long a saved change takes to show while a month is watched
	@$(BIN)/python bench/watch.py

bench-pieces: $(READY) ## what each piece of speed buys: the program without it; writes the table in docs/architecture.md
	@$(BIN)/python bench/pieces.py

prove-repro: $(READY) ## October under other zones, locales, users, clocks, cores, kernels and folders: the same bytes
	@$(BIN)/python bench/repro.py --write docs/reproducible.md

prove-checks: $(READY) ## put faults of many kinds into clean months and tell which are caught; writes docs/checks-proof.md
	@$(BIN)/python -m proof.run --write docs/checks-proof.md

prove-charts: $(READY) ## put one-line errors into the code that draws and tell which test catches each; writes docs/charts-proof.md
	@$(BIN)/python -m proof.charts --write docs/charts-proof.md

prove-faults: $(READY) ## let operations fail, kill commands, tamper with releases, damage inputs; writes into docs/faults.md
	@$(BIN)/python -m proof.mishaps.run --write

prove-areas: $(READY) ## kill AREAS= at 20 seeded points: the next run makes only what is missing, with the same bytes
	@$(BIN)/python -m proof.mishaps.areas

prove-outlook: $(READY) ## hold outlooks against what came, on 200 made-up series; writes docs/outlook.md
	@$(BIN)/python -m proof.outlook_table --write docs/outlook.md

prove-scale: $(READY) ## measure the checks on a month with a year before it, and on the whole country; writes docs/checks-scale.md
	@$(BIN)/python -m proof.scale --write docs/checks-scale.md

sbom: $(READY) ## every package by version, hash and licence (CycloneDX), on standard output
	@$(BIN)/python -m hotich.release.sbom

lock: $(READY) ## pin every package anew after a change of dependencies in pyproject.toml
	@VIRTUAL_ENV=.venv $(BIN)/uv pip compile pyproject.toml --extra cluster --group test --group build --universal --generate-hashes \
	  --no-header --no-emit-index-url --quiet --output-file requirements.lock

clean: ## drop drafts, rejected runs, intake reports and answers on texts
	@rm -rf reports/draft reports/rejected reports/intake reports/text

# The environment, whole or not at all: the stamp is written last.
.venv/ready: requirements.lock pyproject.toml .ci/setup
	@bash .ci/setup
