# Vroeg Erbij. `make` alone lists what there is. Needs python3 (3.11 or newer); everything else is set up in .venv.

PYTHON3 ?= python3
ADDRESS ?= 127.0.0.1:8000

ifeq ($(OS),Windows_NT)
PYTHON := .venv/Scripts/python.exe
else
PYTHON := .venv/bin/python
endif

PIP := $(PYTHON) -m pip --quiet --disable-pip-version-check install --require-hashes
LOCK := $(PYTHON) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header $(if $(NIEUWER),--upgrade)
NPM_CI := ci --include=dev --omit-lockfile-registry-resolved --ignore-scripts --no-audit --no-fund --no-update-notifier --loglevel=error

export NO_MKDOCS_2_WARNING := 1
ifdef VERLOPEN
export VERLOPEN
endif

# What has been installed, from which lock: a lock that changes is installed again.
SITE_READY := .venv/installed-site
DEV_READY := .venv/installed-dev
NPM_READY := node_modules/.package-lock.json

.DEFAULT_GOAL := help
.PHONY: help serve site check test bench lint types format lock clean
.DELETE_ON_ERROR:

help: ## deze lijst
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1	\2/p' Makefile | expand -t 14

serve: $(SITE_READY) $(NPM_READY) ## bouw het handboek, toon het op 127.0.0.1:8000 en bouw opnieuw na elke wijziging
	$(PYTHON) -m mkdocs serve --dev-addr $(ADDRESS)

site: $(SITE_READY) $(NPM_READY) ## bouw het handboek streng in site/, om te publiceren (VERLOPEN=toon: ook als een controledatum voorbij is)
	$(PYTHON) -m mkdocs build --strict

check: $(DEV_READY) $(NPM_READY) ## noem alle fouten in de inhoud, ook in de spelling, zonder te bouwen
	@$(PYTHON) hooks/check.py

test: $(DEV_READY) $(NPM_READY) ## zet klaar wat de tests nodig hebben, ook een browser, en draai ze allemaal
	@$(PYTHON) tests/find_browser.py --install
	$(PYTHON) -m pytest --numprocesses=auto --dist=worksteal

bench: $(DEV_READY) $(NPM_READY) ## meet bouwtijd, geheugen, de keuzehulp bij veel interventies en het zoeken
	@$(PYTHON) tests/find_browser.py --install
	$(PYTHON) tests/bench.py
	$(PYTHON) tests/bench_guide.py
	$(PYTHON) tests/search_bench.py

lint: $(DEV_READY) ## controleer stijl en opmaak van de code
	$(PYTHON) -m ruff check
	$(PYTHON) -m ruff format --check

types: $(DEV_READY) ## controleer de types van de code
	$(PYTHON) -m mypy

format: $(DEV_READY) ## maak de code op
	$(PYTHON) -m ruff check --fix
	$(PYTHON) -m ruff format

lock: $(DEV_READY) ## schrijf de vastgezette versies opnieuw (NIEUWER=ja: met de nieuwste die mogen)
	$(LOCK) pyproject.toml -o requirements.txt
	$(LOCK) --group pyproject.toml:dev -c requirements.txt -o requirements-dev.txt
	$(call npm,install --package-lock-only $(filter-out ci,$(NPM_CI)))

clean: ## gooi weg wat gemaakt is: .venv, node_modules, site
	rm -rf .venv node_modules site .site-nieuw .mypy_cache .pytest_cache .ruff_cache

npm = npm="$$($(PYTHON) tests/find_node.py npm)" && "$$npm" $(1)

$(PYTHON):
	@$(PYTHON3) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Vroeg Erbij heeft Python 3.11 of nieuwer nodig. Kies er een met: make PYTHON3=python3.12 ..." >&2; exit 1; }
	@$(PYTHON3) -m venv .venv || \
		{ rm -rf .venv; echo "Python kan geen .venv maken. Op Debian en Ubuntu helpt: apt-get install python3-venv" >&2; exit 1; }

# The interpreter is a link with the age of the machine's own Python: only its existence counts.
$(SITE_READY): requirements.txt | $(PYTHON)
	@echo "De pakketten van de site komen in .venv ..."
	@$(PIP) -r requirements.txt
	@touch $@

$(DEV_READY): requirements-dev.txt $(SITE_READY)
	@echo "De pakketten van de tests komen in .venv ..."
	@$(PIP) -r requirements-dev.txt
	@touch $@

$(NPM_READY): package.json package-lock.json $(DEV_READY)
	@echo "De browserbibliotheken komen in node_modules ..."
	@$(call npm,$(NPM_CI))
	@touch $@
