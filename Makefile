PYTHON ?= $(shell command -v python3.11 || command -v python3)
IN = .venv/bin/

.PHONY: demo test check bench drill lock

demo:  ## the whole office on this machine, at http://127.0.0.1:8000/ (PORT=… for another)
	@$(PYTHON) tools/setup.py demo
	@$(IN)python -m config.supervisor --demo
