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

PARAMS := MONTH YEAR AREA AREAS DATA REPORTS FROM AS_OF FILE REASON HEAD YES FORCE EXAMPLE SIGNERS BY WHEELS TRUST EVIDENCE NOTEBOOK NAME PROVINCE TO THRESHOLD CUTOFF_DAY TARGET PAPER SOURCES ENGINE RECORDS CLUSTER
$(foreach p,$(PARAMS),$(eval override export $(p) := $$(value $(p))))

# A misspelt parameter of a command is refused: without AREA, AERA=138 would make the whole province. Words are taken apart
# at spaces that no value holds (make writes the others as "\ "), and of each what stands before its first "=" is kept.
COMMANDS := office check-office report page new-notebook validate notices template import tally publish verify audit evidence watch site serve sample reset-data lab check-text
SURROUNDINGS := HOTICH_% LANG LC_% SHELL PATH HOME TMPDIR CI COLUMNS NO_COLOR PYTHON% JUPYTER% UV_% PIP_% CONDA% READY ENV BIN MAKE%
define NEWLINE


endef
NOTHING :=
TAB := $(NOTHING)	$(NOTHING)
GIVEN := $(subst \$(TAB),,$(subst \ ,,$(subst \\,,$(subst $(NEWLINE),,$(MAKEOVERRIDES)))))
GIVEN := $(foreach w,$(GIVEN),$(patsubst %:,%,$(patsubst %+,%,$(patsubst %?,%,$(firstword $(subst =, ,$(w)))))))
# What was given to one command alone, which refuses what it does not take; of several each takes its own.
export HOTICH_GIVEN := $(if $(filter $(COMMANDS),$(MAKECMDGOALS)),$(if $(word 2,$(MAKECMDGOALS)),,$(filter $(PARAMS),$(GIVEN))))
override UNKNOWN := $(if $(filter $(COMMANDS),$(MAKECMDGOALS)),$(filter-out $(PARAMS) $(SURROUNDINGS),$(GIVEN)))

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
ifneq (,$(UNKNOWN))
READY := .refused
endif

.PHONY: help $(COMMANDS) test lint prove-slow prove-template prove-lab prove-doors prove-offices prove-spark gazetteer bench bench-intake bench-tally bench-watch bench-pieces bench-country lock sbom clean prove-facts prove-repro prove-checks prove-scale prove-charts prove-faults prove-areas prove-outlook .refused

# What is said here is in hotich/language/*/make.txt: it must be there before there is an environment.
help:
	@case "$${LC_ALL:-$${LC_MESSAGES:-$${LANG:-}}}" in [eE][nN]*) cat hotich/language/en/make.txt ;; *) cat hotich/language/vi/make.txt ;; esac

.refused: export PARAMS := $(PARAMS)
.refused: export UNKNOWN := $(UNKNOWN)
.refused:
	@awk -f .ci/nearest_parameter.awk

office: $(READY)
	@$(BIN)/hotich office

check-office: $(READY)
	@$(BIN)/hotich check-office

report: $(READY)
	@$(BIN)/hotich report

page: $(READY)
	@$(BIN)/hotich page

new-notebook: $(READY)
	@$(BIN)/hotich new-notebook

validate: $(READY)
	@$(BIN)/hotich validate

notices: $(READY)
	@$(BIN)/hotich notices

template: $(READY)
	@$(BIN)/hotich template

import: $(READY)
	@$(BIN)/hotich import

tally: $(READY)
	@$(BIN)/hotich tally

publish: $(READY)
	@$(BIN)/hotich publish

verify: $(READY)
	@$(BIN)/hotich verify

audit: $(READY)
	@$(BIN)/hotich audit

evidence: $(READY)
	@$(BIN)/hotich evidence

check-text: $(READY)
	@$(BIN)/hotich check-text

site: $(READY)
	@$(BIN)/hotich site

serve: $(READY)
	@$(BIN)/hotich serve

watch: $(READY)
	@$(BIN)/hotich watch

sample: $(READY)
	@$(BIN)/hotich sample

reset-data: $(READY)
	@$(BIN)/hotich reset-data

.PHONY: docs
docs: $(READY)
	@$(BIN)/hotich rules --write

lab: $(READY)
	@$(BIN)/hotich lab

test: $(READY) lint
	@$(BIN)/pytest -n auto --dist loadscope

prove-slow: $(READY)
	@$(BIN)/pytest -m slow -n auto --dist loadscope

lint: $(READY)
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy --no-error-summary

prove-template: $(READY)
	@$(BIN)/pytest -n 0 tests/prove_template.py

prove-lab: $(READY)
	@$(BIN)/pytest -n 0 tests/prove_lab.py

prove-doors: $(READY)
	@$(BIN)/pytest -n 0 tests/prove_doors.py

prove-offices: $(READY)
	@$(BIN)/pytest -n 0 -s tests/prove_offices.py

prove-spark: $(READY)
	@$(BIN)/pytest -n 0 tests/prove_spark.py

.PHONY: pictures
pictures: $(READY)
	@PYTHONPATH=tests $(BIN)/python tests/pictures.py

# SOURCES holds the lists and shapes that hotich/gazetteer/build.py names; they are not part of the project.
gazetteer: $(READY)
	@$(BIN)/python -m hotich.gazetteer.build "$$SOURCES"

bench: $(READY)
	@$(BIN)/python bench/run.py

prove-facts: $(READY)
	@$(BIN)/python bench/prove_facts.py

bench-intake: $(READY)
	@$(BIN)/python bench/intake.py

bench-tally: $(READY)
	@$(BIN)/python bench/tally.py

bench-watch: $(READY)
	@$(BIN)/python bench/watch.py

bench-pieces: $(READY)
	@$(BIN)/python bench/pieces.py

bench-country: $(READY)
	@$(BIN)/python bench/country.py

prove-repro: $(READY)
	@$(BIN)/python bench/repro.py --write docs/reproducible.md

prove-checks: $(READY)
	@$(BIN)/python -m proof.run --write docs/checks-proof.md

prove-charts: $(READY)
	@$(BIN)/python -m proof.charts --write docs/charts-proof.md

prove-faults: $(READY)
	@$(BIN)/python -m proof.mishaps.run --write

prove-areas: $(READY)
	@$(BIN)/python -m proof.mishaps.areas

prove-outlook: $(READY)
	@$(BIN)/python -m proof.outlook_table --write docs/outlook.md

prove-scale: $(READY)
	@$(BIN)/python -m proof.scale --write docs/checks-scale.md

sbom: $(READY)
	@$(BIN)/python -m hotich.release.sbom

lock: $(READY)
	@VIRTUAL_ENV=.venv $(BIN)/uv pip compile pyproject.toml --extra cluster --group test --group build --universal --generate-hashes \
	  --no-header --no-emit-index-url --quiet --output-file requirements.lock

clean: ## drop drafts, rejected runs, intake reports and answers on texts
	@rm -rf reports/draft reports/rejected reports/intake reports/text

# The environment, whole or not at all: the stamp is written last.
.venv/ready: requirements.lock pyproject.toml .ci/setup
	@bash .ci/setup
