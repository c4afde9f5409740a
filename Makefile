.PHONY: setup run test tour bench bench-compare faults prove audit sbom package package-test format lock

setup:
	@scripts/setup

run:
	@scripts/run

test:
	@scripts/test

tour:
	@scripts/tour

bench:
	@scripts/bench

# make bench-compare REV=v1.0.0 WORKS="start pages"
bench-compare:
	@scripts/bench-compare $(REV) $(WORKS)

format: setup
	@.venv/bin/ruff check --fix --exit-zero .
	@.venv/bin/ruff format .

lock:
	@scripts/lock --upgrade

faults:
	@scripts/faults

# PROVE_MINUTES=60 make prove
prove:
	@scripts/prove

audit:
	@scripts/audit

sbom:
	@scripts/sbom

package:
	@scripts/package

package-test:
	@scripts/package-test
