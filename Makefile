PYTHON ?= $(shell command -v python3.11 || echo python3)
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed
XDG_DATA_HOME ?= $(HOME)/.local/share
INDEX  ?= $(XDG_DATA_HOME)/corroborate/sample.index
HOST   ?= 127.0.0.1
PORT   ?= 7860

.PHONY: chat ask test lint install clean

# The shell reads the question from here, so that quotes and dollar signs in it do no harm.
export Q

install: $(STAMP)

# Only the test extra's presence differs from `pip install .`; the stamp makes a second run free.
$(STAMP): pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade "pip<27"
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable ".[test]"
	touch $(STAMP)

# The sample collection is ingested the first time only.
$(INDEX)/manifest.json: | $(STAMP)
	$(BIN)/corroborate ingest --sample --index "$(INDEX)"

chat: $(STAMP) $(INDEX)/manifest.json
	$(BIN)/corroborate chat --index "$(INDEX)" --host $(HOST) --port $(PORT)

ask: $(STAMP) $(INDEX)/manifest.json
	@$(if $(Q),,$(error usage: make ask Q="your question"))$(BIN)/corroborate ask --index "$(INDEX)" -- "$$Q"

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

test: $(STAMP) lint
	$(BIN)/python -m pytest

clean:
	rm -rf $(VENV) build *.egg-info
