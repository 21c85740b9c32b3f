# `make run` opens the questionnaire, `make quick` checks in a minute, `make test` checks all that a change has to pass,
# `make help` lists the rest.

PYTHON ?= python3
VENV ?= .venv

# durable-rules is C of 2020. Python 3.13 has lost a function that it calls, and gcc 14 made errors of these warnings.
# CPPFLAGS, because its setup.py overwrites CFLAGS.
C_OF_2020 := -DPyEval_CallObject=PyObject_CallObject -Wno-error=implicit-function-declaration \
	-Wno-error=int-conversion -Wno-error=incompatible-pointer-types

# Without isolation, pip builds with the pinned tools of requirements/build.txt and fetches none unpinned.
PIP_INSTALL := $(VENV)/bin/python -m pip install --quiet --disable-pip-version-check
PIP_BUILD := CPPFLAGS="$(CPPFLAGS) $(C_OF_2020)" $(PIP_INSTALL) --no-build-isolation --use-pep517
PIN := uv pip compile --quiet --universal --python-version 3.10 --generate-hashes --no-header \
	--no-emit-index-url --no-emit-find-links

# Runs under any Python, also one too old for the program.
define CHECK_PYTHON
import os, sys, sysconfig
def need(met, message):
    if not met: sys.exit("make: " + message)
version = "%d.%d" % sys.version_info[:2]
need((3, 10) <= sys.version_info < (3, 14),
    "Python 3.10 to 3.13 is needed, this is %s: name one, as in `make run PYTHON=python3.12`" % version)
import shutil
try: import ensurepip, venv
except ImportError: need(False, "the venv module is missing: install python%s-venv" % version)
need(os.path.exists(os.path.join(sysconfig.get_path("include"), "Python.h")),
    "the Python headers are missing: install python%s-dev (or python3-devel)" % version)
compiler = (os.environ.get("CC") or sysconfig.get_config_var("CC") or "cc").split()[0]
need(shutil.which(compiler), "the C compiler %s is missing: install gcc" % compiler)
endef
export CHECK_PYTHON

# All but English, whose texts are in the code.
OTHER_LANGUAGES := $(VENV)/bin/python -c 'from assistant.system.locale import LOCALES; print(*[code for code in LOCALES if code != "en"])'

IS_SUITABLE := import sys; sys.exit(not (3, 10) <= sys.version_info < (3, 14))
ifeq ($(origin PYTHON),file)
CANDIDATES := $(PYTHON) python3.13 python3.12 python3.11 python3.10
else
CANDIDATES := $(PYTHON)
endif

.PHONY: run quick test long bench mutants pictures schemas safety decisions translations requirements clean help

run: $(VENV)/.run-ready  ## open the questionnaire
	@$(VENV)/bin/assistant $(ARGS)

quick: $(VENV)/.test-ready  ## lint, types and the quick tests, in under a minute
	$(VENV)/bin/ruff check
	$(VENV)/bin/ruff format --check
	$(VENV)/bin/mypy
	$(VENV)/bin/pytest -q -n 2 -m "not slow and not long"

test: $(VENV)/.test-ready  ## check and test all that a change has to pass, in some minutes
	$(VENV)/bin/ruff check
	$(VENV)/bin/ruff format --check
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports --no-logo
	$(VENV)/bin/assistant check
	$(VENV)/bin/pytest -n 2 -m "not long"

long: $(VENV)/.test-ready  ## properties with many examples, and the tests that take longest
	HYPOTHESIS_PROFILE=many $(VENV)/bin/pytest -q -n 2 -m "hypothesis or long"

bench: $(VENV)/.bench-ready  ## measure how long a person waits, how much he is asked, and what commands and tables cost
	PYTHONPATH=. $(VENV)/bin/python benchmarks/conversation.py
	PYTHONPATH=. $(VENV)/bin/python benchmarks/actions.py
	PYTHONPATH=. $(VENV)/bin/python benchmarks/questions_asked.py
	PYTHONPATH=. $(VENV)/bin/python benchmarks/person.py
	PYTHONPATH=. $(VENV)/bin/python benchmarks/commands.py
	PYTHONPATH=. $(VENV)/bin/python benchmarks/against_peers.py $(BENCH)

