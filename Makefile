# make          builds the graph of the two texts (the same as make build)
# make test     runs everything: linters, types, doctests, tests, browser tests
# make picture  makes the README's picture from the page
# make bench     measures everything else over a corpus of SIZE=100k, 1m or 10m triples
# make bench-page  measures the page of the two texts, and of 60 to 50,000 concepts (some minutes)
# Each works alone on a fresh machine that has Python 3.11 (with venv) and make.

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/pip install --quiet --disable-pip-version-check --constraint .ci/constraints.txt

.PHONY: build test picture bench bench-page clean

build: .venv/installed
	$(BIN)/kg build

# As many test files at a time; each worker has a browser of its own.
JOBS ?= 2
test: .venv/testable
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest --numprocesses $(JOBS) --dist loadfile

# The README's picture; needs Chromium.
picture: .venv/testable
	$(BIN)/python -m tests.picture

# What filling, storing and asking cost, into exports/benchmark.md.
SIZE ?= 100k
bench: .venv/testable
	$(BIN)/python -m tests.bench.speed $(SIZE)

# What the page costs at each size, beside what it may cost; needs Chromium.
bench-page: .venv/testable
	$(BIN)/python -m tests.bench.page

clean:
	rm -rf .venv .kg

.venv/installed: pyproject.toml .ci/constraints.txt
	$(PYTHON) -m venv .venv
	$(PIP) --editable .
	touch $@

.venv/testable: .venv/installed
	$(PIP) --editable '.[test]'
	touch $@
