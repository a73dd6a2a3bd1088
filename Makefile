# The few commands of the house. Nothing but Python 3.11, make and the package indexes is needed.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
RESOLUTION ?=
PORT ?= 8000
# Two processes share the tests: each begins with half of them and, when it is done, takes over some of the other's.
PARALLEL := -n 2 --dist worksteal
# What touches the database runs on SQLite and on PostgreSQL, the rest once.
ON_POSTGRESQL := -m "database and not browser and not shared"

# The tests have thousands of files synced, which a disk of memory with room for them does at once.
SCRATCH := $(shell [ -w /dev/shm ] && df -Pk /dev/shm | awk 'NR == 2 && $$4 > 4000000 { print "/dev/shm" }')
tested proof: export TMPDIR := $(or $(TMPDIR),$(SCRATCH),/tmp)

# The tests start the command hundreds of times: what Python has compiled is kept, whatever the shell says of it.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: help setup run test linted tested proof bench lock clean

help:
	@echo "make run    set up, load the reference tables, build the report, serve the site (PORT=8000, RESOLUTION=FILE)"
	@echo "make test   set up what the tests need, then run tests and linters"
	@echo "make proof  the long counts, of which 'make test' runs a seeded part, and rules broken on purpose"
	@echo "make bench  speed, measured against the limits and peers named in docs/performance.md"
	@echo "make lock   write the hashed lock files anew from pyproject.toml (needs uv)"

setup: .make/run

.make/venv:
	@echo "[1/3] Creating .venv with $(PYTHON)"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or later is needed; set PYTHON=…" >&2; exit 2; }
	@$(PYTHON) -m venv .venv
	@mkdir -p .make && touch $@

.make/run: .make/venv requirements.lock pyproject.toml
	@echo "[2/3] Installing the locked packages (about 300 MB the first time)"
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@echo "[3/3] Installing the comity command into .venv/bin"
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

run: setup
	@$(BIN)/comity up --port $(PORT) $(if $(RESOLUTION),--resolution "$(RESOLUTION)")

.make/test: .make/run requirements-test.lock tests/install-tools
	@echo "Installing what the tests need"
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-test.lock
	@bash tests/install-tools
	@touch $@

test: .make/test
	@$(MAKE) --no-print-directory --jobs=2 tested linted

linted:
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/lint-imports
	@$(BIN)/mypy

tested:
	@$(BIN)/pytest $(PARALLEL)
	@bash tests/with-postgresql $(BIN)/pytest $(PARALLEL) $(ON_POSTGRESQL)

proof: .make/test
	@COMITY_PROOF=1 $(BIN)/pytest $(PARALLEL)
	@COMITY_PROOF=1 bash tests/with-postgresql $(BIN)/pytest $(PARALLEL) $(ON_POSTGRESQL)
	@$(BIN)/python -m mutations

bench: .make/test
	@$(BIN)/python -m benchmarks

lock:
	uv export --quiet --no-emit-project --no-default-groups --group build --format requirements-txt --no-header -o requirements.lock
	uv export --quiet --no-emit-project --all-groups --all-extras --format requirements-txt --no-header -o requirements-test.lock

clean:
	rm -rf .venv .make