mutants: $(VENV)/.test-ready  ## change every rule a little, and see that a scenario or a proof notices
	PYTHONPATH=. $(VENV)/bin/python benchmarks/mutants.py --write

pictures: $(VENV)/.test-ready  ## draw the pictures of the README
	$(VENV)/bin/python docs/pictures/draw.py

schemas: $(VENV)/.test-ready  ## write the JSON Schemas of docs/schemas anew
	for kind in rules catalogue scenario report receipt; do \
		$(VENV)/bin/assistant schema $$kind > docs/schemas/$$kind.schema.json || exit; \
	done

safety: $(VENV)/.test-ready  ## write the pages about the user's safety anew
	$(VENV)/bin/assistant safety --lang en > docs/safety.md
	for language in $$($(OTHER_LANGUAGES)); do \
		$(VENV)/bin/assistant safety --lang $$language > docs/safety.$$language.md || exit; \
	done

decisions:  ## write the index of docs/decisions anew
	@{ printf '# Decisions\n\nWhat somebody may want to reverse: what was decided, why, and at what price. Written by `make decisions`.\n\n'; \
		cd docs/decisions && for file in 0*.md; do sed -n "1s/# \(.*\)/- [\1]($$file)/p" $$file; done; } > docs/decisions/README.md

translations: $(VENV)/.test-ready  ## collect, update and compile the program's own texts
	mkdir -p assistant/system/locale
	$(VENV)/bin/pybabel extract -F babel.cfg --keyword=plural:1,2 --keyword=message --keyword=counted:1,2 --sort-by-file --add-location=file \
		-o assistant/system/locale/assistant.pot assistant
	for language in $$($(OTHER_LANGUAGES)); do \
		$(VENV)/bin/pybabel update --init-missing --ignore-pot-creation-date --ignore-obsolete --no-fuzzy-matching \
			-D assistant -d assistant/system/locale -i assistant/system/locale/assistant.pot -l $$language || exit; \
	done
	$(VENV)/bin/pybabel compile -D assistant -d assistant/system/locale

requirements:  ## pin the dependencies of pyproject.toml anew (needs uv)
	$(PIN) --group build -o requirements/build.txt
	$(PIN) pyproject.toml -o requirements/run.txt
	sed -n 's/^spark = \["\(.*\)"\]$$/\1/p' pyproject.toml | $(PIN) - -o requirements/spark.txt
	$(PIN) pyproject.toml --group test -c requirements/build.txt -c requirements/run.txt -o requirements/test.txt
	$(PIN) --group bench -c requirements/run.txt -o requirements/bench.txt

clean:  ## remove everything that was made here
	rm -rf $(VENV) build dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache snapshot_report.html
	find assistant tests -name __pycache__ -prune -exec rm -rf {} +

help:  ## list what make can do
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(firstword $(MAKEFILE_LIST)) | expand -t 15

$(VENV)/bin/python:
	@for python in $(CANDIDATES); do "$$python" -c '$(IS_SUITABLE)' 2>/dev/null && break; python=$(PYTHON); done; \
		command -v "$$python" >/dev/null || { echo "make: no $$python here: install Python 3.10 to 3.13" >&2; exit 1; }; \
		"$$python" -c "$$CHECK_PYTHON" && echo "Preparing $(VENV) with $$python, once." && "$$python" -m venv $(VENV)

$(VENV)/.run-ready: $(VENV)/bin/python requirements/build.txt requirements/run.txt pyproject.toml
	@$(PIP_INSTALL) --require-hashes -r requirements/build.txt
	@# No cache: it may hold a build of durable-rules without the flags above.
	@$(PIP_BUILD) --no-cache-dir --require-hashes -r requirements/run.txt
	@$(PIP_BUILD) --no-deps --editable .
	@touch $@

$(VENV)/.test-ready: $(VENV)/.run-ready requirements/test.txt
	@$(PIP_INSTALL) --require-hashes -r requirements/test.txt
	@touch $@

# An environment of their own: nothing of theirs is needed to run or to test the program.
$(VENV)/.bench-ready: $(VENV)/.test-ready requirements/bench.txt
	@$(VENV)/bin/python -m venv $(VENV)/peers
	@$(VENV)/peers/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bench.txt
	@touch $@
