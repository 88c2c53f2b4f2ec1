# The commands README tells users to call. Everything is made in .venv; nothing outside the clone is touched,
# except that `make test` installs the browser with the system's package manager where that is possible.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
WORKSPACE ?= demo-workspace
OURS := alerts analytics benchmarks dashboards demo docs expectations ingestion orchestration swotlight warehouse
HOST ?= 127.0.0.1
PORT ?= 8050

.PHONY: run setup test check docs bench bench-swot bench-inspect wheel lock browser format clean

run: setup  ## make a demo workspace when there is none, refresh it, serve the dashboards
	@test -f $(WORKSPACE)/swotlight.yml || $(BIN)/swotlight demo $(WORKSPACE)
	$(BIN)/swotlight --workspace $(WORKSPACE) refresh
	$(BIN)/swotlight --workspace $(WORKSPACE) serve --host $(HOST) --port $(PORT)

setup: $(VENV)/.ready  ## make the environment, with `swotlight` in it
	@$(BIN)/python -m compileall -q $(OURS)
	@$(BIN)/python -m orchestration.dbt_parsing
	@$(BIN)/python -m ingestion.words_ahead

$(VENV)/.ready: requirements/dev.txt pyproject.toml hatch_build.py
	$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Swotlight needs Python 3.11 or newer")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes --no-deps -r requirements/dev.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

test: setup browser  ## run the tests, those in a real browser included
	$(BIN)/python -m pytest -n 2 --dist loadfile --durations=15

browser:
	@command -v chromium >/dev/null || command -v google-chrome >/dev/null || \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get update -qq && apt-get install -y -qq chromium; \
	else \
		echo "No Chromium here and no right to install it: the browser tests will be skipped."; \
	fi

check: setup  ## lint, types, SQL lint, docs, floors
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	SWOTLIGHT_BUILD_DB=:memory: $(BIN)/sqlfluff lint --disable-progress-bar dbt_project/models dbt_project/tests
	$(BIN)/python docs/build.py --check
	$(BIN)/python -m pytest -q tests/architecture

docs: setup  ## write the reference pages from contracts, marts and metrics
	$(BIN)/python docs/build.py

format: setup  ## put Python and SQL into house form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	SWOTLIGHT_BUILD_DB=:memory: $(BIN)/sqlfluff fix --disable-progress-bar dbt_project/models

bench: setup browser  ## speed and memory, as a table
	$(BIN)/python -m benchmarks

SWOT_BENCH ?= --seed 1 --null 400 --effects 120 --end-to-end 20
bench-swot: setup  ## the SWOT on made-up companies, with nothing to find and with known effects: SWOT_BENCH="--seed 1 --null 400 --effects 120 --end-to-end 20"
	$(BIN)/python -m benchmarks.swot $(SWOT_BENCH)

bench-inspect: setup  ## how often inspect is right: files and columns, by kind
	$(BIN)/python -m benchmarks.inspecting

wheel: setup  ## build the wheel, install it outside the clone and run it there
	rm -rf dist
	$(BIN)/python -m build --quiet --no-isolation --wheel
	bash tests/wheel/try_wheel.sh

lock: setup  ## choose versions anew
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --upgrade pyproject.toml -o requirements/runtime.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --upgrade pyproject.toml --extra dev -o requirements/dev.txt

clean:
	rm -rf $(VENV) dist demo-workspace
